"""The tables of changed articles: which versions wait to be judged, and what the developments among them changed."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from bot.storage.schema import metadata, parent

waiting_versions = Table(
    "waiting_versions",
    metadata,
    parent("article_id", "articles.id"),
    Column("digest", LargeBinary, nullable=False),
    PrimaryKeyConstraint("article_id", "digest"),
    sqlite_with_rowid=False,
)

changed_developments = Table(
    "changed_developments",
    metadata,
    Column("development_id", Integer, ForeignKey("developments.id", ondelete="CASCADE"), primary_key=True),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)
