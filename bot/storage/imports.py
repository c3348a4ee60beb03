"""What `exports` wrote, taken in: checked whole first, then written in one transaction, or not at all.

Numbers are given anew. An article whose address is known is that article; its story joins the one that it is in. What
comes in is context: nobody is told of it. The feed «import» stands for what brought it, and is never polled.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from bot.domain.errors import InputError
from bot.storage.columns import PUBLIC, micros
from bot.storage.exports import FORMAT, Line
from bot.storage.import_shapes import SHAPES
from bot.storage.search import words_of

IMPORT_FEED = "import:"
"""The address of the feed that stands for what a file brought; no scheme that is fetched."""
EVERYONE = "*"


@dataclass(slots=True)
class Taken:
    """How much came in, and how much was there already."""

    new: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("topic", "article", "story", "subscription"), 0))
    known: int = 0


def read_lines(rows: Iterable[str]) -> Iterator[Line]:
    """Read and check every line; raises InputError naming the first bad one, and where the file was cut off."""
    number, last = 0, ""
    for number, row in enumerate(rows, 1):
        line = _read(number, row)
        last = line["kind"]
        if (number == 1) != (last == "topicwire"):
            raise _bad(number, "the first line, and no other, is the head that `topicwire export` writes")
        if last == "topicwire" and line["format"] > FORMAT:
            raise _bad(number, f"format {line['format']} is of a newer Topicwire; import it with that version")
        if last == "end" and line["lines"] != number - 1:
            raise _bad(number, f"{line['lines']} lines should stand before it")
        yield line
    if not number:
        raise _bad(1, "the file is empty")
    if last != "end":
        raise _bad(number, "the file ends without its last line, so it was cut off")


def take(path: Path, lines: Iterable[Line]) -> Taken:
    """Write lines that were read, in one transaction; nothing of them is kept where one does not fit.

    Raises InputError naming the line.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("BEGIN IMMEDIATE")
        taking = _Taking(db)
        number = 0
        try:
            for line in lines:
                number += 1
                taking.take(line)
        except KeyError as error:
            db.execute("ROLLBACK")
            raise _bad(number, f"it names article {error}, which no line before it has") from error
        except (sqlite3.Error, TypeError, ValueError) as error:
            db.execute("ROLLBACK")
            raise _bad(number, f"it does not fit: {type(error).__name__}: {error}") from error
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        return taking.taken


def _read(number: int, row: str) -> Line:
    try:
        line = json.loads(row)
    except ValueError as error:
        raise _bad(number, f"no JSON: {error}") from None
    if not isinstance(line, dict) or line.get("kind") not in SHAPES:
        raise _bad(number, f"its kind is none of {', '.join(SHAPES)}")
    for name, (check, said) in SHAPES[line["kind"]].items():
        if name not in line or not check(line[name]):
            raise _bad(number, f"{line['kind']}.{name}: {said} is expected")
    return cast(Line, line)


def _bad(number: int, what: str) -> InputError:
    return InputError(f"line {number}: {what}. Nothing of the file was taken; mend the line, or export anew")


