"""How many articles and stories there are, counted by the database itself as they come and go.

To count the rows of a million is to read a million rows. A step that makes one of the two tables anew must make its
triggers anew too: they go with the table.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Integer, String, Table, event

from bot.storage.schema import metadata

ARTICLES, STORIES = "articles", "stories"

# Stories that proved to be an older one do not count.
archive_counts = Table(
    "archive_counts",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)


def _trigger(name: str, on: str, counted: str, by: str) -> str:
    change = f"UPDATE archive_counts SET number = number + {by} WHERE name = '{counted}'"  # noqa: S608 - all of it stands in this file
    return f"CREATE TRIGGER {name} AFTER {on} BEGIN {change}; END"


_MERGED = "(new.merged_into IS NULL) - (old.merged_into IS NULL)"
TRIGGERS = (
    _trigger("article_comes", "INSERT ON articles", ARTICLES, "1"),
    _trigger("article_goes", "DELETE ON articles", ARTICLES, "-1"),
    _trigger("story_comes", "INSERT ON stories WHEN new.merged_into IS NULL", STORIES, "1"),
    _trigger("story_goes", "DELETE ON stories WHEN old.merged_into IS NULL", STORIES, "-1"),
    _trigger("story_merges", "UPDATE OF merged_into ON stories", STORIES, _MERGED),
)
_NOTHING_YET = "INSERT INTO archive_counts (name, number) VALUES ('articles', 0), ('stories', 0)"
for statement in (_NOTHING_YET, *TRIGGERS):
    event.listen(metadata, "after_create", DDL(statement))  # type: ignore[no-untyped-call]
