"""Silence: topics that are watched -> what is usual for each -> a notice in the ops channel, once for each silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.phrases import say
from bot.domain.models import Channel, Topic, TopicId
from bot.domain.trends import Silence
from bot.pipeline.bells import Bells
from bot.pipeline.trends import read_silence
from bot.ports import Store

EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceWatch:
    """Looks every hour for topics that ought to bring articles and do not."""

    store: Store
    bells: Bells
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await tell_silences(self.store, self.bells, self.clock())
            await asyncio.sleep(EVERY.total_seconds())


async def tell_silences(store: Store, bells: Bells, now: datetime) -> int:
    """Tell each ops channel of the topics that its workspace watches and that have fallen silent; returns how many.

    One silence is told once: it is known by the hour of its last article.
    """
    told = 0
    watched: dict[str, set[TopicId]] = {}
    for channel, subscription in await store.list_live_subscriptions():
        watched.setdefault(channel.place.workspace, set()).add(subscription.topic_id)
    for ops in await store.list_ops_channels():
        topics = await store.list_topics(ops.place.workspace)
        for topic in topics:
            if topic.id in watched.get(ops.place.workspace, ()):
                told += await _tell(store, ops, topic, now)
    if told:
        bells.deliver.ring()
    return told


async def _tell(store: Store, ops: Channel, topic: Topic, now: datetime) -> bool:
    silence = await read_silence(store, ops.place.workspace, topic.id, now)
    if silence is None or silence.last_at is None:
        return False
    text = write_notice(topic.title, silence, ops.language)
    key = f"silence {topic.id} {silence.last_at:%Y-%m-%d %H}"
    return await store.add_notice(ops.id, text=text, key=key, now=now)


def write_notice(title: str, silence: Silence, language: str) -> str:
    """Write what the ops channel is told: the topic, what would be usual, and where to look."""
    key = "trend.silent_days.one" if silence.span == 1 else "trend.silent_days"
    return "\n".join(
        (
            say("trend.silent", language, topic=title),
            say(key, language, n=silence.span, usual=f"{silence.usual:g}"),
            say("trend.silent_look", language),
        )
    )
