"""What is kept as JSON lines: topics, articles, stories and subscriptions, for a move or for other programs.

topicwire (head) -> topic … -> article … -> story … -> subscription … -> end, which says how many lines there are

Addresses of feeds do not leave: an article names the workspaces that see it, not what brought it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.errors import StorageError
from bot.storage.backups import check_version
from bot.storage.columns import EPOCH, MICROSECOND
from bot.storage.copies import damaged, reading

FORMAT = 1
SLICE = 2_000
Line = dict[str, Any]
_ARTICLES = (
    "SELECT a.*, (SELECT json_group_array(DISTINCT u.workspace) FROM article_feeds f JOIN feed_uses u USING (feed_id)"
    " WHERE f.article_id = a.id) AS seen_by FROM articles a WHERE a.id > ? AND a.gathered_at IS NOT NULL"
    " AND NOT a.is_held ORDER BY a.id LIMIT ?"
)
_MATCHES = "SELECT topic_id, score, reasons FROM matches WHERE article_id = ?"
_STORIES = "SELECT * FROM stories WHERE id > ? AND merged_into IS NULL ORDER BY id LIMIT ?"
_MEMBERS = "SELECT article_id FROM story_articles WHERE story_id = ? ORDER BY article_id"
_DEVELOPMENTS = "SELECT article_id, reason, at FROM developments WHERE story_id = ? ORDER BY id"
_SUBSCRIPTIONS = "SELECT c.*, s.* FROM subscriptions s JOIN channels c ON c.id = s.channel_id ORDER BY s.id"


def list_lines(path: Path, now: datetime) -> Iterator[Line]:
    """Yield everything of a database as lines, out of one consistent snapshot; a bot may write meanwhile.

    Raises StorageError where it is no database of this version, and DamagedError once damage is met.
    """
    try:
        with reading(path) as db:
            check_version(path, db)
            db.row_factory = sqlite3.Row
            db.execute("BEGIN")
            count = 1
            yield {"kind": "topicwire", "format": FORMAT, "at": now.isoformat()}
            for line in _list_nouns(db):
                count += 1
                yield line
            yield {"kind": "end", "lines": count}
    except sqlite3.OperationalError as error:
        raise StorageError(f"database {path} cannot be read: {error}; check its rights, and try again") from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error


def write_line(line: Line) -> str:
    """Write a line as it stands in the file."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _list_nouns(db: sqlite3.Connection) -> Iterator[Line]:
    for row in db.execute("SELECT * FROM topics ORDER BY id"):
        yield {
            "kind": "topic", "id": row["id"], "name": row["name"], "title": row["title"],
            "clauses": json.loads(row["clauses"]), "sensitivity": row["sensitivity"], "owner": row["owner"] or None,
        }  # fmt: skip
    yield from (_article(db, row) for row in _walk(db, _ARTICLES))
    yield from (_story(db, row) for row in _walk(db, _STORIES))
    for row in db.execute(_SUBSCRIPTIONS):
        yield {
            "kind": "subscription", "platform": row["platform"], "workspace": row["workspace"],
            "channel": row["channel"], "topic": row["topic_id"], "mode": row["mode"],
            "sensitivity": row["sensitivity"], "min_outlets": row["min_outlets"],
            "filters": json.loads(row["filters"]), "mention": row["mention"],
        }  # fmt: skip


def _walk(db: sqlite3.Connection, query: str) -> Iterator[sqlite3.Row]:
    last = 0
    while rows := db.execute(query, (last, SLICE)).fetchall():
        yield from rows
        last = rows[-1]["id"]


def _article(db: sqlite3.Connection, row: sqlite3.Row) -> Line:
    return {
        "kind": "article", "id": row["id"], "url": row["url"], "link": row["link"], "outlet": row["outlet"],
        "title": row["title"], "text": row["text"], "language": row["language"], "image_url": row["image_url"],
        "published_at": _instant(row["published_at"]), "seen_at": _instant(row["seen_at"]),
        "scope": row["scope"] or None, "seen_by": json.loads(row["seen_by"]),
        "matches": [
            {"topic": m["topic_id"], "score": m["score"], "reasons": json.loads(m["reasons"])}
            for m in db.execute(_MATCHES, (row["id"],))
        ],
    }  # fmt: skip


def _story(db: sqlite3.Connection, row: sqlite3.Row) -> Line:
    return {
        "kind": "story", "id": row["id"], "headline": row["headline"], "origins": row["origins"],
        "scope": row["scope"] or None, "first_seen_at": _instant(row["first_seen_at"]),
        "updated_at": _instant(row["updated_at"]),
        "articles": [member[0] for member in db.execute(_MEMBERS, (row["id"],))],
        "developments": [
            {"article": d["article_id"], "reason": d["reason"], "at": _instant(d["at"])}
            for d in db.execute(_DEVELOPMENTS, (row["id"],))
        ],
    }  # fmt: skip


def _instant(kept: int) -> str:
    return (EPOCH + kept * MICROSECOND).isoformat()
