"""Compose: the topics of a channel -> their stories between two instants -> ranked, with what is new and came before.

One composition serves the planned digest, its preview, and what somebody missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.digest import Weighed, rank
from bot.alerts.filters import is_covered, lets_through
from bot.domain.digests import USUAL_LENGTH, Digest, DigestPlan, DigestSpike, DigestStory, DigestTopic, WantedTopic
from bot.domain.models import Channel, Filters, Mode, Story, StoryId, TopicId
from bot.domain.trends import TrendView
from bot.domain.views import StoryLine, SubscriptionLine
from bot.pipeline.trends import read_trend
from bot.ports import Store
from bot.stories.context import find_no_names, rank_context
from bot.stories.said import Names

MOST_STORIES = 500
"""How many stories of a topic are weighed; more than these changed last are not looked at."""
MOST_WITH_CONTEXT = 30
CONTEXT_CANDIDATES = 60
TREND_DAYS = 14
_DAY = timedelta(days=1)
_UNFILTERED = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Composes digests out of the store."""

    store: Store
    names: Names = find_no_names

    async def list_wanted(
        self, channel: Channel, chosen: Sequence[TopicId] = (), *, every: bool = False
    ) -> list[WantedTopic]:
        """List the topics of a channel's digest: those chosen, else those it gathers for it, else all that it watches.

        `every`: all that it watches, whichever way. A topic that is chosen and not watched counts at its own
        sensitivity.
        """
        topics = {topic.id: topic for topic in await self.store.list_topics(channel.place.workspace)}
        watched = {s.topic_id: s for s in await self.store.list_subscriptions(channel.id) if s.topic_id in topics}
        gathered = [s for s in watched.values() if s.mode is not Mode.LIVE]
        usual = list(watched.values()) if every or not gathered else gathered
        wanted = [topic for topic in chosen if topic in topics] or [s.topic_id for s in usual]
        return [
            _wanted(watched[topic], topics[topic].title)
            if topic in watched
            else WantedTopic(id=topic, title=topics[topic].title, least=topics[topic].sensitivity.threshold)
            for topic in wanted
        ]

    async def compose(
        self,
        channel: Channel,
        topics: Sequence[WantedTopic],
        *,
        since: datetime,
        until: datetime,
        plan: DigestPlan | None = None,
        has_trends: bool = True,
    ) -> Digest:
        """Compose what a channel is told of the time between."""
        found = await self._find(channel, topics, since, until)
        stories = await self._tell(channel, found, since, until)
        shown = [await self._topic(channel, topic, until, has_trends=has_trends) for topic in topics]
        return Digest(
            since=since,
            until=until,
            stories=tuple(stories),
            topics=tuple(_order(shown, stories)),
            assurance=await self.store.get_assurance(channel.place.workspace, since, until),
            length=USUAL_LENGTH if plan is None else plan.length,
            is_weekly=plan is not None and plan.is_weekly,
        )

    async def _find(
        self, channel: Channel, topics: Sequence[WantedTopic], since: datetime, until: datetime
    ) -> dict[StoryId, TopicId]:
        """Find each story once, under the first of the topics that wants it, without those that are muted here."""
        found: dict[StoryId, TopicId] = {}
        for topic in topics:
            ids = await self.store.list_stories_between(
                channel.place.workspace, topic.id, least=topic.least, since=since, until=until, limit=MOST_STORIES
            )
            for story in await self._pass(channel, topic, [story for story in ids if story not in found]):
                found[story] = topic.id
        muted = {told.story_id for told in await self.store.list_mutes(list(found)) if told.channel_id == channel.id}
        return {story: topic for story, topic in found.items() if story not in muted}

    async def _pass(self, channel: Channel, topic: WantedTopic, ids: Sequence[StoryId]) -> Sequence[StoryId]:
        """Leave out what the subscription's filters do not let through."""
        if topic.filters == _UNFILTERED and topic.outlets <= 1:
            return ids
        passed: list[StoryId] = []
        for story in ids:
            visible = await self.store.list_visible_articles(channel.place.workspace, story)
            articles = [article for article in visible if lets_through(topic.filters, article)]
            if articles and is_covered(articles, topic.outlets, topic.filters.min_origins):
                passed.append(story)
        return passed

    async def _tell(
        self, channel: Channel, found: dict[StoryId, TopicId], since: datetime, until: datetime
    ) -> list[DigestStory]:
        viewer = channel.place.workspace
        lines = {line.id: line for line in await self.store.list_story_lines(viewer, list(found))}
        stories = {story.id: story for story in await self.store.list_stories(list(lines))}
        ranked = rank(_weigh(stories[story], line, since, until) for story, line in lines.items() if story in stories)
        told: list[DigestStory] = []
        for number, one in enumerate(ranked):
            story, topic = stories[one.story], found[one.story]
            news = [development for development in story.developments if since < development.at <= until]
            told.append(
                DigestStory(
                    id=one.story,
                    topic=topic,
                    outlets=one.outlets,
                    origins=one.origins,
                    developments=one.developments,
                    news=news[-1].reason if news else "",
                    before=await self._find_before(channel, lines[one.story], story, topic)
                    if number < MOST_WITH_CONTEXT
                    else None,
                )
            )
        return told

    async def _find_before(self, channel: Channel, line: StoryLine, story: Story, topic: TopicId) -> StoryId | None:
        earlier = await self.store.list_topic_stories(
            channel.place.workspace, [topic], before=story.first_seen_at, limit=CONTEXT_CANDIDATES
        )
        candidates = [one for one in earlier if one.id != story.id]
        best = rank_context(line.headline, candidates, 1, names=self.names)
        return best[0].id if best else None

    async def _topic(self, channel: Channel, wanted: WantedTopic, until: datetime, *, has_trends: bool) -> DigestTopic:
        viewer = channel.place.workspace
        topics = {topic.id: topic for topic in await self.store.list_topics(viewer)} if has_trends else {}
        if wanted.id not in topics:
            return DigestTopic(id=wanted.id, title=wanted.title)
        view = await read_trend(self.store, viewer, topics[wanted.id], days=TREND_DAYS, zone=channel.zone, now=until)
        return _show_trend(wanted, view)


