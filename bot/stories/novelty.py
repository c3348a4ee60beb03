"""What an article adds to a story: a number or a name that the story has not yet told, said in words.

Only the title and the first sentences of the lead can bring news, since every longer report of one event has more
numbers further down; the lead counts only where an earlier article had text to say the same in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.domain.models import Article
from bot.stories.numbers import Quantity, find_quantities, find_values, is_restated
from bot.stories.sentences import split_sentences

Names = Callable[[str], Collection[str]]
"""Find the names that a text holds, the same for a thing in every language (华为 and Huawei are one)."""

LEAD_SENTENCES = 2
LEAD_CHARS = 320
LEAST_EARLIER_TEXT = 80
LEAST_LEAD_COUNT = 10
MOST_TOLD = 3


def find_development(article: Article, earlier: Sequence[Article], names: Names) -> str | None:
    """Tell what an article adds to what its story said («new: 25 contracts; names ZTE»), None for a rewrite.

    The first article of a story adds nothing: it is the story.
    """
    if not earlier:
        return None
    lead = _lead(article.text) if any(len(a.text) >= LEAST_EARLIER_TEXT for a in earlier) else ""
    told = [
        part for part in (_tell_numbers(article, lead, earlier), _tell_names(article, lead, earlier, names)) if part
    ]
    return "; ".join(told) or None


def _tell_numbers(article: Article, lead: str, earlier: Sequence[Article]) -> str:
    candidates = find_quantities(article.title, article.language)
    candidates += [q for q in find_quantities(lead, article.language) if q.unit or q.value >= LEAST_LEAD_COUNT]
    if not candidates:
        return ""
    said = [value for a in earlier for value in find_values(f"{a.title}\n{a.text}", a.language)]
    new: list[Quantity] = []
    for quantity in candidates:
        if not any(is_restated(quantity, other) for other in (*said, *new)):
            new.append(quantity)
    return "new: " + ", ".join(quantity.shown for quantity in new[:MOST_TOLD]) if new else ""


def _tell_names(article: Article, lead: str, earlier: Sequence[Article], names: Names) -> str:
    candidates = set(names(f"{article.title}\n{lead}"))
    for a in earlier:
        if not candidates:
            break
        candidates.difference_update(names(f"{a.title}\n{a.text}"))
    return "names " + ", ".join(sorted(candidates)[:MOST_TOLD]) if candidates else ""


def _lead(text: str) -> str:
    """Return the first sentences; text without sentence ends is cut."""
    return " ".join(split_sentences(text[: 2 * LEAD_CHARS])[:LEAD_SENTENCES])[:LEAD_CHARS]
