"""What is kept of feeds: what they brought, who uses them, and what is to be told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.feed_lists import FeedUse, Imported, ListedFeed
from bot.domain.feed_news import FeedNews, FeedNewsId, FeedStanding
from bot.domain.feeds import EntryKeys, Feed
from bot.domain.models import ArticleId, Channel, ChannelId, FeedId, WorkspaceId
from bot.domain.records import (
    DeclaredFeed,
    KnownArticle,
    Poll,
)
from bot.domain.views import FeedLine


class FeedStore(Protocol):
    """Feeds and what they brought."""

    async def reconcile_feeds(self, declared: Sequence[DeclaredFeed], now: datetime) -> None:
        """Make the declared feeds those of the files: add, update, and drop what left the files."""

    async def find_feed(self, viewer: WorkspaceId, name: str) -> FeedLine | None:
        """Find a feed that the viewer sees by id, URL, or title (case-insensitive)."""

    async def list_feeds(self, viewer: WorkspaceId) -> list[FeedLine]:
        """List the feeds that the viewer sees, by title."""

    async def list_feed_names(self, ids: Collection[FeedId]) -> Mapping[FeedId, str]:
        """Tell what feeds are called, title and host, as `feed:` reads it."""

    async def claim_due_feeds(self, now: datetime, lease: timedelta, limit: int) -> list[Feed]:
        """Take a lease on feeds that are due, most overdue first; others pass them by until the lease ends."""

    async def postpone_feeds(self, turns: Sequence[tuple[FeedId, datetime]]) -> None:
        """Give claimed feeds back, each due at an instant of its own."""

    async def next_feed_due_at(self) -> datetime | None:
        """Tell when the next feed that is not leased is due (or its lease ends)."""

    async def find_known(self, feed: Feed, keys: Sequence[EntryKeys]) -> Mapping[EntryKeys, ArticleId]:
        """Find the articles that entries of a feed already are: by guid or title+day within it, by URL in its scope."""

    async def save_poll(self, poll: Poll) -> int:
        """Write a poll and end its lease; returns how many articles are new."""


class FeedUseStore(Protocol):
    """Who uses which feeds, under which tags."""

    async def add_feed(
        self,
        *,
        url: str,
        title: str,
        language: str | None,
        interval: timedelta,
        workspace: WorkspaceId,
        actor: str,
        now: datetime,
        tags: Sequence[str] = (),
        most: int | None = None,
    ) -> Feed:
        """Use a feed in a workspace, adding it (due now) where nobody uses it yet; the same URL is one feed.

        Tags replace those of a use that is there. Raises QuotaError where the workspace uses `most` feeds already.
        """

    async def import_feeds(
        self,
        wanted: Sequence[ListedFeed],
        *,
        interval: timedelta,
        workspace: WorkspaceId,
        actor: str,
        now: datetime,
        most: int | None = None,
    ) -> Imported:
        """Use the feeds of a list in a workspace, in its order, until the workspace uses `most`.

        A feed that the workspace sees already (`feed_key`) stays as it is, but gets tags where it is its own and has
        none.
        """

    async def delete_feed_use(self, workspace: WorkspaceId, feed_id: FeedId, *, actor: str, now: datetime) -> bool:
        """End a workspace's use of a feed; the feed is no longer polled once nobody uses it. False: it had none."""

    async def list_feed_uses(self, viewer: WorkspaceId) -> list[FeedUse]:
        """List the feeds that the viewer sees with their addresses and its own tags, by title."""

    async def list_feed_tags(self, viewer: WorkspaceId) -> Mapping[FeedId, tuple[str, ...]]:
        """Tell the tags of the viewer's own feeds."""

    async def list_workspaces(self) -> list[WorkspaceId]:
        """List the workspaces that have a channel here or use a feed, without EVERYONE."""


class FeedNewsStore(Protocol):
    """What is to be told of feeds themselves."""

    async def list_feed_news(self) -> list[FeedNews]:
        """List the news that nobody was told yet, oldest first."""

    async def find_feed_standing(self) -> FeedStanding:
        """Count the feeds that are polled and those of them that fail, and tell when anything was told last."""

    async def list_ops_channels(self) -> list[Channel]:
        """List the channels that hear of the bot's health, of all workspaces."""

    async def save_bulletins(
        self, bulletins: Sequence[tuple[ChannelId, str]], told: Sequence[FeedNewsId], now: datetime, *, outage: bool
    ) -> None:
        """Write bulletins into the outbox, and that this news was told: both or neither.

        `outage`: every feed that fails now counts as told with it. Raises StorageError where somebody told it first.
        """

    async def list_brought(self, feed_id: FeedId, limit: int) -> list[KnownArticle]:
        """List what a feed brought last, so that re-published copies can be told by it."""

    async def decide_held(
        self, feed_id: FeedId, *, is_shown: bool, actor: str, workspace: WorkspaceId, now: datetime
    ) -> int:
        """Make a feed's held articles ordinary ones, or silent; returns how many there were."""
