"""What the tests of the adapter share: a registry of invented commands, and a bot on the fake Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, cast

from bot.commands.answers import Answer, Asker, Context, Form, FormField, Reply, Right, TextFile
from bot.commands.desk import Desk
from bot.commands.registry import Registry
from bot.domain.cards import Button, Call, Card, Picture, Section, line
from bot.domain.errors import InputError
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.manifest import make_manifest
from bot.platforms.slack.settings import SlackSettings
from bot.platforms.slack.timing import Timing
from bot.ports import Store
from tests.servers.slack import FakeSlack

QUICK = Timing(
    ping=timedelta(milliseconds=300),
    gap=timedelta(0),
    first_pause=timedelta(milliseconds=50),
    form_patience=timedelta(milliseconds=150),
    grace=timedelta(milliseconds=200),
)
CHANNEL = "C0001"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


class Mode(StrEnum):
    """A choice."""

    LIVE = "live"
    DIGEST = "digest"


@dataclass
class Script:
    """The commands of the tests: `askers` are those who asked, `gate` is what the slow ones wait for."""

    registry: Registry = field(default_factory=Registry)
    askers: list[Asker] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    store: Store = field(default_factory=lambda: cast(Store, None))

    def __post_init__(self) -> None:
        _add_plain(self)
        _add_unasked(self)
        _add_picture(self)
        _add_form(self)


def reply(text: str, *, is_private: bool = True, buttons: tuple[Button, ...] = ()) -> Reply:
    sections = (Section(lines=(line(text),)),)
    return Reply(card=Card(title="Answer", text=text, sections=sections, buttons=buttons), is_private=is_private)


def _add_picture(script: Script) -> None:
    registry = script.registry

    @registry.command("draw")
    async def draw(ctx: Context, where: Annotated[str, "here or apart"] = "apart") -> Answer:
        """Answer with a picture."""
        shown = Picture(name="trend.png", content=PNG, alt="Three a day, nine on Monday", title="Chips")
        return replace(reply("a chart", is_private=where == "apart"), picture=shown)


def _add_plain(script: Script) -> None:
    registry = script.registry

    @registry.command("search")
    async def search(
        ctx: Context, query: Annotated[str, "What to find"], count: Annotated[int, "How many"] = 3
    ) -> Answer:
        """Find articles."""
        script.askers.append(ctx.asker)
        more = Button(
            label="More", call=Call(command="search", arguments=(("query", query), ("count", str(count + 3))))
        )
        return reply(f"{query}, {count}", buttons=(more, Button(label="Read", link="https://news.example/1")))

    @registry.command("shout")
    async def shout(ctx: Context) -> Answer:
        """Answer in the channel."""
        return reply("hear, hear", is_private=False)

    @registry.command("list")
    async def give_list(ctx: Context, rows: Annotated[int, "How long"] = 1) -> Answer:
        """Answer with a file."""
        content = "".join(f'  <outline text="a & b {n}"/>\n' for n in range(rows))
        return Reply(card=Card(title="A list", text="A list"), file=TextFile(name="feeds.opml", content=content))

    @registry.command("mute", right=Right.MANAGE_CHANNEL)
    async def mute(ctx: Context) -> Answer:
        """Mute something."""
        return reply("muted")

    @registry.command("adopt", right=Right.MANAGE_WORKSPACE)
    async def adopt(ctx: Context) -> Answer:
        """Change something for all."""
        return reply("adopted")

    @registry.command("broken")
    async def broken(ctx: Context) -> Answer:
        """Break."""
        raise ZeroDivisionError("hidden detail")

    @registry.command("slow")
    async def slow(ctx: Context) -> Answer:
        """Take long."""
        await script.gate.wait()
        return reply("done at last")


def _add_unasked(script: Script) -> None:
    registry = script.registry

    @registry.command("help")
    async def show_help(ctx: Context) -> Answer:
        """Show what can be asked."""
        return reply("/news search and more")

    @registry.command("watch text", is_listed=False)
    async def watch_text(ctx: Context, text: Annotated[str, "What the message says"]) -> Answer:
        """Watch what a text is about."""
        return reply(text)


def _add_form(script: Script) -> None:
    @script.registry.command("topic add", opens_form=True)
    async def add(
        ctx: Context,
        name: Annotated[str, "What to call it"],
        query: Annotated[str, "What to watch"],
        mode: Annotated[Mode, "How"] = Mode.LIVE,
    ) -> Answer:
        """Add a topic to this workspace."""
        script.askers.append(ctx.asker)
        if "slow" in (name, query):
            await script.gate.wait()
        if query == "(":
            raise InputError("a bracket is not closed", field="query")
        if query == "all":
            call = Call(command="topic add")
            return Form(
                title="Add", call=call, fields=(FormField(name="name", label="Name"),), error="there are too many"
            )
        return reply(f"added {name}: {query}, {mode}", is_private=query != "public")


def make_desk(script: Script) -> Desk:
    absent = cast(Any, None)  # the invented commands touch none of these
    return Desk(
        store=script.store,
        fetcher=absent,
        library=absent,
        reader=absent,
        settings=Settings(),
        bells=Bells(),
        clock=lambda: datetime.now(UTC),
        registry=script.registry,
    )


def make_platform(
    fake: FakeSlack, script: Script | None = None, *, timing: Timing = QUICK, **settings: Any
) -> SlackPlatform:
    tokens = {"bot_token": fake.bot_token, "app_token": fake.app_token}
    return SlackPlatform(
        [SlackSettings(**(tokens | settings))], make_desk(script or Script()), api_url=fake.api, timing=timing
    )


@dataclass
class Stage:
    """A bot that is up on a fake Slack."""

    fake: FakeSlack
    platform: SlackPlatform
    script: Script


@asynccontextmanager
async def on_stage(
    *, fake: FakeSlack | None = None, store: Store | None = None, **settings: Any
) -> AsyncIterator[Stage]:
    script = Script() if store is None else Script(store=store)
    async with fake or FakeSlack(manifest=make_manifest()) as slack:
        platform = make_platform(slack, script, **settings)
        await platform.start()
        await slack.connected()
        try:
            yield Stage(fake=slack, platform=platform, script=script)
        finally:
            await platform.close()


def outgoing(title: str = "Chip ban widens", *, delivery: int = 7, channel: str = CHANNEL, **more: Any) -> Outgoing:
    card = more.pop("card", None) or Card(title=title, text=f"{title} – text", link="https://news.example/1")
    place = Place(platform="slack", workspace=WorkspaceId("slack:T0FAKE"), channel=channel)
    return Outgoing(key=str(delivery), place=place, card=card, **more)


def calls(fake: FakeSlack, method: str) -> list[Any]:
    return [call for call in fake.calls if call.method == method]


def text_of(message: Any) -> str:
    """All that people read in the blocks of a message."""
    return "\n".join(b["text"]["text"] for b in message["blocks"] if "text" in b)
