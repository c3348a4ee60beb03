"""Turning discord.py, within the test's own process, to a fake Discord."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import discord.client
import discord.shard
import yarl
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.servers.discord.server import FakeDiscord


class Impatient:
    """The library's pauses between two connections, a fiftieth as long."""

    def __init__(self) -> None:
        self._usual = ExponentialBackoff[Any]()

    def delay(self) -> float:
        return float(self._usual.delay()) / 50


@contextmanager
def turned_to(fake: FakeDiscord) -> Iterator[None]:
    """Let every client that is started inside speak to the fake, and join it again without long pauses."""
    waiting: tuple[Any, ...] = (discord.client, discord.shard)
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = fake.api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(fake.gateway)
    for module in waiting:
        module.ExponentialBackoff = Impatient
    try:
        yield
    finally:
        for module in waiting:
            module.ExponentialBackoff = ExponentialBackoff
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway
