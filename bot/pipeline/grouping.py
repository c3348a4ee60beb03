"""Where the open stories live: in this process, or in one of their own that no feed or message waits for.

Gather hands articles in and hears their groups. What the process holds is kept by the store as well, with every
gathering: when the process dies, or what it said could not be written, another begins with what the store says.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from bot.domain.errors import TopicwireError
from bot.domain.groups import OpenGroups
from bot.domain.models import StoryId
from bot.feeds.spawning import BareContext
from bot.stories.grouping import Grouped, Grouper, GroupId, GroupItem

PATIENCE = timedelta(minutes=5)
"""A batch takes a second; what takes this long never ends."""


Parted = tuple[Sequence[GroupId], Sequence[tuple[StoryId, GroupItem]]]
"""Groups that end, and their articles with the story that each is of now."""


class Grouping(Protocol):
    """The open stories, wherever they live."""

    async def restore(self, kept: OpenGroups) -> Sequence[GroupId]:
        """Begin anew with what was kept; tells each state's group."""

    async def recall(self, known: Sequence[tuple[StoryId, GroupItem]]) -> dict[GroupId, StoryId]:
        """Take in articles whose story is known; tells each group's story."""

    async def regroup(self, told: Parted) -> dict[GroupId, StoryId]:
        """Close groups and make others of their articles; tells each new group's story."""

    async def take(self, items: Sequence[GroupItem]) -> Grouped:
        """Decide the groups of a batch."""

    async def close(self) -> None:
        """Forget everything."""


class GroupingHere:
    """The open stories in this process, in a thread beside the event loop."""

    def __init__(self) -> None:
        self._grouper = Grouper()

    async def restore(self, kept: OpenGroups) -> Sequence[GroupId]:
        """Begin anew with what was kept; tells each state's group."""
        self._grouper = Grouper()
        return await asyncio.to_thread(self._grouper.restore, kept)

    async def recall(self, known: Sequence[tuple[StoryId, GroupItem]]) -> dict[GroupId, StoryId]:
        """Take in articles whose story is known; tells each group's story."""
        return await asyncio.to_thread(self._grouper.recall, known)

    async def regroup(self, told: Parted) -> dict[GroupId, StoryId]:
        """Close groups and make others of their articles; tells each new group's story."""
        return await asyncio.to_thread(self._grouper.regroup, told)

    async def take(self, items: Sequence[GroupItem]) -> Grouped:
        """Decide the groups of a batch."""
        return await asyncio.to_thread(self._grouper.take, items)

    async def close(self) -> None:
        """Forget everything."""
        self._grouper = Grouper()


class GroupingLostError(TopicwireError):
    """The process of the open stories is gone."""


class GroupingApart:
    """The open stories in a process of their own, which ends with this one, however that ends."""

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self.patience = patience
        self._process: BaseProcess | None = None
        self._line: Connection[Any, Any] | None = None
        self._turn = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The number of the process, None while there is none."""
        return None if self._process is None else self._process.pid

    async def restore(self, kept: OpenGroups) -> Sequence[GroupId]:
        """Begin anew with what was kept, in a new process; tells each state's group."""
        async with self._turn:
            await asyncio.to_thread(self._end)
            await asyncio.to_thread(self._begin)
        return await self._ask("restore", kept)  # type: ignore[no-any-return]

    async def recall(self, known: Sequence[tuple[StoryId, GroupItem]]) -> dict[GroupId, StoryId]:
        """Take in articles whose story is known; tells each group's story."""
        return await self._ask("recall", known)  # type: ignore[no-any-return]

    async def regroup(self, told: Parted) -> dict[GroupId, StoryId]:
        """Close groups and make others of their articles; tells each new group's story."""
        return await self._ask("regroup", told)  # type: ignore[no-any-return]

    async def take(self, items: Sequence[GroupItem]) -> Grouped:
        """Decide the groups of a batch."""
        return await self._ask("take", items)  # type: ignore[no-any-return]

    async def close(self) -> None:
        """End the process; whoever waits for an answer is told."""
        await asyncio.to_thread(self._end)

    async def _ask(self, verb: str, told: object) -> Any:
        """Ask the process; raises GroupingLostError where it is gone, hangs or failed. It is ended then."""
        async with self._turn:
            try:
                answer = await asyncio.to_thread(self._talk, verb, told)
            except BaseException:
                # An answer that nobody waits for any more would be taken for the next one's.
                self._end()
                raise
        if isinstance(answer, _Failure):
            raise GroupingLostError(f"grouping failed: {answer.reason}; it begins again with what the store holds")
        return answer

    def _talk(self, verb: str, told: object) -> object:
        line = self._line
        if line is None:
            raise GroupingLostError("grouping has no process; it begins again with what the store holds")
        try:
            line.send((verb, told))
            if not line.poll(self.patience.total_seconds()):
                raise GroupingLostError(f"grouping gave no answer for {self.patience}; it begins again")
            return line.recv()
        except (EOFError, OSError) as error:
            raise GroupingLostError(
                "the process of grouping died; it begins again with what the store holds"
            ) from error

    def _begin(self) -> None:
        context = BareContext()
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="topicwire-grouping", daemon=True)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        process, self._process = self._process, None
        line, self._line = self._line, None
        if process is not None:
            process.kill()
            process.join()
        if line is not None:
            line.close()


class _Failure:
    """What went wrong over there, in words: an error itself may not come through."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def serve(line: Connection[Any, Any]) -> None:
    """Hold the open stories and answer, until the other side is gone."""
    grouper = Grouper()
    with contextlib.suppress(EOFError, OSError):
        while True:
            verb, told = line.recv()
            try:
                answer = getattr(grouper, verb)(told)
            except Exception as error:  # noqa: BLE001 - whatever it was, the other side must hear of it and begins anew
                answer = _Failure(str(error) or type(error).__name__)
            line.send(answer)
