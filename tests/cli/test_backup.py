"""`topicwire backup` and `restore` as an operator types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli import main
from tests.prepared import lay_database


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


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["backup", "news.db"], "is the database itself"),
        (["restore", "news.db"], "is the database itself"),
        (["restore", "nowhere.db"], "there is no backup nowhere.db"),
        (["backup", "nowhere/copy.db"], "no backup nowhere/copy.db could be made"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_remedy(
    database: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(arguments) == 1
    assert said in capsys.readouterr().err
