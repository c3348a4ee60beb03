"""Work asked for at about the same time, done as one: a commit waits for the disk, a statement for its thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Asked = tuple[Item, asyncio.Future[Result]]


def _nothing(_: object) -> int:
    return 0


class Together(Generic[Item, Result]):
    """Gathers what is asked while work is under way into the next piece of work.

    `work` gets the items in the order they were asked and returns a result for each; where it fails for several, each
    is tried alone, so that what is wrong with one spoils no other. One piece takes at most `most` items whose weights
    fit into `room` (the first fits always). Items with a weight wait for company until `gap` seconds after the last
    piece began; who comes first after a quiet time does not wait. `lanes` pieces are under way at a time.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]],
        *,
        weigh: Callable[[Item], int] = _nothing,
        room: int = 0,
        most: int | None = None,
        gap: float = 0.0,
        lanes: int = 1,
    ) -> None:
        self._work = work
        self._weigh = weigh
        self._room = room
        self._most = most
        self._gap = gap
        self._next_at = 0.0
        self._waiting: list[Asked[Item, Result]] = []
        self._working: set[asyncio.Task[None]] = set()
        self._free = lanes

    async def ask(self, item: Item) -> Result:
        """Have an item done, alone or with others; returns its result once it is."""
        answer: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._work_off())
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return await answer

    async def _work_off(self) -> None:
        try:
            while self._waiting:
                if self._weigh(self._waiting[0][0]):
                    await self._keep_apart()
                if some := self._take():
                    await self._do(some)
        finally:
            self._free += 1

    async def _keep_apart(self) -> None:
        now = asyncio.get_running_loop().time()
        begins = max(now, self._next_at)
        self._next_at = begins + self._gap
        if begins > now:
            await asyncio.sleep(begins - now)

    def _take(self) -> list[Asked[Item, Result]]:
        """Take the first, and those after it while they fit; who stopped waiting is left out."""
        waiting = [asked for asked in self._waiting if not asked[1].done()]
        taken, left, room = waiting[:1], list[Asked[Item, Result]](), self._room
        room -= sum(self._weigh(item) for item, _ in taken)
        for asked in waiting[1:]:
            weight = self._weigh(asked[0])
            is_fitting = weight <= max(room, 0) and (self._most is None or len(taken) < self._most)
            room -= weight if is_fitting else 0
            (taken if is_fitting else left).append(asked)
        self._waiting = left
        return taken

    async def _do(self, some: Sequence[Asked[Item, Result]]) -> None:
        try:
            results = await self._work([item for item, _ in some])
        except Exception as error:  # noqa: BLE001 - it is the asker's to handle
            if len(some) > 1:
                for asked in some:
                    await self._do([asked])
            elif not some[0][1].done():
                some[0][1].set_exception(error)
            return
        for (_, answer), result in zip(some, results, strict=True):
            if not answer.done():
                answer.set_result(result)
