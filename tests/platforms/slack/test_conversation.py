"""What people do on Slack, end to end: commands, buttons and forms, all acknowledged in time."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.commands.answers import Right
from bot.domain.cards import Button, Call, Card
from bot.platforms.slack.texts import read_text
from tests.platforms.slack.stage import CHANNEL, Stage, calls, make_platform, on_stage, outgoing, text_of
from tests.servers.slack import HUMAN, FakeSlack, Order
from tests.servers.wire import Json

FILLED = {"name": "chips", "query": "chip*"}


async def ask(stage: Stage, text: str, **who: Any) -> Order:
    order = await stage.fake.command("/news", text, **who)
    assert await order.acked() == {}
    return order


async def said(stage: Stage, text: str, **who: Any) -> str:
    return text_of(await (await ask(stage, text, **who)).response())


async def opened(stage: Stage, text: str = "topic add") -> Json:
    await ask(stage, text)
    view: Json = (await stage.fake.until(lambda: stage.fake.open_views))[-1]
    return view


def action_ids(message: Json) -> list[str]:
    return [e["action_id"] for b in message["blocks"] if b["type"] == "actions" for e in b["elements"]]


async def test_a_command_is_acknowledged_at_once_and_answered_privately() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "search chips --count 5")
        response = await order.response()
        assert "chips, 5" in text_of(response)
        assert (response["response_type"], response["text"]) == ("ephemeral", "chips, 5")
        assert not stage.fake.posts()


@pytest.mark.parametrize("rows, messages", [(1, 1), (200, 1), (2_000, 4)])
async def test_a_file_follows_its_answer_as_blocks_of_code(rows: int, messages: int) -> None:
    async with on_stage() as stage:
        order = await ask(stage, f"list {rows}")
        await order.until(lambda: len(order.responses) == 1 + messages)
        blocks = [b["text"]["text"] for r in order.responses[1:] for b in r["blocks"]]
        assert all(len(text) <= 3_000 for text in blocks)
        assert all(r["response_type"] == "ephemeral" for r in order.responses)
        code = [text for text in blocks if text.startswith("```\n") and text.endswith("\n```")]
        got = "\n".join(text.removeprefix("```\n").removesuffix("\n```") for text in code)
        lines = [f'  &lt;outline text="a &amp; b {n}"/&gt;' for n in range(rows)]
        assert got.splitlines() == lines[: len(got.splitlines())]
        assert (len(got.splitlines()) == rows) is (rows < 2_000)
        assert ("has no room for all of it" in blocks[-1]) is (rows == 2_000)


async def test_a_public_answer_stands_in_the_channel() -> None:
    async with on_stage() as stage:
        assert (await (await ask(stage, "shout")).response())["response_type"] == "in_channel"
        assert stage.fake.posts()


async def test_a_slow_command_is_acknowledged_long_before_it_is_answered() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "slow")
        assert order.acked_after is not None
        assert order.acked_after < 1
        assert not order.responses
        stage.script.gate.set()
        assert "done at last" in text_of(await order.response())


async def test_an_unknown_command_is_answered_with_what_was_meant() -> None:
    async with on_stage() as stage:
        assert "Did you mean “search”" in await said(stage, "serch chips")


async def test_a_command_that_breaks_tells_no_details(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        with caplog.at_level(logging.ERROR):
            answer = await said(stage, "broken")
        assert "hidden" not in answer
        assert "Something went wrong" in answer
        assert "ZeroDivisionError" in caplog.text


async def test_the_asker_carries_place_name_and_rights() -> None:
    async with on_stage() as stage:
        await said(stage, "search x")
        (asker,) = stage.script.askers
        assert (asker.actor.id, asker.actor.name) == (HUMAN, "reader")
        assert (asker.place.platform, asker.place.workspace, asker.place.channel) == ("slack", "slack:T0FAKE", CHANNEL)
        assert asker.rights == set(Right)
        await said(stage, "search y")
        assert len(calls(stage.fake, "users.info")) == 1


async def test_members_manage_channels_and_admins_the_workspace() -> None:
    async with on_stage() as stage:
        member = stage.fake.person("member")
        assert "muted" in await said(stage, "mute", by=member)
        assert "needs the right" in await said(stage, "adopt", by=member)
        assert "adopted" in await said(stage, "adopt")


async def test_with_the_switch_off_only_admins_manage() -> None:
    async with on_stage(members_manage=False) as stage:
        assert "needs the right" in await said(stage, "mute", by=stage.fake.person("member"))
        assert "muted" in await said(stage, "mute")


@pytest.mark.parametrize("mark", [{"is_restricted": True}, {"is_ultra_restricted": True}, {"team_id": "T0ELSE"}])
async def test_guests_and_strangers_may_change_nothing(mark: Json) -> None:
    async with on_stage() as stage:
        guest = stage.fake.person("guest", is_admin="team_id" in mark)
        stage.fake.world.people[guest] |= mark
        assert "needs the right" in await said(stage, "mute", by=guest)


async def test_where_slack_does_not_say_who_asks_nothing_may_be_changed() -> None:
    async with on_stage() as stage:
        stage.fake.fail("users.info", status=500)
        assert "needs the right" in await said(stage, "mute")
        assert "muted" in await said(stage, "mute")


async def test_a_redelivered_command_runs_once() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "search x")
        await order.response()
        await stage.fake.redeliver(order)
        await said(stage, "search y")
        assert len(stage.script.askers) == 2
        assert len(order.responses) == 1


async def test_a_used_up_response_url_does_not_lose_the_answer() -> None:
    async with on_stage(fake=FakeSlack(response_uses=0)) as stage:
        await ask(stage, "search x")
        (shown,) = await stage.fake.until(lambda: stage.fake.ephemerals)
        assert (shown["channel"], shown["user"]) == (CHANNEL, HUMAN)
        await ask(stage, "shout")
        assert await stage.fake.until(stage.fake.posts)


async def test_a_button_runs_its_command_privately_and_leaves_the_message() -> None:
    async with on_stage() as stage:
        response = await (await ask(stage, "search chips")).response()
        more, link = action_ids(response)
        assert more == "topicwire:0:search"
        order = await stage.fake.press(response, more)
        assert await order.acked() == {}
        again = await order.response()
        assert "chips, 6" in text_of(again)
        assert again["replace_original"] is False
        pressed = await stage.fake.press(response, link)
        assert await pressed.acked() == {}


async def test_a_button_on_an_alert_still_works_after_a_restart() -> None:
    async with on_stage() as stage:
        more = Button(label="More", call=Call(command="search", arguments=(("query", "chips"),)))
        ts = await stage.platform.post(outgoing(card=Card(title="t", text="t", buttons=(more,))))
        await stage.platform.close()
        again = make_platform(stage.fake)
        await again.start()
        await stage.fake.connected()
        order = await stage.fake.press(stage.fake.messages[CHANNEL, ts], "topicwire:0:search")
        assert "chips, 3" in text_of(await order.response())
        await again.close()


async def test_a_press_that_is_not_ours_is_acknowledged_and_changes_nothing() -> None:
    async with on_stage() as stage:
        element = {"type": "button", "action_id": "topicwire:0:search", "text": {"type": "plain_text", "text": "x"}}
        for more in ({"value": "no json"}, {"action_id": "other"}, {"value": "[[1]]"}):
            pressed: Json = {**element, **more}
            blocks = [{"type": "actions", "block_id": "b", "elements": [pressed]}]
            order = await stage.fake.press({"blocks": blocks}, pressed["action_id"])
            assert await order.acked() == {}
        assert not stage.script.askers


async def test_a_form_opens_fills_and_answers_privately() -> None:
    async with on_stage() as stage:
        view = await opened(stage)
        assert view["title"]["text"] == "Add a topic to this…"
        order = await stage.fake.submit(view, {**FILLED, "mode": "digest"})
        assert await order.errors() == {}
        (shown,) = await stage.fake.until(lambda: stage.fake.ephemerals)
        assert (shown["channel"], shown["user"], shown["text"]) == (CHANNEL, HUMAN, "added chips: chip*, digest")
        assert not stage.fake.open_views


async def test_a_form_is_opened_with_what_was_typed_with_the_command() -> None:
    async with on_stage() as stage:
        view = await opened(stage, "topic add chips")
        assert view["blocks"][0]["element"]["initial_value"] == "chips"
        assert view["blocks"][2]["element"]["initial_option"]["value"] == "live"


async def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost() -> None:
    async with on_stage() as stage:
        view = await opened(stage)
        order = await stage.fake.submit(view, {"name": "chips", "query": "("})
        assert await order.errors() == {"query": "a bracket is not closed"}
        assert stage.fake.open_views
        again = await stage.fake.submit(view, {"name": "chips", "query": "all"})
        assert await again.errors() == {"name": "there are too many"}
        assert not stage.fake.ephemerals


async def test_a_redelivered_form_keeps_its_complaints() -> None:
    async with on_stage() as stage:
        order = await stage.fake.submit(await opened(stage), {"name": "chips", "query": "("})
        await order.errors()
        before = len(stage.script.askers)
        stage.fake.orders[order.envelope["envelope_id"]].ack = None
        await stage.fake.redeliver(order)
        assert await order.errors() == {"query": "a bracket is not closed"}
        assert len(stage.script.askers) == before


async def test_a_public_answer_to_a_form_stands_in_its_channel() -> None:
    async with on_stage() as stage:
        await stage.fake.submit(await opened(stage), {"name": "chips", "query": "public"})
        (post,) = await stage.fake.until(stage.fake.posts)
        assert "added chips" in post["text"]


async def test_a_slow_form_is_acknowledged_in_time_and_answered_when_it_is_done() -> None:
    async with on_stage() as stage:
        order = await stage.fake.submit(await opened(stage), {"name": "chips", "query": "slow"})
        assert await order.errors() == {}
        assert not stage.fake.ephemerals
        stage.script.gate.set()
        (shown,) = await stage.fake.until(lambda: stage.fake.ephemerals)
        assert "added chips: slow" in shown["text"]


async def test_a_slow_form_with_a_mistake_gives_back_what_was_typed() -> None:
    async with on_stage() as stage:
        order = await stage.fake.submit(await opened(stage), {"name": "slow", "query": "("})
        assert await order.errors() == {}
        stage.script.gate.set()
        (shown,) = await stage.fake.until(lambda: stage.fake.ephemerals)
        assert "a bracket is not closed" in text_of(shown)
        await stage.fake.press(shown, *action_ids(shown))
        view = (await stage.fake.until(lambda: stage.fake.open_views))[-1]
        assert [b["element"].get("initial_value") for b in view["blocks"][:2]] == ["slow", "("]


async def test_a_form_that_came_too_late_is_offered_again_with_what_was_typed() -> None:
    async with on_stage(fake=FakeSlack(trigger_life_s=0.05)) as stage:
        stage.fake.fail("users.info", delay=0.1)
        response = await (await ask(stage, "topic add chips")).response()
        assert not stage.fake.views
        await stage.fake.press(response, *action_ids(response))
        view = (await stage.fake.until(lambda: stage.fake.open_views))[-1]
        assert view["blocks"][0]["element"]["initial_value"] == "chips"


async def test_where_the_bot_is_no_member_a_forms_answer_goes_to_the_person(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        view = await opened(stage)
        stage.fake.refuse(CHANNEL, "not_in_channel")
        with caplog.at_level(logging.WARNING):
            await stage.fake.submit(view, FILLED)
            await stage.fake.until(lambda: calls(stage.fake, "chat.postMessage"))
        assert calls(stage.fake, "chat.postMessage")[0].body["channel"] == HUMAN


async def test_a_stop_gives_running_commands_a_moment_and_no_more() -> None:
    async with on_stage() as stage:
        order = await ask(stage, "slow")
        async with asyncio.timeout(3):
            await stage.platform.close()
        assert not order.responses


@pytest.mark.parametrize(
    "typed, read",
    [
        ("topic add chips --query “trade talks”", 'topic add chips --query "trade talks"'),
        ("search chips —count 5", "search chips --count 5"),
        ("search a — b", "search a — b"),
        ("feed add https://x.example/?a=1&amp;b=2", "feed add https://x.example/?a=1&b=2"),
        ("search &amp;lt;", "search &lt;"),
        ("  help ", "help"),
    ],
)
def test_what_keyboards_and_slack_make_of_a_command_is_undone(typed: str, read: str) -> None:
    assert read_text(typed) == read
