"""Who asks and what they may change, from Slack's own word about them.

Slack has no right of its own for settings of a channel. So admins and owners of the workspace may change everything;
full members may change what a channel watches, unless the setting `members_manage` is off; guests, people of other
organisations and bots may look things up.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.answers import Actor, Asker, Right
from bot.domain.errors import PlatformError
from bot.domain.models import Place
from bot.platforms.slack.refusals import ask

log = logging.getLogger(__name__)
KEPT = timedelta(minutes=10)
MANY = 2000
# A form must open within three seconds of the command; who asks must be known well before.
PATIENCE = timedelta(milliseconds=1500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What Slack says about somebody."""

    name: str
    locale: str
    is_admin: bool
    is_full_member: bool


_STRANGER = Person(name="", locale="en", is_admin=False, is_full_member=False)


class People:
    """The people of a workspace, each remembered for ten minutes."""

    def __init__(
        self, client: AsyncWebClient, *, members_manage: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._members_manage, self._clock = client, members_manage, clock
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()

    async def asker(self, user: str, name: str, place: Place, team: str) -> Asker:
        """Tell who asks with which rights; where Slack does not say in time, those it last said, else none."""
        person = await self._person(user, team)
        actor = Actor(id=user, name=person.name or name)
        return Asker(actor=actor, place=place, rights=self._rights(person), locale=person.locale)

    def _rights(self, person: Person) -> frozenset[Right]:
        if person.is_admin:
            return frozenset({Right.MANAGE_CHANNEL, Right.MANAGE_WORKSPACE})
        if person.is_full_member and self._members_manage:
            return frozenset({Right.MANAGE_CHANNEL})
        return frozenset()

    async def _person(self, user: str, team: str) -> Person:
        until, person = self._known.get(user, (0.0, _STRANGER))
        if until > self._clock():
            return person
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                answer = await ask(self._client.users_info(user=user, include_locale=True))
        except (PlatformError, TimeoutError) as error:
            log.warning("Slack does not say what %s may change: %s", user, error)
            return person
        person = _read(answer.get("user") or {}, team)
        self._known[user] = (self._clock() + KEPT.total_seconds(), person)
        self._known.move_to_end(user)
        while len(self._known) > MANY:
            self._known.popitem(last=False)
        return person


def _read(user: Mapping[str, Any], team: str) -> Person:
    profile = user.get("profile") or {}
    is_here = user.get("team_id", team) == team and not user.get("is_stranger") and not user.get("deleted")
    is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_bot"))
    return Person(
        name=str(profile.get("display_name") or user.get("real_name") or user.get("name") or ""),
        locale=str(user.get("locale") or "en"),
        is_admin=is_here and bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        is_full_member=is_here and not is_guest,
    )
