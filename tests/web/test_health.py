"""The health page: alive, stalled, and a taken port."""

from __future__ import annotations

import aiohttp
import pytest

from bot.domain.errors import ConfigError
from bot.web.health import HealthPart
from bot.web.server import WebServer, read_bind


async def ask(address: str) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/healthz") as answer:
        return answer.status, await answer.json()


async def test_it_says_ok_while_every_loop_lives_and_names_those_that_do_not() -> None:
    stalled: list[str] = []
    server = WebServer("127.0.0.1:0", [HealthPart(lambda: stalled)])
    address = await server.start()
    try:
        assert await ask(address) == (200, {"status": "ok", "stalled": []})
        stalled.append("gather")
        assert await ask(address) == (503, {"status": "stalled", "stalled": ["gather"]})
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


@pytest.mark.parametrize("bind", ["", "8420", ":8420", "host:", "host:x", "host:99999"])
def test_a_wrong_address_is_refused_with_an_example(bind: str) -> None:
    with pytest.raises(ConfigError, match=r"such as 127\.0\.0\.1:8420"):
        read_bind(bind)
