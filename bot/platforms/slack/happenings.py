"""What happens in the workspace, brought to the desk: the bot is mentioned, invited, taken out; channels end.

https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.commands.answers import Asker
from bot.commands.desk import Desk
from bot.domain.models import Place
from bot.pipeline.events import problem
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.needs import EVENTS
from bot.platforms.slack.replies import Origin

log = logging.getLogger(__name__)
Json = dict[str, Any]
Answering = Callable[[Origin, str, Callable[[Asker], Coroutine[Any, Any, Any]]], Awaitable[None]]
Heard = Callable[[Json], Awaitable[None]]
HELP = "help"
_ENDED = {
    "channel_archive": "the channel was archived; unarchive it and subscribe again, or subscribe another one",
    "group_archive": "the channel was archived; unarchive it and subscribe again, or subscribe another one",
    "channel_deleted": "the channel was deleted; subscribe another one",
    "group_deleted": "the channel was deleted; subscribe another one",
}
_TAKEN_OUT = "the bot was taken out of the channel; type /invite @{bot} there and subscribe again"
_LEAVING = ("channel_left", "group_left", "member_left_channel")


class Happenings:
    """Listens to every event that the app needs; `answer` runs a command for somebody and shows what comes of it."""

    def __init__(self, desk: Desk, me: Identity, answer: Answering) -> None:
        self._desk, self._me, self._answer = desk, me, answer
        self._heard: dict[str, Heard] = {
            "app_mention": self._hear_mention,
            "member_joined_channel": self._hear_join,
            "app_uninstalled": self._hear_uninstall,
            "tokens_revoked": self._hear_revoked,
        }
        self._heard |= dict.fromkeys(_ENDED, self._hear_end) | dict.fromkeys(_LEAVING, self._hear_leave)

    def bind(self, app: AsyncApp) -> None:
        """Register everything; an event that the manifest names and nobody here hears is a fault of ours."""
        for name in EVENTS:
            app.event(name)(_listener(self._heard[name]))

    def _place(self, event: Json) -> Place:
        held = event.get("channel") or ""
        channel = held.get("id", "") if isinstance(held, dict) else held
        return Place(platform="slack", workspace=self._me.workspace, channel=str(channel))

    async def _hear_mention(self, event: Json) -> None:
        """Answer whoever mentions the bot with what can be asked, for them alone."""
        if not event.get("user") or event.get("bot_id"):
            return  # another bot
        origin = Origin(user=str(event["user"]), channel=str(event["channel"]), thread=event.get("thread_ts"))
        await self._answer(origin, "", lambda asker: self._desk.run_line(HELP, asker))

    async def _hear_join(self, event: Json) -> None:
        """Say what to do next where the bot itself was invited to a channel, the first time in the workspace."""
        if event.get("user") == self._me.user_id:
            await self._desk.welcome(self._place(event))

    async def _hear_leave(self, event: Json) -> None:
        """Give a channel up that the bot itself was taken out of."""
        if event.get("type") != "member_left_channel" or event.get("user") == self._me.user_id:
            await self._desk.leave(self._place(event), f"Slack: {_TAKEN_OUT.format(bot=self._me.name)}")

    async def _hear_end(self, event: Json) -> None:
        await self._desk.leave(self._place(event), f"Slack: {_ENDED[str(event['type'])]}")

    async def _hear_uninstall(self, _: Json) -> None:
        told = (
            f"Slack: the app was removed from {self._me.team or self._me.team_id}; its subscriptions ended."
            " To come back, install the app again, set the new bot token and subscribe"
        )
        await self._desk.leave_workspace(self._me.workspace, "slack", told)

    async def _hear_revoked(self, event: Json) -> None:
        """Say that the bot token was revoked: what is due waits, since a new token may follow."""
        if (event.get("tokens") or {}).get("bot"):
            problem(
                f"Slack revoked the bot token of {self._me.team or self._me.team_id}; reinstall the app and set the"
                " new token. What is due waits until then",
                platform="slack",
            )


def _listener(hear: Heard) -> Callable[..., Awaitable[None]]:
    async def listen(event: Json) -> None:
        await hear(event)

    return listen
