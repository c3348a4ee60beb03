"""Recursive descent from text to tree.

any   = all { OR all }                     weakest
all   = one { [AND] one }
one   = (NOT | -) one | near
near  = atom [ NEAR/n atom ]               strongest
atom  = ( any ) | field: value | @group | [=] word | [=] "phrase"
Operators are capitals. A bare `or`, `and` or `not` between words is asked about: it may be a word of a language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.errors import QueryError
from bot.domain.query.lexer import Kind, Token, cut, shown
from bot.domain.query.slips import LOWER, read_signs
from bot.domain.query.tree import (
    Dated,
    DateSide,
    Group,
    InPart,
    Near,
    Not,
    Or,
    Part,
    Query,
    Since,
    Source,
    SourceField,
    Term,
    join_all,
    join_any,
    walk,
)
from bot.domain.text import fold, is_han_or_kana

MAX_LENGTH = 2_000
MAX_DEPTH = 12
MAX_TERMS = 200
MAX_TERM_LENGTH = 100
MAX_STARS = 4
MAX_AGE = timedelta(days=3_660)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_AGE = re.compile(r"(\d{1,5})([hdwHDW])")
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_STARS = re.compile(r"\*+")


def parse_query(text: str) -> Query:
    """Read a query; raises QueryError with the column of the mistake and how to mend it."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text)} characters; at most {MAX_LENGTH} are read. Split it into clauses or topics.",
            text=text, column=MAX_LENGTH,
        )  # fmt: skip
    return _Parser(text=text, tokens=cut(text)).parse()


def parse_term(text: str) -> Term:
    """Read one term as packs write it: a word or phrase without quotes, = before it where capitals count."""
    text = read_signs(text)
    is_exact = text.startswith("=")
    words = " ".join(text.removeprefix("=").split())
    return _make_term(words, is_exact, text=text, column=0)


def _make_term(words: str, is_exact: bool, *, text: str, column: int) -> Term:
    words = _STARS.sub("*", words)
    problem = _find_term_problem(words)
    if problem:
        raise QueryError(problem, text=text, column=column)
    return Term(words, is_exact)


def _find_term_problem(words: str) -> str:
    if len(words) > MAX_TERM_LENGTH:
        return f"a term may have at most {MAX_TERM_LENGTH} characters; shorten the phrase"
    if words.count("*") > MAX_STARS:
        return f"a term may have at most {MAX_STARS} stars"
    folded = fold(words)
    if "*" in folded.split():
        return "a * alone stands for no word; put it at a word's end, or use NEAR/n"
    if not any(c.isalnum() for c in folded):
        return f"{shown(words)} has no letter or digit to look for"
    pieces = folded.split("*")
    longest = max(sum(c.isalnum() for c in piece) for piece in pieces)
    if len(pieces) > 1 and longest < 2 and not any(is_han_or_kana(c) for c in folded):
        return f"{shown(words)} would hit nearly everything; give at least two letters beside the *"
    return ""


