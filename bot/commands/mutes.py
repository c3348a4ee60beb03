"""Stories that this channel wants to hear no more of."""

from __future__ import annotations

from typing import Annotated

from bot.alerts.lists import list_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import StoryNumber, read_story_number
from bot.commands.registry import command
from bot.domain.cards import Button, Call, Card, Span, line
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import Channel, StoryId


@command("mute")
async def mute(ctx: Context, story: Annotated[StoryNumber, "Its number, as lists show it after #"]) -> Reply:
    """Hear no more of a story in this channel.

    Its message stays as it is. It is muted by somebody with the right to manage this channel; wishes of others are
    counted. In a community it is muted in every channel of both sides.
    """
    number = read_story_number(story)
    channels = await _channels_here(ctx)
    headline = await _headline(ctx, channels, number)
    who = ctx.asker.actor.id
    if not ctx.asker.may(Right.MANAGE_CHANNEL):
        wishes = await ctx.store.add_mute_wish(number, channels[0], actor=who, now=ctx.now)
        return Reply(card=_counted(headline, wishes))
    is_new = [await ctx.store.add_mute(number, channel.id, actor=who, now=ctx.now) for channel in channels]
    lines = [
        line("Its message stays as it is; nothing more about it comes here."),
        line("To hear of it again: ", Span(text=f"/news unmute {number}", is_bold=True)),
    ]
    undo = Button(label="Undo", call=Call(command="unmute", arguments=(("story", str(number)),)))
    where = f"everywhere in {ctx.community}" if len(channels) > 1 and ctx.community else "here"
    title = f"Muted {where}: {headline}" if any(is_new) else f"It was muted {where} already: {headline}"
    return Reply(card=list_card(title, lines, buttons=(undo,)))


@command("unmute", right=Right.MANAGE_CHANNEL)
async def unmute(ctx: Context, story: Annotated[StoryNumber, "Its number, as lists show it after #"]) -> Reply:
    """Hear of a muted story again in this channel.

    In a community that holds for every channel of both sides.
    """
    number = read_story_number(story)
    channels = await _channels_here(ctx)
    who = ctx.asker.actor.id
    was_muted = [await ctx.store.delete_mute(number, channel.id, actor=who, now=ctx.now) for channel in channels]
    if not any(was_muted):
        return Reply(card=list_card(f"Story #{number} is not muted here", []))
    lines = [line("What happens from now on is told here; what came meanwhile stands in /news story.")]
    show = Button(label="Story", call=Call(command="story", arguments=(("story", str(number)),)))
    return Reply(card=list_card(f"Story #{number} is told here again", lines, buttons=(show,)))


async def _channels_here(ctx: Context) -> list[Channel]:
    """List the channels that a mute here is for: in a community, all that are nobody's alone."""
    place, is_direct = ctx.asker.place, ctx.asker.is_direct
    here = await ctx.store.list_channels_at(place) or [await ctx.store.add_channel(place, is_direct=is_direct)]
    if is_direct or not ctx.community:
        return here
    shared = await ctx.store.list_workspace_channels(ctx.viewer, with_direct=False)
    return list({channel.id: channel for channel in (*here, *shared)}.values())


async def _headline(ctx: Context, channels: list[Channel], number: StoryId) -> str:
    """Return the story's first headline that is seen here; raises StoryNotFoundError."""
    for viewer in dict.fromkeys([ctx.viewer, *(channel.place.workspace for channel in channels)]):
        articles = await ctx.store.list_visible_articles(viewer, number)
        if articles:
            return articles[0].title
    raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.")


def _counted(headline: str, wishes: int) -> Card:
    people = "One person here wants" if wishes == 1 else f"{wishes} people here want"
    lines = [
        line(f"{people} to hear no more of it: {headline}"),
        line(f"It is muted once somebody with the right to {Right.MANAGE_CHANNEL} presses Mute."),
    ]
    return list_card("Your wish is counted", lines)
