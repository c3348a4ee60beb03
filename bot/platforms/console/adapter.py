"""The console platform: prints what is delivered, and where standard input is a terminal, asks for commands."""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import IO

from prompt_toolkit.patch_stdout import patch_stdout
from rich.console import Console
from rich.text import Text

from bot.commands.answers import Actor, Answer, Asker, Form, Reply, Right
from bot.commands.desk import Desk
from bot.domain.cards import Card
from bot.domain.models import Place, WorkspaceId
from bot.domain.records import Outgoing
from bot.platforms.console.prompt import Prompt
from bot.platforms.console.render import render_card, render_form, render_update

PLACE = Place(platform="console", workspace=WorkspaceId("console"), channel="terminal")
WELCOME = "A first look, on the sample week and the feeds of feeds.toml: the first alert comes within seconds."
ELSEWHERE = "To run in a chat, set TOPICWIRE_DISCORD_TOKEN, or TOPICWIRE_SLACK_BOT_TOKEN and TOPICWIRE_SLACK_APP_TOKEN."
MOST_REMEMBERED = 200


class Screen(Console):
    """Where a first look prints; once nobody reads that any more (`| head`) it tells that, and ends nothing itself."""

    def __init__(self, on_gone: Callable[[], None], file: IO[str] | None = None) -> None:
        super().__init__(highlight=False, soft_wrap=False, file=file)
        self._on_gone = on_gone

    def on_broken_pipe(self) -> None:
        """Print nothing any more."""
        try:
            super().on_broken_pipe()
        except SystemExit:
            self._on_gone()


def _is_somebody_there() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


class ConsolePlatform:
    """Shows cards in the terminal that the bot was started in; the person there may change everything."""

    name = "console"
    place = PLACE

    def __init__(
        self,
        desk: Desk,
        *,
        on_exit: Callable[[], None],
        notes: tuple[str, ...] = (),
        console: Console | None = None,
        is_interactive: bool | None = None,
    ) -> None:
        self._desk = desk
        self._on_exit = on_exit
        self._notes = notes
        self._is_interactive = _is_somebody_there() if is_interactive is None else is_interactive
        self._console = console
        self._asking: asyncio.Task[None] | None = None
        self._patched: AbstractContextManager[None] = nullcontext()
        self._ids = itertools.count(1)
        self._cards: dict[str, Card] = {}
        self._asker = Asker(actor=Actor(id="operator", name="operator"), place=PLACE, rights=frozenset(Right))

    def note(self, told: str) -> None:
        """Say something more when this starts, before what was to be said already."""
        self._notes = (told, *self._notes)

    async def start(self) -> None:
        """Say how this run was set up, and begin to ask for commands where somebody can type."""
        if self._is_interactive:
            self._patched = patch_stdout(raw=True)
            self._patched.__enter__()
        if self._console is None:
            self._console = Screen(self._on_exit)
        for note in (WELCOME, *self._notes, ELSEWHERE):
            self._say(note)
        if self._is_interactive:
            self._say("Type /news help to see what you can ask, /quit to leave.")
            self._asking = asyncio.create_task(self._ask_for_ever(), name="console")

    async def post(self, outgoing: Outgoing) -> str:
        """Print a card; a terminal loses no answer, so nothing is ever unsure."""
        message_id = str(next(self._ids))
        self._show(outgoing.card, f"↳ reply to {outgoing.reply_to}" if outgoing.reply_to else f"alert {message_id}")
        self._remember(message_id, outgoing.card)
        return message_id

    async def edit(self, outgoing: Outgoing, message_id: str) -> None:
        """Print what is new in the card: a terminal cannot change what stands above."""
        before = self._cards.get(message_id)
        label = f"alert {message_id}, updated"
        if before is None:
            self._show(outgoing.card, label)
        else:
            self._print(render_update(outgoing.card, before, self._desk.clock(), label=label))
        self._remember(message_id, outgoing.card)

    def _remember(self, message_id: str, card: Card) -> None:
        """Keep what was printed last of the newest messages."""
        self._cards[message_id] = card
        while len(self._cards) > MOST_REMEMBERED:
            del self._cards[next(iter(self._cards))]

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the terminal: who sits there reads it alone."""
        return PLACE

    def link_to(self, place: Place, message_id: str) -> str | None:
        """A line in a terminal has no address."""
        return None

    async def close(self) -> None:
        """Stop asking and give the terminal back."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        self._patched.__exit__(None, None, None)

    async def _ask_for_ever(self) -> None:
        prompt = Prompt(self._desk, self._asker)
        while (line := await prompt.read_command()) is not None:
            if line:
                await self._answer(await self._desk.run_line(line, self._asker), prompt)
        self._on_exit()

    async def _answer(self, answer: Answer, prompt: Prompt) -> None:
        """Show a reply; for a form ask field by field and send it, until it is right or given up."""
        while isinstance(answer, Form):
            self._print(render_form(answer))
            values = await prompt.fill(answer)
            if values is None:
                self._say("Nothing was changed.")
                return
            answer = await self._desk.run(answer.filled(values), self._asker)
        self.show_reply(answer)

    def show_reply(self, reply: Reply) -> None:
        """Print a reply, its card first."""
        self._show(reply.card, "")
        if reply.file is not None:
            self._write(reply.file.content)

    def _show(self, card: Card, label: str) -> None:
        self._print(render_card(card, self._desk.clock(), label=label))

    def _say(self, told: str) -> None:
        """Print a sentence, in one line where it goes into a file: who searches that finds it."""
        if self._console is not None:
            self._console.print(Text(told, style="dim"), soft_wrap=not self._console.is_terminal)

    def _write(self, text: str) -> None:
        """Print a text as it stands, so that it can be copied: nothing wrapped, cut or coloured."""
        if self._console is not None:
            self._console.out(text.rstrip("\n"), highlight=False)

    def _print(self, what: object) -> None:
        if self._console is not None:
            self._console.print(what)
