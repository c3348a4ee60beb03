"""Timelines: what happened when, of a topic or of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NewType

from bot.alerts.timeline_cards import timeline_card
from bot.commands.answers import Choice, Context, Reply
from bot.commands.kinds import find_topic, read_story_number, suggest_stories, suggest_topics
from bot.commands.registry import command, suggests
from bot.domain.errors import StoryNotFoundError
from bot.pipeline.timelines import read_story_timeline, read_topic_timeline

Told = NewType("Told", str)


@suggests(Told)
async def suggest_told(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a topic by its name, or a story by its headline."""
    return [*await suggest_topics(ctx, typed), *await suggest_stories(ctx, typed)]


@command("timeline")
async def show_timeline(ctx: Context, what: Annotated[Told, "A topic's name, or a story's number as #12"]) -> Reply:
    """Show what happened when: the days of a topic that mattered, or how a story came about."""
    channel = await ctx.channel()
    if not what.removeprefix("#").strip().isdecimal():
        topic = await find_topic(ctx, what)
        told = await read_topic_timeline(ctx.store, ctx.viewer, topic, ctx.now)
        return Reply(card=timeline_card(told, channel=channel))
    number = read_story_number(what)
    try:
        told = await read_story_timeline(ctx.reader, ctx.viewer, number)
    except StoryNotFoundError:
        raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.") from None
    return Reply(card=timeline_card(told, channel=channel))
