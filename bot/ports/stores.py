"""What is kept, a Protocol a noun.

Every method is one transaction (or one consistent read). Reads that a person can cause take a `viewer` and show only
what that workspace may see: articles brought by a feed that it uses (or that everyone uses).
Method names: `get_` raises a NotFoundError, `find_` returns None, `claim_` takes a lease.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.feed_news import FeedNews, FeedNewsId, FeedStanding
from bot.domain.models import (
    Article,
    ArticleId,
    Channel,
    ChannelId,
    Delivery,
    DeliveryId,
    EntryKeys,
    Feed,
    FeedId,
    Match,
    Place,
    Post,
    Story,
    StoryId,
    Subscription,
    SubscriptionId,
    Topic,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import (
    Change,
    DeclaredFeed,
    Gathering,
    KnownArticle,
    Poll,
    Told,
    Waiting,
    Watching,
)
from bot.domain.views import ArticleLine, FeedLine, StatusView, StoryLine, SubscriptionLine


class FeedStore(Protocol):
    """Feeds, who uses them, and what they brought."""

    async def reconcile_feeds(self, declared: Sequence[DeclaredFeed], now: datetime) -> None:
        """Make the declared feeds those of the files: add, update, and drop what left the files."""

    async def add_feed(
        self, *, url: str, title: str, language: str | None, interval: timedelta, workspace: WorkspaceId, now: datetime
    ) -> Feed:
        """Use a feed in a workspace, adding it (due now) where nobody uses it yet; the same URL is one feed."""

    async def find_feed(self, viewer: WorkspaceId, name: str) -> FeedLine | None:
        """Find a feed that the viewer sees by id, URL, or title (case-insensitive)."""

    async def delete_feed_use(self, workspace: WorkspaceId, feed_id: FeedId) -> bool:
        """End a workspace's use of a feed; the feed is no longer polled once nobody uses it. False: it had none."""

    async def list_feeds(self, viewer: WorkspaceId) -> list[FeedLine]:
        """List the feeds that the viewer sees, by title."""

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


class ArticleStore(Protocol):
    """Articles and their search."""

    async def list_ungathered(self, limit: int) -> list[Article]:
        """List articles that no gathering has taken yet, in the order they were seen."""

    async def list_gathered_since(self, since: datetime) -> list[tuple[StoryId, Article]]:
        """List gathered articles seen since then with their story, oldest first."""

    async def latest(self, viewer: WorkspaceId, topic: TopicId | None, limit: int) -> list[StoryLine]:
        """List the stories updated last, of one topic (at its own sensitivity) or of all that the viewer sees."""

    async def list_scored_stories(
        self, viewer: WorkspaceId, topic: TopicId, *, least: float, limit: int
    ) -> list[StoryLine]:
        """List the stories updated last whose best score of a topic is `least` or more, as the viewer sees them."""

    async def search(self, viewer: WorkspaceId, tokens: Sequence[Sequence[str]], limit: int) -> list[ArticleLine]:
        """Find articles that hold, for every inner list, one of its terms; newest first.

        A term is one or more words of `domain.text.tokens` joined by a space (a phrase); a trailing * means a word
        start.
        """

    async def get_articles(self, ids: Sequence[ArticleId]) -> list[Article]:
        """Get articles in the order of `ids`, leaving out those that are gone."""


class TopicStore(Protocol):
    """Topics of packs and workspaces."""

    async def reconcile_topics(self, packed: Sequence[Topic]) -> None:
        """Make the topics without an owner those of the packs; one that left the packs goes with its subscriptions."""

    async def list_topics(self, viewer: WorkspaceId) -> list[Topic]:
        """List the packs' topics and the viewer's own, by name."""

    async def list_all_topics(self) -> list[Topic]:
        """List every topic of every workspace: what the matcher watches."""

    async def save_topic(self, topic: Topic, *, actor: str, now: datetime) -> None:
        """Add or replace a workspace's topic."""

    async def delete_topic(self, topic_id: TopicId, *, actor: str, now: datetime) -> None:
        """Delete a workspace's topic with its subscriptions and matches."""


