"""The health page: alive, stalled, and a taken port."""

from __future__ import annotations

import aiohttp
import pytest

from bot.domain.errors import ConfigError
from bot.domain.settings import WebSettings
from bot.web.health import HealthPart
from bot.web.keys import Access
from bot.web.server import WebServer, read_bind, write_host


async def ask(address: str, path: str = "/healthz") -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}{path}") as answer:
        return answer.status, await answer.json()


async def test_it_says_ok_while_every_loop_lives_and_names_those_that_do_not() -> None:
    stalled: list[str] = []
    server = WebServer("127.0.0.1:0", [HealthPart(Access(WebSettings()), lambda: stalled)])
    address = await server.start()
    try:
        assert await ask(address) == (200, {"status": "ok", "stalled": [], "unready": []})
        stalled.append("gather")
        assert await ask(address) == (503, {"status": "stalled", "stalled": ["gather"], "unready": []})
    finally:
        await server.close()


async def test_it_lives_before_it_is_ready_and_says_what_it_waits_for() -> None:
    unready = ["poll"]
    server = WebServer("127.0.0.1:0", [HealthPart(Access(WebSettings()), list, lambda: unready)])
    address = await server.start()
    try:
        waiting = {"status": "starting", "stalled": [], "unready": ["poll"]}
        assert await ask(address) == (200, waiting)
        assert await ask(address, "/healthz?ready") == (503, waiting)
        unready.clear()
        assert (await ask(address, "/healthz?ready"))[0] == 200
    finally:
        await server.close()


async def test_who_is_not_the_operator_learns_one_word() -> None:
    access = Access(WebSettings(password="x"))
    server = WebServer("127.0.0.1:0", [HealthPart(access, lambda: ["deliver discord"])])
    address = await server.start()
    try:
        assert await ask(address) == (503, {"status": "stalled"})
    finally:
        await server.close()


async def test_a_taken_port_is_told_with_the_remedy() -> None:
    first = WebServer("127.0.0.1:0", [])
    port = (await first.start()).rsplit(":", 1)[1]
    try:
        with pytest.raises(ConfigError, match=f"web.bind: cannot listen on 127.0.0.1:{port}"):
            await WebServer(f"127.0.0.1:{port}", []).start()
    finally:
        await first.close()


@pytest.mark.parametrize(
    "bind, meant",
    [("127.0.0.1:80", ("127.0.0.1", 80)), ("[::1]:8420", ("::1", 8420)), ("localhost:0", ("localhost", 0))],
)
def test_an_address_is_host_and_port(bind: str, meant: tuple[str, int]) -> None:
    assert read_bind(bind) == meant


@pytest.mark.parametrize(
    "host, reached", [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("::1", "[::1]"), ("news.example", "news.example")]
)
def test_the_address_that_is_told_can_be_opened(host: str, reached: str) -> None:
    assert write_host(host) == reached


@pytest.mark.parametrize("bind", ["", "8420", ":8420", "host:", "host:x", "host:99999", "host:²", "host:-1"])
def test_a_wrong_address_is_refused_with_an_example(bind: str) -> None:
    with pytest.raises(ConfigError, match=r"such as 127\.0\.0\.1:8420"):
        read_bind(bind)
