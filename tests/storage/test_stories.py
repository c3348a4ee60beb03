"""Stories and the gather transaction."""

from __future__ import annotations

import pytest

from bot.domain.alerts import Action
from bot.domain.errors import StorageError, StoryNotFoundError
from bot.domain.models import StoryId, TopicId, WorkspaceId
from bot.domain.records import Gathering, NewStory, Placement, StoryRef, StoryState
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, MINUTE, NOW, add_channel, add_feed, bring, claim, gather_story, match, send
from tests.storage.making import Told as Tell


async def test_a_story_comes_back_whole(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    a, b = await bring(store, feed, "a", "b")
    story = await gather_story(store, [a, b], topics=[("zte", 0.7), ("huawei", 0.9)], developments=[b])
    found = await store.get_story(story)
    assert (found.headline, found.origins, found.articles) == ("Headline", 2, (a, b))
    assert found.topics == ("huawei", "zte")
    assert [(d.article_id, d.reason, d.at) for d in found.developments] == [(b, f"new in {b}", NOW)]
    assert (found.first_seen_at, found.updated_at, found.scope) == (NOW, NOW, None)
    with pytest.raises(StoryNotFoundError, match="99"):
        await store.get_story(StoryId(99))


async def test_a_match_comes_back_with_its_reasons(store: SqlStore) -> None:
    [a] = await bring(store, await add_feed(store, "wire"), "a")
    story = await gather_story(store, [a], topics=[("zte", 0.7)])
    assert await store.list_story_matches(story) == [match(a, "zte", 0.7)]


async def test_stories_come_back_each_with_its_own_in_the_order_asked(store: SqlStore) -> None:
    a, b, c = await bring(store, await add_feed(store, "wire"), "a", "b", "c")
    first = await gather_story(store, [a, b], topics=[("zte", 0.7)], developments=[b])
    second = await gather_story(store, [c], topics=[("huawei", 0.9)])
    asked = [second, StoryId(99), first]
    assert await store.list_stories(asked) == [await store.get_story(second), await store.get_story(first)]
    assert [(story.articles, story.topics) for story in await store.list_stories(asked)] == [
        ((c,), ("huawei",)),
        ((a, b), ("zte",)),
    ]
    assert await store.list_stories([]) == []


async def test_matches_of_several_articles_come_by_article_and_topic(store: SqlStore) -> None:
    a, b, c = await bring(store, await add_feed(store, "wire"), "a", "b", "c")
    await gather_story(store, [a], topics=[("zte", 0.7), ("huawei", 0.9)])
    await gather_story(store, [b], topics=[("zte", 0.8)])
    await gather_story(store, [c], topics=[("zte", 0.9)])
    assert await store.list_matches([b, a]) == [match(a, "huawei", 0.9), match(a, "zte", 0.7), match(b, "zte", 0.8)]
    assert await store.list_matches([]) == []


async def test_a_gathering_takes_its_articles_off_the_queue(store: SqlStore) -> None:
    a, b = await bring(store, await add_feed(store, "wire"), "a", "b")
    story = await gather_story(store, [a])
    assert [article.id for article in await store.list_ungathered(10)] == [b]
    assert [(s, article.id) for s, article in await store.list_gathered_since(NOW)] == [(story, a)]
    assert await store.list_gathered_since(NOW + MINUTE) == []


async def test_the_same_articles_are_not_gathered_twice(store: SqlStore) -> None:
    a, b = await bring(store, await add_feed(store, "wire"), "a", "b")
    await gather_story(store, [a])
    with pytest.raises(StorageError, match="1 of 2 articles were gathered already"):
        await gather_story(store, [a, b])
    assert [article.id for article in await store.list_ungathered(10)] == [b]
    assert (await store.status(HERE)).stories == 1


async def test_new_stories_are_numbered_in_their_order(store: SqlStore) -> None:
    articles = await bring(store, await add_feed(store, "wire"), *map(str, range(300)))
    made = await store.save_gathering(
        Gathering(
            at=NOW,
            articles=tuple(articles),
            matches=tuple(match(article, "zte") for article in articles),
            new_stories=tuple(NewStory(headline=f"H{n}", scope=HERE, first_seen_at=NOW) for n in range(300)),
            placements=tuple(Placement(article_id=a, story=StoryRef(new=n)) for n, a in enumerate(articles)),
            states=tuple(
                StoryState(story=StoryRef(new=n), headline=f"S{n}", origins=n, updated_at=NOW) for n in range(300)
            ),
            alerts=(),
        )
    )
    assert len(made) == 300
    for n in (0, 150, 299):
        story = await store.get_story(made[n])
        assert (story.headline, story.origins, story.articles, story.scope) == (f"S{n}", n, (articles[n],), HERE)


async def test_the_best_score_of_a_topic_only_grows(store: SqlStore) -> None:
    a, b, c = await bring(store, await add_feed(store, "wire"), *"abc")
    story = await gather_story(store, [a], topics=[("zte", 0.7)])
    await gather_story(store, [b], story=story, topics=[("zte", 0.9), ("huawei", 0.4)])
    await gather_story(store, [c], story=story, topics=[("zte", 0.6)])
    other = StoryId(77)
    scores = await store.list_best_scores([story, other])
    assert scores == {story: {TopicId("zte"): 0.9, TopicId("huawei"): 0.4}, other: {}}


async def test_a_topic_deleted_while_it_was_matched_leaves_no_match(store: SqlStore) -> None:
    [a] = await bring(store, await add_feed(store, "wire"), "a")
    story = await gather_story(store, [a], topics=[("deleted", 0.9), ("zte", 0.9)])
    assert [m.topic_id for m in await store.list_story_matches(story)] == ["zte"]


async def test_a_gathering_that_fails_leaves_nothing(store: SqlStore) -> None:
    [a] = await bring(store, await add_feed(store, "wire"), "a")
    with pytest.raises(StorageError, match="FOREIGN KEY"):
        await gather_story(store, [a], story=StoryId(99))
    assert len(await store.list_ungathered(10)) == 1
    assert (await store.status(HERE)).stories == 0


async def test_status_counts_what_the_viewer_sees_and_the_outbox_whole(store: SqlStore) -> None:
    feed = await add_feed(store, "wire")
    hidden = await add_feed(store, "hidden", WorkspaceId("elsewhere"))
    a, _ = await bring(store, feed, "a", "b")
    [c] = await bring(store, hidden, "c")
    channel = await add_channel(store, "general")
    await store.save_subscription(channel.id, TopicId("zte"), actor="ann", now=NOW)
    await gather_story(store, [a], Tell(channel=channel), at=NOW)
    await gather_story(store, [c], Tell(channel=channel), at=NOW + HOUR)
    status = await store.status(HERE)
    assert (status.feeds, status.feeds_failing, status.articles, status.stories) == (1, 0, 2, 1)
    assert (status.subscriptions, status.ungathered) == (1, 1)
    assert (status.deliveries_pending, status.deliveries_failed, status.oldest_pending_at) == (2, 0, NOW)


async def test_developments_fall_with_their_alerts_unless_a_channel_is_being_told(store: SqlStore) -> None:
    channel = await add_channel(store, "general")
    a, b, c = await bring(store, await add_feed(store, "wire"), "a", "b", "c")
    story = await gather_story(store, [a], Tell(channel=channel))
    await gather_story(
        store, [b, c], *(Tell(channel=channel, action=Action.REPLY, article=x) for x in (b, c)), story=story,
        developments=[b, c],
    )  # fmt: skip
    first, second = (await store.get_story(story)).developments
    assert await store.drop_untold([first.id]) == 1
    assert [d.id for d in (await store.get_story(story)).developments] == [second.id]
    assert await store.drop_untold([first.id]) == 0
    [post] = await claim(store)
    await send(store, post, "1")
    [reply] = await claim(store)
    assert reply.action is Action.REPLY
    assert await store.drop_untold([second.id]) == 0
