"""Answers what people ask: acknowledged within three seconds, however long the command takes.

interaction -> Asker -> desk -> Reply or Form -> message, follow-up or modal
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.commands.answers import Actor, Answer, Asker, Choice, Form, Reply, Right
from bot.commands.desk import Desk
from bot.domain.cards import Call, Card, Line, Section, line
from bot.domain.errors import TopicwireError
from bot.domain.models import Place, WorkspaceId
from bot.platforms.discord.attachments import attach, render_picture
from bot.platforms.discord.custom_ids import pack_form
from bot.platforms.discord.forms import fill, make_modal, read_submission
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.paging import Pages
from bot.platforms.discord.permissions import may_write
from bot.platforms.discord.refusals import TROUBLE
from bot.platforms.discord.render import NativeButton, Rendered, render_card
from bot.platforms.discord.responding import insist
from bot.platforms.discord.threads import find_home

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
MAX_KEPT_FORMS = 500
POSTED = "Posted in this channel."
EXPIRED = "This form is no longer kept. Run the command again."
TURNED_OUT = "These pages are no longer kept. Run the command again."


class Conversation:
    """One for the whole run: interactions of any connection end here."""

    def __init__(self, desk: Desk, pace: Pace) -> None:
        self._desk = desk
        self._pace = pace
        self._forms: OrderedDict[str, Form] = OrderedDict()
        self._pages = Pages()
        self._under_way: set[asyncio.Task[None]] = set()

    async def answer(self, interaction: Interaction, call: Call) -> None:
        """Run a command for whoever asked and show what it returns."""
        answering = asyncio.create_task(self._answer(interaction, call))
        self._under_way.add(answering)
        answering.add_done_callback(self._under_way.discard)
        await answering

    async def _answer(self, interaction: Interaction, call: Call) -> None:
        asking = asyncio.create_task(self._desk.run(call, read_asker(interaction)))
        try:
            await asyncio.wait({asking}, timeout=self._pace.thinking.total_seconds())
            is_deferred = not asking.done() and await self._defer(interaction)
            await self._show(interaction, await asking, is_deferred=is_deferred)
        except TROUBLE as error:
            log.warning("discord: the answer to %r could not be shown: %s", call.command, error)
        finally:
            asking.cancel()

    async def submit(self, interaction: Interaction) -> None:
        """Run what a filled form asks for, also one that was opened before a restart."""
        sent = read_submission(interaction.data or {})
        form = self._forms.get(sent.key) if sent is not None else None
        if sent is not None and form is not None:
            await self.answer(interaction, fill(form, sent.typed))
        elif sent is not None and sent.call is not None:
            await self.answer(interaction, replace(sent.call, arguments=(*sent.call.arguments, *sent.typed.items())))
        else:
            typed = sent.typed if sent is not None else {}
            rows = (EXPIRED, *(f"{name}: {value}" for name, value in typed.items() if value))
            lost = Card(title="That did not work", text=EXPIRED, sections=(Section(lines=tuple(map(line, rows))),))
            await self._try(self._send(interaction, render_card(lost), None, is_deferred=False))

    async def reopen(self, interaction: Interaction, key: str) -> None:
        """Show a kept form again with what was typed in it."""
        form = self._forms.get(key)
        if form is None:
            await self._try(self._respond(lambda: interaction.response.send_message(EXPIRED, ephemeral=True)))
        else:
            await self._try(self._respond(lambda: interaction.response.send_modal(make_modal(form, key))))

    async def turn(self, interaction: Interaction, key: str, page: int) -> None:
        """Turn a long answer over."""
        shown = self._pages.turn(key, page)
        if shown is None:
            await self._try(self._respond(lambda: interaction.response.send_message(TURNED_OUT, ephemeral=True)))
        else:
            embeds, view = list(shown.embeds), shown.view()
            await self._try(self._respond(lambda: interaction.response.edit_message(embeds=embeds, view=view)))

    async def suggest(self, interaction: Interaction, path: str, parameter: str, typed: str) -> Sequence[Choice]:
        """Complete a parameter; nothing rather than too late."""
        try:
            async with asyncio.timeout(self._pace.suggesting.total_seconds()):
                return await self._desk.suggest(path, parameter, typed, read_asker(interaction))
        except (TopicwireError, TimeoutError) as error:
            log.warning("discord: no suggestions for %s of %r: %s", parameter, path, str(error) or "too slow")
            return ()

    async def welcome(self, guild: discord.Guild) -> None:
        """Say what to do next in a server's system channel, or in the first that the bot may write to."""
        channel = next(
            (c for c in (guild.system_channel, *guild.text_channels) if c is not None and may_write(c)), None
        )
        if channel is None:
            log.info("discord: no channel to greet in of server %s", guild.id)
            return
        await self._desk.welcome(
            Place(platform="discord", workspace=WorkspaceId(f"discord:{guild.id}"), channel=str(channel.id))
        )

    async def close(self) -> None:
        """Let answers that are under way end, then cancel what is left."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=self._pace.farewell.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _respond(self, act: Callable[[], Awaitable[object]], *, is_first: bool = True) -> None:
        """Respond; only what acknowledges an interaction is in a hurry."""
        await insist(act, self._pace.responding if is_first else self._pace.sending)

    async def _try(self, showing: Awaitable[None]) -> None:
        try:
            await showing
        except TROUBLE as error:
            log.warning("discord: an answer could not be shown: %s", error)

    async def _defer(self, interaction: Interaction) -> bool:
        """Say privately that the answer will come; a public one then follows as a message of its own."""
        try:
            await self._respond(lambda: interaction.response.defer(ephemeral=True, thinking=True))
        except TROUBLE as error:
            log.warning("discord: could not acknowledge in time: %s", error)
            return False
        return True

    async def _show(self, interaction: Interaction, answer: Answer, *, is_deferred: bool) -> None:
        if isinstance(answer, Reply):
            rendered = render_picture(self._pages.open(answer.card), answer.picture)
            await self._send(interaction, rendered, answer, is_deferred=is_deferred)
            return
        is_first = not is_deferred and interaction.type is not discord.InteractionType.modal_submit
        if is_first and not _has_errors(answer):
            modal = make_modal(answer, self._keep(answer))
            await self._respond(lambda: interaction.response.send_modal(modal))
        else:
            await self._send(interaction, self._offer(answer), None, is_deferred=is_deferred)

    async def _send(
        self, interaction: Interaction, rendered: Rendered, reply: Reply | None, *, is_deferred: bool
    ) -> None:
        """Show an answer with its files, which each try makes anew: sending uses them up."""
        embeds, view = list(rendered.embeds), rendered.view() or discord.utils.MISSING
        is_private = reply is None or reply.is_private

        def files() -> Any:
            return attach(reply) if reply is not None else discord.utils.MISSING

        if not is_deferred:
            await self._respond(
                lambda: interaction.response.send_message(
                    embeds=embeds, view=view, files=files(), ephemeral=is_private
                ),
                is_first=files() is discord.utils.MISSING,
            )
        elif is_private:
            await self._respond(
                lambda: interaction.edit_original_response(embeds=embeds, view=view, attachments=files()),
                is_first=False,
            )
        else:
            # The first follow-up would take over the private "thinking" message: that one is finished first.
            await self._respond(lambda: interaction.edit_original_response(content=POSTED), is_first=False)
            await interaction.followup.send(embeds=embeds, view=view, files=files(), ephemeral=False)

    def _keep(self, form: Form) -> str:
        key = secrets.token_urlsafe(9)
        self._forms[key] = form
        while len(self._forms) > MAX_KEPT_FORMS:
            self._forms.popitem(last=False)
        return key

    def _offer(self, form: Form) -> Rendered:
        """Show a form's errors and a button that opens it as it was filled: only a first response can be a modal."""
        key = self._keep(form)
        label = "Correct" if _has_errors(form) else "Open the form"
        button: NativeButton = discord.ui.Button(
            label=label, style=discord.ButtonStyle.primary, custom_id=pack_form(key)
        )
        return replace(render_card(_form_card(form)), buttons=(button,))


