"""Proves the network stop, with a recorder laid beneath it so that even a broken stop sends no packet."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.network_stop import DIALS, LOOKUPS, STOP, OutwardCallError

# RFC 5737 and RFC 3849: addresses kept for documentation, nobody's.
TEST_NET = ("192.0.2.1", 9)
TEST_NET_6 = ("2001:db8::1", 9, 0, 0)


@pytest.fixture
def sunk() -> Iterator[list[str]]:
    """Replace the real calls beneath the stop by a recorder, having made sure that the stop lies on top."""
    assert STOP.is_in_place()
    real, reached = dict(STOP.beneath), []

    def sink(name: str) -> Callable[..., None]:
        return lambda *args, **kwargs: reached.append(name)

    STOP.beneath.update({name: sink(name) for name in (*DIALS, *LOOKUPS)})
    yield reached
    STOP.beneath.update(real)


@pytest.mark.parametrize("family, address", [(socket.AF_INET, TEST_NET), (socket.AF_INET6, TEST_NET_6)])
@pytest.mark.parametrize(
    "dial",
    [
        lambda s, a: s.connect(a),
        lambda s, a: s.connect_ex(a),
        lambda s, a: s.sendto(b"x", a),
        lambda s, a: s.sendto(b"x", 0, a),
        lambda s, a: s.sendmsg([b"x"], [], 0, a),
    ],
    ids=["connect", "connect_ex", "sendto", "sendto-flags", "sendmsg"],
)
def test_a_dial_outside_loopback_is_refused_and_recorded(
    sunk: list[str], dial: Callable[[socket.socket, Any], Any], family: int, address: tuple[Any, ...]
) -> None:
    refused = pytest.raises(OutwardCallError, match="reached for the network")
    with socket.socket(family, socket.SOCK_DGRAM) as sock, STOP.expecting_attempts() as attempts, refused:
        dial(sock, address)
    assert len(attempts) == 1
    assert sunk == []


async def test_asyncio_dials_through_the_stop(sunk: list[str]) -> None:
    with STOP.expecting_attempts() as attempts, pytest.raises(OutwardCallError):
        await asyncio.open_connection(*TEST_NET)
    assert attempts == [f"connect {TEST_NET!r}"]
    assert sunk == []


@pytest.mark.parametrize("name", LOOKUPS)
def test_a_look_up_of_a_public_name_is_refused(sunk: list[str], name: str) -> None:
    arguments = ("news.example.org", 80) if name == "getaddrinfo" else ("news.example.org",)
    with STOP.expecting_attempts() as attempts, pytest.raises(OutwardCallError):
        getattr(socket, name)(*arguments)
    assert attempts == [f"{name} 'news.example.org'"]
    assert sunk == []


def test_a_name_that_never_exists_is_answered_without_asking(sunk: list[str]) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("feeds.invalid", 443)
    assert sunk == []
    assert STOP.attempts == []


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10"])
def test_loopback_is_reached(address: str) -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind((address, 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername()[0] == address


def test_child_processes_inherit_that_no_feed_file_is_read() -> None:
    command = [sys.executable, "-c", "import os; print(os.environ['TOPICWIRE_FEEDS__FILES'])"]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip() == "[]"
    assert os.environ["TOPICWIRE_FEEDS__FILES"] == "[]"
