"""Enrich: what is added to a story beyond its feeds, with a deadline; nothing waits past it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import TopicwireError
from bot.pipeline.events import problem
from bot.ports import Summarizer
from bot.stories.summary import summarize

DEADLINE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enricher:
    """Asks a summarizer, and falls back to the article's own sentences where it fails or takes too long."""

    summarizer: Summarizer
    deadline: timedelta = DEADLINE

    async def summarize(self, title: str, text: str, terms: Sequence[str]) -> str:
        """Return a summary within the deadline, whatever the summarizer does."""
        try:
            async with asyncio.timeout(self.deadline.total_seconds()):
                return await self.summarizer.summarize(title, text, terms=terms)
        except (TimeoutError, TopicwireError) as error:
            problem("the summarizer failed; the article's own sentences stand in", reason=str(error) or "too slow")
            return summarize(title, text, terms=terms)
