"""What a change can be taken back to, and the paths along which the outbox counts and folds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the audit log's earlier state, and the indexes of what was posted lately and of what a roll-up tells."""
    op.add_column("audit_log", sa.Column("before", sa.JSON()))
    for name, columns, where in (
        ("ix_deliveries_posted", ["channel_id", "closed_at"], "action = 'post' AND status = 'done'"),
        ("ix_deliveries_folded", ["folded_into"], "folded_into IS NOT NULL"),
    ):
        op.create_index(name, "deliveries", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
