"""Near misses of a topic: words that would catch articles which it misses, each an alias to consider.

by spelling: the archive's words that look like the topic's terms
by company: articles of the hits' stories, or with several words that go with the hits -> what sets those apart that no
    term catches
each -> the query with the word beside a term -> tried on the archive, kept where it brings more
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import combinations, islice

from bot.domain.errors import QueryError
from bot.domain.models import Article, ArticleId, Clause, FeedId, Sensitivity, Topic, WorkspaceId
from bot.domain.query import Query, format_query, join_any, parse_term
from bot.ports import Store
from bot.topics.aliases import Alias, add_alias, find_aliases, list_anchors, list_stems, list_terms, list_word_parts
from bot.topics.backtest import WINDOW, Tally
from bot.topics.library import Library
from bot.topics.matcher import build_query_matcher
from bot.topics.report import NearMiss
from bot.topics.suggest import Suggestion, Words, key_of
from bot.topics.texts import ArticleText

MOST_WORDS = 2_000
MOST_TRIED = 8
MOST_WITH_ALIAS = 100
MOST_MISSED = 200
"""Articles in the company of hits of which the words are counted, of their stories and by their words each."""
MOST_HITS = 300
"""The newest hits whose stories are looked through."""
MOST_COMPANIONS = 6
MOST_CANDIDATES = 100
MOST_ANCHORS = 4
"""Terms beside which a word that keeps company with hits is tried; a pack's topic has hundreds."""
MOSTLY = 0.6
"""A word belongs to a topic: so much of what holds it is hits, or keeps company with them."""


