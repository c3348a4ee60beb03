"""Whether the tokens of a Slack app hold and where it is a member: asked over the Web API, seen by nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import PlatformError
from bot.domain.models import Place
from bot.domain.operation import Finding
from bot.platforms.slack.identity import Identity, read_identity
from bot.platforms.slack.needs import find_lacking
from bot.platforms.slack.refusals import APP_TOKEN, ask
from bot.platforms.slack.settings import SlackSettings

ABOUT = "slack"
TIMEOUT_S = 20
PACE_S = 1.2
"""Slack answers some fifty such questions a minute."""
SCOPE_REMEDY = "add it under OAuth & Permissions and reinstall the app"


async def check(
    settings: SlackSettings, places: Sequence[Place], *, api_url: str | None = None, pace_s: float = PACE_S
) -> list[Finding]:
    """Ask who the bot is, and look at every channel; a direct message needs no membership and is passed over."""
    client = AsyncWebClient(token=settings.bot_token.strip(), timeout=TIMEOUT_S, retry_handlers=[])
    client.base_url = api_url or client.base_url
    try:
        me = read_identity(await ask(client.auth_test()))
    except PlatformError as error:
        return [_trouble("the bot token does not work", str(error))]
    findings = [_fine(f"the bot token is valid: {me.name} in team {me.team_id}"), *_check_scopes(me)]
    findings.append(await _check_app_token(client, settings))
    here = [place for place in places if place.workspace == me.workspace and not place.channel.startswith("D")]
    for number, place in enumerate(here):
        if number:
            await asyncio.sleep(pace_s)
        findings += await _check_channel(client, me, place)
    lost = sum(finding.is_trouble and _is_of_channel(finding) for finding in findings)
    return [*findings, _fine(f"{len(here) - lost} of {len(here)} channels may be told")]


def _is_of_channel(finding: Finding) -> bool:
    """Tell whether a finding is about one channel."""
    return finding.seen.startswith("channel ")


def _check_scopes(me: Identity) -> Iterator[Finding]:
    for is_required in (True, False):
        for scope in find_lacking(me.scopes, is_required=is_required):
            yield _trouble(f"the app lacks the scope {scope}", SCOPE_REMEDY)


async def _check_app_token(client: AsyncWebClient, settings: SlackSettings) -> Finding:
    try:
        await ask(client.apps_connections_open(app_token=settings.app_token.strip()))
    except PlatformError as error:
        remedy = f"make one with the scope connections:write under Basic Information and set it in {APP_TOKEN}"
        return _trouble(f"the app-level token does not work: {error}", remedy)
    return _fine("the app-level token is valid")


async def _check_channel(client: AsyncWebClient, me: Identity, place: Place) -> list[Finding]:
    try:
        answer = await ask(client.conversations_info(channel=place.channel), channel=place.channel, bot=me.name)
    except PlatformError as error:
        return [_trouble(f"channel {place.channel} cannot be looked at", str(error))]
    channel = answer["channel"]
    name = f"channel #{channel.get('name') or place.channel}"
    if channel.get("is_archived"):
        return [_trouble(f"{name} is archived", "unarchive it, or unsubscribe it there")]
    if channel.get("is_member") is False:
        return [_trouble(f"{name}: the bot is not in it", f"type /invite @{me.name} there")]
    return []


def _fine(seen: str) -> Finding:
    return Finding(about=ABOUT, is_trouble=False, seen=seen)


def _trouble(seen: str, remedy: str) -> Finding:
    return Finding(about=ABOUT, is_trouble=True, seen=seen, remedy=remedy)
