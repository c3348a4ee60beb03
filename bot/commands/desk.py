"""The desk: where every platform brings what people ask, and gets the answer.

text or options -> Call -> rights -> arguments converted -> the command -> Reply or Form
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import bot.commands
from bot.commands import home
from bot.commands.answers import Answer, Asker, Choice, Clock, Context, Form, Reply
from bot.commands.forms import make_form, say_form
from bot.commands.home import HomeCard, HomeChannel
from bot.commands.lines import read_line, unknown_command
from bot.commands.pointing import point_below, point_within
from bot.commands.registry import REGISTRY, Command, Registry
from bot.domain.cards import Call, Card, Section, line
from bot.domain.errors import InputError, NotFoundError, PlatformError, QueryError, TopicwireError
from bot.domain.models import Place
from bot.domain.settings import Settings
from bot.domain.text import clean
from bot.pipeline.bells import Bells
from bot.pipeline.read import Reader
from bot.ports import Directory, Fetcher, Store
from bot.topics.library import Library

log = logging.getLogger(__name__)
MAX_SUGGESTIONS = 25
WELCOME = """Topicwire is here: news alerts on the topics that you choose
1. /news topic list shows the topics; /news topic add makes one of your own.
2. /news subscribe TOPIC in a channel posts its stories there, each once.
3. /news settings sets the channel's language, time zone, quiet hours and more; one channel can hear of my health (ops).
/news help lists everything."""
BROKEN = "Something went wrong here; it was written to the log. Try again, and tell the operator if it stays so."


class _Nowhere:
    """The directory of a desk that no platform stands behind."""

    async def direct(self, actor: str, place: Place) -> Place:
        """Raise PlatformError."""
        raise PlatformError(f"{place.platform} has no direct messages.")

    async def find_hindrance(self, place: Place) -> str:
        """Know of none."""
        return ""


def load_registry() -> Registry:
    """Import every file of this room, so that the registry holds every command."""
    for module in pkgutil.iter_modules(bot.commands.__path__):
        importlib.import_module(f"{bot.commands.__name__}.{module.name}")
    return REGISTRY


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Runs commands for any platform; whatever goes wrong in one becomes a private answer."""

    store: Store
    reader: Reader
    fetcher: Fetcher
    library: Library
    settings: Settings
    bells: Bells
    clock: Clock
    directory: Directory = field(default_factory=_Nowhere)
    registry: Registry = field(default_factory=load_registry)

    async def run(self, call: Call, asker: Asker) -> Answer:
        """Run a command with its arguments as text; never raises for what a person typed."""
        answer = await self._answer(call, asker)
        return say_form(answer, asker.locale.partition("-")[0]) if isinstance(answer, Form) else answer

    async def _answer(self, call: Call, asker: Asker) -> Answer:
        command = self.registry.find(call.command)
        if command is None:
            return _refuse(unknown_command(clean(call.command), self.registry))
        right = command.needed(self.settings)
        if right is not None and not asker.may(right):
            return _refuse(f"“{command.path}” needs the right to {right}. Ask somebody who has it.")
        try:
            return await self._run(command, dict(call.arguments), asker)
        except QueryError as error:
            return _refuse(error.message, shown=point_below(error))
        except (InputError, NotFoundError) as error:
            return _give_back(command, call, str(error))
        except TopicwireError as error:
            log.warning("command %s: %s", command.path, error)
            return _give_back(command, call, f"That did not work: {error}")
        except Exception:  # a boundary: a fault of ours in one command must not take a platform's loop with it
            log.exception("command %s failed", command.path)
            return _give_back(command, call, BROKEN)

    async def run_line(self, text: str, asker: Asker) -> Answer:
        """Run what somebody typed after /news."""
        try:
            call = self.read_line(text)
        except InputError as error:
            return _refuse(error.message)
        return await self.run(call, asker)

    def read_line(self, text: str) -> Call:
        """Read `topic add chips --query "chip*"` as a call; raises InputError with the nearest command."""
        return read_line(text, self.registry)

    async def welcome(self, place: Place) -> None:
        """Say in one message what to do next where the bot has just joined; once in a workspace."""
        try:
            channel = await self.store.add_channel(place)
            if await self.store.add_notice(channel.id, text=WELCOME, key="welcome", now=self.clock()):
                self.bells.deliver.ring()
        except TopicwireError as error:
            log.warning("no welcome in %s: %s", place.workspace, error)

    async def home(self, asker: Asker, names: Mapping[str, str]) -> list[HomeCard]:
        """Gather what the home of somebody shows; `names` are the channels that they are in, by the platform's id.

        A section that fails is told in its place; the others are shown.
        """
        ctx, place = self._context(asker, self.clock()), asker.place
        known = await self.store.list_workspace_channels(place.workspace)
        channels = [
            HomeChannel(channel=channel, name=names[channel.place.channel])
            for channel in known
            if channel.place.platform == place.platform and channel.place.channel in names
        ]
        cards: list[HomeCard] = []
        for section in home.SECTIONS:
            try:
                cards += await section(ctx, channels)
            except Exception:  # a boundary: what is wrong with one section must not empty the others
                log.exception("a section of the home failed")
                cards.append(HomeCard(card=_refuse(BROKEN).card))
        return cards

    async def suggest(self, path: str, parameter: str, typed: str, asker: Asker) -> Sequence[Choice]:
        """Complete a parameter while somebody types; at most 25 choices."""
        command = self.registry.find(path)
        found = next((p for p in command.parameters if p.name == parameter), None) if command else None
        if found is None:
            return ()
        typed = clean(typed)
        if found.choices:
            wanted = typed.casefold()
            return tuple(Choice(label=c, value=c) for c in found.choices if wanted in c)[:MAX_SUGGESTIONS]
        if found.suggest is None:
            return ()
        try:
            return (await found.suggest(self._context(asker, self.clock()), typed))[:MAX_SUGGESTIONS]
        except Exception:  # a boundary: who types goes on without suggestions, whatever is wrong with them
            log.exception("no suggestions for %s of %s", parameter, path)
            return ()

    async def _run(self, command: Command, typed: dict[str, str], asker: Asker) -> Answer:
        if command.opens_form and any(p.is_asked and p.name not in typed for p in command.parameters):
            return make_form(command, typed)
        try:
            arguments = command.bind(typed)
            answer = await command.run(self._context(asker, self.clock()), **arguments)
        except InputError as error:
            if not command.opens_form or error.field is None:
                raise
            told = point_within(error) if isinstance(error, QueryError) else error.message
            return make_form(command, typed, {error.field: told})
        if isinstance(answer, Reply) and not command.is_private:
            return replace(answer, is_private=False)
        return answer

    def _context(self, asker: Asker, now: datetime) -> Context:
        return Context(
            asker=asker,
            now=now,
            store=self.store,
            reader=self.reader,
            fetcher=self.fetcher,
            library=self.library,
            settings=self.settings,
            bells=self.bells,
            directory=self.directory,
            registry=self.registry,
        )


def _give_back(command: Command, call: Call, message: str) -> Answer:
    """Refuse; where a query was typed, which takes a while, in the form that still holds it."""
    typed = dict(call.arguments)
    if command.opens_form and any(p.is_verbatim and clean(typed.get(p.name, "")) for p in command.parameters):
        return make_form(command, typed, {"": message})
    return _refuse(message)


def _refuse(message: str, *, shown: Sequence[str] = ()) -> Reply:
    lines = tuple(line(row) for row in shown or (message,))
    return Reply(card=Card(title="That did not work", text=message, sections=(Section(lines=lines),)))
