"""`topicwire links`, beside a database that a bot used."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from bot.cli import main
from tests.prepared import lay_database

TEAM = "slack:T1"


@pytest.fixture
def used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a database that one workspace used, and settings with a public address below a path."""
    monkeypatch.chdir(tmp_path)
    lay_database(tmp_path / "topicwire.db")
    with sqlite3.connect(tmp_path / "topicwire.db") as db:
        db.execute(
            "INSERT INTO channels (platform, workspace, channel, language, zone, is_ops)"
            " VALUES ('slack', ?, 'C1', 'en', 'UTC', 0)",
            (TEAM,),
        )
    (tmp_path / "topicwire.toml").write_text('[web]\npublic_url = "https://news.example/wire"\n')
    return tmp_path


def test_links_are_shown_and_renewed(used: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "list"]) == 0
    assert main(["links", "list"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert re.fullmatch(rf"{TEAM}  https://news\.example/wire/w/[\w-]{{22}}/", shown[0])
    assert shown == [shown[0]] * 2
    assert main(["links", "renew", TEAM]) == 0
    renewed = capsys.readouterr().out
    assert main(["links", "list"]) == 0
    listed = capsys.readouterr().out.strip()
    assert listed != shown[0]
    assert listed.split()[1] in renewed
    with sqlite3.connect(used / "topicwire.db") as db:
        assert db.execute("SELECT actor, workspace, action FROM audit_log").fetchall() == [
            ("operator", TEAM, "links.renew")
        ]


def test_an_unknown_workspace_is_refused_with_those_there_are(used: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "renew", "slack:T2"]) == 1
    assert f"there is no workspace slack:T2; there are: {TEAM}" in capsys.readouterr().err
