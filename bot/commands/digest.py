"""The digest of a channel."""

from __future__ import annotations

from datetime import timedelta

from bot.alerts.digest import digest_card
from bot.commands.answers import Context, Reply
from bot.commands.kinds import list_watched
from bot.commands.registry import command
from bot.domain.errors import InputError
from bot.domain.models import StoryId
from bot.domain.views import StoryLine

SPAN = timedelta(hours=24)
MOST_STORIES = 100
"""How many stories of each topic are considered."""


@command("digest now", is_private=False)
async def show_digest(ctx: Context) -> Reply:
    """Post the last 24 hours of this channel's topics, for everyone here."""
    watched = {s.topic_id for s in await list_watched(ctx)}
    if not watched:
        raise InputError(
            "This channel watches nothing yet, so its digest is empty. /news subscribe TOPIC changes that."
        )
    topics = [topic for topic in await ctx.store.list_topics(ctx.viewer) if topic.id in watched]
    stories: dict[StoryId, StoryLine] = {}
    for topic in topics:
        for story in await ctx.store.latest(ctx.viewer, topic.id, MOST_STORIES):
            stories.setdefault(story.id, story)
    channel = await ctx.channel()
    card = digest_card(list(stories.values()), topics, channel=channel, since=ctx.now - SPAN, until=ctx.now)
    return Reply(card=card)
