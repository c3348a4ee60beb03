"""Changed versions of articles on their way to become developments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.models import Article, ArticleId, StoryId
from bot.domain.records import NewAlert


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedArticle:
    """A version that nobody has judged yet, and the wording before it in the same feed.

    `before` is None where that feed's own earlier wording is not known: what feeds say differently is no change.
    `told` counts the changes of the article that were developments already.
    """

    digest: bytes
    after: Article
    before: Article | None
    story_id: StoryId
    told: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChange:
    """A change that is a development: what was said before and what is said now."""

    article_id: ArticleId
    story_id: StoryId
    reason: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedChanges:
    """What one look at changed versions brought, written in one transaction."""

    judged: tuple[tuple[ArticleId, bytes], ...]
    changes: tuple[NewChange, ...] = ()
    alerts: tuple[NewAlert, ...] = ()
