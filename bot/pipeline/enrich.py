"""Enrich: what is added to a story beyond its feeds, with a deadline; nothing waits past it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import TopicwireError
from bot.domain.models import Article
from bot.domain.pages import MachineText
from bot.pipeline.events import problem
from bot.pipeline.machine import MachineHelp
from bot.pipeline.pages import Pages
from bot.ports import Summarizer
from bot.stories.summary import summarize

DEADLINE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enricher:
    """Asks a summarizer, and falls back to the article's own sentences where it fails or takes too long."""

    summarizer: Summarizer
    deadline: timedelta = DEADLINE
    pages: Pages | None = None
    machine: MachineHelp | None = None

    async def choose(self, articles: Sequence[Article]) -> tuple[Article, str]:
        """Choose the article that a story is summed up from, with its text, or with its page's where it has none."""
        if self.pages is not None:
            return await self.pages.choose(articles)
        first = next((article for article in articles if article.text), articles[0])
        return first, first.text

    async def assist(self, article: Article, text: str, language: str) -> MachineText | None:
        """Return what a machine makes of an article in a language, None where there is none or it fails."""
        return await self.machine.assist(article, text, language) if self.machine is not None else None

    async def summarize(self, title: str, text: str, terms: Sequence[str]) -> str:
        """Return a summary within the deadline, whatever the summarizer does."""
        try:
            async with asyncio.timeout(self.deadline.total_seconds()):
                return await self.summarizer.summarize(title, text, terms=terms)
        except (TimeoutError, TopicwireError) as error:
            problem("the summarizer failed; the article's own sentences stand in", reason=str(error) or "too slow")
            return summarize(title, text, terms=terms)
