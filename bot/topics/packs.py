"""Topic packs as files: TOML to groups, topics, masks and examples; every complaint has its place and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from bot.domain.errors import PackError, QueryError
from bot.domain.models import Clause, Sensitivity, Topic, TopicId
from bot.domain.query import parse_term

FORMAT = 1
T = TypeVar("T")
CheckQuery = Callable[[str], object]
"""Reads a topic's query; raises QueryError."""


@dataclass(frozen=True, slots=True)
class PackSource:
    """A pack as it was read: the file's name, for messages, and its text; or why there is none."""

    name: str
    text: str
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermGroup:
    """A named group: terms as the pack writes them, by language ("any" for those that are the same everywhere)."""

    name: str
    by_language: Mapping[str, tuple[str, ...]]

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms: they are tried whatever a story's language is, since a detected language is often wrong."""
        return tuple(dict.fromkeys(term for terms in self.by_language.values() for term in terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A headline (and body) that a pack's topic must reach at its own sensitivity, or must not."""

    topic_id: TopicId
    language: str
    title: str
    body: str
    is_expected: bool
    place: str


class PackDocument:
    """One pack's TOML; every complaint names the file, the place in it and the remedy."""

    def __init__(self, source: PackSource) -> None:
        self.name = source.name
        if source.trouble:
            self.refuse("the file", source.trouble, "mend it, or take it out of topics.files")
        try:
            self.root: dict[str, Any] = tomllib.loads(source.text)
        except tomllib.TOMLDecodeError as error:
            told = f"{source.name}: this is not TOML: {error}; remedy: mend it at that line"
            raise PackError(told, pack=source.name) from None
        found = self.root.get("format")
        if found != FORMAT:
            self.refuse("format", f"{found!r} is not a format known here", f"write format = {FORMAT} at the top")
        self._check_keys("", self.root, {"format", "pack", "groups", "names", "topics"})

    def refuse(self, place: str, problem: str, remedy: str) -> NoReturn:
        """Raise the PackError of a place."""
        raise PackError(f"{self.name}: {place}: {problem}; remedy: {remedy}", pack=self.name)

    def groups(self) -> list[TermGroup]:
        found = []
        for name, by_language in self._table("groups", self.root.get("groups", {}), dict).items():
            place = f"groups.{name}"
            if not name.replace("-", "").replace("_", "").isalnum() or name != name.lower():
                self.refuse(place, "a group's name is small letters, digits, - and _", "rename it")
            found.append(TermGroup(name=name, by_language=self._terms(place, by_language)))
        return found

    def names(self, groups: Mapping[str, TermGroup]) -> dict[str, str]:
        """Return what a group is called where it is a name, such as a company's."""
        names = self._table("names", self.root.get("names", {}), str)
        for group in names.keys() - groups.keys():
            self.refuse(f"names.{group}", "there is no such group", "name a group of [groups]")
        return names

    def topic_names(self) -> list[str]:
        return list(self._table("topics", self.root.get("topics", {}), dict))

    def topic(self, name: str, check: CheckQuery) -> Topic:
        place = f"topics.{name}"
        table = self.root["topics"][name]
        self._check_keys(f"{place}.", table, {"title", "sensitivity", "clauses", "mask", "examples"})
        if "@" in name:
            self.refuse(place, "a topic's name may not hold @", "rename it")
        sensitivity = table.get("sensitivity", Sensitivity.NORMAL.value)
        if sensitivity not in list(Sensitivity):
            self.refuse(f"{place}.sensitivity", f"{sensitivity!r} is none", f"one of {', '.join(Sensitivity)}")
        clauses = self._list(f"{place}.clauses", table.get("clauses"), dict)
        if not clauses:
            self.refuse(f"{place}.clauses", "a topic needs one", 'write clauses = [{ query = "...", score = 0.9 }]')
        return Topic(
            id=TopicId(name),
            name=name,
            title=self._text(f"{place}.title", table.get("title", name)),
            clauses=tuple(self._clause(f"{place}.clauses[{i}]", c, check) for i, c in enumerate(clauses)),
            sensitivity=Sensitivity(sensitivity),
        )

    def mask(self, name: str) -> tuple[str, ...]:
        by_language = self._terms(f"topics.{name}.mask", self.root["topics"][name].get("mask", {}))
        return tuple(dict.fromkeys(term for terms in by_language.values() for term in terms))

    def examples(self, name: str) -> list[Example]:
        found = []
        place = f"topics.{name}.examples"
        for index, table in enumerate(self._list(place, self.root["topics"][name].get("examples", []), dict)):
            here = f"{place}[{index}]"
            self._check_keys(f"{here}.", table, {"lang", "text", "body", "expect"})
            if not isinstance(table.get("expect"), bool):
                self.refuse(
                    f"{here}.expect", "it must say whether the topic must match", "write expect = true or false"
                )
            found.append(
                Example(
                    topic_id=TopicId(name),
                    language=self._text(f"{here}.lang", table.get("lang")),
                    title=self._text(f"{here}.text", table.get("text")),
                    body=self._text(f"{here}.body", table.get("body", " ")).strip(),
                    is_expected=table["expect"],
                    place=f"{self.name}: {here}",
                )
            )
        return found

    def _clause(self, place: str, table: dict[str, Any], check: CheckQuery) -> Clause:
        self._check_keys(f"{place}.", table, {"query", "score"})
        query = self._text(f"{place}.query", table.get("query"))
        score = table.get("score")
        if isinstance(score, bool) or not isinstance(score, int | float) or not 0 < score <= 1:
            self.refuse(f"{place}.score", f"{score!r} is no score", "write a number above 0, at most 1")
        self._read(f"{place}.query", check, query)
        return Clause(query=query, score=float(table["score"]))

    def _terms(self, place: str, by_language: object) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for language, terms in self._table(place, by_language, list).items():
            here = f"{place}.{language}"
            for index, term in enumerate(terms):
                self._read(f"{here}[{index}]", parse_term, self._text(f"{here}[{index}]", term))
            found[language] = tuple(terms)
        return found

    def _read(self, place: str, read: Callable[[str], object], text: str) -> None:
        try:
            read(text)
        except QueryError as error:
            self.refuse(f"{place}: column {error.column + 1} of “{text}”", "it cannot be read", error.message)

    def _check_keys(self, place: str, table: Mapping[str, object], known: set[str]) -> None:
        for key in table:
            if key not in known:
                self.refuse(f"{place}{key}", "nothing has this name here", f"one of {', '.join(sorted(known))}")

    def _text(self, place: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            self.refuse(place, f"text is expected, not {value!r}", "write it in quotes")
        return value

    def _list(self, place: str, value: object, of: type[T]) -> list[T]:
        if not isinstance(value, list) or not all(isinstance(item, of) for item in value):
            self.refuse(place, "a list of tables is expected", "write it as the shipped packs do")
        return value

    def _table(self, place: str, value: object, of: type[T]) -> dict[str, T]:
        if not isinstance(value, dict) or not all(isinstance(item, of) for item in value.values()):
            kind = "lists of terms" if of is list else "names" if of is str else "tables"
            self.refuse(place, f"a table of {kind} is expected", "write it as the shipped packs do")
        return value
