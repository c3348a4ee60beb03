"""`topicwire check`: what it prints, in which order, and how it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.servers.feeds import FeedServer
from tests.shared_data import SHARED, needs_shared

FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Ledger</title>
<language>en</language>
<item><title>Norland bans Huawei from its 5G networks</title><link>https://ledger.example/2</link><guid>2</guid>
<pubDate>Mon, 02 Mar 2026 10:00:00 +0100</pubDate>
<description>The ban begins in May. It was expected.</description></item>
<item><title>Harbour festival ends</title><link>https://ledger.example/1</link><guid>1</guid>
<description>A ZTE lorry was seen.</description></item></channel></rss>"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(FEED, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    code = main(["check", *arguments, "--json"])
    return code, [json.loads(row) for row in capsys.readouterr().out.splitlines()]


def test_every_entry_is_a_line_in_the_feeds_order_and_every_source_one(
    feed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (first, second, source) = run(capsys, str(feed))
    assert code == 0
    assert list(first) == ["source", "outcome", "title", "link", "published_at", "language", "summary", "topics"]
    assert (first["title"], first["link"]) == ("Norland bans Huawei from its 5G networks", "https://ledger.example/2")
    assert (first["outcome"], first["published_at"], first["language"]) == ("new", "2026-03-02T09:00:00+00:00", "en")
    assert first["summary"] == "The ban begins in May. It was expected."
    assert {topic["id"] for topic in first["topics"]} == {"huawei", "5g-bans"}
    assert all(0.6 <= t["score"] <= 1 and t["reasons"] for t in first["topics"])
    assert [topic["id"] for topic in second["topics"]] == ["zte"]
    assert second["published_at"] is None
    assert source == {"source": str(feed), "outcome": "new", "reason": "", "entries": 2}


def test_a_query_is_a_topic_that_counts_wherever_it_hits(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, (first, second, _) = run(capsys, str(feed), "--query", "lorry OR festival")
    assert "query" not in {topic["id"] for topic in first["topics"]}
    assert "query" in {topic["id"] for topic in second["topics"]}


def test_a_query_with_a_day_can_be_tried_too(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, (first, second, _) = run(capsys, str(feed), "--query", "after:2026-03-01")
    assert "query" in {topic["id"] for topic in first["topics"]}
    assert "query" not in {topic["id"] for topic in second["topics"]}


def test_a_wrong_query_is_pointed_at_and_ends_with_2(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(feed), "--query", "(huawei OR"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "(huawei OR"
    assert told[1].strip() == "^"


def test_what_cannot_be_read_is_named_and_ends_with_1_and_the_rest_is_shown(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>No feed here</body></html>", encoding="utf-8")
    code, rows = run(capsys, str(tmp_path / "none.xml"), str(page), str(feed))
    sources = [row for row in rows if "entries" in row]
    assert code == 1
    assert [row["outcome"] for row in sources] == ["failed", "failed", "new"]
    assert "No such file" in sources[0]["reason"]
    assert "feed" in sources[1]["reason"]


def test_another_pack_takes_the_place_of_the_shipped(
    feed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "mine.toml"
    pack.write_text(
        'format = 1\n[pack]\nid = "mine"\nversion = "1"\nlicense = "CC0-1.0"\n'
        '[topics.parties]\ntitle = "Parties"\nclauses = [{ query = "festival*", score = 1.0 }]\n',
        encoding="utf-8",
    )
    _, rows = run(capsys, str(feed), "--topics", str(pack))
    assert [[topic["id"] for topic in row["topics"]] for row in rows[:2]] == [[], ["parties"]]
    assert main(["check", str(feed), "--topics", str(tmp_path / "none.toml")]) == 2
    assert "there is no such topic pack" in capsys.readouterr().err


def test_people_get_a_table_of_words(feed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(feed)]) == 0
    told = capsys.readouterr().out
    assert "2 entries, 2 matched" in told
    assert "huawei" in told
    assert "in the title" in told


async def test_addresses_are_fetched_through_the_guard(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FeedServer() as server:
        server.page("/feed.xml", FEED)
        url = server.url("/feed.xml")
        from bot import config
        from bot.cli import check

        for allowed in (False, True):
            environ = {"TOPICWIRE_FETCH__ALLOW": server.address} if allowed else {}
            settings = config.load(None, environ).settings
            code = await check._check(settings, [url], None, check._show_json)
            assert code == (0 if allowed else 1)
        refused, *_, read = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert "fetch.allow" in refused["reason"]
    assert read["entries"] == 2


@needs_shared
@pytest.mark.parametrize("name, topic", [("nl-demorgen.xml", "trade-talks"), ("zh-techweb-2016.xml", "zte")])
def test_real_headlines_reach_their_topics(name: str, topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = run(capsys, str(SHARED / "data" / "feeds" / "real" / name))
    assert any(topic == t["id"] for row in rows if "topics" in row for t in row["topics"])


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out.startswith("topicwire ")


def test_wrong_use_ends_with_2() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["chekc"])
    assert ended.value.code == 2
    assert sys.exc_info() == (None, None, None)
