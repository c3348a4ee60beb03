"""What a kill -9 leaves: committed rows stay, leases end, and an unknown outcome is known to be unknown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.alerts import DeliveryStatus
from bot.storage.store import SETTLE_AFTER, open_store
from tests.shared_data import ROOT
from tests.storage.making import LEASE, NOW, claim

CHILD = """
import asyncio, os, signal, sys
from bot.storage.store import open_store
from tests.storage.making import NOW, Told, add_channel, add_feed, arrival, bring, claim, gather_story, poll_of

async def main(path, point):
    store = await open_store(path, exclusive=True)
    feed = await add_feed(store, "wire")
    await store.claim_due_feeds(NOW, NOW - NOW.replace(hour=1), 10)
    channels = [await add_channel(store, name) for name in ("one", "two")]
    articles = await bring(store, feed, "a")
    await store.claim_due_feeds(NOW.replace(hour=23), NOW - NOW.replace(hour=1), 10)
    if point == "inside the poll transaction":
        async with store.database.write() as db:
            await db.exec_driver_sql("DELETE FROM articles")
            os.kill(os.getpid(), signal.SIGKILL)
    await gather_story(store, articles, *(Told(channel=channel) for channel in channels))
    first, second = await claim(store)
    await store.mark_sending([first.id], NOW)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main(*sys.argv[1:]))
"""


def kill_at(path: Path, point: str) -> None:
    command = [sys.executable, "-c", CHILD, str(path), point]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.fixture(autouse=True)
def _same_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.fspath(ROOT))


async def test_a_kill_between_send_and_record_leaves_an_unknown_outcome(path: Path) -> None:
    kill_at(path, "while sending")
    store = await open_store(path, exclusive=True)
    await store.take_over(NOW)
    [untouched] = await claim(store, NOW)
    assert untouched.status is DeliveryStatus.PENDING
    assert await claim(store, NOW + SETTLE_AFTER / 2) == []
    again = {d.id: d for d in await claim(store, NOW + LEASE)}
    [unsure] = [d for d in again.values() if d.id != untouched.id]
    assert (unsure.status, unsure.first_tried_at, unsure.attempts) == (DeliveryStatus.SENDING, NOW, 1)
    assert len(again) == 2
    await store.close()


async def test_a_kill_inside_a_transaction_leaves_what_was_there(path: Path) -> None:
    kill_at(path, "inside the poll transaction")
    store = await open_store(path, exclusive=True)
    await store.take_over(NOW)
    assert [article.title for article in await store.list_ungathered(10)] == ["Title a"]
    assert await store.next_feed_due_at() is not None
    assert (await store.next_feed_due_at() or NOW) < NOW.replace(hour=14)
    await store.close()
