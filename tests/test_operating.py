"""The operator's page and files, held to the program: messages, commands, versions, paths."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.cli import main
from tests.messages import CHAPTERS, ELSEWHERE, list_messages, list_raising, matches
from tests.prepared import lay_database
from tests.shared_data import ROOT
from tests.storage.filling import fill

OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
TEMPLATES = [message for chapter in CHAPTERS for message in list_messages(chapter)]


def test_every_message_of_the_page_is_one_of_the_program() -> None:
    sources = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in (ROOT / "bot").rglob("*.py"))
    sources = re.sub(r'" f?"', "", sources)
    rows = re.findall(r"^\| `(.+)` \| ", OPERATING, flags=re.MULTILINE)
    assert len(rows) > 10
    for row in rows:
        parts = [part.strip(" :;()") for part in row.split("…")]
        assert all(part in sources for part in parts if len(part) > 3), row


def damage(home: Path) -> None:
    fill(home / "news.db")
    content = bytearray((home / "news.db").read_bytes())
    content[16384:20480] = b"\xa5" * 4096
    (home / "news.db").write_bytes(content)


DESTINATION = (
    "[[destinations]]\nname = 'desk'\nkind = 'slack'\ntopics = ['zte']\n"
    "url = 'https://hooks.slack.com/services/T1/B1/x'\n"
)
WRONG: dict[str, tuple[str, dict[str, str]]] = {
    "a misspelt setting": ("[web]\nbnd = 1\n", {}),
    "a wrong duration": ("[fetch]\ntimeout = 'soon'\n", {}),
    "no toml": ("[[", {}),
    "a half-set platform": ("", {"TOPICWIRE_SLACK_BOT_TOKEN": "xoxb-1"}),
    "no feed file": ("", {"TOPICWIRE_FEEDS__FILES": '["nowhere.toml"]'}),
    "no pack": ("", {"TOPICWIRE_TOPICS__FILES": '["nowhere.toml"]'}),
    "another database": ("", {"TOPICWIRE_DATABASE": "postgresql://host/db"}),
    "no folder": ("", {"TOPICWIRE_DATABASE": "nowhere/news.db"}),
    "a folder": ("", {"TOPICWIRE_DATABASE": "."}),
    "a page that leads nowhere": ("[web]\nbind = ''\npublic_url = 'https://news.example'\n", {}),
    "a community of one": ("[[communities]]\nname = 'desk'\nmembers = ['discord:1']\n", {}),
    "a digest at no hour": (DESTINATION + "digest = '25:00'\n", {}),
    "a digest on no day": (DESTINATION + "digest = '8:00 someday'\n", {}),
    "a digest in no zone": (DESTINATION + "digest = '8:00'\nzone = 'Amsterdm'\nmode = 'digest'\n", {}),
    "a damaged database": ("", {"TOPICWIRE_DATABASE": "damaged.db"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_a_failed_start_says_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    text, variables = WRONG[what]
    (tmp_path / "topicwire.toml").write_text(text)
    lay_database(tmp_path / "news.db")
    damage(tmp_path)
    (tmp_path / "news.db").rename(tmp_path / "damaged.db")
    monkeypatch.chdir(tmp_path)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["run", "--once"]) in (1, 2)
    rows = [row for row in capsys.readouterr().err.splitlines() if row.startswith("topicwire: ")]
    assert rows
    assert [row for row in rows if not any(matches(template, row) for template in TEMPLATES)] == []


def test_no_module_that_can_stop_a_start_is_left_out() -> None:
    named = {name.partition(":")[0] for chapter in CHAPTERS.values() for name in chapter}
    raising = list_raising(("ConfigError", "PackError", "StorageError", "DamagedError", "PlatformError", "QueryError"))
    assert len(raising) > 20
    left = [name for name in raising if name not in named]
    assert [name for name in left if not any(name.startswith(place) for place in ELSEWHERE)] == []


def test_compose_names_this_version_and_asks_the_health_page() -> None:
    assert f"image: topicwire:{__version__}\n" in COMPOSE
    port = re.findall(r"TOPICWIRE_WEB__BIND: 0\.0\.0\.0:(\d+)", COMPOSE)
    assert re.findall(r"127\.0\.0\.1:(\d+)/healthz", COMPOSE) == port
    assert f"127.0.0.1:{port[0]}:{port[0]}" in COMPOSE


def test_every_command_of_the_page_exists() -> None:
    named = set(
        re.findall(r"topicwire (?:--config \S+ )?([a-z][a-z-]+)(?= |`|\n)", re.sub(r"ini\n.*?```", "", OPERATING))
    )
    helped = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, env=os.environ | {"COLUMNS": "200"}, capture_output=True,
        text=True, check=True,
    ).stdout  # fmt: skip
    known = set(re.findall(r"^    ([a-z-]+)", helped, flags=re.MULTILINE))
    assert {"doctor", "backup", "restore", "clean", "audit", "forget"} <= named
    assert named - known == set()


def test_the_image_is_built_of_files_that_are_there_and_sent() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    sent = {row[1:] for row in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if row[:1] == "!"}
    copied = [name for row in re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE) for name in row.split()]
    assert {"bot", "config", "pyproject.toml", *re.findall(r"^ARG LOCK=(\S+)$", dockerfile, re.MULTILINE)} <= set(
        copied
    )
    assert [name for name in copied if name not in sent or not (ROOT / name).exists()] == []
