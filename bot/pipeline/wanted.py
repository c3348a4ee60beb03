"""What the store's full text is asked for, so that few articles need to be judged and no hit is missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.errors import InputError, QueryError
from bot.domain.models import Topic
from bot.domain.query import And, InPart, Near, Or, Query, Term, join_all, join_any, walk
from bot.domain.text import HAN_KANA, HANGUL, tokens
from bot.ports import Store
from bot.topics.library import Library
from bot.topics.search import search_terms

MOST_WORDS = 2_000
"""Of what ends or holds a part; where there are more, everything is looked at."""
Wanted = list[list[list[str]]]
_OWN_RULES = re.compile(f"[{HAN_KANA}{HANGUL}\u0620-\u06ff\u0750-\u077f]")


async def find_wanted(store: Store, library: Library, topics: Sequence[Topic]) -> Wanted | None:
    """Return what every hit of one of the topics holds, clause by clause; None: nothing can be asked for.

    What the full text has no index for, a word's end (*overleg), is looked up among the words that the archive knows.
    """
    queries = list(_read(topics, library))
    known: dict[Term, Query] = {}
    for term in {node for query in queries for node in walk(query) if isinstance(node, Term)}:
        if (part := _part(term)) is not None:
            known[term] = await _look_up(store, term, part)
    wanted: Wanted = []
    for query in queries:
        try:
            terms = search_terms(_replace(query, known), library)
        except InputError:
            return None
        if not terms:
            return None
        wanted.append(terms)
    return wanted


def _read(topics: Sequence[Topic], library: Library) -> Iterator[Query]:
    for topic in topics:
        for clause in topic.clauses:
            try:
                yield library.read_query(clause.query)
            except QueryError:
                continue  # the matcher passes this clause over as well


def _part(term: Term) -> str | None:
    """Return the part that a word must end in or hold, where the term asks for no more than that."""
    inner = term.text.strip("*")
    words = tokens(inner)
    if not term.text.startswith("*") or "*" in inner or len(words) != 1 or _OWN_RULES.search(inner):
        return None
    return words[0]


async def _look_up(store: Store, term: Term, part: str) -> Query:
    words = [word for word, _ in await store.list_words_like([part], MOST_WORDS)]
    if len(words) == MOST_WORDS:
        return term
    fitting = words if term.text.endswith("*") else [word for word in words if word.endswith(part)]
    return join_any(Term(word) for word in fitting or [part])


def _replace(query: Query, known: Mapping[Term, Query]) -> Query:
    match query:
        case Term():
            return known.get(query, query)
        case And(parts):
            return join_all(_replace(part, known) for part in parts)
        case Or(parts):
            return join_any(_replace(part, known) for part in parts)
        case InPart(where, part):
            return InPart(where, _replace(part, known))
        case Near(left, right, distance):
            return Near(_replace(left, known), _replace(right, known), distance)
        case _:
            return query
