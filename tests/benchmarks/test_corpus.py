"""The report over a folder of feeds sees what goes wrong, and judges links by its own reading of the documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import examine, main, render
from benchmarks.links import list_links
from tests.feeds.fetching import rss

URL = "https://feeds.example/f"
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://o.example/b/">{}</feed>'


@pytest.mark.parametrize(
    "body, links",
    [
        (rss("<link>https://o.example/1</link>", "<title>none</title>"), ["https://o.example/1", None]),
        (rss("<link>/a/1</link>"), ["https://outlet.example/a/1"]),
        (rss("<link>https://o.example/?a=1&b=2</link>"), ["https://o.example/?a=1&b=2"]),
        (rss("<atom:link href='https://o.example/wrong'/><link>https://o.example/1</link>"), ["https://o.example/1"]),
        (rss("<guid>https://o.example/g</guid>"), ["https://o.example/g"]),
        (rss("<guid isPermaLink='false'>https://o.example/g</guid>"), [None]),
        (rss("<guid>/p/1</guid>"), ["https://outlet.example/p/1"]),
        (ATOM.format('<entry><link rel="self" href="x"/><link href="1"/></entry>'), ["https://o.example/b/1"]),
        ("no xml at all", None),
    ],
)
def test_the_judge_reads_links_by_the_rules_of_the_formats(body: str, links: list[str | None] | None) -> None:
    assert list_links(body.encode(), URL) == links


def test_the_report_counts_and_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    item = "<title>T</title><link>https://o.example/1</link><pubDate>2026年3月2日</pubDate>"
    (tmp_path / "a.xml").write_text(rss(item), encoding="utf-8")
    (tmp_path / "b.html").write_text("<html></html>", encoding="utf-8")
    found = examine(tmp_path)
    assert (found.files, found.entries, found.judged, found.wrong, found.raised) == (2, 1, 1, [], [])
    assert found.refused == ["b.html: it is a web page, not a feed"]
    assert found.without_date == 0
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == render(found) + "\n"


def test_a_wrong_link_is_named_and_fails_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xml").write_text(rss("<title>T</title><link>https://o.example/1</link>"), encoding="utf-8")
    monkeypatch.setattr("bot.feeds.fields.absolute", lambda address, base: f"{address}/else")
    assert main([str(tmp_path)]) == 1
    assert "https://o.example/1/else instead of https://o.example/1" in capsys.readouterr().out
