"""Communities: which workspaces were joined, and which channels are one person's alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is joined yet; channels that follow a story are direct messages."""
    op.create_table(
        "workspace_homes",
        sa.Column("member", sa.String(), primary_key=True),
        sa.Column("home", sa.String(), nullable=False),
    )
    op.add_column("channels", sa.Column("is_direct", sa.Boolean(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE channels SET is_direct = 1 WHERE id IN (SELECT channel_id FROM follows)"
        " OR (platform = 'slack' AND channel LIKE 'D%')"
    )
