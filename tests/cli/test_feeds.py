"""`topicwire feeds check` over real sockets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.feeds.fetching import rss
from tests.servers.feeds import FeedServer


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with no feed declared."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOPICWIRE_FEEDS__FILES", "[]")
    return tmp_path


async def run(server: FeedServer, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setenv("TOPICWIRE_FETCH__ALLOW", server.address)
    return await asyncio.to_thread(main, ["feeds", "check", *arguments])


@pytest.mark.usefixtures("folder")
async def test_a_good_feed_is_explained_and_a_bad_one_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FeedServer() as server:
        server.page("/old", redirect="/feed")
        server.page("/feed", rss("<title>Talks</title><guid>1</guid>"), headers={"Cache-Control": "max-age=2400"})
        code = await run(server, monkeypatch, server.url("/old"), server.url("/none?key=secret"))
        told = capsys.readouterr().out
        assert code == 1
        assert "read: “Outlet”, 1 entry" in told
        assert "stays fresh for 40 minutes" in told
        assert "problem: it has moved for good to" in told
        assert "failed: there is nothing at this address (404)" in told
        assert "what to do: Look for the feed's new address" in told
        assert "secret" not in told
        assert await run(server, monkeypatch, server.url("/feed"), "--json") == 0
        (row,) = map(json.loads, capsys.readouterr().out.splitlines())
        assert (row["outcome"], row["entries"], row["trouble"]) == ("new", 1, None)


async def test_a_declared_feed_is_asked_with_its_login(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with FeedServer() as server:
        server.page("/feed", rss("<title>Talks</title><guid>1</guid>"))
        row = f'[[feeds]]\nurl = "{server.url("/feed")}"\nworkspace = "slack:T1"\ncookie = {{ env = "PAID" }}\n'
        (folder / "mine.toml").write_text(row, encoding="utf-8")
        monkeypatch.setenv("TOPICWIRE_FEEDS__FILES", "mine.toml")
        monkeypatch.setenv("PAID", "session=1")
        assert await run(server, monkeypatch) == 0
        assert server.calls[0].headers["Cookie"] == "session=1"
    assert "session=1" not in "".join(capsys.readouterr())


@pytest.mark.usefixtures("folder")
def test_what_is_no_address_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "check", "outlet.example/feed"]) == 2
    assert "begins with https://" in capsys.readouterr().err