class StoryStore(Protocol):
    """Stories and the gather transaction."""

    async def get_story(self, story_id: StoryId) -> Story:
        """Get a story with its articles (oldest first) and developments; raises StoryNotFoundError."""

    async def list_stories(self, ids: Sequence[StoryId]) -> list[Story]:
        """List stories as `get_story` gives them, in the order of `ids`, leaving out those that are gone."""

    async def list_visible_articles(self, viewer: WorkspaceId, story_id: StoryId) -> list[Article]:
        """List a story's articles that the viewer may see, oldest first."""

    async def list_story_matches(self, story_id: StoryId) -> list[Match]:
        """List the matches of a story's articles."""

    async def list_matches(self, article_ids: Sequence[ArticleId]) -> list[Match]:
        """List the matches of articles, by article and topic."""

    async def list_topic_stories(
        self, viewer: WorkspaceId, topics: Sequence[TopicId], *, before: datetime, limit: int
    ) -> list[StoryLine]:
        """List stories of any of the topics first seen before then, latest first: what may have come before."""

    async def list_users(self, article_ids: Sequence[ArticleId]) -> Mapping[ArticleId, frozenset[WorkspaceId]]:
        """Tell which workspaces (or EVERYONE) use a feed that brought each article."""

    async def list_told(self, stories: Sequence[StoryId]) -> list[Told]:
        """List the channels that were told of each story or are about to be."""

    async def list_story_outlets(self, stories: Sequence[StoryId]) -> Mapping[StoryId, frozenset[str]]:
        """Tell which outlets cover each story."""

    async def list_best_scores(self, stories: Sequence[StoryId]) -> Mapping[StoryId, Mapping[TopicId, float]]:
        """Tell the best score of each topic among each story's articles."""

    async def save_gathering(self, gathering: Gathering) -> Sequence[StoryId]:
        """Write a gathering; returns the ids of its new stories in their order.

        Raises StorageError, having written nothing, where another gathering took one of the articles first.
        """


