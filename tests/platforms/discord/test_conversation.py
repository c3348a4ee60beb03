"""What people do on Discord, end to end: commands, suggestions, buttons and forms, all acknowledged in time."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.commands.answers import Right
from bot.commands.desk import BROKEN
from bot.domain.cards import Button, Call, Card
from bot.platforms.discord.conversation import EXPIRED, POSTED, TURNED_OUT
from tests.platforms.discord.stage import QUICK, Stage, make_platform, on_stage
from tests.servers.discord import objects as make
from tests.servers.wire import Json

EPHEMERAL = 64


def text_of(message: Json) -> str:
    return str(message["embeds"][0]["description"]) if message["embeds"] else str(message["content"])


def buttons_of(message: Json) -> list[Json]:
    return [button for row in message["components"] for button in row["components"]]


async def ask(stage: Stage, path: str, options: dict[str, Any] | None = None, **who: Any) -> str:
    return text_of(await (await stage.fake.interact(path, options, **who)).final())


async def test_commands_are_registered_with_types_choices_groups_and_short_summaries() -> None:
    async with on_stage() as stage:
        (news,) = stage.fake.commands[""]
        by_name = {option["name"]: option for option in news["options"]}
        assert set(by_name) == {"latest", "mute", "broken", "shout", "digest", "topic", "long"}
        assert [o["name"] for o in by_name["topic"]["options"]] == ["slow", "add"]
        topic, mode, count, quiet = by_name["latest"]["options"]
        assert [o["type"] for o in (topic, mode, count, quiet)] == [3, 3, 4, 5]
        assert (topic["required"], topic["autocomplete"], mode["required"]) == (True, True, False)
        assert [c["value"] for c in mode["choices"]] == ["live", "digest"]
        assert len(by_name["latest"]["description"]) <= 100
        assert topic["description"].endswith("…")


async def test_commands_are_registered_again_only_where_they_changed() -> None:
    async with on_stage() as stage:
        await stage.platform.close()
        await stage.platform.start()
        await stage.fake.until(lambda: len([c for c in _registering(stage) if c.method == "GET"]) == 2)
        await ask(stage, "news shout")
        assert [c.method for c in _registering(stage)] == ["GET", "PUT", "GET"]
        stage.fake.commands[""][0]["options"][0]["description"] = "something else"
        await stage.platform.close()
        await stage.platform.start()
        await stage.fake.until(lambda: [c for c in _registering(stage) if c.method == "PUT"][1:])


def _registering(stage: Stage) -> list[Any]:
    return [call for call in stage.fake.calls if call.path.endswith("/commands")]


async def test_options_reach_the_command_and_the_answer_is_private() -> None:
    async with on_stage() as stage:
        assert await ask(stage, "news latest", {"topic": "zte"}) == r"zte, live, 3, False"
        given = {"topic": "zte", "mode": "digest", "count": 5, "quiet": True}
        asked = await stage.fake.interact("news latest", given)
        assert text_of(await asked.final()) == "zte, digest, 5, True"
        assert asked.is_ephemeral
        assert (await asked.response())["type"] == 4


async def test_the_asker_carries_place_name_and_rights_from_the_interaction() -> None:
    async with on_stage() as stage:
        await ask(stage, "news latest", {"topic": "zte"})
        await ask(stage, "news latest", {"topic": "zte"}, by=stage.fake.plain)
        administrator = stage.fake.person("boss", 1 << 3)
        await ask(stage, "news latest", {"topic": "zte"}, by=administrator)
        manager, plain, boss = stage.script.askers
        assert manager.place.workspace == f"discord:{stage.fake.world.guild_id}"
        assert manager.place.channel == stage.fake.channel_id()
        assert (manager.actor.id, manager.actor.name) == (stage.fake.manager.id, "manager")
        assert manager.rights == boss.rights == set(Right)
        assert plain.rights == set()
        assert manager.locale == "en"


async def test_what_is_asked_in_a_thread_of_ours_or_a_forums_post_is_about_its_channel() -> None:
    async with on_stage() as stage:
        here = stage.fake.channel_id()
        message = await stage.platform.post(stage.outgoing())
        await stage.platform.post(stage.outgoing(8, reply_to=message, thread="Developments"))
        forum = await stage.fake.add_channel("stories", make.FORUM)
        posted = await stage.fake.add_thread(forum, "Which topics are there?")
        theirs = await stage.fake.add_thread(here, "People talk")
        for channel in (message, posted, theirs):
            await (await stage.fake.interact("news latest", {"topic": "zte"}, channel=channel)).final()
        assert [asker.place.channel for asker in stage.script.askers] == [here, forum, theirs]


async def test_a_command_that_needs_a_right_is_refused_without_it() -> None:
    async with on_stage() as stage:
        assert await ask(stage, "news mute") == "muted"
        assert "needs the right to manage this channel" in await ask(stage, "news mute", by=stage.fake.plain)


async def test_a_fault_in_a_command_is_answered_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    async with on_stage() as stage:
        assert await ask(stage, "news broken") == BROKEN
        assert "a fault of ours" in caplog.text


async def test_suggestions_are_those_of_the_command_that_discord_can_hold() -> None:
    async with on_stage() as stage:
        offered = await stage.fake.interact("news latest", {"topic": "z"}, focused="topic")
        assert await offered.choices() == ["zte", "blank"]
        late = await stage.fake.interact("news latest", {"topic": "slow"}, focused="topic")
        assert await late.choices() == []


async def test_a_fast_public_answer_is_public_at_once() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news shout")
        assert text_of(await asked.final()) == "for all"
        assert not asked.is_ephemeral


async def test_a_slow_private_answer_is_acknowledged_first() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news digest mine")
        assert await asked.response() == {"type": 5, "data": {"flags": EPHEMERAL}}
        stage.script.gate.set()
        assert text_of(await asked.final()) == "my digest"
        assert asked.is_ephemeral


async def test_a_slow_public_answer_follows_its_private_acknowledgement() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news digest now")
        assert (await asked.response())["data"]["flags"] == EPHEMERAL
        stage.script.gate.set()
        (posted,) = await asked.until(lambda: asked.followups)
        assert text_of(posted) == r"the digest \@everyone"
        assert not posted["flags"] & EPHEMERAL
        assert posted["_pings"] == set()
        assert text_of(await asked.final()) == POSTED


async def test_a_button_runs_its_command_for_the_presser_also_after_a_restart() -> None:
    async with on_stage() as stage:
        message = await (await stage.fake.interact("news latest", {"topic": "zte"})).final()
        (more,) = buttons_of(message)
        assert more["custom_id"] == "tw:-:latest:topic=zte&count=9"
        await stage.platform.close()
        await stage.platform.start()
        pressed = await stage.fake.press(message, more["custom_id"], by=stage.fake.plain)
        answer = (await pressed.response())["data"]
        assert text_of(answer) == "zte, live, 9, False"
        assert answer["flags"] & EPHEMERAL
        assert stage.script.askers[-1].actor.name == "reader"


@pytest.mark.parametrize("slow", ["no", "yes"])
async def test_a_file_is_attached_to_its_answer(slow: str) -> None:
    async with on_stage() as stage:
        give = Button(label="List", call=Call(command="list", arguments=(("slow", slow),)))
        await stage.platform.post(stage.outgoing(card=Card(title="T", text="t", buttons=(give,))))
        (post,) = stage.fake.posts()
        pressed = await stage.fake.press(post, f"tw:7:list:slow={slow}")
        await pressed.response()
        stage.script.gate.set()
        assert text_of(await pressed.final()) == "a list"
        (sent,) = [call for call in stage.fake.calls if call.files]
        assert sent.files == {"feeds.opml": "<opml>é</opml>".encode()}
        data = sent.body.get("data", sent.body)
        assert [attached["filename"] for attached in data["attachments"]] == ["feeds.opml"]
        assert pressed.is_ephemeral


async def _ask_for_much(stage: Stage, lines: int) -> Json:
    give = Button(label="Much", call=Call(command="much", arguments=(("lines", str(lines)),)))
    await stage.platform.post(stage.outgoing(card=Card(title="T", text="t", buttons=(give,))))
    pressed = await stage.fake.press(stage.fake.posts()[-1], f"tw:7:much:lines={lines}")
    return await pressed.final()


async def test_a_long_answer_is_turned_over_with_buttons_and_nothing_of_it_is_left_out() -> None:
    async with on_stage() as stage:
        message = await _ask_for_much(stage, 300)
        seen: list[str] = []
        while True:
            seen += re.findall(r"line (\d+)", text_of(message))
            back, count, on = buttons_of(message)[-3:]
            assert (back["disabled"], count["disabled"]) == ("line 0 " in text_of(message), True)
            if on["disabled"]:
                break
            await (await stage.fake.press(message, on["custom_id"])).response()
        assert seen == [str(n) for n in range(300)]
        last = count["label"]
        assert last == " / ".join([last.split()[-1]] * 2)
        await (await stage.fake.press(message, back["custom_id"])).response()
        assert "line 299 " not in text_of(message)


async def test_an_answer_that_one_message_holds_has_no_pages() -> None:
    async with on_stage() as stage:
        assert [b["label"] for b in buttons_of(await _ask_for_much(stage, 60))] == ["More"]


async def test_pages_that_are_no_longer_kept_say_so() -> None:
    async with on_stage() as stage:
        message = await _ask_for_much(stage, 300)
        restarted = make_platform(stage.script, stage.clock, stage.problems)
        await stage.platform.close()
        await restarted.start()
        pressed = await stage.fake.press(message, buttons_of(message)[-1]["custom_id"])
        assert (await pressed.response())["data"]["content"] == TURNED_OUT
        await restarted.close()


async def test_an_alerts_button_answers_whoever_presses_it() -> None:
    async with on_stage() as stage:
        hidden = Button(label="Why", call=Call(command="hidden"))
        await stage.platform.post(stage.outgoing(card=Card(title="T", text="t", buttons=(hidden,))))
        (post,) = stage.fake.posts()
        pressed = await stage.fake.press(post, "tw:7:hidden:", by=stage.fake.plain)
        assert text_of((await pressed.response())["data"]) == "found"


async def test_a_form_opens_at_once_and_its_values_reach_the_command() -> None:
    async with on_stage() as stage:
        opened = await stage.fake.interact("news topic add")
        modal = await opened.modal()
        assert (modal["title"], [c["label"] for c in modal["components"]]) == ("A new topic", ["Name", "Query", "Mode"])
        sent = await stage.fake.submit(opened, {"Name": "chips", "Query": "chip*", "Mode": "digest"})
        assert text_of(await sent.final()) == r"added chips: chip\* (digest)"


async def test_a_form_with_an_error_comes_back_with_what_was_typed() -> None:
    async with on_stage() as stage:
        opened = await stage.fake.interact("news topic add")
        sent = await stage.fake.submit(opened, {"Name": "chips", "Query": "(chip", "Mode": "digest"})
        message = await sent.final()
        assert "a bracket is open" in text_of(message)
        assert sent.is_ephemeral
        (correct,) = buttons_of(message)
        assert correct["label"] == "Correct"
        closed = await stage.fake.press(message, correct["custom_id"])
        again = await stage.fake.press(message, correct["custom_id"])
        assert (await closed.modal())["components"] == (await again.modal())["components"]
        fields = {c["label"]: c["component"] for c in (await again.modal())["components"]}
        assert (fields["Name"]["value"], fields["Query"]["value"]) == ("chips", "(chip")
        labels = {c["label"]: c.get("description") for c in (await again.modal())["components"]}
        assert labels == {"Name": "One word", "Query": "a bracket is open", "Mode": None}
        corrected = await stage.fake.submit(again, {"Query": "chip"})
        assert text_of(await corrected.final()) == "added chips: chip (live)"


async def test_a_command_typed_out_with_a_mistake_says_what_is_wrong_before_its_form_opens() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news topic add", {"name": "chips", "query": "(chip"})
        message = await asked.final()
        assert "a bracket is open" in text_of(message)
        assert [button["label"] for button in buttons_of(message)] == ["Correct"]


async def test_a_form_that_comes_late_is_offered_by_a_button() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news topic slow")
        assert (await asked.response())["type"] == 5
        stage.script.gate.set()
        (button,) = buttons_of(await asked.final())
        opened = await stage.fake.press(await asked.final(), button["custom_id"])
        assert (await opened.modal())["title"] == "A new topic"


async def test_a_form_that_is_no_longer_kept_says_so() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news topic slow")
        await asked.response()
        stage.script.gate.set()
        message = await asked.final()
        await stage.platform.close()
        restarted = make_platform(stage.script, stage.clock, stage.problems)
        await restarted.start()
        (button,) = buttons_of(message)
        pressed = await stage.fake.press(message, button["custom_id"])
        assert (await pressed.response())["data"]["content"] == EXPIRED
        await restarted.close()


async def test_everything_is_acknowledged_within_the_time_that_discord_gives() -> None:
    async with on_stage(ack_s=2.0) as stage:
        for path in ("news digest mine", "news digest now", "news topic slow", "news broken", "news topic add"):
            await (await stage.fake.interact(path)).response()
        stage.script.gate.set()
        assert all(i.acknowledged_after is not None for i in stage.fake.interactions.values())


async def test_an_answer_that_discord_refuses_is_logged_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with on_stage() as stage:
        stage.fake.fail("POST", "/callback", status=400)
        await stage.fake.interact("news shout")
        await stage.fake.until(lambda: [c for c in stage.fake.calls if c.path.endswith("/callback")])
        assert await ask(stage, "news shout") == "for all"
        assert "the answer to 'shout' could not be shown" in caplog.text


async def test_closing_lets_an_answer_end() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news digest mine")
        await asked.response()
        closing = asyncio.create_task(stage.platform.close())
        await asyncio.sleep(QUICK.farewell.total_seconds() / 4)  # what is not waited for is disconnected by now
        stage.script.gate.set()
        assert text_of(await asked.final()) == "my digest"
        await closing


async def test_closing_gives_up_on_an_answer_that_does_not_end() -> None:
    async with on_stage() as stage:
        asked = await stage.fake.interact("news digest mine")
        await asked.response()
        async with asyncio.timeout(QUICK.farewell.total_seconds() + 1):
            await stage.platform.close()
        stage.script.gate.set()
        with pytest.raises(TimeoutError):
            await asked.final(0.1)
