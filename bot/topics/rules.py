"""Which clauses a text reaches, found from the terms that it holds: clauses whose terms are not there cost nothing."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bot.domain.models import TopicId
from bot.topics.evaluate import AllOf, AnyOf, AnyTerm, CloseBy, Found, Node, Scan, Within, Without
from bot.topics.page import PASSING, STRENGTHS, Hit, Page
from bot.topics.terms import Pattern

Slots = frozenset[int]
Marks = tuple[float, ...]
"""A score by place."""
NONE = -1
"""In an array of numbers: there is none."""
NOBODY = TopicId("")
MOST_COMPARED = 40
"""Terms of one group that are compared with each other; more are taken to hit one word together."""
NO_MARKS: Marks = (0.0,) * len(STRENGTHS)
PLACES = tuple(range(len(STRENGTHS)))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rule:
    """A clause of a topic made ready; `sources` are the fields it names, as text."""

    topic: TopicId
    node: Node
    score: float
    sources: tuple[str, ...]

    def marks(self) -> Marks:
        """Return its score by place."""
        least = self.node.least if isinstance(self.node, AnyTerm) else PASSING
        return tuple(self.weigh(STRENGTHS[min(place, least)]) for place in range(len(STRENGTHS)))

    def weigh(self, strength: float) -> float:
        """Return what a hit so strong makes of the clause's score."""
        return round(self.score * strength, 3)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a text must hold for a node to be true: one slot of each of `needs`, none of `bars`.

    `is_whole`: that is all that the node asks.
    """

    needs: tuple[Slots, ...]
    bars: Slots = frozenset()
    is_whole: bool = True


_UNKNOWN = Shape((), is_whole=False)


def read_shape(node: Node) -> Shape:
    """Read what a node needs."""
    match node:
        case AnyTerm():
            return Shape((node.slots,))
        case AllOf(nodes):
            shapes = [_read_part(part) for part in nodes]
            return Shape(
                tuple(need for shape in shapes for need in shape.needs),
                frozenset().union(*(shape.bars for shape in shapes)),
                all(shape.is_whole for shape in shapes),
            )
        case Without(AnyTerm() as part):
            return Shape((), part.slots)
        case CloseBy(left, right):
            return Shape((left.slots, right.slots), is_whole=False)
        case Within(node=part):
            return Shape(read_shape(part).needs, is_whole=False)
        case AnyOf(nodes):
            narrowest = [min(read_shape(part).needs, key=len, default=None) for part in nodes]
            held = [need for need in narrowest if need is not None]
            return Shape((frozenset().union(*held),), is_whole=False) if len(held) == len(narrowest) else _UNKNOWN
        case _:
            return _UNKNOWN


def _read_part(node: Node) -> Shape:
    """Read what a part of several needs; how strong a name makes it, only the node itself can say."""
    shape = read_shape(node)
    is_name = isinstance(node, AnyTerm) and node.least < PASSING
    return replace(shape, is_whole=False) if is_name else shape


class _Mentions:
    """Which terms of a clause may hit one word, which is one mention of it and not two."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns
        self._known: dict[Slots, bool] = {}

    def may_share(self, slots: Slots) -> bool:
        """Tell whether any two of these terms may."""
        known = self._known.get(slots)
        if known is None:
            known = self._known[slots] = len(slots) > MOST_COMPARED or self._compare(slots)
        return known

    def _compare(self, slots: Slots) -> bool:
        patterns = self._patterns
        return any(patterns[a].may_share(patterns[b]) for a, b in combinations(slots, 2))

    def place_of(self, page: Page, slots: Slots) -> int:
        """Tell how prominent these terms are together, of which the text holds one."""
        return page.place_of(slots, may_share=len(slots) > 1 and self.may_share(slots))


