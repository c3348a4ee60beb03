"""Summaries as the product makes them: `python -m benchmarks.summaries ARTICLES.jsonl --out PRED.jsonl`.

Reads {"id", "text"} lines, and "title" where there is one; writes {"id", "summary": [sentences]} lines.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.stories.summary import choose_sentences


def main() -> None:
    """Summarize every article of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    lines = [json.loads(line) for line in asked.articles.read_text(encoding="utf-8").splitlines()]
    told = [
        json.dumps({"id": row["id"], "summary": choose_sentences(row.get("title", ""), row["text"])}) for row in lines
    ]
    asked.out.write_text("\n".join(told) + "\n", encoding="utf-8")
    print(f"{len(told)} summaries in {asked.out}")


if __name__ == "__main__":
    main()
