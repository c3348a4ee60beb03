"""The summarizer that needs nothing: sentences chosen from the article itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.summary import summarize


class ExtractiveSummarizer:
    """Chooses sentences; always there, and what stands in when another summarizer fails."""

    async def summarize(self, title: str, text: str, *, terms: Sequence[str]) -> str:
        """Return the sentences that tell most, "" for an article without text."""
        return summarize(title, text, terms=terms)
