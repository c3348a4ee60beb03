"""Pictures on Slack: asked for an address, sent there, then shared where they are to be seen.

files.getUploadURLExternal -> the bytes to that address -> files.completeUploadExternal with a channel
A private answer's picture goes into the asker's direct messages: an ephemeral message cannot hold one.
https://docs.slack.dev/messaging/working-with-files#upload
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.answers import Picture
from bot.domain.errors import MessageRefusedError, PermanentError, PlatformError
from bot.platforms.slack.refusals import ask

log = logging.getLogger(__name__)
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
    files: list[dict[str, str | None]] = [{"id": number, "title": picture.title or picture.name}]
    doing = client.files_completeUploadExternal(files=files, channel_id=channel, thread_ts=thread)
    await ask(doing, channel=channel)
