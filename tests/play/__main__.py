"""`make play`: the real bot on a fake Discord and a fake Slack, with the sample week; no token, no network.

sample feeds -> topicwire run -> both fakes -> every new message, edit and reply printed as it comes
It ends by itself once nothing comes any more, or at Ctrl-C.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import signal
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.platforms.slack.manifest import make_manifest
from bot.sample.server import SampleServer
from tests.play.shown import WIDTH, discord_lines, slack_lines
from tests.servers.child import child_environment
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack
from tests.shared_data import ROOT

Json = dict[str, Any]
QUIET = 25.0
"""After so many seconds without anything new it is over."""
TOPICS = ("huawei", "trade-talks")
ASKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("latest huawei 3", "latest", {"topic": "huawei", "count": 3}),
    ("search norland ban*", "search", {"query": "norland ban*"}),
    ("topic show huawei", "topic show", {"name": "huawei"}),
    ("status", "status", {}),
)
"""What is asked in the end: as text on Slack, and the same as a command with its options on Discord."""
EPHEMERAL = 64
THREAD = "thread"
"""Stands for the message replied to where a message is in the thread of one."""


@dataclass
class Conversation:
    """Prints what is new since the last look; a message that changed is told with what it says now."""

    write: Callable[[str], None]
    seen: dict[str, str] = field(default_factory=dict)

    def look(self, platform: str, messages: Iterable[tuple[str, str, list[str]]]) -> bool:
        """Print what a platform shows that it did not show before: (id, id of the message replied to, lines)."""
        is_new = False
        for ident, parent, lines in messages:
            key, text = f"{platform} {ident}", "\n".join(lines)
            if self.seen.get(key) == text:
                continue
            what = (
                "reply in its thread"
                if parent == THREAD
                else "reply"
                if parent
                else "edit"
                if key in self.seen
                else "alert"
            )
            old = self.seen.get(key, "").split("\n")
            self.seen[key] = text
            self._print(platform, what, lines if what != "edit" else [lines[0], *_changed(old, lines[1:])])
            is_new = True
        return is_new

    def _print(self, platform: str, what: str, lines: list[str]) -> None:
        indent = "    " if what.startswith("reply") else ""
        self.write(f"\n{indent}── {platform} · {what} ".ljust(WIDTH, "─"))
        for line in lines:
            for row in textwrap.wrap(line, WIDTH - 4, break_long_words=False) or [""]:
                self.write(f"{indent}  {row}")


def _changed(old: list[str], new: list[str]) -> list[str]:
    return [line for line in new if line not in old] or ["(one line less)"]


def slack_shown(fake: FakeSlack) -> list[tuple[str, str, list[str]]]:
    found = []
    for head in fake.posts():
        found.append((head["ts"], "", list(slack_lines(head))))
        found += [(reply["ts"], head["ts"], list(slack_lines(reply))) for reply in fake.replies(head)]
    return found


def discord_shown(fake: FakeDiscord) -> list[tuple[str, str, list[str]]]:
    """List the bot's messages, those in threads as replies to the message that the thread hangs on."""
    room = fake.channel_id()
    found = []
    for message in sorted(fake.messages.values(), key=lambda m: int(m["id"])):
        if not message["author"].get("bot") or message.get("flags", 0) & EPHEMERAL:
            continue
        replied = str((message.get("message_reference") or {}).get("message_id") or "")
        parent = replied if message["channel_id"] == room else THREAD
        found.append((message["id"], parent, list(discord_lines(message))))
    return found


