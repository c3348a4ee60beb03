"""How the database goes about what is asked often: along an index, never through a whole table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.models import ArticleId, ChannelId, DeliveryId, StoryId, TopicId
from bot.domain.records import Sent
from bot.storage.store import SqlStore
from tests.storage.making import HERE, LEASE, NOW, Told, add_channel, add_feed, arrival, bring, gather_story, poll_of

Ask = Callable[[SqlStore], Awaitable[object]]
DAYS = timedelta(days=9)
ZTE, HUAWEI = TopicId("zte"), TopicId("huawei")


async def look_up(store: SqlStore) -> None:
    [feed] = await store.claim_due_feeds(NOW + DAYS, LEASE, 1)
    assert await store.find_known(feed, [arrival("a").keys])


async def poll_again(store: SqlStore) -> None:
    [feed] = await store.claim_due_feeds(NOW + DAYS, LEASE, 1)
    assert await store.save_poll(poll_of(feed, arrival("a"), arrival("z"))) == 1


ASKED_OFTEN: dict[str, Ask] = {
    "claim_due_feeds": lambda s: s.claim_due_feeds(NOW, LEASE, 10),
    "find_known": look_up,
    "save_poll": poll_again,
    "next_feed_due_at": lambda s: s.next_feed_due_at(),
    "list_ungathered": lambda s: s.list_ungathered(10),
    "list_gathered_since": lambda s: s.list_gathered_since(NOW),
    "list_open_groups": lambda s: s.list_open_groups(NOW),
    "search": lambda s: s.search(HERE, [["title"]], 5),
    "latest": lambda s: s.latest(HERE, None, 5),
    "latest of a topic": lambda s: s.latest(HERE, ZTE, 5),
    "list_topic_stories": lambda s: s.list_topic_stories(HERE, [ZTE, HUAWEI], before=NOW, limit=5),
    "list_day_shares": lambda s: s.list_day_shares(HERE, ZTE, [NOW, NOW + LEASE]),
    "next_digest_due_at": lambda s: s.next_digest_due_at(NOW),
    "list_stories_between": lambda s: s.list_stories_between(
        HERE, ZTE, least=0.6, since=NOW - LEASE, until=NOW, limit=5
    ),
    "find_watched_since": lambda s: s.find_watched_since(HERE),
    "list_headlines": lambda s: s.list_headlines(200, NOW, 10),
    "list_pages": lambda s: s.list_pages([ArticleId(1)]),
    "get_story": lambda s: s.get_story(StoryId(1)),
    "list_stories": lambda s: s.list_stories([StoryId(1), StoryId(2)]),
    "list_visible_articles": lambda s: s.list_visible_articles(HERE, StoryId(1)),
    "list_story_matches": lambda s: s.list_story_matches(StoryId(1)),
    "list_matches": lambda s: s.list_matches([ArticleId(1), ArticleId(2)]),
    "list_told": lambda s: s.list_told([StoryId(1)]),
    "list_best_scores": lambda s: s.list_best_scores([StoryId(1)]),
    "claim_due_deliveries": lambda s: s.claim_due_deliveries(NOW, LEASE, 10),
    "next_delivery_due_at": lambda s: s.next_delivery_due_at(),
    "list_posted_since": lambda s: s.list_posted_since(ChannelId(1), NOW),
    "list_waiting": lambda s: s.list_waiting(ChannelId(1)),
    "mark_sending": lambda s: s.mark_sending([DeliveryId(1)], NOW),
    "record_sent": lambda s: s.record_sent([Sent(delivery_id=DeliveryId(1), message_id="m", shown_hash="h")], NOW),
    "list_mentions": lambda s: s.list_mentions([ChannelId(1)]),
    "list_archive": lambda s: s.list_archive(HERE, [[["title"]]], since=NOW, limit=5),
    "list_fellows": lambda s: s.list_fellows(HERE, [ArticleId(1)], since=NOW, limit=5),
    "list_tunings": lambda s: s.list_tunings(HERE),
    "record_failed": lambda s: s.record_failed(DeliveryId(1), reason="", now=NOW),
}
# Walks in the order of an index that stop at their limit; what is found, what waits, and what the program makes up.
ORDERED = re.compile(
    r"SCAN (stories USING COVERING INDEX ix_stories_updated_at|feeds USING COVERING INDEX ix_feeds_due_at"
    r"|articles USING (COVERING )?INDEX (ix_articles_ungathered|ix_articles_seen_at)"
    r"|deliveries USING INDEX ix_deliveries_open|article_words VIRTUAL TABLE .*|busy|first_open|ready"
    r"|anon_\d+( VIRTUAL TABLE .*)?"
    r"|sqlite_sequence|json_each VIRTUAL TABLE .*|\(subquery-\d+\)|\d+ CONSTANT ROWS?)"
)


async def fill(store: SqlStore) -> None:
    feed, channel = await add_feed(store, "wire"), await add_channel(store, "general")
    await gather_story(store, await bring(store, feed, "a", "b"), Told(channel=channel), topics=[("zte", 0.9)])
    await store.save_poll(poll_of(feed, arrival("c")))


def explain(path: Path, statements: list[tuple[str, Any]]) -> list[str]:
    with closing(sqlite3.connect(path)) as db:
        plans = [db.execute(f"EXPLAIN QUERY PLAN {text}", values) for text, values in statements]
        return [row[3] for plan in plans for row in plan]


@pytest.mark.parametrize("asked", ASKED_OFTEN)
async def test_what_is_asked_often_goes_along_an_index(store: SqlStore, path: Path, asked: str) -> None:
    await fill(store)
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, _context: Any, is_many: bool) -> None:
        if not is_many:
            statements.append((text, values))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await ASKED_OFTEN[asked](store)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    steps = explain(path, statements)
    assert steps
    walks = [step for step in steps if step.startswith("SCAN") and not ORDERED.fullmatch(step)]
    sorts = [step for step in explain(path, statements[:1]) if "TEMP B-TREE FOR ORDER BY" in step]
    assert walks == []
    assert [step for step in steps if "ix_matches_topic_id" in step] == [], "a topic's matches are many"
    assert sorts == [] or asked not in {"search", "latest", "latest of a topic", "list_ungathered", "claim_due_feeds"}
