"""Messages of our own to people: a title line, then what it means and what to do."""

from __future__ import annotations

from bot.alerts.phrases import say
from bot.domain.cards import Card, Section, line
from bot.domain.models import Channel


def stopped_notice(broken: Channel, ops: Channel, problem: str) -> str:
    """Write what the ops channel is told where a channel can no longer be served; `problem` holds the remedy."""
    title = say("stopped", ops.language, channel=broken.place.channel)
    return f"{title}\n{problem}\n{say('stopped_remedy', ops.language)}"


def notice_card(text: str) -> Card:
    """Show a notice: its first line is the title, each further one a line."""
    title, *lines = text.splitlines() or [""]
    return Card(
        title=title,
        text=title,
        sections=(Section(lines=tuple(line(said) for said in lines)),) if lines else (),
    )