class _Tables:
    """By slot, the clauses that it may make true. Flat lists: small tuples by thousands miss the cache."""

    def __init__(self, size: int) -> None:
        self.alone = [NONE] * size
        """The clause of which the slot alone is enough."""
        self.also_alone: dict[int, list[int]] = {}
        """Further clauses of the same kind, and those whose terms may hit one word: each is looked at closely."""
        self.partner = [NONE] * size
        """The one other slot that a clause asks for as well."""
        self.paired = [NONE] * size
        """That clause."""
        self.partners: dict[int, set[int]] = {}
        """The slots of which a slot is the partner."""
        self.leaders: dict[int, str] = {}
        """The slots whose partner follows them, with its key."""
        self.joined: dict[int, list[tuple[tuple[Slots, ...], int]]] = {}
        """Clauses that ask for more."""
        self.any_alone: set[int] = set()
        self.any_also: set[int] = set()
        self.any_more: set[int] = set()
        """The slots that have a clause of a kind."""

    def add(self, number: int, shape: Shape, keys: Sequence[str], mentions: _Mentions) -> None:
        """Add a clause that needs something."""
        # What is long is rare: asked first, it leaves the fewest texts.
        first = min(shape.needs, key=lambda need: (len(need), -min(len(keys[slot]) for slot in need)))
        others = tuple(need for need in shape.needs if need is not first)
        is_pair = len(others) == 1 and len(others[0]) == 1
        is_alone = not others and not shape.bars and shape.is_whole
        is_shared = is_alone and mentions.may_share(first)
        if not is_shared:
            (self.any_alone if is_alone else self.any_more).update(first)
        for slot in first:
            if is_alone and not is_shared and self.alone[slot] == NONE:
                self.alone[slot] = number
            elif is_alone:
                self.also_alone.setdefault(slot, []).append(number)
                self.any_also.add(slot)
            elif is_pair and self.paired[slot] == NONE:
                partner = next(iter(others[0]))
                self.partner[slot], self.paired[slot] = partner, number
                self.partners.setdefault(partner, set()).add(slot)
            else:
                self.joined.setdefault(slot, []).append((others, number))

    def find_followers(self, asked: set[int], patterns: Sequence[Pattern], keys: Sequence[str]) -> Slots:
        """Find slots that matter only where the one they are paired with is there: nobody else asks for them.

        They are single signs of Han, which every text holds by hundreds and which are found in no time once their
        partner is there. `asked` are other slots that are looked for by themselves.
        """
        asked = asked | self.any_alone | self.any_more | self.any_also
        # Each need once: a clause stands here under hundreds of slots, and asks for hundreds.
        asked.update(*{need for joined in self.joined.values() for others, _ in joined for need in others})
        alone = {key for key, times in Counter(keys).items() if times == 1 and len(key) == 1}
        followers = frozenset(
            slot for slot in self.partners if keys[slot] in alone and patterns[slot].is_sure and slot not in asked
        )
        self.leaders = {slot: keys[partner] for slot, partner in enumerate(self.partner) if partner in followers}
        return followers


class _PlainTopics:
    """Topics of which one term is enough and that score alike, as most that people add: no clause is looked at."""

    def __init__(self, size: int, topics: Iterable[tuple[TopicId, Slots, Marks]], mentions: _Mentions) -> None:
        """Take those of the commonest scores whose terms are theirs alone; each term leads to one topic."""
        rows = [row for row in topics if len(row[1]) == 1 or not mentions.may_share(row[1])]
        self._marks = next(iter(Counter(marks for _, _, marks in rows).most_common(1)), (NO_MARKS, 0))[0]
        self._topic = [NOBODY] * size
        taken: set[TopicId] = set()
        for topic, slots, marks in rows:
            if marks == self._marks and all(self._topic[slot] == NOBODY for slot in slots):
                taken.add(topic)
                for slot in slots:
                    self._topic[slot] = topic
        self._taken = frozenset(taken)

    def holds(self, topic: TopicId) -> bool:
        """Tell whether a topic is one of them."""
        return topic in self._taken

    def reach(self, page: Page) -> dict[TopicId, float]:
        """Score those that a text reaches."""
        if not self._taken:
            return {}
        scores = page.grade_all(list(map(self._topic.__getitem__, page.slots)), self._marks)
        scores.pop(NOBODY, None)
        return scores


