"""Group articles as production does: `python -m benchmarks.stories ITEMS.jsonl [--out PRED.jsonl] [--json]`.

lines of {"id", "title", "text", "lang", "source", "published"} -> the Grouper of gather's worker -> {"id", "group"}

Items come in the order of the file. `published` may be missing: then everything counts as seen at one moment.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from bot.stories.grouping import ROUND_PAUSE, Grouper, GroupId, GroupItem

BATCH = 500
"""As many as gather takes at once; where batches end changes nothing."""
NO_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a run was and what it cost; seconds are processor time of this process."""

    articles: int
    groups: int
    largest: int
    merges: int
    cpu_seconds: float
    articles_a_minute: int
    peak_mb: int


def read_items(path: Path, *, body_words: int | None = None) -> list[tuple[str, GroupItem]]:
    """Read a file of items with their ids; raises ValueError that names the line which is none."""
    items = []
    # Not by splitlines: a title may hold a line separator of Unicode's.
    for number, line in enumerate(path.read_text(encoding="utf8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            items.append((str(row["id"]), _item(row, body_words)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            told = f"{path}:{number}: {error!r}; a line is an object with id, title, text, lang, source, published"
            raise ValueError(told) from error
    return items


def _item(row: dict[str, str | None], body_words: int | None) -> GroupItem:
    text = row.get("text") or ""
    if body_words is not None:
        text = " ".join(text.split()[:body_words])
    at = _instant(row.get("published"))
    return GroupItem(
        title=row.get("title") or "",
        text=text,
        language=row.get("lang"),
        published_at=at,
        seen_at=at,
        outlet=row.get("source") or "",
    )


def _instant(published: str | None) -> datetime:
    at = datetime.fromisoformat(published) if published else NO_TIME
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def group(items: Sequence[GroupItem]) -> tuple[list[GroupId], int]:
    """Group items in batches as gather does; returns each item's group at the end, and how many groups merged."""
    grouper = Grouper()
    placed: list[GroupId] = []
    into: dict[GroupId, GroupId] = {}
    for start in range(0, len(items), BATCH):
        grouped = grouper.take(items[start : start + BATCH])
        placed += grouped.groups
        into |= {merge.gone: merge.kept for merge in grouped.merges}
    if items:
        into |= {merge.gone: merge.kept for merge in grouper.settle(items[-1].seen_at + ROUND_PAUSE).merges}
    return [_follow(into, number) for number in placed], len(into)


def _follow(into: dict[GroupId, GroupId], number: GroupId) -> GroupId:
    while number in into:
        number = into[number]
    return number


def measure(items: Sequence[GroupItem]) -> tuple[list[GroupId], Figures]:
    """Group items and tell what that cost."""
    began = process_time()
    groups, merges = group(items)
    seconds = process_time() - began
    sizes: Iterable[int] = Counter(groups).values()
    return groups, Figures(
        articles=len(items),
        groups=len(set(groups)),
        largest=max(sizes, default=0),
        merges=merges,
        cpu_seconds=round(seconds, 2),
        articles_a_minute=round(60 * len(items) / seconds) if seconds else 0,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def main(arguments: list[str] | None = None) -> int:
    """Group a file; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stories", description=__doc__.partition("\n")[0])
    parser.add_argument("items", type=Path, help="a JSON object a line: id, title, text, lang, source, published")
    parser.add_argument("--out", type=Path, help="write {id, group} lines here")
    parser.add_argument("--body-words", type=int, help="read so many words of each text (all; gather reads its lead)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(arguments)
    try:
        named = read_items(asked.items, body_words=asked.body_words)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    groups, figures = measure([item for _, item in named])
    if asked.out is not None:
        lines = (json.dumps({"id": name, "group": number}) for (name, _), number in zip(named, groups, strict=True))
        asked.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
    if asked.json:
        print(json.dumps(asdict(figures)))
    else:
        for name, figure in asdict(figures).items():
            print(f"{name:18} {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
