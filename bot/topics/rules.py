"""Which clauses a text reaches, found from the terms that it holds: clauses whose terms are not there cost nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.topics.evaluate import AllOf, AnyOf, AnyTerm, CloseBy, Found, Node, Scan, Within, Without
from bot.topics.page import PASSING, STRENGTHS, Hit, Page

Slots = frozenset[int]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rule:
    """A clause made ready, of the topic with this number; `sources` are the fields it names, as text."""

    topic: int
    node: Node
    score: float
    sources: tuple[str, ...]

    def marks(self) -> tuple[float, ...]:
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


@dataclass(slots=True)
class _Tables:
    """By slot, the clauses that it may make true."""

    alone: list[tuple[int, ...]]
    """Clauses of which any one term is enough."""
    paired: list[tuple[tuple[int, int], ...]]
    """Clauses that ask for one other slot as well."""
    joined: list[tuple[tuple[tuple[Slots, ...], int], ...]]
    """Clauses that ask for more."""


class RuleIndex:
    """The clauses of all topics by the terms that make them true."""

    def __init__(self, rules: Sequence[Rule], masks: dict[int, Slots], widths: Sequence[int]) -> None:
        """Index rules; `masks` are the wrong senses by topic, `widths` the lengths of the slots' keys."""
        self._rules = tuple(rules)
        self._by_topic: dict[int, list[Rule]] = {}
        for rule in rules:
            self._by_topic.setdefault(rule.topic, []).append(rule)
        self._shapes = tuple(read_shape(rule.node) for rule in rules)
        # One object for what is equal: a text that reaches hundreds of clauses must not wait for memory at each.
        numbers = {number: number for number in range(len(rules))}
        self._topics = [numbers.get(rule.topic, rule.topic) for rule in rules]
        marks: dict[tuple[float, ...], tuple[float, ...]] = {}
        self._marks = [marks.setdefault(row, row) for row in (rule.marks() for rule in rules)]
        self._masks = masks
        self._mask_slots: Slots = frozenset().union(*masks.values())
        self._always = tuple(n for n, shape in enumerate(self._shapes) if not shape.needs)
        self._tables = self._build_tables(widths)

    def _build_tables(self, widths: Sequence[int]) -> _Tables:
        alone: list[list[int]] = [[] for _ in widths]
        paired: list[list[tuple[int, int]]] = [[] for _ in widths]
        joined: list[list[tuple[tuple[Slots, ...], int]]] = [[] for _ in widths]
        for number, shape in enumerate(self._shapes):
            if not shape.needs:
                continue
            # What is long is rare: asked first, it leaves the fewest texts.
            first = min(shape.needs, key=lambda need: (len(need), -min(widths[slot] for slot in need)))
            others = tuple(need for need in shape.needs if need is not first)
            is_pair = len(others) == 1 and len(others[0]) == 1
            for slot in first:
                if not others and not shape.bars and shape.is_whole:
                    alone[slot].append(number)
                elif is_pair:
                    paired[slot].append((next(iter(others[0])), number))
                else:
                    joined[slot].append((others, number))
        return _Tables([tuple(row) for row in alone], [tuple(row) for row in paired], [tuple(row) for row in joined])

    def reach(self, page: Page) -> dict[int, float]:
        """Return the score of every topic that a text reaches, by the topic's number."""
        best: dict[int, float] = {}
        topics, marks = self._topics, self._marks
        for number, place in self._list_alone(page).items():
            topic, mark = topics[number], marks[number][place]
            if topic not in best or mark > best[topic]:
                best[topic] = mark
        for number in self._list_candidates(page):
            topic = topics[number]
            if topic not in best or marks[number][0] > best[topic]:
                best[topic] = max(self._score(number, page), best.get(topic, 0.0))
        for topic, hits in self._find_masked(page).items():
            scan = Scan(page, masked=hits)
            best[topic] = max((rule.weigh(found.strength) for rule, found in self.find(topic, scan)), default=0.0)
        return {topic: score for topic, score in best.items() if score} if 0.0 in best.values() else best

    def _list_alone(self, page: Page) -> dict[int, int]:
        """Tell of clauses that one term makes true how prominent their terms are."""
        found: dict[int, int] = {}
        again: list[int] = []
        table = self._tables.alone
        for slot, place in page.places.items():
            for number in table[slot]:
                if number not in found or place < found[number]:
                    found[number] = place
                elif place == PASSING:
                    again.append(number)
        for number in set(again):
            if found[number] == PASSING:
                found[number] = page.place_of(self._shapes[number].needs[0]) or found[number]
        return found

    def _list_candidates(self, page: Page) -> set[int]:
        """List clauses that ask for more than one term, and have what they need."""
        places = page.places
        present = places.keys()
        paired, joined = self._tables.paired, self._tables.joined
        found = {number for slot in places for other, number in paired[slot] if other in places}
        for slot in places:
            for others, number in joined[slot]:
                if not any(present.isdisjoint(other) for other in others):
                    found.add(number)
        return found.union(self._always)

    def _score(self, number: int, page: Page) -> float:
        """Score a clause that has what it needs."""
        shape, rule = self._shapes[number], self._rules[number]
        if not shape.is_whole or not shape.needs:
            found = rule.node.find(Scan(page))
            return rule.weigh(found.strength) if found is not None else 0.0
        if not page.places.keys().isdisjoint(shape.bars):
            return 0.0
        return self._marks[number][max(page.place_of(need) or 0 for need in shape.needs)]

    def _find_masked(self, page: Page) -> dict[int, tuple[Hit, ...]]:
        """Find the topics of which the text holds wrong senses, with where these stand."""
        held = page.places.keys() & self._mask_slots if self._mask_slots else ()
        if not held:
            return {}
        return {
            topic: tuple(hit for slot in held if slot in slots for hit in page.hits(slot))
            for topic, slots in self._masks.items()
            if not slots.isdisjoint(held)
        }

    def find(self, topic: int, scan: Scan) -> Iterator[tuple[Rule, Found]]:
        """Find the clauses of a topic that are true, with their reasons."""
        for rule in self.rules_of(topic):
            found = rule.node.find(scan)
            if found is not None:
                yield rule, found

    def rules_of(self, topic: int) -> Iterable[Rule]:
        """Return the clauses of a topic, in their order."""
        return self._by_topic.get(topic, ())

    def see(self, topic: int, page: Page) -> Scan:
        """Look at a text as a topic does: without its wrong senses."""
        return Scan(page, masked=self._find_masked(page).get(topic, ()))
