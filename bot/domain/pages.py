"""What an article's page says, and what a machine made of an article."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of an article's page as paragraphs; `problem` says why there is none."""

    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineText:
    """A headline and a summary that a machine made, in the language asked for: shown as such, never as ours."""

    headline: str
    summary: str
    language: str
