"""The Socket Mode connection: opened anew before the last is left, each time with a ticket of its own.

slack_sdk's client watches the connection (pings, closes, Slack's own requests to refresh) and calls `connect` when it
needs another one. Its own `connect` closes first, so that commands meet no connection for a moment, and it tries one
used-up ticket for ever; hence ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import ClientWebSocketResponse, WSMsgType
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.refusals import explain

log = logging.getLogger(__name__)
LONGEST_PAUSE = timedelta(minutes=1)
# How long an old connection is still listened to: what Slack had sent over it already is not lost.
FAREWELL = timedelta(seconds=2)
POLITENESS = timedelta(seconds=1)


class Connection(SocketModeClient):
    """Slack's Socket Mode client with a gentler change of connections."""

    def __init__(self, app_token: str, web_client: AsyncWebClient, *, ping: timedelta, logger: logging.Logger) -> None:
        super().__init__(app_token, logger, web_client, ping_interval=ping.total_seconds())
        self._farewells: dict[asyncio.Task[None], ClientWebSocketResponse] = {}

    async def connect(self) -> None:
        """Connect, trying until it succeeds or the client is closed."""
        pause = min(timedelta(seconds=1), timedelta(seconds=self.ping_interval))
        while not self.closed:
            try:
                await self._open()
                return
            except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("Slack: no connection (%s); trying again in %.0f s", _name(error), pause.total_seconds())
            await asyncio.sleep(pause.total_seconds())
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _open(self) -> None:
        ticket, self.wss_uri = self.wss_uri or await self.issue_new_wss_url(), None
        session = await self.aiohttp_client_session.ws_connect(ticket, autoping=False, heartbeat=self.ping_interval)
        await session.ping(
            f"sdk-ping-pong:{time.time()}".encode()
        )  # the library's own words: its monitor reads the pong
        old, self.current_session = self.current_session, session
        self.last_ping_pong_time, self.stale = None, False
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
        if old is not None:
            self._say_farewell(old, self.message_receiver)
        # Either may be the task that runs this: nothing may be awaited after it is cancelled.
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        log.info("Slack: connected")

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Connect anew where the connection is lost, or where Slack asked for it (`force`); one change at a time."""
        async with self.connect_operation_lock:
            if force or not await self.is_connected():
                await self.connect()

    def _say_farewell(self, old: ClientWebSocketResponse, reader: asyncio.Future[Any] | None) -> None:
        task = asyncio.create_task(self._leave(old, reader))
        self._farewells[task] = old
        task.add_done_callback(lambda done: self._farewells.pop(done, None))

    async def _leave(self, old: ClientWebSocketResponse, reader: asyncio.Future[Any] | None) -> None:
        try:
            async with asyncio.timeout(FAREWELL.total_seconds()):
                await self._drain(old, reader)
        except (TimeoutError, aiohttp.ClientError, OSError, RuntimeError) as error:
            log.debug("Slack: the old connection has ended: %s", _name(error))
        finally:
            await _shut(old)

    async def _drain(self, old: ClientWebSocketResponse, reader: asyncio.Future[Any] | None) -> None:
        """Take what still comes over an old connection once its reader has stopped."""
        if reader is not None:
            await asyncio.wait({reader})
        while not old.closed:
            frame = await old.receive()
            if frame.type is WSMsgType.TEXT:
                await self.enqueue_message(frame.data)

    async def close(self) -> None:
        """Disconnect and wait until every task of the client has ended."""
        self.closed, self.auto_reconnect_enabled = True, False
        tasks: list[asyncio.Future[Any] | None] = [
            self.current_session_monitor, self.message_receiver, self.message_processor, *self._farewells
        ]  # fmt: skip
        running = [task for task in tasks if task is not None]
        left = [*self._farewells.values(), *filter(None, [self.current_session])]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for session in left:  # a farewell that is cancelled before it began has closed nothing
            await _shut(session)
        await self.aiohttp_client_session.close()


async def _shut(session: ClientWebSocketResponse) -> None:
    """Close a connection without waiting long for the other side to agree: it may be silent."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(POLITENESS.total_seconds()):
            await session.close()


def _name(error: Exception) -> str:
    """Name an error without its own text: an address in that would hold the connection's ticket."""
    return str(explain(error)) if isinstance(error, SlackApiError) else type(error).__name__
