"""Whether the bot's token holds and what it may do where it tells things: asked over REST, seen by nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import discord

from bot.domain.models import Place
from bot.domain.operation import Finding
from bot.platforms.discord.connection import REFUSED_ACCOUNT
from bot.platforms.discord.permissions import NAMES
from bot.platforms.discord.refusals import TROUBLE
from bot.platforms.discord.settings import DiscordSettings

ABOUT = "discord"


async def check(settings: DiscordSettings, places: Sequence[Place]) -> list[Finding]:
    """Log in and look at every place; a direct message needs no right and is passed over."""
    client = discord.Client(intents=discord.Intents(guilds=True))
    try:
        await client.login(settings.token)
        guilds: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            if (guild := _guild_id(place)) is not None:
                guilds[guild].append(place)
        findings = [_fine(f"the token is valid: {client.user}")]
        for guild, there in guilds.items():
            findings += await _check_guild(client, guild, there)
        return findings
    except discord.LoginFailure:
        return [_trouble("the token is refused", REFUSED_ACCOUNT)]
    except TROUBLE as error:
        return [_trouble(f"Discord cannot be reached: {error}", "look at the network and https://discordstatus.com")]
    finally:
        await client.close()


def _guild_id(place: Place) -> int | None:
    kind, _, number = place.workspace.partition(":")
    return int(number) if kind == "discord" and number.isdigit() else None


async def _check_guild(client: discord.Client, guild_id: int, places: Sequence[Place]) -> list[Finding]:
    assert client.user is not None  # noqa: S101 - known since the login
    try:
        guild = await client.fetch_guild(guild_id, with_counts=False)
        me = await guild.fetch_member(client.user.id)
    except (discord.NotFound, discord.Forbidden):
        remedy = "invite it again, or unsubscribe those channels from a server that it is in"
        return [_trouble(f"the bot is in server {guild_id} no more; it has {len(places)} channels there", remedy)]
    found: list[Finding] = []
    for place in places:
        found.extend(await _check_channel(guild, me, place))
    count = len(places) - sum(finding.is_trouble for finding in found)
    return [*found, _fine(f"server {guild.name}: {count} of {len(places)} channels may be told")]


async def _check_channel(guild: discord.Guild, me: discord.Member, place: Place) -> list[Finding]:
    try:
        channel = await guild.fetch_channel(int(place.channel))
    except (discord.NotFound, discord.Forbidden, discord.InvalidData) as error:
        gone = "is gone" if isinstance(error, discord.NotFound) else "may not be seen by the bot"
        remedy = "give the bot View Channel there, or unsubscribe in a channel that it sees"
        return [_trouble(f"channel {place.channel} in {guild.name} {gone}", remedy)]
    if isinstance(channel, discord.Thread):
        return []
    lacking = _list_lacking(channel.permissions_for(me))
    if not lacking:
        return []
    named = ", ".join(lacking)
    return [_trouble(f"channel #{channel.name} in {guild.name}: the bot lacks {named}", f"give its role {named} there")]


def _list_lacking(held: discord.Permissions) -> list[str]:
    """List what lacks by itself: who may not see or write may do nothing else there either."""
    for first in ("view_channel", "send_messages"):
        if not getattr(held, first):
            return [NAMES[first]]
    return [shown for name, shown in NAMES.items() if not getattr(held, name)]


def _fine(seen: str) -> Finding:
    return Finding(about=ABOUT, is_trouble=False, seen=seen)


def _trouble(seen: str, remedy: str) -> Finding:
    return Finding(about=ABOUT, is_trouble=True, seen=seen, remedy=remedy)
