"""The last story that a subscription would have told, had it been there."""

from __future__ import annotations

from bot.alerts.filters import is_covered, lets_through
from bot.commands.answers import Context
from bot.domain.models import Topic
from bot.domain.records import Watching
from bot.domain.views import StoryLine

MOST_LOOKED_AT = 50
"""How many stories are looked at for one that filters let through."""


async def find_last_match(ctx: Context, topic: Topic, how: Watching) -> StoryLine | None:
    """Find the story updated last that would have been told so; None where none of those looked at would."""
    least = (how.sensitivity or topic.sensitivity).threshold
    for story in await ctx.store.list_scored_stories(ctx.viewer, topic.id, least=least, limit=MOST_LOOKED_AT):
        articles = await ctx.store.list_visible_articles(ctx.viewer, story.id)
        matches = await ctx.store.list_story_matches(story.id)
        hits = {m.article_id for m in matches if m.topic_id == topic.id and m.score >= least}
        is_let_through = any(a.id in hits and lets_through(how.filters, a) for a in articles)
        if is_let_through and is_covered(articles, how.min_outlets, how.filters.min_origins):
            return story
    return None
