"""Lines as people type them after /news: words, quotes and options become the arguments of a call.

Options may stand anywhere (`--mode both`, `--mode=both`); the other words fill the parameters in order, each the first
that takes it. Quotes hold words together, phones' curly ones too; a lone apostrophe is just a character (don't).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.commands.registry import Command, Kind, Parameter, Registry
from bot.domain.cards import Call
from bot.domain.errors import InputError
from bot.domain.text import clean, shorten

MAX_LENGTH = 4_000
ROOT = "news"
_HELP = {"--help", "-h", "—help"}
# A phone turns -- into a dash. An opening quote counts where a word or an option's value begins, a double one anywhere.
_DOUBLE = r'["“„”][^"“„”]*["“”]'
_ANGLED = r"«[^«»]*»"
_SINGLE = r"(?<![^\s=])['‘][^'‘’]*['’](?!\w)"
_WORD = re.compile(rf"(?:{_DOUBLE}|{_ANGLED}|{_SINGLE}|\S)+")
_QUOTED = re.compile(rf"(?:{_DOUBLE}|{_ANGLED}|{_SINGLE})")
_OPTION = re.compile(r"(?:--|[—–])(?P<name>[A-Za-z][\w-]*)(?P<equals>=)?")
_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT|NEAR/\d+)(?!\S)|\S:\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word with its place in the line; `option` is the parameter that it names, `value_at` where its value begins."""

    text: str
    start: int
    end: int
    option: str | None = None
    value_at: int | None = None


def read_line(text: str, registry: Registry) -> Call:
    """Read `topic add chips --query "chip*"` as a call; raises InputError with the nearest command."""
    if len(text) > MAX_LENGTH:
        raise InputError(f"That has {len(text)} characters; at most {MAX_LENGTH} are read.")
    line = clean(text)
    spans = [(found.start(), found.end()) for found in _WORD.finditer(line)]
    typed = [_unquote(line[start:end]).casefold() for start, end in spans[:3]]
    skipped = 1 if typed and typed[0] == f"/{ROOT}" else 0
    typed = [typed[skipped].removeprefix("/"), *typed[skipped + 1 :]] if typed[skipped:] else []
    if not typed:
        return Call(command="help")
    command = registry.find(" ".join(typed[:2])) or registry.find(typed[0])
    if command is None:
        raise InputError(unknown_command(" ".join(typed[:2]), registry))
    rest = spans[skipped + len(command.path.split()) :]
    if any(line[start:end].casefold() in _HELP for start, end in rest):
        return Call(command="help", arguments=(("command", command.path),))
    return Call(command=command.path, arguments=tuple(_Reading(command, line, rest).arguments().items()))


def unknown_command(typed: str, registry: Registry) -> str:
    """Say that there is no such command, and which there are."""
    first = typed.split(" ", 1)[0]
    paths = registry.paths()
    group = [p for p in paths if p.startswith(f"{first} ")]
    if group and typed == first:
        return f"“{first}” goes on: {_list(group)}."
    near = difflib.get_close_matches(typed, paths, n=3, cutoff=0.6) or group
    near = near or [p for p in paths if len(first) > 1 and p.startswith(first)][:3]
    near = near or difflib.get_close_matches(first, paths, n=3, cutoff=0.6)
    meant = f" Did you mean {_list(near)}?" if near else ""
    return f"There is no command “{shorten(typed, 60)}”.{meant} “/news help” lists them all."


def _list(paths: Sequence[str]) -> str:
    return ", ".join(f"“{path}”" for path in paths)


def _unquote(text: str) -> str:
    return text[1:-1].strip() if _QUOTED.fullmatch(text) else text


