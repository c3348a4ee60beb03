"""How many articles and stories there are, counted as they come and go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _trigger(name: str, on: str, counted: str, by: str) -> str:
    change = f"UPDATE archive_counts SET number = number + {by} WHERE name = '{counted}'"  # noqa: S608 - all of it stands in this file
    return f"CREATE TRIGGER {name} AFTER {on} BEGIN {change}; END"


TRIGGERS = (
    _trigger("article_comes", "INSERT ON articles", "articles", "1"),
    _trigger("article_goes", "DELETE ON articles", "articles", "-1"),
    _trigger("story_comes", "INSERT ON stories WHEN new.merged_into IS NULL", "stories", "1"),
    _trigger("story_goes", "DELETE ON stories WHEN old.merged_into IS NULL", "stories", "-1"),
    _trigger(
        "story_merges",
        "UPDATE OF merged_into ON stories",
        "stories",
        "(new.merged_into IS NULL) - (old.merged_into IS NULL)",
    ),
)


def upgrade() -> None:
    """Count what there is, once; from here on it is counted as it comes and goes."""
    op.create_table(
        "archive_counts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_archive_counts")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO archive_counts (name, number) SELECT 'articles', count(*) FROM articles"
        " UNION ALL SELECT 'stories', count(*) FROM stories WHERE merged_into IS NULL"
    )
    for trigger in TRIGGERS:
        op.execute(trigger)