def read_asker(interaction: Interaction) -> Asker:
    """Read who asks, where, and with which rights; in a direct message everything is the asker's own."""
    user = interaction.user
    held = interaction.permissions
    rights = set(Right) if held.administrator or interaction.guild_id is None else set()
    if held.manage_channels:
        rights.add(Right.MANAGE_CHANNEL)
    if held.manage_guild:
        rights.add(Right.MANAGE_WORKSPACE)
    home = find_home(interaction.channel, interaction.application_id) or interaction.channel_id
    where = f"discord:dm:{user.id}" if interaction.guild_id is None else f"discord:{interaction.guild_id}"
    return Asker(
        actor=Actor(id=str(user.id), name=user.display_name),
        place=Place(platform="discord", workspace=WorkspaceId(where), channel=str(home)),
        rights=frozenset(rights),
        locale=interaction.locale.value.split("-", 1)[0],
    )


def _has_errors(form: Form) -> bool:
    return bool(form.error) or any(field.error for field in form.fields)


def _form_card(form: Form) -> Card:
    lines: list[Line] = [line(form.error)] if form.error else []
    lines += [line(f"{field.label}: {field.error}") for field in form.fields if field.error]
    return Card(title=form.title, text=form.error or form.title, sections=(Section(lines=tuple(lines)),))
