"""What the README tells a stranger to type does what it says."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.answers import Form, Reply
from bot.sample.affair import load_affair
from tests.newsroom import Newsroom, newsroom
from tests.servers.feeds import FeedServer
from tests.shared_data import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TO_TRY = README.split("## Five things to try")[1].split("\n## ")[0]
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
LINES = [line for block in BLOCKS for line in block.splitlines() if line.strip()]


async def tell_week(room: Newsroom) -> None:
    """Let all of the sample week be out at once."""
    affair = load_affair()
    titles = {outlet.key: outlet for outlet in affair.outlets}
    await room.open_outlets(*(outlet.title for outlet in affair.outlets))
    for report in (*affair.history, *affair.live):
        if report.replaces is None:
            outlet = titles[report.outlet]
            room.publish(outlet.title, report.title, report.text, language=outlet.language)
    await room.subscribe("huawei")
    await room.tick()


@pytest.mark.slow
async def test_the_things_to_try_are_answered(tmp_path: Path) -> None:
    typed = re.findall(r"`/news ([^`]+)`", TO_TRY)
    (query,) = re.findall(r"with the query `([^`]+)`", TO_TRY)
    assert len(typed) >= 5
    async with newsroom(tmp_path) as room:
        await tell_week(room)
        answers = {line: await room.ask(line) for line in typed}
        found = await room.ask(f"topic add soy --query {query}")
    assert isinstance(answers.pop("topic add"), Form)
    refused = {
        line for line, answer in answers.items() if isinstance(answer, Reply) and "did not work" in answer.card.title
    }
    assert refused == {"search zte AND"}, "the mistake is meant, and nothing else is one"
    empty = {line for line, answer in answers.items() if isinstance(answer, Reply) and "Nothing" in answer.card.text}
    assert empty == set()
    assert isinstance(found, Reply)
    assert "5 in" in "".join(span.text for part in found.card.sections for line in part.lines for span in line)


def test_files_that_commands_name_are_there() -> None:
    named = {word for line in LINES for word in re.findall(r"[\w./-]+\.(?:lock|toml|yaml)", line)}
    assert named, "no command names a file"
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("target", sorted({line.split()[1] for line in LINES if line.startswith("make ")}))
def test_make_knows_what_is_asked_of_it(target: str) -> None:
    asked = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr


@pytest.mark.slow
async def test_the_operators_commands_run(tmp_path: Path) -> None:
    # `invite` asks Discord whose token it is: it is tried with a fake Discord.
    mine = r"\.venv/bin/topicwire (?!run|invite)"
    commands = [line.split("#")[0].strip() for line in LINES if re.match(mine, line)]
    assert len(commands) >= 4
    async with FeedServer() as server:
        feed = server.feed("/feed.xml", title="Harbour News")
        feed.add(title="Harbour lights are lit again", text="They had been out for a week.")
        (tmp_path / "saved-feed.xml").write_bytes(feed.render())
        for command in commands:
            _, *words = shlex.split(command.replace("https://example.org/feed.xml", server.url("/feed.xml")))
            code, said = await run(words, tmp_path, server.address)
            assert code in (0, 1), f"{command}: {said}"
            assert "Traceback" not in said


async def run(words: list[str], folder: Path, allowed: str) -> tuple[int, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TOPICWIRE_FETCH__ALLOW": allowed}
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    return program.returncode or 0, said.decode()
