"""What the tests of the adapter share: a registry of invented commands, and a bot on the fake Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, NewType, cast

from bot.commands.answers import (
    Answer,
    Asker,
    Choice,
    Context,
    FieldKind,
    Form,
    FormField,
    Reply,
    Right,
    TextFile,
)
from bot.commands.desk import Desk
from bot.commands.registry import Registry
from bot.domain.cards import Button, Call, Card, Picture, Section, line
from bot.domain.models import Channel, Place, WorkspaceId
from bot.domain.publications import Publication
from bot.domain.records import Outgoing
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.platforms.discord.adapter import DiscordPlatform
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.settings import DiscordSettings
from bot.ports import Store
from tests.servers.discord import FakeDiscord, turned_to
from tests.servers.discord_bot import described

PNG = b"\x89PNG\r\n\x1a\n"
TopicName = NewType("TopicName", str)
QUICK = Pace(
    first_answer=timedelta(seconds=10),
    shortest_pause=timedelta(milliseconds=20),
    longest_pause=timedelta(milliseconds=100),
    thinking=timedelta(milliseconds=150),
    suggesting=timedelta(milliseconds=300),
    sending=timedelta(seconds=10),
    between_logins=timedelta(milliseconds=20),
    guilds=timedelta(milliseconds=50),
    settling=timedelta(milliseconds=20),
    farewell=timedelta(seconds=1),
)


class Mode(StrEnum):
    """A choice."""

    LIVE = "live"
    DIGEST = "digest"


@dataclass
class Clock:
    """A clock that the test sets."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now


class NoChannels:
    """As much of a store as a bot asks for whose commands are all invented: there is nothing in it."""

    async def list_channels(self, platform: str) -> list[Channel]:
        return []

    async def list_workspace_channels(self, workspace: WorkspaceId, *, with_direct: bool = True) -> list[Channel]:
        return []

    async def list_publications(self, platform: str) -> list[Publication]:
        return []

    async def delete_channel(self, place: Place) -> bool:
        return False


@dataclass
class Script:
    """The commands of the tests: `askers` are those who asked, `gate` is what the slow ones wait for."""

    registry: Registry = field(default_factory=Registry)
    askers: list[Asker] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    store: Store = field(default_factory=lambda: cast(Store, NoChannels()))

    def __post_init__(self) -> None:
        _add_plain(self)
        _add_picture(self)
        _add_much(self.registry)
        _add_slow(self)
        _add_form(self)


def reply(text: str, *, is_private: bool = True, buttons: tuple[Button, ...] = ()) -> Reply:
    sections = (Section(lines=(line(text),)),)
    return Reply(card=Card(title="Answer", text=text, sections=sections, buttons=buttons), is_private=is_private)


def _add_picture(script: Script) -> None:
    registry = script.registry

    @registry.command("draw", is_listed=False)
    async def draw(ctx: Context, slow: Annotated[str, "Whether it takes its time"] = "no", size: int = 8) -> Answer:
        """Answer with a picture."""
        if slow == "yes":
            await script.gate.wait()
        shown = Picture(name="trend.png", content=PNG + bytes(size), alt="Three a day, nine on Monday", title="Chips")
        return replace(reply("a chart"), picture=shown)


def _add_plain(script: Script) -> None:
    registry = script.registry

    @registry.suggests(TopicName)
    async def suggest_topics(ctx: Context, typed: str) -> Sequence[Choice]:
        if typed == "slow":
            await script.gate.wait()
        found = [Choice(label=f"Topic {n}", value=n) for n in ("huawei", "zte") if n.startswith(typed)]
        return [*found, Choice(label="too long", value="x" * 101), Choice(label=" ", value="blank")]

    @registry.command("latest")
    async def latest(
        ctx: Context,
        topic: Annotated[TopicName, "What to show, " + "and so on " * 20],
        mode: Annotated[Mode, "Live or digest"] = Mode.LIVE,
        count: Annotated[int, "How many"] = 3,
        quiet: Annotated[bool, "Without pictures"] = False,
    ) -> Reply:
        """Show the latest stories of a topic; this summary is longer than Discord takes: a hundred letters at most."""
        script.askers.append(ctx.asker)
        more = Button(label="More", call=Call(command="latest", arguments=(("topic", topic), ("count", "9"))))
        return reply(f"{topic}, {mode.value}, {count}, {quiet}", buttons=(more,))

    @registry.command("mute", right=Right.MANAGE_CHANNEL)
    async def mute(ctx: Context) -> Reply:
        """Mute a story."""
        return reply("muted")

    @registry.command("broken")
    async def broken(ctx: Context) -> Reply:
        """Fail."""
        raise ZeroDivisionError("a fault of ours")

    @registry.command("shout")
    async def shout(ctx: Context) -> Reply:
        """Answer for everyone."""
        return reply("for all", is_private=False)

    @registry.command("list", is_listed=False)
    async def give_list(ctx: Context, slow: Annotated[bool, "After a while"] = False) -> Reply:
        """Answer with a file."""
        if slow:
            await script.gate.wait()
        return replace(reply("a list"), file=TextFile(name="feeds.opml", content="<opml>é</opml>"))

    @registry.command("hidden", is_listed=False)
    async def hidden(ctx: Context) -> Reply:
        """Run from buttons only."""
        return reply("found")


