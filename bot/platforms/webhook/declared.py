"""Declared destinations as channels: what the file says of them is what they watch, from each start on."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands.settings import read_zone
from bot.domain.models import ChannelId, Place, TopicId, WorkspaceId
from bot.domain.records import Watching
from bot.domain.settings import DestinationSettings
from bot.platforms.webhook.digests import plan_of
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
    """Make channels, subscriptions and digests those of the file; what left the file ends. Writes changes only."""
    kept: dict[ChannelId, DestinationSettings] = {}
    for destination in destinations:
        channel = await store.add_channel(place_of(destination.name))
        kept[channel.id] = destination
        wished = replace(channel, language=destination.language, zone=read_zone(destination.zone))
        if wished != channel:
            await store.save_channel(wished, actor=ACTOR, now=now)
    for channel in await store.list_workspace_channels(WORKSPACE):
        await _subscribe(store, channel.id, kept.get(channel.id), now)
        await _plan(store, channel.id, kept.get(channel.id), now)


async def _subscribe(
    store: Store, channel_id: ChannelId, destination: DestinationSettings | None, now: datetime
) -> None:
    lines = await store.list_subscriptions(channel_id)
    held = {line.topic_id: (line.chosen, line.min_outlets, line.mode) for line in lines}
    topics = dict.fromkeys(map(TopicId, destination.topics)) if destination is not None else {}
    if destination is not None:
        how = Watching(sensitivity=destination.sensitivity, min_outlets=destination.min_outlets, mode=destination.mode)
        for topic in topics:
            if held.get(topic) != (how.sensitivity, how.min_outlets, how.mode):
                await store.save_subscription(channel_id, topic, how, actor=ACTOR, now=now)
    for topic in held.keys() - topics.keys():
        await store.delete_subscription(channel_id, topic, actor=ACTOR, now=now)


async def _plan(store: Store, channel_id: ChannelId, destination: DestinationSettings | None, now: datetime) -> None:
    plan = plan_of(destination) if destination is not None else None
    if plan == await store.find_digest_plan(channel_id):
        return
    if plan is None:
        await store.delete_digest_plan(channel_id, actor=ACTOR, now=now)
    else:
        await store.save_digest_plan(channel_id, plan, actor=ACTOR, now=now)
