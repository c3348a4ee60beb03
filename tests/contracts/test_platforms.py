"""What the pipeline relies on, whatever the platform: the same tests over all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.cards import Button, Call, Card, Picture, Section, Span, line
from bot.domain.errors import MessageGoneError, PermanentError, RetryLaterError, UnknownOutcomeError
from bot.domain.records import Outgoing
from bot.platforms.table import PLATFORMS
from tests.contracts.houses import HOUSES, House

WITH_FAULTS = ["discord", "slack"]  # a terminal or a page of our own loses no answer, limits nobody and has one place
PICTURE = Picture(name="digest.png", content=b"\x89PNG\r\n\x1a\n", alt="Three a day, nine on Monday")
CONTEXT = Button(label="Context", call=Call(command="story", arguments=(("story", "12"),)))


def outgoing(house: House, title: str, *, delivery: int = 7, **more: Any) -> Outgoing:
    card = Card(
        title=title,
        text=title,
        link="https://ledger.example/1",
        sections=(Section(heading="Before", lines=(line("earlier ", Span(text="now", at=datetime.now(UTC))),)),),
        buttons=(CONTEXT,),
    )
    return Outgoing(key=str(delivery), place=house.place, card=card, **more)


def test_every_platform_of_the_table_is_held_to_the_contract() -> None:
    assert {kind.name for kind in PLATFORMS} | {"console", "web"} == HOUSES.keys()


@pytest.mark.parametrize("name", HOUSES)
async def test_a_post_is_shown_once_and_has_an_id(name: str) -> None:
    async with HOUSES[name]() as house:
        assert house.platform.name == name
        assert await house.platform.post(outgoing(house, "Harbour closed"))
        assert sum("Harbour closed" in message for message in house.shown()) == 1


@pytest.mark.parametrize("name", HOUSES)
async def test_a_picture_is_a_part_of_the_one_message_where_there_are_pictures(name: str) -> None:
    async with HOUSES[name]() as house:
        await house.platform.post(outgoing(house, "Harbour closed", picture=PICTURE))
        assert sum("Harbour closed" in message for message in house.shown()) == 1
        assert house.pictures() == ([(PICTURE.content, PICTURE.alt)] if name in WITH_FAULTS else [])


@pytest.mark.parametrize("name", WITH_FAULTS)
async def test_a_picture_that_is_refused_takes_nothing_with_it(name: str) -> None:
    async with HOUSES[name]() as house:
        house.refuse_pictures()
        assert await house.platform.post(outgoing(house, "Harbour closed", picture=PICTURE))
        assert (len(house.shown()), house.pictures()) == (1, [])


@pytest.mark.parametrize("name", WITH_FAULTS)
async def test_a_message_with_a_picture_comes_once_and_keeps_it_when_an_answer_was_lost(name: str) -> None:
    async with HOUSES[name]() as house:
        assert house.lose_answer
        house.lose_answer()
        with pytest.raises(UnknownOutcomeError):
            await house.platform.post(outgoing(house, "Harbour closed", picture=PICTURE))
        house.forget_nonces()
        before = datetime.now(UTC) - timedelta(hours=1)
        assert await house.platform.post(outgoing(house, "Harbour shut", picture=PICTURE, unsure_since=before))
        assert len(house.shown()) == len(house.pictures()) == 1


@pytest.mark.parametrize("name", HOUSES)
async def test_an_edit_shows_the_newer_card(name: str) -> None:
    async with HOUSES[name]() as house:
        message = await house.platform.post(outgoing(house, "Harbour closed"))
        await house.platform.edit(outgoing(house, "Harbour open again", delivery=8), message)
        assert "Harbour open again" in house.shown()[-1]
        if name != "console":  # what stands in a terminal stays
            assert len(house.shown()) == 1


@pytest.mark.parametrize("name", HOUSES)
async def test_a_reply_follows_its_post(name: str) -> None:
    async with HOUSES[name]() as house:
        message = await house.platform.post(outgoing(house, "Harbour closed"))
        reply = await house.platform.post(outgoing(house, "New: 12 ships wait", delivery=8, reply_to=message))
        assert reply != message
        assert [("Harbour" in m, "12 ships" in m) for m in house.shown()] == [(True, False), (False, True)]


@pytest.mark.parametrize("name", HOUSES)
async def test_developments_in_a_thread_come_once_each_also_when_an_answer_was_lost(name: str) -> None:
    async with HOUSES[name]() as house:
        message = await house.platform.post(outgoing(house, "Harbour closed"))
        first = outgoing(house, "New: 12 ships wait", delivery=8, reply_to=message, thread="Harbour closed")
        second = outgoing(house, "New: 13 ships wait", delivery=9, reply_to=message, thread="Harbour closed")
        await house.platform.post(first)
        if house.lose_answer is not None:
            house.lose_answer()
            with pytest.raises(UnknownOutcomeError):
                await house.platform.post(second)
            house.forget_nonces()
            second = replace(second, unsure_since=datetime.now(UTC) - timedelta(hours=1))
        assert await house.platform.post(second) != await _again(house, first)
        told = [re.findall("1[23] ships|Harbour closed", shown)[:1] for shown in house.shown()]
        assert told == [["Harbour closed"], ["12 ships"], ["13 ships"]]


async def _again(house: House, sent: Outgoing) -> str:
    """Settle what was sent; a terminal has nothing to settle by, and nothing is ever lost there."""
    if house.lose_answer is None:
        return ""
    return await house.platform.post(replace(sent, unsure_since=datetime.now(UTC) - timedelta(hours=1)))


@pytest.mark.parametrize("name", HOUSES)
@pytest.mark.parametrize(
    "title",
    [
        "\u202emoc.live\u2066x",
        "@everyone <!channel> <@&1> <@U1>",
        "[x](javascript:alert(1))",
        "<http://x|y> &lt;b&gt; ```x```",
        "a" * 10_000,
        "`*_~|>",
    ],
)
async def test_a_hostile_title_arrives_harmless(name: str, title: str) -> None:
    async with HOUSES[name]() as house:
        assert await house.platform.post(outgoing(house, title))
        shown = house.shown()[0]
        assert len(shown) < 9_000
        assert "'_pings': set()" in shown or "_pings" not in shown
        assert "<!channel>" not in shown or name == "console"
        assert not {"\u202e", "\u2066"} & set(shown)
        assert "\\u202e" not in shown
        assert "<http://x|y>" not in shown or name in ("console", "discord"), "to Discord that is plain text"


@pytest.mark.parametrize("name", HOUSES)
async def test_a_message_has_an_address_or_none(name: str) -> None:
    async with HOUSES[name]() as house:
        message = await house.platform.post(outgoing(house, "Harbour closed"))
        link = house.platform.link_to(house.place, message)
        assert (
            link is None
            if name in ("console", "web")
            else link and house.place.channel in link and link.startswith("https://")
        )


@pytest.mark.parametrize("name", WITH_FAULTS)
async def test_a_busy_platform_says_when_to_come_back(name: str) -> None:
    async with HOUSES[name]() as house:
        assert house.be_busy
        house.be_busy()
        with pytest.raises(RetryLaterError):
            await house.platform.post(outgoing(house, "Harbour closed"))
        assert house.shown() == []


@pytest.mark.parametrize("name", WITH_FAULTS)
async def test_a_place_that_is_not_there_is_permanent_and_names_a_remedy(name: str) -> None:
    async with HOUSES[name]() as house:
        assert house.elsewhere
        lost = outgoing(house, "Harbour closed")
        with pytest.raises(PermanentError) as refused:
            await house.platform.post(Outgoing(key=lost.key, place=house.elsewhere, card=lost.card))
        assert len(str(refused.value)) > 20


@pytest.mark.parametrize("name", WITH_FAULTS)
async def test_an_edit_of_a_message_that_is_gone_says_so(name: str) -> None:
    async with HOUSES[name]() as house:
        missing = {"discord": "999999999999999999", "slack": "1700000000.000100"}[name]
        with pytest.raises(MessageGoneError):
            await house.platform.edit(outgoing(house, "Harbour open again"), missing)
