"""`topicwire feeds import|export|remove`: what comes in and out, beside a database in use, and how it ends."""

from __future__ import annotations

import asyncio
import io
import sqlite3
import sys
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.domain.models import EVERYONE, Place, WorkspaceId
from bot.feeds.guard import Guard
from bot.feeds.opml import read_opml_text
from bot.storage.store import SqlStore, open_store
from tests.servers.feeds import FeedServer

HERE = WorkspaceId("test:1")
LIST = """<opml><body><outline text="Asia"><outline text="Alpha & Co" xmlUrl="https://alpha.example/rss"/></outline>
<outline text="Beta" xmlUrl="https://beta.example/rss"/><outline text="Beta" xmlUrl="http://beta.example/rss"/>
</body></opml>"""
Work = Callable[[SqlStore], Coroutine[Any, Any, Any]]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a database with one workspace, and let the command line use it."""
    path = tmp_path / "topicwire.db"
    monkeypatch.setenv("TOPICWIRE_DATABASE", str(path))
    monkeypatch.chdir(tmp_path)

    async def make() -> None:
        store = await open_store(path, exclusive=True)
        await store.add_channel(Place(platform="test", workspace=HERE, channel="c"))
        await store.close()

    asyncio.run(make())
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.opml"
    path.write_text(LIST, encoding="utf-8")
    return path


def look(path: Path, workspace: WorkspaceId = EVERYONE) -> dict[str, tuple[str, ...]]:
    async def uses() -> dict[str, tuple[str, ...]]:
        store = await open_store(path, exclusive=False)
        found = {use.url: use.tags for use in await store.list_feed_uses(workspace)}
        await store.close()
        return found

    return asyncio.run(uses())


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["feeds", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_file_comes_in_for_everyone(database: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "import", str(file))
    assert (code, out) == (0, "2 added, 0 read already, 1 twice in the list, 0 refused\n")
    assert "2 of 2 feeds taken in" in err
    assert look(database) == {"https://alpha.example/rss": ("Asia",), "https://beta.example/rss": ()}
    assert run(capsys, "import", str(file))[1].startswith("0 added, 2 read already")
    with closing(sqlite3.connect(database)) as db:
        assert db.execute("SELECT DISTINCT actor, workspace, action FROM audit_log").fetchall() == [
            ("operator", "*", "feed.add")
        ]


def test_a_list_comes_in_beside_a_running_bot(database: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async def both() -> int:
        store = await open_store(database, exclusive=True)
        try:
            return await asyncio.to_thread(main, ["feeds", "import", str(file)])
        finally:
            await store.close()

    assert asyncio.run(both()) == 0
    assert len(look(database)) == 2


def test_a_long_list_tells_how_far_it_is(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f'<outline text="{n}" xmlUrl="https://f{n}.example/rss"/>' for n in range(450))
    (tmp_path / "long.opml").write_text(f"<opml>{rows}</opml>", encoding="utf-8")
    _, out, err = run(capsys, "import", "long.opml")
    assert out.startswith("450 added")
    assert [row.split(": ")[1] for row in err.splitlines()] == [f"{n} of 450 feeds taken in" for n in (200, 400, 450)]


def test_a_workspace_gets_its_own_up_to_its_quota(
    database: Path, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOPICWIRE_FEEDS__PER_WORKSPACE", "1")
    code, out, err = run(capsys, "import", str(file), "--workspace", HERE)
    assert (code, out.split(",", maxsplit=1)[0]) == (1, "1 added")
    assert "left out: Beta: a workspace may add 1 feeds (feeds.per_workspace)" in err
    assert look(database, HERE) == {"https://alpha.example/rss": ("Asia",)}
    assert look(database) == {}


def test_standard_input_is_a_file_too(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert run(capsys, "import", "-")[0] == 0
    assert len(look(database)) == 2


def test_a_list_comes_in_by_its_address_through_the_guard(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def both() -> tuple[int, int]:
        async with FeedServer() as server:
            server.page("/mine.opml", LIST, content_type="text/x-opml; charset=utf-8")
            refused = await asyncio.to_thread(main, ["feeds", "import", server.url("/mine.opml?key=1")])
            assert server.calls == []
            monkeypatch.setenv("TOPICWIRE_FETCH__ALLOW", f'["{server.address}"]')
            return refused, await asyncio.to_thread(main, ["feeds", "import", server.url("/mine.opml")])

    assert asyncio.run(both()) == (1, 0)
    said = capsys.readouterr()
    assert "a loopback address" in said.err
    assert "key=1" not in said.err
    assert len(look(database)) == 2


@pytest.mark.parametrize(
    "arguments, code, told",
    [
        (["import", "none.opml"], 2, "none.opml: the file cannot be read"),
        (["import", "no-list"], 1, "no-list: It is not OPML"),
        (["import", "mine.opml", "--workspace", "x"], 2, "there is no such workspace; known: test:1"),
        (["export", "none/where.opml"], 2, "cannot be written"),
        (["remove", "99"], 1, "no feed '99'"),
    ],
)
def test_what_is_wrong_is_told_with_its_exit_code(
    database: Path, file: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    (file.parent / "no-list").write_text("<html/>")
    ended, _, err = run(capsys, *arguments)
    assert (ended, told in err) == (code, True), err


def test_what_may_not_be_fetched_is_refused_by_name(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "l.opml").write_text('<opml><outline text="Router" xmlUrl="http://192.168.0.1/rss"/></opml>')
    code, out, err = run(capsys, "import", "l.opml")
    assert (code, out) == (1, "0 added, 0 read already, 0 twice in the list, 1 refused\n")
    assert "refused: Router: it is a private address" in err


def test_an_export_comes_in_again_as_it_was(
    database: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "import", str(file))
    code, out, _ = run(capsys, "export")
    assert code == 0
    assert {feed.url: feed.tags for feed in read_opml_text(out, Guard()).feeds} == look(database)
    assert run(capsys, "export", "out.opml")[:2] == (0, "")
    assert (tmp_path / "out.opml").read_text(encoding="utf-8").splitlines()[6:] == out.splitlines()[6:]


def test_an_export_leaves_out_what_may_be_a_secret_and_says_so(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "l.opml").write_text('<opml><outline text="Paid" xmlUrl="https://a.example/rss?key=hunter2"/></opml>')
    run(capsys, "import", "l.opml")
    code, out, err = run(capsys, "export")
    assert code == 1
    assert "left out: Paid: " in err
    assert "hunter2" not in out + err


def test_an_imported_feed_is_removed_again(database: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", str(file))
    assert run(capsys, "remove", "Beta")[:2] == (0, "removed Beta\n")
    assert list(look(database)) == ["https://alpha.example/rss"]
    assert "is read for everyone" in run(capsys, "remove", "Alpha & Co", "--workspace", HERE)[2]
