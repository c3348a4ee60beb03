"""Real feeds: entries that an analyst would call hits, found by the hash of their title."""

from __future__ import annotations

import io
from hashlib import sha256

import feedparser
import pytest

from bot.topics.matcher import ArticleText
from tests.shared_data import SHARED, needs_shared
from tests.topics.making import scores
from tests.topics.test_shipped_packs import shipped

HITS = [
    ("nl-demorgen.xml", "8978f816750ddadb", "trade-talks"),
    ("zh-techweb-2016.xml", "c8af74be07dd4ef2", "zte"),
]


@needs_shared
@pytest.mark.parametrize("feed,title_hash,topic", HITS)
def test_a_known_entry_reaches_its_topic(feed: str, title_hash: str, topic: str) -> None:
    parsed = feedparser.parse(io.BytesIO((SHARED / "data" / "feeds" / "real" / feed).read_bytes()))
    (title,) = {e.title for e in parsed.entries if sha256(e.title.encode()).hexdigest().startswith(title_hash)}
    assert scores(shipped().topics, ArticleText(title=title), shipped())[topic] >= 0.6
