"""The text of an article as the matcher reads it: folded once, with the way back to what a reader sees."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from bot.domain.models import Article, FeedId, Where
from bot.domain.text import HAN_KANA, HANGUL, FoldedSpans, fold, fold_keeping_letters, is_han_or_kana, runs

LEAD_LENGTH = 210
"""A hit that begins within so many characters of the text is in the lead."""
TEASER_LENGTH = 300
"""A text that is no longer is what a feed shows of an article: all of it is lead."""
SNIPPET_SIDE = 70
NO_FEEDS: Mapping[FeedId, str] = MappingProxyType({})

# Signs between two words that a writer may use in place of a space: 5G-netwerken, US/China, l'accord, 미·중.
_JOINTS = re.compile(r"[-/'·・](?<=[\w.].)(?=\w)")
_FOREIGN = re.compile(f"[{HAN_KANA}{HANGUL}]")

# One letter that writers set in two ways: Arabic teh marbuta and the seats of hamza, the glyphs of one Han character
# that Taipei, Hong Kong and Tokyo choose differently (simplified Han are other terms: a pack writes both).
_VARIANTS = {
    "ة": "ه",
    "ؤ": "ء",
    "ئ": "ء",
    **dict(zip("爲臺稅說內衞綫裏羣峯啟產黃溫戶錄强户晉囯", "為台税説内衛線裡群峰啓産黄温戸録強戸晋国", strict=True)),
}
_VARIANT = re.compile(f"[{''.join(_VARIANTS)}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What there is to match: plain text; language, names and date as far as they are known."""

    title: str
    text: str = ""
    language: str | None = None
    outlet: str = ""
    feed: str = ""
    published_at: datetime | None = None

    @classmethod
    def of_article(cls, article: Article, feeds: Mapping[FeedId, str] = NO_FEEDS) -> ArticleText:
        """Return an article's text; `feeds` are what feeds are called, those that brought it among them."""
        return cls(
            title=article.title,
            text=article.text,
            language=article.language,
            outlet=article.outlet,
            feed=" ".join(feeds[feed] for feed in article.feeds if feed in feeds),
            published_at=article.published_at,
        )


def join_words(text: str) -> str:
    """Fold a text and let hyphens and the like between words be spaces, keeping every offset of `fold`."""
    return _join(fold(text))


def join_words_keeping_letters(text: str) -> str:
    """Do as `join_words` does, but leave letters as they are written."""
    return _join(fold_keeping_letters(text))


def _join(folded: str) -> str:
    joined = _JOINTS.sub(" ", folded)
    return joined if joined.isascii() else _VARIANT.sub(lambda found: _VARIANTS[found[0]], joined)


def part_scripts(text: str) -> str:
    """Set a space where one script ends and another begins, which writers do or do not: 华为5G, ZTE는."""
    return _cut(text, _find_script_borders(text))


def _find_script_borders(text: str) -> list[int]:
    """Find where a word of one script follows one of another without a space."""
    if text.isascii() or not _FOREIGN.search(text):
        return []
    spans = runs(text)
    return [later[0] for before, later in pairwise(spans) if before[1] == later[0]]


def _cut(text: str, borders: list[int]) -> str:
    return " ".join(text[a:b] for a, b in pairwise([0, *borders, len(text)])) if borders else text


class Section:
    """The title or the text: `plain` with single spaces, `folded` with a space at both ends and between scripts."""

    def __init__(self, text: str, *, is_title: bool) -> None:
        self.plain = " ".join(text.split())
        joined = join_words(self.plain)
        borders = _find_script_borders(joined)
        # Offsets, without the space in front, of the spaces that were set.
        self._borders = [border + n for n, border in enumerate(borders)]
        self.folded = f" {_cut(joined, borders)} "
        self.is_title = is_title
        self.lead_end = LEAD_LENGTH if len(joined) > TEASER_LENGTH else len(joined) + 1

    def where(self, start: int) -> Where:
        """Tell the part that an offset of `folded` lies in."""
        if self.is_title:
            return Where.TITLE
        return Where.LEAD if start <= self.lead_end else Where.BODY

    @cached_property
    def _spans(self) -> FoldedSpans:
        return FoldedSpans(self.plain)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets of `folded` into offsets of `plain`."""
        first, last = start - 1, end - 1
        borders = self._borders
        return self._spans.original(first - bisect_left(borders, first), last - bisect_left(borders, last))

    def snippet(self, start: int, end: int) -> tuple[str, tuple[int, int]]:
        """Cut the original around a hit at words' ends and tell where the hit stands in the piece."""
        begin, stop = self.original_span(start, end)
        left = self._word_start(max(begin - SNIPPET_SIDE, 0), begin)
        right = self._word_end(min(stop + SNIPPET_SIDE, len(self.plain)), stop)
        head = "…" if left else ""
        tail = "…" if right < len(self.plain) else ""
        shift = len(head) - left
        return f"{head}{self.plain[left:right]}{tail}", (begin + shift, stop + shift)

    def _word_start(self, at: int, limit: int) -> int:
        if at == 0 or is_han_or_kana(self.plain[at]):
            return at
        space = self.plain.find(" ", at - 1, limit)
        return space + 1 if space >= 0 else at

    def _word_end(self, at: int, limit: int) -> int:
        if at == len(self.plain) or is_han_or_kana(self.plain[at]):
            return at
        space = self.plain.rfind(" ", limit, at + 1)
        return space if space >= 0 else at

    @cached_property
    def _word_counts(self) -> tuple[list[int], list[float], list[bool]]:
        starts, counts, is_han = [], [], []
        count = 0.0
        for start, end in runs(self.folded):
            starts.append(start)
            counts.append(count)
            is_han.append(is_han_or_kana(self.folded[start]))
            count += (end - start) / 2 if is_han[-1] else 1.0
        return starts, counts, is_han

    def word_at(self, offset: int) -> float:
        """Count the words before an offset of `folded`; two characters of Han or kana are a word."""
        starts, counts, is_han = self._word_counts
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return 0.0
        within = (offset - starts[index]) / 2 if is_han[index] else 0.0
        return counts[index] + within


def read_sections(text: ArticleText) -> tuple[Section, Section]:
    """Read an article's title and text."""
    return Section(text.title, is_title=True), Section(text.text, is_title=False)
