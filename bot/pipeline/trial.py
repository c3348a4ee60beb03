"""Trial: a topic tried on what is kept, before it is trusted.

the words that every hit must hold -> the store's full text, newest first, in slices -> the matcher, off the event loop
-> hits, terms, examples -> words that go with the hits -> near misses, each verified as an alias
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from bot.domain.errors import QueryError
from bot.domain.models import Article, FeedId, Topic, WorkspaceId
from bot.domain.text import tokens
from bot.pipeline.near import NearFinder
from bot.pipeline.pauses import breathe
from bot.pipeline.wanted import find_wanted
from bot.ports import Store
from bot.stories.function_words import MOMENTS, WORDS
from bot.topics.aliases import list_terms
from bot.topics.backtest import WINDOW, Tally, Trial, came_at, compare
from bot.topics.library import Library
from bot.topics.overlay import add_masks
from bot.topics.report import NearMiss, TrialReport
from bot.topics.suggest import Suggestion, Words, key_of

SLICE = 100
"""Articles judged in one go: what else waits for the interpreter gets it in between."""
MOST_LOOKED_AT = 20_000
LONGEST = 20.0
"""Seconds after which a trial tells of what it has seen."""
MOST_ALIASES = 3
"""Of each kind: like a term, and in the company of hits."""
MOST_SUGGESTED = 8
MOST_READ = 1_000
"""The hits whose words are counted for suggestions."""
BINDING = frozenset(word for words in WORDS.values() for word in words) | MOMENTS
IGNORED = frozenset(word for written in BINDING for word in tokens(written))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trier:
    """Tries topics for a workspace, on what it sees; `masks` are its own, beside those of the packs."""

    store: Store
    library: Library
    viewer: WorkspaceId
    now: datetime

    async def try_topic(self, topic: Topic, *, before: Topic | None = None, masks: Sequence[str] = ()) -> TrialReport:
        """Try a topic on the last thirty days, or on what there is."""
        library = add_masks(self.library, topic.id, masks)
        # A pack's topic has thousands of terms: to make it ready takes a while.
        tally = await asyncio.to_thread(Tally.of, topic, library)
        older = await asyncio.to_thread(Tally.of, before, library) if before is not None else None
        feeds = {feed.id: feed.name for feed in await self.store.list_feeds(self.viewer)}
        words = Words()
        trial = await self._walk(tally, older, feeds, words)
        finder = NearFinder(
            store=self.store, library=library, viewer=self.viewer, now=self.now, tally=tally, feeds=feeds
        )
        near, suggestions = await self._find_near(topic, finder, words)
        return TrialReport(
            trial=trial,
            near=near,
            suggestions=suggestions,
            difference=compare(older, tally) if older is not None else None,
        )

    async def count_masked(self, topic: Topic, mask: str) -> int:
        """Count the hits of the last thirty days (the newest thousand that hold it) that a mask would take away."""
        wanted = [[[" ".join(tokens(mask))]]]
        since = self.now - WINDOW
        page = await self.store.list_archive(self.viewer, wanted, since=since, limit=MOST_READ)
        feeds = {feed.id: feed.name for feed in await self.store.list_feeds(self.viewer)}
        before, after = (Tally.of(topic, add_masks(self.library, topic.id, masks)) for masks in ([], [mask]))
        for start in range(0, len(page), SLICE):
            some = page[start : start + SLICE]
            await asyncio.to_thread(before.judge, some, feeds)
            await asyncio.to_thread(after.judge, some, feeds)
        return len(before.hits.keys() - after.hits.keys())

    async def _walk(self, tally: Tally, older: Tally | None, feeds: Mapping[FeedId, str], words: Words) -> Trial:
        """Judge slice after slice, newest first, until the window, the count or the time is over."""
        since = self.now - WINDOW
        size = await self.store.measure_archive(self.viewer, since)
        topics = [tally.topic, *([older.topic] if older is not None else [])]
        wanted = await find_wanted(self.store, self.library, topics)
        looked_at, below, began = 0, None, monotonic()
        oldest = since if size.oldest_at is None else max(since, size.oldest_at)
        is_cut = False
        while page := await self.store.list_archive(self.viewer, wanted, since=since, below=below, limit=SLICE):
            await asyncio.to_thread(_judge, page, tally, older, feeds, words)
            looked_at += len(page)
            below = page[-1].id
            if len(page) < SLICE:
                break
            if looked_at >= MOST_LOOKED_AT or monotonic() - began > LONGEST:
                is_cut, oldest = True, max(oldest, min(map(came_at, page)))
                break
            await breathe()
        if is_cut:
            size = await self.store.measure_archive(self.viewer, oldest)
        return tally.result(since=oldest, until=self.now, archive=size.articles, looked_at=looked_at, is_cut=is_cut)

    async def _find_near(
        self, topic: Topic, near: NearFinder, words: Words
    ) -> tuple[tuple[NearMiss, ...], tuple[Suggestion, ...]]:
        """Find what the topic just misses, and the words that go with its hits."""
        spelled = (await near.find_by_spelling())[:MOST_ALIASES]
        said = [miss.alias.word for miss in spelled]
        suggestions = await self._suggest(topic, words, said)
        others = await near.find_by_company(suggestions, IGNORED, said)
        return (*spelled, *others[:MOST_ALIASES]), suggestions

    async def _suggest(self, topic: Topic, words: Words, said: Sequence[str]) -> tuple[Suggestion, ...]:
        """Find words that go with the hits; those that bind sentences, and the topic's own, are none."""
        own = [term for clause in topic.clauses for term in self._terms(clause.query)]
        candidates = await asyncio.to_thread(words.candidates, IGNORED)
        if not candidates:
            return ()
        archive = await self.store.count_words(candidates)
        totals = await self.store.count_languages()
        known = {key_of(term.strip("*")) for term in (*own, *said)} - {""}
        return tuple(await asyncio.to_thread(words.suggest, archive, totals, known=known, most=MOST_SUGGESTED))

    def _terms(self, query: str) -> list[str]:
        try:
            return list_terms(self.library.read_query(query), self.library)
        except QueryError:
            return []


def _judge(
    page: Sequence[Article], tally: Tally, older: Tally | None, feeds: Mapping[FeedId, str], words: Words
) -> None:
    tally.judge(page, feeds)
    if older is not None:
        older.judge(page, feeds)
    for article in page:
        if article.id in tally.hits and words.texts < MOST_READ:
            words.add(article.title, article.text, article.language)
