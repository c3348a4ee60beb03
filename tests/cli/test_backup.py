"""`topicwire backup` and `restore` as an operator types them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.cli import main
from tests.prepared import lay_database
from tests.storage.test_backups import ruin


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a database and name it in the environment."""
    lay_database(tmp_path / "news.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOPICWIRE_DATABASE", str(tmp_path / "news.db"))
    return tmp_path / "news.db"


def test_a_backup_into_a_folder_is_named_by_its_time_and_comes_back(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = database.parent / "backups"
    folder.mkdir()
    assert main(["backup", str(folder)]) == 0
    [made] = folder.iterdir()
    assert made.name.startswith("news-20")
    assert f"backup {made}: 0 articles, 0 stories" in capsys.readouterr().out
    assert main(["restore", str(made)]) == 0
    told = capsys.readouterr().out
    assert f"restored {database}" in told
    assert "the file from before is kept as" in told
    assert "told again where the backup does not know" in told


def test_a_folder_that_is_not_there_yet_is_made_where_a_slash_says_that_it_is_one(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = database.parent / "new" / "backups"
    assert main(["backup", f"{folder}/"]) == 0
    assert [path.name[:5] for path in folder.iterdir()] == ["news-"]


@pytest.mark.parametrize(
    "command",
    [["clean", "--days", "30"], ["forget", "U1"], ["links", "renew", "discord:1"], ["import", "news.jsonl"]],
    ids=lambda command: command[0],
)
def test_whatever_writes_looks_for_damage_first(
    database: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main(["export", "news.jsonl"]) == 0
    ruin(database, "posts")
    before = database.read_bytes()
    assert main(command) == 1
    assert "topicwire restore PATH" in capsys.readouterr().err
    assert database.read_bytes() == before


@pytest.mark.parametrize("command", ["export", "backup"])
def test_what_only_reads_tells_damage_and_leaves_nothing_half(
    database: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    database.write_bytes(database.read_bytes()[:20_000])
    assert main([command, "copy"]) == 1
    assert f"database {database} is damaged" in (told := capsys.readouterr().err)
    assert "topicwire restore PATH" in told
    assert not list(database.parent.glob("copy*"))


@pytest.mark.parametrize(
    "change, said",
    [
        ("UPDATE alembic_version SET version_num = '0018'", "is of an older Topicwire (version 0018)"),
        ("DROP TABLE alembic_version", "is no database of Topicwire"),
    ],
)
def test_only_a_database_of_this_version_is_exported(
    database: Path, capsys: pytest.CaptureFixture[str], change: str, said: str
) -> None:
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(change)
    assert main(["export"]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["backup", "news.db"], "is the database itself"),
        (["restore", "news.db"], "is the database itself"),
        (["restore", "nowhere.db"], "there is no backup nowhere.db"),
        (["backup", "pipe"], "no backup pipe could be made: that is no file"),
        (["export", "pipe"], "pipe cannot be written: it is no file"),
        (["import", "nowhere.jsonl"], "name a file that `topicwire export` wrote"),
        (["import", "--dry-run", "news.db"], "news.db is no text"),
        (["backup", "nowhere/copy.db"], "no backup nowhere/copy.db could be made"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_remedy(
    database: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    os.mkfifo(database.with_name("pipe"))
    assert main(arguments) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "option", [["clean", "--days", "-4"], ["clean", "--days", "99999999999"], ["audit", "--most", "0"]]
)
def test_a_number_that_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str], option: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(option)
    assert (ended.value.code, repr(option[-1]) in capsys.readouterr().err) == (2, True)


def test_a_full_disk_below_the_output_is_told(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        code = main(["export"])
        monkeypatch.undo()
        with suppress(OSError):
            full.close()
    assert code == 1
    assert "could not be written: No space left on device" in capsys.readouterr().err
