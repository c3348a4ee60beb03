"""How many origins stories have, kept between views, so that an article's text is compared once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from bot.domain.models import Article, StoryId
from bot.stories.origins import Origins

MOST_STORIES = 128
MANY = 40
"""So many articles that are new to it are compared off the event loop."""


class Folds:
    """The origins of the stories shown last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[StoryId, Origins] = OrderedDict()

    async def place(self, story: StoryId, articles: Sequence[Article]) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Number the origin of each article that a viewer sees of a story, and name the agencies among them."""
        origins = self._kept.setdefault(story, Origins())
        self._kept.move_to_end(story)
        while len(self._kept) > MOST_STORIES:
            self._kept.popitem(last=False)
        new = [article for article in articles if article.id not in origins]
        if len(new) > MANY:
            # Another view may count the same story meanwhile; what both take in is taken in once.
            origins = await asyncio.to_thread(_fold, articles)
            self._kept[story] = origins
        return tuple(origins.add(article) for article in articles), origins.agencies(articles)


def _fold(articles: Sequence[Article]) -> Origins:
    origins = Origins()
    origins.count(articles)
    return origins
