"""SIGHUP: feeds are read anew without ending the process; what is wrong in them is told, and all stays as it was."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.blackbox.program import program


async def test_sighup_reads_feeds_anew_and_an_error_keeps_what_was(tmp_path: Path) -> None:
    async with program(tmp_path, "ledger") as running:
        file, process = running.folder / "feeds.toml", running.pid
        good = file.read_text(encoding="utf-8")
        seen = len(running.events)
        file.write_text(good + '[[feeds]]\nurl = "ftp://wrong.example"\n', encoding="utf-8")
        os.kill(process, signal.SIGHUP)
        told = await running.until(lambda e: e.get("what", "").startswith("SIGHUP"), since=seen)
        assert told["what"] == "SIGHUP: nothing was changed"
        assert "feed 2: url is missing or not an http or https address" in told["reason"]
        await running.until(lambda e: e["event"] == "poll", since=len(running.events))
        running.papers["courier"] = running.feeds.feed("/courier.xml", title="courier")
        running.papers["courier"].add(title="The courier begins", text="A first notice to readers.")
        more = f'[[feeds]]\nurl = "{running.feeds.url("/courier.xml")}"\ntitle = "courier"\n'
        file.write_text(good + more, encoding="utf-8")
        seen = len(running.events)
        # As `systemctl kill` and a closed terminal send it: to every process of the program.
        for each in (process, *list_children(process)):
            os.kill(each, signal.SIGHUP)
        await running.until(lambda e: e["event"] == "start", since=seen)
        await running.until(lambda e: e["event"] == "poll" and e["feed"] == 2 and e["outcome"] == "new", since=seen)
        assert running.pid == process
        assert running.noise == []


def list_children(process: int) -> list[int]:
    """The program's own processes: workers, grouping, and what cleans up after them."""
    files = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(number) for file in files for number in file.read_text(encoding="ascii").split()]
    assert len(children) >= 3
    return children
