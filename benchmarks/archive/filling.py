"""Fills a database of the program's own tables with invented news, so many articles a day, by bulk SQL.

Words follow Zipf's law; a few are planted, so that a question finds equally much in a small archive and in a large one.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from bot.storage.search import words_of

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PER_DAY = 3_000
FEEDS = 500
VOCABULARY = 60_000
TITLE_WORDS = 9
TEXT_WORDS = 80
MATCHED = 0.02
"""Of all news, what the shipped topics watch is a few articles of a hundred."""
STORY_OF = 2.5
"""How many articles a story has on average."""
TOPICS = ("huawei", "zte", "trade-talks", "5g-bans")
PLANTED = 12
"""How many articles hold each of the rare things that are asked for, spread evenly from the oldest to the newest."""
RARE, PAIR = "quillfeather", ("harbourmaster", "lightkeeper")
BATCH = 5_000
MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a filled database holds; `common` are words that one article in three, ten and a hundred has."""

    articles: int
    stories: int
    common: Sequence[str]


class Invention:
    """Texts of invented words, the same for a seed."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        self.words = [self._word() for _ in range(VOCABULARY)]
        self._sums = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))

    def text(self, length: int) -> str:
        """Make so many words."""
        return " ".join(self.dice.choices(self.words, cum_weights=self._sums, k=length))

    def _word(self) -> str:
        return "".join(self.dice.choice("bdfgklmnprstvz") + self.dice.choice("aeiou") for _ in range(3)) + str(
            self.dice.randint(0, 9)
        ).translate(str.maketrans("0123456789", "abcdefghij"))


def describe(path: Path) -> Filled:
    """Tell what a filled database holds."""
    words = Invention().words
    with closing(sqlite3.connect(path)) as db:
        articles, stories = (db.execute(f"SELECT max(id) FROM {t}").fetchone()[0] for t in ("articles", "stories"))  # noqa: S608
    return Filled(articles=articles, stories=stories, common=[words[rank] for rank in (5, 90, 1_300)])


def fill(path: Path, articles: int) -> None:
    """Fill a database that a first start has made."""
    invention = Invention()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA cache_size = -200000")
        _fill_feeds(db)
        for first in range(1, articles + 1, BATCH):
            db.execute("BEGIN")
            _fill_articles(db, invention, range(first, min(first + BATCH, articles + 1)), articles)
            db.execute("COMMIT")
        _fill_stories(db, invention.dice, articles)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def instant(number: int, of: int) -> int:
    """Tell when an article came, as it is kept: the last one now, the others at an even pace before it."""
    age = timedelta(days=1) / PER_DAY * (of - number)
    return int((NOW - age).timestamp()) * MICROSECONDS


def _fill_feeds(db: sqlite3.Connection) -> None:
    far = int((NOW + timedelta(days=900)).timestamp()) * MICROSECONDS
    rows = [
        (n, f"https://outlet{n}.example/rss", "", f"Outlet {n}", 900 * MICROSECONDS, far, far, 1)
        for n in range(1, FEEDS + 1)
    ]
    db.executemany(
        "INSERT INTO feeds (id, url, scope, title, interval, next_check_at, due_at, first_polled_at, failures, problem,"
        " is_declared, articles) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0, 0)",
        rows,
    )
    db.executemany("INSERT INTO feed_uses (workspace, feed_id) VALUES ('*', ?)", [(n,) for n in range(1, FEEDS + 1)])


def _planted(number: int, of: int) -> str:
    """Give what is planted in an article: the rare word, or both words of a pair that else never meet."""
    step = of // PLANTED
    if number % step == step // 2:
        return f"{RARE} {' '.join(PAIR)}"
    return PAIR[number % 2] if number % 7 == 3 else ""


def _fill_articles(db: sqlite3.Connection, invention: Invention, numbers: range, of: int) -> None:
    texts = {
        n: (invention.text(TITLE_WORDS), f"{invention.text(TEXT_WORDS)} {_planted(n, of)}".strip()) for n in numbers
    }
    first = numbers[0]
    assert words_of(*texts[first]) == texts[first], "invented words are words as they are kept"
    feed = {n: n % FEEDS + 1 for n in numbers}
    db.executemany(
        "INSERT INTO articles (id, scope, url, link, outlet, title, text, language, published_at, seen_at, gathered_at,"
        " is_silent, is_held) VALUES (?, '', ?, ?, ?, ?, ?, 'en', ?, ?, ?, 0, 0)",
        [
            (n, link, link, f"Outlet {feed[n]}", *texts[n], at, at, at)
            for n in numbers
            for link, at in [(f"https://outlet{feed[n]}.example/news/{n}", instant(n, of))]
        ],
    )
    db.executemany(
        "INSERT INTO addresses (scope, url, article_id) VALUES ('', ?, ?)",
        [(f"https://outlet{feed[n]}.example/news/{n}", n) for n in numbers],
    )
    # As the feeds room keeps them: hashes of the guid and of title and day.
    marks = [(feed[n], f"{kind}:{invention.dice.getrandbits(128):032x}", n) for n in numbers for kind in "gt"]
    db.executemany("INSERT INTO sightings (feed_id, key, article_id) VALUES (?, ?, ?)", marks)
    db.executemany("INSERT INTO article_feeds (article_id, feed_id) VALUES (?, ?)", list(feed.items()))
    db.executemany(
        "INSERT INTO article_words (rowid, title, body) VALUES (?, ?, ?)", [(n, *text) for n, text in texts.items()]
    )


def _fill_stories(db: sqlite3.Connection, dice: random.Random, articles: int) -> None:
    """Gather the articles into stories, each of articles that came near each other, some of them of a topic."""
    db.execute("BEGIN")
    count = 0
    for count, members in enumerate(_members(dice, articles), 1):
        _fill_story(db, dice, count, members, articles)
    for name, last in (("articles", articles), ("stories", count), ("feeds", FEEDS)):
        db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, last))
    db.execute("COMMIT")


def _members(dice: random.Random, articles: int) -> Iterator[range]:
    first = 1
    while first <= articles:
        size = min(1 + int(dice.expovariate(1 / (STORY_OF - 0.5))), articles + 1 - first)
        yield range(first, first + size)
        first += size


def _fill_story(db: sqlite3.Connection, dice: random.Random, story: int, members: range, of: int) -> None:
    began, ended = instant(members[0], of), instant(members[-1], of)
    db.execute(
        "INSERT INTO stories (id, headline, scope, origins, first_seen_at, updated_at)"
        " SELECT ?, title, '', 1, ?, ? FROM articles WHERE id = ?",
        (story, began, ended, members[0]),
    )
    db.executemany("INSERT INTO story_articles (article_id, story_id) VALUES (?, ?)", [(n, story) for n in members])
    if dice.random() >= MATCHED:
        return
    topic = dice.choice(TOPICS)
    reason = json.dumps([[topic, None, "title", topic, 0, 3]])
    db.executemany(
        "INSERT INTO matches (article_id, topic_id, score, reasons) VALUES (?, ?, 1.0, ?)",
        [(n, topic, reason) for n in members],
    )
    db.execute("INSERT INTO story_topics VALUES (?, ?, 1.0, ?, ?)", (story, topic, began, ended))
