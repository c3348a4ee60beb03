"""An unmodified program of its own process is brought to the fakes, and to nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.child import child_environment
from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack

ROOT = Path(__file__).parents[2]


async def test_a_program_meets_both_fakes_and_cannot_leave_loopback() -> None:
    async with FakeDiscord() as discord, FakeSlack() as slack:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.servers.unmodified_bot",
            cwd=ROOT,
            env=child_environment(discord, slack),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            await asyncio.gather(discord.synced(20), slack.connected(within=20))
            assert (await (await discord.interact("ping")).response())["data"]["content"] == "pong"
            assert (await (await slack.command("/ping")).acked())["text"] == "pong"
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
            printed = (await child.communicate())[0].decode()
    assert "address refused" in printed
    assert "name refused" in printed
    assert printed.count("LEFT LOOPBACK") == 2


def _child(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False, timeout=20)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket().connect(('192.0.2.1', 80))",
        "import socket; socket.socket(socket.AF_INET6).connect_ex(('2001:db8::1', 80))",
        "import socket; socket.socket().connect(('0.0.0.1', 80))",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import socket; socket.gethostbyname('outlet.example')",
        "import urllib.request; urllib.request.urlopen('http://outlet.example/')",
        "import asyncio; asyncio.run(asyncio.open_connection('::ffff:192.0.2.1', 80))",
    ],
)
def test_a_child_is_refused_what_leaves_loopback(code: str) -> None:
    done = _child(code)
    assert done.returncode == 1
    assert "LEFT LOOPBACK" in done.stderr


def test_a_child_reaches_loopback_and_imports_no_library_for_it() -> None:
    done = _child(
        "import socket, sys\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(('localhost', server.getsockname()[1])).close()\n"
        "assert not {'discord', 'slack_sdk', 'aiohttp'} & set(sys.modules)\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_our_own_settings_and_proxies_do_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_DATABASE", "/nowhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    environment = child_environment()
    assert "HTTPS_PROXY" not in environment
    assert {k for k in environment if k.startswith("TOPICWIRE_")} == {
        "TOPICWIRE_TEST_LOOPBACK",
        "TOPICWIRE_FEEDS__FILES",
    }
