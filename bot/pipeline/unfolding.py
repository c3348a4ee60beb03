"""A story in hand while a batch is gathered: what it said and whom it reached, before and after each new article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.alerts.decide import SeenOutlet, SeenScore, StoryChange, TopicScores
from bot.domain.models import Article, ArticleId, ChannelId, Match, Story, Topic, TopicId, WorkspaceId
from bot.domain.records import StoryRef, StoryState
from bot.stories.origins import count_origins

Users = frozenset[WorkspaceId]


@dataclass(slots=True, kw_only=True)
class Unfolding:
    """One story of a batch. Only a story that some topic matches keeps its articles: only it can be told."""

    ref: StoryRef
    headline: str = ""
    origins: int = 1
    updated_at: datetime | None = None
    articles: list[Article] = field(default_factory=list)
    outlets: list[SeenOutlet] = field(default_factory=list)
    scores: dict[TopicId, list[SeenScore]] = field(default_factory=dict)
    told: set[ChannelId] = field(default_factory=set)

    def recall(self, story: Story) -> None:
        """Take over what the store knows of the story itself."""
        self.headline, self.origins, self.updated_at = story.headline, story.origins, story.updated_at

    def recall_coverage(
        self, articles: Sequence[Article], users: Mapping[ArticleId, Users], matches: Sequence[Match]
    ) -> None:
        """Take over what was reported before this batch."""
        self.articles = list(articles)
        self.outlets = [SeenOutlet(outlet=a.outlet, users=users.get(a.id, frozenset())) for a in articles]
        for match in matches:
            self._score(match, users.get(match.article_id, frozenset()))

    def take(
        self,
        article: Article,
        users: Users,
        matches: Sequence[Match],
        topics: Mapping[TopicId, Topic],
        news: str | None,
    ) -> StoryChange:
        """Take in an article; returns the change for the decision, with the outlets before it."""
        earlier = tuple(self.outlets)
        for match in matches:
            self._score(match, users)
        self.headline = self.headline or article.title
        # What a feed's first sight brings is as old as its date, not as our first look at it.
        at = min(article.published_at, article.seen_at)
        self.updated_at = max(at, self.updated_at or at)
        self.articles.append(article)
        self.outlets.append(SeenOutlet(outlet=article.outlet, users=users))
        return StoryChange(
            story=self.ref,
            article_id=article.id,
            outlet=article.outlet,
            users=users,
            is_silent=article.is_silent,
            topics=tuple(
                TopicScores(
                    topic_id=topic_id,
                    name=topics[topic_id].name,
                    sensitivity=topics[topic_id].sensitivity,
                    scores=tuple(scores),
                )
                for topic_id, scores in self.scores.items()
                if topic_id in topics
            ),
            earlier=earlier,
            development=news,
            scope=article.scope,
        )

    def state(self, now: datetime) -> StoryState:
        """Say where the story stands after the batch."""
        return StoryState(
            story=self.ref,
            headline=self.headline,
            origins=max(self.origins, count_origins([a.text or a.title for a in self.articles]))
            if self.scores
            else self.origins,
            updated_at=self.updated_at or now,
        )

    def _score(self, match: Match, users: Users) -> None:
        self.scores.setdefault(match.topic_id, []).append(SeenScore(score=match.score, users=users))
