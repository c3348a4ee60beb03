"""Articles gather into stories, online and in the order they come: each joins the story whose centre it is close to.

article -> features (words of title and lead) -> its scope's and language's open centres -> the likest that is near
enough in words and in time, or a new story. Never through single articles, so that stories do not chain.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType, TypeVar

from bot.domain.models import Article, WorkspaceId
from bot.stories.centres import Centre, Centres
from bot.stories.features import Features, extract_features, title_key, weigh_evidence
from bot.stories.templates import Templates

GroupId = NewType("GroupId", int)
Key = TypeVar("Key", bound=Hashable)

JOIN_AT = 0.28
JOIN_AT_ON_TEXT_ALONE = 0.6
LEAST_EVIDENCE = 2.0
LEAST_BESIDES = 0.08
WINDOW = timedelta(hours=72)
LONGEST_SPAN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupItem:
    """What grouping knows of an article. `seen_at` is our own clock: a publisher's future counts as now."""

    title: str
    text: str
    language: str | None
    published_at: datetime
    seen_at: datetime
    outlet: str
    scope: WorkspaceId | None = None

    @classmethod
    def of(cls, article: Article) -> GroupItem:
        """Take from an article what grouping knows."""
        return cls(
            title=article.title,
            text=article.text,
            language=article.language,
            published_at=article.published_at,
            seen_at=article.seen_at,
            outlet=article.outlet,
            scope=article.scope,
        )

    @property
    def at(self) -> datetime:
        """When it was published, at the latest when it was seen."""
        return min(self.published_at, self.seen_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """An article read for grouping; without title terms (a template) its text alone decides."""

    strengths: dict[str, float]
    title_terms: frozenset[str]
    at: datetime
    seen_at: datetime


class Grouper:
    """The open stories of all scopes and languages, kept in memory; the same items in one order give the same groups.

    Scopes never mix and languages stay apart. A group closes when nothing joined it for 72 hours; it spans at most
    seven days.
    """

    def __init__(self) -> None:
        self._centres: dict[tuple[WorkspaceId | None, str], Centres] = {}
        self._templates: dict[WorkspaceId | None, Templates] = {}
        self._next = 1

    @property
    def open_groups(self) -> frozenset[GroupId]:
        """The groups that an article may still join; others need not be remembered."""
        return frozenset(GroupId(i) for centres in self._centres.values() for i in centres)

    def place(self, item: GroupItem) -> GroupId:
        """Decide the group of an article: one that is close in words and time, else a new one."""
        centres, reading = self._read(item)
        vector = centres.weigh(reading.strengths)
        centre = _choose(centres, vector, reading) or self._begin(centres, reading)
        centres.add(centre, vector, reading.at, reading.seen_at)
        return GroupId(centre.id)

    def restore(self, items: Iterable[tuple[Key, GroupItem]]) -> dict[Key, GroupId]:
        """Take in articles whose story is known, oldest first, without deciding anew; tells each story's group.

        A story whose articles are in several languages is one group in each of them; the last one's is told.
        """
        known: dict[tuple[Key, Centres], int] = {}
        groups: dict[Key, GroupId] = {}
        for key, item in items:
            centres, reading = self._read(item)
            centre = centres.find(known.get((key, centres), 0)) or self._begin(centres, reading)
            known[key, centres] = centre.id
            centres.add(centre, centres.weigh(reading.strengths), reading.at, reading.seen_at)
            groups[key] = GroupId(centre.id)
        return groups

    def _begin(self, centres: Centres, reading: _Reading) -> Centre:
        centre_id, self._next = self._next, self._next + 1
        return centres.begin(centre_id, reading.at, reading.seen_at)

    def _read(self, item: GroupItem) -> tuple[Centres, _Reading]:
        features = extract_features(item.title, item.text, label=item.language, outlet=item.outlet)
        centres = self._centres.setdefault((item.scope, features.language), Centres())
        centres.close_untouched(item.seen_at - WINDOW)
        if self._is_template(item, features):
            strengths = {t: s for t, s in features.strengths.items() if t not in features.title_terms}
            features = Features(language=features.language, strengths=strengths, title_terms=frozenset())
        reading = _Reading(
            strengths=features.strengths, title_terms=features.title_terms, at=item.at, seen_at=item.seen_at
        )
        return centres, reading

    def _is_template(self, item: GroupItem, features: Features) -> bool:
        templates = self._templates.setdefault(item.scope, Templates(LONGEST_SPAN))
        templates.expire(item.seen_at)
        key = title_key(item.title, item.outlet)
        return templates.note(item.outlet, key, item.at, terms=len(features.title_terms))


def _choose(centres: Centres, vector: dict[str, float], reading: _Reading) -> Centre | None:
    least = JOIN_AT if reading.title_terms else JOIN_AT_ON_TEXT_ALONE
    for _, centre in centres.nearest(vector, least):
        if _is_near(centre, reading.at) and _has_evidence(centre, vector, reading.title_terms):
            return centre
    return None


def _is_near(centre: Centre, at: datetime) -> bool:
    gap = max(centre.first_at - at, at - centre.last_at)
    return gap <= WINDOW and max(centre.last_at, at) - min(centre.first_at, at) <= LONGEST_SPAN


def _has_evidence(centre: Centre, vector: dict[str, float], title_terms: frozenset[str]) -> bool:
    """Ask for two shared words, one of them in the title, and some likeness besides the strongest of them.

    A lone name, a word that all the news is full of, or a publisher's boilerplate is no event.
    """
    shared = {term: weight * centre.terms[term] for term, weight in vector.items() if term in centre.terms}
    if weigh_evidence(shared) < LEAST_EVIDENCE or (title_terms and title_terms.isdisjoint(shared)):
        return False
    besides = sum(shared.values()) - max(shared.values())
    return besides >= LEAST_BESIDES * math.sqrt(centre.square)
