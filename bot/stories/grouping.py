"""Articles gather into stories, online and in the order they come: each joins the story whose centre it is close to.

article -> features (words of title and lead) -> its scope's and language's open centres -> the likest that is near
enough in words and in time, or a new story. Now and then a round merges the stories that prove to be one. Never
through single articles, so that stories do not chain; one whose newer articles tell of something else closes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NewType, TypeVar

from bot.domain.groups import LONGEST_SPAN, WINDOW, GroupState, OpenGroups, TitleUse
from bot.domain.models import Article, StoryId, WorkspaceId
from bot.stories.centres import Centre, Centres
from bot.stories.drift import has_drifted
from bot.stories.features import extract_features, title_key, weigh_evidence
from bot.stories.hallmarks import have_different_hallmarks
from bot.stories.packing import pack, unpack
from bot.stories.rounds import Merge, merge_round
from bot.stories.templates import Repeat, Templates

GroupId = NewType("GroupId", int)
Key = TypeVar("Key", bound=Hashable)
Stream = tuple[WorkspaceId | None, str]
"""Scopes never mix and languages stay apart: each has its own open stories."""

JOIN_AT = 0.35
WORDED_JOIN_AT = 0.34
JOIN_AT_ON_TEXT_ALONE = 0.6
LEAST_EVIDENCE = 2.0
LEAST_BESIDES = 0.08
YOUNG = 3
LEAST_TOLD = 2
LIKE_AT = 0.5
CLOSED = b""
"""What is kept of a story that drifted: no words, so that nothing joins it."""
TEXT_TERMS = 8
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
    """What became of a batch: each item's group at the end, the merges on the way, and what is to be kept of it.

    `closed` are the groups that nothing joins any more, the merged ones among them. `repeats` are the places in the
    batch of what says once more what its outlet told under one title many times: alone in its group, and no news.
    """

    groups: tuple[GroupId, ...] = ()
    repeats: frozenset[int] = frozenset()
    merges: tuple[MergedGroups, ...] = ()
    closed: frozenset[GroupId] = frozenset()
    states: tuple[tuple[GroupId, GroupState], ...] = ()
    titles: tuple[TitleUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """An article read for grouping; without title terms (a template) its text alone decides.

    `title` is how its outlet used that title before, None where it is not asked.
    """

    title: Repeat | None
    strengths: dict[str, float]
    title_terms: frozenset[str]
    has_text: bool
    at: float
    seen: float


class Grouper:
    """The open stories of all scopes and languages, kept in memory; the same items in one order give the same groups.

    A group closes when nothing joined it for 72 hours, or when it drifted; it spans at most seven days.
    """

    def __init__(self) -> None:
        self._streams: dict[Stream, Centres] = {}
        self._grown: dict[Stream, set[int]] = {}
        self._changed: dict[Stream, set[int]] = {}
        self._templates = Templates(LONGEST_SPAN)
        self._fed: dict[int, set[int]] = {}
        self._repeats: set[int] = set()
        self._next = 1
        self._waiting = 0
        self._round: float | None = None
        self._merges: list[MergedGroups] = []
        self._closed: set[GroupId] = set()
        self._drifted: list[tuple[GroupId, GroupState]] = []

    @property
    def open_groups(self) -> frozenset[GroupId]:
        """The groups that an article may still join; others need not be remembered."""
        return frozenset(GroupId(centre.id) for centres in self._streams.values() for centre in centres)

    def take(self, items: Iterable[GroupItem]) -> Grouped:
        """Decide the group of each article, and hold the rounds that fall due meanwhile."""
        placed = []
        for number, item in enumerate(items):
            placed.append(self._place(item, number))
            self._waiting += 1
            seen = item.seen_at.timestamp()
            self._round = seen if self._round is None else self._round
            if self._waiting >= ROUND_ARTICLES or seen - self._round >= _ROUND_PAUSE:
                self._hold_round(seen)
        return self._tell(placed)

    def settle(self, now: datetime) -> Grouped:
        """Hold the round that the next article would find due, were it late enough."""
        if self._waiting:
            self._hold_round(now.timestamp())
        return self._tell([])

    def restore(self, kept: OpenGroups) -> tuple[GroupId, ...]:
        """Take over what was kept of an earlier run; tells each state's group. States that cannot be read are new."""
        groups = []
        known: dict[tuple[StoryId, Stream], Centre] = {}
        for story, state in kept.groups:
            stream = (state.scope, state.language)
            centres = self._stream(stream)
            try:
                centre = unpack(self._next, state.packed)
            except ValueError:
                centre = Centre.empty(self._next, state.touched_at.timestamp())
            self._next += 1
            centres.admit(centre)
            if (story, stream) in known:  # merged, and not written since
                centre, twin = known[story, stream], centre
                centres.join(centre, twin)
                self._changed[stream].add(centre.id)
            known[story, stream] = centre
            if centre.count >= centre.checked:
                self._grown[stream].add(centre.id)
            groups.append(GroupId(centre.id))
        self._templates.recall(kept.titles)
        grown = [c for stream, numbers in self._grown.items() for c in map(self._streams[stream].find, numbers) if c]
        if grown:
            self._round = min(centre.touched for centre in grown)
        return tuple(groups)

    def recall(self, items: Iterable[tuple[Key, GroupItem]]) -> dict[GroupId, Key]:
        """Take in articles whose story is known, oldest first, without deciding anew; tells each group's story.

        A story whose articles are in several languages is one group in each of them.
        """
        return self._gather(items, is_new=True)

    def _gather(self, items: Iterable[tuple[Key, GroupItem]], *, is_new: bool) -> dict[GroupId, Key]:
        known: dict[tuple[Key, Stream], Centre] = {}
        for key, item in items:
            stream, reading = self._read(item, is_new=is_new)
            centre = known.get((key, stream))
            if centre is None:
                centre = known[key, stream] = self._begin(stream, reading)
            self._add(stream, centre, self._stream(stream).weigh(reading.strengths), reading)
        return {GroupId(centre.id): key for (key, _), centre in known.items()}

    def regroup(self, told: tuple[Sequence[GroupId], Sequence[tuple[Key, GroupItem]]]) -> dict[GroupId, Key]:
        """Close groups and make others of the articles that they had, as somebody says that these belong together."""
        closing, items = set(told[0]), told[1]
        for centres in self._streams.values():
            for centre in [centre for centre in centres if centre.id in closing]:
                centres.close(centre)
        return self._gather(items, is_new=False)

    def _stream(self, stream: Stream) -> Centres:
        if stream not in self._streams:
            self._streams[stream] = Centres(stream[1])
            self._grown[stream], self._changed[stream] = set(), set()
        return self._streams[stream]

    def _place(self, item: GroupItem, number: int) -> GroupId:
        stream, reading = self._read(item)
        centres = self._stream(stream)
        self._closed.update(map(GroupId, centres.close_untouched(reading.seen - _WINDOW)))
        vector = centres.weigh(reading.strengths)
        centre = _choose(centres, vector, reading)
        if centre is not None and self._is_repeat(centre, reading):
            # Three hundred offers under one title are no story: it stands alone, and has no words to join it by.
            centre, vector = None, {}
            self._repeats.add(number)
        centre = centre or self._begin(stream, reading)
        if reading.title is not None and not reading.title.is_first:
            self._fed.setdefault(reading.title.digest, set()).add(centre.id)
        self._add(stream, centre, vector, reading)
        self._watch(stream, centre)
        return GroupId(centre.id)

    def _is_repeat(self, centre: Centre, reading: _Reading) -> bool:
        """Tell whether an outlet told a story before under a title that it has used too often."""
        title = reading.title
        return title is not None and title.is_worn and centre.id in self._fed.get(title.digest, ())

    def _begin(self, stream: Stream, reading: _Reading) -> Centre:
        number, self._next = self._next, self._next + 1
        return self._stream(stream).begin(number, reading.at, reading.seen)

    def _add(self, stream: Stream, centre: Centre, vector: dict[str, float], reading: _Reading) -> None:
        self._streams[stream].add(centre, vector, reading.at, reading.seen, has_text=reading.has_text)
        self._changed[stream].add(centre.id)
        if centre.count >= centre.checked:
            self._grown[stream].add(centre.id)

    def _watch(self, stream: Stream, centre: Centre) -> None:
        """Close a story that drifted: what comes next begins another. A start finds nothing of it to join."""
        if not has_drifted(centre):
            return
        self._streams[stream].close(centre)
        self._grown[stream].discard(centre.id)
        self._changed[stream].discard(centre.id)
        self._closed.add(GroupId(centre.id))
        self._drifted.append((GroupId(centre.id), _keep(stream, centre, CLOSED)))

    def _hold_round(self, now: float) -> None:
        self._waiting, self._round = 0, now
        for stream, grown in self._grown.items():
            if not grown:
                continue
            merges, again = merge_round(self._streams[stream], grown, _may_join)
            self._changed[stream] |= grown | again
            self._grown[stream] = again
            self._merges += (MergedGroups(kept=GroupId(m.kept), gone=GroupId(m.gone)) for m in merges)
            self._closed.update(GroupId(merge.gone) for merge in merges)
            self._follow_fed(merges)
            for centre in filter(None, map(self._streams[stream].find, sorted(again))):
                self._watch(stream, centre)

    def _follow_fed(self, merges: Iterable[Merge]) -> None:
        """Let what a title fed be the kept group's, and forget groups that nothing joins any more."""
        for merge in merges:
            for fed in self._fed.values():
                if merge.gone in fed:
                    fed.add(merge.kept)
        held = {digest: {number for number in fed if self._is_open(number)} for digest, fed in self._fed.items()}
        self._fed = {digest: fed for digest, fed in held.items() if fed}

    def _is_open(self, number: int) -> bool:
        return any(centres.find(number) is not None for centres in self._streams.values())

    def _tell(self, placed: Sequence[GroupId]) -> Grouped:
        merges, self._merges = self._merges, []
        closed, self._closed = self._closed, set()
        repeats, self._repeats = self._repeats, set()
        into: dict[GroupId, GroupId] = {}
        for merge in reversed(merges):
            into[merge.gone] = into.get(merge.kept, merge.kept)
        return Grouped(
            groups=tuple(into.get(group, group) for group in placed),
            repeats=frozenset(repeats),
            merges=tuple(merges),
            closed=frozenset(closed),
            states=tuple(self._take_states()),
            titles=self._templates.take_changes(),
        )

    def _take_states(self) -> Iterator[tuple[GroupId, GroupState]]:
        for (scope, language), changed in self._changed.items():
            centres = self._streams[scope, language]
            for number in sorted(changed):
                centre = centres.find(number)
                if centre is not None:
                    yield GroupId(number), _keep((scope, language), centre, pack(centre))
            changed.clear()
        yield from self._drifted
        self._drifted = []

    def _read(self, item: GroupItem, *, is_new: bool = True) -> tuple[Stream, _Reading]:
        features = extract_features(item.title, item.text, label=item.language, outlet=item.outlet, year=item.at.year)
        strengths, title_terms = features.strengths, features.title_terms
        has_text = len(strengths) - len(title_terms) >= TEXT_TERMS
        self._templates.expire(item.seen_at)
        key = title_key(item.title, item.outlet)
        title = self._templates.note(item.scope, item.outlet, key, item.at, terms=len(title_terms)) if is_new else None
        if title is not None and title.is_template:
            strengths = {term: strength for term, strength in strengths.items() if term not in title_terms}
            title_terms = frozenset()
        reading = _Reading(
            title=title,
            strengths=strengths,
            title_terms=title_terms,
            has_text=has_text,
            at=item.at.timestamp(),
            seen=item.seen_at.timestamp(),
        )
        return (item.scope, features.language), reading


