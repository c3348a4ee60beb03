"""From a message to a topic that the channel watches."""

from __future__ import annotations

from bot.commands.answers import Answer, Form, Right
from bot.domain.cards import Call
from tests.commands.stage import Stage, asker_with, card_of, form_of, shown


async def _watch(stage: Stage, text: str) -> Answer:
    return await stage.desk.run(Call(command="watch text", arguments=(("text", text),)), asker_with(*Right))


def _typed(form: Form) -> dict[str, str]:
    return {field.name: field.value for field in form.fields}


async def test_a_message_about_a_known_topic_offers_to_watch_it(stage: Stage) -> None:
    form = form_of(await _watch(stage, "Norland keeps Huawei out\nThe ban begins in May."))
    assert (form.call.command, _typed(form)["topic"]) == ("subscribe", "huawei")
    answer = await stage.fill(form)
    assert "This channel now watches Huawei" in shown(card_of(answer))


async def test_what_is_watched_already_is_said_with_the_way_to_change_it(stage: Stage) -> None:
    await stage.ask("subscribe huawei")
    card = card_of(await _watch(stage, "Huawei opens a plant"))
    assert card.title == "This channel watches that already: Huawei"
    assert [button.label for button in card.buttons] == ["Edit huawei"]
    both = form_of(await _watch(stage, "Huawei and the trade talks"))
    assert _typed(both)["topic"] == "trade-talks"


async def test_other_messages_become_a_topic_made_of_their_names(stage: Stage) -> None:
    form = form_of(await _watch(stage, "The plant of Velmark Chips closes"))
    assert form.call.command == "topic add"
    assert (_typed(form)["name"], _typed(form)["query"]) == ("velmark-chips", '"Velmark Chips"')
    assert "velmark-chips" in shown(card_of(await stage.fill(form)))


async def test_a_message_without_names_opens_an_empty_form(stage: Stage) -> None:
    for text in ("nothing much", "", "<!channel> `` & “"):
        form = form_of(await _watch(stage, text))
        assert form.call.command in ("topic add", "watch text")
