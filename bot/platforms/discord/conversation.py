"""Answers what people ask: acknowledged within three seconds, however long the command takes.

interaction -> Asker -> desk -> Reply or Form -> message, follow-up or modal
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import Sequence
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
from bot.platforms.discord.forms import FormModal
from bot.platforms.discord.pace import Pace
from bot.platforms.discord.paging import Pages
from bot.platforms.discord.permissions import may_write
from bot.platforms.discord.refusals import TROUBLE
from bot.platforms.discord.render import NativeButton, Rendered, render_card
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
            if not asking.done():
                await self._defer(interaction)
            await self._show(interaction, await asking)
        except TROUBLE as error:
            log.warning("discord: the answer to %r could not be shown: %s", call.command, error)
        finally:
            asking.cancel()

    async def submit(self, interaction: Interaction, form: Form, values: dict[str, str]) -> None:
        """Run what a filled form asks for."""
        await self.answer(interaction, form.filled(values))

    async def reopen(self, interaction: Interaction, key: str) -> None:
        """Show a kept form again with what was typed in it."""
        form = self._forms.get(key)
        try:
            if form is None:
                await interaction.response.send_message(EXPIRED, ephemeral=True)
            else:
                await interaction.response.send_modal(FormModal(form, self.submit))
        except TROUBLE as error:
            log.warning("discord: a form could not be shown: %s", error)

    async def turn(self, interaction: Interaction, key: str, page: int) -> None:
        """Turn a long answer over."""
        shown = self._pages.turn(key, page)
        try:
            if shown is None:
                await interaction.response.send_message(TURNED_OUT, ephemeral=True)
            else:
                await interaction.response.edit_message(embeds=list(shown.embeds), view=shown.view())
        except TROUBLE as error:
            log.warning("discord: a page could not be shown: %s", error)

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

    async def _defer(self, interaction: Interaction) -> None:
        """Say privately that the answer will come; a public one then follows as a message of its own."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
        except TROUBLE as error:
            log.warning("discord: could not acknowledge in time: %s", error)

    async def _show(self, interaction: Interaction, answer: Answer) -> None:
        if isinstance(answer, Reply):
            rendered = render_picture(self._pages.open(answer.card), answer.picture)
            await _send(interaction, rendered, is_private=answer.is_private, files=attach(answer))
            return
        is_first = not interaction.response.is_done() and interaction.type is not discord.InteractionType.modal_submit
        if is_first and not _has_errors(answer):
            await interaction.response.send_modal(FormModal(answer, self.submit))
        else:
            await _send(interaction, self._offer(answer), is_private=True)

    def _offer(self, form: Form) -> Rendered:
        """Show a form's errors and a button that opens it as it was filled: only a first response can be a modal."""
        key = secrets.token_urlsafe(12)
        self._forms[key] = form
        while len(self._forms) > MAX_KEPT_FORMS:
            self._forms.popitem(last=False)
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


async def _send(
    interaction: Interaction, rendered: Rendered, *, is_private: bool, files: Any = discord.utils.MISSING
) -> None:
    embeds = list(rendered.embeds)
    view = rendered.view() or discord.utils.MISSING
    if not interaction.response.is_done():
        await interaction.response.send_message(embeds=embeds, view=view, files=files, ephemeral=is_private)
    elif is_private:
        await interaction.edit_original_response(embeds=embeds, view=view, attachments=files)
    else:
        # The first follow-up would take over the private "thinking" message: that one is finished first.
        await interaction.edit_original_response(content=POSTED)
        await interaction.followup.send(embeds=embeds, view=view, files=files, ephemeral=False)


def _has_errors(form: Form) -> bool:
    return bool(form.error) or any(field.error for field in form.fields)


def _form_card(form: Form) -> Card:
    lines: list[Line] = [line(form.error)] if form.error else []
    lines += [line(f"{field.label}: {field.error}") for field in form.fields if field.error]
    return Card(title=form.title, text=form.error or form.title, sections=(Section(lines=tuple(lines)),))
