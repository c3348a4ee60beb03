"""The commands around the digest: setting it, trying it, ending it, catching up."""

from __future__ import annotations

from datetime import time

import pytest

from bot.commands.answers import Reply, Right
from bot.domain.digests import DigestPlan
from bot.domain.models import TopicId
from tests.commands.stage import Stage, asker_with, card_of, form_of, is_rung, news, shown

MANAGER = asker_with(Right.MANAGE_CHANNEL)


async def plan_of(stage: Stage) -> DigestPlan | None:
    channel = await stage.store.find_channel(MANAGER.place)
    return None if channel is None else await stage.store.find_digest_plan(channel.id)


async def test_a_digest_is_set_in_one_line_and_told(stage: Stage) -> None:
    await stage.ask("subscribe huawei digest")
    told = await stage.told("digest set 8:30 weekdays --zone europe/amsterdam --length 7 --empty no", MANAGER)
    assert "Comes: weekdays at 08:30 (Europe/Amsterdam)" in told
    assert "Topics: Huawei (what this channel watches)" in told
    assert "it does not come" in told
    assert "Next: 2026-11-24 08:30" in told
    assert await plan_of(stage) == DigestPlan(at=time(8, 30), weekdays=(0, 1, 2, 3, 4), length=7, is_silent=True)
    assert await is_rung(stage.bells.digest)


async def test_what_is_not_named_stays_and_topics_can_be_chosen_and_freed(stage: Stage) -> None:
    await stage.ask("digest set 8:30 --days mon,thu")
    await stage.ask('digest set --topics "trade talks, huawei"')
    plan = await plan_of(stage)
    assert plan == DigestPlan(at=time(8, 30), weekdays=(0, 3), topics=(TopicId("trade-talks"), TopicId("huawei")))
    await stage.ask("digest set --topics all --days weekly")
    assert await plan_of(stage) == DigestPlan(at=time(8, 30), weekdays=(0,))


async def test_alone_it_is_a_form_with_what_is_set(stage: Stage) -> None:
    form = form_of(await stage.ask("digest set"))
    usual = {"at": "08:00 daily", "zone": "UTC", "topics": "all", "length": "15", "empty": "yes"}
    assert {f.name: f.value for f in form.fields} == usual
    await stage.fill(form, at="7 mon,thu", zone="Asia/Tokyo", topics="huawei", empty="no")
    form = form_of(await stage.ask("digest set"))
    changed = {"at": "07:00 mon,thu", "zone": "Asia/Tokyo", "topics": "huawei", "empty": "no"}
    assert {f.name: f.value for f in form.fields} == usual | changed
    await stage.fill(form, at="9:30")
    set_then = DigestPlan(at=time(9, 30), weekdays=(0, 3), topics=(TopicId("huawei"),), is_silent=True)
    assert await plan_of(stage) == set_then
    await stage.fill(form, at="off")
    assert await plan_of(stage) is None


@pytest.mark.parametrize(
    "option, value, told",
    [
        ("at", "25:00", "08:00, 7:30 or 18"),
        ("at", "8:00 someday", "daily, weekdays"),
        ("zone", "Amsterdm", "Did you mean Europe/Amsterdam"),
        ("days", "someday", "daily, weekdays"),
        ("length", "0", "from 1 to 50"),
        ("length", "many", "from 1 to 50"),
    ],
)
async def test_a_mistake_stands_at_its_field_and_nothing_is_set(
    stage: Stage, option: str, value: str, told: str
) -> None:
    typed = {"at": "8:00"} | {option: value}
    form = form_of(await stage.ask("digest set " + " ".join(f'--{k} "{v}"' for k, v in typed.items())))
    assert told in next(f.error for f in form.fields if f.name == option)
    assert await plan_of(stage) is None


async def test_an_unknown_topic_names_the_nearest_and_an_hour_is_asked_for(stage: Stage) -> None:
    assert "huawei" in str(await stage.ask("digest set 8 --topics huawai"))
    form = form_of(await stage.ask("digest set --days daily"))
    assert "At what hour?" in next(f.error for f in form.fields if f.name == "at")
    assert await plan_of(stage) is None


async def test_a_digest_is_ended_once(stage: Stage) -> None:
    await stage.ask("digest set 8")
    assert "No digest comes here any more" in await stage.told("digest off", MANAGER)
    assert "has no digest" in await stage.told("digest off", MANAGER)
    assert await plan_of(stage) is None


async def test_who_may_not_manage_the_channel_sets_nothing(stage: Stage) -> None:
    for line in ("digest set 8", "digest off"):
        assert "needs the right" in await stage.told(line, asker_with())


async def test_settings_tell_of_the_digest_and_lead_to_it(stage: Stage) -> None:
    answer = await stage.ask("settings --threads edit")
    assert "Digest: none" in shown(card_of(answer))
    assert form_of(await stage.press(answer, "Digest")).call.command == "digest set"
    await stage.ask("digest set 8 --days weekdays")
    assert "Digest: weekdays at 08:00" in await stage.told("settings --threads reply")


async def test_a_preview_is_private_and_needs_no_right(stage: Stage) -> None:
    await stage.ask("subscribe huawei")
    await stage.bring(news("Huawei opens a depot in Narvik"))
    answer = await stage.ask("digest preview", asker_with())
    assert isinstance(answer, Reply)
    assert answer.is_private
    assert "Huawei opens a depot in Narvik" in shown(answer.card)


@pytest.mark.parametrize("line", ["digest preview", "digest now", "catchup"])
async def test_a_channel_that_watches_nothing_is_told_how_to_begin(stage: Stage, line: str) -> None:
    assert "/news subscribe" in await stage.told(line, asker_with())
    assert await stage.store.find_channel(MANAGER.place) is None


async def test_catching_up_is_each_ones_own(stage: Stage) -> None:
    await stage.ask("subscribe huawei")
    await stage.bring(news("Huawei opens a depot in Narvik"))
    ann, bob = asker_with(person="ann"), asker_with(person="bob")
    assert "1 story" in await stage.told("catchup", ann)
    channel = await stage.store.find_channel(ann.place)
    assert channel is not None
    assert await stage.store.find_catchup(channel.id, "ann") is not None
    assert await stage.store.find_catchup(channel.id, "bob") is None
    assert "1 story" in await stage.told("catchup 2h", bob)
    assert "3h, 2d" in await stage.told("catchup whenever", bob)
    assert "“5h” is not after" in await stage.told("catchup 3h --until 5h", bob)


async def test_a_digest_that_is_gone_says_what_to_ask_instead(stage: Stage) -> None:
    await stage.ask("subscribe huawei")
    assert "/news catchup" in await stage.told("digest more 99")
