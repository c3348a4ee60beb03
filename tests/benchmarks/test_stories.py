"""The benchmarks of grouping: what they read and write, and that they group as gather does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import stories, story_speed
from tests.stories.invented import COMING_TOGETHER

ROWS = [
    {"id": f"n{n}", "title": title, "text": "", "lang": "en", "source": f"O{n}", "published": f"2026-11-03T0{n}:00:00"}
    for n, title in enumerate(COMING_TOGETHER)
]


def test_a_file_is_grouped_with_the_merges_of_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "items.jsonl", tmp_path / "groups.jsonl"
    rows = [*ROWS, {"id": "x", "title": "Storm Ada leaves 40,000 homes without power", "published": None}]
    source.write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf8")
    assert stories.main([str(source), "--out", str(out), "--json"]) == 0
    groups = {row["id"]: row["group"] for row in map(json.loads, out.read_text(encoding="utf8").splitlines())}
    assert len({groups[f"n{n}"] for n in range(6)}) == 1
    assert groups["x"] != groups["n0"]
    figures = json.loads(capsys.readouterr().out)
    assert (figures["articles"], figures["groups"], figures["largest"], figures["merges"]) == (7, 2, 6, 1)


def test_the_speed_is_told_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert story_speed.main(["--open", "1000", "--titles-only"]) == 0
    head, step, restart = capsys.readouterr().out.splitlines()
    assert "ms/article" in head
    assert step.split()[0] == "1000"
    assert restart.startswith("restart")


@pytest.mark.parametrize(
    "line", ['{"id": "a", "title"', '{"title": "x"}', '["a"]', '{"id": "a", "published": "today"}']
)
def test_a_line_that_is_no_item_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    source = tmp_path / "items.jsonl"
    source.write_text(f'{{"id": "a", "title": "One\u2028line"}}\n{line}\n', encoding="utf8")
    with pytest.raises(SystemExit, match="2"):
        stories.main([str(source)])
    assert f"{source}:2: " in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        stories.main([str(tmp_path / "none.jsonl")])
    assert "none.jsonl" in capsys.readouterr().err
