"""Envelopes in: each is handled once, however often Slack delivers it.

Slack delivers an envelope again where it saw no acknowledgement, also over another connection, and Bolt would run the
command again. A second delivery waits for the first one's answer and gives the same, so a form's complaints stay.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

log = logging.getLogger(__name__)
# Replays come up to an hour late; a workspace does not run this many commands in one.
REMEMBERED = 5000
_UNHANDLED = 404


class Envelopes:
    """Takes envelopes from a connection to Bolt, and Bolt's answers back."""

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        self._answers: OrderedDict[str, asyncio.Task[BoltResponse]] = OrderedDict()

    async def handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer one envelope; an event that nobody here listens to is acknowledged and dropped."""
        started = time.time()
        answer = await asyncio.shield(self._answer(request))
        if answer.status == _UNHANDLED:
            answer = BoltResponse(status=200, body="")
        try:
            await send_async_response(client, request, answer, started)
        except (aiohttp.ClientError, OSError) as error:  # the connection broke meanwhile
            log.info("Slack: an envelope could not be acknowledged (%s); Slack may send it again", type(error).__name__)

    def _answer(self, request: SocketModeRequest) -> asyncio.Task[BoltResponse]:
        key = find_key(request)
        task = self._answers.get(key)
        if task is None:
            task = self._answers[key] = asyncio.create_task(run_async_bolt_app(self._app, request))
            while len(self._answers) > REMEMBERED:
                self._answers.popitem(last=False)
        return task

    async def close(self) -> None:
        """Drop what has not been answered yet."""
        waiting = [task for task in self._answers.values() if not task.done()]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


def find_key(request: SocketModeRequest) -> str:
    """Return what stays the same when an envelope comes again: a retried event has a new envelope, but its own id."""
    for name in ("event_id", "trigger_id"):
        if request.payload.get(name):
            return f"{name}:{request.payload[name]}"
    return f"envelope_id:{request.envelope_id}"
