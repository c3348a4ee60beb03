"""How well developments are told from rewrites: `python -m benchmarks.novelty PAIRS.txt [--misses]`.

A line is `language | said title // said text | coming title // coming text | development: reason, or rewrite`.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.models import Article, ArticleId, FeedId
from bot.stories.novelty import find_development

AT = datetime(2026, 11, 3, 8, tzinfo=UTC)
KNOWN = {"ZTE": ("zte", "中兴"), "Huawei": ("huawei", "华为", "ファーウェイ", "هواوي")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What was said, what comes, and what a reader made of it; `reason` is "" of a rewrite."""

    language: str
    said: tuple[str, str]
    comes: tuple[str, str]
    reason: str

    def tell(self) -> str | None:
        """Tell what we make of it."""
        return find_development(
            _article(2, self.comes, self.language), [_article(1, self.said, self.language)], find_names
        )

    def is_right(self, told: str | None) -> bool:
        """Tell whether that is what the reader says, with the reader's reason."""
        return (told is None) if not self.reason else told is not None and self.reason in told


def find_names(text: str) -> Collection[str]:
    """Find two companies by their names in four scripts, as a pack would."""
    return {name for name, terms in KNOWN.items() if any(term in text.casefold() for term in terms)}


def read_pairs(path: Path) -> Iterator[Pair]:
    """Read the pairs of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        language, said, comes, verdict = (part.strip() for part in line.split(" | "))
        reason = verdict.removeprefix("development:").strip() if verdict.startswith("development") else ""
        if verdict != "rewrite" and not reason:
            raise ValueError(f"a development needs a part of its reason, or stage, new …: {line}")
        yield Pair(language=language, said=_split(said), comes=_split(comes), reason=reason)


def _split(text: str) -> tuple[str, str]:
    title, _, rest = text.partition(" // ")
    return title.strip(), rest.strip()


def _article(number: int, said: tuple[str, str], language: str) -> Article:
    return Article(
        id=ArticleId(number),
        url=None,
        link=None,
        outlet=f"outlet {number}",
        title=said[0],
        text=said[1],
        language=language,
        published_at=AT,
        seen_at=AT,
        feeds=(FeedId(1),),
    )


@dataclass(slots=True)
class Tally:
    """Counts of one language: told and true, told and false, missed; and how often the reason was the reader's."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    reasons: int = 0
    pairs: int = 0

    def add(self, pair: Pair, told: str | None) -> None:
        """Count one pair."""
        self.pairs += 1
        self.hits += bool(pair.reason and told)
        self.false += bool(not pair.reason and told)
        self.missed += bool(pair.reason and not told)
        self.reasons += bool(pair.reason and pair.is_right(told))

    def __str__(self) -> str:
        precision = self.hits / max(1, self.hits + self.false)
        recall = self.hits / max(1, self.hits + self.missed)
        reasons = f"with the reader's reason {self.reasons}/{self.hits}"
        return f"{self.pairs:4} pairs  P {precision:.3f}  R {recall:.3f}  {reasons}"


def main() -> None:
    """Print precision and recall by language and in all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what was judged otherwise than the reader did")
    asked = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for pair in read_pairs(asked.pairs):
        told = pair.tell()
        for key in (pair.language, "all"):
            tallies[key].add(pair, told)
        if asked.misses and not pair.is_right(told):
            print(f"{pair.language}  {pair.said[0]}  ->  {pair.comes[0]}")
            print(f"    {told or 'rewrite'}; reader: {pair.reason or 'rewrite'}")
    for language, tally in tallies.items():
        print(f"{language:4}{tally}")


if __name__ == "__main__":
    main()