@dataclass(slots=True)
class _Parser:
    text: str
    tokens: list[Token]
    at: int = 0
    depth: int = 0
    terms: int = 0

    def parse(self) -> Query:
        if not self.tokens:
            raise self._error("the query is empty; write a word to look for", 0)
        query = self._any()
        rest = self._peek()
        if rest is not None:
            raise self._error("this ) closes nothing; remove it or add the ( it belongs to", rest.column)
        return query

    # -- operators, weakest first --------------------------------------------------------------------------------------

    def _any(self) -> Query:
        parts = [self._all()]
        while (operator := self._take(Kind.OR)) is not None:
            self._need_right(operator)
            parts.append(self._all())
        return join_any(parts)

    def _all(self) -> Query:
        self._skip_plus()
        if (first := self._peek()) is not None and first.text == "not":
            self._ask_about(first)
        parts = [self._one()]
        while (token := self._peek()) is not None and token.kind not in (Kind.OR, Kind.CLOSE):
            if (operator := self._take(Kind.AND)) is not None:
                self._need_right(operator)
            else:
                self._ask_about(token)
            parts.append(self._one())
        return join_all(parts)

    def _ask_about(self, token: Token) -> None:
        """Refuse an operator in small letters that something follows: as a word it would quietly be asked for."""
        if not token.is_bare or token.text not in LOWER or self.at + 1 >= len(self.tokens):
            return
        if self.tokens[self.at + 1].kind not in (Kind.CLOSE, Kind.AND, Kind.OR, Kind.NEAR):
            told = (
                f"“{token.text}” is read as a word; write {LOWER[token.text]}, or put it in quotes to look for the word"
            )
            raise self._error(told, token.column)

    def _skip_plus(self) -> None:
        """Pass over a + in front of the first word (+huawei +zte): it asks for what is asked for anyway."""
        token = self._peek()
        if token is not None and token.kind is Kind.AND and token.text == "+":
            self.at += 1
            self._need_right(token)

    def _one(self) -> Query:
        operator = self._take(Kind.NOT)
        if operator is None:
            return self._near()
        self._need_right(operator)
        with_depth = self._enter(operator)
        part = self._one()
        self.depth = with_depth - 1
        return Not(part)

    def _near(self) -> Query:
        begin = self._peek()
        left = self._atom()
        operator = self._take(Kind.NEAR)
        if operator is None:
            return left
        self._need_right(operator)
        after = self._peek()
        right = self._atom()
        for side, token in ((left, begin), (right, after)):
            self._check_near_side(side, token or operator)
        chained = self._peek()
        if chained is not None and chained.kind is Kind.NEAR:
            raise self._error("NEAR joins two things; write (a NEAR/3 b) AND (b NEAR/3 c)", chained.column)
        return Near(left, right, int(operator.text))

    def _check_near_side(self, side: Query, token: Token) -> None:
        if isinstance(side, Or):
            for part in side.parts:
                self._check_near_side(part, token)
        elif not isinstance(side, Term | Group):
            raise self._error("NEAR joins words, phrases, @groups or (a OR b), nothing else", token.column)

    # -- atoms ---------------------------------------------------------------------------------------------------------

    def _atom(self) -> Query:
        token = self._peek()
        if token is None:
            raise self._error("something is missing at the end", len(self.text))
        if token.kind in (Kind.AND, Kind.OR, Kind.NEAR):
            raise self._error(f"{_spell(token)} needs something on its left; in quotes it is a word", token.column)
        if token.kind is Kind.NOT:
            raise self._error("NOT cannot stand here; put what it leaves out in front or in parentheses", token.column)
        if token.kind is Kind.CLOSE:
            raise self._error("this ) closes nothing; remove it or add the ( it belongs to", token.column)
        self.at += 1
        if token.kind is Kind.OPEN:
            return self._parenthesis(token)
        if token.kind is Kind.FIELD:
            return self._field(token)
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise self._error(f"a query may have at most {MAX_TERMS} terms; split it into clauses", token.column)
        if token.kind is Kind.GROUP:
            return Group(token.text.lower(), token.column)
        return _make_term(token.text, token.is_exact, text=self.text, column=token.column)

    def _parenthesis(self, opening: Token) -> Query:
        depth = self._enter(opening)
        following = self._peek()
        if following is not None and following.kind is Kind.CLOSE:
            raise self._error("there is nothing between ( and )", opening.column)
        if following is None:
            raise self._error("( needs something after it", opening.column)
        query = self._any()
        if self._take(Kind.CLOSE) is None:
            before = self.tokens[self.at - 1]
            written = shown(self.text[opening.end : before.end])
            raise self._error(f"missing ) after {written}", before.end)
        self.depth = depth - 1
        return query

    def _field(self, field: Token) -> Query:
        following = self._peek()
        if following is None or following.kind in (Kind.CLOSE, Kind.AND, Kind.OR, Kind.NEAR):
            raise self._error(f"{field.text}: needs something right after it", field.column)
        if field.text in (Part.TITLE, Part.BODY):
            return self._in_part(field)
        if following.kind is not Kind.WORD or following.is_exact:
            raise self._error(f"{field.text}: takes one word or one phrase in quotes", following.column)
        self.at += 1
        if field.text == "since":
            return self._since(following)
        if field.text in (DateSide.AFTER, DateSide.BEFORE):
            return Dated(DateSide(field.text), self._date(following), following.column)
        value = following.text.strip()
        if not any(c.isalnum() for c in value):
            raise self._error(f"{field.text}: needs a name", following.column)
        if field.text == SourceField.LANGUAGE and not _LANGUAGE.fullmatch(value):
            raise self._error("lang: takes a language's code, as in lang:nl or lang:zh-Hans", following.column)
        return Source(SourceField(field.text), value)

    def _in_part(self, field: Token) -> Query:
        following = self._peek()
        if following is not None and following.kind is Kind.NOT:
            raise self._error(f"write NOT before {field.text}:, not after it", following.column)
        part = self._atom()
        if any(isinstance(node, InPart) for node in walk(part)):
            raise self._error(f"{field.text}: cannot hold another title: or body:", field.column)
        return InPart(Part(field.text), part)

    def _since(self, token: Token) -> Query:
        found = _AGE.fullmatch(token.text)
        if found is None:
            if _DAY.fullmatch(token.text):
                return Dated(DateSide.AFTER, self._date(token), token.column)
            raise self._error("since: takes hours, days or weeks, as in since:12h, since:7d, since:2w", token.column)
        age = int(found[1]) * _UNITS[found[2].lower()]
        if not timedelta(0) < age <= MAX_AGE:
            raise self._error("since: reaches from an hour to ten years back", token.column)
        return Since(age, None, token.column)

    def _date(self, token: Token) -> date:
        found = _DAY.fullmatch(token.text)
        if found is None:
            raise self._error("a day is written year-month-day, as in 2026-11-01", token.column)
        day = "-".join((found[1], found[2].zfill(2), found[3].zfill(2)))
        try:
            return date.fromisoformat(day)
        except ValueError:
            raise self._error(f"there is no day {day}; a day is year-month-day", token.column) from None

    # -- tokens --------------------------------------------------------------------------------------------------------

    def _peek(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, kind: Kind) -> Token | None:
        token = self._peek()
        if token is None or token.kind is not kind:
            return None
        self.at += 1
        return token

    def _need_right(self, operator: Token) -> None:
        following = self._peek()
        if following is None or following.kind in (Kind.CLOSE, Kind.AND, Kind.OR, Kind.NEAR):
            raise self._error(f"{_spell(operator)} needs something on its right", operator.column)

    def _enter(self, token: Token) -> int:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._error(f"nested more than {MAX_DEPTH} deep; simplify the query", token.column)
        return self.depth

    def _error(self, message: str, column: int) -> QueryError:
        return QueryError(message, text=self.text, column=column)


def _spell(token: Token) -> str:
    return f"NEAR/{token.text}" if token.kind is Kind.NEAR else token.text
