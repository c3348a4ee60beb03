"""«Not the same story»: a reader takes an article out, and the two go their own ways."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.answers import Reply, Right
from bot.domain.cards import Call
from bot.domain.errors import UnknownOutcomeError
from bot.domain.models import StoryId
from bot.pipeline.deliver import SETTLE_AFTER
from tests.newsroom import WORKSPACE, Newsroom, SetClock, newsroom
from tests.scenarios.test_growing_together import run_until_killed

BAN = "Orlanda bars Huawei from its 5G core network"
FINE = "Orlanda bars Huawei from its 5G auction after fine"
MORE_FINE = "Huawei fine: Orlanda court explains 5G auction ruling"
MORE_BAN = "Orlanda to bar Huawei from 5G core network, operators told"


async def set_up(room: Newsroom) -> StoryId:
    """Let two outlets tell of what grouping takes for one story; returns it."""
    await room.open_outlets("Ledger", "Wire", "Post", "Mail")
    await room.subscribe("huawei")
    room.publish("Ledger", BAN)
    await room.tick()
    room.publish("Wire", FINE)
    await room.tick()
    [line] = await room.store.latest(WORKSPACE, None, 20)
    assert line.outlets == 2
    return line.id


async def take_apart(room: Newsroom, story: StoryId) -> None:
    view = await room.reader.story(WORKSPACE, story)
    wrong = next(article for article in view.coverage if article.title == FINE)
    await room.ask(f"apart {story} {wrong.id}")


async def test_an_article_taken_out_is_a_story_and_later_articles_go_to_their_own(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        story = await set_up(room)
        await take_apart(room, story)
        await room.tick()
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 2
        room.publish("Post", MORE_FINE)
        room.publish("Mail", MORE_BAN)
        await room.tick()
        told = {line.headline: line.outlets for line in await room.store.latest(WORKSPACE, None, 20)}
        assert told == {BAN: 2, FINE: 2}
        assert BAN in room.platform.titles()
        assert len(room.platform.shown) == 2, "the other story was told nowhere: its next article is news"


async def test_an_edit_whose_answer_was_lost_is_made_again_though_the_story_is_as_it_was_before_it(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        room.platform.lost_edits.append(UnknownOutcomeError("the answer was lost"))
        await take_apart(room, await set_up(room))
        tried = len(room.platform.asked)
        await room.tick(SETTLE_AFTER - timedelta(seconds=1))
        assert len(room.platform.asked) == tried, "carried out late, the lost one would undo it"
        assert "Wire" in repr(room.platform.shown[0].card)
        await room.tick(timedelta(minutes=1))
        assert "Wire" not in repr(room.platform.shown[0].card)


async def test_an_alert_offers_it_once_a_second_article_came_and_tuning_lists_it(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        story = await set_up(room)
        [alert] = room.platform.shown
        [button] = [button for button in alert.card.buttons if button.call and button.call.command == "apart"]
        assert button.label == "Not the same story"
        assert len(alert.card.buttons) <= 5
        assert "Which of these is another story?" in repr(await room.ask(f"apart {story}"))
        await take_apart(room, story)
        await room.tick()
        assert not [button for button in alert.card.buttons if button.call and button.call.command == "apart"]
        listed = await room.ask("tuning list")
        assert "Stories taken apart: 1" in repr(listed)
        assert isinstance(listed, Reply)
        assert Call(command="rejoin") in [button.call for button in listed.card.buttons]


async def test_the_two_stay_apart_over_rounds_and_restarts(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await take_apart(room, await set_up(room))
        clock, fetcher, platform = room.clock, room.fetcher, room.platform
    async with newsroom(tmp_path, clock=clock, fetcher=fetcher, platform=platform) as room:
        await room.open_outlets("Ledger", "Wire", "Post", "Mail")
        for number in range(3):
            room.publish("Post", f"{MORE_FINE} {number}")
            room.publish("Mail", f"{MORE_BAN} {number}")
            await room.tick(timedelta(hours=7))
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 2


async def test_it_is_listed_and_undone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        story = await set_up(room)
        await take_apart(room, story)
        assert f"was taken out of story #{story}" in repr(await room.ask("rejoin"))
        await room.ask("rejoin 1")
        await room.tick()
        [line] = await room.store.latest(WORKSPACE, None, 20)
        assert line.outlets == 2
        assert "Nothing was taken apart under number 1" in repr(await room.ask("rejoin 1"))


async def test_who_may_not_manage_the_workspace_takes_nothing_apart(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        story = await set_up(room)
        answer = await room.ask(f"apart {story}", rights=(Right.MANAGE_CHANNEL,))
        assert "needs the right" in repr(answer)
        assert "Not the same story" in repr(await room.ask(f"story {story}"))
        assert "Which of these" in repr(await room.ask(f"apart {story}"))


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.storage import splits
from tests.newsroom import newsroom
from tests.scenarios import test_taking_apart as scene

async def main(folder):
    async with newsroom(Path(folder)) as room:
        story = await scene.set_up(room)
        async def die(*args):
            os.kill(os.getpid(), signal.SIGKILL)
        splits.{name} = die
        await scene.take_apart(room, story)

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["_move", "_score"])
async def test_a_kill_while_it_is_taken_apart_leaves_it_whole(tmp_path: Path, name: str) -> None:
    await asyncio.to_thread(run_until_killed, KILLED.format(name=name), tmp_path)
    clock = SetClock()
    clock.move(timedelta(hours=1))
    async with newsroom(tmp_path, clock=clock) as room:
        [line] = await room.store.latest(WORKSPACE, None, 20)
        assert line.outlets == 2
        assert await room.store.list_splits(WORKSPACE) == []
