"""Digests, decided: when one is due, which stories come first, and how it is written down for its alert.

Whoever is told once a day wants first what is sure and moves: many origins say more than many outlets that copy them,
a story that brought something new more than one that was only told again, and one that began since then more than an
old one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from math import log2
from typing import Any

from bot.alerts.cards import zone_of
from bot.domain.digests import (
    Assurance,
    Digest,
    DigestPlan,
    DigestSpike,
    DigestStory,
    DigestTopic,
)
from bot.domain.models import Channel, StoryId
from bot.domain.schedule import Schedule, last_due, next_due

LATE_AFTER = timedelta(minutes=15)
WAITS_FOR_NEXT = timedelta(hours=1)
"""A late digest waits for one that is due so soon: two in a row would tell no more."""
SPAN = timedelta(days=1)
WEEK = timedelta(days=7)
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do of a plan that was claimed: tell the digest of `day` from `since` on (None: nothing yet), and when to
    look again. `late_for` is the first time that was missed.
    """

    next_at: datetime
    day: date | None = None
    since: datetime | None = None
    late_for: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What speaks for a story: `developments` and `is_new` are of the time that is told of."""

    story: StoryId
    origins: int
    outlets: int
    developments: int
    is_new: bool
    updated_at: datetime

    @property
    def weight(self) -> float:
        """How far up it stands. Doubling counts alike everywhere: the tenth outlet says less than the second."""
        return (
            2.0 * log2(1 + self.origins)
            + log2(1 + self.outlets)
            + 1.5 * log2(1 + self.developments)
            + (1.0 if self.is_new else 0.0)
        )


def schedule_of(plan: DigestPlan, channel: Channel) -> Schedule:
    """Read a plan by the calendar of its channel's zone."""
    return Schedule(at=plan.at, weekdays=frozenset(plan.weekdays), zone=zone_of(channel.zone))


def span_of(plan: DigestPlan | None) -> timedelta:
    """Tell how much time a digest looks back on where nothing else says so."""
    return WEEK if plan is not None and plan.is_weekly else SPAN


def decide_digest(
    plan: DigestPlan, channel: Channel, *, due_at: datetime | None, told_until: datetime | None, now: datetime
) -> Decision:
    """Decide over a plan whose time has come, or (`due_at` None) is to be found.

    However many times were missed, the last of them is told, once, of all the time since the one before.
    """
    schedule = schedule_of(plan, channel)
    upcoming = next_due(schedule, now)
    if due_at is None or due_at > now:
        return Decision(next_at=upcoming.at)
    is_late = now - due_at > LATE_AFTER
    if is_late and upcoming.at - now <= WAITS_FOR_NEXT:
        return Decision(next_at=upcoming.at)
    due = last_due(schedule, now)
    return Decision(
        next_at=upcoming.at,
        day=due.day,
        since=_find_since(schedule, min(due_at, due.at), told_until, now),
        late_for=due_at if is_late else None,
    )


def _find_since(schedule: Schedule, due_at: datetime, told_until: datetime | None, now: datetime) -> datetime:
    """Go on where the last digest ended; where there was none, begin a time before the first that was due."""
    if told_until is not None and told_until < now:
        return told_until
    return last_due(schedule, due_at - timedelta(microseconds=1)).at


def rank(stories: Iterable[Weighed]) -> list[Weighed]:
    """Order stories, the weightiest first; of equal ones that which changed last."""
    return sorted(stories, key=lambda s: (-s.weight, -s.updated_at.timestamp(), s.story))


def write_digest(digest: Digest) -> str:
    """Write a digest as the reason of its alert."""
    return json.dumps([_FORMAT, asdict(digest)], ensure_ascii=False, default=_write_instant)


def read_digest(written: str) -> Digest:
    """Read what `write_digest` wrote."""
    _, held = json.loads(written)
    held["stories"] = tuple(DigestStory(**story) for story in held["stories"])
    held["topics"] = tuple(_read_topic(topic) for topic in held["topics"])
    held["assurance"] = Assurance(**held["assurance"])
    for name in ("since", "until", "due_at"):
        held[name] = None if held[name] is None else datetime.fromisoformat(held[name])
    held["day"] = None if held["day"] is None else date.fromisoformat(held["day"])
    return Digest(**held)


def _read_topic(held: dict[str, Any]) -> DigestTopic:
    spikes = tuple(DigestSpike(**spike | {"day": date.fromisoformat(spike["day"])}) for spike in held["spikes"])
    return DigestTopic(**held | {"days": tuple(held["days"]), "spikes": spikes})


def _write_instant(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a digest holds no {type(value).__name__}")


def is_planned(written: str) -> bool:
    """Tell whether a written digest came by its plan: what somebody asked for waits for no quiet hour."""
    return read_digest(written).day is not None


def named_stories(digest: Digest) -> Sequence[StoryId]:
    """List every story that a digest names, each once."""
    named = [story.id for story in digest.stories]
    named += [story.before for story in digest.stories if story.before is not None]
    named += [spike.story for topic in digest.topics for spike in topic.spikes if spike.story is not None]
    return list(dict.fromkeys(named))
