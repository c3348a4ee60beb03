"""The one description of every command: its signature and docstring. Platforms, help and docs are built from it.

@command("subscribe", right=Right.MANAGE_CHANNEL)
async def subscribe(ctx: Context, topic: Annotated[TopicName, "What to watch"], mode: Mode = Mode.LIVE) -> Reply:
    \"\"\"Watch a topic in this channel.\"\"\"
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import FunctionType, UnionType
from typing import Annotated, Any, NewType, Union, cast, get_args, get_origin, get_type_hints

from bot.commands.answers import Answer, Choice, Context, Right
from bot.domain.errors import InputError
from bot.domain.settings import Settings
from bot.domain.text import clean

Suggester = Callable[[Context, str], Awaitable[Sequence[Choice]]]
Run = Callable[..., Awaitable[Answer]]
Need = Right | Callable[[Settings], Right | None] | None
"""The right that a command needs: one, none, or what the settings say."""

QueryText = NewType("QueryText", str)
"""A query in the one language: read from a line as it stands, with its quotes."""


class Kind(StrEnum):
    """How a parameter is typed in on a platform."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a whole number, both included; stands after the description: Annotated[int, "…", Between(1, 9)]."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Named:
    """Marks what is given by its name alone, so that no stray word becomes it: Annotated[str, "…", Named()]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """An option of a command; `default` is its text form, "" where there is none.

    `is_verbatim`: quotes belong to the value. `is_asked`: may be left out because a form then asks for it. `is_named`:
    only an option with its name sets it.
    """

    name: str
    description: str
    kind: Kind
    is_required: bool
    default: str = ""
    choices: tuple[str, ...] = ()
    suggest: Suggester | None = None
    convert: Callable[[str], object] = str
    is_verbatim: bool = False
    is_asked: bool = False
    is_named: bool = False
    bounds: Between | None = None

    @property
    def takes(self) -> str:
        """What a value must be, in words."""
        if self.bounds is not None:
            return f"a whole number from {self.bounds.least} to {self.bounds.most}"
        words = {
            Kind.INTEGER: "a whole number",
            Kind.BOOLEAN: "yes or no",
            Kind.CHOICE: f"one of {', '.join(self.choices)}",
            Kind.TEXT: "text",
        }
        return words[self.kind]

    def read(self, text: str) -> object:
        """Convert a value from text; raises InputError saying what it takes."""
        given = clean(text)
        try:
            value = self.convert(given.casefold() if self.kind is Kind.CHOICE else given)
        except ValueError:
            raise self._refuse(given) from None
        if self.bounds is not None and not (isinstance(value, int) and self._is_within(value)):
            raise self._refuse(given)
        return value

    def fits(self, text: str) -> bool:
        """Tell whether a text can be a value of this parameter."""
        try:
            self.read(text)
        except InputError:
            return False
        return True

    def _is_within(self, value: int) -> bool:
        return self.bounds is None or self.bounds.least <= value <= self.bounds.most

    def _refuse(self, given: str) -> InputError:
        return InputError(f"{self.name} takes {self.takes}, not “{given}”.", field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as every platform sees it; `path` is one or two words, such as "topic add".

    `opens_form`: the answer may be a Form, and what is missing or wrong is asked for in one. `is_private` False: its
    replies are for everyone in the channel (a refusal never is). `details`: what the docstring says beyond `summary`.
    """

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    run: Run
    right: Need
    opens_form: bool
    is_listed: bool
    is_private: bool = True
    details: str = ""

    def needed(self, settings: Settings) -> Right | None:
        """Return the right that the command needs as the operator set it up."""
        return self.right(settings) if callable(self.right) else self.right

    @property
    def usage(self) -> str:
        """The command with its parameters, optional ones in brackets."""
        return " ".join((self.path, *map(_usage, self.parameters)))

    def bind(self, arguments: Mapping[str, str]) -> dict[str, object]:
        """Convert arguments from text; raises InputError naming the parameter and what it takes."""
        known = {p.name: p for p in self.parameters}
        for name in arguments:
            if name not in known:
                takes = ", ".join(f"--{p}" for p in known) or "none"
                raise InputError(f"“{self.path}” has no option --{clean(name)}. Its options: {takes}.", field=name)
        for parameter in self.parameters:
            is_needed = parameter.is_required or parameter.is_asked
            if is_needed and not clean(arguments.get(parameter.name, "")):
                raise InputError(
                    f"“{self.path}” needs {parameter.name}: {parameter.description}. Usage: /news {self.usage}",
                    field=parameter.name,
                )
        return {name: known[name].read(text) for name, text in arguments.items() if clean(text)}


