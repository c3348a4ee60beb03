"""Platforms that are set up as often as there are workspaces, and where their tokens come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.platforms.slack.settings import SlackSettings
from tests.configured import problems, write

OWN = {"TOPICWIRE_SLACK_BOT_TOKEN": "xoxb-own", "TOPICWIRE_SLACK_APP_TOKEN": "xapp-own"}
ACME = {"TOPICWIRE_SLACK_ACME_BOT_TOKEN": "xoxb-acme", "TOPICWIRE_SLACK_ACME_APP_TOKEN": "xapp-acme"}


def _load(folder: Path, text: str, **environ: str) -> tuple[SlackSettings, ...]:
    found: tuple[SlackSettings, ...] = config.load(write(folder, text), environ).platforms.get("slack", ())
    return found


def _tokens(found: tuple[SlackSettings, ...]) -> list[tuple[str, str, str]]:
    return [(one.name, one.bot_token, one.app_token) for one in found]


def test_one_workspace_needs_the_environment_alone(tmp_path: Path) -> None:
    assert _tokens(_load(tmp_path, "", **OWN)) == [("slack", "xoxb-own", "xapp-own")]
    assert _tokens(_load(tmp_path, "[slack]\nname = 'desk'\n", **OWN)) == [("desk", "xoxb-own", "xapp-own")]
    assert _load(tmp_path, "[slack]\nunfurl = true\n") == ()


def test_further_workspaces_have_variables_of_their_own_beside_the_first(tmp_path: Path) -> None:
    text = "[[slack]]\nname = 'acme'\nmembers_manage = false\n"
    found = _load(tmp_path, text, **OWN, **ACME)
    assert _tokens(found) == [("slack", "xoxb-own", "xapp-own"), ("acme", "xoxb-acme", "xapp-acme")]
    assert [one.members_manage for one in found] == [True, False]
    assert _tokens(_load(tmp_path, text, **ACME)) == [("acme", "xoxb-acme", "xapp-acme")]


@pytest.mark.parametrize("where", ["the setting", "the environment"])
def test_tokens_come_from_files_too(tmp_path: Path, where: str) -> None:
    files = {name: tmp_path / name for name in ("bot", "app")}
    for name, file in files.items():
        file.write_text(f"x-{name}\n", encoding="utf-8")
    text, environ = "[[slack]]\nname = 'acme'\n", {}
    if where == "the setting":
        text += "".join(f"{name}_token_file = '{file}'\n" for name, file in files.items())
    else:
        environ = {f"TOPICWIRE_SLACK_ACME_{n.upper()}_TOKEN_FILE": str(file) for n, file in files.items()}
    assert _tokens(_load(tmp_path, text, **environ)) == [("acme", "x-bot", "x-app")]


@pytest.mark.parametrize(
    "text, environ, said",
    [
        ("[[slack]]\nname = 'acme'\n", {}, "slack.acme needs TOPICWIRE_SLACK_ACME_BOT_TOKEN and"),
        ("", {"TOPICWIRE_SLACK_BOT_TOKEN": "xoxb-1"}, "slack needs TOPICWIRE_SLACK_APP_TOKEN as well as"),
        ("[[slack]]\nname = 'Acme Inc'\n", OWN, "slack.2.name: should be small letters"),
        ("[[slack]]\nname = 'acme'\n[[slack]]\nname = 'acme'\n", ACME, "another [[slack]] has this name"),
        ("[[slack]]\nname = 'acme'\nunfurls = true\n", ACME, "slack.acme.unfurls in topicwire.toml: there is no such"),
        ("[[slack]]\nname = 'acme'\n", ACME | {"TOPICWIRE_SLACK__UNFURL": "yes"}, "does not say which [[slack]]"),
        ("slack = 3\n", {}, "[slack]: a section is expected, or a [[slack]] for each workspace, not int"),
        ("[[discord]]\n", {}, "[discord]: a section is expected, not list"),
        ("[[slack]]\nname = 'acme'\nbot_token_file = '/none/here'\n", {}, "/none/here cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, environ: dict[str, str], said: str) -> None:
    assert any(said in problem for problem in problems(write(tmp_path, text), **environ)), said


def test_a_token_file_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    missing = {"TOPICWIRE_SLACK_BOT_TOKEN_FILE": str(tmp_path / "none")}
    told = problems(write(tmp_path, "[[slack]]\nname = 'acme'\n"), **missing)
    assert len([problem for problem in told if "cannot be read" in problem]) == 1


def test_no_problem_shows_a_token(tmp_path: Path) -> None:
    given: dict[str, Any] = {"TOPICWIRE_SLACK_ACME_BOT_TOKEN": "xoxb-secret"}
    assert "secret" not in "".join(problems(write(tmp_path, "[[slack]]\nname = 'acme'\napp_token = 7\n"), **given))
