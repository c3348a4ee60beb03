"""The table of platforms: to add one, make its folder and add its line here.

Adapters are imported when they are built: a run without Slack never loads Slack's library.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.commands.desk import Desk
from bot.domain.models import Place
from bot.domain.operation import Finding
from bot.domain.settings import DestinationSettings
from bot.platforms.discord.settings import DiscordSettings
from bot.platforms.slack.settings import SlackSettings, name_variable
from bot.ports import Platform

Check = Callable[[Any, Sequence[Place]], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformKind:
    """A platform that can be set up. `secrets` names the environment variable of each settings field that holds a
    token. Where `name_variable` tells which variable a further workspace has, it may be set up for several.
    """

    name: str
    settings: type[Any]
    secrets: Mapping[str, str]
    build: Callable[[Any, Desk], Platform]
    check: Check
    """Logs in with the settings and looks at the bot's rights in places; changes nothing, and nobody sees it."""
    name_variable: Callable[[str, str], str] | None = None


def _build_discord(settings: DiscordSettings, desk: Desk) -> Platform:
    from bot.platforms.discord.adapter import DiscordPlatform

    return DiscordPlatform(settings, desk)


def _build_slack(settings: Sequence[SlackSettings], desk: Desk) -> Platform:
    from bot.platforms.slack.adapter import SlackPlatform

    return SlackPlatform(settings, desk)


async def _check_discord(settings: DiscordSettings, places: Sequence[Place]) -> Sequence[Finding]:
    from bot.platforms.discord.check import check

    return await check(settings, places)


async def _check_slack(settings: Sequence[SlackSettings], places: Sequence[Place]) -> Sequence[Finding]:
    from bot.platforms.slack.check import check

    return [finding for one in settings for finding in await check(one, places)]


def build_webhooks(destinations: Sequence[DestinationSettings]) -> Platform:
    """Build the platform of incoming webhooks, which needs no login; only the kinds in use are loaded."""
    from bot.platforms.webhook.adapter import Renderer, WebhookPlatform

    renderers: dict[str, Renderer] = {}
    kinds = {destination.kind for destination in destinations}
    if "discord" in kinds:
        from bot.platforms.discord.payload import render_payload as render_for_discord

        renderers["discord"] = render_for_discord
    if "slack" in kinds:
        from bot.platforms.slack.payload import render_payload as render_for_slack

        renderers["slack"] = render_for_slack
    return WebhookPlatform(destinations, renderers)


async def check_webhooks(destinations: Sequence[DestinationSettings]) -> Sequence[Finding]:
    """Look whether the webhooks of destinations are there; nothing is posted."""
    from bot.platforms.webhook.check import check

    return await check(destinations)


PLATFORMS: tuple[PlatformKind, ...] = (
    PlatformKind(
        name="discord",
        settings=DiscordSettings,
        secrets={"token": "TOPICWIRE_DISCORD_TOKEN"},
        build=_build_discord,
        check=_check_discord,
    ),
    PlatformKind(
        name="slack",
        settings=SlackSettings,
        secrets={"bot_token": "TOPICWIRE_SLACK_BOT_TOKEN", "app_token": "TOPICWIRE_SLACK_APP_TOKEN"},
        build=_build_slack,
        check=_check_slack,
        name_variable=name_variable,
    ),
)
