"""How a channel is told things."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.alerts.phrases import LANGUAGES
from bot.commands.answers import Right
from bot.commands.settings import Language
from bot.domain.digests import DigestPlan
from bot.domain.habits import QuietHours, ThreadHabit
from bot.domain.models import Channel
from tests.commands.stage import Stage, asker_with, card_of, form_of, is_rung, shown

NIGHT = QuietHours(since=time(22), until=time(7))


async def _channel(stage: Stage, name: str = "general") -> Channel:
    found = await stage.store.find_channel(asker_with(channel=name).place)
    assert found is not None
    return found


async def test_options_are_set_straight_away_and_told(stage: Stage) -> None:
    told = await stage.told(
        "settings nl --zone europe/amsterdam --quiet 22:00-07:00 --most-per-hour 5 --threads edit --publish yes"
        " --ops yes"
    )
    assert "Nederlands" in told
    assert "Europe/Amsterdam (it is 13:00 there)" in told
    assert "22:00-07:00" in told
    assert "told here" in told
    channel = await _channel(stage)
    assert (channel.language, channel.zone, channel.quiet) == ("nl", "Europe/Amsterdam", NIGHT)
    assert (channel.max_per_hour, channel.threads, channel.is_ops) == (5, ThreadHabit.EDIT, True)
    assert "published to followers" in told
    assert channel.is_published


async def test_what_is_not_named_stays(stage: Stage) -> None:
    await stage.ask("settings --quiet 22-7 --most-per-hour 5")
    await stage.ask("settings --threads edit")
    await stage.ask("settings --most-per-hour off")
    channel = await _channel(stage)
    assert (channel.quiet, channel.max_per_hour, channel.threads) == (NIGHT, None, ThreadHabit.EDIT)


async def test_alone_it_is_a_form_with_what_is_set(stage: Stage) -> None:
    await stage.ask("settings --language de --quiet 22:00-07:00")
    form = form_of(await stage.ask("settings"))
    assert {f.name: f.value for f in form.fields} == {
        "language": "de",
        "zone": "UTC",
        "quiet": "22:00-07:00",
        "most_per_hour": "off",
        "digest": "off",
        "threads": "thread",
    }
    await stage.fill(form, quiet="off", zone="Asia/Tokyo")
    channel = await _channel(stage)
    assert (channel.language, channel.quiet, channel.zone) == ("de", None, "Asia/Tokyo")


async def test_the_form_sets_the_digest_and_ends_it(stage: Stage) -> None:
    await stage.fill(form_of(await stage.ask("settings")), digest="7:30 mon,thu")
    plan = DigestPlan(at=time(7, 30), weekdays=(0, 3))
    channel = await _channel(stage)
    assert await stage.store.find_digest_plan(channel.id) == plan
    assert await is_rung(stage.bells.digest)
    form = form_of(await stage.ask("settings"))
    assert [f.name for f in form.fields[:5]][-1] == "digest", "Discord shows five fields"
    assert {f.name: f.value for f in form.fields}["digest"] == "07:30 mon,thu"
    await stage.ask("digest set --length 3")
    assert "The settings of this channel\n" in shown(card_of(await stage.fill(form))), "nothing was changed"
    await stage.ask("settings --digest 9")
    assert await stage.store.find_digest_plan(channel.id) == replace(plan, at=time(9), length=3)
    form = form_of(await stage.ask("settings --digest noonish"))
    assert "no hour of a day" in next(f.error for f in form.fields if f.name == "digest")
    assert "Digest: none" in shown(card_of(await stage.ask("settings --digest off")))
    assert await stage.store.find_digest_plan(channel.id) is None


async def test_looking_makes_no_row(stage: Stage) -> None:
    form = form_of(await stage.ask("settings"))
    await stage.fill(form)
    assert await stage.store.find_channel(asker_with().place) is None


@pytest.mark.parametrize(
    "typed, quiet",
    [
        ("22:00-07:00", NIGHT),
        ("22-7", NIGHT),
        ("22.00 – 7.00", NIGHT),
        ("22:00 to 07:00", NIGHT),
        ("0:15-24:00", QuietHours(since=time(0, 15), until=time(0))),
        ("OFF", None),
    ],
)
async def test_quiet_hours_are_read_as_people_write_them(stage: Stage, typed: str, quiet: QuietHours | None) -> None:
    await stage.ask(f'settings --quiet "{typed}" --threads edit')
    assert (await _channel(stage)).quiet == quiet


@pytest.mark.parametrize(
    "option, value, told",
    [
        ("quiet", "25:00-07:00", "22:00-07:00 or 12:30-13:30"),
        ("quiet", "22:61-07:00", "22:00-07:00"),
        ("quiet", "at night", "22:00-07:00"),
        ("quiet", "07:00-7", "never let anything through"),
        ("zone", "Amsterdm", "Did you mean Europe/Amsterdam"),
        ("zone", "Mars/Olympus", "Europe/Amsterdam"),
        ("zone", "New York", "Did you mean America/New_York?"),
        ("most_per_hour", "-3", "from 1 to 1000"),
        ("most_per_hour", "many", "such as 5"),
        ("language", "klingon", "one of en, nl, de, fr, es, zh"),
    ],
)
async def test_what_is_impossible_is_refused_with_examples_and_nothing_typed_is_lost(
    stage: Stage, option: str, value: str, told: str
) -> None:
    form = form_of(await stage.ask(f'settings --threads edit --{option} "{value}"'))
    assert told in next(f.error for f in form.fields if f.name == option)
    assert {f.name: f.value for f in form.fields}["threads"] == "edit"
    assert await stage.store.find_channel(asker_with().place) is None


async def test_zones_are_suggested(stage: Stage) -> None:
    found = await stage.desk.suggest("settings", "zone", "amster", asker_with())
    assert [choice.value for choice in found] == ["Europe/Amsterdam"]
    assert len(await stage.desk.suggest("settings", "zone", "", asker_with())) == 25


async def test_one_ops_channel_a_workspace_and_only_who_manages_that_chooses_it(stage: Stage) -> None:
    manager = asker_with(Right.MANAGE_CHANNEL)
    form = form_of(await stage.ask("settings --ops yes --language nl", manager))
    assert "manage this workspace" in "".join(f.error for f in form.fields)
    await stage.ask("settings --ops yes")
    assert "changed" in await stage.told("settings --ops yes --language nl", manager)
    other = replace(asker_with(*Right), place=replace(asker_with().place, channel="ops"))
    await stage.ask("settings --ops yes", other)
    assert [(await _channel(stage, name)).is_ops for name in ("general", "ops")] == [False, True]


async def test_who_may_not_manage_the_channel_changes_nothing(stage: Stage) -> None:
    assert "needs the right" in await stage.told("settings --language nl", asker_with())


def test_every_language_of_our_words_can_be_chosen() -> None:
    assert [language.value for language in Language] == list(LANGUAGES)
