"""What a channel watches."""

from __future__ import annotations

import pytest

from bot.commands.answers import Right
from bot.domain.models import Mode, Sensitivity
from bot.domain.views import SubscriptionLine
from tests.commands.stage import Stage, asker_with, elsewhere


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
async def test_the_number_of_outlets_has_bounds(stage: Stage, outlets: str) -> None:
    assert "from 1 to 50" in await stage.told(f"subscribe huawei --outlets {outlets}")
