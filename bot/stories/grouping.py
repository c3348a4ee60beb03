"""Articles gather into stories, online and in the order they come: each joins the story whose centre it is close to.

article -> features (words of title and lead) -> its scope's and language's open centres -> the likest that is near
enough in words and in time, or a new story. Now and then a round merges the stories that prove to be one. Never
through single articles, so that stories do not chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.models import Article, WorkspaceId
from bot.stories.centres import Centre, Centres
from bot.stories.features import extract_features, title_key, weigh_evidence
from bot.stories.rounds import merge_round
from bot.stories.templates import Templates

GroupId = NewType("GroupId", int)
Stream = tuple[WorkspaceId | None, str]
"""Scopes never mix and languages stay apart: each has its own open stories."""

JOIN_AT = 0.35
WORDED_JOIN_AT = 0.30
JOIN_AT_ON_TEXT_ALONE = 0.6
LEAST_EVIDENCE = 2.0
LEAST_BESIDES = 0.08
YOUNG = 3
TEXT_TERMS = 8
WINDOW = timedelta(hours=72)
LONGEST_SPAN = timedelta(days=7)
ROUND_ARTICLES = 200
ROUND_PAUSE = timedelta(hours=6)
_WINDOW, _LONGEST_SPAN, _ROUND_PAUSE = (span.total_seconds() for span in (WINDOW, LONGEST_SPAN, ROUND_PAUSE))


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
class MergedGroups:
    """Two groups that are one now; an article of either is the kept one's."""

    kept: GroupId
    gone: GroupId


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """What became of a batch: each item's group when it came, the merges after that in order, and who closed."""

    groups: tuple[GroupId, ...]
    merges: tuple[MergedGroups, ...]
    closed: frozenset[GroupId]

    def final(self) -> tuple[GroupId, ...]:
        """Tell each item's group after the merges."""
        into: dict[GroupId, GroupId] = {}
        for merge in reversed(self.merges):
            into[merge.gone] = into.get(merge.kept, merge.kept)
        return tuple(into.get(group, group) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """An article read for grouping; without title terms (a template) its text alone decides."""

    strengths: dict[str, float]
    title_terms: frozenset[str]
    has_text: bool
    at: float
    seen: float


@dataclass(slots=True, kw_only=True)
class _Changes:
    """What happens while a batch is taken."""

    merges: list[MergedGroups] = field(default_factory=list)
    closed: set[GroupId] = field(default_factory=set)


class Grouper:
    """The open stories of all scopes and languages, kept in memory; the same items in one order give the same groups.

    A group closes when nothing joined it for 72 hours; it spans at most seven days.
    """

    def __init__(self) -> None:
        self._streams: dict[Stream, Centres] = {}
        self._grown: dict[Stream, set[int]] = {}
        self._templates: dict[WorkspaceId | None, Templates] = {}
        self._next = 1
        self._waiting = 0
        self._round = 0.0

    @property
    def open_groups(self) -> frozenset[GroupId]:
        """The groups that an article may still join; others need not be remembered."""
        return frozenset(GroupId(centre.id) for centres in self._streams.values() for centre in centres)

    def take(self, items: Iterable[GroupItem]) -> Grouped:
        """Decide the group of each article, and hold the rounds that fall due meanwhile."""
        changes = _Changes()
        groups = []
        for item in items:
            groups.append(self._place(item, changes))
            self._waiting += 1
            seen = item.seen_at.timestamp()
            if self._waiting >= ROUND_ARTICLES or seen - self._round >= _ROUND_PAUSE:
                self._hold_round(seen, changes)
        return Grouped(groups=tuple(groups), merges=tuple(changes.merges), closed=frozenset(changes.closed))

    def settle(self, now: datetime) -> Grouped:
        """Hold a round if anything waits for one: nothing comes for a while."""
        changes = _Changes()
        if self._waiting:
            self._hold_round(now.timestamp(), changes)
        return Grouped(groups=(), merges=tuple(changes.merges), closed=frozenset(changes.closed))

    def _place(self, item: GroupItem, changes: _Changes) -> GroupId:
        stream, reading = self._read(item)
        centres = self._streams.get(stream)
        if centres is None:
            centres = self._streams[stream] = Centres(stream[1])
            self._grown[stream] = set()
        changes.closed.update(map(GroupId, centres.close_untouched(reading.seen - _WINDOW)))
        vector = centres.weigh(reading.strengths)
        centre = _choose(centres, vector, reading)
        if centre is None:
            centre = centres.begin(self._next, reading.at, reading.seen)
            self._next += 1
        centres.add(centre, vector, reading.at, reading.seen, has_text=reading.has_text)
        if centre.count >= centre.checked:
            self._grown[stream].add(centre.id)
        return GroupId(centre.id)

    def _hold_round(self, now: float, changes: _Changes) -> None:
        self._waiting, self._round = 0, now
        for stream, grown in self._grown.items():
            if not grown:
                continue
            merges, self._grown[stream] = merge_round(self._streams[stream], grown, _may_join)
            changes.merges += (MergedGroups(kept=GroupId(m.kept), gone=GroupId(m.gone)) for m in merges)
            changes.closed.update(GroupId(merge.gone) for merge in merges)

    def _read(self, item: GroupItem) -> tuple[Stream, _Reading]:
        features = extract_features(item.title, item.text, label=item.language, outlet=item.outlet)
        strengths, title_terms = features.strengths, features.title_terms
        has_text = len(strengths) - len(title_terms) >= TEXT_TERMS
        templates = self._templates.setdefault(item.scope, Templates(LONGEST_SPAN))
        templates.expire(item.seen_at)
        if templates.note(item.outlet, title_key(item.title, item.outlet), item.at, terms=len(title_terms)):
            strengths = {term: strength for term, strength in strengths.items() if term not in title_terms}
            title_terms = frozenset()
        reading = _Reading(
            strengths=strengths,
            title_terms=title_terms,
            has_text=has_text,
            at=item.at.timestamp(),
            seen=item.seen_at.timestamp(),
        )
        return (item.scope, features.language), reading


def _choose(centres: Centres, vector: dict[str, float], reading: _Reading) -> Centre | None:
    least = (WORDED_JOIN_AT if reading.has_text else JOIN_AT) if reading.title_terms else JOIN_AT_ON_TEXT_ALONE
    for _, centre in centres.nearest(vector, least):
        if _is_near(centre, reading.at) and _has_evidence(centre, vector, reading.title_terms):
            return centre
    return None


def _is_near(centre: Centre, at: float) -> bool:
    gap = max(centre.first - at, at - centre.last)
    return gap <= _WINDOW and max(centre.last, at) - min(centre.first, at) <= _LONGEST_SPAN


def _may_join(one: Centre, other: Centre) -> bool:
    gap = max(one.first - other.last, other.first - one.last)
    return gap <= _WINDOW and max(one.last, other.last) - min(one.first, other.first) <= _LONGEST_SPAN


def _has_evidence(centre: Centre, vector: dict[str, float], title_terms: frozenset[str]) -> bool:
    """Ask for two shared words, one of them in the title, and of a young story some likeness besides the strongest.

    A lone name, a word that all the news is full of, or a publisher's boilerplate is no event.
    """
    shared = {term: vector[term] * weight for term, weight in zip(centre.terms, centre.weights, strict=True) if term in vector}
    if weigh_evidence(shared) < LEAST_EVIDENCE or (title_terms and title_terms.isdisjoint(shared)):
        return False
    if centre.count >= YOUNG:
        return True
    besides = sum(shared.values()) - max(shared.values())
    return besides >= LEAST_BESIDES * centre.length
