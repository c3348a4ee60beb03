"""Drafts of topics, what workspaces taught them, and the words of the archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, all empty: every match counts everywhere as it did."""
    _make_drafts()
    _make_tunings()
    op.create_table(
        "rematches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("is_overlay", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rematches"),
        sa.UniqueConstraint("topic_id", name="uq_rematches_topic_id"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_rematches_topic_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    # A view of the full-text table's own index, which takes no room: each word, and how many articles hold it.
    op.execute("CREATE VIRTUAL TABLE article_words_known USING fts5vocab('article_words', 'row')")


def _make_drafts() -> None:
    op.create_table(
        "topic_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("per_day", sa.Float()),
        sa.PrimaryKeyConstraint("id", name="pk_topic_drafts"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_topic_drafts_topic_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_topic_drafts_workspace", "topic_drafts", ["workspace"])
    op.create_index("ix_topic_drafts_topic_id", "topic_drafts", ["topic_id"])


def _make_tunings() -> None:
    op.create_table(
        "tunings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic_id", sa.String()),
        sa.Column("story_id", sa.Integer()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tunings"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_tunings_topic_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_tunings_story_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tunings_workspace_state", "tunings", ["workspace", "state"])
    op.create_index("ix_tunings_topic_id", "tunings", ["topic_id"])
    op.create_index("ix_tunings_story_id", "tunings", ["story_id"])
    op.create_table(
        "tuned_matches",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "topic_id", "workspace", name="pk_tuned_matches"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_tuned_matches_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_tuned_matches_topic_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tuned_matches_topic_id", "tuned_matches", ["topic_id"])
