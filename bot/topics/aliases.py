"""Aliases: words to consider beside a topic's terms, and where in its query they would stand.

Words of the archive that look like a term are near misses by spelling: a term inside a longer word (a compound, an
inflection), or one letter away (another spelling, a slip).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.query import And, Group, InPart, Near, Not, Or, Query, Term, join_all, join_any, parse_term
from bot.domain.text import is_han_or_kana, tokens
from bot.topics.library import Library

SHORTEST_PART = 4
"""A term of fewer letters is inside too many words that have nothing to do with it (zte in letzte)."""
SHORTEST_SLIP = 6
LONGEST_TAIL = 14
MOST_TERMS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A word that the topic does not catch, the term that it would stand beside, and how many articles hold it."""

    word: str
    term: str
    articles: int


def list_terms(query: Query, library: Library) -> list[str]:
    """List the terms that a query looks for, those of its groups included, without what it leaves out."""
    match query:
        case Term(text):
            return [text]
        case Group(name):
            group = library.groups.get(name)
            return [parse_term(t).text for t in group.terms] if group else []
        case And(parts) | Or(parts):
            return [term for part in parts for term in list_terms(part, library)]
        case Near(left, right):
            return [*list_terms(left, library), *list_terms(right, library)]
        case InPart(part=part):
            return list_terms(part, library)
        case Not():
            return []
        case _:
            return []


def list_anchors(query: Query, library: Library) -> list[str]:
    """List a term of each part that a hit must have, beside which an alias may stand."""
    match query:
        case And(parts):
            return list(dict.fromkeys(term for part in parts for term in list_anchors(part, library)))
        case Near(left, right):
            return [*list_anchors(left, library), *list_anchors(right, library)]
        case _:
            return list_terms(query, library)[:1]


def list_word_parts(terms: Iterable[str], most: int = MOST_TERMS) -> dict[str, str]:
    """Return, by the part to look for in words, the term that it stands for: single words of some length."""
    parts: dict[str, str] = {}
    for term in terms:
        words = tokens(term.strip("*"))
        is_word = len(words) == 1 and "*" not in term.strip("*") and not is_han_or_kana(words[0][0])
        if is_word and len(words[0]) >= SHORTEST_PART:
            parts.setdefault(words[0], term)
    return dict(list(parts.items())[:most])


def list_stems(parts: Iterable[str]) -> list[str]:
    """Return what to ask the archive's words for: the parts, and halves of longer ones (a slip leaves one whole)."""
    stems = list(parts)
    for part in list(stems):
        if len(part) >= SHORTEST_SLIP:
            half = len(part) // 2
            stems += [part[:half], part[half:]] if half >= 3 else []
    return [stem for stem in dict.fromkeys(stems) if not any(o != stem and o in stem for o in stems)]


def find_aliases(words: Sequence[tuple[str, int]], parts: dict[str, str], most: int) -> list[Alias]:
    """Find the words that are near a part, those of most articles first; `words` with the articles that hold them."""
    found = []
    for word, articles in words:
        part = next((part for part in parts if _is_near(word, part)), None)
        if part is not None:
            found.append(Alias(word=word, term=parts[part], articles=articles))
    found.sort(key=lambda alias: (-alias.articles, alias.word))
    return found[:most]


def _is_near(word: str, part: str) -> bool:
    if word == part:
        return False
    if part in word:
        is_inside = not (word.startswith(part) or word.endswith(part))
        return len(word) - len(part) <= LONGEST_TAIL and not (is_inside and len(part) < SHORTEST_SLIP)
    if len(part) < SHORTEST_SLIP or abs(len(word) - len(part)) > 1:
        return False
    return word[0] == part[0] and differs_by_one(word, part)


def differs_by_one(one: str, other: str) -> bool:
    """Tell whether one letter was changed, added or left out, or two neighbours swapped."""
    changes = [step for step in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if step[0] != "equal"]
    if len(changes) == 1:
        _, a, b, c, d = changes[0]
        return max(b - a, d - c) == 1
    is_swap = len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 2
    return is_swap and sorted(one) == sorted(other) and _is_neighbour_swap(one, other)


def _is_neighbour_swap(one: str, other: str) -> bool:
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return places[1] - places[0] == 1


def add_alias(query: Query, term: str, alias: str, library: Library) -> Query:
    """Return the query with an alias beside a term, or beside the group that holds the term, wherever these stand."""

    def add(part: Query) -> Query:
        return add_alias(part, term, alias, library)

    match query:
        case Term(text) if text == term:
            return join_any((query, Term(alias)))
        case Group() if term in list_terms(query, library):
            return join_any((query, Term(alias)))
        case And(parts):
            return join_all(add(part) for part in parts)
        case Or(parts):
            return join_any(add(part) for part in parts)
        case InPart(where, part):
            return InPart(where, add(part))
        case Near(left, right, distance):
            return Near(add(left), add(right), distance)
        case _:
            return query
