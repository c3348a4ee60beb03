"""Workers that read documents; one that a document kills is replaced, and the document gets a problem in words."""

from __future__ import annotations

from bot.feeds.document import Document, Limits, Source
from bot.feeds.killable import MEMORY, Fault, KillablePool, WorkerError


class Workers:
    """A pool of parsing processes that starts with the first document, or before it by `start`."""

    def __init__(self, count: int, limits: Limits, *, memory: int = MEMORY) -> None:
        self._limits = limits
        self._pool = KillablePool(count, _load, memory=memory)

    def start(self) -> None:
        """Begin to start the processes, so that they are ready when the first document has come."""
        self._pool.start()

    async def parse(self, source: Source) -> Document:
        """Read a document in a worker; a document that kills its worker gets a problem in words."""
        seconds = self._limits.timeout.total_seconds()
        problems = {
            Fault.SLOW: f"reading it took longer than {seconds:g} seconds (fetch.parse_timeout)",
            Fault.MEMORY: "reading it takes too much memory",
            Fault.BROKEN: "reading it broke the reader down",
            Fault.CLOSING: "the reader is closing",
        }
        try:
            return await self._pool.run(_work, seconds, source, self._limits)
        except WorkerError as error:
            return Document(problem=problems[error.fault])

    async def close(self) -> None:
        """End the processes at once, also in the middle of a document; whoever waits for one is told."""
        await self._pool.close()


def _load() -> None:
    """Import the parser, in the worker alone: the main process never needs it."""
    import bot.feeds.parse  # noqa: F401


def _work(source: Source, limits: Limits) -> Document:
    from bot.feeds.parse import parse_document

    return parse_document(source, limits)
