"""Ctrl-C and SIGHUP before a run can hear them, and a reader that goes away: no traceback, and an end in order."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

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
