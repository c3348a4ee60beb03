"""Workers that read documents; one that a document kills is replaced, and the document gets a problem in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import InputError
from bot.domain.feed_lists import FeedList
from bot.domain.finds import Page
from bot.feeds.discover import FoundLinks
from bot.feeds.document import Document, Limits, Source
from bot.feeds.killable import MEMORY, Fault, KillablePool, WorkerError
from bot.ports.together import Together

_ROOM = 200_000
"""So much is read in one go: a way to a worker and back costs as much as a small document."""
_MOST = 16
_GAP = 0.04
"""Seconds between two beginnings: documents that changed come in crowds."""
_READ_BEFORE = 10
"""By how much reading a document again is lighter than reading it first."""


class Workers:
    """A pool of parsing processes that starts with the first document, or before it by `start`."""

    def __init__(self, count: int, limits: Limits, *, memory: int = MEMORY) -> None:
        self._limits = limits
        self._pool = KillablePool(count, _load, memory=memory)
        self._firsts = Together(self._read_newest, weigh=_weigh_beginning, room=_ROOM, most=_MOST, lanes=max(count, 1))
        self._documents = Together(self._read, weigh=_weigh, room=_ROOM, most=_MOST, gap=_GAP, lanes=max(count, 1))

    def start(self) -> None:
        """Begin to start the processes, so that they are ready when the first document has come."""
        self._pool.start()

    async def parse(self, source: Source) -> Document:
        """Read a document in a worker; a document that kills its worker gets a problem in words."""
        try:
            return await self._documents.ask(source)
        except WorkerError as error:
            return Document(problem=self._explain(error.fault))

    async def parse_newest(self, source: Source) -> Document | None:
        """Read the newest items of a document in a worker, before whole documents that wait; None: no gain in it."""
        try:
            return await self._firsts.ask(source)
        except WorkerError:
            return None

    async def find_links(self, page: Page) -> FoundLinks:
        """Find what a page links as feeds in a worker; a page that kills its worker links none."""
        try:
            return await self._pool.run(_scan, self._limits.timeout.total_seconds(), page)
        except WorkerError:
            return (), ()

    async def read_list(self, body: bytes, allow: Sequence[str], content_type: str) -> FeedList:
        """Read a list of feeds in a worker; raises InputError where it is none, or kills its worker."""
        try:
            return await self._pool.run(_list, self._limits.timeout.total_seconds(), body, allow, content_type)
        except WorkerError:
            raise InputError("It takes too long to read; cut the list into smaller ones.") from None

    async def _read(self, sources: Sequence[Source]) -> list[Document]:
        """Read what came while the workers were busy; where that kills a worker, each is read by itself."""
        return await self._pool.run(_work, self._limits.timeout.total_seconds(), sources, self._limits)

    async def _read_newest(self, sources: Sequence[Source]) -> list[Document | None]:
        return await self._pool.run(_begin, self._limits.timeout.total_seconds(), sources, self._limits)

    def _explain(self, fault: Fault) -> str:
        seconds = self._limits.timeout.total_seconds()
        problems = {
            Fault.SLOW: f"reading it took longer than {seconds:g} seconds (fetch.parse_timeout)",
            Fault.MEMORY: "reading it takes too much memory",
            Fault.BROKEN: "reading it broke the reader down",
            Fault.CLOSING: "the reader is closing",
        }
        return problems[fault]

    async def close(self) -> None:
        """End the processes at once, also in the middle of a document; whoever waits for one is told."""
        await self._pool.close()


def _load() -> None:
    """Import the parser, in the worker alone: the main process never needs it."""
    import bot.feeds.parse  # noqa: F401


def _weigh(source: Source) -> int:
    return len(source.body) // (_READ_BEFORE if source.seen else 1)


def _weigh_beginning(source: Source) -> int:
    # Many in one go: what waits for a worker besides these takes its turn between two goes.
    return len(source.body) // _READ_BEFORE


def _work(sources: Sequence[Source], limits: Limits) -> list[Document]:
    from bot.feeds.parse import parse_document

    return [parse_document(source, limits) for source in sources]


def _begin(sources: Sequence[Source], limits: Limits) -> list[Document | None]:
    from bot.feeds.parse import parse_newest

    return [parse_newest(source, limits) for source in sources]


def _scan(page: Page) -> FoundLinks:
    from bot.feeds.discover import scan_page

    return scan_page(page)


def _list(body: bytes, allow: Sequence[str], content_type: str) -> FeedList:
    from bot.feeds.guard import Guard
    from bot.feeds.opml import read_opml

    return read_opml(body, Guard.of(allow), content_type)
