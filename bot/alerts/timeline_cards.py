"""Timelines as cards: a line a day or a development, oldest first, with date, outlet and link."""

from __future__ import annotations

from bot.alerts.cards import zone_of
from bot.alerts.phrases import is_same_language, say, say_count, say_day, say_language
from bot.alerts.reasons import say_reason
from bot.domain.cards import Card, Line, Section, Span, line
from bot.domain.models import Channel
from bot.domain.text import shorten
from bot.domain.timelines import Timeline, TimelineEntry

MOST_TITLE = 140


def timeline_card(timeline: Timeline, *, channel: Channel) -> Card:
    """Show a timeline; days are the channel's."""
    language = channel.language
    lines = tuple(_entry_line(entry, channel) for entry in timeline.entries)
    title = f"{say('timeline', language)}: {timeline.title}"
    empty = line(say("nothing_found", language))
    return Card(
        title=title,
        text=title,
        sections=(Section(lines=lines or (empty,)),),
        footer=() if timeline.is_whole else line(say("timeline_chosen", language)),
    )


def _entry_line(entry: TimelineEntry, channel: Channel) -> Line:
    language = channel.language
    is_foreign = entry.language is not None and not is_same_language(entry.language, language)
    mark = f" [{say_language(entry.language)}]" if is_foreign and entry.language else ""
    outlets = f" · {say_count('outlets', entry.outlets, language)}" if entry.outlets > 1 else ""
    more = f" · {say('more', language, n=entry.more)}" if entry.more else ""
    reason = (Span(text=say_reason(entry.reason, language), is_bold=True), " · ") if entry.reason else ()
    return line(
        f"{say_day(entry.at.astimezone(zone_of(channel.zone)))} ",
        *reason,
        f"{entry.outlet}{mark}: ",
        Span(text=shorten(entry.title, MOST_TITLE), link=entry.link),
        f"{outlets}{more} · #{entry.story_id}",
    )
