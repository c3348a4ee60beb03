"""Declared destinations as channels, and a story told to them through the whole pipeline over real sockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bot.domain.digests import DigestPlan
from bot.domain.models import Mode, Sensitivity, TopicId, WorkspaceId
from bot.domain.records import Watching
from bot.domain.settings import DestinationSettings
from bot.platforms.webhook.adapter import WebhookPlatform
from bot.platforms.webhook.declared import find_strange_topics, place_of, reconcile
from tests.newsroom import Newsroom, newsroom
from tests.platforms.webhook.stage import NO_GAPS, RENDERERS, WebhookServer
from tests.servers.wire import Fault

BAN = "Norland bans Huawei and ZTE from its 5G networks"
BAN_TEXT = (
    "Norland will exclude Huawei and ZTE from its 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
AGAIN = "Norland bans Huawei and ZTE equipment from 5G networks"
AGAIN_TEXT = (
    "Huawei and ZTE are banned from Norland's 5G networks, minister Per Aasgaard said. Operators have until 2029."
)
POLICY = DestinationSettings(name="policy", kind="slack", url="https://hooks.example/sEcReT", topics=("huawei", "zte"))


async def watched(room: Newsroom, name: str) -> list[tuple[str, Sensitivity | None, int]]:
    channel = await room.store.add_channel(place_of(name))
    lines = await room.store.list_subscriptions(channel.id)
    return [(line.topic_id, line.chosen, line.min_outlets) for line in lines]


async def test_what_the_file_says_is_what_a_destination_watches(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        strict = replace(POLICY, sensitivity=Sensitivity.STRICT, min_outlets=2, language="nl")
        await reconcile(room.store, [strict], room.clock())
        assert await watched(room, "policy") == [("huawei", "strict", 2), ("zte", "strict", 2)]
        channel = await room.store.find_channel(place_of("policy"))
        assert channel is not None
        assert channel.language == "nl"
        await reconcile(room.store, [replace(POLICY, topics=("zte",))], room.clock())
        assert await watched(room, "policy") == [("zte", None, 1)]
        assert (await room.store.add_channel(place_of("policy"))).language == "en"


async def test_a_destination_that_left_the_file_watches_nothing_and_others_stay(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        kept = await room.subscribe("huawei")
        await reconcile(room.store, [POLICY], room.clock())
        await reconcile(room.store, [], room.clock())
        assert await watched(room, "policy") == []
        assert len(await room.store.list_subscriptions(kept.id)) == 1


async def test_a_destinations_digest_is_the_files_and_ends_with_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        daily = replace(POLICY, mode=Mode.DIGEST, digest="8:30 weekdays", digest_length=5, zone="europe/amsterdam")
        await reconcile(room.store, [daily], room.clock())
        channel = await room.store.add_channel(place_of("policy"))
        assert channel.zone == "Europe/Amsterdam"
        assert await room.store.find_digest_plan(channel.id) == DigestPlan(
            at=time(8, 30), weekdays=(0, 1, 2, 3, 4), length=5
        )
        assert {line.mode for line in await room.store.list_subscriptions(channel.id)} == {Mode.DIGEST}
        await reconcile(room.store, [], room.clock())
        assert await room.store.find_digest_plan(channel.id) is None
        assert await watched(room, "policy") == []


async def test_an_unchanged_file_changes_nothing(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await reconcile(room.store, [POLICY], room.clock())
        before = await _change(room)
        await reconcile(room.store, [POLICY], room.clock())
        assert await _change(room) == before + 1


async def _change(room: Newsroom) -> int:
    """Change something and return the number of that change: the numbers show whether there were others between."""
    probe = await room.store.add_channel(replace(place_of("probe"), workspace=WorkspaceId("elsewhere")))
    how = Watching(mode=Mode.DIGEST)
    return (await room.store.save_subscription(probe.id, TopicId("zte"), how, actor="t", now=room.clock())).number


async def test_the_address_is_not_in_the_database(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await reconcile(room.store, [POLICY], room.clock())
    assert b"sEcReT" not in _everything(tmp_path)


def _everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_an_unknown_topic_is_named_with_the_nearest_ones() -> None:
    (told,) = find_strange_topics([replace(POLICY, topics=("huawei", "Huawai"))], ["huawei", "zte"])
    assert told == "destinations.policy.topics: there is no topic Huawai; did you mean huawei?"
    (far,) = find_strange_topics([replace(POLICY, topics=("weather",))], ["zte"])
    assert "known: zte" in far


@asynccontextmanager
async def wired(folder: Path, **more: Any) -> AsyncIterator[tuple[Newsroom, WebhookServer, WebhookPlatform]]:
    """Open a newsroom that tells a Discord and a Slack webhook."""
    async with WebhookServer() as server, newsroom(folder) as room:
        destinations = [server.destination("discord", **more), server.destination("slack", **more)]
        platform = WebhookPlatform(destinations, RENDERERS, gaps=NO_GAPS)
        await room.open_outlets("Ledger", "Wire")
        await reconcile(room.store, destinations, room.clock())
        room.deliverer = replace(room.deliverer, platform=platform)
        try:
            yield room, server, platform
        finally:
            await platform.close()


async def test_a_story_is_told_once_and_grows_where_it_can(tmp_path: Path) -> None:
    async with wired(tmp_path) as (room, server, _):
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        await room.tick()
        (on_discord,) = server.discord.values()
        (on_slack,) = server.slack
        assert "Wire" in repr(on_discord)
        assert BAN in repr(on_slack)
        assert "Wire" not in repr(on_slack)


async def test_a_digest_comes_at_its_hour_once_and_nothing_before(tmp_path: Path) -> None:
    async with wired(tmp_path, mode=Mode.DIGEST, digest="00:00") as (room, server, _):
        await room.tick()
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert (len(server.discord), len(server.slack)) == (0, 0)
        room.clock.move(timedelta(days=1))
        await room.tick(timedelta(minutes=5))
        await room.tick(timedelta(minutes=5))
        for shown in (list(server.discord.values()), server.slack):
            assert [("Digest: 1 story" in repr(one), BAN in repr(one)) for one in shown] == [(True, True)]


async def test_a_development_is_told_with_its_headline(tmp_path: Path) -> None:
    first = "ZTE wins 14 network contracts in East Island"
    async with wired(tmp_path) as (room, server, _):
        await reconcile(room.store, [server.destination("slack")], room.clock())
        room.publish("Ledger", f"Huawei and {first}", "Huawei and ZTE won 14 network contracts in East Island.")
        await room.tick()
        room.publish("Wire", "Huawei and ZTE win 25 network contracts in East Island", "They now count 25 contracts.")
        await room.tick()
        _, development = server.slack
        assert "25" in repr(development)
        assert f"Huawei and {first}" in repr(development["blocks"][1])


async def test_a_lost_answer_is_sent_again_and_counted(tmp_path: Path) -> None:
    async with wired(tmp_path) as (room, server, platform):
        server.faults.append(Fault(pattern="services", drop="after"))
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        await room.tick(timedelta(minutes=1))
        assert len(server.slack) == 2
        assert len(server.discord) == 1
        assert platform.possible_repeats == 1


async def test_least_outlets_are_waited_for(tmp_path: Path) -> None:
    async with wired(tmp_path, min_outlets=2) as (room, server, _):
        room.publish("Ledger", BAN, BAN_TEXT)
        await room.tick()
        assert server.slack == []
        room.publish("Wire", AGAIN, AGAIN_TEXT)
        await room.tick()
        assert len(server.slack) == 1
