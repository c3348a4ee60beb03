"""Rematch: the archive matched anew with a topic that was saved or tuned, silently: what is history is no news.

a row says which topic -> the archive in slices -> matches and the scores of stories replaced -> the row goes
A crash in between leaves the row, and the next start begins again: replacing twice changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from bot.domain.models import EVERYONE, Article, ArticleId, FeedId, Match, Topic, TopicId
from bot.domain.tunings import Rematch, TunedScore, TuningKind
from bot.pipeline.bells import Bells
from bot.pipeline.events import emit
from bot.pipeline.pauses import breathe
from bot.pipeline.wanted import find_wanted
from bot.ports import Store
from bot.topics.library import Library
from bot.topics.matcher import Matcher, build_matcher
from bot.topics.overlay import Overlay, build_overlay
from bot.topics.texts import ArticleText

SLICE = 200
IDLE = timedelta(minutes=5)
Feeds = Mapping[FeedId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rematcher:
    """Matches the archive anew, one topic after the other."""

    store: Store
    library: Library
    bells: Bells

    async def run(self) -> None:
        """Do what is asked for as it comes, until cancelled."""
        while True:
            if not await self.rematch_all():
                await self.bells.rematch.wait(IDLE)

    async def rematch_all(self) -> int:
        """Match everything anew that is asked for; returns how many topics those were."""
        asked = await self.store.list_rematches()
        for one in asked:
            await self._rematch(one)
        return len(asked)

    async def _rematch(self, asked: Rematch) -> None:
        began = perf_counter()
        await self._outlast_gathering()
        topics = {topic.id: topic for topic in await self.store.list_all_topics()}
        topic = topics.get(asked.topic_id)
        count = 0
        if topic is not None:
            overlay = build_overlay(self.library, [topic], await self.store.list_all_tunings(TuningKind.MASK))
            feeds = await self._name_feeds(topic)
            work = self._tune if asked.is_overlay else self._match
            count = await work(topic, overlay, feeds)
        await self.store.finish_rematch(asked)
        ms = round((perf_counter() - began) * 1000)
        emit("rematch", topic=asked.topic_id, overlay=asked.is_overlay, articles=count, ms=ms)

    async def _outlast_gathering(self) -> None:
        """Wait for the batch in flight, which still writes what the topic was: the next ones know what it is."""
        self.bells.topics.set()
        async with self.bells.gathering:
            return

    async def _match(self, topic: Topic, overlay: Overlay, feeds: Feeds) -> int:
        """Match every article that the topic can hit; what it matched before and cannot hit any more goes too."""
        matcher = await asyncio.to_thread(build_matcher, self.library, [topic])
        stale = dict.fromkeys(await self.store.list_matched(topic.id))
        wanted = await find_wanted(self.store, self.library, [topic])
        below: ArticleId | None = None
        count = 0
        while page := await self.store.list_archive(None, wanted, below=below, limit=SLICE):
            found = await asyncio.to_thread(_match, page, topic.id, matcher, overlay, feeds)
            count += len(found)
            ids = [article.id for article in page]
            if found or any(number in stale for number in ids):
                await self.store.replace_matches(topic.id, ids, found)
            for number in ids:
                stale.pop(number, None)
            below = ids[-1]
            await breathe()
        left = list(stale)
        for start in range(0, len(left), SLICE):
            await self.store.replace_matches(topic.id, left[start : start + SLICE], [])
        return count

    async def _tune(self, topic: Topic, overlay: Overlay, feeds: Feeds) -> int:
        """Judge what matched already for the workspaces that taught the topic something."""
        ids = await self.store.list_matched(topic.id)
        matcher = await asyncio.to_thread(build_matcher, self.library, [topic])
        for start in range(0, len(ids), SLICE):
            some = ids[start : start + SLICE]
            page = await self.store.get_articles(some)
            found = await asyncio.to_thread(_match, page, topic.id, matcher, overlay, feeds)
            tuned = [
                TunedScore(article_id=match.article_id, workspace=workspace, score=score)
                for match in found
                for workspace, score in match.tuned
            ]
            await self.store.replace_tuned(topic.id, some, tuned)
            await breathe()
        return len(ids)

    async def _name_feeds(self, topic: Topic) -> Feeds:
        feeds = await self.store.list_feeds(topic.owner or EVERYONE)
        return {feed.id: feed.name for feed in feeds}


def _match(page: Sequence[Article], topic_id: TopicId, matcher: Matcher, overlay: Overlay, feeds: Feeds) -> list[Match]:
    found = []
    for article in page:
        text = ArticleText.of_article(article, feeds)
        for hit in matcher.match(text):
            tuned = overlay.judge(text, hit)
            found.append(
                Match(article_id=article.id, topic_id=topic_id, score=hit.score, reasons=hit.reasons, tuned=tuned)
            )
    return found