class _Taking:
    """One transaction that takes lines; remembers which numbers of the file became which here."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.taken = Taken()
        self._articles: dict[int, int] = {}
        self._feeds: dict[str, int] = {}

    def take(self, line: Line) -> None:
        """Take one line."""
        kinds = {
            "topic": self._topic, "article": self._article, "story": self._story, "subscription": self._subscription
        }  # fmt: skip
        kind = line["kind"]
        if kind in kinds:
            is_new = kinds[kind](line)
            self.taken.new[kind] += is_new
            self.taken.known += not is_new

    def _topic(self, line: Line) -> bool:
        values = (line["id"], line["name"], line["title"], json.dumps(line["clauses"]), line["sensitivity"])
        made = self._db.execute(
            "INSERT INTO topics (id, name, title, clauses, sensitivity, owner) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (*values, line["owner"] or PUBLIC),
        )
        return made.rowcount > 0

    def _article(self, line: Line) -> bool:
        scope = line["scope"] or PUBLIC
        known = self._find_article(scope, line)
        if known is not None:
            self._articles[line["id"]] = known
            return False
        seen = _kept(line["seen_at"])
        made = self._db.execute(
            "INSERT INTO articles (scope, url, link, outlet, title, text, language, image_url, published_at, seen_at,"
            " gathered_at, is_silent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (scope, *(line[n] for n in ("url", "link", "outlet", "title", "text", "language", "image_url")),
             _kept(line["published_at"]), seen, seen),
        )  # fmt: skip
        number = int(made.lastrowid or 0)
        self._articles[line["id"]] = number
        if line["url"] is not None:
            self._db.execute(
                "INSERT INTO addresses (scope, url, article_id) VALUES (?, ?, ?)", (scope, line["url"], number)
            )
        words = words_of(line["title"], line["text"])
        self._db.execute("INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)", (number, *words))
        for workspace in line["seen_by"]:
            pair = (number, self._feed_of(str(workspace)))
            self._db.execute(
                "INSERT INTO article_feeds (article_id, feed_id) VALUES (?, ?) ON CONFLICT DO NOTHING", pair
            )
        for match in line["matches"]:
            values = (number, match["topic"], float(match["score"]), json.dumps(match["reasons"]), match["topic"])
            self._db.execute(
                "INSERT INTO matches (article_id, topic_id, score, reasons) SELECT ?, ?, ?, ?"
                " WHERE EXISTS (SELECT 1 FROM topics WHERE id = ?)",
                values,
            )
        return True

    def _find_article(self, scope: str, line: Line) -> int | None:
        """Find the article that a line is of: by its address, or without one by when it was seen, outlet and title."""
        if line["url"] is not None:
            return self._find("SELECT article_id FROM addresses WHERE scope = ? AND url = ?", scope, line["url"])
        return self._find(
            "SELECT id FROM articles WHERE seen_at = ? AND scope = ? AND url IS NULL AND outlet = ? AND title = ?",
            *(_kept(line["seen_at"]), scope, line["outlet"], line["title"]),
        )

    def _feed_of(self, workspace: str) -> int:
        """Return the feed that stands for what a workspace's feeds brought; made where there is none."""
        if workspace not in self._feeds:
            url = f"{IMPORT_FEED}{workspace}"
            found = self._find("SELECT id FROM feeds WHERE scope = ? AND url = ?", PUBLIC, url)
            if found is None:
                made = self._db.execute(
                    "INSERT INTO feeds (url, scope, title, interval, next_check_at, failures, problem, is_declared,"
                    " articles) VALUES (?, ?, 'Imported', 0, 0, 0, '', 0, 0)",
                    (url, PUBLIC),
                )
                found = int(made.lastrowid or 0)
                self._db.execute("INSERT INTO feed_uses (workspace, feed_id) VALUES (?, ?)", (workspace, found))
            self._feeds[workspace] = found
        return self._feeds[workspace]

    def _story(self, line: Line) -> bool:
        members = [self._articles[number] for number in line["articles"]]
        placed = [self._find("SELECT story_id FROM story_articles WHERE article_id = ?", number) for number in members]
        story = next((number for number in placed if number is not None), None)
        is_new = story is None
        if story is None:
            first, updated = _kept(line["first_seen_at"]), _kept(line["updated_at"])
            made = self._db.execute(
                "INSERT INTO stories (headline, scope, origins, first_seen_at, updated_at) VALUES (?, ?, ?, ?, ?)",
                (line["headline"], line["scope"] or PUBLIC, line["origins"], first, updated),
            )
            story = int(made.lastrowid or 0)
        for number, where in zip(members, placed, strict=True):
            if where is None:
                self._db.execute("INSERT INTO story_articles (article_id, story_id) VALUES (?, ?)", (number, story))
        for told in line["developments"] if is_new else ():
            values = (story, self._articles[told["article"]], str(told["reason"]), _kept(told["at"]))
            self._db.execute("INSERT INTO developments (story_id, article_id, reason, at) VALUES (?, ?, ?, ?)", values)
        self._score(story)
        self._db.execute("DELETE FROM recounts WHERE story_id = ?", (story,))
        self._db.execute("INSERT INTO recounts (story_id) VALUES (?)", (story,))
        return is_new

    def _score(self, story: int) -> None:
        self._db.execute(
            "INSERT INTO story_topics (story_id, topic_id, score, first_seen_at, updated_at)"
            " SELECT s.id, m.topic_id, max(m.score), s.first_seen_at, s.updated_at FROM stories s"
            " JOIN story_articles a ON a.story_id = s.id JOIN matches m ON m.article_id = a.article_id"
            " WHERE s.id = ? GROUP BY m.topic_id ON CONFLICT DO UPDATE SET score = max(score, excluded.score)",
            (story,),
        )

    def _subscription(self, line: Line) -> bool:
        place = (line["platform"], line["workspace"], line["channel"])
        self._db.execute(
            "INSERT INTO channels (platform, workspace, channel, language, zone, is_ops)"
            " VALUES (?, ?, ?, 'en', 'UTC', 0) ON CONFLICT DO NOTHING",
            place,
        )
        channel = self._find("SELECT id FROM channels WHERE platform = ? AND workspace = ? AND channel = ?", *place)
        values = (channel, line["topic"], line["mode"], line["sensitivity"], line["min_outlets"])
        made = self._db.execute(
            "INSERT INTO subscriptions (channel_id, topic_id, mode, sensitivity, min_outlets, filters, mention)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*values, json.dumps(line["filters"]), line["mention"]),
        )
        return made.rowcount > 0

    def _find(self, query: str, *values: Any) -> int | None:
        row = self._db.execute(query, values).fetchone()
        return None if row is None else int(row[0])


def _kept(text: str) -> int:
    return cast(int, micros(datetime.fromisoformat(text)))
