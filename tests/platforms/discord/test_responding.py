"""Answers to people whose responses get lost on the way: each is shown once, and acknowledged in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cards import Button, Call
from bot.platforms.discord.conversation import EXPIRED
from tests.platforms.discord.stage import QUICK, Stage, on_stage
from tests.platforms.discord.test_conversation import buttons_of, text_of

HASTY = replace(QUICK, responding=timedelta(milliseconds=300), sending=timedelta(milliseconds=500))
FAULTS: list[dict[str, Any]] = [{"drop": "before"}, {"drop": "after"}, {"drop": "hold"}, {"status": 503}]
EVERY_FAULT = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: repr(next(iter(fault.values()))))


async def restart(stage: Stage) -> None:
    """Start the bot anew, which remembers no form."""
    await stage.platform.close()
    stage.platform._conversation._forms.clear()
    await stage.platform.start()


@EVERY_FAULT
async def test_an_answer_whose_response_is_lost_is_shown_all_the_same(fault: dict[str, Any]) -> None:
    async with on_stage(pace=HASTY) as stage:
        stage.fake.fail("POST", "/callback", **fault)
        asked = await stage.fake.interact("news shout")
        assert text_of(await asked.final()) == "for all"
        assert asked.followups == []


@EVERY_FAULT
async def test_a_slow_answer_whose_acknowledgement_is_lost_is_shown_all_the_same(fault: dict[str, Any]) -> None:
    async with on_stage(pace=HASTY) as stage:
        stage.fake.fail("POST", "/callback", **fault)
        asked = await stage.fake.interact("news digest mine")
        await asked.response()
        stage.script.gate.set()
        assert text_of(await asked.final()) == "my digest"


@EVERY_FAULT
async def test_a_slow_answer_that_is_lost_itself_is_shown_all_the_same(fault: dict[str, Any]) -> None:
    async with on_stage(pace=HASTY) as stage:
        stage.fake.fail("PATCH", "@original", **fault)
        asked = await stage.fake.interact("news digest mine")
        await asked.response()
        stage.script.gate.set()
        assert text_of(await asked.final()) == "my digest"


@EVERY_FAULT
async def test_a_form_whose_opening_is_lost_opens_all_the_same(fault: dict[str, Any]) -> None:
    async with on_stage(pace=HASTY) as stage:
        stage.fake.fail("POST", "/callback", **fault)
        opened = await stage.fake.interact("news topic add")
        assert (await opened.modal())["title"] == "A new topic"
        stage.fake.fail("POST", "/callback", **fault)
        sent = await stage.fake.submit(opened, {"name": "chips", "query": "(asml"})
        (correct,) = buttons_of(await sent.final())
        stage.fake.fail("POST", "/callback", **fault)
        again = await stage.fake.press(await sent.final(), correct["custom_id"])
        assert "(asml" in repr(await again.modal())


@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"status": 503}])
async def test_a_picture_whose_sending_is_lost_comes_whole(fault: dict[str, Any]) -> None:
    async with on_stage(pace=HASTY) as stage:
        outgoing = stage.outgoing()
        draw = Button(label="Draw", call=Call(command="draw", arguments=(("size", "9"),)))
        await stage.platform.post(replace(outgoing, card=replace(outgoing.card, buttons=(draw,))))
        (message,) = stage.fake.posts()
        stage.fake.fail("POST", "/callback", **fault)
        await (await stage.fake.press(message, buttons_of(message)[0]["custom_id"])).final()
        files = [call.files for call in stage.fake.calls if call.files]
        assert {len(content) for sent in files for content in sent.values()} == {17}


async def test_what_discord_refuses_is_not_asked_for_again() -> None:
    async with on_stage(pace=HASTY) as stage:
        stage.fake.fail("POST", "/callback", status=404)
        asked = await stage.fake.interact("news shout")
        await stage.fake.until(lambda: [c for c in stage.fake.calls if c.path.endswith("/callback")])
        await (await stage.fake.interact("news shout")).final()
        assert asked.callback is None


async def test_a_form_that_is_open_while_the_bot_restarts_is_heard_all_the_same() -> None:
    async with on_stage() as stage:
        opened = await stage.fake.interact("news topic add")
        await opened.modal()
        await restart(stage)
        sent = await stage.fake.submit(opened, {"name": "chips", "query": "asml", "mode": "digest"})
        assert text_of(await sent.final()) == "added chips: asml (digest)"


async def test_a_form_with_more_than_it_can_show_comes_back_with_what_was_typed_after_a_restart() -> None:
    async with on_stage() as stage:
        opened = [await stage.fake.interact("news long") for _ in range(2)]
        for one in opened:
            await one.modal()
        sent = await stage.fake.submit(opened[0], {"a": "typed"})
        assert text_of(await sent.final()) == "typed, hidden"
        await restart(stage)
        sent = await stage.fake.submit(opened[1], {"a": "typed @everyone"})
        assert text_of(await sent.final()).splitlines() == [EXPIRED, r"a: typed \@everyone"]


async def test_a_form_of_nobody_we_know_is_answered_too() -> None:
    async with on_stage() as stage:
        opened = await stage.fake.interact("news topic add")
        (await opened.modal())["custom_id"] = "another"
        sent = await stage.fake.submit(opened, {"name": "chips", "query": "asml"})
        assert EXPIRED in text_of(await sent.final())
