"""How right queries are on labelled texts: `python -m benchmarks.topics GOLD.jsonl QUERIES.toml [--json]`.

GOLD.jsonl has {"id", "title", "text", "topics": [labels]} a line, QUERIES.toml a table [queries] with label = "query".
A text gets a label where the query reaches normal sensitivity as a topic that a person adds; only the labels that have
a query are judged. Plain keyword lines stand beside it: whether a term of the query is in the title, in the title or
the first sixty words, anywhere, or anywhere twice. --json ends with one object of precision, recall, F1 and counts.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import packs
from bot.commands.pointing import point_below
from bot.commands.topics_drafts import OWN_SCORE
from bot.domain.errors import InputError, QueryError
from bot.domain.models import Clause, Sensitivity, Topic, TopicId
from bot.domain.query import And, InPart, Near, Or, Query, Term, parse_query, walk
from bot.domain.settings import Settings
from bot.topics.library import Library
from bot.topics.matcher import build_matcher
from bot.topics.page import Finder
from bot.topics.terms import read_pattern
from bot.topics.texts import ArticleText

LEAD_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text with the labels that people gave it."""

    id: str
    title: str
    text: str
    topics: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a label was given rightly, wrongly, and not given."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The part of what was given that is right; 1 where nothing was given and nothing missed."""
        given = self.right + self.wrong
        return self.right / given if given else float(not self.missed)

    @property
    def recall(self) -> float:
        """The part of what is right that was given."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> dict[str, float]:
        """Return what the JSON object says of a label."""
        return {
            "p": self.precision, "r": self.recall, "f1": self.f1,
            "tp": self.right, "fp": self.wrong, "fn": self.missed,
        }  # fmt: skip


def read_gold(path: Path) -> list[Labelled]:
    """Read labelled texts; raises InputError naming the line that is none."""
    # Not splitlines: a text may hold other ends of lines, such as U+2028.
    lines = enumerate(_read(path).split("\n"), start=1)
    return [_read_labelled(path, number, line) for number, line in lines if line.strip()]


def _read_labelled(path: Path, number: int, line: str) -> Labelled:
    wanted = 'write {"id", "title", "text", "topics": [...]} on one line'
    try:
        row = json.loads(line)
        topics = row["topics"]
        if not isinstance(topics, list):
            raise InputError(f"{path}, line {number}: topics is no list; {wanted}")
        title, text = row.get("title") or "", row.get("text") or ""
        return Labelled(id=str(row["id"]), title=title, text=text, topics=frozenset(topics))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}, line {number}: this is not JSON: {error.msg}; {wanted}") from None
    except KeyError as error:
        raise InputError(f"{path}, line {number}: {error.args[0]} is missing; {wanted}") from None
    except (TypeError, AttributeError):
        raise InputError(f"{path}, line {number}: this is no object; {wanted}") from None


def read_queries(path: Path) -> dict[str, str]:
    """Read the queries by label; raises InputError where there are none."""
    try:
        queries = tomllib.loads(_read(path)).get("queries")
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: this is not TOML: {error}") from None
    if not isinstance(queries, dict) or not all(isinstance(query, str) for query in queries.values()):
        raise InputError(f'{path}: there are no queries; write [queries] and below it name = "query"')
    return queries


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: it cannot be read: {error}") from None


def label_by_queries(texts: Iterable[Labelled], queries: Mapping[str, str], library: Library) -> dict[str, set[str]]:
    """Label texts as topics of these queries would, at normal sensitivity; raises InputError for a wrong query."""
    for label, query in queries.items():
        try:
            library.read_topic_query(query)
        except QueryError as error:
            told = "\n".join(point_below(error))
            raise InputError(f"the query of {label} cannot be read\n{told}") from None
    matcher = build_matcher(library, [_topic(label, query) for label, query in queries.items()])
    least = Sensitivity.NORMAL.threshold
    return {
        it.id: {str(hit.topic_id) for hit in matcher.match(_article(it.title, it.text)) if hit.score >= least}
        for it in texts
    }


def _topic(label: str, query: str) -> Topic:
    return Topic(id=TopicId(label), name=label, title=label, clauses=(Clause(query=query, score=OWN_SCORE),))


def _article(title: str, text: str) -> ArticleText:
    return ArticleText(title=title, text=text)


def label_by_keywords(
    texts: Iterable[Labelled], queries: Mapping[str, str], cut: Callable[[Labelled], ArticleText], least: int = 1
) -> dict[str, set[str]]:
    """Label texts that hold any term of a query so often in the part that is cut out of them."""
    finders = {
        label: Finder(list(dict.fromkeys(read_pattern(term) for term in _positive(parse_query(query)))))
        for label, query in queries.items()
    }
    found: dict[str, set[str]] = {}
    for it in texts:
        article = cut(it)
        found[it.id] = {label for label, finder in finders.items() if len(finder.read(article).slots) >= least}
    return found


def _positive(query: Query) -> Iterable[Term]:
    """Yield the terms that a query looks for, not those that it leaves out."""
    match query:
        case Term():
            yield query
        case And(parts) | Or(parts):
            yield from (term for part in parts for term in _positive(part))
        case Near(left, right):
            yield from (node for side in (left, right) for node in walk(side) if isinstance(node, Term))
        case InPart(part=part):
            yield from _positive(part)
        case _:
            return


def tally(texts: Sequence[Labelled], given: Mapping[str, set[str]], label: str) -> Tally:
    """Count one label over all texts."""
    right = sum(label in it.topics and label in given[it.id] for it in texts)
    return Tally(
        right=right,
        wrong=sum(label in labels for labels in given.values()) - right,
        missed=sum(label in it.topics for it in texts) - right,
    )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Count all labels together."""
    rows = list(tallies)
    return Tally(
        right=sum(row.right for row in rows),
        wrong=sum(row.wrong for row in rows),
        missed=sum(row.missed for row in rows),
    )


