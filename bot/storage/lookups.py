"""Which entries are known: feeds that ask at the same time share one read, as most of them ask for an entry or two."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.models import ArticleId, EntryKeys
from bot.storage.company import Company
from bot.storage.engine import Database
from bot.storage.entries import Asker, Known, load_known

MOST_ENTRIES = 2000
"""How many entries one read looks up, besides those of the feed whose turn it is."""


@dataclass(slots=True, eq=False)
class _Question:
    """A feed that waits for its answer; `known` is there once it is."""

    asker: Asker
    keys: Sequence[EntryKeys]
    known: Known | None = None

    def answer(self) -> Mapping[EntryKeys, ArticleId]:
        """Return the articles that the entries are."""
        known = self.known or Known()
        found = ((keys, known.find(self.asker, keys)) for keys in self.keys)
        return {keys: article_id for keys, article_id in found if article_id is not None}


class LookUps:
    """Looks up entries, one read after another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._company = Company()
        self._waiting: list[_Question] = []

    async def find(self, asker: Asker, keys: Sequence[EntryKeys]) -> Mapping[EntryKeys, ArticleId]:
        """Find the articles that entries of a feed already are."""
        question = _Question(asker, keys)
        self._waiting.append(question)
        try:
            async with self._turn:
                if question.known is None:
                    await self._company.gather()
                    await self._answer_all(question)
        finally:
            self._waiting = [other for other in self._waiting if other is not question]
        return question.answer()

    async def _answer_all(self, first: _Question) -> None:
        sharing = [first]
        room = MOST_ENTRIES
        for other in self._waiting:
            if other is not first and other.known is None and len(other.keys) <= room:
                room -= len(other.keys)
                sharing.append(other)
        async with self._database.read() as db:
            known = await load_known(db, ((each.asker, keys) for each in sharing for keys in each.keys))
        for each in sharing:
            each.known = known
