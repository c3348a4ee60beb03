"""Declared destinations as channels: what the file says of them is what they watch, from each start on."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.models import ChannelId, Place, TopicId, WorkspaceId
from bot.domain.records import Watching
from bot.domain.settings import DestinationSettings
from bot.ports import Store

WORKSPACE = WorkspaceId("webhook")
ACTOR = "topicwire.toml"


def place_of(name: str) -> Place:
    """Return the place of a destination; the address itself is kept nowhere."""
    return Place(platform="webhook", workspace=WORKSPACE, channel=name)


def find_strange_topics(destinations: Sequence[DestinationSettings], topics: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each topic that a destination names and that does not exist, with the nearest ones."""
    for destination in destinations:
        for name in destination.topics:
            if name not in topics:
                near = difflib.get_close_matches(name.casefold(), topics, n=3, cutoff=0.5)
                meant = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(sorted(topics))}"
                yield f"destinations.{destination.name}.topics: there is no topic {name}; {meant}"


async def reconcile(store: Store, destinations: Sequence[DestinationSettings], now: datetime) -> None:
    """Make channels and subscriptions those of the file; what left the file is watched no more. Writes changes only."""
    kept: set[tuple[ChannelId, TopicId]] = set()
    for destination in destinations:
        channel = await store.add_channel(place_of(destination.name))
        if channel.language != destination.language:
            await store.save_channel(replace(channel, language=destination.language), actor=ACTOR, now=now)
        kept |= {(channel.id, TopicId(topic)) for topic in destination.topics}
        await _subscribe(store, channel.id, destination, now)
    for channel, subscription in await store.list_live_subscriptions():
        if channel.place.platform == "webhook" and (channel.id, subscription.topic_id) not in kept:
            await store.delete_subscription(channel.id, subscription.topic_id, actor=ACTOR, now=now)


async def _subscribe(store: Store, channel_id: ChannelId, destination: DestinationSettings, now: datetime) -> None:
    lines = await store.list_subscriptions(channel_id)
    held = {line.topic_id: (line.chosen, line.min_outlets) for line in lines}
    how = Watching(sensitivity=destination.sensitivity, min_outlets=destination.min_outlets)
    for topic in map(TopicId, dict.fromkeys(destination.topics)):
        if held.get(topic) != (how.sensitivity, how.min_outlets):
            await store.save_subscription(channel_id, topic, how, actor=ACTOR, now=now)
