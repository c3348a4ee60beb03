"""What is kept, a Protocol a noun.

Every method is one transaction (or one consistent read). Reads that a person can cause take a `viewer` and show only
what that workspace may see: articles brought by a feed that it uses (or that everyone uses).
Method names: `get_` raises a NotFoundError, `find_` returns None, `claim_` takes a lease.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alerts import Delivery, Post
from bot.domain.groups import OpenGroups
from bot.domain.models import (
    Article,
    ArticleId,
    Channel,
    ChannelId,
    DeliveryId,
    DevelopmentId,
    Match,
    Place,
    Story,
    StoryId,
    Subscription,
    Topic,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import (
    Change,
    Gathering,
    Sent,
    Told,
    Waiting,
    Watching,
)
from bot.domain.splits import Split, SplitId
from bot.domain.views import ArticleLine, StatusView, StoryLine, SubscriptionLine
from bot.ports.change_stores import ChangeStore
from bot.ports.channel_stores import LeavingStore, PublicationStore
from bot.ports.digest_stores import DigestStore
from bot.ports.enriching import EnrichStore
from bot.ports.feed_stores import FeedNewsStore, FeedStore, FeedUseStore
from bot.ports.operator_stores import OperatorStore
from bot.ports.page_stores import PageStore
from bot.ports.topic_stores import ArchiveStore, DraftStore, RematchStore, TuningStore
from bot.ports.trend_stores import TrendStore


class ArticleStore(Protocol):
    """Articles and their search."""

    async def list_ungathered(self, limit: int) -> list[Article]:
        """List articles that no gathering has taken yet, in the order they were seen."""

    async def list_open_groups(self, now: datetime) -> OpenGroups:
        """List what grouping keeps of stories that grew lately, in the order they began, and of titles."""

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
        start. Where nothing is asked for, the newest are found.
        """

    async def get_articles(self, ids: Sequence[ArticleId]) -> list[Article]:
        """Get articles in the order of `ids`, leaving out those that are gone."""


class TopicStore(Protocol):
    """Topics of packs and workspaces."""

    async def reconcile_topics(
        self, packed: Sequence[Topic], withheld: Sequence[Topic] = (), *, is_whole: bool = True
    ) -> None:
        """Make the topics without an owner those of the packs; one that left the packs goes with its subscriptions.

        What is withheld stays as it is known, with its subscriptions; so does all else where this is not the whole.
        """

    async def list_pack_texts(self) -> dict[str, str]:
        """List the last good text of each pack, by its name."""

    async def keep_pack_texts(self, texts: Mapping[str, str], now: datetime) -> None:
        """Keep the texts of packs that are sound; where one changed, the archive is matched anew with their topics."""

    async def list_topics(self, viewer: WorkspaceId) -> list[Topic]:
        """List the packs' topics and the viewer's own, by name."""

    async def list_all_topics(self) -> list[Topic]:
        """List every topic of every workspace: what the matcher watches."""

    async def save_topic(self, topic: Topic, *, actor: str, now: datetime, most: int | None = None) -> None:
        """Add or replace a workspace's topic; raises QuotaError where it has `most` already and this is a new one."""

    async def delete_topic(self, topic_id: TopicId, *, actor: str, now: datetime) -> None:
        """Delete a workspace's topic with its subscriptions and matches."""


