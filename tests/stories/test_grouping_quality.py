"""Grouping judged on labelled headlines, where that data is at hand."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.stories.grouping import Grouper, GroupItem
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
    [("uci.dev.shuffled.jsonl", 0.93, 0.61), ("ecbplus.dev.jsonl", 0.88, 0.84)],
)
def test_labelled_stories_are_found(name: str, precision: float, f1: float) -> None:
    rows = [json.loads(row) for row in (SHARED / "data" / "stories" / name).read_text(encoding="utf8").splitlines()]
    grouper = Grouper()
    groups = {}
    for row in rows:
        at = datetime.fromisoformat(row["published"]) if row["published"] else datetime(2026, 1, 1, tzinfo=UTC)
        item = GroupItem(
            title=row["title"],
            text=" ".join(row["text"].split()[:150]),
            language=row["lang"],
            published_at=at,
            seen_at=at,
            outlet=row["source"] or "",
        )
        groups[row["id"]] = str(grouper.place(item))
    figures = load_score(SHARED / "tools" / "score_grouping.py")({row["id"]: row["story"] for row in rows}, groups)
    assert figures["bcubed_p"] >= precision
    assert figures["bcubed_f1"] >= f1
