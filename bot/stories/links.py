"""Stories of one event in different languages: linked story to story, by what reads the same in every language.

names and acts that the packs know, places, numbers and other names, within 48 hours of each other

A link needs a name, an act and a place or number in common, nothing that speaks against it, and a clear lead over any
other story; otherwise the same subject on another day would do. What is sure is joined, the rest is possibly the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.models import Article, StoryId, WorkspaceId
from bot.domain.text import fold
from bot.stories.background import read_background
from bot.stories.features import tell_language
from bot.stories.numbers import find_values
from bot.stories.places import find_places, takes_back
from bot.stories.stems import stem

Concepts = Callable[[str], Collection[str]]
"""Find the groups of the packs' terms that a text holds, by their ids: the same in every language."""

APART = timedelta(hours=48)
READ_ARTICLES = 5
LEAD_CHARS = 400
LEAST_COUNT = 10
NAME, ACT, DETAIL = 1.0, 1.0, 1.5
MOST_ACTS = 3
CONFLICT, REVERSAL = 2.0, 3.0
POSSIBLE_AT, SURE_AT = 4.5, 6.0
SURE_DETAILS = 2
CLEAR_LEAD = 1.0
PARTIES = frozenset({"us", "china"})
"""Groups of the shipped pack that name a party: one alone is in half the news, only both are a name."""
LEAST_PARTIES = 2
MANY_DETAILS = 2
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PROPER = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]{4,}")


class Likeness(StrEnum):
    """How sure it is that two stories are one."""

    POSSIBLE = "possible"
    SURE = "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a story is known by in every language."""

    story: StoryId
    scope: WorkspaceId | None
    languages: frozenset[str]
    first_at: datetime
    last_at: datetime
    names: frozenset[str]
    acts: frozenset[str]
    places: frozenset[str]
    numbers: frozenset[float]
    proper: frozenset[str]
    takes_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two stories that may be one, how like they are and how sure that is."""

    story: StoryId
    other: StoryId
    score: float
    likeness: Likeness


def sketch(story: StoryId, articles: Sequence[Article], concepts: Concepts, names: Collection[str]) -> Sketch:
    """Sketch a story by its first articles; `names` are those of the concepts that are names."""
    read = articles[:READ_ARTICLES]
    titles = "\n".join(article.title for article in read)
    text = "\n".join(f"{article.title}\n{article.text[:LEAD_CHARS]}" for article in read)
    found = frozenset(concepts(text))
    names = PARTIES.union(names)
    languages = frozenset(tell_language(f"{a.title} {a.text[:LEAD_CHARS]}", a.language) for a in read)
    times = [min(article.published_at, article.seen_at) for article in articles]
    return Sketch(
        story=story,
        scope=read[0].scope,
        languages=languages,
        first_at=min(times),
        last_at=max(times),
        names=found.intersection(names),
        acts=found.difference(names),
        places=find_places(text),
        numbers=frozenset(_numbers(read)),
        proper=frozenset(term for term in _proper(text, languages) if not concepts(term)),
        takes_back=takes_back(titles),
    )


def find_link(new: Sketch, others: Collection[Sketch]) -> Link | None:
    """Find the story that another is in a language that it has not, if one leads clearly."""
    scored = sorted(
        ((compare(new, other), other.story) for other in others if _may_link(new, other)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not scored or scored[0][0] < POSSIBLE_AT:
        return None
    best, story = scored[0]
    if len(scored) > 1 and best - scored[1][0] < CLEAR_LEAD:
        return None
    details = next(_count_details(new, other) for other in others if other.story == story)
    is_sure = best >= SURE_AT and details >= SURE_DETAILS
    likeness = Likeness.SURE if is_sure else Likeness.POSSIBLE
    return Link(story=new.story, other=story, score=round(best, 2), likeness=likeness)


def compare(one: Sketch, other: Sketch) -> float:
    """Score two stories; 0 where a name, an act, or a place or number in common is missing."""
    names, acts = one.names & other.names, one.acts & other.acts
    details = _count_details(one, other)
    if not (names - PARTIES or len(names) >= _least_parties(one, other, details)) or not acts or not details:
        return 0.0
    against = sum(
        bool(mine and others and mine.isdisjoint(others))
        for mine, others in ((one.places, other.places), (one.numbers, other.numbers))
    )
    against += bool(one.names - other.names and other.names - one.names)
    reversal = REVERSAL if one.takes_back != other.takes_back else 0.0
    return NAME * len(names) + ACT * min(len(acts), MOST_ACTS) + DETAIL * details - CONFLICT * against - reversal


def _least_parties(one: Sketch, other: Sketch, details: int) -> int:
    """Let a party alone be a name where much else is the same, an amount among it."""
    return 1 if details >= MANY_DETAILS and one.numbers & other.numbers else LEAST_PARTIES


def _count_details(one: Sketch, other: Sketch) -> int:
    return len(one.places & other.places) + len(one.numbers & other.numbers) + len(one.proper & other.proper)


def _may_link(one: Sketch, other: Sketch) -> bool:
    gap = max(one.first_at - other.last_at, other.first_at - one.last_at)
    is_other = one.story != other.story and one.languages.isdisjoint(other.languages)
    return is_other and one.scope == other.scope and gap <= APART


def _numbers(articles: Iterable[Article]) -> Iterable[float]:
    """Read amounts and years to come; years of now are in every article."""
    for article in articles:
        text = f"{article.title}\n{article.text[:LEAD_CHARS]}"
        for value in find_values(text, article.language):
            if value.value >= LEAST_COUNT or value.unit:
                yield value.value
        yield from (float(year) for year in _YEAR.findall(text) if int(year) != article.seen_at.year)


def _proper(text: str, languages: Iterable[str]) -> Iterable[str]:
    """Find what looks like a name that no language's common words have: people, firms, small places."""
    common = [read_background(language) for language in languages]
    for found in _PROPER.findall(text):
        term = stem(fold(found))
        if not any(term in words for words in common) and not find_places(found):
            yield term
