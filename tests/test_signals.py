"""Ctrl-C and SIGHUP before a run can hear them, and a reader that goes away: no traceback, and an end in order."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot import config
from bot.app import Reloading
from bot.config import Configuration
from bot.domain.errors import ConfigError
from tests.shared_data import ROOT

PRESS = """
import os, sys
number, module = int(sys.argv.pop()), sys.argv.pop()
class Press:
    def find_spec(self, name, *_):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), number)
sys.meta_path.insert(0, Press())
from bot.__main__ import main
sys.exit(main())
"""


def _press(number: int, name: str, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command that gets a signal when it imports the module of this name."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TOPICWIRE_DATABASE": str(folder / "missing" / "topicwire.db")}
    code = [sys.executable, "-c", PRESS, *command, name, str(number)]
    return subprocess.run(code, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", ["bot.cli", "bot.app"])
def test_ctrl_c_while_libraries_load_ends_the_program_without_a_word(name: str, tmp_path: Path) -> None:
    ended = _press(signal.SIGINT, name, tmp_path, "run")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGINT, "", "")


def test_ctrl_c_in_a_command_ends_it_as_the_shell_expects(tmp_path: Path) -> None:
    ended = _press(signal.SIGINT, "bot.topics.examples", tmp_path, "topics", "check")
    assert (ended.returncode, ended.stderr) == (-signal.SIGINT, "")


@pytest.mark.slow
def test_sighup_while_libraries_load_waits_for_the_run(tmp_path: Path) -> None:
    ended = _press(signal.SIGHUP, "bot.app", tmp_path, "run", "--once")
    assert ended.returncode > 0
    assert "the folder" in ended.stderr


async def test_what_was_written_during_a_reload_counts_too() -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    read: list[Configuration] = []

    def reload() -> Configuration:
        read.append(config.load(None, {}))
        if len(read) == 1:
            loop.call_soon_threadsafe(reloading.begin)
        return read[-1]

    reloading = Reloading(reload, stop)
    reloading.begin()
    await stop.wait()
    assert (len(read), reloading.read is read[-1]) == (2, True), "the second came while the first was read"
    reloading.begin()
    assert await reloading.finish() is read[2], "and one more while the run came to its end"
    assert await reloading.finish() is read[2]


async def test_what_cannot_be_read_during_the_stop_leaves_what_was_read_before() -> None:
    held = [config.load(None, {})]

    def reload() -> Configuration:
        if not held:
            raise ConfigError(["feeds.toml: feed 2: url is missing"])
        return held.pop()

    reloading = Reloading(reload, stop := asyncio.Event())
    reloading.begin()
    await stop.wait()
    known = reloading.read
    reloading.begin()
    assert await reloading.finish() is known is not None


@pytest.mark.slow
def test_a_first_look_ends_in_order_once_nobody_reads_it(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TOPICWIRE_WEB__BIND": "", "TOPICWIRE_FEEDS__FILES": "[]"}
    command = f"exec {shlex.quote(sys.executable)} -m bot run <&-"
    with subprocess.Popen(
        ["sh", "-c", command], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        told = run.stderr.read().decode()
        assert (run.wait(60), told) == (0, "")
