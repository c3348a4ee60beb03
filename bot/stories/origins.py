"""Who wrote it first: texts that are the same or nearly so are one origin, however many outlets carry them.

text -> shingles (hashed runs of words) -> the origins that share them, through an inverted index -> the one that holds
most of them, or a new one. An article costs the same in a story of three and of three hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from zlib import crc32

from bot.domain.models import Article, ArticleId
from bot.domain.text import tokens
from bot.stories.agencies import find_agency

SHINGLE_WORDS = 4
SHINGLE_CHARS = 8
LEAST_SHINGLES = 6
SAME_AT = 0.6
SAME_AT_OF_ONE_AGENCY = 0.35
"""Two reports that both say they are of one agency may have been cut and rewritten further."""
READ_CHARS = 3_000
MOST_POSTINGS = 24
"""A shingle that so many origins share is a publisher's phrase and tells nothing."""
LONGEST_WORD = 24
"""Where words are longer on average, the script has no spaces (Thai, Khmer): characters are the shingles."""


class Origins:
    """The origins of one story's articles, in the order in which they come."""

    def __init__(self) -> None:
        self._of: dict[ArticleId, int] = {}
        self._shingles: list[frozenset[int]] = []
        self._agencies: list[str | None] = []
        self._postings: dict[int, list[int]] = {}
        self._short: dict[str, int] = {}
        self._firsts: dict[int, ArticleId] = {}

    def __contains__(self, article: ArticleId) -> bool:
        return article in self._of

    def __len__(self) -> int:
        return len(self._of)

    def add(self, article: Article) -> int:
        """Take in an article and tell the number of its origin; one that is known already keeps its own."""
        known = self._of.get(article.id)
        if known is None:
            known = self._of[article.id] = self.place(article.outlet, article.text or article.title)
            self._firsts[known] = min(self._firsts.get(known, article.id), article.id)
        return known

    def list_firsts(self) -> dict[ArticleId, ArticleId]:
        """Tell of each article which one its origin is known by: the first of those with the same text."""
        return {article: self._firsts[number] for article, number in self._of.items()}

    def count(self, articles: Iterable[Article]) -> int:
        """Count the origins of articles, taking in those that are new."""
        return len({self.add(article) for article in articles})

    def agencies(self, articles: Iterable[Article]) -> tuple[str, ...]:
        """Name the agencies among the origins of articles, in the order of the articles."""
        found = (self._agencies[self.add(article)] for article in articles)
        return tuple(dict.fromkeys(agency for agency in found if agency is not None))

    def place(self, outlet: str, text: str) -> int:
        """Tell the number of a text's origin, which is a new one where no other text is like it."""
        words = tokens(text[:READ_CHARS])
        shingles = _shingle(words)
        agency = find_agency(outlet, text)
        is_short = len(shingles) < LEAST_SHINGLES
        same = self._find_short(words, text) if is_short else self._find_same(shingles, agency)
        if same is None:
            return self._begin(words, shingles, agency)
        self._agencies[same] = self._agencies[same] or agency
        return same

    def _begin(self, words: Sequence[str], shingles: frozenset[int], agency: str | None) -> int:
        number = len(self._shingles)
        self._shingles.append(shingles)
        self._agencies.append(agency)
        self._short.setdefault(" ".join(words), number)
        for shingle in shingles:
            postings = self._postings.setdefault(shingle, [])
            if len(postings) < MOST_POSTINGS:
                postings.append(number)
        return number

    def _find_short(self, words: Sequence[str], text: str) -> int | None:
        """Short texts must be the same, word for word; one without words is an origin of its own."""
        return self._short.get(" ".join(words)) if words or text else None

    def _find_same(self, shingles: frozenset[int], agency: str | None) -> int | None:
        """Compare by containment, so that shortened wire copy is still the wire's."""
        shared: Counter[int] = Counter()
        for shingle in shingles:
            shared.update(self._postings.get(shingle, ()))
        for number, count in shared.most_common():
            fewer = min(len(shingles), len(self._shingles[number]))
            of_one = agency is not None and agency == self._agencies[number]
            if fewer >= LEAST_SHINGLES and count >= (SAME_AT_OF_ONE_AGENCY if of_one else SAME_AT) * fewer:
                return number
        return None


def count_origins(texts: Collection[str]) -> int:
    """Count the origins of texts (an article's text, or its title where it has none)."""
    origins = Origins()
    return len({origins.place("", text) for text in texts})


def _shingle(words: Sequence[str]) -> frozenset[int]:
    joined = " ".join(words)
    if words and len(joined) > LONGEST_WORD * len(words):
        return frozenset(
            crc32(joined[i : i + SHINGLE_CHARS].encode("utf-8", "surrogatepass"))
            for i in range(len(joined) - SHINGLE_CHARS + 1)
        )
    return frozenset(
        crc32(" ".join(words[i : i + SHINGLE_WORDS]).encode("utf-8", "surrogatepass"))
        for i in range(len(words) - SHINGLE_WORDS + 1)
    )
