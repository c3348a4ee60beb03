"""Writes that are asked for at about the same time, made as one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Together(Generic[Item, Result]):
    """Gathers what is asked while a write is under way into the next one: a commit waits for the disk.

    `write` gets the items in the order they were asked and returns a result for each; where it fails, each asker fails.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def ask(self, item: Item) -> Result:
        """Write an item, alone or with others; returns once it is written."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        return await answer

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                await self._write_some(some)
        finally:
            self._writing = None

    async def _write_some(self, some: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._write([item for item, _ in some])
        except Exception as error:  # noqa: BLE001 - it is the askers' to handle
            for _, answer in some:
                if not answer.done():
                    answer.set_exception(error)
            return
        for (_, answer), result in zip(some, results, strict=True):
            if not answer.done():
                answer.set_result(result)
