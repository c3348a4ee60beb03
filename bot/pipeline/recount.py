"""Recount: stories that were merged, taken apart or are new to a topic -> their articles -> the origin of each."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.domain.models import Article, ArticleId
from bot.ports import Store
from bot.stories.origins import Origins

BATCH = 50


async def recount_origins(store: Store) -> int:
    """Count the origins of some of the stories that wait for it; returns how many stories that were."""
    waiting = await store.list_recounts(BATCH)
    if not waiting:
        return 0
    held = {story.id: story.articles for story in await store.list_stories([one.story_id for one in waiting])}
    articles = {a.id: a for a in await store.get_articles([i for ids in held.values() for i in ids])}
    for one in waiting:
        mine = [articles[number] for number in held.get(one.story_id, ()) if number in articles]
        await store.save_origins(one, await asyncio.to_thread(_count, mine))
    return len(waiting)


def _count(articles: Sequence[Article]) -> Mapping[ArticleId, ArticleId]:
    origins = Origins()
    origins.count(articles)
    return origins.list_firsts()
