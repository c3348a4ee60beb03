"""Grouping judged on labelled headlines, where that data is at hand."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.stories import group, read_items
from tests.shared_data import SHARED, needs_shared


def load_score(path: Path) -> Callable[[dict[str, str], dict[str, str]], dict[str, float]]:
    spec = importlib.util.spec_from_file_location("score_grouping", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score  # type: ignore[no-any-return]


@needs_shared
@pytest.mark.parametrize(
    "name, precision, f1",
    [("uci.dev.shuffled.jsonl", 0.90, 0.82), ("ecbplus.dev.jsonl", 0.89, 0.87)],
)
def test_labelled_stories_are_found(name: str, precision: float, f1: float) -> None:
    path = SHARED / "data" / "stories" / name
    named = read_items(path, body_words=150)
    groups, _ = group([item for _, item in named])
    stories = {row["id"]: row["story"] for row in map(json.loads, path.read_text(encoding="utf8").splitlines())}
    placed = {name: str(number) for (name, _), number in zip(named, groups, strict=True)}
    figures = load_score(SHARED / "tools" / "score_grouping.py")(stories, placed)
    assert figures["bcubed_p"] >= precision
    assert figures["bcubed_f1"] >= f1
