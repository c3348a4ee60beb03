"""What a topic has been through: its query in words, who made it, what it hit of late, what it was taught."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alerts.cards import moment
from bot.domain.cards import Line, Section, Span, line
from bot.domain.tunings import Change, TopicHistory


def history_sections(history: TopicHistory, *, words: str, masks: Sequence[str], asker: str) -> tuple[Section, ...]:
    """Tell a topic's past; `masks` are what this workspace taught it, `asker` reads of themselves as you."""
    lines: list[Line] = [line(words)] if words else []
    lines.append(
        line("Hits: ", Span(text=str(history.hits_week), is_bold=True), f" in 7 days, {history.hits_month} in 30 days")
    )
    if history.made is not None:
        lines.append(_who("Made", history.made, asker))
    if history.changed is not None:
        lines.append(_who("Changed last", history.changed, asker))
    taught = [line(f"“{mask}”") for mask in masks]
    sections = [Section(lines=tuple(lines))]
    if taught:
        undo = line("/news tuning list shows who taught it, and undoes it.")
        sections.append(Section(heading="Passes over in this workspace", lines=(*taught, undo)))
    return tuple(sections)


def _who(what: str, change: Change, asker: str) -> Line:
    who = "you" if change.actor == asker else change.actor
    return line(f"{what} by {who} ", moment(change.at))
