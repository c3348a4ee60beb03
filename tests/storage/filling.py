"""Fills a database of any version with rows in every table, by what the tables say of themselves.

The rows are a small newsroom: an outlet, two articles of one story, a topic, a channel that watches it, a message that
was posted and one that waits. What a version does not know yet is left out; tables not named here get a made-up row.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

Row = dict[str, Any]
AT = 1_790_000_000_000_000
REASONS = '[["Huawei", "huawei", "title", "Huawei is told to leave", 0, 6]]'
CLAUSES = '[{"query": "huawei", "score": 1.0}]'
NEWSROOM: tuple[tuple[str, Row], ...] = (
    ("feeds", {"id": 1, "url": "https://wire.example/rss", "scope": "", "title": "Wire", "interval": 900_000_000,
               "next_check_at": AT, "due_at": AT, "failures": 0, "problem": "", "is_declared": 0, "articles": 2,
               "first_polled_at": AT}),
    ("feed_uses", {"workspace": "*", "feed_id": 1}),
    ("articles", {"id": 1, "scope": "", "url": "https://wire.example/1", "link": "https://wire.example/1",
                  "outlet": "Wire", "title": "Huawei is told to leave the network", "text": "By spring.",
                  "language": "en", "published_at": AT, "seen_at": AT, "gathered_at": AT, "is_silent": 0}),
    ("articles", {"id": 2, "scope": "", "url": "https://wire.example/2", "link": "https://wire.example/2",
                  "outlet": "Wire", "title": "Huawei has until March", "text": "", "language": "en",
                  "published_at": AT, "seen_at": AT, "gathered_at": AT, "is_silent": 0}),
    ("addresses", {"scope": "", "url": "https://wire.example/1", "article_id": 1}),
    ("sightings", {"feed_id": 1, "key": "g:1", "article_id": 1}),
    ("article_feeds", {"article_id": 1, "feed_id": 1}),
    ("article_feeds", {"article_id": 2, "feed_id": 1}),
    ("article_words", {"rowid": 1, "title": "huawei is told to leave the network", "body": "by spring"}),
    ("article_words", {"rowid": 2, "title": "huawei has until march", "body": ""}),
    ("topics", {"id": "huawei", "name": "huawei", "title": "Huawei", "clauses": CLAUSES, "sensitivity": "normal",
                "owner": ""}),
    ("matches", {"article_id": 1, "topic_id": "huawei", "score": 1.0, "reasons": REASONS}),
    ("matches", {"article_id": 2, "topic_id": "huawei", "score": 1.0, "reasons": REASONS}),
    ("stories", {"id": 1, "headline": "Huawei is told to leave the network", "scope": "", "origins": 1,
                 "first_seen_at": AT, "updated_at": AT}),
    ("story_articles", {"article_id": 1, "story_id": 1}),
    ("story_articles", {"article_id": 2, "story_id": 1}),
    ("story_topics", {"story_id": 1, "topic_id": "huawei", "score": 1.0, "first_seen_at": AT, "updated_at": AT}),
    ("developments", {"id": 1, "story_id": 1, "article_id": 2, "reason": "new: March", "at": AT}),
    ("channels", {"id": 1, "platform": "test", "workspace": "test", "channel": "news", "language": "en",
                  "zone": "UTC", "is_ops": 0}),
    ("channels", {"id": 2, "platform": "test", "workspace": "test", "channel": "desk", "language": "en",
                  "zone": "UTC", "is_ops": 0}),
    ("subscriptions", {"id": 1, "channel_id": 1, "topic_id": "huawei", "mode": "live", "min_outlets": 1}),
    ("alerts", {"id": 1, "story_id": 1, "channel_id": 1, "kind": "new", "reason": "", "created_at": AT}),
    ("alerts", {"id": 2, "story_id": 1, "channel_id": 2, "kind": "new", "reason": "", "created_at": AT}),
    ("deliveries", {"id": 1, "alert_id": 1, "channel_id": 1, "story_id": 1, "action": "post", "status": "done",
                    "attempts": 1, "next_attempt_at": AT, "is_unsettled": 0, "message_id": "m1", "reason": "",
                    "closed_at": AT}),
    ("deliveries", {"id": 2, "alert_id": 2, "channel_id": 2, "story_id": 1, "action": "post", "status": "pending",
                    "attempts": 0, "next_attempt_at": AT, "is_unsettled": 0, "reason": ""}),
    ("posts", {"story_id": 1, "channel_id": 1, "message_id": "m1", "shown_hash": "x", "state": "live",
               "posted_at": AT}),
    ("tunings", {"workspace": "test", "kind": "mask", "topic_id": "huawei", "rule": "huawei road", "state": "applied",
                 "actor": "u1", "at": AT}),
    ("audit_log", {"at": AT, "actor": "u1", "workspace": "test", "action": "subscription.add", "subject": "huawei"}),
)  # fmt: skip


def fill(path: Path) -> dict[str, int]:
    """Fill every table; returns how many rows each holds."""
    with closing(sqlite3.connect(path)) as db, db:
        tables = list_tables(db)
        for name, row in NEWSROOM:
            if name in tables:
                _insert(db, name, row)
        # Parents before what belongs to them: a made-up row points at row 1 of each.
        for name in tables:
            if not db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]:  # noqa: S608
                _insert(db, name, {})
        lost = db.execute("PRAGMA foreign_key_check").fetchall()
        assert lost == []
    return count(path)


def count(path: Path) -> dict[str, int]:
    """Count the rows of every table."""
    with closing(sqlite3.connect(path)) as db:
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in list_tables(db)}  # noqa: S608


def list_tables(db: sqlite3.Connection) -> list[str]:
    """List the tables that hold news; not what full-text search and alembic keep for themselves."""
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchall()
    own = [name for (name,) in rows if not name.startswith(("sqlite_", "alembic_", "article_words_"))]
    return [name for name in own if name != "article_words_known"]


def _insert(db: sqlite3.Connection, table: str, row: Row) -> None:
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    parents = {row[3] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    known = {name for _, name, *_ in columns} | {"rowid"}
    values = {name: value for name, value in row.items() if name in known}
    for _, name, kind, is_needed, default, key in columns:
        if name not in values and is_needed and default is None and not (key and kind == "INTEGER" and not parents):
            values[name] = _make_up(name, kind, is_parent=name in parents)
    names = ", ".join(values)
    places = ", ".join("?" * len(values))
    db.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", list(values.values()))  # noqa: S608


def _make_up(name: str, kind: str, *, is_parent: bool) -> Any:
    if name == "topic_id":
        return "huawei"
    if is_parent:
        return 1
    kind = kind.upper()
    if kind in {"BLOB", "DATE", "JSON"}:
        return {"BLOB": b"\0", "DATE": "2026-09-21", "JSON": "{}"}[kind]
    is_text = "CHAR" in kind or "TEXT" in kind
    return "x" if is_text else AT if kind == "BIGINT" else 0