class ChannelStore(Protocol):
    """Channels and what they watch."""

    async def find_channel(self, place: Place) -> Channel | None:
        """Find the channel at a place."""

    async def add_channel(self, place: Place) -> Channel:
        """Return the channel at a place, making it where there is none."""

    async def save_channel(self, channel: Channel, *, actor: str, now: datetime) -> None:
        """Change a channel's settings; a workspace has one ops channel on a platform, so the last one set is it."""

    async def save_subscription(
        self, channel_id: ChannelId, topic_id: TopicId, how: Watching = ..., *, actor: str, now: datetime
    ) -> Change:
        """Watch a topic in a channel, or change how; returns the change, which knows what was before."""

    async def delete_subscription(
        self, channel_id: ChannelId, topic_id: TopicId, *, actor: str, now: datetime
    ) -> Change | None:
        """End a subscription; None where there was none."""

    async def find_change(self, channel_id: ChannelId, number: int) -> Change | None:
        """Find a change of a channel's subscriptions by its number."""

    async def list_subscriptions(self, channel_id: ChannelId) -> list[SubscriptionLine]:
        """List a channel's subscriptions by topic name."""

    async def list_live_subscriptions(self) -> list[tuple[Channel, Subscription]]:
        """List every subscription of every channel that is told things as they happen."""

    async def stop_subscription(self, subscription_id: SubscriptionId) -> None:
        """Delete a subscription that cannot be served any more."""

    async def list_channels_at(self, place: Place) -> list[Channel]:
        """List the channels with a place's id, whatever workspace they stand for: a direct message has several."""

    async def add_mute_wish(self, story_id: StoryId, channel: Channel, *, actor: str, now: datetime) -> int:
        """Note that somebody who may not mute a story wants to; returns how many do."""

    async def add_mute(self, story_id: StoryId, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """Tell a channel no more of a story, what waits for it included; False where it was muted already."""

    async def delete_mute(self, story_id: StoryId, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """Tell a channel of a story again; False where it was not muted."""

    async def list_mutes(self, stories: Sequence[StoryId]) -> list[Told]:
        """List where stories are muted."""

    async def add_follow(self, story_id: StoryId, channel_id: ChannelId, *, now: datetime) -> bool:
        """Tell a channel of a story whatever it watches, as it is now to begin with; False where it does so already."""

    async def delete_follow(self, story_id: StoryId, channel_id: ChannelId) -> bool:
        """End what `add_follow` began; False where there was nothing to end."""

    async def add_notice(self, channel_id: ChannelId, *, text: str, key: str, now: datetime) -> bool:
        """Tell a channel something, its first line being the title; False where its workspace was told it before."""

    async def list_followers(self, stories: Sequence[StoryId]) -> list[tuple[StoryId, Channel]]:
        """List the channels that follow stories."""


class DeliveryStore(Protocol):
    """The outbox and the living messages."""

    async def claim_due_deliveries(
        self,
        now: datetime,
        lease: timedelta,
        limit: int,
        *,
        platform: str | None = None,
        full: Collection[WorkspaceId] = (),
    ) -> list[Delivery]:
        """Take a lease on due deliveries of a platform (None: of all), workspaces in turn, passing by those in `full`.

        Within a channel only the oldest open one, replies and edits after their post; while that is a held post, what
        needs no new post may pass it. A delivery that was SENDING when its lease ended comes back as SENDING with
        `first_tried_at` set: its outcome is unknown.
        """

    async def next_delivery_due_at(
        self, *, platform: str | None = None, full: Collection[WorkspaceId] = ()
    ) -> datetime | None:
        """Tell when the next open delivery that is not leased is due (or its lease ends)."""

    async def list_posted_since(self, channel_id: ChannelId, since: datetime) -> list[datetime]:
        """List when new messages were posted in a channel after then, oldest first."""

    async def hold_deliveries(self, delivery: Delivery, *, until: datetime, reason: str, is_all: bool) -> None:
        """Give a claimed delivery back until then, and with it the posts of stories that wait in its channel.

        With `is_all` their edits and replies too. Nothing counts as tried; what is unsure stays as it is.
        """

    async def list_waiting(self, channel_id: ChannelId) -> list[Waiting]:
        """List the posts of stories that wait in a channel, oldest first, without those that are unsure."""

    async def fold_deliveries(self, first: DeliveryId, others: Sequence[DeliveryId], now: datetime) -> Delivery:
        """Make a claimed post and others that wait in its channel one roll-up; returns it, still claimed.

        The stories count as told; the edits and replies that wait for their posts fall.
        """

    async def list_folded(self, delivery: Delivery) -> list[StoryLine]:
        """List the stories that a roll-up tells, in the order they came, without those that its channel muted."""

    async def find_ops_channel(self, broken: Channel) -> Channel | None:
        """Find the channel of the same workspace and platform, other than this one, that hears of the bot's health."""

    async def stop_channel(
        self, channel: Channel, *, reason: str, now: datetime, ops: Channel | None = None, notice: str = ""
    ) -> int:
        """Give up a channel: its subscriptions and follows end, its open deliveries close as failed.

        The ops channel gets the notice where anything ended. Returns how many subscriptions and follows that were.
        """

    async def mark_sending(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Record that the request is about to leave; `first_tried_at` keeps the first time, `attempts` counts.

        Raises NotFoundError for a delivery that was closed meanwhile: it must not leave.
        """

    async def record_sent(self, delivery_id: DeliveryId, *, message_id: str, shown_hash: str, now: datetime) -> None:
        """Record the platform's answer and, for a post or edit, what the living message shows now."""

    async def record_skipped(self, delivery_id: DeliveryId, *, reason: str, now: datetime) -> None:
        """Close a delivery that has nothing to show any more (already shown, post gone)."""

    async def record_retry(
        self, delivery_id: DeliveryId, *, next_attempt_at: datetime, reason: str, is_unsure: bool
    ) -> None:
        """Give the delivery back for a later attempt; `is_unsure` keeps it SENDING so that it is settled first."""

    async def record_failed(self, delivery_id: DeliveryId, *, reason: str, now: datetime) -> None:
        """Close a delivery that can never succeed."""

    async def find_post(self, story_id: StoryId, channel_id: ChannelId) -> Post | None:
        """Find the living message of a story in a channel."""

    async def mark_post_gone(self, story_id: StoryId, channel_id: ChannelId) -> None:
        """Record that somebody deleted the living message: the story is muted there."""


class Store(FeedStore, FeedNewsStore, ArticleStore, TopicStore, StoryStore, ChannelStore, DeliveryStore, Protocol):
    """Everything that is kept."""

    async def status(self, viewer: WorkspaceId) -> StatusView:
        """Count what there is."""

    async def take_over(self, now: datetime) -> None:
        """End the leases that a killed run left; what was being sent is settled a moment later."""

    async def release_leases(self) -> None:
        """End all leases at an orderly stop, so that the next start need not wait for them."""

    async def close(self) -> None:
        """Close every connection."""
