"""How the bot is."""

from __future__ import annotations

from dataclasses import replace

from bot.alerts.lists import status_card
from bot.commands.answers import Context, Reply
from bot.commands.registry import command
from bot.domain.cards import Button, Call


@command("status")
async def show_status(ctx: Context) -> Reply:
    """Show how the bot is: feeds, stories, and what waits to be delivered."""
    view = await ctx.store.status(ctx.viewer)
    channel = await ctx.channel()
    card = status_card(view, language=channel.language)
    feeds = Button(label="Feeds", call=Call(command="feed list"))
    return Reply(card=replace(card, buttons=(*card.buttons, feeds)))
