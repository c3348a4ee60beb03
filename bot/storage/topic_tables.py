"""The tables of what people change about topics: drafts, tunings and what follows from them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Instant
from bot.storage.schema import metadata, numbered, parent

# The text of each pack when it last was sound, by its file: what is read in place of one that is not.
packs = Table(
    "packs",
    metadata,
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
)

# A topic as it was typed, kept so that a button can name it by number and nothing typed is lost.
topic_drafts = Table(
    "topic_drafts",
    metadata,
    numbered(),
    Column("workspace", String, nullable=False),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE")),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("sensitivity", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("per_day", Float),
    Index("ix_topic_drafts_workspace", "workspace"),
    Index("ix_topic_drafts_topic_id", "topic_id"),
    sqlite_autoincrement=True,
)

# What a workspace taught: each kind reads its own rule.
tunings = Table(
    "tunings",
    metadata,
    numbered(),
    Column("workspace", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE")),
    parent("story_id", "stories.id", nullable=True),
    Column("rule", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_tunings_workspace_state", "workspace", "state"),
    Index("ix_tunings_topic_id", "topic_id"),
    Index("ix_tunings_story_id", "story_id"),
    sqlite_autoincrement=True,
)

# What a match scores in a workspace whose tunings say otherwise; 0 where it does not count there at all.
tuned_matches = Table(
    "tuned_matches",
    metadata,
    parent("article_id", "articles.id"),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), nullable=False),
    Column("workspace", String, nullable=False),
    Column("score", Float, nullable=False),
    PrimaryKeyConstraint("article_id", "topic_id", "workspace"),
    Index("ix_tuned_matches_topic_id", "topic_id"),
    sqlite_with_rowid=False,
)

# Topics that the archive is to be matched with anew; a row goes when that is done, asking again makes another row.
rematches = Table(
    "rematches",
    metadata,
    numbered(),
    Column("topic_id", ForeignKey("topics.id", ondelete="CASCADE"), nullable=False),
    Column("is_overlay", Boolean, nullable=False),
    Column("asked_at", Instant, nullable=False),
    UniqueConstraint("topic_id"),
    sqlite_autoincrement=True,
)
