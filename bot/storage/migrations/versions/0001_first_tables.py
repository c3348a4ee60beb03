"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the first tables."""
    _make_feeds()
    _make_feed_uses()
    _make_articles()
    _make_addresses()
    _make_sightings()
    _make_article_feeds()
    _make_topics()
    _make_matches()
    _make_stories()
    _make_story_articles()
    _make_story_topics()
    _make_developments()
    _make_channels()
    _make_subscriptions()
    _make_alerts()
    _make_deliveries()
    _make_posts()
    _make_audit_log()
    _make_article_words()


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _make_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("interval", sa.BigInteger(), nullable=False),
        sa.Column("next_check_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("body_hash", sa.LargeBinary()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_polled_at", sa.BigInteger()),
        sa.Column("last_success_at", sa.BigInteger()),
        sa.Column("outcome", sa.String()),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("is_declared", sa.Boolean(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("scope", "url", name="uq_feeds_scope_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_due_at", "feeds", ["due_at"], **_where("due_at IS NOT NULL"))


def _make_feed_uses() -> None:
    op.create_table(
        "feed_uses",
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_uses_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "workspace", name="pk_feed_uses"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feed_uses_workspace", "feed_uses", ["workspace"])


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("gathered_at", sa.BigInteger()),
        sa.Column("image_url", sa.Text()),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_seen_at", "articles", ["seen_at"])
    op.create_index("ix_articles_ungathered", "articles", ["id"], **_where("gathered_at IS NULL"))


def _make_addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_addresses_article_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scope", "url", name="pk_addresses"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_addresses_article_id", "addresses", ["article_id"])


def _make_sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_sightings_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_sightings_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sightings_article_id", "sightings", ["article_id"])


def _make_article_feeds() -> None:
    op.create_table(
        "article_feeds",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_feeds_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_article_feeds_feed_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "feed_id", name="pk_article_feeds"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_feeds_feed_id", "article_feeds", ["feed_id"])


def _make_topics() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
    )


def _make_matches() -> None:
    op.create_table(
        "matches",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_matches_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_matches_topic_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", "topic_id", name="pk_matches"),
    )
    op.create_index("ix_matches_topic_id", "matches", ["topic_id"])


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stories_updated_at", "stories", ["updated_at"])


def _make_story_articles() -> None:
    op.create_table(
        "story_articles",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_story_articles_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_articles_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_articles"),
    )
    op.create_index("ix_story_articles_story_id", "story_articles", ["story_id"])


def _make_story_topics() -> None:
    op.create_table(
        "story_topics",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_topics_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_story_topics_topic_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "topic_id", name="pk_story_topics"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_topics_topic_id_first_seen_at", "story_topics", ["topic_id", "first_seen_at"])
    op.create_index("ix_story_topics_topic_id_updated_at", "story_topics", ["topic_id", "updated_at"])


def _make_developments() -> None:
    op.create_table(
        "developments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_developments_article_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_developments_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_developments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_developments_article_id", "developments", ["article_id"])
    op.create_index("ix_developments_story_id", "developments", ["story_id"])


def _make_channels() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("is_ops", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
        sa.UniqueConstraint("platform", "workspace", "channel", name="uq_channels_platform_workspace_channel"),
        sqlite_autoincrement=True,
    )


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.String()),
        sa.Column("min_outlets", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_subscriptions_channel_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_subscriptions_topic_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("channel_id", "topic_id", name="uq_subscriptions_channel_id_topic_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_topic_id", "subscriptions", ["topic_id"])


def _make_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer()),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("development_id", sa.Integer()),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_alerts_channel_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["development_id"], ["developments.id"], name="fk_alerts_development_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_alerts_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_story_id", "alerts", ["story_id"])
    op.create_index(
        "uq_alerts_development_id_channel_id",
        "alerts",
        ["development_id", "channel_id"],
        unique=True,
        **_where("development_id IS NOT NULL"),
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer()),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("first_tried_at", sa.BigInteger()),
        sa.Column("is_unsettled", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_deliveries_alert_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_deliveries_channel_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_deliveries_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_alert_id", "deliveries", ["alert_id"])
    op.create_index("ix_deliveries_failed", "deliveries", ["id"], **_where("status = 'failed'"))
    op.create_index(
        "ix_deliveries_open", "deliveries", ["channel_id", "id"], **_where("status IN ('pending', 'sending')")
    )
    op.create_index("ix_deliveries_story_id_channel_id", "deliveries", ["story_id", "channel_id"])
    op.create_index(
        "uq_deliveries_post",
        "deliveries",
        ["story_id", "channel_id"],
        unique=True,
        **_where("action = 'post' AND status != 'failed' AND story_id IS NOT NULL"),
    )


def _make_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.Text()),
        sa.Column("shown_hash", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_posts_channel_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_posts_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "channel_id", name="pk_posts"),
    )
    op.create_index("ix_posts_channel_id", "posts", ["channel_id"])


def _make_audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])


def _make_article_words() -> None:
    # Our own words with spaces between them: the tokenizer must neither fold nor know a script, and nothing is ranked.
    op.execute(
        "CREATE VIRTUAL TABLE article_words USING fts5 "
        "(title, body, columnsize = 0, tokenize = \"ascii tokenchars '_'\")"
    )
