"""What a story has said so far: its numbers, names, places, days, stages and words, taken in article by article.

It grows with what is new in the story and not with how often that is repeated, so that the three-hundredth article
costs what the third does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from bot.domain.models import Article, ArticleId
from bot.domain.text import tokens
from bot.stories.countries import find_places
from bot.stories.dates import find_days, find_years
from bot.stories.numbers import Quantity, find_values
from bot.stories.sentences import split_sentences
from bot.stories.stages import Stage, find_stages

Names = Callable[[str], Collection[str]]
"""Find the names that a text holds, the same for a thing in every language (华为 and Huawei are one)."""

READ_CHARS = 6_000
STAGE_CHARS = 1_500
LEAD_SENTENCES = 2
LEAD_CHARS = 320
LEAST_TEXT = 80
MOST_VALUES = 4_000
MOST_WORDS = 20_000


class Said:
    """The memory of one story, for telling what a further article adds to it."""

    def __init__(self, names: Names) -> None:
        self.find_names = names
        self.articles: set[ArticleId] = set()
        self.has_text = False
        self.values: dict[tuple[float, str], Quantity] = {}
        self.names: set[str] = set()
        self.places: set[str] = set()
        self.days: set[date] = set()
        self.years: set[int] = set()
        self.words: set[str] = set()
        self.languages: set[str] = set()
        self.stages: dict[str, Stage] = {}

    def take(self, article: Article) -> None:
        """Take in what an article says; one that was taken in before says nothing more."""
        if article.id in self.articles:
            return
        self.articles.add(article.id)
        self.hear(article)

    def hear(self, article: Article) -> None:
        """Take in a wording of an article, be it the first one or another."""
        self.has_text = self.has_text or len(article.text) >= LEAST_TEXT
        self.languages.add((article.language or "").split("-")[0].casefold())
        text = f"{article.title}\n{article.text[:READ_CHARS]}"
        if len(self.values) < MOST_VALUES:
            self.values.update(((v.value, v.unit), v) for v in find_values(text, article.language))
        self.names.update(self.find_names(text))
        self.places.update(find_places(text))
        published = article.published_at.date()
        self.days.update(day.date for day in find_days(text, published))
        self.years.update(find_years(text, published))
        if len(self.words) < MOST_WORDS:
            self.words.update(tokens(text))
        for stage in find_stages(text[:STAGE_CHARS], article.language):
            self.stages.setdefault(stage.key, stage)


def take_lead(text: str) -> str:
    """Return the first sentences; text without sentence ends is cut."""
    return " ".join(split_sentences(text[: 2 * LEAD_CHARS])[:LEAD_SENTENCES])[:LEAD_CHARS]
