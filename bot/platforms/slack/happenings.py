"""What happens in the workspace, brought to the desk: the bot is mentioned, invited, taken out; channels end.

https://docs.slack.dev/reference/events
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.commands.answers import Asker
from bot.commands.desk import Desk
from bot.domain.errors import TopicwireError
from bot.domain.models import Place
from bot.pipeline.events import problem
from bot.pipeline.membership import forget_channel, leave_place, leave_workspace, resume_channels
from bot.platforms.slack.identity import Identity
from bot.platforms.slack.needs import EVENTS
from bot.platforms.slack.replies import Origin

log = logging.getLogger(__name__)
Json = dict[str, Any]
Answering = Callable[[Origin, str, Callable[[Asker], Coroutine[Any, Any, Any]]], Awaitable[None]]
Showing = Callable[[str], Awaitable[None]]
Heard = Callable[[Json], Awaitable[None]]
HELP = "help"
NAME = "slack"
_ARCHIVED = "the channel was archived; once it is unarchived, its alerts go on"
_TAKEN_OUT = "the bot was taken out of the channel; type /invite @{bot} there and its alerts go on"


class Happenings:
    """Listens to every event that the app needs; `answer` runs a command for somebody and shows what comes of it."""

    def __init__(
        self, desk: Desk, me: Identity, answer: Answering, show_home: Callable[[str], Awaitable[None]]
    ) -> None:
        self._desk, self._me, self._answer, self._show_home = desk, me, answer, show_home
        self.heard: dict[str, Heard] = {
            "app_mention": self._hear_mention,
            "app_home_opened": self._hear_home,
            "member_joined_channel": self._hear_join,
            "app_uninstalled": self._hear_uninstall,
            "tokens_revoked": self._hear_revoked,
        }
        for kind in ("channel", "group"):
            self.heard |= {
                f"{kind}_archive": self._hear_archive,
                f"{kind}_unarchive": self._hear_back,
                f"{kind}_deleted": self._hear_delete,
                f"{kind}_left": self._hear_leave,
            }
        self.heard["member_left_channel"] = self._hear_leave
        self._turn = asyncio.Lock()

    def bind(self, app: AsyncApp) -> None:
        """Register everything; an event that the manifest names and nobody here hears is a fault of ours."""
        for name in EVENTS:
            app.event(name)(_listener(self.heard[name]))

    def _place(self, event: Json) -> Place:
        held = event.get("channel") or ""
        channel = held.get("id", "") if isinstance(held, dict) else held
        return Place(platform=NAME, workspace=self._me.workspace, channel=str(channel))

    async def _hear_mention(self, event: Json) -> None:
        """Answer whoever mentions the bot with what can be asked, for them alone."""
        if not event.get("user") or event.get("bot_id"):
            return  # another bot
        origin = Origin(user=str(event["user"]), channel=str(event["channel"]), thread=event.get("thread_ts"))
        await self._answer(origin, "", lambda asker: self._desk.run_line(HELP, asker))

    async def _hear_home(self, event: Json) -> None:
        """Show somebody their home; the tab of messages is opened with the same event."""
        if event.get("tab") == "home":
            await self._show_home(str(event["user"]))

    async def _hear_join(self, event: Json) -> None:
        """Go on where the bot itself was taken back; say what to do next where it is new, once in a workspace."""
        if event.get("user") == self._me.user_id:
            place = self._place(event)
            await self._resume(place)
            await self._desk.welcome(place)

    async def _hear_back(self, event: Json) -> None:
        """Go on in a channel that is no archive any more."""
        await self._resume(self._place(event))

    async def _resume(self, place: Place) -> None:
        await self._carry_out(resume_channels(self._desk.store, self._desk.bells, [place], self._desk.clock()))

    async def _hear_leave(self, event: Json) -> None:
        """Give a channel up that the bot itself was taken out of."""
        if event.get("type") != "member_left_channel" or event.get("user") == self._me.user_id:
            await self._give_up(event, f"Slack: {_TAKEN_OUT.format(bot=self._me.name)}")

    async def _hear_archive(self, event: Json) -> None:
        await self._give_up(event, f"Slack: {_ARCHIVED}")

    async def _give_up(self, event: Json, why: str) -> None:
        await self._carry_out(
            leave_place(self._desk.store, self._desk.bells, self._place(event), why, self._desk.clock())
        )

    async def _hear_delete(self, event: Json) -> None:
        await self._carry_out(forget_channel(self._desk.store, self._place(event)))

    async def _hear_uninstall(self, _: Json) -> None:
        """End what the team's channels are told; its settings and what people made stay for a return."""
        problem(
            f"Slack: the app was removed from {self._me.team or self._me.team_id}; its subscriptions ended."
            " To come back, install the app again, set the new bot token and invite it: they begin again then",
            platform=NAME,
        )
        await self._carry_out(leave_workspace(self._desk.store, NAME, self._me.workspace, self._desk.clock()))

    async def _carry_out(self, step: Awaitable[object]) -> None:
        """Take one step after another: taken out and back in at once must not overtake itself."""
        async with self._turn:
            try:
                await step
            except TopicwireError as error:
                log.warning("Slack: %s", error)

    async def _hear_revoked(self, event: Json) -> None:
        """Say that the bot token was revoked: what is due waits, since a new token may follow."""
        if (event.get("tokens") or {}).get("bot"):
            problem(
                f"Slack revoked the bot token of {self._me.team or self._me.team_id}; reinstall the app and set the"
                " new token. What is due waits until then",
                platform=NAME,
            )


def _listener(hear: Heard) -> Callable[..., Awaitable[None]]:
    async def listen(event: Json) -> None:
        await hear(event)

    return listen
