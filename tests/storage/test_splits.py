"""Stories taken apart and made one again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import StoryNotFoundError
from bot.domain.models import ArticleId, StoryId
from bot.domain.splits import SplitId
from bot.storage.store import SqlStore
from tests.storage.making import HERE, NOW, Told, add_channel, add_feed, bring, gather_story

LATER = NOW + timedelta(hours=1)


async def make(store: SqlStore) -> tuple[StoryId, list[ArticleId]]:
    feed, channel = await add_feed(store, "wire"), await add_channel(store, "general")
    articles = list(await bring(store, feed, "a", "b", "c"))
    story = await gather_story(store, articles, Told(channel=channel), developments=articles[1:])
    return story, articles


async def test_an_article_taken_out_is_a_story_with_its_scores_and_developments(store: SqlStore) -> None:
    story, (a, b, c) = await make(store)
    split = await store.split_story(story, [b], workspace=HERE, actor="u", now=LATER)
    left, parted = await store.list_stories([story, split.parted_id])
    assert (left.articles, parted.articles) == ((a, c), (b,))
    assert [d.article_id for d in parted.developments] == [b]
    assert [d.article_id for d in left.developments] == [c]
    assert left.topics == parted.topics != ()
    assert await store.list_splits(HERE) == [split] == await store.list_splits_after(SplitId(0), NOW)
    assert await store.list_splits_after(split.id, NOW) == []


async def test_what_was_told_stays_with_its_story_and_the_other_was_told_nowhere(store: SqlStore) -> None:
    story, (a, _, _) = await make(store)
    split = await store.split_story(story, [a], workspace=HERE, actor="u", now=LATER)
    assert {told.story_id for told in await store.list_told([story, split.parted_id])} == {story}


async def test_what_was_taken_apart_is_merged_by_its_undoing_only(store: SqlStore) -> None:
    story, articles = await make(store)
    split = await store.split_story(story, articles[:1], workspace=HERE, actor="u", now=LATER)
    with pytest.raises(StoryNotFoundError, match="by hand"):
        await store.merge_stories(story, split.parted_id, LATER)
    assert await store.undo_split(split.id, workspace=HERE, actor="u", now=LATER) == story
    assert (await store.get_story(story)).articles == tuple(articles)
    assert await store.undo_split(split.id, workspace=HERE, actor="u", now=LATER) is None
    assert await store.list_splits(HERE) == []


async def test_another_workspace_does_not_undo(store: SqlStore) -> None:
    story, articles = await make(store)
    split = await store.split_story(story, articles[:1], workspace=HERE, actor="u", now=LATER)
    assert await store.undo_split(split.id, workspace=type(HERE)("other"), actor="u", now=LATER) is None


@pytest.mark.parametrize("out", [[], [1, 2, 3], [99]])
async def test_none_or_all_of_a_story_cannot_be_taken_out(store: SqlStore, out: list[int]) -> None:
    story, _ = await make(store)
    with pytest.raises(StoryNotFoundError):
        await store.split_story(story, [ArticleId(n) for n in out], workspace=HERE, actor="u", now=LATER)
    assert len((await store.get_story(story)).articles) == 3


async def test_an_interrupted_split_changes_nothing(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    story, articles = await make(store)

    async def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("bot.storage.splits._score", fail)
    with pytest.raises(OSError, match="full"):
        await store.split_story(story, articles[:1], workspace=HERE, actor="u", now=LATER)
    assert (await store.get_story(story)).articles == tuple(articles)
    assert await store.list_splits(HERE) == []
