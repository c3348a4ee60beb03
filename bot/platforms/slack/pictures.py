"""Pictures on Slack: asked for an address, sent there, then shared, or shown by a message.

files.getUploadURLExternal -> the bytes to that address -> files.completeUploadExternal, with a channel or without
What is without one is nobody's to see until a message shows it in a block of its own.
A private answer's picture goes into the asker's direct messages: an ephemeral message cannot hold one.
https://docs.slack.dev/messaging/working-with-files#upload
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.cards import Picture
from bot.domain.errors import MessageRefusedError, PermanentError, PlatformError
from bot.domain.text import clean, shorten
from bot.platforms.slack.refusals import ask

log = logging.getLogger(__name__)
Json = dict[str, Any]
LONGEST = 30.0
MAX_ALT = 1_000
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTarget:
    """Where a picture is to be seen: in a channel, or by one person alone."""

    user: str
    channel: str
    is_private: bool
    thread: str | None = None


async def share_picture(client: AsyncWebClient, picture: Picture, target: PictureTarget) -> bool:
    """Share a picture; False where Slack takes it not: its card said the same in text, so nothing is lost.

    Where the bot is no member of a channel, the picture goes to whoever asked. A lost answer is not tried again: it may
    have been shared all the same.
    """
    try:
        async with asyncio.timeout(LONGEST):
            await _bring(client, picture, target)
    except (PlatformError, TimeoutError) as error:
        log.warning("Slack: a picture for %s was not shown: %s", target.user, str(error) or "too slow")
        return False
    return True


class Gallery:
    """Pictures brought to Slack for messages to show; that of a message which has to wait is brought once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._brought: dict[str, str] = {}

    async def bring(self, key: str, picture: Picture | None) -> list[Json]:
        """Bring the picture of a delivery and return it as blocks: none where there is none, or Slack takes it not."""
        if picture is None:
            return []
        try:
            async with asyncio.timeout(LONGEST):
                number = self._brought.get(key) or await self._keep(picture)
        except (PlatformError, TimeoutError) as error:
            log.warning("Slack: delivery %s comes without its picture: %s", key, str(error) or "too slow")
            return []
        self._brought[key] = number
        alt = shorten(clean(picture.alt).strip(), MAX_ALT) or picture.name
        return [{"type": "image", "slack_file": {"id": number}, "alt_text": alt}]

    def forget(self, key: str) -> None:
        """Forget the picture of a delivery that is carried out."""
        self._brought.pop(key, None)

    async def _keep(self, picture: Picture) -> str:
        number = await _upload(self._client, picture)
        await ask(self._client.files_completeUploadExternal(files=[_named(number, picture)]))
        return number


async def _bring(client: AsyncWebClient, picture: Picture, target: PictureTarget) -> None:
    try:
        await _share(client, await _upload(client, picture), picture, target)
    except (PermanentError, MessageRefusedError):
        if target.is_private:
            raise
        alone = replace(target, is_private=True)
        await _share(client, await _upload(client, picture), picture, alone)


async def _upload(client: AsyncWebClient, picture: Picture) -> str:
    """Bring the bytes to Slack and return the file's number; raises PlatformError."""
    asked = client.files_getUploadURLExternal(
        filename=picture.name, length=len(picture.content), alt_txt=picture.alt[:MAX_ALT]
    )
    given = await ask(asked)
    # The address holds its own permission; the token must not go there, nor through a proxy of the environment.
    try:
        async with (
            aiohttp.ClientSession(trust_env=False) as session,
            session.post(str(given["upload_url"]), data=picture.content, allow_redirects=False) as answer,
        ):
            if answer.status != _OK:
                raise PlatformError(f"Slack's upload answered {answer.status}")
    except (aiohttp.ClientError, OSError) as error:
        raise PlatformError(f"Slack's upload failed ({type(error).__name__})") from None
    return str(given["file_id"])


async def _share(client: AsyncWebClient, number: str, picture: Picture, target: PictureTarget) -> None:
    channel, thread = target.channel, target.thread
    if target.is_private:
        opened = await ask(client.conversations_open(users=target.user))
        channel, thread = str(opened["channel"]["id"]), None
    doing = client.files_completeUploadExternal(files=[_named(number, picture)], channel_id=channel, thread_ts=thread)
    await ask(doing, channel=channel)


def _named(number: str, picture: Picture) -> dict[str, str | None]:
    return {"id": number, "title": picture.title or picture.name}
