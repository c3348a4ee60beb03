"""The rhythm and health of feeds, what is to be told of them, and articles that are held back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OUTCOMES = ("new", "unchanged", "not_modified", "failed", "held")


def upgrade() -> None:
    """Add what a feed's pace, health, moves and held articles are kept in."""
    for column in _feed_columns():
        op.add_column("feeds", column)
    op.add_column("articles", sa.Column("is_held", sa.Boolean(), nullable=False, server_default="0"))
    _index("ix_articles_held", "articles", "id", "is_held")
    op.create_table(
        "feed_news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("told_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_feed_news"),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_news_feed_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_news_feed_id", "feed_news", ["feed_id"])
    op.create_index("ix_feed_news_told_at", "feed_news", ["told_at"])
    _index("ix_feed_news_untold", "feed_news", "id", "told_at IS NULL")


def _feed_columns() -> list[sa.Column[Any]]:
    columns: list[sa.Column[Any]] = [
        sa.Column("is_adaptive", sa.Boolean(), nullable=False, server_default="1"),
        sa.Column("gap", sa.BigInteger()),
        sa.Column("newest_at", sa.BigInteger()),
        sa.Column("asked", sa.BigInteger()),
        sa.Column("trouble", sa.String()),
        sa.Column("told_as", sa.String()),
        sa.Column("moved_to", sa.Text()),
        sa.Column("moved_times", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("declared_as", sa.Text()),
        sa.Column("held", sa.Integer(), nullable=False, server_default="0"),
    ]
    counts: list[sa.Column[Any]] = [
        sa.Column(f"polls_{word}", sa.Integer(), nullable=False, server_default="0") for word in OUTCOMES
    ]
    return [*columns, *counts]


def _index(name: str, table: str, column: str, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))
