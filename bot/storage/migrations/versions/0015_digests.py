"""Digests: who wants them when, which were made, who has caught up, and when feeds could be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables. That articles came is the best that is known of when feeds could be read before."""
    _add_plans()
    _add_digests()
    op.create_table(
        "catchups",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "actor", name="pk_catchups"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_catchups_channel_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reading_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reading_spans"),
    )
    op.create_index("ix_articles_gathered_at", "articles", ["gathered_at"], sqlite_where=sa.text("NOT is_silent"))
    op.execute(
        "INSERT INTO reading_spans (began_at, seen_at) "
        "SELECT began_at, seen_at FROM (SELECT min(seen_at) AS began_at, max(seen_at) AS seen_at FROM articles) AS a "
        "WHERE began_at IS NOT NULL"
    )


def _add_plans() -> None:
    op.create_table(
        "digest_plans",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("is_silent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.BigInteger()),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("told_until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("channel_id", name="pk_digest_plans"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_digest_plans_channel_id", ondelete="CASCADE"),
    )


def _add_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.String()),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_until", sa.BigInteger()),
        sa.Column("told_at", sa.BigInteger()),
        sa.Column("alert_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_digests_channel_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_digests_alert_id", ondelete="CASCADE"),
        sa.UniqueConstraint("channel_id", "local_date", name="uq_digests_channel_id_local_date"),
        sqlite_autoincrement=True,
    )
    waiting, told = sa.text("told_at IS NULL"), sa.text("alert_id IS NOT NULL")
    op.create_index("uq_digests_waiting", "digests", ["channel_id"], unique=True, sqlite_where=waiting)
    op.create_index("ix_digests_alert_id", "digests", ["alert_id"], sqlite_where=told)
