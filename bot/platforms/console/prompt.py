"""The prompt: reads commands with completion, and the fields of a form."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.commands.answers import Asker, Form, FormField
from bot.commands.desk import Desk
from bot.commands.registry import Command

LEAVE = {"/quit", "/exit", "quit", "exit"}
PREFIX = "/news"


class Prompt:
    """Asks the person at the terminal."""

    def __init__(self, desk: Desk, asker: Asker) -> None:
        self._commands: PromptSession[str] = PromptSession(
            completer=_Completer(desk, asker), complete_while_typing=False
        )
        self._fields: PromptSession[str] = PromptSession()

    async def read_command(self) -> str | None:
        """Return what stands after /news (which may be left out), or None where the person leaves."""
        try:
            typed = (await self._commands.prompt_async("/news> ", handle_sigint=False)).strip()
        except (EOFError, KeyboardInterrupt):
            return None
        if typed in LEAVE:
            return None
        return typed.removeprefix(PREFIX).strip() if typed.split(" ", 1)[0] == PREFIX else typed.removeprefix("/")

    async def fill(self, form: Form) -> dict[str, str] | None:
        """Ask every field, with what was typed before as its beginning; None where the person gives up."""
        values: dict[str, str] = {}
        try:
            for field in form.fields:
                values[field.name] = await self._fields.prompt_async(
                    _question(field), default=field.value, handle_sigint=False
                )
        except (EOFError, KeyboardInterrupt):
            return None
        return values


def _question(field: FormField) -> str:
    notes = [", ".join(field.choices)] if field.choices else [field.hint] if field.hint else []
    if not field.is_required:
        notes.append("may stay empty")
    told = "; ".join(notes)
    return f"{field.label} ({told}): " if told else f"{field.label}: "


class _Completer(Completer):
    """Completes command paths, option names and what the commands suggest for an option."""

    def __init__(self, desk: Desk, asker: Asker) -> None:
        self._desk = desk
        self._asker = asker

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Complete command paths; options need the store and come from the asynchronous form."""
        typed = document.text_before_cursor.removeprefix(PREFIX).lstrip()
        for path in self._desk.registry.paths():
            if path.startswith(typed):
                yield Completion(path, start_position=-len(typed))

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Complete a command path, or the parameter under the cursor."""
        typed = document.text_before_cursor.removeprefix(PREFIX).lstrip()
        found = self._command(typed)
        if found is None:
            for completion in self.get_completions(document, complete_event):
                yield completion
            return
        rest = typed.removeprefix(found.path).lstrip()
        words = rest.split(" ")
        if len(words) > len(found.parameters):
            return
        parameter = found.parameters[len(words) - 1]
        for choice in await self._desk.suggest(found.path, parameter.name, words[-1], self._asker):
            yield Completion(choice.value, start_position=-len(words[-1]), display=choice.label)

    def _command(self, typed: str) -> Command | None:
        paths = sorted(self._desk.registry.paths(), key=len, reverse=True)
        path = next((p for p in paths if typed.startswith(f"{p} ")), None)
        return self._desk.registry.find(path) if path else None
