"""What a channel watches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.answers import Right
from bot.commands.mentions import read_mention
from bot.domain.errors import InputError
from bot.domain.models import Filters, Mode, Sensitivity
from bot.domain.views import SubscriptionLine
from tests.commands.stage import HOUR, NOW, Stage, asker_with, calls_of, card_of, elsewhere, form_of, news, shown

DISCORD = replace(asker_with(*Right), place=replace(asker_with().place, platform="discord"))


async def _watched(stage: Stage, channel: str = "general") -> list[SubscriptionLine]:
    found = await stage.store.find_channel(asker_with(channel=channel).place)
    return [] if found is None else await stage.store.list_subscriptions(found.id)


async def test_subscribing_watches_a_topic_and_says_how_to_stop(stage: Stage) -> None:
    told = await stage.told("subscribe huawei")
    assert "now watches Huawei" in told
    assert "posted here as they happen" in told
    assert "/news unsubscribe huawei" in told
    (watched,) = await _watched(stage)
    assert (watched.topic_name, watched.mode, watched.min_outlets) == ("huawei", Mode.LIVE, 1)


@pytest.mark.parametrize("typed", ["HUAWEI", "trade talks", '"Trade talks"', "trade-talks", "Trade_Talks"])
async def test_a_topic_is_found_however_its_name_is_written(stage: Stage, typed: str) -> None:
    assert "now watches" in await stage.told(f"subscribe {typed}")


@pytest.mark.parametrize(
    "options, words",
    [
        ("digest", ("None is posted by itself", "/news digest now")),
        ("both", ("posted here as they happen", "in the digest too")),
        ("--outlets 3", ("once 3 outlets cover it",)),
        ("strict", ("only sure matches",)),
        ("wide", ("passing mentions",)),
    ],
)
async def test_what_will_happen_is_told(stage: Stage, options: str, words: tuple[str, ...]) -> None:
    told = await stage.told(f"subscribe huawei {options}")
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(
    "typed, told",
    [
        ("huwei", "Did you mean huawei?"),
        ("talks", "Did you mean trade-talks?"),
        ("xyzzy", "There are: huawei, trade-talks."),
    ],
)
async def test_an_unknown_topic_names_the_nearest(stage: Stage, typed: str, told: str) -> None:
    assert told in await stage.told(f"subscribe {typed}")
    assert await _watched(stage) == []


async def test_subscribing_again_changes_how_and_undo_brings_back_what_was(stage: Stage) -> None:
    await stage.ask("subscribe huawei both --outlets 2 --sensitivity strict")
    again = await stage.ask("subscribe huawei digest")
    (changed,) = await _watched(stage)
    assert (changed.mode, changed.sensitivity, changed.min_outlets) == (Mode.DIGEST, Sensitivity.NORMAL, 1)
    await stage.press(again, "Undo")
    (before,) = await _watched(stage)
    assert (before.mode, before.sensitivity, before.min_outlets) == (Mode.BOTH, Sensitivity.STRICT, 2)


async def test_undo_of_a_first_subscription_ends_it(stage: Stage) -> None:
    await stage.press(await stage.ask("subscribe huawei"), "Undo")
    assert await _watched(stage) == []


async def test_unsubscribing_ends_it_and_undo_brings_it_back_as_it_was(stage: Stage) -> None:
    await stage.ask("subscribe huawei both --outlets 4")
    gone = await stage.ask("unsubscribe Huawei")
    assert await _watched(stage) == []
    await stage.press(gone, "Undo")
    (watched,) = await _watched(stage)
    assert (watched.mode, watched.min_outlets) == (Mode.BOTH, 4)


async def test_what_is_not_watched_cannot_be_stopped(stage: Stage) -> None:
    assert "It watches nothing." in await stage.told("unsubscribe huawei")
    await stage.ask("subscribe trade-talks")
    assert "It watches: trade-talks." in await stage.told("unsubscribe huawei")


async def test_subscriptions_are_the_channels_own(stage: Stage) -> None:
    assert "Topics: huawei, trade-talks." in await stage.told("subscriptions")
    await stage.ask("subscribe huawei both")
    assert "huawei · both · normal" in await stage.told("subscriptions")
    other = asker_with(*Right, channel="random")
    assert "watches nothing yet" in await stage.told("subscriptions", other)
    assert "watches nothing yet" in await stage.told("subscriptions", elsewhere(asker_with(), "there"))


async def test_asking_leaves_no_row_for_a_channel(stage: Stage) -> None:
    for line in ("subscriptions", "latest", "status", "digest now", "unsubscribe huawei", "topic list"):
        await stage.ask(line)
    assert await stage.store.find_channel(asker_with().place) is None


@pytest.mark.parametrize("outlets", ["0", "51", "-1", "many"])
async def test_a_number_out_of_bounds_is_asked_for_again_with_all_that_was_typed(stage: Stage, outlets: str) -> None:
    form = form_of(await stage.ask(f"subscribe huawei both --languages nl,de --outlets {outlets}"))
    assert [f.name for f in form.fields if "from 1 to 50" in f.error] == ["outlets"]
    await stage.fill(form, outlets="3")
    (watched,) = await _watched(stage)
    assert (watched.mode, watched.min_outlets, watched.filters.languages) == (Mode.BOTH, 3, ("nl", "de"))


async def test_every_option_is_stored_told_and_shown(stage: Stage) -> None:
    told = await stage.told(
        "subscribe huawei both --sensitivity strict --outlets 2 --origins 3 --languages nl-BE, DE "
        '--from-outlets "De Courant", Wire --without-outlets Gazette --without-words football,"smart watch" '
        "--mention <@&123456789012345678>",
        DISCORD,
    )
    filters = Filters(
        languages=("nl", "de"),
        outlets_in=("De Courant", "Wire"),
        outlets_out=("Gazette",),
        words_out=("football", "smart watch"),
        min_origins=3,
    )
    found = await stage.store.find_channel(DISCORD.place)
    assert found is not None
    (watched,) = await stage.store.list_subscriptions(found.id)
    assert (watched.filters, watched.mention, watched.chosen) == (filters, "123456789012345678", Sensitivity.STRICT)
    shown = await stage.told("subscriptions", DISCORD)
    assert "≥ 2 outlets · ≥ 3 origins" in shown
    for text in (told, shown):
        assert "languages Nederlands, Deutsch · only De Courant, Wire · without outlets Gazette" in text
        assert "without words football, smart watch · mentions 123456789012345678" in text


@pytest.mark.parametrize(
    "option, field, told",
    [
        ("--languages dutch!", "languages", "nl, en or zh"),
        (f"--without-words {','.join(map(str, range(21)))}", "without_words", "at most 20"),
        (f"--from-outlets {'x' * 401}", "from_outlets", "400 characters"),
        ("--mention @everyone", "mention", "no role or group"),
    ],
)
async def test_what_cannot_be_used_is_asked_for_again(stage: Stage, option: str, field: str, told: str) -> None:
    form = form_of(await stage.ask(f"subscribe huawei digest {option}", DISCORD))
    assert [told in f.error for f in form.fields if f.name == field] == [True]
    kept = {f.name: f.value for f in form.fields} | dict(form.call.arguments)
    assert (kept["topic"], kept["mode"]) == ("huawei", "digest")
    assert await stage.store.find_channel(DISCORD.place) is None


async def test_an_unknown_topic_keeps_what_else_was_typed(stage: Stage) -> None:
    form = form_of(await stage.ask("subscribe huwei --without-words football"))
    assert "Did you mean huawei?" in next(f.error for f in form.fields if f.name == "topic")
    await stage.fill(form, topic="huawei")
    (watched,) = await _watched(stage)
    assert watched.filters.words_out == ("football",)


@pytest.mark.parametrize(
    "platform, typed, kept",
    [
        ("discord", "<@&123456789012345678>", "123456789012345678"),
        ("discord", "123456789012345678", "123456789012345678"),
        ("slack", "<!subteam^S0ABC123|@ops>", "S0ABC123"),
        ("slack", "S0ABC123", "S0ABC123"),
        ("discord", "S0ABC123", None),
        ("discord", "<@123456789012345678>", None),
        ("slack", "<!everyone>", None),
        ("console", "123456789012345678", None),
    ],
)
def test_only_a_platforms_own_groups_can_be_mentioned(platform: str, typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(InputError) as refused:
            read_mention(typed, platform)
        assert refused.value.field == "mention"
    else:
        assert read_mention(typed, platform) == kept


async def test_a_mention_needs_the_right_over_the_workspace_to_be_set_not_to_be_kept(stage: Stage) -> None:
    here = replace(DISCORD, rights=frozenset({Right.MANAGE_CHANNEL}))
    form = form_of(await stage.ask("subscribe huawei --mention 123456789012345678", here))
    assert "manage this workspace" in next(f.error for f in form.fields if f.name == "mention")
    await stage.ask("subscribe huawei --mention 123456789012345678", DISCORD)
    assert "Changed how" in await stage.told("subscribe huawei both --mention 123456789012345678", here)
    form_of(await stage.ask("subscribe huawei --mention 223456789012345678", here))


async def test_a_subscription_is_edited_in_forms_that_hold_what_is_chosen(stage: Stage) -> None:
    await stage.ask("subscribe huawei both --outlets 2 --without-words football --languages nl")
    shown = await stage.ask("subscriptions")
    form = form_of(await stage.press(shown, "Edit huawei"))
    assert {f.name: f.value for f in form.fields} == {
        "mode": "both",
        "sensitivity": "",
        "outlets": "2",
        "origins": "1",
        "mention": "",
    }
    await stage.fill(form, outlets="4", sensitivity="wide")
    form = form_of(await stage.press(shown, "Filter huawei"))
    assert {f.name: f.value for f in form.fields if f.value} == {"languages": "nl", "without_words": "football"}
    await stage.fill(form, languages="", from_outlets="Wire")
    (watched,) = await _watched(stage)
    assert (watched.mode, watched.min_outlets, watched.chosen) == (Mode.BOTH, 4, Sensitivity.WIDE)
    assert watched.filters == Filters(outlets_in=("Wire",), words_out=("football",))
    await stage.press(shown, "End huawei")
    assert await _watched(stage) == []


async def test_only_what_is_watched_can_be_edited(stage: Stage) -> None:
    await stage.ask("subscribe trade-talks")
    form = form_of(await stage.ask("subscription edit huawei"))
    assert "It watches: trade-talks." in next(f.error for f in form.fields if f.name == "topic")


async def test_undo_brings_back_every_choice_and_is_the_channels_own(stage: Stage) -> None:
    await stage.ask(f"subscribe huawei --without-words {','.join('word' + str(n) for n in range(20))} --origins 2")
    before = await _watched(stage)
    gone = await stage.ask("unsubscribe huawei")
    call = next(call for call in calls_of(gone) if call.command == "subscription undo")
    other = asker_with(*Right, channel="random")
    await stage.ask("subscribe huawei", other)
    assert "not one of this channel" in shown(card_of(await stage.desk.run(call, other)))
    assert "needs the right" in shown(card_of(await stage.desk.run(call, asker_with())))
    await stage.desk.run(call, asker_with(*Right))
    (after,) = await _watched(stage)
    assert replace(after, id=before[0].id) == before[0]
    nonsense = replace(call, arguments=(("change", "9" * 30),))
    assert "not one of this channel" in shown(card_of(await stage.desk.run(nonsense, asker_with(*Right))))


async def test_the_last_story_that_would_have_been_told_is_shown(stage: Stage) -> None:
    assert "None of the stories" in await stage.told("subscribe huawei")
    await stage.bring(news("Huawei opens a plant", at=NOW - HOUR), at=NOW - HOUR)
    await stage.bring(news("Huawei shuts an office", outlet="Gazette"))
    told = await stage.told("subscribe huawei")
    assert "Huawei shuts an office" in told
    assert "Huawei opens a plant" not in told
    assert "Huawei opens a plant" in await stage.told("subscribe huawei --without-outlets gazette")
    for options in ("--languages nl", "--outlets 2", "--origins 2"):
        assert "None of the stories" in await stage.told(f"subscribe huawei {options}")


async def test_the_last_story_is_looked_for_at_the_sensitivity_that_was_chosen(stage: Stage) -> None:
    text = "The harbour is busy. " * 30 + "Huawei was named once."
    await stage.bring(news("Quiet days at the harbour", text=text))
    assert "Quiet days" in await stage.told("subscribe huawei wide")
    assert "None of the stories" in await stage.told("subscribe huawei strict")
