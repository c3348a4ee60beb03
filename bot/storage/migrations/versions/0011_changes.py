"""Changed versions of articles that wait to be judged, and what developments of that kind changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables. The versions that are kept already are old news and do not wait."""
    op.create_table(
        "waiting_versions",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "digest", name="pk_waiting_versions"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_waiting_versions_article_id", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "changed_developments",
        sa.Column("development_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("development_id", name="pk_changed_developments"),
        sa.ForeignKeyConstraint(
            ["development_id"],
            ["developments.id"],
            name="fk_changed_developments_development_id",
            ondelete="CASCADE",
        ),
    )
