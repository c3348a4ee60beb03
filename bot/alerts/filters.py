"""What a subscription lets through: languages, outlets and words of an article, and how widely a story is covered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from bot.alerts.phrases import is_same_language
from bot.domain.models import Article, Filters
from bot.domain.text import fold, tokens
from bot.stories.origins import Origins

_ALL = Filters()


def lets_through(filters: Filters, article: Article) -> bool:
    """Tell whether an article passes; one whose language nobody knows passes every language."""
    if filters == _ALL:
        return True
    if filters.languages and not any(is_same_language(article.language, wanted) for wanted in filters.languages):
        return False
    outlet = fold(article.outlet)
    if filters.outlets_in and not any(fold(name) in outlet for name in filters.outlets_in):
        return False
    if any(fold(name) in outlet for name in filters.outlets_out):
        return False
    return not (filters.words_out and _holds(_words(f"{article.title} {article.text}"), filters.words_out))


def count_origins(articles: Sequence[Article]) -> int:
    """Count the origins of articles that nobody has compared yet."""
    origins = Origins()
    return len({origins.place(article.outlet, article.text or article.title) for article in articles})


def is_covered(
    articles: Sequence[Article],
    outlets: int,
    origins: int,
    *,
    count: Callable[[Sequence[Article]], int] = count_origins,
) -> bool:
    """Tell whether enough outlets report a story, and from enough origins (wire copies are one)."""
    if outlets > 1 and len({a.outlet for a in articles}) < outlets:
        return False
    return origins <= 1 or count(articles) >= origins


def _holds(words: str, unwanted: Sequence[str]) -> bool:
    phrases = (_words(word) for word in unwanted)
    return any(phrase in words for phrase in phrases if phrase.strip())


# Each article is looked at once for every subscription that leaves words out.
@lru_cache(maxsize=512)
def _words(text: str) -> str:
    """Write a text as folded words, so that whole words and phrases can be looked for in it."""
    return f" {' '.join(tokens(text))} "
