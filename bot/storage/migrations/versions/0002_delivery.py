"""Channel settings, subscription filters, mutes, follows and roll-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what channels and subscriptions can be set to, and what they can mute, follow and fold."""
    op.add_column("channels", sa.Column("quiet_since", sa.String()))
    op.add_column("channels", sa.Column("quiet_until", sa.String()))
    op.add_column("channels", sa.Column("max_per_hour", sa.Integer()))
    op.add_column("channels", sa.Column("threads", sa.String(), nullable=False, server_default="reply"))
    op.add_column("subscriptions", sa.Column("filters", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("subscriptions", sa.Column("mention", sa.Text()))
    op.add_column("deliveries", sa.Column("folded_into", sa.Integer()))
    _make_link("mutes", sa.Column("actor", sa.Text(), nullable=False))
    _make_link("follows")


def _make_link(name: str, *columns: sa.Column[str]) -> None:
    """Make a table of pairs of a story and a channel."""
    op.create_table(
        name,
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("story_id", "channel_id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=f"fk_{name}_story_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=f"fk_{name}_channel_id", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{name}_channel_id", name, ["channel_id"])
