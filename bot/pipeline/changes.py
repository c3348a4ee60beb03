"""Changes: versions of articles that nobody judged -> what matters of them -> developments, edits and replies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.alerts.decide import StoryChange, decide_alerts
from bot.domain.alerts import AlertKind
from bot.domain.changes import ChangedArticle, JudgedChanges, NewChange
from bot.domain.models import Channel, StoryId, Subscription, Topic, TopicId
from bot.domain.records import NewAlert, StoryRef
from bot.pipeline.memories import Memories, StoryMemory
from bot.pipeline.unfolding import Unfolding
from bot.ports import Store
from bot.stories.changes import Change, find_change
from bot.stories.said import Names, Said

BATCH = 200
MOST_OF_AN_ARTICLE = 3
"""An article that changes with every poll is told as changed so often, and not again."""


async def tell_changes(
    store: Store, memories: Memories, names: Names, topics: Mapping[TopicId, Topic], now: datetime
) -> int:
    """Judge what waits, and write what came of it in one transaction; returns how many alerts that made."""
    waiting = await store.list_changed(BATCH)
    if not waiting:
        return 0
    found = await asyncio.to_thread(_judge, waiting, names)
    alerts: list[NewAlert] = []
    if found:
        subscriptions = await store.list_live_subscriptions()
        for changed, change in found:
            alerts += await _decide(store, changed, change, topics, subscriptions, names)
    judged = JudgedChanges(
        judged=tuple((changed.after.id, changed.digest) for changed in waiting),
        changes=tuple(
            NewChange(
                article_id=changed.after.id,
                story_id=changed.story_id,
                reason=change.reason,
                before=change.before,
                after=change.after,
            )
            for changed, change in found
        ),
        alerts=tuple(alerts),
    )
    await store.save_changes(judged, now)
    for changed, _ in found:
        memories.amend(changed.story_id, changed.after)
    return len(alerts)


def _judge(waiting: Sequence[ChangedArticle], names: Names) -> list[tuple[ChangedArticle, Change]]:
    """Find the changes that matter; of several versions of one article the last one counts."""
    found: dict[int, tuple[ChangedArticle, Change]] = {}
    for changed in waiting:
        if changed.before is None or changed.told >= MOST_OF_AN_ARTICLE:
            continue
        change = find_change(changed.before, changed.after, names)
        if change is not None:
            found[changed.after.id] = (changed, change)
    return list(found.values())


async def _decide(
    store: Store,
    changed: ChangedArticle,
    change: Change,
    topics: Mapping[TopicId, Topic],
    subscriptions: Sequence[tuple[Channel, Subscription]],
    names: Names,
) -> list[NewAlert]:
    """Tell the channels that have the story, and nobody else: a change makes no story new."""
    ref = StoryRef(id=changed.story_id)
    told = frozenset(one.channel_id for one in await store.list_told([changed.story_id]))
    if not told:
        return []
    story = await _recall(store, ref, changed.story_id, names)
    users = (await store.list_users([changed.after.id])).get(changed.after.id, frozenset())
    decided = decide_alerts(
        StoryChange(
            story=ref,
            article=changed.after,
            users=users,
            topics=story.list_scores(topics),
            earlier=tuple(story.seen),
            development=change.reason,
            muted=frozenset(one.channel_id for one in await store.list_mutes([changed.story_id])),
            followers=tuple(channel for _, channel in await store.list_followers([changed.story_id])),
        ),
        subscriptions,
        told,
    )
    return [alert for alert in decided if alert.kind is not AlertKind.NEW]


async def _recall(store: Store, ref: StoryRef, story_id: StoryId, names: Names) -> Unfolding:
    [story] = await store.list_stories([story_id])
    unfolding = Unfolding(ref=ref, memory=StoryMemory(Said(names)))
    unfolding.recall(story)
    unfolding.recall_coverage(
        await store.get_articles(story.articles),
        await store.list_users(story.articles),
        await store.list_story_matches(story_id),
    )
    return unfolding
