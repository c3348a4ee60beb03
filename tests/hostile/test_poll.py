"""The whole poll over everything hostile, with a real database: a word and a reason for each feed, and no exception."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.feeds import Outcome
from bot.domain.models import EVERYONE, WorkspaceId
from bot.domain.settings import FetchSettings
from bot.domain.views import FeedLine
from bot.pipeline.bells import Bells
from bot.pipeline.poll import LEASE, Poller
from bot.storage.store import SqlStore, open_store
from tests.feeds.fetching import NOW, open_fetcher
from tests.hostile.collection import list_documents
from tests.hostile.server import HostileServer, Play
from tests.hostile.specimens import Specimen
from tests.hostile.tricks import MAX_BYTES, SECONDS, TRICKS, feed
from tests.newsroom import SetClock

HERE = WorkspaceId("here")
HOUR = timedelta(hours=1)
PATIENCE = timedelta(seconds=15)
MOST_LAG = 2.0
"""Seconds that the event loop may stand still, the server's own work in the same loop included."""


@pytest.mark.slow
async def test_a_poll_of_everything_hostile_leaves_every_feed_with_a_word_and_a_reason(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = [specimen for specimen in list_documents() if len(specimen.make()) < MAX_BYTES]
    plays = {trick.path: trick.play for trick in TRICKS} | {f"/{doc.name}": _serve(doc) for doc in documents}
    waited = f"within {PATIENCE.total_seconds():g} seconds"
    expected = {trick.path: trick.reason.replace(f"within {SECONDS} seconds", waited) for trick in TRICKS}
    for specimen in documents:
        expected[f"/{specimen.name}"] = specimen.reason.replace("10,000,000", f"{MAX_BYTES:,}")
    store = await open_store(tmp_path / "hostile.db", exclusive=True)
    async with HostileServer(plays, hosts=60) as server:
        settings = FetchSettings(
            allow=tuple(server.addresses), timeout=PATIENCE, max_bytes=MAX_BYTES, min_interval=HOUR
        )
        for number, path in enumerate(["/good", *expected]):
            await _add(store, server.url(path, number))
        async with open_fetcher(settings) as fetcher:
            poller = Poller(store=store, fetcher=fetcher, settings=settings, bells=Bells(), clock=SetClock(NOW))
            with caplog.at_level(logging.WARNING):
                lag = await _poll_watching(poller, len(expected) + 1)
    feeds = await _look(store)
    await store.close()
    said = {path: feeds[path].problem for path in expected}
    assert {path: (said[path], expected[path]) for path in expected if said[path] != expected[path]} == {}
    assert feeds["/good"].outcome is Outcome.NEW
    for path, reason in expected.items():
        assert (feeds[path].outcome is Outcome.FAILED) is bool(reason), path
    assert not [record for record in caplog.records if record.exc_info]
    print(Counter(str(found.outcome) for found in feeds.values()), f"longest lag of the loop: {lag:.2f} s")
    assert lag < MOST_LAG


def _serve(specimen: Specimen) -> Play:
    label = specimen.content_type or "application/xml"
    return feed(f"Content-Type: {label}", body=specimen.make())


async def _add(store: SqlStore, url: str) -> None:
    await store.add_feed(url=url, title="", language=None, interval=HOUR, workspace=EVERYONE, actor="t", now=NOW)


async def _poll_watching(poller: Poller, count: int) -> float:
    """Poll all feeds; returns the longest time in seconds for which the event loop did not turn."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            longest = max(longest, time.perf_counter() - began - 0.01)

    watcher = asyncio.create_task(watch())
    assert await poller.poll_due() == count
    watcher.cancel()
    return longest


async def _look(store: SqlStore) -> dict[str, FeedLine]:
    lines = {line.id: line for line in await store.list_feeds(HERE)}
    found = await store.claim_due_feeds(NOW + timedelta(days=30), LEASE, 1_000)
    return {f"/{feed.url.partition('//')[2].partition('/')[2]}": lines[feed.id] for feed in found}
