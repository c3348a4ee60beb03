"""The tables of what grouping keeps: open stories as they are compared, the titles that outlets use again, and
what people took apart, stories that may be one, and those whose origins are to be counted."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.columns import Instant
from bot.storage.schema import metadata, numbered, parent

story_centres = Table(
    "story_centres",
    metadata,
    parent("story_id", "stories.id"),
    Column("language", String, nullable=False),
    Column("touched_at", Instant, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("story_id", "language"),
    Index("ix_story_centres_touched_at", "touched_at"),
)

title_uses = Table(
    "title_uses",
    metadata,
    Column("digest", Integer, primary_key=True, autoincrement=False),
    Column("uses", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Index("ix_title_uses_last_at", "last_at"),
)

story_splits = Table(
    "story_splits",
    metadata,
    numbered(),
    parent("story_id", "stories.id"),
    parent("parted_id", "stories.id"),
    Column("workspace", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("undone_at", Instant),
    Index("ix_story_splits_story_id", "story_id"),
    Index("ix_story_splits_parted_id", "parted_id"),
    Index("ix_story_splits_workspace", "workspace"),
    sqlite_autoincrement=True,
)

story_links = Table(
    "story_links",
    metadata,
    parent("story_id", "stories.id"),
    parent("other_id", "stories.id"),
    Column("score", Float, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("story_id", "other_id"),
    Index("ix_story_links_other_id", "other_id"),
)

recounts = Table(
    "recounts",
    metadata,
    numbered(),
    parent("story_id", "stories.id"),
    UniqueConstraint("story_id"),
    sqlite_autoincrement=True,
)