def _wanted(subscription: SubscriptionLine, title: str) -> WantedTopic:
    return WantedTopic(
        id=subscription.topic_id,
        title=title,
        least=subscription.sensitivity.threshold,
        filters=subscription.filters,
        outlets=subscription.min_outlets,
    )


def _weigh(story: Story, line: StoryLine, since: datetime, until: datetime) -> Weighed:
    return Weighed(
        story=story.id,
        origins=max(1, min(story.origins, line.outlets)),
        outlets=line.outlets,
        developments=sum(since < development.at <= until for development in story.developments),
        is_new=story.first_seen_at > since,
        updated_at=story.updated_at,
    )


def _order(topics: Iterable[DigestTopic], stories: Sequence[DigestStory]) -> list[DigestTopic]:
    """Order topics by their best story."""
    best = {story.topic: number for number, story in reversed(list(enumerate(stories)))}
    return sorted(topics, key=lambda topic: best.get(topic.id, len(stories)))


def _show_trend(wanted: WantedTopic, view: TrendView) -> DigestTopic:
    """Keep the days of a trend, and of what stood out what is of the last two days."""
    last = view.days[-1].day
    return DigestTopic(
        id=wanted.id,
        title=wanted.title,
        days=tuple(day.articles for day in view.days),
        unknown=next((number for number, day in enumerate(view.days) if day.is_watched), len(view.days)),
        spikes=tuple(
            DigestSpike(day=spike.day, articles=spike.articles, usual=spike.usual.middle, story=spike.story_id)
            for spike in view.spikes
            if spike.story is not None and last - spike.day <= _DAY
        ),
    )
