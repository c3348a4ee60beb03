"""Cuts a query into tokens; knows where each begins, nothing of how they belong together."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import QueryError
from bot.domain.query.slips import find_slip, read_signs
from bot.domain.query.tree import QUOTES, DateSide, Part, SourceField

FIELDS = (*Part, *SourceField, *DateSide, "since")
CLOSING = {"“": '”“"', "„": '“”"', "«": "»", "»": "«", "”": "”", '"': '"”“', "「": "」", "『": "』"}
_SPACE = re.compile(r"\s*")
_WORD = re.compile(rf"[^\s(){QUOTES}]+")
_FIELD = re.compile(r"([A-Za-z]+):(?!//)")
_NEAR = re.compile(r"NEAR(?:/([^\W_]*))?")
MAX_DISTANCE = 999
_GROUP = re.compile(r"[\w-]+")


class Kind(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    AND = "AND"
    OR = "OR"
    NOT = "NOT"
    NEAR = "NEAR"
    FIELD = "field"
    WORD = "word"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of a query; `text` is the word, the phrase without quotes, a field's or group's name, NEAR's number."""

    kind: Kind
    text: str
    column: int
    end: int
    is_exact: bool = False
    is_bare: bool = False


def cut(text: str) -> list[Token]:
    """Cut a query into tokens; raises QueryError pointing at what cannot be read."""
    text = read_signs(text)
    tokens: list[Token] = []
    at = _skip_space(text, 0)
    while at < len(text):
        token = _read_token(text, at)
        tokens.append(token)
        at = _skip_space(text, token.end)
    return tokens


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _read_token(text: str, at: int) -> Token:
    char = text[at]
    if char in "()":
        return Token(kind=Kind(char), text=char, column=at, end=at + 1)
    if char in CLOSING:
        return _read_phrase(text, at)
    if char in "-@=+" or char in "−–—":
        return _read_signed(text, at, char)
    return _read_word(text, at)


def _read_signed(text: str, at: int, sign: str) -> Token:
    following = text[at + 1 : at + 2]
    if not following or following.isspace() or following == ")":
        raise QueryError(_lone_sign(sign), text=text, column=at)
    if sign == "=":
        if field := _FIELD.match(text, at + 1):
            wanted = f"= stands before the word, not before the field; write {field[1].lower()}:=VS"
            raise QueryError(wanted, text=text, column=at)
        inner = _read_phrase(text, at + 1) if following in CLOSING else _read_bare(text, at + 1)
        return Token(kind=Kind.WORD, text=inner.text, column=at, end=inner.end, is_exact=True)
    if sign == "@":
        name = _GROUP.match(text, at + 1)
        if name is None:
            raise QueryError("@ needs the name of a term group right after it, as in @us", text=text, column=at)
        return Token(kind=Kind.GROUP, text=name.group(), column=at, end=name.end())
    kind = Kind.AND if sign == "+" else Kind.NOT
    return Token(kind=kind, text=sign, column=at, end=at + 1)


def _lone_sign(sign: str) -> str:
    return {
        "=": "= needs a word right after it, as in =VS",
        "@": "@ needs the name of a term group right after it, as in @us",
        "+": "+ needs a word right after it",
    }.get(sign, "a lone - means nothing here; -word leaves a word out, quotes keep a phrase together")


def _read_phrase(text: str, at: int) -> Token:
    closing = CLOSING[text[at]]
    for end in range(at + 1, len(text)):
        if text[end] in closing:
            return Token(kind=Kind.WORD, text=" ".join(text[at + 1 : end].split()), column=at, end=end + 1)
    raise QueryError(f"missing closing quote after {shown(text[at + 1 :])}", text=text, column=at)


def _read_word(text: str, at: int) -> Token:
    field = _FIELD.match(text, at)
    if field is not None:
        return _read_field(text, at, field)
    token = _read_bare(text, at)
    if token.text in (Kind.AND, Kind.OR, Kind.NOT):
        return Token(kind=Kind(token.text), text=token.text, column=at, end=token.end)
    near = _NEAR.fullmatch(token.text)
    if near is not None:
        number = near[1] or ""
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= MAX_DISTANCE):
            wanted = f"NEAR needs a number of words, 1 to {MAX_DISTANCE}, as in us NEAR/8 china"
            raise QueryError(wanted, text=text, column=at)
        return Token(kind=Kind.NEAR, text=near[1], column=at, end=token.end)
    if slip := find_slip(token.text, text[token.end :]):
        raise QueryError(slip, text=text, column=at)
    return token


def _read_field(text: str, at: int, field: re.Match[str]) -> Token:
    name = field[1].lower()
    if name not in FIELDS:
        near = difflib.get_close_matches(name, FIELDS, n=1)
        meant = f"did you mean {near[0]}:? " if near else f"there are {', '.join(f'{f}:' for f in FIELDS)}. "
        raise QueryError(
            f"there is no field “{field[1]}:”; {meant}Put it in quotes to look for the words themselves.",
            text=text, column=at,
        )  # fmt: skip
    return Token(kind=Kind.FIELD, text=name, column=at, end=field.end())


def _read_bare(text: str, at: int) -> Token:
    word = _WORD.match(text, at)
    if word is None:
        raise QueryError(f"“{text[at]}” cannot stand here", text=text, column=at)
    return Token(kind=Kind.WORD, text=word.group(), column=at, end=word.end(), is_bare=True)


def shown(text: str, limit: int = 30) -> str:
    """Quote a piece of a query for a message, its end alone where it is long."""
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= limit else f"“…{text[-limit:]}”"
