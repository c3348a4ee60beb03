"""Origins: which article each is a copy of, so that the origins of a day can be counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The stories of topics are counted after the start, a few at a time."""
    op.add_column("story_articles", sa.Column("origin", sa.Integer()))
    op.create_table(
        "recounts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("story_id", sa.Integer(), sa.ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
        sa.UniqueConstraint("story_id"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO recounts (story_id) SELECT DISTINCT story_id FROM story_topics")
