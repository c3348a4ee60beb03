"""Loaded packs: term groups, topics over them, and masks; immutable, shared by matcher, commands and check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from bot.domain.errors import QueryError
from bot.domain.models import Topic, TopicId
from bot.domain.query import (
    And,
    Dated,
    Group,
    InPart,
    Near,
    Not,
    Or,
    Query,
    Since,
    Source,
    Term,
    parse_query,
    walk,
)
from bot.topics.packs import Example, PackDocument, PackSource, TermGroup

MOST_NAMED = 12
"""Of the groups, where one is asked for that is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything the packs say. `names` says what the groups that are names are called; `masks` are, by topic, terms
    whose place in a text does not count for it. `sources` are the packs as they were read. `withheld` are the topics of
    packs that were left out, all of them where it `is_whole`; `problems` tells why.
    """

    groups: Mapping[str, TermGroup] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    masks: Mapping[TopicId, tuple[str, ...]] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    sources: tuple[PackSource, ...] = ()
    withheld: tuple[Topic, ...] = ()
    is_whole: bool = True
    problems: tuple[str, ...] = ()

    def read_query(self, text: str) -> Query:
        """Read a query and check that its groups exist; raises QueryError pointing at the mistake."""
        query = parse_query(text)
        for node in walk(query):
            if isinstance(node, Group) and node.name not in self.groups:
                raise QueryError(self._miss_group(node.name), text=text, column=node.column)
        return query

    def _miss_group(self, name: str) -> str:
        """Say that there is no such group, with what it may have been meant to be, or with all there are."""
        if near := get_close_matches(name, self.groups, n=3):
            return f"there is no term group @{name}; did you mean {' or '.join(f'@{group}' for group in near)}?"
        groups = sorted(self.groups)
        known = ", ".join(f"@{group}" for group in groups[:MOST_NAMED]) or "none"
        more = f" and {len(groups) - MOST_NAMED} more" if len(groups) > MOST_NAMED else ""
        return f"there is no term group @{name}; there are {known}{more}"

    def read_topic_query(self, text: str) -> Query:
        """Read a query that is to be watched: as `read_query`, but no days, and not nearly everything."""
        query = self.read_query(text)
        for node in walk(query):
            if isinstance(node, Dated | Since):
                message = "a topic watches what comes; after:, before: and since: are for searching"
                raise QueryError(message, text=text, column=node.column)
        if not is_bounded(query):
            message = "this would hit nearly everything; name something to look for as well, as in huawei NOT watch"
            raise QueryError(message, text=text, column=0)
        return query


def is_bounded(query: Query) -> bool:
    """Tell whether every article that the query hits must hold or have something that the query names."""
    match query:
        case Term() | Group() | Near() | Source():
            return True
        case And(parts):
            return any(is_bounded(part) for part in parts)
        case Or(parts):
            return all(is_bounded(part) for part in parts)
        case InPart(part=part):
            return is_bounded(part)
        case Not() | Dated() | Since():
            return False


def load_library(packs: Sequence[PackSource]) -> Library:
    """Read packs; raises PackError naming file, place and remedy. Groups are shared by all packs."""
    documents = [PackDocument(pack) for pack in packs]
    groups: dict[str, TermGroup] = {}
    for document in documents:
        for group in document.groups():
            if group.name in groups:
                document.refuse(f"groups.{group.name}", "another group has this name", "rename one of them")
            groups[group.name] = group
    library = Library(groups=groups)
    names = {group: name for document in documents for group, name in document.names(groups).items()}
    topics: dict[TopicId, Topic] = {}
    masks: dict[TopicId, tuple[str, ...]] = {}
    examples: list[Example] = []
    for document in documents:
        for name in document.topic_names():
            topic = document.topic(name, library.read_topic_query)
            if topic.id in topics:
                document.refuse(f"topics.{name}", "another topic has this name", "rename one of them")
            topics[topic.id] = topic
            masks[topic.id] = document.mask(name)
            examples.extend(document.examples(name))
    return Library(
        groups=groups,
        names=names,
        topics=tuple(topics.values()),
        masks=masks,
        examples=tuple(examples),
        sources=tuple(packs),
    )


__all__ = ["Example", "Library", "PackSource", "TermGroup", "is_bounded", "load_library"]
