"""Pages: alerts under way whose articles are bare headlines -> their pages' text, kept; waited for up to a deadline.

Reading begins when an alert is decided, not when it is shown, so that an alert waits for what is left of the deadline
and goes out without the page where that is late. What comes later is kept, and the messages without it are edited.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.errors import TopicwireError
from bot.domain.models import Article, ArticleId
from bot.domain.pages import PageText
from bot.domain.settings import PagesSettings
from bot.domain.text import fold
from bot.domain.urls import shown_host
from bot.pipeline.bells import Bells
from bot.ports.enriching import EnrichStore, PageReader

log = logging.getLogger(__name__)
IDLE = timedelta(minutes=1)
FRESH = timedelta(days=1)
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Reading:
    task: asyncio.Task[PageText]
    began: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Reads pages, each once; whoever needs one waits for it a little."""

    store: EnrichStore
    reader: PageReader
    bells: Bells
    clock: Callable[[], datetime]
    settings: PagesSettings = PagesSettings()
    _readings: dict[ArticleId, _Reading] = field(default_factory=dict)
    _missed: set[ArticleId] = field(default_factory=set)

    async def run(self) -> None:
        """Begin to read what alerts need, until cancelled."""
        while True:
            await self.begin()
            await self.bells.enrich.wait(IDLE)

    async def begin(self) -> None:
        """Begin to read the pages that alerts under way need, without waiting for any."""
        since = self.clock() - FRESH
        for article in await self.store.list_headlines(self.settings.headline_chars, since, AT_ONCE):
            if self._is_bare(article):
                self._start(article)

    async def choose(self, articles: Sequence[Article]) -> tuple[Article, str]:
        """Choose the article that a story is summed up from, with its text or its page's, within the deadline."""
        told = next((a for a in articles if not self._is_bare(a)), None)
        if told is not None:
            return told, told.text
        # Whoever pays for a feed pays for its pages too: without a login they would give a wall.
        bare = next((a for a in articles if a.link and a.scope is None), None)
        text = await self._text_of(bare) if bare is not None else ""
        if bare is not None and text:
            return bare, text
        first = next((a for a in articles if a.text), articles[0])
        return first, first.text

    async def close(self) -> None:
        """Stop reading."""
        tasks = [reading.task for reading in self._readings.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _is_bare(self, article: Article) -> bool:
        """Tell whether an article is only a headline; some feeds say it twice."""
        said, text = fold(article.title), fold(article.text)
        beyond = len(text) - len(said) if text.startswith(said) else len(text)
        return beyond < self.settings.headline_chars

    async def _text_of(self, article: Article) -> str:
        try:
            kept = (await self.store.list_pages([article.id])).get(article.id)
        except TopicwireError as error:
            log.warning("pages cannot be looked up: %s", error)
            return ""
        if kept is not None:
            return kept.text
        if len(self._readings) >= AT_ONCE and article.id not in self._readings:
            return ""
        reading = self._start(article)
        done, _ = await asyncio.wait({reading.task}, timeout=max(self._left(article, reading), 0.0))
        if not done:
            self._missed.add(article.id)
        is_read = bool(done) and not reading.task.cancelled() and reading.task.exception() is None
        return reading.task.result().text if is_read else ""

    def _left(self, article: Article, reading: _Reading) -> float:
        """Tell how many seconds of the deadline are left: since the article came, or since its page was first wanted.

        So a flood of headlines from a slow site delays no alert by more than one deadline in all.
        """
        waited = asyncio.get_running_loop().time() - reading.began
        known = (self.clock() - article.seen_at).total_seconds()
        return self.settings.deadline.total_seconds() - max(waited, known)

    def _start(self, article: Article) -> _Reading:
        if article.id not in self._readings:
            task = asyncio.create_task(self._read(article))
            self._readings[article.id] = _Reading(task, asyncio.get_running_loop().time())
            task.add_done_callback(lambda _: self._forget(article.id))
        return self._readings[article.id]

    def _forget(self, article_id: ArticleId) -> None:
        self._readings.pop(article_id, None)
        self._missed.discard(article_id)

    async def _read(self, article: Article) -> PageText:
        try:
            page = await self.reader.read_page(article.link or "")
            if page.problem:
                log.debug("no page text of %s: %s", shown_host(article.link or ""), page.problem)
            await self._keep(article.id, page)
        except TopicwireError as error:
            log.warning("a page could not be kept: %s", error)
            return PageText(problem=str(error))
        return page

    async def _keep(self, article_id: ArticleId, page: PageText) -> None:
        is_late = article_id in self._missed
        await self.store.save_page(article_id, page, self.clock(), is_late=is_late)
        if not is_late and article_id in self._missed:  # an alert stopped waiting while the page was being kept
            await self.store.save_page(article_id, page, self.clock(), is_late=True)
        if article_id in self._missed:
            self.bells.deliver.ring()