def _add_much(registry: Registry) -> None:
    @registry.command("much", is_listed=False)
    async def much(ctx: Context, lines: Annotated[int, "How many"] = 300) -> Reply:
        """Answer at length."""
        more = Button(label="More", call=Call(command="much"))
        rows = tuple(line(f"line {n} " + "words " * 8) for n in range(lines))
        card = Card(title="Much", text="much", sections=(Section(heading="All", lines=rows),), buttons=(more,) * 30)
        return Reply(card=card)


def _add_slow(script: Script) -> None:
    registry = script.registry

    @registry.command("digest now")
    async def digest_now(ctx: Context) -> Reply:
        """Answer for everyone, slowly."""
        await script.gate.wait()
        return reply("the digest @everyone", is_private=False)

    @registry.command("digest mine")
    async def digest_mine(ctx: Context) -> Reply:
        """Answer privately, slowly."""
        await script.gate.wait()
        return reply("my digest")

    @registry.command("topic slow", opens_form=True)
    async def topic_slow(ctx: Context) -> Form:
        """Open a form, slowly."""
        await script.gate.wait()
        return _form("", "")


def _add_form(script: Script) -> None:
    @script.registry.command("topic add", opens_form=True)
    async def topic_add(
        ctx: Context,
        name: Annotated[str, "Its name"] = "",
        query: Annotated[str, "What to look for"] = "",
        mode: Annotated[Mode, "How"] = Mode.LIVE,
    ) -> Answer:
        """Add a topic."""
        if not name:
            return _form(name, query)
        if "(" in query:
            return _form(name, query, error="a bracket is open")
        return reply(f"added {name}: {query} ({mode.value})")

    @script.registry.command("long", opens_form=True)
    async def long(
        ctx: Context,
        a: Annotated[str, "Shown"] = "",
        b: Annotated[str, "Shown"] = "",
        c: Annotated[str, "Shown"] = "",
        d: Annotated[str, "Shown"] = "",
        e: Annotated[str, "Shown"] = "",
        more: Annotated[str, "What Discord has no room for"] = "",
    ) -> Answer:
        """Ask for more than Discord has room for."""
        if a:
            return reply(f"{a}, {more}")
        shown = tuple(FormField(name=name, label=name, is_required=False) for name in "abcde")
        more_field = FormField(name="more", label="More", value="hidden")
        return Form(title="Long", call=Call(command="long"), fields=(*shown, more_field))


def _form(name: str, query: str, error: str = "") -> Form:
    fields = (
        FormField(name="name", label="Name", value=name, hint="One word"),
        FormField(name="query", label="Query", kind=FieldKind.TEXT, value=query, error=error),
        FormField(name="mode", label="Mode", kind=FieldKind.CHOICE, value="live", choices=("live", "digest")),
    )
    return Form(title="A new topic", call=Call(command="topic add"), fields=fields, error=error)


@dataclass
class Stage:
    """A bot on the fake; `problems` is what it told the operator."""

    fake: FakeDiscord
    platform: DiscordPlatform
    script: Script
    clock: Clock
    problems: list[str]

    def outgoing(self, delivery: int = 7, title: str = "Huawei wins a court case", **changes: Any) -> Outgoing:
        call = Call(command="story", arguments=(("story", "12"),))
        card = Card(title=title, text=title, link="https://news.example/1", buttons=(Button(label="Story", call=call),))
        place = Place(platform="discord", workspace=WorkspaceId("discord:1"), channel=self.fake.channel_id())
        return replace(Outgoing(key=str(delivery), place=place, card=card), **changes)


def make_platform(
    script: Script,
    clock: Clock,
    problems: list[str],
    *,
    token: str = "fake-token",
    pace: Pace = QUICK,
    shards: bool = False,
) -> DiscordPlatform:
    desk = Desk(
        store=script.store,
        fetcher=cast(Any, None),  # no command here asks for these
        reader=cast(Any, None),
        library=cast(Any, None),
        settings=Settings(),
        bells=Bells(),
        clock=clock,
        registry=script.registry,
    )
    return DiscordPlatform(DiscordSettings(token=token, shards=shards), desk, problems.append, pace)


@asynccontextmanager
async def on_stage(
    *, pace: Pace = QUICK, store: Store | None = None, is_sharded: bool = False, **options: Any
) -> AsyncIterator[Stage]:
    """Start a fake Discord and a bot that is connected to it with its commands registered."""
    async with FakeDiscord(**{"spec": described(), "per_channel": (100, 5.0)} | options) as fake:
        with turned_to(fake):
            script, clock, problems = Script(), Clock(), list[str]()
            script.store = store or script.store
            platform = make_platform(script, clock, problems, pace=pace, shards=is_sharded)
            try:
                await platform.start()
                await fake.synced()
                yield Stage(fake, platform, script, clock, problems)
            finally:
                script.gate.set()
                await platform.close()
