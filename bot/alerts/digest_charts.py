"""The small chart of a digest: its topics' last days side by side, and what a screen reader says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.alerts.cards import zone_of
from bot.alerts.digest_cards import LEAST_DAYS, Lines
from bot.alerts.phrases import say, say_count
from bot.domain.charts import Chart, ChartLine, Mark
from bot.domain.digests import Digest, DigestTopic
from bot.domain.models import Channel
from bot.domain.text import clean, shorten

MOST_DRAWN = 3
"""As many lines as a chart has colours for."""
MOST_MARKS = 2
MOST_ALT = 900
"""Discord takes 1,024 characters of alternative text, Slack 1,000."""


def digest_chart(digest: Digest, lines: Lines, channel: Channel) -> Chart | None:
    """Make the chart of the first topics that have anything to draw; None where none has, or nothing is told."""
    drawn = _drawn(digest)
    if not drawn:
        return None
    language, days = channel.language, _days(digest, drawn[0], channel)
    return Chart(
        title=clean(" – ".join(topic.title for topic in drawn)),
        unit=say("trend.unit", language),
        usual=say("trend.usual", language),
        days=days,
        lines=tuple(ChartLine(name=clean(topic.title), values=topic.days) for topic in drawn),
        marks=_marks(drawn, days, lines),
        unknown=max(topic.unknown for topic in drawn),
        is_last_open=True,
        last_open=say("trend.today", language),
        no_data=say("trend.unread", language),
        is_small=True,
    )


def describe_digest(digest: Digest, channel: Channel) -> str:
    """Say in words what the chart shows, for those who do not see it."""
    drawn, language = _drawn(digest), channel.language
    days = _days(digest, drawn[0], channel)
    parts = [f"{say('trend.unit', language)}, {days[0].isoformat()} – {days[-1].isoformat()}"]
    for topic in drawn:
        most = max(range(len(days)), key=lambda number: topic.days[number])
        peak = say("trend.peak", language, n=topic.days[most], day=days[most].isoformat())
        parts.append(f"{topic.title}: {say_count('trend.articles', sum(topic.days), language)}, {peak}")
    return shorten(clean(". ".join(parts)), MOST_ALT)


def _drawn(digest: Digest) -> Sequence[DigestTopic]:
    if not digest.stories:
        return ()
    fit = [topic for topic in digest.topics if any(topic.days) and len(topic.days) - topic.unknown >= LEAST_DAYS]
    return [topic for topic in fit if len(topic.days) == len(fit[0].days)][:MOST_DRAWN]


def _days(digest: Digest, topic: DigestTopic, channel: Channel) -> tuple[date, ...]:
    last = digest.until.astimezone(zone_of(channel.zone)).date()
    return tuple(last - timedelta(days=ago) for ago in range(len(topic.days) - 1, -1, -1))


def _marks(drawn: Sequence[DigestTopic], days: Sequence[date], lines: Lines) -> tuple[Mark, ...]:
    """Name the days that stand out, with the story that made each."""
    found = [(spike.day, at, spike) for at, topic in enumerate(drawn) for spike in topic.spikes if spike.day in days]
    found.sort(key=lambda one: one[:2])
    told = [(day, at, lines.get(spike.story) if spike.story is not None else None) for day, at, spike in found]
    return tuple(
        Mark(number=number, line=at, day=day, text=clean(story.headline) if story is not None else "")
        for number, (day, at, story) in enumerate(told[:MOST_MARKS], 1)
    )
