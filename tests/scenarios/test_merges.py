"""Two stories that prove to be one: posts follow the older story, or point at its message."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import RetryLaterError, StoryNotFoundError, UnknownOutcomeError
from bot.domain.models import StoryId, WorkspaceId
from tests.newsroom import WORKSPACE, Newsroom, newsroom
from tests.scenarios.test_outbox import STORIES, publish

OLDER, YOUNGER = STORIES[0], STORIES[1]
MINUTE = timedelta(minutes=1)


async def set_up(room: Newsroom) -> None:
    await room.open_outlets("Ledger", "Wire")
    await room.subscribe("huawei")


async def find(room: Newsroom, title: str) -> StoryId:
    lines = await room.store.latest(WORKSPACE, None, 20)
    return next(story.id for story in lines if story.headline == title)


async def merge(room: Newsroom) -> StoryId:
    first, second = await find(room, OLDER), await find(room, YOUNGER)
    return await room.store.merge_stories(second, first, room.clock())


async def test_where_both_were_told_the_younger_points_at_the_older(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        await room.tick()
        publish(room, 1)
        await room.tick()
        kept = await merge(room)
        await room.tick()
        older, younger = room.platform.shown
        assert (older.card.title, younger.card.title) == (OLDER, f"Told further in: {OLDER}")
        assert younger.card.link == f"https://chat.example/news/{older.id}"
        assert YOUNGER in repr((await room.reader.story(WORKSPACE, kept)).coverage)
        await room.tick()
        assert (older.edits, younger.edits) == (1, 1)
        assert older.card.buttons[-1].label == "Not the same story", "two articles can be taken apart"


async def test_where_the_younger_alone_was_told_its_message_becomes_the_olders(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire")
        publish(room, 0)
        await room.tick()
        await room.subscribe("huawei")
        publish(room, 1)
        await room.tick()
        assert room.platform.titles() == [YOUNGER]
        await merge(room)
        await room.tick()
        assert room.platform.titles() == [OLDER]
        room.publish("Wire", f"{OLDER} again", f"{OLDER}.")
        await room.tick()
        assert len(room.platform.shown) == 1, "the older story counts as told here"


async def test_a_post_that_was_not_sent_yet_never_is(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        await room.tick()
        room.platform.errors.append(RetryLaterError("busy", retry_after=MINUTE))
        publish(room, 1)
        await room.tick()
        await merge(room)
        await room.tick()
        assert room.platform.titles() == [OLDER]
        assert await room.store.list_open_counts() == []


async def test_a_post_whose_answer_was_lost_is_settled_and_points(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        await room.tick()
        room.platform.lost_answers.append(UnknownOutcomeError("no answer"))
        publish(room, 1)
        await room.tick(MINUTE * 12)
        assert len(room.platform.shown) == 2
        await merge(room)
        await room.tick()
        assert len(room.platform.shown) == 2
        assert room.platform.shown[1].card.title.startswith("Told further in")


async def test_a_muted_story_stays_muted_and_its_message_as_it_was(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0)
        await room.tick()
        publish(room, 1)
        await room.tick()
        await room.ask(f"mute {await find(room, YOUNGER)}")
        await merge(room)
        await room.tick()
        assert room.platform.titles() == [OLDER, YOUNGER]


async def test_what_is_asked_of_the_younger_is_told_of_the_older_and_what_is_gathered_for_it_goes_there(
    tmp_path: Path,
) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0, 1)
        await room.tick()
        younger = await find(room, YOUNGER)
        kept = await merge(room)
        assert (await room.reader.story(WORKSPACE, younger)).id == kept
        room.publish("Wire", YOUNGER, f"{YOUNGER}.")
        await room.tick()
        view = await room.reader.story(WORKSPACE, kept)
        assert {article.outlet for article in view.coverage} == {"Ledger", "Wire"}
        assert len(await room.store.latest(WORKSPACE, None, 20)) == 1
        assert (await room.store.status(WORKSPACE)).stories == 1


async def test_stories_are_merged_once_and_only_within_one_sight(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0, 1)
        await room.tick()
        younger = await find(room, YOUNGER)
        kept = await merge(room)
        for pair in ((kept, younger), (kept, StoryId(99)), (kept, kept)):
            with pytest.raises(StoryNotFoundError):
                await room.store.merge_stories(*pair, room.clock())


async def test_others_sight_is_kept(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await set_up(room)
        publish(room, 0, 1)
        await room.tick()
        assert await merge(room) == min(await find(room, OLDER), StoryId(2))
        assert (await room.reader.story(WorkspaceId("elsewhere"), StoryId(1))).outlets == 1
