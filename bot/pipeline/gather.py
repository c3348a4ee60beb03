"""Gather: ungathered articles -> match -> stories -> decide alerts, in ordered batches, one at a time.

One transaction a batch holds matches, stories, alerts and pending deliveries, and marks the articles gathered. The open
stories live in memory and are kept with it; whenever a batch fails they are read anew, so that memory never says what
the store does not.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import perf_counter

from bot.alerts.decide import decide_alerts
from bot.domain.groups import GroupState
from bot.domain.models import (
    Article,
    ArticleId,
    Channel,
    FeedId,
    Match,
    Story,
    StoryId,
    Subscription,
    Topic,
    WorkspaceId,
)
from bot.domain.records import Gathering, NewAlert, NewStory, Placement, StoryRef
from bot.domain.tunings import TuningKind
from bot.pipeline.bells import Bells
from bot.pipeline.changes import tell_changes
from bot.pipeline.events import emit, problem
from bot.pipeline.grouping import Grouping, GroupingHere
from bot.pipeline.linking import Linking
from bot.pipeline.memories import Memories, StoryMemory
from bot.pipeline.placing import Placing
from bot.pipeline.recount import recount_origins
from bot.pipeline.retold import drop_retold
from bot.pipeline.unfolding import Unfolding
from bot.ports import Store
from bot.ports.measures import ALERTS, GATHER_SECONDS, MATCHES, STORIES, timed
from bot.stories.context import find_no_names
from bot.stories.grouping import Grouped, GroupId
from bot.stories.said import Said
from bot.topics.library import Library
from bot.topics.matcher import Matcher, build_matcher
from bot.topics.names import NameFinder
from bot.topics.overlay import Overlay, build_overlay
from bot.topics.texts import ArticleText

BATCH = 500
IDLE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An article after the pure work: what it matches, the group that it joined, and whether it only repeats."""

    article: Article
    matches: tuple[Match, ...]
    group: GroupId
    is_repeat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """What the store knows beforehand of everything that a batch touches."""

    unfoldings: Mapping[StoryRef, Unfolding]
    subscriptions: Sequence[tuple[Channel, Subscription]]
    users: Mapping[ArticleId, frozenset[WorkspaceId]]


