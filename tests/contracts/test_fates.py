"""Every kind of message under every fate of its request: it is seen once, where it belongs, and its id is the answer.

A delivery is carried out as the pipeline does it: tried again while the answer says so, and settled once it is unsure.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.cards import Picture
from bot.domain.errors import RetryLaterError, UnknownOutcomeError
from bot.domain.models import Place
from bot.domain.records import Outgoing
from bot.platforms.slack.manifest import make_manifest
from bot.ports import Platform
from tests.platforms.discord.stage import on_stage as on_discord
from tests.platforms.slack.stage import on_stage as on_slack
from tests.platforms.slack.stage import outgoing as to_slack
from tests.servers.discord import objects as make
from tests.servers.slack import FakeSlack
from tests.servers.wire import Fault, Faults

PICTURE = Picture(name="digest.png", content=b"\x89PNG\r\n\x1a\n", alt="Three a day")
AN_HOUR = timedelta(hours=1)
NO_TIME = timedelta(0)
# At once; after Discord forgot the nonce, earlier than it says, in its time, and by a clock that was ahead then.
AGES = ((False, NO_TIME), (True, NO_TIME), (True, AN_HOUR), (True, -AN_HOUR))
LOST = {
    "never arrived": Fault(drop="before"),
    "answer lost": Fault(drop="after"),
    "carried out late": Fault(drop="late"),
    "503, not carried out": Fault(status=503, body={"message": "", "code": 0}),
    "503, carried out": Fault(status=503, body={"message": "", "code": 0}, drop="after"),
    "429": Fault(status=429, body={"message": "", "retry_after": 0.01, "global": False}, headers={"Retry-After": "0"}),
}


@dataclass
class Scene:
    """A platform with a place for messages: `where` lists where the message of a delivery stands, by its id."""

    platform: Platform
    make: Callable[..., Outgoing]
    post: str
    faults: Faults
    where: Callable[[str], list[str]]
    more: dict[str, Any]
    forget: Callable[[], None] = lambda: None

    async def carry_out(self, outgoing: Outgoing, *, age: timedelta, forgets: bool) -> str:
        """Carry a delivery out as the pipeline does, `age` after its first try."""
        since = outgoing.unsure_since
        for _ in range(6):
            try:
                return await self.platform.post(replace(outgoing, unsure_since=since))
            except UnknownOutcomeError:
                since = since or datetime.now(UTC) - age
                await asyncio.gather(*self.faults.late)
                if forgets:
                    self.forget()
            except RetryLaterError:
                continue
        raise AssertionError(f"{outgoing.key} was never carried out")


@asynccontextmanager
async def discord_scene(kind: int = make.TEXT, *, reply: bool = False, direct: bool = False, thread: str | None = None,
                        picture: Picture | None = None) -> AsyncIterator[Scene]:  # fmt: skip
    async with on_discord() as stage:
        fake, place = stage.fake, stage.outgoing().place
        if direct:
            place = await stage.platform.direct(fake.plain.id, place)
        elif kind != make.TEXT:
            place = replace(place, channel=await fake.add_channel("elsewhere", kind, ("huawei",)))
        parent = await stage.platform.post(stage.outgoing(1, place=place)) if reply else None
        spot = f"{place.channel}/" if kind != make.FORUM else ""

        def where(key: str) -> list[str]:
            held = [m for m in fake.messages.values() if f"tw:{key}:" in repr(m["components"])]
            fake.world.lately_published.clear()
            assert kind != make.ANNOUNCEMENT or all(m["flags"] & make.CROSSPOSTED for m in held), "not handed on"
            return [str(m["id"]) if m["channel_id"] == spot[:-1] else f"{m['channel_id']}/{m['id']}" for m in held]

        more = {"place": place, "reply_to": parent, "thread": thread, "picture": picture, "is_published": True}
        path = "POST .*/threads$" if kind == make.FORUM and not reply else r"POST .*/channels/\d+/messages$"
        yield Scene(stage.platform, stage.outgoing, path, fake.faults, where, more, fake.world.forget_nonces)


@asynccontextmanager
async def slack_scene(
    *, reply: bool = False, direct: bool = False, picture: Picture | None = None
) -> AsyncIterator[Scene]:
    async with on_slack(fake=FakeSlack(burst=1000, manifest=make_manifest())) as stage:
        place: Place = to_slack().place
        if direct:
            place = await stage.platform.direct("U0READER", place)
        parent = await stage.platform.post(replace(to_slack(delivery=1), place=place)) if reply else None

        def where(key: str) -> list[str]:
            return [
                ts
                for (channel, ts), m in stage.fake.messages.items()
                if m.get("metadata", {}).get("event_payload", {}).get("delivery") == key
                and (channel, m.get("thread_ts")) == (place.channel, parent)
            ]

        def make_one(delivery: int, **more: Any) -> Outgoing:
            return replace(to_slack(delivery=delivery), **more)

        more = {"place": place, "reply_to": parent, "picture": picture}
        yield Scene(stage.platform, make_one, "^chat.postMessage$", stage.fake.faults, where, more)


SCENES: dict[str, Callable[[], AbstractAsyncContextManager[Scene]]] = {
    "discord, a channel": discord_scene,
    "discord, with a picture": lambda: discord_scene(picture=PICTURE),
    "discord, announced": lambda: discord_scene(make.ANNOUNCEMENT),
    "discord, a reply": lambda: discord_scene(reply=True),
    "discord, in a thread": lambda: discord_scene(reply=True, thread="Harbour"),
    "discord, a forum": lambda: discord_scene(make.FORUM, picture=PICTURE),
    "discord, in a forum's post": lambda: discord_scene(make.FORUM, reply=True, thread="Harbour"),
    "discord, to a person": lambda: discord_scene(direct=True),
    "slack, a channel": slack_scene,
    "slack, with a picture": lambda: slack_scene(picture=PICTURE),
    "slack, in a thread": lambda: slack_scene(reply=True),
    "slack, to a person": lambda: slack_scene(direct=True),
}


@pytest.mark.parametrize("name", SCENES)
async def test_a_message_is_seen_once_whatever_becomes_of_its_request(name: str) -> None:
    async with SCENES[name]() as scene:
        scene.faults.late_s = 0.01
        key = 100
        for fate, fault in LOST.items():
            if fate == "429" and scene.platform.name == "slack":
                continue  # it asks for a second at least; the tests of its messages wait that long once
            for forgets, age in AGES:
                key += 1
                scene.faults.append(replace(fault, pattern=scene.post))
                outgoing = scene.make(key, **scene.more)
                ident = await scene.carry_out(outgoing, age=age, forgets=forgets)
                assert scene.where(outgoing.key) == [ident], (fate, forgets, age)


REFUSED = {
    "discord": Fault(status=413, body={"message": "Request entity too large", "code": 40005}),
    "slack": Fault(status=200, body={"ok": False, "error": "invalid_blocks"}),
}


@pytest.mark.parametrize("name", ["discord, with a picture", "discord, a forum", "slack, with a picture"])
async def test_a_picture_that_is_refused_and_an_answer_that_is_lost_then_make_one_message(name: str) -> None:
    async with SCENES[name]() as scene:
        tries = 1 if scene.platform.name == "discord" else 3
        scene.faults.append(replace(REFUSED[scene.platform.name], pattern=scene.post, times=tries))
        scene.faults.append(Fault(pattern=scene.post, drop="after"))
        outgoing = scene.make(2, **scene.more)
        ident = await scene.carry_out(outgoing, age=NO_TIME, forgets=True)
        assert scene.where(outgoing.key) == [ident]


@pytest.mark.parametrize("then", ["thread", "reply"])
async def test_a_development_is_found_wherever_the_habit_of_its_time_put_it(then: str) -> None:
    async with discord_scene(reply=True) as scene:
        names = {"thread": "Harbour", "reply": None}
        first = scene.make(2, **scene.more | {"thread": names["reply" if then == "thread" else "thread"]})
        scene.faults.append(Fault(pattern=scene.post, drop="after"))
        with pytest.raises(UnknownOutcomeError):
            await scene.platform.post(first)
        scene.forget()
        again = replace(first, thread=names[then], unsure_since=datetime.now(UTC) - AN_HOUR)
        assert scene.where("2") == [await scene.platform.post(again)]
