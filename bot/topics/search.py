"""What the store's full-text search must look for so that it misses nothing that a query hits."""

from __future__ import annotations

import re

from bot.domain.query import And, Group, InPart, Near, Or, Query, Term, parse_term
from bot.domain.text import HANGUL, UNSPACED, fold, is_han_or_kana, tokens
from bot.topics.library import Library
from bot.topics.terms import CLITICS

_UNSPACED = re.compile(f"[{UNSPACED}]")
_HANGUL_END = re.compile(f"[{HANGUL}]\\Z")
_ARABIC_START = re.compile("[\u0620-\u06ff\u0750-\u077f]")
Alternatives = list[str]


def search_terms(query: Query, library: Library) -> list[Alternatives]:
    """Return alternatives of which every article that the query hits holds one, for each list.

    A term is words of `domain.text.tokens` joined by a space; a trailing * means a word start. What cannot be required
    (a word's end, a place, a date) is left out, so [] is possible; the matcher verifies candidates.
    """
    return _required(query, library)


def _required(query: Query, library: Library) -> list[Alternatives]:
    match query:
        case Term():
            return _term(query)
        case Group(name):
            group = library.groups.get(name)
            return _any_of([_term(parse_term(t)) for t in group.terms]) if group else []
        case And(parts):
            return [needed for part in parts for needed in _required(part, library)]
        case Near(left, right):
            return [*_required(left, library), *_required(right, library)]
        case Or(parts):
            return _any_of([_required(part, library) for part in parts])
        case InPart(part=part):
            return _required(part, library)
        case _:
            return []


def _any_of(parts: list[list[Alternatives]]) -> list[Alternatives]:
    """Join by OR: of each part the list that narrows most; nothing can be asked where one part asks nothing."""
    if not parts or not all(parts):
        return []
    joined = [term for part in parts for term in min(part, key=_looseness)]
    return [list(dict.fromkeys(joined))]


def _looseness(alternatives: Alternatives) -> tuple[int, int]:
    return len(alternatives), -min(map(len, alternatives))


def _term(term: Term) -> list[Alternatives]:
    """Cut a term where a star or a script hides a word from the search; every piece left is required."""
    return [needed for piece in _pieces(fold(term.text)) if (needed := _piece(piece))]


def _pieces(folded: str) -> list[str]:
    """Keep what stands between stars: a star ends a piece, what follows one up to the word's end is dropped."""
    pieces = []
    for index, piece in enumerate(folded.split("*")):
        kept = piece
        if index:
            rest = re.match(r"\w*", piece)
            kept = piece[rest.end() :] if rest else piece
        is_last = index == folded.count("*")
        pieces.append(kept if is_last else f"{kept}*")
    return pieces


def _piece(piece: str) -> Alternatives:
    is_start = piece.endswith("*") and bool(re.search(r"\w\*\Z", piece))
    words = tokens(piece)
    if _UNSPACED.search(piece):
        return []  # the full text knows no words of these scripts
    if words and is_han_or_kana(words[0][0]) and len(words[0]) == 1:
        words = words[1:]  # a lone character may be the end of a longer run, which no word start finds
    if not words:
        return []
    last = words[-1]
    if _HANGUL_END.search(last) or (is_han_or_kana(last[0]) and len(last) == 1):
        is_start = True
    text = " ".join(words) + ("*" if is_start else "")
    if _ARABIC_START.match(words[0]):
        return [text, *(clitic + text for clitic in CLITICS)]
    return [text]