class _Reading:
    """The words after a command, and the arguments that they become."""

    def __init__(self, command: Command, line: str, spans: Sequence[tuple[int, int]]) -> None:
        self._command = command
        self._line = line
        self._parameters = {p.name: p for p in command.parameters}
        self._has_verbatim = any(p.is_verbatim for p in command.parameters)
        self._words = [self._word(start, end) for start, end in spans]
        self._found: dict[str, str] = {}
        self._last_text: str | None = None

    def arguments(self) -> Mapping[str, str]:
        """Return the arguments by parameter; raises InputError for a word that none takes."""
        in_order = self._take_options()
        at = 0
        while at < len(in_order):
            at += self._place(in_order, at)
        return self._found

    def _word(self, start: int, end: int) -> _Word:
        raw = self._line[start:end]
        option = _OPTION.match(raw)
        if option is None or (option["equals"] is None and option.end() != len(raw)):
            return _Word(text=_unquote(raw), start=start, end=end)
        name = option["name"].casefold().replace("-", "_")
        # In a query a dash before a word leaves it out, so there only known names are options.
        if name not in self._parameters and (self._has_verbatim or not raw.startswith("--")):
            return _Word(text=raw, start=start, end=end)
        value_at = start + option.end() if option["equals"] else None
        return _Word(text=raw, start=start, end=end, option=name, value_at=value_at)

    def _take_options(self) -> list[_Word]:
        """Read the options and return the other words."""
        in_order: list[_Word] = []
        at = 0
        while at < len(self._words):
            word = self._words[at]
            at += 1
            if word.option is None:
                in_order.append(word)
                continue
            parameter = self._parameters.get(word.option)
            until = self._next_option(at)
            if parameter is not None and parameter.is_verbatim:
                begin = word.value_at if word.value_at is not None else word.end
                self._found[word.option] = _unwrap(self._line[begin : self._end(until)].strip())
                at = until
            elif word.value_at is not None:
                self._found[word.option] = _unquote(self._line[word.value_at : word.end])
            elif at < until:
                at = self._take_list(word.option, at, until)
            elif parameter is not None and parameter.kind is Kind.BOOLEAN:
                self._found[word.option] = "yes"
            else:
                raise InputError(f"--{word.option} needs a value. Usage: /news {self._command.usage}")
        return in_order

    def _take_list(self, option: str, at: int, until: int) -> int:
        """Take an option's word, and those after it as long as a comma says that more follows."""
        taken = [self._words[at].text]
        while taken[-1].endswith(",") and at + len(taken) < until:
            taken.append(self._words[at + len(taken)].text)
        self._found[option] = " ".join(taken)
        return at + len(taken)

    def _next_option(self, at: int) -> int:
        return next((i for i in range(at, len(self._words)) if self._words[i].option is not None), len(self._words))

    def _end(self, index: int) -> int:
        """Return where the text before a word ends."""
        return self._words[index].start if index < len(self._words) else len(self._line)

    def _place(self, words: Sequence[_Word], at: int) -> int:
        """Give a word (or it and more) to the parameter that takes it; returns how many words that took."""
        free = [p for p in self._command.parameters if p.name not in self._found and not p.is_named]
        word = words[at].text
        parameter = self._choose(free, word)
        if parameter is None:
            return self._misplace(free, word)
        if parameter.is_verbatim:
            until = self._next_option(self._words.index(words[at]))
            written = self._line[words[at].start : self._end(until)].strip()
            # Quotes that a shell would take off; double ones make a phrase.
            self._found[parameter.name] = _unquote(written) if written[0] in "'‘" else written
            taken = sum(words[at].start <= w.start < self._end(until) for w in words)
        elif parameter.kind is Kind.TEXT and parameter is free[-1]:
            taken = len(words) - at
            self._found[parameter.name] = " ".join(w.text for w in words[at:])
        else:
            taken = 1
            self._found[parameter.name] = word
        self._last_text = parameter.name if parameter.kind is Kind.TEXT else None
        return taken

    def _choose(self, free: Sequence[Parameter], word: str) -> Parameter | None:
        fitting = [p for p in free if p.fits(word)]
        if fitting and fitting[0].kind is Kind.TEXT and not fitting[0].is_required and word.isdecimal():
            return next((p for p in fitting if p.kind is Kind.INTEGER), fitting[0])
        return fitting[0] if fitting else None

    def _misplace(self, free: Sequence[Parameter], word: str) -> int:
        """Take a word that fits nothing as more of the text before it (`subscribe trade talks`), or refuse it."""
        choices = [choice for p in free for choice in p.choices]
        # A number out of bounds is no word of a name: «trend huawei 0» is about days, not about “huawei 0”.
        is_meant = word.isdecimal() and any(p.kind is Kind.INTEGER for p in free)
        is_meant = is_meant or bool(difflib.get_close_matches(word.casefold(), choices, n=1, cutoff=0.6))
        if self._last_text is not None and not is_meant:
            self._found[self._last_text] += f" {word}"
            return 1
        takes = "; ".join(f"{p.name} takes {p.takes}" for p in free)
        told = f" Here {takes}." if takes else ""
        raise InputError(
            f"“{self._command.path}” cannot use “{shorten(word, 60)}”.{told} Usage: /news {self._command.usage}"
        )


def _unwrap(text: str) -> str:
    """Take the quotes off an option's value that is a whole query (`--query "zte OR huawei"`), never off a phrase."""
    if not _QUOTED.fullmatch(text):
        return text
    inner = text[1:-1].strip()
    return inner if text[0] in "'‘" or _OPERATOR.search(inner) else text
