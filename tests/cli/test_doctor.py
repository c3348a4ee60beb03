"""`topicwire doctor`: a healthy installation, and broken ones, each with what to do."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.storage.store import open_store
from tests.prepared import lay_database
from tests.storage.filling import fill

FEED = '[[feeds]]\nurl = "https://wire.example/rss"\ntitle = "Wire"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make an installation: a configuration, a feeds file and a database."""
    lay_database(tmp_path / "news.db")
    (tmp_path / "feeds.toml").write_text(FEED)
    (tmp_path / "topicwire.toml").write_text('[database]\nurl = "news.db"\n[web]\nbind = ""\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOPICWIRE_FEEDS__FILES", '["feeds.toml"]')
    return tmp_path


def change(home: Path, *statements: str) -> None:
    """Write into the installation's database."""
    with closing(sqlite3.connect(home / "news.db")) as db, db:
        for statement in statements:
            db.execute(statement)


def examine(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    code = main(["doctor", *more])
    return code, capsys.readouterr().out


def test_a_healthy_installation_has_no_finding(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = examine(capsys)
    assert code == 0, told
    assert "✗" not in told
    for seen in ("configuration: topicwire.toml", "packs: 4 topics", "feeds: 1 declared", "database: news.db is sound",
                 "GB are free", "no bot runs on this database", "all is well"):  # fmt: skip
        assert seen in told


def test_an_installation_that_never_ran_is_healthy_too(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "news.db").unlink()
    code, told = examine(capsys)
    assert (code, "is not made yet; `topicwire run` makes it" in told) == (0, True)
    assert not (home / "news.db").exists()
    (home / "news.db").touch()  # as a container's mount does
    assert examine(capsys)[0] == 0


def damage(home: Path) -> None:
    fill(home / "news.db")
    content = bytearray((home / "news.db").read_bytes())
    content[16384:20480] = b"\xa5" * 4096
    (home / "news.db").write_bytes(content)


def misspell(home: Path) -> None:
    (home / "topicwire.toml").write_text("[web]\nbnd = ''\n[fetch]\ntimeout = 'soon'\n")


def break_pack(home: Path) -> None:
    (home / "pack.toml").write_text('[topics.x]\ntitle = "X"\nquery = "(("\n')
    (home / "topicwire.toml").write_text('[database]\nurl = "news.db"\n[topics]\nfiles = ["pack.toml"]\n')


def break_feeds(home: Path) -> None:
    (home / "feeds.toml").write_text('[[feeds]]\nurl = "ftp://wire.example"\n')


def fail_feed(home: Path) -> None:
    change(
        home,
        "INSERT INTO feeds (id, url, scope, title, interval, next_check_at, due_at, failures, problem, is_declared,"
        " articles) VALUES (1, 'https://wire.example/rss?key=secret', '', 'Wire', 1, 0, 0, 7, 'status 410', 1, 0)",
    )


def turn_clock_back(home: Path) -> None:
    ahead = int((datetime.now(UTC) + timedelta(days=2)).timestamp()) * 1_000_000
    fill(home / "news.db")
    change(home, "UPDATE deliveries SET status = 'done'", f"UPDATE articles SET seen_at = {ahead}")  # noqa: S608


def leave_waiting(home: Path) -> None:
    fill(home / "news.db")
    change(home, "UPDATE alerts SET created_at = 1700000000000000")


def put_a_folder_there(home: Path) -> None:
    (home / "news.db").unlink()
    (home / "news.db").mkdir()


def lose_the_folder(home: Path) -> None:
    (home / "topicwire.toml").write_text('[database]\nurl = "lost/news.db"\n')


def come_from_the_future(home: Path) -> None:
    change(home, "UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    "breaking, seen, remedy",
    [
        (damage, "news.db is damaged", "topicwire restore PATH"),
        (put_a_folder_there, "database news.db is a folder", "name a file in it, such as news.db/topicwire.db"),
        (lose_the_folder, "database lost/news.db: lost does not exist", "make the folder"),
        (misspell, "did you mean bind?", "config/topicwire.toml explains each"),
        (misspell, "fetch.timeout in topicwire.toml: should be a duration", "correct that setting"),
        (break_pack, "pack.toml", "`topicwire topics check`"),
        (break_feeds, "feeds.toml: feed 1: url is missing or not an http or https address", "correct the file"),
        (fail_feed, "Wire (wire.example) failed 7 times, from the beginning: status 410", "`topicwire feeds check"),
        (turn_clock_back, "but the newest article was seen at", "set the machine's clock"),
        (leave_waiting, "1 messages wait, the oldest since 2023-11-14", "start the bot if none runs"),
        (come_from_the_future, "is of a newer Topicwire (version 9999", "install that version"),
    ],
    ids=lambda it: it.__name__ if callable(it) else None,
)
def test_a_broken_installation_is_told_with_what_to_do(
    home: Path, capsys: pytest.CaptureFixture[str], breaking: object, seen: str, remedy: str
) -> None:
    assert callable(breaking)
    breaking(home)
    code, told = examine(capsys)
    assert code == 1
    assert seen in told
    assert remedy in told
    assert "secret" not in told
    for row in told.splitlines():
        assert not row.startswith("    → ") or len(row) > 10, "a finding without a remedy"


async def test_it_works_beside_a_running_bot_and_names_its_process(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = await open_store(home / "news.db", exclusive=True)
    try:
        code, told = await asyncio.to_thread(examine, capsys)
    finally:
        await store.close()
    assert code == 0, told
    assert "a bot runs (process " in told


def test_a_setting_under_its_old_name_is_named_with_its_successor(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot import config

    monkeypatch.setitem(config.RENAMED, "http.listen", "web.bind")
    (home / "topicwire.toml").write_text('[database]\nurl = "news.db"\n[http]\nlisten = "127.0.0.1:9"\n')
    code, told = examine(capsys)
    assert (code, "http.listen in topicwire.toml is called web.bind now" in told) == (1, True)
    assert config.load().settings.web.bind == "127.0.0.1:9"
    (home / "topicwire.toml").write_text('[http]\nlisten = "127.0.0.1:9"\n[web]\nbind = ""\n')
    assert "it is called web.bind now, which is set as well; take the old one out" in examine(capsys)[1]
    (home / "topicwire.toml").write_text('web = 7\n[http]\nlisten = "127.0.0.1:9"\n')
    assert "[web] in topicwire.toml: a section is expected, not 7" in examine(capsys)[1]


def test_of_a_pack_that_gave_way_it_is_told_that_its_last_good_text_is_in_force(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    break_pack(home)
    good = 'format = 1\n[topics.x]\nclauses = [{ query = "harbour", score = 0.9 }]\n'
    change(home, f"INSERT INTO packs VALUES ('pack.toml', '{good}')")  # noqa: S608
    code, told = examine(capsys)
    assert code == 1
    assert "pack.toml does not load, and its last good text stays in force" in told