def _place(command: Command) -> tuple[str, int]:
    run = cast(FunctionType, command.run)
    return run.__module__, run.__code__.co_firstlineno


class Registry:
    """All commands by path."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}
        self._suggesters: dict[object, Suggester] = {}

    def __iter__(self) -> Iterator[Command]:
        """Yield the commands by file and place in it, whichever file was imported first."""
        return iter(sorted(self._commands.values(), key=_place))

    def find(self, path: str) -> Command | None:
        """Find a command by its path, whatever its capitals and spaces."""
        return self._commands.get(" ".join(path.casefold().split()))

    def paths(self) -> list[str]:
        """Return the paths of the commands that menus list."""
        return [c.path for c in self if c.is_listed]

    def command(
        self,
        path: str,
        *,
        right: Need = None,
        opens_form: bool = False,
        is_listed: bool = True,
        is_private: bool = True,
    ) -> Callable[[Run], Run]:
        """Register a coroutine under a path; its first parameter is the Context."""

        def register(run: Run) -> Run:
            if path in self._commands:
                raise ValueError(f"two commands are called {path!r}")
            summary, _, details = (inspect.getdoc(run) or "").partition("\n")
            self._commands[path] = Command(
                path=path,
                summary=summary,
                parameters=self._parameters(run, opens_form=opens_form),
                run=run,
                right=right,
                opens_form=opens_form,
                is_listed=is_listed,
                is_private=is_private,
                details=details.strip(),
            )
            return run

        return register

    def suggests(self, kind: object) -> Callable[[Suggester], Suggester]:
        """Register what completes parameters of a type, such as TopicName; before the commands that have them."""

        def register(suggester: Suggester) -> Suggester:
            self._suggesters[kind] = suggester
            return suggester

        return register

    def _parameters(self, run: Run, *, opens_form: bool) -> tuple[Parameter, ...]:
        hints = get_type_hints(run, include_extras=True)
        signature = inspect.signature(run)
        found = list(signature.parameters.items())[1:]
        return tuple(self._parameter(p, hints[name], opens_form=opens_form) for name, p in found)

    def _parameter(self, parameter: inspect.Parameter, hint: Any, *, opens_form: bool) -> Parameter:
        description, bounds, is_named = parameter.name, None, False
        if get_origin(hint) is Annotated:
            hint, description, *more = get_args(hint)
            bounds = next((extra for extra in more if isinstance(extra, Between)), None)
            is_named = any(isinstance(extra, Named) for extra in more)
        if get_origin(hint) in (Union, UnionType):
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
        kind, choices, convert = _reading(hint)
        default = parameter.default
        has_default = default is not inspect.Parameter.empty
        return Parameter(
            name=parameter.name,
            description=str(description),
            kind=kind,
            is_required=not has_default and not opens_form,
            default=_as_text(default) if has_default and default is not None else "",
            choices=choices,
            suggest=self._suggesters.get(hint),
            convert=convert,
            is_verbatim=hint is QueryText,
            is_asked=not has_default and opens_form,
            is_named=is_named,
            bounds=bounds,
        )


def _reading(hint: Any) -> tuple[Kind, tuple[str, ...], Callable[[str], object]]:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind.CHOICE, tuple(str(member.value) for member in hint), hint
    if hint is bool:
        return Kind.BOOLEAN, (), _read_bool
    if hint is int:
        return Kind.INTEGER, (), int
    return Kind.TEXT, (), _read_list if get_origin(hint) is tuple else str


def _usage(parameter: Parameter) -> str:
    name = f"--{parameter.name}" if parameter.is_named else parameter.name.upper()
    return name if parameter.is_required or parameter.is_asked else f"[{name}]"


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value.value) if isinstance(value, Enum) else str(value)


def _read_list(text: str) -> tuple[str, ...]:
    """Read what commas part, each thing once and without quotes around it."""
    parts = (part.strip().strip("\"'“”„‘’«»").strip() for part in re.split("[,、，]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _read_bool(text: str) -> bool:
    word = text.casefold()
    if word in {"yes", "true", "on", "1"}:
        return True
    if word in {"no", "false", "off", "0"}:
        return False
    raise ValueError(text)


REGISTRY = Registry()
command = REGISTRY.command
suggests = REGISTRY.suggests
