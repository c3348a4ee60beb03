"""Retold: two stories became one -> what is news in neither wording any more falls, as long as nobody was told.

The Dutch report of a truce is news to the Dutch story; once that proves to be the English one, which said so, it is
none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.models import Article, Development, DevelopmentId, StoryId
from bot.ports import Store
from bot.stories.novelty import find_news
from bot.stories.said import Names, Said

MOST_ARTICLES = 300
"""Larger stories are left as they are: nothing of theirs is young enough to wait untold."""


async def drop_retold(store: Store, story_id: StoryId, names: Names) -> int:
    """Forget the developments of a merged story that its earlier articles told; returns how many fell."""
    story = next(iter(await store.list_stories([story_id])), None)
    if story is None or not story.developments or len(story.articles) > MOST_ARTICLES:
        return 0
    articles = await store.get_articles(story.articles)
    retold = await asyncio.to_thread(_find_retold, articles, story.developments, names)
    return await store.drop_untold(retold) if retold else 0


def _find_retold(articles: Sequence[Article], developments: Sequence[Development], names: Names) -> list[DevelopmentId]:
    """Hear the articles in the order they came; changes of an article are news whatever others said."""
    grown = {one.article_id: one for one in developments if not one.reason.startswith("changed:")}
    said = Said(names)
    retold = []
    for article in sorted(articles, key=lambda article: article.id):
        development = grown.get(article.id)
        if development is not None and said.articles and find_news(article, said) is None:
            retold.append(development.id)
        said.take(article)
    return retold
