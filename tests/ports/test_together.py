"""Writes asked for at about the same time are made as one, and each asker hears of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.ports.together import Together


class Slow:
    """A write that waits until it is let go; `writes` are the items of each."""

    def __init__(self) -> None:
        self.writes: list[list[int]] = []
        self.fails = False
        self.gate, self.began = asyncio.Event(), asyncio.Event()

    async def write(self, items: Sequence[int]) -> list[int]:
        self.writes.append(list(items))
        self.began.set()
        await self.gate.wait()
        if self.fails:
            raise OSError("the disk is full")
        return [10 * item for item in items]


async def test_what_is_asked_during_a_write_is_the_next_one() -> None:
    slow = Slow()
    together = Together(slow.write)
    asked = [asyncio.create_task(together.ask(item)) for item in range(5)]
    await slow.began.wait()
    late = [asyncio.create_task(together.ask(item)) for item in (5, 6)]
    await asyncio.sleep(0)
    slow.gate.set()
    assert await asyncio.gather(*asked, *late) == [0, 10, 20, 30, 40, 50, 60]
    assert slow.writes == [[0, 1, 2, 3, 4], [5, 6]]
    assert await together.ask(7) == 70


async def test_a_write_that_fails_fails_for_all_who_asked_and_for_nobody_after() -> None:
    slow = Slow()
    slow.fails = True
    slow.gate.set()
    together = Together(slow.write)
    asked = await asyncio.gather(together.ask(1), together.ask(2), return_exceptions=True)
    assert [str(error) for error in asked] == ["the disk is full"] * 2
    slow.fails = False
    assert await together.ask(3) == 30


async def test_who_no_longer_waits_keeps_nobody_from_hearing() -> None:
    slow = Slow()
    together = Together(slow.write)
    gone, there = asyncio.create_task(together.ask(1)), asyncio.create_task(together.ask(2))
    await slow.began.wait()
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    slow.gate.set()
    assert await there == 20


async def test_a_piece_that_fails_for_several_is_tried_for_each_alone() -> None:
    tried: list[list[int]] = []

    async def work(items: Sequence[int]) -> list[int]:
        tried.append(list(items))
        if 2 in items:
            raise OSError("nothing to be done for two")
        return [10 * item for item in items]

    together = Together(work)
    answers = await asyncio.gather(*(together.ask(item) for item in (1, 2, 3)), return_exceptions=True)
    assert [answers[0], str(answers[1]), answers[2]] == [10, "nothing to be done for two", 30]
    assert tried == [[1, 2, 3], [1], [2], [3]]


async def test_one_piece_takes_what_fits_and_the_first_always() -> None:
    slow = Slow()
    slow.gate.set()
    together = Together(slow.write, weigh=lambda item: item, room=10, most=3)
    await asyncio.gather(*(together.ask(item) for item in (12, 4, 7, 5, 0, 0, 6)))
    assert slow.writes == [[12, 0, 0], [4, 5], [7], [6]]


async def test_what_has_a_weight_waits_for_company_and_who_comes_after_a_quiet_time_does_not() -> None:
    slow = Slow()
    slow.gate.set()
    together = Together(slow.write, weigh=lambda item: item, room=100, gap=0.05)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await together.ask(1)
    first = loop.time() - began
    waiting = [asyncio.create_task(together.ask(2))]
    await asyncio.sleep(0.01)
    waiting.append(asyncio.create_task(together.ask(3)))
    await asyncio.gather(*waiting)
    assert slow.writes == [[1], [2, 3]]
    assert first < 0.05 <= loop.time() - began


async def test_nothing_is_done_for_who_no_longer_waits_when_its_turn_comes() -> None:
    slow = Slow()
    together = Together(slow.write)
    first = asyncio.create_task(together.ask(1))
    await slow.began.wait()
    gone = asyncio.create_task(together.ask(2))
    await asyncio.sleep(0)
    gone.cancel()
    slow.gate.set()
    assert await first == 10
    assert await together.ask(3) == 30
    assert slow.writes == [[1], [3]]


async def test_so_many_pieces_are_under_way_as_there_are_lanes() -> None:
    slow = Slow()
    together = Together(slow.write, weigh=lambda _: 1, room=2, lanes=2)
    asked = [asyncio.create_task(together.ask(item)) for item in range(5)]
    await slow.began.wait()
    await asyncio.sleep(0)
    assert slow.writes == [[0, 1], [2, 3]]
    slow.gate.set()
    assert await asyncio.gather(*asked) == [0, 10, 20, 30, 40]
    assert slow.writes == [[0, 1], [2, 3], [4]]
