"""The desk: where every platform brings what people ask, and gets the answer.

text or options -> Call -> rights -> arguments converted -> the command -> Reply or Form
"""

from __future__ import annotations

import difflib
import logging
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.answers import Answer, Asker, Choice, Clock, Context, Reply
from bot.commands.registry import REGISTRY, Command, Registry
from bot.domain.cards import Call, Card, Section, line
from bot.domain.errors import InputError, NotFoundError, QueryError, TopicwireError
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.ports import Fetcher, Store
from bot.topics.library import Library

log = logging.getLogger(__name__)
MAX_SUGGESTIONS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Runs commands for any platform; what a command raises on purpose becomes a private answer."""

    store: Store
    fetcher: Fetcher
    library: Library
    settings: Settings
    bells: Bells
    clock: Clock
    registry: Registry = REGISTRY

    async def run(self, call: Call, asker: Asker) -> Answer:
        """Run a command with its arguments as text; never raises for what a person typed."""
        command = self.registry.find(call.command)
        if command is None:
            return _refusal(self._unknown(call.command))
        if command.right is not None and command.right not in asker.rights:
            return _refusal(f"“{command.path}” needs the right to {command.right}. Ask somebody who has it.")
        try:
            return await command.run(self._context(asker), **command.bind(dict(call.arguments)))
        except QueryError as error:
            return _refusal(error.message, code=error.pointed())
        except (InputError, NotFoundError) as error:
            return _refusal(str(error))
        except TopicwireError as error:
            log.warning("command %s: %s", command.path, error)
            return _refusal(f"That did not work: {error}")

    async def run_line(self, text: str, asker: Asker) -> Answer:
        """Run what somebody typed after /news."""
        try:
            return await self.run(self.read_line(text), asker)
        except InputError as error:
            return _refusal(error.message)

    def read_line(self, text: str) -> Call:
        """Read `topic add chips --query "chip*"` as a call; raises InputError with the nearest command."""
        words = _split(text)
        if not words:
            return Call(command="help")
        command = self.registry.find(" ".join(words[:2])) or self.registry.find(words[0])
        if command is None:
            raise InputError(self._unknown(" ".join(words[:2])))
        rest = words[len(command.path.split()) :]
        return Call(command=command.path, arguments=tuple(_read_arguments(command, rest).items()))

    async def suggest(self, path: str, parameter: str, typed: str, asker: Asker) -> Sequence[Choice]:
        """Complete a parameter while somebody types; at most 25 choices."""
        command = self.registry.find(path)
        found = next((p for p in command.parameters if p.name == parameter), None) if command else None
        if found is None:
            return ()
        if found.choices:
            wanted = typed.casefold()
            return tuple(Choice(label=c, value=c) for c in found.choices if wanted in c)[:MAX_SUGGESTIONS]
        if found.suggest is None:
            return ()
        return (await found.suggest(self._context(asker), typed))[:MAX_SUGGESTIONS]

    def _context(self, asker: Asker) -> Context:
        return Context(
            asker=asker,
            now=self.clock(),
            store=self.store,
            fetcher=self.fetcher,
            library=self.library,
            settings=self.settings,
            bells=self.bells,
        )

    def _unknown(self, typed: str) -> str:
        first = typed.split(" ", 1)[0]
        paths = self.registry.paths()
        group = [p for p in paths if p.startswith(f"{first} ")]
        near = group or difflib.get_close_matches(typed, paths, n=3, cutoff=0.5)
        near = near or difflib.get_close_matches(first, paths, n=3, cutoff=0.5)
        meant = f" Did you mean {', '.join(f'“{p}”' for p in near)}?" if near else ""
        return f"There is no command “{typed}”.{meant} “/news help” lists them all."


def _split(text: str) -> list[str]:
    """Split as a shell would; a lone apostrophe or quote is then just a character (people type don't)."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def _read_arguments(command: Command, words: list[str]) -> dict[str, str]:
    """Read `--name value` pairs, the rest in order; the last parameter takes all that is left over."""
    arguments: dict[str, str] = {}
    in_order: list[str] = []
    names = {p.name for p in command.parameters}
    words = list(words)
    while words:
        word = words.pop(0)
        name = word.removeprefix("--").replace("-", "_").split("=", 1)[0]
        if not word.startswith("--") or (name not in names and " " in word):
            in_order.append(word)
        elif "=" in word:
            arguments[name] = word.split("=", 1)[1]
        else:
            arguments[name] = words.pop(0) if words else ""
    free = [p for p in command.parameters if p.name not in arguments]
    if not free and in_order:
        raise InputError(f"“{command.path}” does not take “{' '.join(in_order)}”. Usage: /news {command.usage}")
    required = [p for p in free if p.is_required]
    greedy = len(free) == 1 or len(required) == len(free) or len(command.parameters) == 1
    for index, parameter in enumerate(free):
        if not in_order:
            break
        takes_all = greedy and index == len(free) - 1
        arguments[parameter.name] = " ".join(in_order) if takes_all else in_order[0]
        in_order = [] if takes_all else in_order[1:]
    if in_order:
        raise InputError(f"“{command.path}” does not take “{' '.join(in_order)}”. Usage: /news {command.usage}")
    return arguments


def _refusal(message: str, *, code: str = "") -> Reply:
    sections = (Section(lines=tuple(line(row) for row in (code or message).splitlines())),)
    return Reply(card=Card(title="That did not work", text=message, sections=sections))
