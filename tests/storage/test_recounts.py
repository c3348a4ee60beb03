"""Origins: which article each is a copy of, day by day, also after stories were merged, parted or came to a topic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.models import ArticleId, StoryId, TopicId
from bot.pipeline.recount import recount_origins
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, NOW, add_feed, arrival, gather_story, match, poll_of

DAY = 24 * HOUR
WIRE = "The council of Orlanda voted on Tuesday to bar the vendor from its networks by the end of next year."
OWN = "Our reporter in Orlanda saw the mayor count forty hands in the hall before the rain began to fall."
TOMORROW = NOW + DAY
EDGES: Sequence[datetime] = (NOW - HOUR, NOW + DAY - HOUR, NOW + 2 * DAY)


async def tell(store: SqlStore, **texts: str) -> list[ArticleId]:
    """Bring articles with these texts, those whose name ends in 2 a day later."""
    feed = await add_feed(store, "wire")
    brought = [arrival(name, text=text, at=TOMORROW if name.endswith("2") else NOW) for name, text in texts.items()]
    await store.save_poll(poll_of(feed, *brought, at=TOMORROW))
    known = await store.find_known(feed, [one.keys for one in brought])
    return [known[one.keys] for one in brought]


async def count(store: SqlStore) -> list[tuple[int, int, int]]:
    """Count what waits, then tell each day's stories, articles and origins."""
    while await recount_origins(store):
        pass
    shares = await store.list_day_shares(HERE, TopicId("huawei"), EDGES)
    days = [[share for share in shares if share.day == day] for day in (0, 1)]
    return [(len(day), sum(s.articles for s in day), sum(s.origins for s in day)) for day in days]


async def gather_two(store: SqlStore) -> tuple[StoryId, StoryId]:
    a, b, c, d = await tell(store, a=WIRE, b=WIRE, c2=WIRE, d2=OWN)
    return await gather_story(store, [a, c], at=TOMORROW), await gather_story(store, [b, d], at=TOMORROW)


async def test_copies_fold_within_a_day_once_their_stories_are_one(store: SqlStore) -> None:
    one, other = await gather_two(store)
    assert await count(store) == [(2, 2, 2), (2, 2, 2)]
    await store.merge_stories(one, other, TOMORROW)
    assert await count(store) == [(1, 2, 1), (1, 2, 2)]
    assert (await store.get_story(one)).origins == 2


async def test_what_is_taken_out_has_an_origin_of_its_own(store: SqlStore) -> None:
    one, other = await gather_two(store)
    await store.merge_stories(one, other, TOMORROW)
    await count(store)
    first, *_ = (await store.get_story(one)).articles
    parted = (await store.split_story(one, [first], workspace=HERE, actor="u", now=TOMORROW)).parted_id
    assert await count(store) == [(2, 2, 2), (1, 2, 2)]
    assert [story.origins for story in await store.list_stories([one, parted])] == [2, 1]


async def test_a_story_that_comes_to_a_topic_later_is_counted_then(store: SqlStore) -> None:
    articles = await tell(store, a=WIRE, b=WIRE, c=OWN)
    await gather_story(store, articles, topics=(), at=TOMORROW)
    assert await recount_origins(store) == 0
    await store.replace_matches(TopicId("huawei"), articles, [match(article, "huawei") for article in articles])
    assert await count(store) == [(1, 3, 2), (0, 0, 0)]
    await store.replace_matches(TopicId("huawei"), articles, [match(article, "huawei") for article in articles])
    assert await recount_origins(store) == 0, "it is known by now"


async def test_what_is_asked_again_during_a_count_is_counted_again(store: SqlStore) -> None:
    one, other = await gather_two(store)
    await store.merge_stories(one, other, TOMORROW)
    [waiting] = await store.list_recounts(5)
    articles = (await store.get_story(one)).articles
    await store.split_story(one, articles[:1], workspace=HERE, actor="u", now=TOMORROW)
    await store.save_origins(waiting, dict.fromkeys(articles, articles[0]))
    assert await count(store) == [(2, 2, 2), (1, 2, 2)]