@dataclass(slots=True, kw_only=True)
class Gatherer:
    """Turns new articles into stories and alerts."""

    store: Store
    library: Library
    bells: Bells
    clock: Callable[[], datetime]
    _topics: tuple[Topic, ...] = ()
    _matcher: Matcher | None = None
    _overlay: Overlay = Overlay({})
    _names: NameFinder | None = None
    grouping: Grouping = field(default_factory=GroupingHere)
    _memories: Memories = field(default_factory=Memories)
    _placing: Placing = field(init=False)
    _linking: Linking = field(init=False)

    def __post_init__(self) -> None:
        self._placing = Placing(store=self.store, grouping=self.grouping, clock=self.clock)
        self._linking = Linking(store=self.store, library=self.library, clock=self.clock, join=self._join)

    async def run(self) -> None:
        """Gather as articles come, until cancelled."""
        while True:
            if not await self.gather_all():
                await self.bells.gather.wait(IDLE)

    async def gather_all(self) -> int:
        """Gather everything that waits; returns how many articles there were."""
        gathered = 0
        while batch := await self.store.list_ungathered(BATCH):
            await self.gather(batch)
            gathered += len(batch)
        await self._tell_changes()
        while await recount_origins(self.store):
            if await self.store.list_ungathered(1):
                break
        return gathered

    async def _tell_changes(self) -> None:
        """Tell of articles that were written anew."""
        await self._watch()
        topics = {topic.id: topic for topic in self._topics}
        names = self._names or find_no_names
        if await tell_changes(self.store, self._memories, names, topics, self.clock()):
            self.bells.deliver.ring()

    async def gather(self, batch: Sequence[Article]) -> int:
        """Gather one batch in its order; returns how many alerts it made."""
        began = perf_counter()
        try:
            with timed(GATHER_SECONDS):
                async with self.bells.gathering:
                    stories, alerts = await self._gather(batch)
        except BaseException:
            self._placing.forget()
            self._linking.forget()
            self._memories.clear()
            raise
        if alerts:
            self.bells.enrich.ring()
            self.bells.deliver.ring()
        emit(
            "gather",
            level=logging.INFO if alerts else logging.DEBUG,
            articles=len(batch),
            stories=stories,
            alerts=alerts,
            ms=round((perf_counter() - began) * 1000),
        )
        return alerts

    async def _gather(self, batch: Sequence[Article]) -> tuple[int, int]:
        """Gather a batch; returns how many stories it touched and how many alerts it made."""
        matcher = await self._watch()
        grouped, merged = await self._placing.place(batch)
        if merged:
            self.bells.deliver.ring()
        names = await self.store.list_feed_names({feed for article in batch for feed in article.feeds})
        reads = await asyncio.to_thread(_read, batch, names, matcher, grouped, self._overlay)
        refs, new_stories = self._refer(reads)
        opened = _Opened(
            unfoldings=await self._open(reads, refs),
            subscriptions=await self.store.list_live_subscriptions(),
            users=await self.store.list_users([a.id for a in batch]),
        )
        placements, alerts = await asyncio.to_thread(self._decide, reads, refs, opened)
        now = self.clock()
        ids = await self.store.save_gathering(
            Gathering(
                at=now,
                articles=tuple(a.id for a in batch),
                matches=tuple(m for read in reads for m in read.matches),
                new_stories=tuple(new_stories),
                placements=tuple(placements),
                states=tuple(u.state(now) for u in opened.unfoldings.values()),
                alerts=tuple(alerts),
                groups=tuple(self._keep(grouped, refs)),
                titles=grouped.titles,
            )
        )
        STORIES.inc(len(ids))
        ALERTS.inc(len(alerts))
        for topic, reached in Counter(m.topic_id for read in reads for m in read.matches).items():
            MATCHES.labels(topic).inc(reached)
        made = {group: ids[ref.new] for group, ref in refs.items() if ref.new is not None}
        self._placing.learn(made, grouped)
        for ref, unfolding in opened.unfoldings.items():
            if ref.new is not None and unfolding.remembered:
                self._memories.keep(ids[ref.new], unfolding.memory)
        if await self._link(opened, ids):
            self.bells.deliver.ring()
        return len(refs), len(alerts)

    async def _join(self, one: StoryId, other: StoryId) -> int:
        """Make the stories of two languages one, and let fall what only the younger took for news."""
        joined = await self._placing.join(one, other)
        if joined:
            await drop_retold(self.store, min(one, other), self._names or find_no_names)
        return joined

    async def _link(self, opened: _Opened, ids: Sequence[StoryId]) -> int:
        """Look for the other languages' stories of those that some topic matches; returns how many were joined."""
        grown: dict[StoryId, Sequence[Article]] = {}
        for ref, unfolding in opened.unfoldings.items():
            story = ids[ref.new] if ref.new is not None else ref.id
            if story is not None and unfolding.scores:
                grown[story] = unfolding.articles
        return await self._linking.link(grown)

    async def _watch(self) -> Matcher:
        """Return the matcher, built anew where topics changed."""
        if self._matcher is None or self.bells.topics.is_set():
            self.bells.topics.clear()
            self._topics = tuple(await self.store.list_all_topics())
            self._matcher = await asyncio.to_thread(build_matcher, self.library, self._topics)
            tunings = await self.store.list_all_tunings(TuningKind.MASK)
            self._overlay = await asyncio.to_thread(build_overlay, self.library, self._topics, tunings)
            self._names = self._names or NameFinder(self.library)
            for trouble in self._matcher.problems:
                problem(trouble)
        return self._matcher

    def _refer(self, reads: Iterable[_Read]) -> tuple[dict[GroupId, StoryRef], list[NewStory]]:
        refs: dict[GroupId, StoryRef] = {}
        new: list[NewStory] = []
        for read in reads:
            if read.group in refs:
                continue
            known = self._placing.find(read.group)
            if known is not None:
                refs[read.group] = StoryRef(id=known)
                continue
            refs[read.group] = StoryRef(new=len(new))
            article = read.article
            new.append(NewStory(headline=article.title, scope=article.scope, first_seen_at=article.published_at))
        return refs, new

    async def _open(self, reads: Sequence[_Read], refs: Mapping[GroupId, StoryRef]) -> dict[StoryRef, Unfolding]:
        """Take in hand every story that this batch touches, with what it said and whom it reached before."""
        names = self._names or find_no_names
        unfoldings = {ref: Unfolding(ref=ref, memory=StoryMemory(Said(names))) for ref in refs.values()}
        known = [ref.id for ref in refs.values() if ref.id is not None]
        hit = {refs[read.group].id for read in reads if read.matches}
        scored = await self.store.list_best_scores(known)
        for told in await self.store.list_told(known):
            unfoldings[StoryRef(id=told.story_id)].told.add(told.channel_id)
        for muted in await self.store.list_mutes(known):
            unfoldings[StoryRef(id=muted.story_id)].muted.add(muted.channel_id)
        followed = await self.store.list_followers(known)
        for story_id, channel in followed:
            unfoldings[StoryRef(id=story_id)].followers.append(channel)
        hit |= {story_id for story_id, _ in followed}
        stories = await self.store.list_stories(known)
        for story in stories:
            unfoldings[StoryRef(id=story.id)].recall(story)
        matched = [story for story in stories if story.id in hit or scored.get(story.id)]
        await self._recall_coverage(matched, unfoldings)
        return unfoldings

    async def _recall_coverage(self, stories: Sequence[Story], unfoldings: Mapping[StoryRef, Unfolding]) -> None:
        """Let stories take over their earlier articles, read for all of them at once."""
        ids = [article_id for story in stories for article_id in story.articles]
        articles = {article.id: article for article in await self.store.get_articles(ids)}
        users = await self.store.list_users(ids)
        matches: dict[ArticleId, list[Match]] = defaultdict(list)
        for match in await self.store.list_matches(ids):
            matches[match.article_id].append(match)
        for story in stories:
            unfolding = unfoldings[StoryRef(id=story.id)]
            unfolding.memory = self._memories.recall(story.id, story.articles, self._names or find_no_names)
            unfolding.recall_coverage(
                [articles[article_id] for article_id in story.articles if article_id in articles],
                users,
                [match for article_id in sorted(story.articles) for match in matches[article_id]],
            )
            if not unfolding.memory.said.articles:
                await self._recall_changes(story, unfolding, articles)

    async def _recall_changes(self, story: Story, unfolding: Unfolding, articles: Mapping[ArticleId, Article]) -> None:
        """Let a story have said what its changed articles say now, where memory has nothing of it."""
        changed = {d.id: d.article_id for d in story.developments if d.reason.startswith("changed:")}
        for development, (_, after) in (await self.store.list_changes(list(changed)) if changed else {}).items():
            if (article := articles.get(changed[development])) is not None:
                unfolding.memory.said.hear(replace(article, title=after, text=""))

    def _decide(
        self, reads: Sequence[_Read], refs: Mapping[GroupId, StoryRef], opened: _Opened
    ) -> tuple[list[Placement], list[NewAlert]]:
        """Let the stories unfold article by article, in order; pure work, done off the event loop."""
        topics = {topic.id: topic for topic in self._topics}
        placements: list[Placement] = []
        alerts: list[NewAlert] = []
        for read in reads:
            article, ref = read.article, refs[read.group]
            unfolding = opened.unfoldings[ref]
            news = None
            if read.matches or unfolding.scores or unfolding.followers:
                news = unfolding.find_news(article)
            change = unfolding.take(article, opened.users.get(article.id, frozenset()), read.matches, topics, news)
            decided = [] if read.is_repeat else decide_alerts(change, opened.subscriptions, frozenset(unfolding.told))
            unfolding.told.update(alert.channel_id for alert in decided)
            alerts.extend(decided)
            placements.append(Placement(article_id=article.id, story=ref, development=news))
        for unfolding in opened.unfoldings.values():
            if unfolding.scores:
                unfolding.remember()
        return placements, alerts

    def _keep(self, grouped: Grouped, refs: Mapping[GroupId, StoryRef]) -> Iterator[tuple[StoryRef, GroupState]]:
        """Say of which story each group's state is; what merged away within the batch has none."""
        for group, state in grouped.states:
            known = self._placing.find(group)
            ref = refs.get(group) if known is None else StoryRef(id=known)
            if ref is not None:
                yield ref, state


def _read(
    batch: Sequence[Article],
    names: Mapping[FeedId, str],
    matcher: Matcher,
    grouped: Grouped,
    overlay: Overlay,
) -> list[_Read]:
    """Match every article of a batch, in order; pure work, done off the event loop."""
    reads = []
    for number, (article, group) in enumerate(zip(batch, grouped.groups, strict=True)):
        text = ArticleText.of_article(article, names)
        matches = tuple(
            Match(
                article_id=article.id,
                topic_id=hit.topic_id,
                score=hit.score,
                reasons=hit.reasons,
                tuned=overlay.judge(text, hit),
            )
            for hit in matcher.match(text)
        )
        is_repeat = number in grouped.repeats
        reads.append(_Read(article=article, matches=matches, group=group, is_repeat=is_repeat))
    return reads
