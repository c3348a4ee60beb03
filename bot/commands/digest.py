"""The digest of a channel."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from bot.alerts.digest import digest_card
from bot.commands.answers import Context, Reply
from bot.commands.kinds import list_watched
from bot.commands.registry import command
from bot.domain.errors import InputError
from bot.domain.models import StoryId, TopicId
from bot.domain.views import StoryLine

SPAN = timedelta(hours=24)
MOST_STORIES = 100
"""How many stories of each topic are considered."""


@command("digest now", is_private=False)
async def show_digest(ctx: Context) -> Reply:
    """Post the last 24 hours of this channel's topics, for everyone here."""
    watched = {s.topic_id: s.sensitivity.threshold for s in await list_watched(ctx)}
    if not watched:
        raise InputError(
            "This channel watches nothing yet, so its digest is empty. /news subscribe TOPIC changes that."
        )
    topics = [topic for topic in await ctx.store.list_topics(ctx.viewer) if topic.id in watched]
    stories: dict[StoryId, StoryLine] = {}
    reached: defaultdict[StoryId, list[TopicId]] = defaultdict(list)
    for topic in topics:
        found = await ctx.store.list_scored_stories(ctx.viewer, topic.id, least=watched[topic.id], limit=MOST_STORIES)
        for story in found:
            stories[story.id] = story
            reached[story.id].append(topic.id)
    # A story stands under what this channel watches as it watches it, whatever the topics say themselves.
    shown = [replace(story, topics=tuple(reached[story.id])) for story in stories.values()]
    channel = await ctx.channel()
    card = digest_card(shown, topics, channel=channel, since=ctx.now - SPAN, until=ctx.now)
    return Reply(card=card)
