"""Logging in, staying connected, and what goes wrong with either."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import PlatformError, RetryLaterError
from bot.platforms.slack.settings import SlackSettings
from tests.platforms.slack.stage import QUICK, Script, calls, make_platform, on_stage, outgoing, text_of
from tests.servers.child import child_environment
from tests.servers.slack import FakeSlack
from tests.servers.slack.installed import SCOPES
from tests.servers.slack.socket import Disturbance
from tests.shared_data import ROOT

ALL_SCOPES = set(SCOPES.values())


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"bot_token": "xoxb-revoked"}, "TOPICWIRE_SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-revoked"}, "TOPICWIRE_SLACK_APP_TOKEN"),
        ({"bot_token": "xapp-fake"}, "TOPICWIRE_SLACK_BOT_TOKEN does not hold such a token: it begins with xoxb-"),
        ({"app_token": "xoxb-fake"}, "TOPICWIRE_SLACK_APP_TOKEN does not hold such a token: it begins with xapp-"),
    ],
)
async def test_a_wrong_token_stops_the_start_with_the_remedy_and_without_the_token(
    settings: dict[str, Any], said: str
) -> None:
    async with FakeSlack() as fake:
        platform = make_platform(fake, **settings)
        with pytest.raises(PlatformError, match=said) as caught:
            await platform.start()
        await platform.close()
        assert next(iter(settings.values())) not in str(caught.value)


@pytest.mark.parametrize("scope", ["chat:write", "channels:history", "users:read"])
async def test_a_missing_scope_stops_the_start_and_is_named(scope: str) -> None:
    async with FakeSlack(scopes=tuple(ALL_SCOPES - {scope})) as fake:
        platform = make_platform(fake)
        with pytest.raises(PlatformError, match=f"lacks the scopes {scope} .*reinstall"):
            await platform.start()
        await platform.close()


async def test_tokens_are_not_shown() -> None:
    assert "xoxb" not in repr(SlackSettings(bot_token="xoxb-1", app_token="xapp-1"))
    assert "xapp" not in repr(SlackSettings(bot_token="xoxb-1", app_token="xapp-1"))


async def test_an_unreachable_slack_at_the_start_is_tried_until_it_answers() -> None:
    fake = await FakeSlack().start()
    port = fake.port
    platform = make_platform(fake, Script())
    await fake.stop()
    await platform.start()
    with pytest.raises(RetryLaterError):
        await platform.post(outgoing())
    await fake.start(port)
    await fake.connected()
    assert await platform.post(outgoing())
    await platform.close()
    await fake.stop()


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": "before"}, {"status": 429, "retry_after": 1}])
async def test_a_slack_that_fails_at_the_start_is_tried_again(fault: dict[str, Any]) -> None:
    async with FakeSlack() as fake:
        fake.fail("auth.test", **fault)
        platform = make_platform(fake)
        await platform.start()
        await fake.connected()
        await platform.close()


async def test_a_slack_that_does_not_answer_holds_the_start_up_only_for_a_while() -> None:
    async with FakeSlack() as fake:
        fake.fail("auth.test", delay=10.0)
        platform = make_platform(fake, timing=replace(QUICK, first_login=timedelta(milliseconds=100)))
        async with asyncio.timeout(5):
            await platform.start()
        await fake.connected()
        await platform.close()


async def test_a_silent_connection_does_not_hold_up_the_stop() -> None:
    async with on_stage() as stage:
        await stage.fake.cut("mute")
        async with asyncio.timeout(5):
            await stage.platform.close()


async def test_a_connection_that_fails_at_first_is_tried_with_a_fresh_ticket() -> None:
    async with FakeSlack() as fake:
        platform = make_platform(fake)
        fake.socket_side.ticket = lambda: "used-up"  # type: ignore[method-assign]
        await platform.start()
        await fake.until(lambda: len(calls(fake, "apps.connections.open")) > 1)
        del fake.socket_side.ticket
        await fake.connected()
        await platform.close()


@pytest.mark.parametrize("how", ["refresh_requested", "warning", "link_disabled", "close", "abort", "mute"])
async def test_a_disturbed_connection_is_replaced_and_commands_arrive(how: Disturbance) -> None:
    async with on_stage() as stage:
        before = stage.fake.socket_side.opened
        await stage.fake.cut(how)
        await stage.fake.socket_side.until(lambda: stage.fake.socket_side.opened > before, 10)
        order = await stage.fake.command("/news", "search back")
        assert "back, 3" in text_of(await order.response())


async def test_a_refresh_opens_the_next_connection_before_it_leaves_the_last() -> None:
    async with on_stage() as stage:
        await stage.fake.cut("refresh_requested")
        await stage.fake.connected(2)
        await stage.fake.socket_side.until(lambda: len(stage.fake.socket_side.live()) >= 1)


async def test_a_command_under_way_over_the_old_connection_is_not_lost() -> None:
    async with on_stage() as stage:
        (old,) = stage.fake.socket_side.live()
        await stage.fake.cut("refresh_requested")
        await stage.fake.connected(2)
        order = await stage.fake.command("/news", "search x")
        order.envelope["envelope_id"] = "late"
        order.payload["trigger_id"] = "late"
        await old.send_json(order.envelope)
        await stage.fake.until(lambda: len(order.responses) == 2)


async def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with on_stage() as stage:
        order = await stage.fake.command("/news", "search x")
        assert await order.response()
        assert await stage.platform.post(outgoing())


async def test_nothing_secret_is_logged_even_in_detail(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with on_stage(fake=FakeSlack()) as stage:
            order = await stage.fake.command("/news", "search x")
            await order.response()
            await stage.fake.event({"type": "message", "text": "something nobody listens to"})
            await stage.fake.cut("abort")
            await stage.fake.connected()
    ours = "\n".join(r.getMessage() for r in caplog.records if r.name != "aiohttp.access")
    for secret in ("xoxb-fake", "xapp-fake", "ticket=", order.payload["response_url"]):
        assert secret not in ours


async def test_an_answer_that_finds_its_connection_broken_leaves_no_trace_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with on_stage(fake=FakeSlack()) as stage:
        with caplog.at_level(logging.WARNING):
            await stage.fake.command("/news", "search x")
            await stage.fake.cut("abort")
            await stage.fake.until(lambda: stage.script.askers)
            await stage.fake.connected()
    assert not [r for r in caplog.records if r.exc_info]


async def test_an_event_that_nobody_listens_to_is_acknowledged() -> None:
    async with on_stage(fake=FakeSlack()) as stage:
        order = await stage.fake.event({"type": "message", "text": "hello"})
        assert await order.acked() == {}


async def test_closing_before_or_without_a_start_is_harmless() -> None:
    async with FakeSlack() as fake:
        await make_platform(fake).close()
        platform = make_platform(fake)
        await platform.start()
        await platform.close()
        await platform.close()
        assert platform.name == "slack"


async def test_a_stop_leaves_no_task_behind() -> None:
    before = asyncio.all_tasks()
    async with FakeSlack() as fake:
        platform = make_platform(fake)
        await platform.start()
        await fake.connected()
        await platform.close()
        await fake.socket_side.until(lambda: not fake.socket_side.live())
    left = [t for t in asyncio.all_tasks() - before if "slack" in repr(t.get_coro())]
    assert not left


async def test_without_an_address_it_goes_where_the_library_goes() -> None:
    code = (
        "import asyncio\n"
        "from bot.platforms.slack.adapter import SlackPlatform\n"
        "from bot.platforms.slack.settings import SlackSettings\n"
        "from tests.platforms.slack.stage import Script, make_desk\n"
        "async def main():\n"
        "    tokens = SlackSettings(bot_token='xoxb-fake', app_token='xapp-fake')\n"
        "    platform = SlackPlatform([tokens], make_desk(Script()))\n"
        "    await platform.start()\n"
        "    await asyncio.get_running_loop().run_in_executor(None, input)\n"
        "    await platform.close()\n"
        "asyncio.run(main())\n"
    )
    async with FakeSlack() as fake:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, cwd=ROOT, env=child_environment(slack=fake), stdin=asyncio.subprocess.PIPE
        )
        await fake.connected(within=60)
        order = await fake.command("/news", "search x")
        assert "x, 3" in text_of(await order.response())
        await child.communicate(b"\n")
        assert child.returncode == 0
