"""Each platform with what stands behind it, behind one face: what a reader would see, and what can go wrong there."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from rich.console import Console as Terminal

from bot.domain.models import Place, WorkspaceId
from bot.platforms.console.adapter import PLACE, ConsolePlatform
from bot.ports import Platform
from bot.web.console import Console
from bot.web.templates import environment
from tests.platforms.discord.stage import on_stage as on_discord
from tests.platforms.slack.stage import Script, make_desk
from tests.platforms.slack.stage import on_stage as on_slack
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack


@dataclass
class House:
    """A platform, a place on it, what is shown there (one text for each message), and faults for its next posts."""

    platform: Platform
    place: Place
    shown: Callable[[], list[str]]
    lose_answer: Callable[[], None] | None = None
    be_busy: Callable[[], None] | None = None
    elsewhere: Place | None = None
    forget_nonces: Callable[[], None] = lambda: None
    pictures: Callable[[], list[tuple[bytes, str]]] = list
    refuse_pictures: Callable[[], None] = lambda: None


@asynccontextmanager
async def console() -> AsyncIterator[House]:
    """Run on a terminal that keeps what it was shown; it loses no answer and is never busy."""
    screen = io.StringIO()
    platform = ConsolePlatform(
        make_desk(Script()),
        on_exit=lambda: None,
        console=Terminal(file=screen, width=100, color_system=None),
        is_interactive=False,
    )
    await platform.start()
    yield House(platform, PLACE, lambda: screen.getvalue().split("╭")[1:])
    await platform.close()


@asynccontextmanager
async def discord() -> AsyncIterator[House]:
    """Run on the fake Discord."""
    async with on_discord() as stage:
        workspace = WorkspaceId("discord:1")
        posts = r"/channels/\d+/messages$"
        yield House(
            stage.platform,
            Place(platform="discord", workspace=workspace, channel=stage.fake.channel_id()),
            lambda: [repr(m) for head in stage.fake.posts() for m in (head, *stage.fake.posts(head["id"]))],
            lose_answer=lambda: stage.fake.fail("POST", posts, drop="after"),
            be_busy=lambda: stage.fake.fail("POST", posts, times=9, status=429, retry_after=30, scope="cloudflare"),
            elsewhere=Place(platform="discord", workspace=workspace, channel="999999999999999999"),
            forget_nonces=stage.fake.world.forget_nonces,
            pictures=lambda: _on_discord(stage.fake),
            refuse_pictures=lambda: stage.fake.fail("POST", posts, status=413),
        )


@asynccontextmanager
async def slack() -> AsyncIterator[House]:
    """Run on the fake Slack."""
    async with on_slack() as stage:
        workspace = WorkspaceId("slack:T0FAKE")
        yield House(
            stage.platform,
            Place(platform="slack", workspace=workspace, channel=stage.fake.channel_id()),
            lambda: [repr(m) for head in stage.fake.posts() for m in (head, *stage.fake.replies(head))],
            lose_answer=lambda: stage.fake.fail("chat.postMessage", drop="after"),
            be_busy=lambda: stage.fake.fail("chat.postMessage", status=429, retry_after=30),
            elsewhere=Place(platform="slack", workspace=workspace, channel="C9999"),
            pictures=lambda: _on_slack(stage.fake),
            refuse_pictures=lambda: setattr(stage.fake.uploads, "unready", 99),
        )


def _on_discord(fake: FakeDiscord) -> list[tuple[bytes, str]]:
    """List the pictures that messages show, with their words, and that an embed shows each."""
    sent = {name: content for call in fake.calls for name, content in call.files.items()}
    return [
        (sent[file["filename"]], file.get("description", ""))
        for post in fake.posts()
        for file in post["attachments"]
        if post["embeds"][-1]["image"]["url"] == f"attachment://{file['filename']}"
    ]


def _on_slack(fake: FakeSlack) -> list[tuple[bytes, str]]:
    blocks = [block for post in fake.posts() for block in post["blocks"] if "slack_file" in block]
    return [(fake.uploads.files[block["slack_file"]["id"]].content or b"", block["alt_text"]) for block in blocks]


@asynccontextmanager
async def web() -> AsyncIterator[House]:
    """Run on the page of a first look; it loses no answer and is never busy."""
    console = Console(make_desk(Script()))
    message_of = environment().get_template("parts.html").module.message_of  # type: ignore[attr-defined]
    yield House(console, console.place, lambda: [str(message_of(m, {}, "")) for m in console.messages])


HOUSES: dict[str, Callable[[], AbstractAsyncContextManager[House]]] = {
    "console": console,
    "discord": discord,
    "slack": slack,
    "web": web,
}