@dataclass(frozen=True, kw_only=True)
class NearFinder:
    """Finds what a topic just misses; `tally` holds what it hits, `library` the masks as well."""

    store: Store
    library: Library
    viewer: WorkspaceId
    now: datetime
    tally: Tally
    feeds: Mapping[FeedId, str]

    @property
    def topic(self) -> Topic:
        """The topic."""
        return self.tally.topic

    @cached_property
    def terms(self) -> list[str]:
        """What its clauses look for; one that cannot be read looks for nothing."""
        return list(dict.fromkeys(term for query in self._queries() for term in list_terms(query, self.library)))

    def _queries(self) -> Iterator[Query]:
        for clause in self.topic.clauses:
            try:
                yield self.library.read_query(clause.query)
            except QueryError:
                continue

    async def find_by_spelling(self) -> list[NearMiss]:
        """Find words like the topic's own that it does not catch, those that bring most first."""
        terms = await asyncio.to_thread(lambda: self.terms)
        known_terms = set(terms)
        # Of a pack's thousands of terms those that fire here come first; no more than some are looked for.
        fired = Counter(reason.term for hit in self.tally.hits.values() for reason in hit.reasons)
        parts = list_word_parts([*(term for term, _ in fired.most_common() if term in known_terms), *terms])
        known = await self.store.list_words_like(list_stems(parts), MOST_WORDS)
        aliases = await asyncio.to_thread(find_aliases, known, parts, MOST_TRIED)
        aliases = await asyncio.to_thread(self._leave_caught, aliases)
        found = [miss for alias in aliases if (miss := await self._try(alias.word, [alias.term], None))]
        return sorted(found, key=lambda miss: -miss.articles)

    def _leave_caught(self, aliases: Sequence[Alias]) -> list[Alias]:
        """Leave out what a term catches: game* catches games already, and one mention is not two."""
        if not aliases:
            return []
        caught = build_query_matcher(join_any(map(parse_term, self.terms)), self.library, now=self.now)
        return [alias for alias in aliases if not caught.matches(ArticleText(title=alias.word))]

    async def find_by_company(
        self, companions: Sequence[Suggestion], ignored: Collection[str], said: Sequence[str]
    ) -> list[NearMiss]:
        """Find words that set apart what keeps company with hits and is none, those that bring most first.

        `companions` are words that go with hits, `ignored` keys of words that say nothing, `said` words told already.
        """
        missed = await self._list_missed(companions)
        words = Words()
        await asyncio.to_thread(_add_all, words, missed)
        candidates = words.candidates(ignored)[:MOST_CANDIDATES]
        if not candidates:
            return []
        archive, totals = await self.store.count_words(candidates), await self.store.count_languages()
        own = {key_of(term.strip("*")) for term in (*self.terms, *said)} - {""}
        likely = await asyncio.to_thread(words.suggest, archive, totals, known=own, most=MOST_TRIED)
        anchors = dict.fromkeys(term for query in self._queries() for term in list_anchors(query, self.library))
        among = {article.id for article in missed}
        found = [miss for one in likely if (miss := await self._try(one.term, [*islice(anchors, MOST_ANCHORS)], among))]
        return sorted(found, key=lambda miss: -miss.articles)

    async def _list_missed(self, companions: Sequence[Suggestion]) -> list[Article]:
        """List what no term catches, of the stories that hits are in or with two words that are mostly said of hits."""
        since = self.now - WINDOW
        newest = sorted(self.tally.hits, reverse=True)[:MOST_HITS]
        found = await self.store.list_fellows(self.viewer, newest, since=since, limit=MOST_MISSED)
        faithful = [key_of(one.term) for one in companions if one.hits >= MOSTLY * one.articles][:MOST_COMPANIONS]
        pairs = [[[a], [b]] for a, b in combinations(faithful, 2)]
        if pairs:
            found += await self.store.list_archive(self.viewer, pairs, since=since, limit=MOST_MISSED)
        missed = {article.id: article for article in found if article.id not in self.tally.hits}
        # What the topic reaches, but is less sure of than it asks, is no miss of its words.
        judged = Tally(replace(self.topic, sensitivity=Sensitivity.WIDE), self.tally.matcher)
        await asyncio.to_thread(judged.judge, list(missed.values()), self.feeds)
        return [article for number, article in missed.items() if number not in judged.hits]

    async def _try(self, word: str, terms: Sequence[str], among: Collection[ArticleId] | None) -> NearMiss | None:
        """Try a word beside each of these terms; None where it brings nothing, or mostly what is not `among`."""
        wanted = [[[key_of(word)]]]
        page = await self.store.list_archive(self.viewer, wanted, since=self.now - WINDOW, limit=MOST_WITH_ALIAS)
        now = Tally(self.topic, self.tally.matcher)
        await asyncio.to_thread(now.judge, page, self.feeds)
        missed = [article for article in page if article.id not in now.hits]
        if among is not None:
            kept = len(now.hits) + sum(article.id in among for article in missed)
            if kept < MOSTLY * len(page):
                return None
        tried = [
            miss
            for term in terms
            if (miss := await self._widen(Alias(word=word, term=term, articles=len(page)), missed, among or ()))
        ]
        return max(tried, key=lambda miss: miss.articles, default=None)

    async def _widen(self, alias: Alias, missed: Sequence[Article], among: Collection[ArticleId]) -> NearMiss | None:
        """Judge what is missed by the clauses with an alias beside a term."""
        # A pack's topic has thousands of terms: to make it ready takes a while.
        other = await asyncio.to_thread(self._judge_wider, alias, missed) if missed else None
        if other is None or not other.hits:
            return None
        return NearMiss(
            alias=alias,
            query=other.topic.clauses[0].query,
            articles=len(other.hits),
            is_more=alias.articles == MOST_WITH_ALIAS,
            example=max(other.hits.values(), key=lambda hit: (hit.id in among, hit.at, hit.id)),
        )

    def _judge_wider(self, alias: Alias, missed: Sequence[Article]) -> Tally | None:
        clauses = tuple(self._widen_clauses(alias))
        if not clauses:
            return None
        other = Tally.of(replace(self.topic, clauses=clauses), self.library)
        other.judge(missed, self.feeds)
        return other

    def _widen_clauses(self, alias: Alias) -> Iterator[Clause]:
        """Set an alias beside a term, in each clause that has it and does not grow too long; the others hit no more."""
        for clause in self.topic.clauses:
            try:
                query = self.library.read_query(clause.query)
                wider = add_alias(query, alias.term, alias.word, self.library)
                if wider != query:
                    self.library.read_topic_query(format_query(wider))
                    yield replace(clause, query=format_query(wider))
            except QueryError:
                continue


def _add_all(words: Words, found: Sequence[Article]) -> None:
    for article in found:
        words.add(article.title, article.text, article.language)
