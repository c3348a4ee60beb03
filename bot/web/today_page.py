"""The page of today: stories by weight, the last digest as it was posted, and search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.commands.answers import Actor, Asker, Reply
from bot.commands.desk import Desk
from bot.domain.alerts import AlertKind
from bot.domain.cards import Call, Card
from bot.domain.models import Place, Topic, TopicId, WorkspaceId
from bot.domain.views import StoryLine
from bot.pipeline.show import NothingToSay, Showing

SPAN = timedelta(hours=24)
MOST_STORIES = 40
LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    """All that the template shows; `is_quiet`: nothing came today, so that the stories are older ones.

    `digest` is the last one that was posted, and `digest_at` when.
    """

    stories: Sequence[StoryLine]
    topics: Mapping[TopicId, Topic]
    is_quiet: bool
    digest: Card | None
    digest_at: datetime | None


async def read_today_page(desk: Desk, viewer: WorkspaceId, now: datetime) -> TodayPage:
    """Read what a workspace should see first: what most outlets tell of the last day's."""
    latest = await desk.store.latest(viewer, None, LOOKED_AT)
    recent = [story for story in latest if story.updated_at >= now - SPAN]
    weighed = sorted(recent, key=lambda story: (-story.outlets, -len(story.topics), -story.updated_at.timestamp()))
    topics = {topic.id: topic for topic in await desk.store.list_topics(viewer)}
    digest, digest_at = await _last_digest(desk, viewer)
    return TodayPage(
        stories=(weighed or latest)[:MOST_STORIES], topics=topics, is_quiet=not weighed, digest=digest,
        digest_at=digest_at,
    )  # fmt: skip


class _Elsewhere:
    """Messages are in chats: the page links to none of them."""

    def link_to(self, place: Place, message_id: str) -> str | None:
        """Return no address."""
        return None


async def _last_digest(desk: Desk, viewer: WorkspaceId) -> tuple[Card | None, datetime | None]:
    """Show the digest that a channel of the workspace got last, as it was posted."""
    last = await desk.store.find_last_told(viewer, AlertKind.DIGEST)
    if last is None:
        return None, None
    delivery, at = last
    try:
        return await Showing(desk.store, desk.reader, _Elsewhere(), [delivery]).card(delivery), at
    except NothingToSay:
        return None, None


async def search(desk: Desk, viewer: WorkspaceId, typed: str) -> Card:
    """Search as the command does, with its messages for what is mistyped."""
    place = Place(platform="web", workspace=viewer, channel="")
    asker = Asker(actor=Actor(id="page", name="page"), place=place, rights=frozenset())
    answer = await desk.run(Call(command="search", arguments=(("query", typed),)), asker)
    return answer.card if isinstance(answer, Reply) else Card(title=answer.title, text=answer.error)
