"""The one description of every command: its signature and docstring. Platforms, help and docs are built from it.

@command("subscribe", right=Right.MANAGE_CHANNEL)
async def subscribe(ctx: Context, topic: Annotated[TopicName, "What to watch"], mode: Mode = Mode.LIVE) -> Reply:
    \"\"\"Watch a topic in this channel.\"\"\"
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from bot.commands.answers import Answer, Choice, Context, Right
from bot.domain.errors import InputError

Suggester = Callable[[Context, str], Awaitable[Sequence[Choice]]]
Run = Callable[..., Awaitable[Answer]]


class Kind(StrEnum):
    """How a parameter is typed in on a platform."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """An option of a command; `default` is its text form, "" where there is none."""

    name: str
    description: str
    kind: Kind
    is_required: bool
    default: str = ""
    choices: tuple[str, ...] = ()
    suggest: Suggester | None = None
    convert: Callable[[str], object] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as every platform sees it; `path` is one or two words, such as "topic add"."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    run: Run
    right: Right | None
    opens_form: bool
    is_listed: bool

    @property
    def usage(self) -> str:
        """The command with its parameters, optional ones in brackets."""
        shown = (p.name.upper() if p.is_required else f"[{p.name.upper()}]" for p in self.parameters)
        return " ".join((self.path, *shown))

    def bind(self, arguments: Mapping[str, str]) -> dict[str, object]:
        """Convert arguments from text; raises InputError naming the parameter and what it takes."""
        known = {p.name: p for p in self.parameters}
        for name in arguments:
            if name not in known:
                takes = ", ".join(f"--{p}" for p in known) or "none"
                raise InputError(f"“{self.path}” has no option --{name}. Its options: {takes}.", field=name)
        for parameter in self.parameters:
            if parameter.is_required and not arguments.get(parameter.name, "").strip():
                raise InputError(
                    f"“{self.path}” needs {parameter.name}: {parameter.description}. Usage: /news {self.usage}",
                    field=parameter.name,
                )
        return {name: _convert(known[name], text) for name, text in arguments.items() if text != ""}


class Registry:
    """All commands by path."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}
        self._suggesters: dict[object, Suggester] = {}

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self._commands.values())

    def find(self, path: str) -> Command | None:
        """Find a command by its path."""
        return self._commands.get(path)

    def paths(self) -> list[str]:
        """Return the paths of the commands that menus list."""
        return [c.path for c in self._commands.values() if c.is_listed]

    def command(
        self, path: str, *, right: Right | None = None, opens_form: bool = False, is_listed: bool = True
    ) -> Callable[[Run], Run]:
        """Register a coroutine under a path; its first parameter is the Context."""

        def register(run: Run) -> Run:
            if path in self._commands:
                raise ValueError(f"two commands are called {path!r}")
            self._commands[path] = Command(
                path=path,
                summary=(inspect.getdoc(run) or "").split("\n", 1)[0],
                parameters=self._parameters(run),
                run=run,
                right=right,
                opens_form=opens_form,
                is_listed=is_listed,
            )
            return run

        return register

    def suggests(self, kind: object) -> Callable[[Suggester], Suggester]:
        """Register what completes parameters of a type, such as TopicName."""

        def register(suggester: Suggester) -> Suggester:
            self._suggesters[kind] = suggester
            return suggester

        return register

    def _parameters(self, run: Run) -> tuple[Parameter, ...]:
        hints = get_type_hints(run, include_extras=True)
        signature = inspect.signature(run)
        return tuple(self._parameter(p, hints[name]) for name, p in list(signature.parameters.items())[1:])

    def _parameter(self, parameter: inspect.Parameter, hint: Any) -> Parameter:
        description = parameter.name
        if get_origin(hint) is Annotated:
            hint, description = get_args(hint)[0], str(get_args(hint)[1])
        if get_origin(hint) in (Union, UnionType):
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
        kind, choices, convert = _reading(hint)
        default = parameter.default
        has_default = default is not inspect.Parameter.empty
        return Parameter(
            name=parameter.name,
            description=description,
            kind=kind,
            is_required=not has_default,
            default=_as_text(default) if has_default and default is not None else "",
            choices=choices,
            suggest=self._suggesters.get(hint),
            convert=convert,
        )


def _reading(hint: Any) -> tuple[Kind, tuple[str, ...], Callable[[str], object]]:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Kind.CHOICE, tuple(str(member.value) for member in hint), hint
    if hint is bool:
        return Kind.BOOLEAN, (), _read_bool
    if hint is int:
        return Kind.INTEGER, (), int
    return Kind.TEXT, (), str


def _as_text(value: object) -> str:
    return str(value.value) if isinstance(value, Enum) else str(value)


def _read_bool(text: str) -> bool:
    word = text.strip().casefold()
    if word in {"yes", "true", "on", "1"}:
        return True
    if word in {"no", "false", "off", "0"}:
        return False
    raise ValueError(text)


def _convert(parameter: Parameter, text: str) -> object:
    given = text.strip()
    try:
        return parameter.convert(given.casefold() if parameter.kind is Kind.CHOICE else given)
    except ValueError:
        takes = {
            Kind.INTEGER: "a whole number",
            Kind.BOOLEAN: "yes or no",
            Kind.CHOICE: "one of " + ", ".join(parameter.choices),
            Kind.TEXT: "text",
        }[parameter.kind]
        raise InputError(f"{parameter.name} takes {takes}, not “{given}”.", field=parameter.name) from None


REGISTRY = Registry()
command = REGISTRY.command
suggests = REGISTRY.suggests