def score(texts: Sequence[Labelled], given: Mapping[str, set[str]], labels: Iterable[str]) -> dict[str, Tally]:
    """Count each label, in the order of their names."""
    return {label: tally(texts, given, label) for label in sorted(labels)}


def as_object(tallies: Mapping[str, Tally]) -> dict[str, object]:
    """Return the JSON object: by label, over all of them, and the mean of the labels' F1."""
    return {
        "topics": {label: row.row() for label, row in tallies.items()},
        "micro": add_up(tallies.values()).row(),
        "macro_f1": sum(row.f1 for row in tallies.values()) / len(tallies) if tallies else 0.0,
    }


LINES: Mapping[str, tuple[Callable[[Labelled], ArticleText], int]] = {
    "a keyword in the title": (lambda it: _article(it.title, ""), 1),
    f"in the title or the first {LEAD_WORDS} words": (
        lambda it: _article(it.title, " ".join(it.text.split()[:LEAD_WORDS])),
        1,
    ),
    "anywhere": (lambda it: _article(it.title, it.text), 1),
    "anywhere, twice": (lambda it: _article(it.title, it.text), 2),
}


def show(name: str, tallies: Mapping[str, Tally]) -> None:
    """Print a way of labelling, all labels and each."""
    micro = add_up(tallies.values())
    macro = sum(row.f1 for row in tallies.values()) / len(tallies)
    print(f"{name:38} P {micro.precision:.3f}  R {micro.recall:.3f}  F1 {micro.f1:.3f}  macro F1 {macro:.3f}")
    for label, row in tallies.items():
        told = f"P {row.precision:.3f}  R {row.recall:.3f}  F1 {row.f1:.3f}"
        print(f"    {label:34} {told}   right {row.right} wrong {row.wrong} missed {row.missed}")


def show_best(ours: Mapping[str, Tally], lines: Mapping[str, Mapping[str, Tally]]) -> None:
    """Print the best keyword line beside ours: for which labels ours is more precise at no less recall."""
    best = max(lines, key=lambda name: add_up(lines[name].values()).f1)
    micro, least = add_up(ours.values()).f1, add_up(lines[best].values()).f1
    print(f"best keyword line: {best}, micro F1 {least:.3f}; ours {micro:.3f}")
    for label, row in ours.items():
        line = lines[best][label]
        if row.recall >= line.recall:
            told = "more precise" if row.precision > line.precision else "NOT more precise"
        else:
            told = "not comparable: less recall"
        print(
            f"    {label:34} ours P {row.precision:.3f} R {row.recall:.3f}"
            f"  line P {line.precision:.3f} R {line.recall:.3f}  {told}"
        )


def main() -> None:
    """Score the queries, beside keyword lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    parser.add_argument("queries", type=Path, metavar="QUERIES.toml")
    parser.add_argument("--json", action="store_true", help="end with one JSON object")
    options = parser.parse_args()
    try:
        texts, queries = read_gold(options.gold), read_queries(options.queries)
        given = label_by_queries(texts, queries, packs.load_library(Settings()))
    except InputError as error:
        parser.exit(2, f"{error}\n")
    tallies = score(texts, given, queries)
    show("topics of these queries, normal", tallies)
    lines = {
        name: score(texts, label_by_keywords(texts, queries, cut, least), queries)
        for name, (cut, least) in LINES.items()
    }
    for name, line in lines.items():
        show(name, line)
    if queries:
        show_best(tallies, lines)
    if options.json:
        print(json.dumps(as_object(tallies)))


if __name__ == "__main__":
    main()
