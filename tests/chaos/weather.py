"""Bad weather at the fakes: lost answers, 429 with and without Via, 500, 502, 503, slow answers and broken lines.

What fails may have been carried out all the same, at once or a moment later; Discord forgets its nonces now and then.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tests.servers.discord import FakeDiscord
from tests.servers.discord.answers import too_many
from tests.servers.slack import FakeSlack
from tests.servers.wire import Drop, Fault

RATE_LIMITED = 0.30
WITHOUT_VIA = 0.03
FAILING = 0.08
LOST = 0.10
SLOW = 0.25
_DISCORD = re.compile(r" /channels/\d+/(messages|threads)")
_SLACK = re.compile(r"^(chat\.|conversations\.(history|replies))")
FORGETFUL = 0.05
_DROPS: tuple[Drop, ...] = ("before", "after", "after", "late")

Make = Callable[[], Fault]


class Weather:
    """Disturbs what has to do with messages while it is bad; logging in and commands stay as they are."""

    def __init__(self, discord: FakeDiscord, slack: FakeSlack, dice: random.Random, befell: Counter[str]) -> None:
        self.is_bad = False
        self._discord, self._slack, self._dice, self._befell = discord, slack, dice, befell
        discord.faults.weather = self._over_discord
        slack.faults.weather = self._over_slack

    async def break_lines(self) -> None:
        """Break the gateway and the sockets in one of the ways in which they break."""
        self._befell["gateway and socket broken"] += 1
        await self._discord.cut(self._dice.choice([4000, 1006, "reconnect", "invalidate"]))
        await self._slack.cut(self._dice.choice(["abort", "close", "refresh_requested"]))

    def _over_discord(self, request: str) -> Fault | None:
        if not (self.is_bad and _DISCORD.search(request)):
            return None
        if self._dice.random() < FORGETFUL:
            self._discord.world.forget_nonces()
        return self._disturb(self._limit_discord, lambda status: Fault(status=status, body={"message": "", "code": 0}))

    def _over_slack(self, request: str) -> Fault | None:
        if not (self.is_bad and _SLACK.search(request)):
            return None
        errors = {500: "internal_error", 502: "bad_gateway"}
        return self._disturb(
            lambda: Fault(status=429, body={"ok": False, "error": "ratelimited"}, headers={"Retry-After": "1"}),
            lambda status: Fault(status=status, body={"ok": False, "error": errors.get(status, "")}),
        )

    def _limit_discord(self) -> Fault:
        is_ban = self._dice.random() < WITHOUT_VIA / RATE_LIMITED
        self._befell["429 without Via"] += is_ban
        body, headers = too_many(self._dice.uniform(0.1, 0.6), "cloudflare" if is_ban else "user")
        return Fault(status=429, body=body, headers=headers)

    def _disturb(self, limit: Make, fail: Callable[[int], Fault]) -> Fault | None:
        drawn = self._dice.random()
        if drawn < RATE_LIMITED:
            self._befell["429"] += 1
            return limit()
        drawn -= RATE_LIMITED
        if drawn < FAILING:
            status = self._dice.choice([500, 502, 503])
            self._befell[str(status)] += 1
            return replace(fail(status), drop=self._dice.choice(("", "after")))
        drawn -= FAILING
        if drawn < LOST:
            self._befell["answer lost"] += 1
            return Fault(drop=self._dice.choice(_DROPS), delay=self._dice.uniform(0, 0.2))
        drawn -= LOST
        return Fault(delay=self._dice.uniform(0.02, 0.4)) if drawn < SLOW else None
