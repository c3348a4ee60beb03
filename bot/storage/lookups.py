"""Which entries are known: feeds that ask at the same time share one read, as most of them ask for an entry or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.feeds import EntryKeys
from bot.domain.models import ArticleId
from bot.ports.together import Together
from bot.storage.engine import Database
from bot.storage.entries import Asker, load_known

GAP = 0.1
"""Seconds between two beginnings: a statement costs more than its rows, and feeds that change come in crowds."""
MOST_ENTRIES = 2_000
"""How many entries one read looks up, besides those of the feed whose turn it is."""
Found = Mapping[EntryKeys, ArticleId]


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A feed that waits for its answer."""

    asker: Asker
    keys: Sequence[EntryKeys]

    def weigh(self) -> int:
        """Tell how many entries are looked up."""
        return len(self.keys)


class LookUps:
    """Looks up entries, one read after another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._questions = Together(self._answer, weigh=_Question.weigh, room=MOST_ENTRIES, gap=GAP)

    async def find(self, asker: Asker, keys: Sequence[EntryKeys]) -> Found:
        """Find the articles that entries of a feed already are."""
        return await self._questions.ask(_Question(asker, keys))

    async def _answer(self, questions: Sequence[_Question]) -> list[Found]:
        asked = [(question.asker, keys) for question in questions for keys in question.keys]
        known = await self._database.read_whole(partial(load_known, asked=asked))
        found: list[Found] = []
        for question in questions:
            pairs = ((keys, known.find(question.asker, keys)) for keys in question.keys)
            found.append({keys: article_id for keys, article_id in pairs if article_id is not None})
        return found
