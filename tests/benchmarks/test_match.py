"""The benchmark of matching: what it measures with, on texts and topics that are few."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from benchmarks import match
from bot.topics.texts import ArticleText

WORDS = ["harbour", "tea", "冰川水", "zölle", "frost", "cargo", "lantern", "meadow"]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    rng = random.Random(3)
    rows = [{"title": rng.choice(WORDS), "text": " ".join(rng.choices(WORDS, k=500))} for _ in range(6)]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf8")
    return path


def test_texts_are_cut_to_two_kilobytes_whatever_their_script(texts: Path) -> None:
    han = match.invent("han", ["冰", "川", "茶"], random.Random(1), gap="", count=2)
    for corpus in (match.read(texts, 5), han):
        sizes = [len(f"{text.title}{text.text}".encode()) for text in corpus.texts[:-1]]
        assert all(match.SIZE - 3 < size <= match.SIZE for size in sizes), sizes
    assert {*WORDS, "冰川", "川水"} - {"冰川水"} <= set(match.read(texts, 5).words)


def test_ours_finds_what_the_other_ways_find() -> None:
    pairs = [("harbour", "tea"), ("frost", "cargo"), ("lantern", "zither")]
    text = ArticleText(title="Frost at night", text="A lantern in the harbour, cargo on the quay")
    matched = match.build(pairs, "OR").match(text)
    assert sorted(str(hit.topic_id) for hit in matched) == ["topic-0", "topic-1", "topic-2"]
    rivals = match.make_rivals(pairs)
    assert {"naive loop", "re alternation"} <= rivals.keys()
    for name, rival in rivals.items():
        found = rival(text)
        assert isinstance(found, list), name
        assert sorted(found) == ["cargo", "frost", "harbour", "lantern"], name


def test_a_run_tells_every_row_and_ends_with_the_worst(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["match", str(texts), "--texts", "2", "--topics", "100"])
    assert match.main() in (0, 1)
    rows = capsys.readouterr().out.splitlines()
    assert sum(" ratio " in row and "with reasons" in row for row in rows) == 4
    assert any(row.split()[:2] == ["re", "alternation"] for row in rows)
    assert rows[-1].startswith("worst ratio ")


def test_where_flashtext_is_missing_the_table_says_how_to_have_it(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(match, "KeywordProcessor", None)
    match.compare_rivals(match.read(texts, 1), 10, random.Random(1))
    assert "ABSENT flashtext: it is not installed; python -m pip install flashtext" in capsys.readouterr().out
