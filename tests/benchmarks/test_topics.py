"""Scoring queries on labelled texts: what is counted, and that the last line is the object that others print."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import topics
from bot.topics.library import Library
from tests.shared_data import SHARED, needs_shared

ROWS = [
    {"id": "1", "title": "Tea harvest begins", "text": "Oolong is picked first.", "topics": ["tea"]},
    {
        "id": "2",
        "title": "Harbour widened",
        "text": "Ships wait. " + "Word goes on. " * 40 + "Tea.",
        "topics": ["ships"],
    },
    {"id": "3", "title": "Frost in the hills", "text": "The leaves froze.", "topics": ["tea"]},
    {"id": "4", "title": "Tea ships late", "text": "", "topics": ["tea", "ships", "other"]},
]
QUERIES = '[queries]\ntea = "tea OR oolong"\nships = "ship*"\nrice = "rice"\n'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, queries = tmp_path / "gold.jsonl", tmp_path / "queries.toml"
    gold.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf8")
    queries.write_text(QUERIES, encoding="utf8")
    return gold, queries


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object) -> list[str]:
    monkeypatch.setattr(sys, "argv", ["topics", *map(str, arguments)])
    topics.main()
    return capsys.readouterr().out.splitlines()


def test_each_label_is_counted_and_a_passing_mention_is_no_topic(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = run(monkeypatch, capsys, *files, "--json")
    told = json.loads(rows[-1])
    assert told["topics"]["tea"] == {
        "p": 1.0,
        "r": pytest.approx(2 / 3),
        "f1": pytest.approx(0.8),
        "tp": 2,
        "fp": 0,
        "fn": 1,
    }
    assert told["topics"]["ships"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 2, "fp": 0, "fn": 0}
    assert told["topics"]["rice"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 0, "fp": 0, "fn": 0}
    assert (told["micro"]["tp"], told["micro"]["fp"], told["micro"]["fn"]) == (4, 0, 1)
    assert told["macro_f1"] == pytest.approx((0.8 + 1 + 1) / 3)
    anywhere = next(row for row in rows if row.startswith("anywhere "))
    assert "P 0.800  R 0.800" in anywhere


def test_labels_of_more_and_of_less_precision_than_the_best_keyword_line_are_told_apart(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, queries = files
    row = {"id": "5", "title": "Harvest", "text": "Wind. " + "Something. " * 45 + "Tea.", "topics": []}
    gold.write_text(gold.read_text(encoding="utf8") + json.dumps(row) + "\n", encoding="utf8")
    rows = run(monkeypatch, capsys, gold, queries)
    (at,) = (n for n, row in enumerate(rows) if row.startswith("best keyword line: in the title or the first 60"))
    assert [row.split()[0] + ": " + row.split("  ")[-1] for row in rows[at + 1 :]] == [
        "rice: NOT more precise",
        "ships: NOT more precise",
        "tea: more precise",
    ]


@needs_shared
def test_the_last_line_is_the_object_of_the_scorer_that_all_share(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, queries = files
    given = topics.label_by_queries(topics.read_gold(gold), topics.read_queries(queries), Library())
    found = tmp_path / "found.jsonl"
    rows = [json.dumps({"id": number, "topics": sorted(labels)}) for number, labels in given.items()]
    found.write_text("\n".join(rows) + "\n", encoding="utf8")
    scorer = [sys.executable, str(SHARED / "tools" / "score_topics.py"), str(gold), str(found)]
    told = subprocess.run([*scorer, "--topics", "rice,ships,tea", "--json"], check=True, capture_output=True, text=True)
    assert run(monkeypatch, capsys, gold, queries, "--json")[-1] == told.stdout.strip()


def test_a_query_with_a_mistake_is_pointed_at(
    files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, queries = files
    queries.write_text('[queries]\ntea = "tea AND"\n', encoding="utf8")
    with pytest.raises(SystemExit, match="2"):
        run(monkeypatch, capsys, gold, queries)
    assert "AND needs something on its right" in capsys.readouterr().err


@pytest.mark.parametrize(
    "gold,queries,told",
    [
        ('{"id": 1, "topics": []}\n{]', 'q = "a"', "line 2: this is not JSON"),
        ('{"id": 1}', 'q = "a"', "line 1: topics is missing"),
        ("[1]", 'q = "a"', "line 1: this is no object"),
        ('{"id": 1, "topics": []}', 'q = "a AND"', "the query of q cannot be read\na AND\n  ^"),
        ('{"id": 1, "topics": []}', "q = 1", "there are no queries"),
        ('{"id": 1, "topics": []}', "q =", "this is not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(
    gold: str,
    queries: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "gold.jsonl").write_text(gold, encoding="utf-8")
    (tmp_path / "queries.toml").write_text(f"[queries]\n{queries}\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["topics", str(tmp_path / "gold.jsonl"), str(tmp_path / "queries.toml")])
    with pytest.raises(SystemExit) as stopped:
        topics.main()
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


def test_a_text_may_hold_other_ends_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1, "text": "a\u2028b", "topics": ["q"]}\n', encoding="utf-8")
    assert [row.text for row in topics.read_gold(path)] == ["a\u2028b"]
