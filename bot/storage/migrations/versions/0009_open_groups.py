"""What grouping keeps of the open stories, so that a start need not read their articles again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the open groups. They begin empty: the first start after this reads the last days' articles once more."""
    op.create_table(
        "story_centres",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "language", name="pk_story_centres"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_centres_story_id", ondelete="CASCADE"),
    )
    op.create_index("ix_story_centres_touched_at", "story_centres", ["touched_at"])
    op.create_table(
        "title_uses",
        sa.Column("digest", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_title_uses"),
    )
    op.create_index("ix_title_uses_last_at", "title_uses", ["last_at"])
    op.create_table(
        "story_splits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("parted_id", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_story_splits"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_splits_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parted_id"], ["stories.id"], name="fk_story_splits_parted_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    for column in ("story_id", "parted_id", "workspace"):
        op.create_index(f"ix_story_splits_{column}", "story_splits", [column])
    op.create_table(
        "story_links",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "other_id", name="pk_story_links"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_links_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["stories.id"], name="fk_story_links_other_id", ondelete="CASCADE"),
    )
    op.create_index("ix_story_links_other_id", "story_links", ["other_id"])
