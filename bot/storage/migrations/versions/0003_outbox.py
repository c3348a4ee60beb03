"""What a change can be taken back to, what a story was merged into, and the outbox's paths for counting and folding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the audit log's earlier state, merged stories, and the indexes of what was posted lately and was folded."""
    op.add_column("audit_log", sa.Column("before", sa.JSON()))
    op.add_column("stories", sa.Column("merged_into", sa.Integer()))
    merged = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_stories_merged_into", "stories", ["merged_into"], sqlite_where=merged, postgresql_where=merged)
    for name, columns, where in (
        ("ix_deliveries_posted", ["channel_id", "closed_at"], "action = 'post' AND status = 'done'"),
        ("ix_deliveries_folded", ["folded_into"], "folded_into IS NOT NULL"),
    ):
        op.create_index(name, "deliveries", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
