"""What is found at an address: a page as it came, and the feeds that belong to a site."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.records import Reading
from bot.domain.troubles import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document that was fetched; `url` is where redirects led. `problem` is empty, or says why there is none, and
    `trouble` which kind that is."""

    url: str
    body: bytes = b""
    content_type: str = ""
    problem: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that was read; `title` is what it or the page calls it, perhaps nothing."""

    url: str
    title: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """The feeds of an address, or the `problem` why there is none; `requests` were made in all.

    `trouble`: the kind of problem where nothing could be looked at; `left_out` counts the links that were not followed.
    """

    feeds: tuple[FoundFeed, ...] = ()
    problem: str = ""
    trouble: Trouble | None = None
    requests: int = 0
    left_out: int = 0
