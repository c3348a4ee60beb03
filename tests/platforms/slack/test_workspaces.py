"""Several workspaces on one platform: each with its own tokens, none waiting for another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.errors import PlatformError, RetryLaterError, UnknownOutcomeError, WorkspaceRefusedError
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.settings import SlackSettings
from tests.platforms.slack.stage import CHANNEL, QUICK, Script, make_desk, outgoing
from tests.servers.slack import FakeSlack

SECOND: dict[str, Any] = {"bot_token": "xoxb-second", "app_token": "xapp-second"}


@dataclass
class Pair:
    """Two workspaces behind one address, and a platform with tokens for both."""

    first: FakeSlack
    second: FakeSlack
    platform: SlackPlatform
    script: Script


@asynccontextmanager
async def two(*, is_started: bool = True, team: str = "T1FAKE", **acme: str) -> AsyncIterator[Pair]:
    async with FakeSlack() as first, FakeSlack(team=team, **SECOND) as second:
        first.neighbours.append(second)
        own = SlackSettings(bot_token=first.bot_token, app_token=first.app_token)
        further = replace(SlackSettings(name="acme", **SECOND), **acme)  # type: ignore[arg-type]
        script = Script()
        platform = SlackPlatform([own, further], make_desk(script), api_url=first.api, timing=QUICK)
        try:
            if is_started:
                await platform.start()
                await first.connected()
            yield Pair(first, second, platform, script)
        finally:
            await platform.close()


def _to(team: str, *, delivery: int = 7, unsure_since: datetime | None = None) -> Outgoing:
    place = Place(platform="slack", workspace=WorkspaceId(f"slack:{team}"), channel=CHANNEL)
    return replace(outgoing(delivery=delivery, unsure_since=unsure_since), place=place)


async def test_each_workspace_is_told_and_asked_with_its_own_tokens() -> None:
    async with two() as pair:
        await pair.second.connected()
        await pair.platform.post(_to("T1FAKE"))
        assert (len(pair.first.posts()), len(pair.second.posts())) == (0, 1)
        ts = await pair.platform.post(_to("T0FAKE"))
        await pair.platform.edit(_to("T0FAKE"), ts)
        assert (len(pair.first.posts()), len(pair.second.posts())) == (1, 1)
        order = await pair.second.command("/news", "search x")
        await order.response()
        assert [asker.place.workspace for asker in pair.script.askers] == ["slack:T1FAKE"]
        there = await pair.platform.direct("U0READER", _to("T1FAKE").place)
        assert there.workspace == "slack:T1FAKE"
        assert (pair.platform.link_to(there, "1.2") or "").endswith("/p12")


async def test_a_workspace_with_a_wrong_token_lets_the_other_go_on(caplog: pytest.LogCaptureFixture) -> None:
    async with two(bot_token="xoxb-old") as pair:
        told = "".join(str(getattr(r, "fields", "")) for r in caplog.records)
        assert "acme: Slack: the token is refused" in told
        assert "TOPICWIRE_SLACK_ACME_BOT_TOKEN" in told
        await pair.platform.post(_to("T0FAKE"))
        with pytest.raises(WorkspaceRefusedError, match="no token of this run is for slack:T1FAKE"):
            await pair.platform.post(_to("T1FAKE", delivery=8))


async def test_a_token_revoked_while_running_is_the_trouble_of_its_workspace_alone() -> None:
    async with two() as pair:
        pair.second.fail("chat.postMessage", error="token_revoked")
        with pytest.raises(WorkspaceRefusedError, match=r"acme: .*set the new token in TOPICWIRE_SLACK_ACME_BOT_TOKEN"):
            await pair.platform.post(_to("T1FAKE"))
        assert await pair.platform.post(_to("T0FAKE"))


async def test_where_every_workspace_is_refused_the_start_ends_with_all_of_it() -> None:
    async with two(is_started=False, app_token="xapp-old") as pair:
        pair.first.fail("auth.test", error="account_inactive")
        with pytest.raises(PlatformError, match=r"(?s)account_inactive.*acme: .*TOPICWIRE_SLACK_ACME_APP_TOKEN"):
            await pair.platform.start()


async def test_two_pairs_for_one_workspace_are_told() -> None:
    async with two(is_started=False, team="T0FAKE") as pair:
        with pytest.raises(PlatformError, match="slack and acme are both for slack:T0FAKE"):
            await pair.platform.start()


async def test_what_is_due_in_a_workspace_that_is_still_coming_waits_for_it() -> None:
    async with two(is_started=False) as pair:
        pair.second.fail("auth.test", status=503, times=1000)
        await pair.platform.start()
        with pytest.raises(RetryLaterError, match="not logged in"):
            await pair.platform.post(_to("T1FAKE"))
        with pytest.raises(UnknownOutcomeError):
            await pair.platform.post(_to("T1FAKE", unsure_since=datetime.now(UTC)))
        assert await pair.platform.post(_to("T0FAKE"))
