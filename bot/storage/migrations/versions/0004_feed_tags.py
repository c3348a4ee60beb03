"""What a workspace calls its feeds by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tags of each use of a feed."""
    op.add_column("feed_uses", sa.Column("tags", sa.JSON(), nullable=False, server_default="[]"))