def _keep(stream: Stream, centre: Centre, packed: bytes) -> GroupState:
    touched_at = datetime.fromtimestamp(centre.touched, UTC)
    return GroupState(scope=stream[0], language=stream[1], touched_at=touched_at, packed=packed)


def _choose(centres: Centres, vector: dict[str, float], reading: _Reading) -> Centre | None:
    least = (WORDED_JOIN_AT if reading.has_text else JOIN_AT) if reading.title_terms else JOIN_AT_ON_TEXT_ALONE
    for likeness, centre in centres.nearest(vector, least):
        if (
            _is_near(centre, reading.at)
            and _has_evidence(centre, vector, reading.title_terms)
            and not _is_of_another(centre, vector, likeness, reading)
        ):
            return centre
    return None


def _is_of_another(centre: Centre, vector: dict[str, float], likeness: float, reading: _Reading) -> bool:
    """Tell a headline about somebody else, which is a little like a story of several articles by its other words.

    A first article's own words are not yet what its story is of, and where there is a text, names are not all.
    """
    if reading.has_text or centre.count < LEAST_TOLD or likeness >= LIKE_AT:
        return False
    return have_different_hallmarks(vector, centre.vector())


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
    shared = {
        term: vector[term] * weight for term, weight in zip(centre.terms, centre.weights, strict=True) if term in vector
    }
    if weigh_evidence(shared) < LEAST_EVIDENCE or (title_terms and title_terms.isdisjoint(shared)):
        return False
    if centre.count >= YOUNG:
        return True
    besides = sum(shared.values()) - max(shared.values())
    return besides >= LEAST_BESIDES * centre.length
