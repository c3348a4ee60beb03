"""The days of a topic as the product chooses them: `python -m benchmarks.timelines FOLDER --out PRED.json`.

FOLDER holds articles.jsonl ({"id", "date", "text"} lines) and gold_dates.json (timelines, each a list of days), of
which only the lengths and spans are used. Writes {"N": [days]} for each length N.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from bot.stories.timeline import Report, choose_days


def main() -> None:
    """Choose the days of every timeline asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    rows = [json.loads(line) for line in (asked.folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    reports = [Report(date.fromisoformat(row["date"]), row["text"]) for row in rows]
    chosen = {}
    for gold in json.loads((asked.folder / "gold_dates.json").read_text(encoding="utf-8")):
        first, last = date.fromisoformat(gold[0]), date.fromisoformat(gold[-1])
        seen = [report for report in reports if first <= report.day <= last]
        days = choose_days(seen, len(gold), first=first, last=last)
        chosen[str(len(gold))] = [day.isoformat() for day in sorted(days)]
    asked.out.write_text(json.dumps(chosen), encoding="utf-8")


if __name__ == "__main__":
    main()
