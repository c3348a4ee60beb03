"""The text of articles' pages, and what a machine wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what was added to articles; it begins empty."""
    op.create_table(
        "pages",
        sa.Column("article_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_pages"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_pages_article_id", ondelete="CASCADE"),
    )
    op.create_table(
        "machine_texts",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_machine_texts"),
    )
    op.create_index("ix_machine_texts_at", "machine_texts", ["at"])
    op.create_table(
        "machine_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_machine_days"),
    )