class RuleIndex:
    """The clauses of all topics by the terms that make them true."""

    def __init__(self, rules: Sequence[Rule], masks: Mapping[TopicId, Slots], patterns: Sequence[Pattern]) -> None:
        """Index rules; `masks` are the wrong senses by topic, `patterns` what the slots stand for."""
        self._rules = tuple(rules)
        self._by_topic: dict[TopicId, list[Rule]] = {}
        for rule in rules:
            self._by_topic.setdefault(rule.topic, []).append(rule)
        self._shapes = tuple(read_shape(rule.node) for rule in rules)
        self._topics = [rule.topic for rule in rules]
        marks: dict[Marks, int] = {}
        self._grades = array("l", (marks.setdefault(rule.marks(), len(marks)) for rule in rules))
        self._marks = tuple(marks)
        self._masks = masks
        self._mask_slots: Slots = frozenset().union(*masks.values())
        self._always = tuple(n for n, shape in enumerate(self._shapes) if not shape.needs)
        keys = [pattern.key for pattern in patterns]
        self._tables = _Tables(len(keys))
        self._mentions = _Mentions(patterns)
        self._plain = _PlainTopics(len(keys), self._find_plain(), self._mentions)
        asked = set(self._mask_slots)
        for number, shape in enumerate(self._shapes):
            asked |= shape.bars
            if self._plain.holds(rules[number].topic):
                asked.update(*shape.needs)
            elif shape.needs:
                self._tables.add(number, shape, keys, self._mentions)
        self.followers = self._tables.find_followers(asked, patterns, keys)
        tables = self._tables
        self._has_others = bool(tables.any_alone or tables.any_also or tables.any_more or self._always or masks)

    def _find_plain(self) -> Iterator[tuple[TopicId, Slots, Marks]]:
        """Yield the topics of a single clause of which one term is enough, with its slots and its score by place."""
        for number, (rule, shape) in enumerate(zip(self._rules, self._shapes, strict=True)):
            is_enough = len(shape.needs) == 1 and not shape.bars and shape.is_whole
            if is_enough and len(self._by_topic[rule.topic]) == 1 and rule.topic not in self._masks:
                yield rule.topic, shape.needs[0], self._marks[self._grades[number]]

    def reach(self, page: Page) -> dict[TopicId, float]:
        """Score every topic that a text reaches."""
        scores = self._plain.reach(page)
        if self._has_others:
            scores.update(self._reach_others(page))
        return {topic: score for topic, score in scores.items() if score} if 0.0 in scores.values() else scores

    def _reach_others(self, page: Page) -> dict[TopicId, float]:
        best: dict[TopicId, float] = {}
        topics, grades, marks = self._topics, self._grades, self._marks
        for number, place in self._list_alone(page).items():
            topic, mark = topics[number], marks[grades[number]][place]
            if topic not in best or mark > best[topic]:
                best[topic] = mark
        for number, score in self._score(self._list_candidates(page), page):
            topic = topics[number]
            if topic not in best or score > best[topic]:
                best[topic] = score
        for topic, hits in self._find_masked(page).items():
            scan = Scan(page, masked=hits)
            best[topic] = max((rule.weigh(found.strength) for rule, found in self.find(topic, scan)), default=0.0)
        return best

    def _list_alone(self, page: Page) -> dict[int, int]:
        """Tell of clauses that one term makes true how prominent their terms are."""
        tables = self._tables
        found: dict[int, int] = {}
        if not tables.any_alone.isdisjoint(page.present):
            found = page.grade_all(list(map(tables.alone.__getitem__, page.slots)), PLACES)
            found.pop(NONE, None)
        also = page.present & tables.any_also
        for number in {number for slot in also for number in tables.also_alone[slot]}:
            found[number] = self._mentions.place_of(page, self._shapes[number].needs[0])
        return found

    def _list_candidates(self, page: Page) -> Iterable[int]:
        """List clauses that ask for more than one term, and have what they need."""
        tables, present = self._tables, page.present
        if tables.any_more.isdisjoint(present):
            return self._always
        found = set(self._always)
        for partner in present.intersection(map(tables.partner.__getitem__, present)):
            found.update(map(tables.paired.__getitem__, present & tables.partners[partner]))
        if tables.leaders:
            marked, key_of = page.marked, tables.leaders.get
            found.update(tables.paired[slot] for slot in present if (key := key_of(slot)) is not None and key in marked)
        for slot in tables.joined.keys() & present if tables.joined else ():
            for others, number in tables.joined[slot]:
                if not any(present.isdisjoint(other) for other in others):
                    found.add(number)
        return found

    def _score(self, numbers: Iterable[int], page: Page) -> Iterator[tuple[int, float]]:
        """Score clauses that have what they need."""
        for number in numbers:
            shape, rule = self._shapes[number], self._rules[number]
            if not shape.is_whole or not shape.needs:
                found = rule.node.find(Scan(page))
                yield number, rule.weigh(found.strength) if found is not None else 0.0
            elif page.present.isdisjoint(shape.bars):
                yield number, self._marks[self._grades[number]][self._find_place(page, shape)]

    def _find_place(self, page: Page, shape: Shape) -> int:
        return max(self._mentions.place_of(page, need) for need in shape.needs)

    def _find_masked(self, page: Page) -> dict[TopicId, tuple[Hit, ...]]:
        """Find the topics of which the text holds wrong senses, with where these stand."""
        held = self._mask_slots & page.present if self._mask_slots else ()
        if not held:
            return {}
        return {
            topic: tuple(hit for slot in held if slot in slots for hit in page.hits(slot))
            for topic, slots in self._masks.items()
            if not slots.isdisjoint(held)
        }

    def find(self, topic: TopicId, scan: Scan) -> Iterator[tuple[Rule, Found]]:
        """Find the clauses of a topic that are true, with their reasons."""
        for rule in self.rules_of(topic):
            found = rule.node.find(scan)
            if found is not None:
                yield rule, found

    def rules_of(self, topic: TopicId) -> Iterable[Rule]:
        """Return the clauses of a topic, in their order."""
        return self._by_topic.get(topic, ())

    def see(self, topic: TopicId, page: Page) -> Scan:
        """Look at a text as a topic does: without its wrong senses."""
        if topic not in self._masks:
            return Scan(page)
        return Scan(page, masked=self._find_masked(page).get(topic, ()))
