"""The page of today: stories by weight, the last digest as it was posted, and search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.answers import Actor, Asker, Reply
from bot.commands.desk import Desk
from bot.domain.cards import Call, Card
from bot.domain.models import Place, Topic, TopicId, WorkspaceId
from bot.domain.views import StoryLine

SPAN = timedelta(hours=24)
MOST_STORIES = 40
LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """All that the template shows; `is_quiet`: nothing came today, so that the stories are older ones."""

    stories: Sequence[StoryLine]
    topics: Mapping[TopicId, Topic]
    is_quiet: bool


async def read_today_page(desk: Desk, viewer: WorkspaceId, now: datetime) -> TodayPage:
    """Read what a workspace should see first: what most outlets tell of the last day's."""
    latest = await desk.store.latest(viewer, None, LOOKED_AT)
    recent = [story for story in latest if story.updated_at >= now - SPAN]
    weighed = sorted(recent, key=lambda story: (-story.outlets, -len(story.topics), -story.updated_at.timestamp()))
    topics = {topic.id: topic for topic in await desk.store.list_topics(viewer)}
    return TodayPage(stories=(weighed or latest)[:MOST_STORIES], topics=topics, is_quiet=not weighed)


async def search(desk: Desk, viewer: WorkspaceId, typed: str) -> Card:
    """Search as the command does, with its messages for what is mistyped."""
    place = Place(platform="web", workspace=viewer, channel="")
    asker = Asker(actor=Actor(id="page", name="page"), place=place, rights=frozenset())
    answer = await desk.run(Call(command="search", arguments=(("query", typed),)), asker)
    return answer.card if isinstance(answer, Reply) else Card(title=answer.title, text=answer.error)
