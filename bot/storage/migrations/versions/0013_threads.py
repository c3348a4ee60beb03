"""Developments in threads, whose ids are those of their messages, and announcements that are handed on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is handed on unasked; channels that are there go on with replies."""
    op.add_column("channels", sa.Column("is_published", sa.Boolean(), nullable=False, server_default="0"))
    op.drop_column("posts", "thread_id")
