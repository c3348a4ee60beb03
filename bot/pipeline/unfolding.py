"""A story in hand while a batch is gathered: what it said and whom it reached, before and after each new article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.alerts.decide import SeenArticle, SeenScore, StoryChange, TopicScores
from bot.domain.models import Article, ArticleId, Channel, ChannelId, Match, Story, Topic, TopicId, WorkspaceId
from bot.domain.records import StoryRef, StoryState
from bot.pipeline.memories import StoryMemory
from bot.stories.novelty import find_news

Users = frozenset[WorkspaceId]


@dataclass(slots=True, kw_only=True)
class Unfolding:
    """One story of a batch. Only a story that some topic matches keeps its articles: only it can be told."""

    ref: StoryRef
    memory: StoryMemory
    headline: str = ""
    origins: int = 1
    updated_at: datetime | None = None
    seen: list[SeenArticle] = field(default_factory=list)
    scores: dict[TopicId, list[SeenScore]] = field(default_factory=dict)
    told: set[ChannelId] = field(default_factory=set)
    muted: set[ChannelId] = field(default_factory=set)
    followers: list[Channel] = field(default_factory=list)
    remembered: int = 0

    @property
    def articles(self) -> list[Article]:
        """The articles that are kept, oldest first."""
        return [seen.article for seen in self.seen]

    def find_news(self, article: Article) -> str | None:
        """Tell what an article adds to what the story said, None where that is nothing."""
        return find_news(article, self.remember().said)

    def count_origins(self, articles: Sequence[Article]) -> int:
        """Count the origins of some of the story's articles."""
        return self.remember().origins.count(articles)

    def remember(self) -> StoryMemory:
        """Return the memory of the story, up to date."""
        for seen in self.seen[self.remembered :]:
            self.memory.take(seen.article)
        self.remembered = len(self.seen)
        return self.memory

    def recall(self, story: Story) -> None:
        """Take over what the store knows of the story itself."""
        self.headline, self.origins, self.updated_at = story.headline, story.origins, story.updated_at

    def recall_coverage(
        self, articles: Sequence[Article], users: Mapping[ArticleId, Users], matches: Sequence[Match]
    ) -> None:
        """Take over what was reported before this batch."""
        self.seen = [SeenArticle(article=a, users=users.get(a.id, frozenset())) for a in articles]
        by_id = {seen.article.id: seen for seen in self.seen}
        for match in matches:
            if match.article_id in by_id:
                self._score(match, by_id[match.article_id])

    def take(
        self,
        article: Article,
        users: Users,
        matches: Sequence[Match],
        topics: Mapping[TopicId, Topic],
        news: str | None,
    ) -> StoryChange:
        """Take in an article; returns the change for the decision, with the outlets before it."""
        earlier, newest = tuple(self.seen), SeenArticle(article=article, users=users)
        for match in matches:
            self._score(match, newest)
        self.headline = self.headline or article.title
        # What a feed's first sight brings is as old as its date, not as our first look at it.
        at = min(article.published_at, article.seen_at)
        self.updated_at = max(at, self.updated_at or at)
        self.seen.append(newest)
        return StoryChange(
            story=self.ref,
            article=article,
            users=users,
            topics=self.list_scores(topics),
            earlier=earlier,
            development=news,
            muted=frozenset(self.muted),
            followers=tuple(self.followers),
            count_origins=self.count_origins,
        )

    def list_scores(self, topics: Mapping[TopicId, Topic]) -> tuple[TopicScores, ...]:
        """List the topics that the story's articles hit, of those that there are."""
        return tuple(
            TopicScores(
                topic_id=topic_id,
                name=topics[topic_id].name,
                sensitivity=topics[topic_id].sensitivity,
                scores=tuple(scores),
            )
            for topic_id, scores in self.scores.items()
            if topic_id in topics
        )

    def state(self, now: datetime) -> StoryState:
        """Say where the story stands after the batch."""
        return StoryState(
            story=self.ref,
            headline=self.headline,
            origins=self.count_origins(self.articles) if self.scores else self.origins,
            updated_at=self.updated_at or now,
            origin_of=self.remember().take_new_origins() if self.scores else (),
        )

    def _score(self, match: Match, seen: SeenArticle) -> None:
        self.scores.setdefault(match.topic_id, []).append(SeenScore(score=match.score, seen=seen, tuned=match.tuned))
