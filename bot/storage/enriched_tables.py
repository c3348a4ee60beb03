"""Tables of what was added to articles beyond their feeds."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from bot.storage.columns import Instant
from bot.storage.schema import metadata

pages = Table(
    "pages",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("problem", Text, nullable=False),
)

# What a machine wrote, by a digest of the source, the language, and the model.
machine_texts = Table(
    "machine_texts",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("headline", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_machine_texts_at", "at"),
)

machine_days = Table(
    "machine_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False),
)
