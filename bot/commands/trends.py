"""Trends: how much there is on a topic day by day, and two topics side by side; as a chart and as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.alerts.trend_cards import compare_card, describe, make_chart, trend_card
from bot.commands.answers import Context, Reply
from bot.commands.kinds import TopicName, find_topic
from bot.commands.registry import Between, command
from bot.domain.cards import Picture
from bot.domain.errors import InputError
from bot.domain.models import Channel, Topic
from bot.domain.trends import TrendView
from bot.pipeline.pictures import draw_picture
from bot.pipeline.trends import read_trend

DAYS = 30
FEWEST, MOST = 7, 365


@command("trend")
async def show_trend(
    ctx: Context,
    topic: Annotated[TopicName, "Which topic"],
    days: Annotated[int, "How many days back", Between(FEWEST, MOST)] = DAYS,
) -> Reply:
    """Show how much there is on a topic day by day, and the days that stand out.

    A day stands out against the 28 before it; the story that brought most of it is named. Days are those of the
    channel's time zone, and count what was published in them.
    """
    channel = await ctx.channel()
    view = await _read(ctx, await find_topic(ctx, topic), days, channel)
    card = trend_card(view, language=channel.language)
    return Reply(card=card, picture=await _draw([view], channel.language, f"trend-{view.name}"))


@command("compare")
async def compare_topics(
    ctx: Context,
    first: Annotated[TopicName, "One topic"],
    second: Annotated[TopicName, "The other topic"],
    days: Annotated[int, "How many days back", Between(FEWEST, MOST)] = DAYS,
) -> Reply:
    """Show two topics side by side, day by day."""
    one, other = await find_topic(ctx, first), await find_topic(ctx, second)
    if one.id == other.id:
        raise InputError("These are one topic; compare takes two.", field="second")
    channel = await ctx.channel()
    views = [await _read(ctx, each, days, channel) for each in (one, other)]
    card = compare_card(views, language=channel.language)
    return Reply(card=card, picture=await _draw(views, channel.language, f"compare-{one.name}-{other.name}"))


async def _read(ctx: Context, topic: Topic, days: int, channel: Channel) -> TrendView:
    view = await read_trend(ctx.store, ctx.viewer, topic, days=days, zone=channel.zone, now=ctx.now)
    named = [spike.story for spike in view.spikes if spike.story is not None]
    lines = {one.id: one for one in await ctx.reader.with_pages(ctx.viewer, named, channel.language)}
    return replace(view, spikes=tuple(replace(spike, story=lines.get(spike.story_id)) for spike in view.spikes))


async def _draw(views: Sequence[TrendView], language: str, name: str) -> Picture | None:
    """Draw the chart, None where there is nothing to draw or the extra is not installed: the card says it in text."""
    if not any(view.articles for view in views):
        return None
    return await draw_picture(make_chart(views, language=language), name=name, alt=describe(views, language=language))
