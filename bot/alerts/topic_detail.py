"""A topic explained: what it looks for, the words in each language, what it passes over, whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from bot.alerts.phrases import say_language
from bot.domain.cards import Card, Line, Section, Span, line
from bot.domain.errors import QueryError
from bot.domain.models import Clause, Sensitivity, Topic
from bot.domain.query import Group, walk
from bot.topics.library import Library, TermGroup

MOST_TERMS = 4
MOST_LANGUAGES = 8
MOST_MASKS = 6
ANY_LANGUAGE = "any"
_SENSITIVITY = {
    Sensitivity.STRICT: "strict: only sure matches count",
    Sensitivity.NORMAL: "normal: a main subject counts, a passing mention does not",
    Sensitivity.WIDE: "wide: passing mentions count too",
}


def topic_card(topic: Topic, library: Library) -> Card:
    """Show a topic with its clauses, the terms of the groups that they name, and its masks."""
    owner = "this workspace" if topic.owner is not None else "a topic pack"
    head = [
        line("Sensitivity: ", Span(text=_SENSITIVITY[topic.sensitivity])),
        line(f"From {owner}; its name is ", Span(text=topic.name, is_bold=True)),
    ]
    clauses = [line(Span(text=c.query, is_bold=True), f" · score {c.score:g}{_reach(c)}") for c in topic.clauses]
    sections = [Section(lines=tuple(head)), Section(heading="Looks for", lines=tuple(clauses))]
    sections += [
        Section(heading=f"@{group.name}", lines=tuple(_group_lines(group))) for group in _find_groups(topic, library)
    ]
    masks = library.masks.get(topic.id, ())
    if masks:
        sections.append(Section(heading="Passes over", lines=(line(_few(masks, MOST_MASKS)),)))
    count = f"{len(topic.clauses)} quer{'y' if len(topic.clauses) == 1 else 'ies'}"
    return Card(title=topic.title, text=f"{topic.title}: {count}", sections=tuple(sections))


def _reach(clause: Clause) -> str:
    """Say from which sensitivity on a hit in the title counts."""
    for sensitivity in (Sensitivity.STRICT, Sensitivity.NORMAL, Sensitivity.WIDE):
        if clause.score >= sensitivity.threshold:
            return "" if sensitivity is Sensitivity.STRICT else f", from {sensitivity.value} on"
    return ", never by itself"


def _find_groups(topic: Topic, library: Library) -> Iterator[TermGroup]:
    """Find the groups that the clauses name, each once; a clause that cannot be read names none."""
    seen: set[str] = set()
    for clause in topic.clauses:
        try:
            query = library.read_query(clause.query)
        except QueryError:
            continue
        for node in walk(query):
            if isinstance(node, Group) and node.name not in seen:
                seen.add(node.name)
                yield library.groups[node.name]


def _group_lines(group: TermGroup) -> Iterator[Line]:
    languages = list(group.by_language.items())
    names = [say_language(code) for code, _ in languages]
    for code, terms in languages[:MOST_LANGUAGES]:
        name = say_language(code)
        name = f"{name} ({code})" if names.count(name) > 1 else name  # two scripts of one language
        yield line(f"{'Everywhere' if code == ANY_LANGUAGE else name}: {_few(terms, MOST_TERMS)}")
    if len(languages) > MOST_LANGUAGES:
        yield line(f"and {len(languages) - MOST_LANGUAGES} more languages")


def _few(terms: tuple[str, ...], most: int) -> str:
    more = f" +{len(terms) - most}" if len(terms) > most else ""
    return f"{', '.join(terms[:most])}{more}"