async def play(write: Callable[[str], None], *, step: timedelta, quiet: float) -> int:
    """Run the bot between the fakes until nothing new comes; returns its exit code."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="topicwire-play-")))
        sample = SampleServer(lambda: datetime.now(UTC), step=step)
        await sample.start()
        stack.push_async_callback(sample.close)
        discord = await stack.enter_async_context(FakeDiscord())
        slack = await stack.enter_async_context(FakeSlack(manifest=make_manifest()))
        process = await _start(folder, sample, discord, slack)
        stack.push_async_callback(_stop, process)
        await discord.synced(60)
        await slack.connected(within=60)
        write("Both platforms are up. In #news on each, somebody asks:")
        talk = Conversation(write)
        await _subscribe(write, discord, slack)
        await _watch(talk, discord, slack, quiet)
        await _ask(write, discord, slack)
        return await _stop(process)


async def _start(
    folder: Path, sample: SampleServer, discord: FakeDiscord, slack: FakeSlack
) -> asyncio.subprocess.Process:
    feeds = "".join(
        f'[[feeds]]\nurl = "{f.url}"\ntitle = "{f.title}"\nlanguage = "{f.language}"\ninterval = "1s"\n'
        for f in sample.feeds
    )
    (folder / "feeds.toml").write_text(feeds, encoding="utf-8")
    environment = child_environment(discord, slack) | {
        "TOPICWIRE_DATABASE": str(folder / "topicwire.db"),
        "TOPICWIRE_FEEDS__FILES": json.dumps([str(folder / "feeds.toml")]),
        "TOPICWIRE_FETCH__ALLOW": json.dumps([sample.address]),
        "TOPICWIRE_LOG__LEVEL": "error",
        "TOPICWIRE_WEB__BIND": "",
    }
    environment["PYTHONPATH"] = f"{environment['PYTHONPATH']}:{ROOT}"
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C is ours to pass on
    )  # fmt: skip


async def _subscribe(write: Callable[[str], None], discord: FakeDiscord, slack: FakeSlack) -> None:
    for topic in TOPICS:
        write(f"\n> /news subscribe {topic}")
        order = await slack.command("/news", f"subscribe {topic}")
        asked = await discord.interact("news subscribe", {"topic": topic})
        _answers(write, discord_lines(await asked.final()), slack_lines(await order.response(30)))


async def _watch(talk: Conversation, discord: FakeDiscord, slack: FakeSlack, quiet: float) -> None:
    """Print what comes until nothing has for a while."""
    loop = asyncio.get_running_loop()
    last = loop.time()
    while loop.time() - last < quiet:
        news = [talk.look("Discord", discord_shown(discord)), talk.look("Slack", slack_shown(slack))]
        if any(news):
            last = loop.time()
        await asyncio.sleep(0.5)


async def _ask(write: Callable[[str], None], discord: FakeDiscord, slack: FakeSlack) -> None:
    for text, path, options in ASKED:
        write(f"\n> /news {text}")
        order = await slack.command("/news", text)
        asked = await discord.interact(f"news {path}", options)
        _answers(write, discord_lines(await asked.final()), slack_lines(await order.response(30)))
    for alert in discord.posts()[:1]:
        context = next(b for row in alert["components"] for b in row["components"] if b["label"] == "Context")
        write(f"\n> somebody presses Context on Discord, under “{alert['embeds'][0]['title']}”")
        _answer(write, "Discord", discord_lines(await (await discord.press(alert, context["custom_id"])).final()))
    home = await slack.open_home()
    await home.acked()
    shown = await slack.until(lambda: slack.homes, 30)
    write("\n> somebody opens the bot's Home on Slack")
    _answer(write, "Slack", slack_lines(next(iter(shown.values()))))


def _answers(write: Callable[[str], None], of_discord: Iterable[str], of_slack: Iterable[str]) -> None:
    """Print both answers, once where they say the same; Discord has empty lines where Slack begins another block."""
    discord, slack = [[line for line in lines if line.strip()] for lines in (of_discord, of_slack)]
    if discord == slack:
        _answer(write, "Discord and Slack", discord)
    else:
        _answer(write, "Discord", discord)
        _answer(write, "Slack", slack)


def _answer(write: Callable[[str], None], platform: str, lines: Iterable[str]) -> None:
    write(f"  ({platform}, to them alone)")
    for line in lines:
        for row in textwrap.wrap(line, WIDTH - 6) or [""]:
            write(f"    {row}")


async def _stop(process: asyncio.subprocess.Process) -> int:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    return await asyncio.wait_for(process.wait(), 20)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="make play", description=__doc__)
    parser.add_argument("--step", type=float, default=1.0, help="seconds between two reports of the week (default 1)")
    parser.add_argument("--quiet", type=float, default=QUIET, help="end after so many seconds without anything new")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        return asyncio.run(
            play(lambda row: print(row, flush=True), step=timedelta(seconds=options.step), quiet=options.quiet)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
