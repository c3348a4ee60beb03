"""Answers to people: a card over the response_url, else to them alone in the channel, else as a direct message."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.commands.answers import Reply
from bot.domain.cards import Picture
from bot.domain.errors import PlatformError
from bot.platforms.slack.files import render_file
from bot.platforms.slack.pictures import PictureTarget, share_picture
from bot.platforms.slack.refusals import ask
from bot.platforms.slack.render import Message, render_card

log = logging.getLogger(__name__)
PICTURE_APART = "The chart is in your direct messages with me: only there can you alone see a picture."
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something was asked. `response_url` and `trigger_id` come with commands and presses, not with forms."""

    user: str
    channel: str
    response_url: str | None = None
    trigger_id: str | None = None
    thread: str | None = None


class Replies:
    """Brings answers to whoever asked, in one workspace."""

    def __init__(self, client: AsyncWebClient, library_log: logging.Logger) -> None:
        self._client, self._library_log = client, library_log

    async def give(self, reply: Reply, origin: Origin) -> None:
        """Show a reply; what cannot be shown anywhere is logged, for nobody is left to be told."""
        try:
            for message in (render_card(reply.card), *render_file(reply.file)):
                if not await self._respond(message, origin, is_private=reply.is_private):
                    await self._send(message, origin, is_private=reply.is_private)
            if reply.picture is not None:
                await self._share(reply, reply.picture, origin)
        except PlatformError as error:
            log.warning("Slack: an answer for %s in %s was not shown: %s", origin.user, origin.channel, error)

    async def _share(self, reply: Reply, picture: Picture, origin: Origin) -> None:
        target = PictureTarget(
            user=origin.user, channel=origin.channel, is_private=reply.is_private, thread=origin.thread
        )
        if not await share_picture(self._client, picture, target) or not reply.is_private:
            return
        told = Message(text=PICTURE_APART, blocks=[])
        if not await self._respond(told, origin, is_private=True):
            await self._send(told, origin, is_private=True)

    async def _respond(self, message: Message, origin: Origin, *, is_private: bool) -> bool:
        """Use the response_url, which works in every channel; False where there is none or Slack takes it no more."""
        if origin.response_url is None:
            return False
        webhook = AsyncWebhookClient(origin.response_url, timeout=10, logger=self._library_log, retry_handlers=[])
        webhook.proxy = None  # the library takes one from the environment
        body: dict[str, Any] = {"text": message.text, "blocks": message.blocks, "replace_original": False}
        body |= {"response_type": "ephemeral" if is_private else "in_channel"}
        body |= {"unfurl_links": False, "unfurl_media": False}
        body |= {"thread_ts": origin.thread} if origin.thread else {}
        try:
            answer = await webhook.send_dict(body)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.info("Slack: a response_url failed (%s)", type(error).__name__)
            return False
        return answer.status_code == _OK and '"ok":false' not in answer.body.replace(" ", "")

    async def _send(self, message: Message, origin: Origin, *, is_private: bool) -> None:
        what: dict[str, Any] = {"text": message.text, "blocks": message.blocks, "link_names": False, "parse": "none"}
        if not is_private:
            doing = self._client.chat_postMessage(
                channel=origin.channel, unfurl_links=False, unfurl_media=False, **what
            )
            await ask(doing, channel=origin.channel)
            return
        try:
            await ask(
                self._client.chat_postEphemeral(
                    channel=origin.channel, user=origin.user, thread_ts=origin.thread, **what
                ),
                channel=origin.channel,
            )
        except PlatformError:  # the bot is not in the channel, or the person is no more: their own messages remain
            await ask(self._client.chat_postMessage(channel=origin.user, **what), channel=origin.user)
