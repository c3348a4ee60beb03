"""The tables as the program uses them; `migrations/` makes them, and a test holds the two together.

Numbers are never used twice (AUTOINCREMENT): a delivery's id stands in messages, a story's in links. Rows that join two
nouns have no id of their own.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)  # fmt: skip

from bot.storage.columns import Instant, Scope
from bot.storage.schema import metadata, numbered, parent, partial

OPEN = text("status IN ('pending', 'sending')")
"""An open delivery, written as its index is: only so will the database use it."""
CLOSED_AS_FAILED = text("status = 'failed'")
"""A delivery that failed for good, written as its index is."""
NOT_SILENT = text("NOT is_silent")
"""An article that is news, written as its index is."""


articles = Table(
    "articles",
    metadata,
    numbered(),
    Column("scope", Scope, nullable=False),
    Column("url", Text),
    Column("link", Text),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String),
    Column("published_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("gathered_at", Instant),
    Column("image_url", Text),
    Column("is_silent", Boolean, nullable=False),
    # Held back by the burst guard until somebody decides.
    Column("is_held", Boolean, nullable=False, server_default="0"),
    Index("ix_articles_seen_at", "seen_at"),
    sqlite_autoincrement=True,
)
partial("ix_articles_ungathered", articles.c.id, where=text("gathered_at IS NULL"))
# What came when: digests are read along it.
partial("ix_articles_gathered_at", articles.c.gathered_at, where=NOT_SILENT)
partial("ix_articles_held", articles.c.id, where=text("is_held"))

# Every canonical URL that an article was met under: one may change while the guid stays.
addresses = Table(
    "addresses",
    metadata,
    Column("scope", Scope, nullable=False),
    Column("url", Text, nullable=False),
    parent("article_id", "articles.id"),
    PrimaryKeyConstraint("scope", "url"),
    Index("ix_addresses_article_id", "article_id"),
    sqlite_with_rowid=False,
)

sightings = Table(
    "sightings",
    metadata,
    parent("feed_id", "feeds.id"),
    # "g:" and the guid, or "t:" and title+day, both hashed by the feeds room.
    Column("key", String, nullable=False),
    parent("article_id", "articles.id"),
    PrimaryKeyConstraint("feed_id", "key"),
    Index("ix_sightings_article_id", "article_id"),
    sqlite_with_rowid=False,
)

article_versions = Table(
    "article_versions",
    metadata,
    parent("article_id", "articles.id"),
    Column("digest", LargeBinary, nullable=False),
    parent("feed_id", "feeds.id"),
    Column("at", Instant, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("article_id", "digest"),
    Index("ix_article_versions_feed_id", "feed_id"),
)

article_feeds = Table(
    "article_feeds",
    metadata,
    parent("article_id", "articles.id"),
    parent("feed_id", "feeds.id"),
    PrimaryKeyConstraint("article_id", "feed_id"),
    Index("ix_article_feeds_feed_id", "feed_id"),
    sqlite_with_rowid=False,
)

topics = Table(
    "topics",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("clauses", JSON, nullable=False),
    Column("sensitivity", String, nullable=False),
    Column("owner", Scope, nullable=False),
)

matches = Table(
    "matches",
    metadata,
    parent("article_id", "articles.id"),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    PrimaryKeyConstraint("article_id", "topic_id"),
    Index("ix_matches_topic_id", "topic_id"),
)

stories = Table(
    "stories",
    metadata,
    numbered(),
    Column("headline", Text, nullable=False),
    Column("scope", Scope, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    # The older story that this one proved to be; it has no articles any more.
    Column("merged_into", Integer),
    Index("ix_stories_updated_at", "updated_at"),
    sqlite_autoincrement=True,
)
partial("ix_stories_merged_into", stories.c.merged_into, where=text("merged_into IS NOT NULL"))

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    parent("story_id", "stories.id"),
    # The first article of the story with the same text, often itself; NULL until it is counted.
    Column("origin", Integer),
    Index("ix_story_articles_story_id", "story_id"),
)

# The best score of each topic in each story, with the story's instants: what `latest` and context are read from.
story_topics = Table(
    "story_topics",
    metadata,
    parent("story_id", "stories.id"),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), nullable=False),
    Column("score", Float, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    PrimaryKeyConstraint("story_id", "topic_id"),
    Index("ix_story_topics_topic_id_updated_at", "topic_id", "updated_at"),
    Index("ix_story_topics_topic_id_first_seen_at", "topic_id", "first_seen_at"),
    sqlite_with_rowid=False,
)

developments = Table(
    "developments",
    metadata,
    numbered(),
    parent("story_id", "stories.id"),
    parent("article_id", "articles.id"),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_developments_story_id", "story_id"),
    Index("ix_developments_article_id", "article_id"),
    sqlite_autoincrement=True,
)

channels = Table(
    "channels",
    metadata,
    numbered(),
    Column("platform", String, nullable=False),
    Column("workspace", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("language", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("is_ops", Boolean, nullable=False),
    Column("quiet_since", String),  # wall times as 22:00, both or none
    Column("quiet_until", String),
    Column("max_per_hour", Integer),
    # New channels have threads; "reply" is how those made before them go on.
    Column("threads", String, nullable=False, server_default="reply"),
    Column("is_published", Boolean, nullable=False, server_default="0"),
    Column("is_direct", Boolean, nullable=False, server_default="0"),  # one person's alone
    UniqueConstraint("platform", "workspace", "channel"),
    sqlite_autoincrement=True,
)

subscriptions = Table(
    "subscriptions",
    metadata,
    numbered(),
    parent("channel_id", "channels.id"),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), nullable=False),
    Column("mode", String, nullable=False),
    Column("sensitivity", String),
    Column("min_outlets", Integer, nullable=False),
    Column("filters", JSON, nullable=False, server_default="{}"),
    Column("mention", Text),
    UniqueConstraint("channel_id", "topic_id"),
    Index("ix_subscriptions_topic_id", "topic_id"),
    sqlite_autoincrement=True,
)

alerts = Table(
    "alerts",
    metadata,
    numbered(),
    parent("story_id", "stories.id", nullable=True),
    parent("channel_id", "channels.id"),
    Column("kind", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    parent("development_id", "developments.id", nullable=True),
    Index("ix_alerts_story_id", "story_id"),
    sqlite_autoincrement=True,
)
# A channel hears of a development once, whatever the program above decides.
partial(
    "uq_alerts_development_id_channel_id",
    alerts.c.development_id,
    alerts.c.channel_id,
    unique=True,
    where=text("development_id IS NOT NULL"),
)

deliveries = Table(
    "deliveries",
    metadata,
    numbered(),
    parent("alert_id", "alerts.id"),
    parent("channel_id", "channels.id"),
    parent("story_id", "stories.id", nullable=True),
    Column("action", String, nullable=False),
    Column("status", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("first_tried_at", Instant),
    # Set while an earlier try's outcome is still to be settled: a refused later try does not settle it.
    Column("is_unsettled", Boolean, nullable=False),
    Column("message_id", Text),
    Column("reason", Text, nullable=False),
    Column("closed_at", Instant),
    # The roll-up that tells it instead.
    Column("folded_into", Integer),
    Index("ix_deliveries_alert_id", "alert_id"),
    Index("ix_deliveries_story_id_channel_id", "story_id", "channel_id"),
    sqlite_autoincrement=True,
)
partial("ix_deliveries_open", deliveries.c.channel_id, deliveries.c.id, where=OPEN)
# What a channel was shown lately: the most an hour is counted along it.
partial(
    "ix_deliveries_posted",
    deliveries.c.channel_id,
    deliveries.c.closed_at,
    where=text("action = 'post' AND status = 'done'"),
)
# What a roll-up tells.
partial("ix_deliveries_folded", deliveries.c.folded_into, where=text("folded_into IS NOT NULL"))
partial("ix_deliveries_failed", deliveries.c.id, where=CLOSED_AS_FAILED)
# A channel is told a story once, whatever the program above decides.
partial(
    "uq_deliveries_post",
    deliveries.c.story_id,
    deliveries.c.channel_id,
    unique=True,
    where=text("action = 'post' AND status != 'failed' AND story_id IS NOT NULL"),
)

posts = Table(
    "posts",
    metadata,
    parent("story_id", "stories.id"),
    parent("channel_id", "channels.id"),
    Column("message_id", Text, nullable=False),
    Column("shown_hash", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("posted_at", Instant, nullable=False),
    PrimaryKeyConstraint("story_id", "channel_id"),
    Index("ix_posts_channel_id", "channel_id"),
)

# Announcements that the platform does not hand on to a channel's followers before then.
publications = Table(
    "publications",
    metadata,
    numbered(),
    parent("channel_id", "channels.id"),
    Column("message_id", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    UniqueConstraint("channel_id", "message_id"),
    sqlite_autoincrement=True,
)

# A story that a channel wants to hear no more of.
mutes = Table(
    "mutes",
    metadata,
    parent("story_id", "stories.id"),
    parent("channel_id", "channels.id"),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("story_id", "channel_id"),
    Index("ix_mutes_channel_id", "channel_id"),
)

# A story that a channel (a person's direct messages) hears of whatever its topics.
follows = Table(
    "follows",
    metadata,
    parent("story_id", "stories.id"),
    parent("channel_id", "channels.id"),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("story_id", "channel_id"),
    Index("ix_follows_channel_id", "channel_id"),
)

audit_log = Table(
    "audit_log",
    metadata,
    numbered(),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("workspace", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", Text, nullable=False),
    # What was there, so that the change can be taken back.
    Column("before", JSON(none_as_null=True)),
    Index("ix_audit_log_at", "at"),
    sqlite_autoincrement=True,
)
