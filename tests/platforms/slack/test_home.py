"""The App Home: what it shows to whom, and how it is changed from there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.views import View

from bot.commands import home as home_cards
from bot.commands.answers import Actor, Asker, Right
from bot.commands.home import HomeCard
from bot.domain.cards import Button, Call, Card, Section, line
from bot.domain.models import Place, WorkspaceId
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.home import LEFT_OUT, render_answer, render_home
from bot.platforms.slack.manifest import make_manifest
from bot.platforms.slack.settings import SlackSettings
from tests.commands.stage import Prepared, Stage
from tests.commands.stage import on_stage as at_desk
from tests.platforms.slack.stage import CHANNEL, QUICK, text_of
from tests.servers.slack import HUMAN, FakeSlack, block_problems, broadcasts
from tests.servers.slack.orders import elements

HERE = WorkspaceId("slack:T0FAKE")


@dataclass
class House:
    """The real commands over a real store, on a fake Slack."""

    fake: FakeSlack
    stage: Stage

    async def ask(self, text: str, channel: str = CHANNEL) -> None:
        place = Place(platform="slack", workspace=HERE, channel=channel)
        asker = Asker(actor=Actor(id=HUMAN, name="Ann"), place=place, rights=frozenset(Right))
        await self.stage.desk.run_line(text, asker)

    async def home(self) -> dict[str, Any]:
        """Open the home, and return it as it is then."""
        self.fake.homes.clear()
        await (await self.fake.open_home()).acked()
        return (await self.fake.until(lambda: self.fake.homes))[HUMAN]

    async def shows(self, words: str) -> None:
        """Wait until the home shows something."""
        await self.fake.until(lambda: words in text_of(self.fake.homes[HUMAN]))


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    (folder / "made").mkdir()
    prepared = await Prepared.make(folder / "made")
    async with (
        at_desk(folder, prepared) as stage,
        FakeSlack(manifest=make_manifest(), channels=["news", "board"]) as fake,
    ):
        settings = SlackSettings(bot_token=fake.bot_token, app_token=fake.app_token)
        platform = SlackPlatform([settings], stage.desk, api_url=fake.api, timing=QUICK)
        await platform.start()
        await fake.connected()
        try:
            yield House(fake, stage)
        finally:
            await platform.close()


def _action(view: dict[str, Any], label: str) -> str:
    found = [e for block in view["blocks"] for e in elements(block) if (e.get("text") or {}).get("text") == label]
    return str(found[0]["action_id"])


async def test_the_home_shows_what_ones_own_channels_watch_and_how_the_feeds_are(tmp_path: Path) -> None:
    async with house(tmp_path) as at:
        assert "None of your channels watches a topic yet" in text_of(await at.home())
        board = at.fake.channel_id("board")
        await at.ask("subscribe huawei")
        await at.ask("subscribe trade-talks", board)
        at.fake.world.outsiders[board] = {HUMAN}
        shown = text_of(await at.home())
        assert "#news" in shown
        assert "huawei" in shown
        assert "board" not in shown, "who is not in a channel is not shown what it watches"
        assert "All 1 could be read" in shown


async def test_a_subscription_is_changed_from_the_home_and_the_home_shows_it(tmp_path: Path) -> None:
    async with house(tmp_path) as at:
        await at.ask("subscribe huawei")
        home = await at.home()
        await (await at.fake.press_view(home, _action(home, "Edit huawei"))).acked()
        (form,) = await at.fake.until(lambda: at.fake.open_views)
        wrong = await at.fake.submit(form, {"outlets": "many"})
        assert "whole number" in (await wrong.errors())["outlets"]
        sent = await at.fake.submit(form, {"mode": "digest"})
        answer = await sent.acked()
        assert answer["response_action"] == "update"
        assert "Changed how this channel watches Huawei" in repr(answer["view"]["blocks"])
        await at.shows("digest")


async def test_an_answer_is_a_modal_whose_buttons_go_on_working(tmp_path: Path) -> None:
    async with house(tmp_path) as at:
        await at.ask("subscribe huawei")
        home = await at.home()
        await (await at.fake.press_view(home, _action(home, "End huawei"))).acked()
        (told,) = await at.fake.until(lambda: at.fake.open_views)
        assert "no longer watches Huawei" in text_of(told)
        await at.shows("None of your channels")
        await (await at.fake.press_view(told, _action(told, "Undo"))).acked()
        await at.fake.until(lambda: "Taken back" in text_of(told))
        await at.shows("huawei")
        home = at.fake.homes[HUMAN]
        await (await at.fake.press_view(home, _action(home, "Watch another"))).acked()
        await at.fake.until(lambda: len(at.fake.open_views) == 2)
        assert at.fake.open_views[-1]["blocks"][0]["block_id"] == "topic"


async def test_a_digest_is_set_and_ended_from_the_home(tmp_path: Path) -> None:
    async with house(tmp_path) as at:
        await at.ask("subscribe huawei")
        home = await at.home()
        assert "Digest: *none*" in text_of(home)
        await (await at.fake.press_view(home, _action(home, "Digest"))).acked()
        (form,) = await at.fake.until(lambda: at.fake.open_views)
        sent = await at.fake.submit(form, {"at": "7:30 weekdays", "zone": "Europe/Amsterdam", "empty": "no"})
        assert "The digest of this channel is set" in repr((await sent.acked())["view"]["blocks"])
        await at.shows("weekdays at 07:30 (Europe/Amsterdam)")
        await at.shows("not where there is nothing to tell")
        home = at.fake.homes[HUMAN]
        await (await at.fake.press_view(home, _action(home, "No digest"))).acked()
        await at.shows("Digest: *none*")


async def test_a_section_that_fails_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def break_down(*_: object) -> list[HomeCard]:
        raise ZeroDivisionError("hidden")

    async with house(tmp_path) as at:
        monkeypatch.setattr(home_cards, "SECTIONS", [break_down, *home_cards.SECTIONS])
        shown = text_of(await at.home())
        assert "Something went wrong" in shown
        assert "hidden" not in shown
        assert "Feeds" in shown


@pytest.mark.parametrize("cards", [1, 30, 200])
def test_a_home_keeps_to_its_limits_whatever_it_holds(cards: int) -> None:
    buttons = tuple(Button(label="x" * 90, call=Call(command="c", arguments=(("a", str(n)),))) for n in range(30))
    card = Card(title="<!channel> & " * 30, text="t", sections=(Section(lines=(line("l" * 4_000),)),), buttons=buttons)
    view = render_home([HomeCard(card=card, channel="C1")] * cards, "D1")
    assert block_problems(view["blocks"], "home") == []
    assert (view["blocks"][-1].get("elements") or [{}])[0].get("text") == LEFT_OUT or cards < 30
    assert broadcasts(view) == set()
    View(**view).validate_json()
    modal = render_answer(card, "C1")
    assert block_problems(modal["blocks"], "modal") == []
    View(**modal).validate_json()
