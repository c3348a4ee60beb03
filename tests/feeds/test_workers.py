"""Documents are read in processes that can be killed, and that leave nothing behind."""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import InputError
from bot.domain.finds import Page
from bot.feeds.document import Limits, Source
from bot.feeds.killable import do_bounded
from bot.feeds.workers import Workers, _work
from tests.feeds.fetching import LIMITS, rss

GOOD = Source(body=rss("<title>Talks resume</title>").encode())
# Twelve million bytes of text in one item keep the HTML reader busy for seconds.
SLOW = Source(body=rss("<title>x</title><description>" + "&lt;b&gt;w " * 400_000 + "</description>").encode())
# Small enough to be read together with others, and slow all the same.
BOMB = Source(body=gzip.compress(SLOW.body))


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    made = Workers(1, LIMITS)
    yield made
    await made.close()


async def test_a_document_is_read_in_another_process(workers: Workers) -> None:
    document = await workers.parse(GOOD)
    assert [entry.title for entry in document.entries] == ["Talks resume"]
    assert multiprocessing.active_children()


async def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    workers = Workers(1, Limits(max_bytes=100_000_000, max_entries=10, timeout=timedelta(seconds=0.05)))
    await workers.parse(GOOD)
    document = await workers.parse(SLOW)
    after = await workers.parse(GOOD)
    await workers.close()
    assert "took longer than 0.05 seconds" in document.problem
    assert after.entries or "took longer" in after.problem


async def test_a_worker_that_dies_is_replaced(workers: Workers) -> None:
    await workers.parse(GOOD)
    reading = asyncio.create_task(workers.parse(SLOW))
    await asyncio.sleep(0.2)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGKILL)
    assert (await reading).problem
    assert (await workers.parse(GOOD)).entries


async def test_several_documents_are_read_at_once_and_answered_each(workers: Workers) -> None:
    sources = [Source(body=rss(f"<title>T{number}</title>").encode()) for number in range(50)]
    documents = await asyncio.gather(*map(workers.parse, sources))
    assert [document.entries[0].title for document in documents] == [f"T{number}" for number in range(50)]


async def test_a_document_that_takes_too_much_memory_is_given_up_and_the_next_one_is_read() -> None:
    workers = Workers(1, LIMITS, memory=48_000_000)
    # One letter beyond the basic plane makes each of nine million letters take four bytes.
    document = await workers.parse(Source(body=rss("<title>\U00010000" + "a" * 9_000_000 + "</title>").encode()))
    after = await workers.parse(GOOD)
    await workers.close()
    assert document.problem == "reading it takes too much memory"
    assert after.entries


async def test_closing_is_quick_in_the_middle_of_a_document_and_leaves_no_process() -> None:
    workers = Workers(2, LIMITS)
    await workers.parse(GOOD)
    reading = asyncio.create_task(workers.parse(SLOW))
    await asyncio.sleep(0.1)
    began = time.perf_counter()
    await workers.close()
    assert time.perf_counter() - began < 1.0
    assert multiprocessing.active_children() == []
    assert "closing" in (await reading).problem
    assert "closing" in (await workers.parse(GOOD)).problem


async def test_a_document_that_kills_its_worker_spoils_none_that_came_with_it() -> None:
    workers = Workers(1, Limits(max_bytes=100_000_000, max_entries=10, timeout=timedelta(seconds=0.3)), memory=10**9)
    first = asyncio.create_task(workers.parse(GOOD))
    together = [asyncio.create_task(workers.parse(source)) for source in (GOOD, BOMB, GOOD)]
    await first
    before, bad, after = await asyncio.gather(*together)
    await workers.close()
    assert "took longer" in bad.problem
    assert before.entries
    assert after.entries


OPML = b"<opml version='2.0'><body><outline xmlUrl='https://outlet.example/rss' text='Outlet'/></body></opml>"


async def test_a_list_of_feeds_is_read_in_a_worker_and_what_is_wrong_with_one_is_said(workers: Workers) -> None:
    listed = await workers.read_list(OPML, (), "")
    assert [feed.url for feed in listed.feeds] == ["https://outlet.example/rss"]
    with pytest.raises(InputError, match="not OPML"):
        await workers.read_list(b"<rss/>", (), "")
    await workers.close()
    with pytest.raises(InputError, match="too long"):
        await workers.read_list(OPML, (), "")


async def test_a_page_is_searched_in_a_worker_and_links_nothing_where_there_is_none(workers: Workers) -> None:
    page = Page(url="https://outlet.example/", body=b"<link rel=alternate type=application/rss+xml href=/rss>")
    links, anchors = await workers.find_links(page)
    assert ([link.url for link in links], list(anchors)) == (["https://outlet.example/rss"], [])
    await workers.close()
    assert await workers.find_links(page) == ((), ())


async def test_who_stops_waiting_keeps_nobody_from_the_worker(workers: Workers) -> None:
    await workers.parse(GOOD)
    reading = asyncio.create_task(workers.parse(SLOW))
    await asyncio.sleep(0.1)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert (await workers.parse(GOOD)).entries


async def test_closing_what_never_started_does_nothing() -> None:
    await Workers(1, LIMITS).close()


async def test_ctrl_c_is_left_to_the_parent(workers: Workers, capfd: pytest.CaptureFixture[str]) -> None:
    workers.start()
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGINT)
    await workers.parse(GOOD)
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGINT)
    assert (await workers.parse(GOOD)).entries
    assert capfd.readouterr().err == ""


def test_a_document_is_bounded_by_its_own_processor_time() -> None:
    code = "import sys; from tests.feeds.test_workers import work; work()"
    done = subprocess.run([sys.executable, "-c", code], env=_environment(), timeout=60, check=False)
    assert done.returncode == -signal.SIGPROF


def work() -> None:
    limits = Limits(max_bytes=100_000_000, max_entries=10, timeout=timedelta(seconds=0.05))
    do_bounded(_work, 0.05, ([SLOW], limits), {})


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


PROGRAM = """
import asyncio, multiprocessing, sys
from datetime import timedelta
from pathlib import Path
import aiohttp
from bot.domain.errors import InputError
from bot.domain.finds import Page
from bot.feeds.document import Limits, Source
from bot.feeds.workers import Workers

async def main():
    workers = Workers(1, Limits(max_bytes=1000, max_entries=10, timeout=timedelta(seconds=10)))
    await workers.parse(Source(body=b"<rss/>"))
    for child in multiprocessing.active_children():
        maps = Path(f"/proc/{child.pid}/maps").read_text()
        print("selectolax" in maps, "aiohttp" in maps)
    await workers.close()

asyncio.run(main())
"""


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="this system does not tell what a process has loaded")
def test_a_worker_imports_the_parser_and_nothing_of_the_main_program(tmp_path: Path) -> None:
    script = tmp_path / "program.py"  # without a guard for `__main__`: it would run once more in each worker
    script.write_text(PROGRAM, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=_environment(), timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("True False\n", "")


ALONE = """
import asyncio, gc, os
from bot.feeds.killable import KillablePool

async def work():
    pool = KillablePool(1, gc.collect)
    assert await pool.run(os.getpid, 20) != os.getpid()
    await pool.close()

asyncio.run(work())
"""


@pytest.mark.slow
def test_a_file_of_the_working_folder_is_nobodys_module(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "main.py").write_text(ALONE)
    (tmp_path / "signal.py").write_text("raise SystemExit('not the module that was meant')")
    done = subprocess.run(
        [sys.executable, "program/main.py"],
        cwd=tmp_path,
        env=_environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
