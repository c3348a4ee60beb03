"""The link by which somebody brings the bot into a server, with exactly the permissions that it needs."""

from __future__ import annotations

import discord

from bot.domain.errors import PlatformError
from bot.platforms.discord.connection import REFUSED_ACCOUNT
from bot.platforms.discord.permissions import NEEDED
from bot.platforms.discord.refusals import TROUBLE

NO_TOKEN = "Discord has no token. Set TOPICWIRE_DISCORD_TOKEN to the bot's token."  # noqa: S105 - the name of a setting
SCOPES = ("bot", "applications.commands")


async def ask_for_invitation(token: str) -> tuple[str, str]:
    """Ask Discord whose token it is; returns the bot's name and the link. Raises PlatformError with the remedy."""
    if not token:
        raise PlatformError(NO_TOKEN)
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(token)
        application = await client.application_info()
    except discord.LoginFailure:
        raise PlatformError(REFUSED_ACCOUNT) from None
    except TROUBLE as error:
        raise PlatformError(f"Discord cannot be reached, so the link is not known: {error}") from error
    finally:
        await client.close()
    return application.name, discord.utils.oauth_url(application.id, permissions=NEEDED, scopes=SCOPES)