class StoryStore(Protocol):
    """Stories and the gather transaction."""

    async def get_story(self, story_id: StoryId) -> Story:
        """Get a story with its articles (oldest first) and developments; raises StoryNotFoundError."""

    async def list_stories(self, ids: Sequence[StoryId]) -> list[Story]:
        """List stories as `get_story` gives them, in the order of `ids`, leaving out those that are gone."""

    async def drop_untold(self, ids: Sequence[DevelopmentId]) -> int:
        """Forget developments with their alerts, but those that a channel was told of; returns how many fell."""

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

    async def list_best_scores(self, stories: Sequence[StoryId]) -> Mapping[StoryId, Mapping[TopicId, float]]:
        """Tell the best score of each topic among each story's articles."""

    async def merge_stories(self, first: StoryId, second: StoryId, now: datetime) -> StoryId:
        """Make two stories one, with what was told of them; returns the older's id, which stays.

        Raises StoryNotFoundError where one is not there, was merged before, or is seen by others than the other.
        """

    async def split_story(
        self, story: StoryId, out: Collection[ArticleId], *, workspace: WorkspaceId, actor: str, now: datetime
    ) -> Split:
        """Make articles of a story a story of their own, which is never merged with it; posts stay where they are.

        Raises StoryNotFoundError where there is no such story, or the articles are none or all of it.
        """

    async def undo_split(self, split: SplitId, *, workspace: WorkspaceId, actor: str, now: datetime) -> StoryId | None:
        """Make what a workspace took apart one again; returns the story, None where there is nothing to undo."""

    async def list_splits(self, viewer: WorkspaceId) -> list[Split]:
        """List what a workspace took apart and did not undo, the latest first."""

    async def list_splits_after(self, last: SplitId, since: datetime) -> list[Split]:
        """List what was taken apart after a split, since then, in its order: what grouping has to follow."""

    async def save_link(self, one: StoryId, other: StoryId, score: float, now: datetime) -> None:
        """Note that two stories may be one, and how much speaks for it; what was noted of them before is replaced."""

    async def list_possibly_same(self, viewer: WorkspaceId, story: StoryId) -> list[StoryLine]:
        """List the stories that may be the same as this one, the likest first, as the viewer sees them."""

    async def list_scored_since(self, since: datetime, limit: int) -> Sequence[StoryId]:
        """List the stories of any topic that were updated since then, the latest first."""

    async def save_gathering(self, gathering: Gathering) -> Sequence[StoryId]:
        """Write a gathering; returns the ids of its new stories in their order.

        Raises StorageError, having written nothing, where another gathering took one of the articles first.
        """


class ChannelStore(LeavingStore, PublicationStore, Protocol):
    """Channels and what they watch."""

    async def find_channel(self, place: Place) -> Channel | None:
        """Find the channel at a place."""

    async def add_channel(self, place: Place, *, is_direct: bool = False) -> Channel:
        """Return the channel at a place, making it where there is none; `is_direct`: it is one person's alone."""

    async def save_channel(self, channel: Channel, *, actor: str, now: datetime) -> None:
        """Change a channel's settings, and look anew at what waits there.

        A workspace has one ops channel on a platform, so the last one set is it.
        """

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

    async def list_mentions(self, channels: Sequence[ChannelId]) -> list[tuple[ChannelId, str, str]]:
        """List whom the subscriptions of channels mention, with their topic's name."""

    async def list_live_subscriptions(self) -> list[tuple[Channel, Subscription]]:
        """List every subscription of every channel that is told things as they happen."""

    async def list_channels_at(self, place: Place) -> list[Channel]:
        """List the channels with a place's id, whatever workspace they stand for: a direct message has several."""

    async def list_workspace_channels(self, workspace: WorkspaceId, *, with_direct: bool = True) -> list[Channel]:
        """List the channels of a workspace on all platforms, or of these those that are nobody's alone."""

    async def join_workspaces(self, homes: Mapping[WorkspaceId, WorkspaceId], now: datetime) -> list[str]:
        """Make the homes of workspaces these (member: home), moving rows; returns in words what changed.

        Who parts takes its channels along, and copies of the topics, feeds and tunings that they rely on.
        """

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

    async def list_open_counts(self) -> list[tuple[str, int]]:
        """Tell how many deliveries wait for each platform."""

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

    async def mark_sending(self, ids: Sequence[DeliveryId], now: datetime) -> Set[DeliveryId]:
        """Record that requests are about to leave; `first_tried_at` keeps the first time, `attempts` counts.

        Returns those that may leave; the others were closed meanwhile.
        """

    async def record_sent(self, sent: Sequence[Sent], now: datetime) -> None:
        """Record the platform's answers and, for posts and edits, what the living messages show now."""

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


class Store(
    FeedStore, FeedUseStore, FeedNewsStore, ArticleStore, TopicStore, StoryStore, ChannelStore, DeliveryStore,
    DraftStore, TuningStore, ArchiveStore, RematchStore, ChangeStore, TrendStore, EnrichStore, OperatorStore,
    PageStore, DigestStore, Protocol,
):  # fmt: skip
    """Everything that is kept."""

    async def status(self, viewer: WorkspaceId) -> StatusView:
        """Count what there is."""

    async def take_over(self, now: datetime) -> None:
        """End the leases that a killed run left; what was being sent is settled a moment later."""

    async def bring_forward(self, now: datetime) -> None:
        """Let nothing wait for an instant that a clock which went back told: deliveries are due, feeds soon."""

    async def release_leases(self) -> None:
        """End all leases at an orderly stop, so that the next start need not wait for them."""

    async def close(self) -> None:
        """Close every connection."""
