"""Machine help: an article -> a headline and a summary in the reader's language, kept; or nothing, within a deadline.

Whatever goes wrong, the article's own sentences stand in; each kind of trouble is told once, until all is well again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.alerts.phrases import is_same_language
from bot.domain.errors import TopicwireError, WriterError
from bot.domain.models import Article
from bot.domain.pages import MachineText
from bot.domain.settings import SummarizerSettings
from bot.pipeline.events import problem
from bot.ports.enriching import EnrichStore, Writer
from bot.stories.features import is_written_in

LEAST_CHARS = 200
"""A shorter text is its own summary."""
PAUSE = timedelta(minutes=1)
"""How long an endpoint that failed is left alone, so that it delays no further alert."""
_TOLD = {
    "refused": "the summarizer refused",
    "slow": "the summarizer was too slow (summarizer.deadline)",
    "shape": "the summarizer answered something else than it was asked for",
    "language": "the summarizer wrote in another language than it was asked for",
    "budget": "the summarizer's requests of the day are used up (summarizer.per_day)",
}


@dataclass(slots=True, kw_only=True)
class MachineHelp:
    """Asks a machine, within a deadline and a budget, each thing once."""

    store: EnrichStore
    writer: Writer
    settings: SummarizerSettings
    clock: Callable[[], datetime]
    _told: set[str] = field(default_factory=set)
    _paused_until: datetime | None = None
    _under_way: dict[bytes, asyncio.Task[MachineText | None]] = field(default_factory=dict)

    async def assist(self, article: Article, text: str, language: str) -> MachineText | None:
        """Return what a machine makes of an article in a language; None where that is of no use, or goes wrong.

        Articles of a feed with a login stay in the house.
        """
        is_foreign = not is_same_language(article.language, language)
        if article.scope is not None or (len(text) < LEAST_CHARS and not is_foreign):
            return None
        digest = _digest(self.settings.model, language, article.title, text)
        if digest not in self._under_way:
            task = asyncio.create_task(self._make(digest, article.title, text, language))
            self._under_way[digest] = task
            task.add_done_callback(lambda _: self._under_way.pop(digest, None))
        return await asyncio.shield(self._under_way[digest])

    async def _make(self, digest: bytes, title: str, text: str, language: str) -> MachineText | None:
        try:
            async with asyncio.timeout(self.settings.deadline.total_seconds()):
                return await self.store.find_machine_text(digest) or await self._ask(digest, title, text, language)
        except TimeoutError:
            self._tell("slow")
        except WriterError as error:
            self._tell(error.kind, str(error))
        except TopicwireError as error:
            problem("what the summarizer wrote could not be kept or found", reason=str(error))
        return None

    async def _ask(self, digest: bytes, title: str, text: str, language: str) -> MachineText | None:
        now = self.clock()
        if self._paused_until is not None and now < self._paused_until:
            return None
        if not await self.store.claim_machine_call(now.date(), self.settings.per_day):
            raise WriterError("budget")
        made = await self.writer.write(title, text, language=language)
        if not is_written_in(f"{made.headline} {made.summary}", language):
            raise WriterError("language", language)
        self._told.clear()
        await self.store.save_machine_text(digest, made, now)
        return made

    def _tell(self, kind: str, reason: str = "") -> None:
        if kind != "budget":
            self._paused_until = self.clock() + PAUSE
        if kind not in self._told:
            self._told.add(kind)
            problem(f"{_TOLD[kind]}; the article's own sentences stand in", **({"reason": reason} if reason else {}))


def _digest(*parts: str) -> bytes:
    return blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).digest()
