"""A small Bolt app in Socket Mode with one of everything that a person can use, for proving the fake Slack."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import FakeSlack
from tests.servers.wire import Json

Ack = Callable[..., Awaitable[None]]

FORM: Json = {
    "type": "modal",
    "callback_id": "topic",
    "title": {"type": "plain_text", "text": "Add a topic"},
    "submit": {"type": "plain_text", "text": "Add"},
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "Mode"},
            "element": {
                "type": "static_select",
                "action_id": "mode",
                "options": [
                    {"text": {"type": "plain_text", "text": m.title()}, "value": m} for m in ("live", "digest")
                ],
                "initial_option": {"text": {"type": "plain_text", "text": "Live"}, "value": "live"},
            },
        },
    ],
}


def page(text: str) -> list[Json]:
    """Make blocks with a button."""
    button = ButtonElement(text="More", action_id="more", value="7")
    return [SectionBlock(text=text).to_dict(), ActionsBlock(elements=[button]).to_dict()]


class Bot:
    """The app's listeners, and what they saw."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client, self.seen, self.states = client, list[str](), list[Json]()
        self.app = AsyncApp(client=client)
        self.app.command("/news")(self._news)
        self.app.command("/slow")(self._slow)
        self.app.command("/form")(self._form)
        self.app.command("/page")(self._page)
        self.app.view("topic")(self._submitted)
        self.app.action("more")(self._more)
        self.app.event("app_mention")(self._mention)

    async def _news(self, ack: Ack, respond: Ack, command: Json) -> None:
        await ack()
        self.seen.append(command["text"])
        await respond(f"news on {command['text']}")
        await self.client.chat_postMessage(channel=command["channel_id"], text="posted", blocks=page("*hi*"))

    async def _slow(self, ack: Ack) -> None:
        await asyncio.sleep(0.4)
        await ack("late")

    async def _form(self, ack: Ack, body: Json) -> None:
        await ack()
        await self.client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def _page(self, ack: Ack, respond: Ack) -> None:
        await ack()
        await respond(text="page 1", blocks=page("page 1"))

    async def _submitted(self, ack: Ack, view: Json) -> None:
        values = view["state"]["values"]
        if len(values["name"]["text"]["value"]) < 3:
            await ack(response_action="errors", errors={"name": "too short"})
            return
        self.states.append(values)
        await ack()

    async def _more(self, ack: Ack, respond: Ack, body: Json) -> None:
        await ack()
        self.seen.append(body["actions"][0]["value"])
        await respond(text="page 2", blocks=page("page 2"), replace_original=True)

    async def _mention(self, event: Json) -> None:
        self.seen.append(event["text"])


@contextlib.asynccontextmanager
async def running(
    ping: float = 10, retry: list[AsyncRetryHandler] | None = None, **options: Any
) -> AsyncIterator[tuple[FakeSlack, Bot, AsyncWebClient]]:
    """Run the app against a fake with these options until the block ends."""
    async with FakeSlack(**options) as fake:
        client = AsyncWebClient(token=fake.bot_token, base_url=fake.api, retry_handlers=retry)
        bot = Bot(client)
        handler = AsyncSocketModeHandler(bot.app, fake.app_token, ping_interval=ping)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await fake.connected()
        try:
            yield fake, bot, client
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
