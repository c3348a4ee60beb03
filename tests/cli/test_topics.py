"""`topicwire topics`: the packs' examples run and counted, and a text held against a topic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import config
from bot.cli import main, topics
from tests.servers.feeds import FeedServer

PACK = """
format = 1
[topics.chips]
clauses = [{ query = "title:(chip* export*) NOT fish", score = 0.9 }]
mask = { en = ["chip shop"] }
examples = [
  { lang = "en", text = "Chips exports grow", expect = true },
  { lang = "nl", text = "Chip en friet", expect = false },
]
"""
FEED = """<rss version="2.0"><channel><title>Harbour Courant</title>
<item><title>Chips exports grow</title><link>https://courant.example/1</link></item></channel></rss>"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "chips.toml"
    path.write_text(PACK, encoding="utf-8")
    return path


def run(pack: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["topics", *arguments, "--topics", str(pack)])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_examples_are_counted_by_topic_and_language(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(pack, capsys, "check", "--json")
    rows = [json.loads(row) for row in out.splitlines()]
    assert (code, err) == (0, "")
    assert rows[0] == {"topic": "chips", "language": "en", "must": 1, "must_not": 0}
    assert rows[-1] == {"examples": 2, "failed": 0}


def test_an_example_that_fails_is_named_and_keeps_the_pack_out(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack.write_text(PACK.replace("Chips exports", "Crisps exports"), encoding="utf-8")
    code, _, err = run(pack, capsys, "check")
    assert code == 1
    assert "topics.chips.examples[0]: “Crisps exports grow” must match chips, but it reaches nothing" in err
    feed = pack.with_name("feed.xml")
    feed.write_text(FEED, encoding="utf-8")
    assert main(["check", str(feed), "--topics", str(pack)]) == 1
    told = capsys.readouterr()
    assert f"the pack {pack} is left out, since an example fails: {pack}: topics.chips.examples[0]" in told.err
    assert "1 entry, 0 matched" in told.out


def test_a_headline_is_explained_by_what_fired_and_what_was_missing(
    pack: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(pack, capsys, "explain", "chips", "Chip exports grow")
    assert code == 0
    assert "0.90: it reaches chips (normal asks for 0.6)" in out
    assert "fired: chip* in the title: [Chip] exports grow" in out
    assert "missing: title:export*" in run(pack, capsys, "explain", "chips", "Chips grow")[1]
    assert "missing: fish is there, and must not be" in run(pack, capsys, "explain", "chips", "Chip export of fish")[1]
    assert "another sense: Chip shop" in run(pack, capsys, "explain", "chips", "Chip shop exports")[1]


@pytest.mark.parametrize("what", ["/no/such/feed.xml", "./story", "story.txt", "  "])
def test_what_is_no_headline_is_told(what: str, pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(pack, capsys, "explain", "chips", what)
    assert (code, out) == (1, "")
    assert "name a feed, a file or a headline" in err


def test_of_many_clauses_the_nearest_are_shown(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = ", ".join(f'{{ query = "chip* AND w{n}", score = 0.9 }}' for n in range(4))
    pack.write_text(PACK.replace("clauses = [", f"clauses = [{more}, "), encoding="utf-8")
    told = run(pack, capsys, "explain", "chips", "Chips and w1s")[1]
    assert "there: chip* in the title: [Chips] and w1s" in told
    assert "missing: w0" in told
    assert "  2 more did not fire; --all shows every one" in told
    assert "missing: w3" not in told
    assert "missing: w3" in run(pack, capsys, "explain", "chips", "Chips and w1s", "--all")[1]
    assert "1 more fired and 1 did not fire; --all" in run(pack, capsys, "explain", "chips", "Chips w0 w1 w2 w3")[1]


def test_a_file_has_a_title_and_a_text(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "story.txt"
    text.write_text("Chip exports grow\nFish is sold too.\n", encoding="utf-8")
    assert "fish is there" in run(pack, capsys, "explain", "chips", str(text))[1]


def test_a_stranger_is_answered_with_the_topics_there_are(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(pack, capsys, "explain", "fries", "x")
    assert code == 1
    assert "there is no topic fries in the packs; there are: chips" in err


async def test_an_articles_address_is_explained_by_its_title_and_text() -> None:
    text = "The ministry said that chips may be exported again from March. Makers had waited for that since May. "
    page = (
        f"<html><head><title>Chips exports grow</title></head><body><article><p>{text * 3}</p></article></body></html>"
    )
    async with FeedServer() as server:
        server.page("/article.html", page, content_type="text/html")
        settings = config.load(None, {"TOPICWIRE_FETCH__ALLOW": server.address}).settings
        [read] = await topics._read(settings, server.url("/article.html"))
    assert read.title == "Chips exports grow"
    assert "Makers had waited" in read.text
