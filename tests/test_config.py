"""The configuration: what wins over what, and that every problem is told at once with its place and remedy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import config, config_sources
from bot.domain.settings import Settings
from tests.configured import problems, write


def test_nothing_given_gives_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = config.load(None, {})
    assert loaded.settings == Settings()
    assert loaded.platforms == {}
    assert not loaded.names_database


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[fetch]\nmin_interval = "2m"\nconcurrency = 7\n[log]\nformat = "json"\n')
    loaded = config.load(path, {"TOPICWIRE_FETCH__MIN_INTERVAL": "90s", "TOPICWIRE_FETCH__ALLOW": "a:1, b:2"}).settings
    assert loaded.fetch.min_interval == timedelta(seconds=90)
    assert loaded.fetch.concurrency == 7
    assert loaded.fetch.allow == ("a:1", "b:2")
    assert loaded.log.format == "json"


@pytest.mark.parametrize(
    "given, meant",
    [("[]", ()), ('["x.toml", "y.toml"]', (Path("x.toml"), Path("y.toml"))), ("x.toml", (Path("x.toml"),))],
)
def test_a_list_in_the_environment_is_json_or_comma_separated(given: str, meant: tuple[Path, ...]) -> None:
    assert config.load(None, {"TOPICWIRE_FEEDS__FILES": given}).settings.feeds.files == meant


@pytest.mark.parametrize(
    "given, meant",
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("1.5h", timedelta(minutes=90)),
        ("250ms", timedelta(milliseconds=250)),
    ],
)
def test_durations_are_written_with_a_unit(given: str, meant: timedelta) -> None:
    assert config.load(None, {"TOPICWIRE_FETCH__TIMEOUT": given}).settings.fetch.timeout == meant


def test_the_database_has_a_short_name(tmp_path: Path) -> None:
    loaded = config.load(None, {"TOPICWIRE_DATABASE": "/data/news.db"})
    assert loaded.settings.database.url == "/data/news.db"
    assert loaded.names_database


@pytest.mark.parametrize(
    "variable, meant",
    [
        ("TOPICWIRE_DATABSE", "TOPICWIRE_DATABASE"),
        ("TOPICWIRE_DISCORD_TOKN", "TOPICWIRE_DISCORD_TOKEN"),
        ("TOPICWIRE_SLACK_APPTOKEN_FILE", "TOPICWIRE_SLACK_APP_TOKEN"),
        ("TOPICWIRE_CONFG", "TOPICWIRE_CONFIG"),
        ("TOPICWIRE_SLACK_DESK_BOT_TOKEN", ""),
        ("TOPICWIRE_WIRE_PASSWORD", ""),
        ("TOPICWIRE_DISCORD_TOKEN_FILE", ""),
    ],
)
def test_a_mistyped_variable_is_told_with_the_one_that_was_meant(variable: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("a.b.c")
    told = config.load(None, {variable: str(tmp_path / "token")}).warnings
    assert [meant] * bool(meant) == [line.rpartition("did you mean ")[2].rstrip("?") for line in told]
    assert all(line.startswith(f"{variable} in the environment is read by nothing") for line in told)


@pytest.mark.parametrize(
    "variable, value, told",
    [
        ("TOPICWIRE_WEB__BIND", "8420", "web.bind in TOPICWIRE_WEB__BIND: should be host:port, such as 127.0.0.1:8420"),
        ("TOPICWIRE_HEARTBEAT__URL", "watch.example", "heartbeat.url in TOPICWIRE_HEARTBEAT__URL: should be an http"),
    ],
)
def test_an_address_that_is_none_stops_the_start(variable: str, value: str, told: str) -> None:
    (problem,) = problems(None, **{variable: value})
    assert problem.startswith(told)


def test_every_problem_is_told_at_once_with_place_and_remedy(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[fetch]\nmin_interval = "soon"\nconcurency = 5\nconcurrency = "many"\n[fetsh]\n[log]\nformat = "xml"\n',
    )
    told = "\n".join(problems(path, TOPICWIRE_SLACK_BOT_TOKEN="xoxb-secret-token"))
    assert "fetch.min_interval in topicwire.toml: should be a duration such as 30s, 5m, 2h or 1d (it is 'soon')" in told
    assert "fetch.concurency in topicwire.toml: there is no such setting; did you mean concurrency?" in told
    assert "fetch.concurrency in topicwire.toml" in told
    assert "[fetsh]" in told
    assert "did you mean fetch?" in told
    assert "log.format in topicwire.toml: should be 'text' or 'json' (it is 'xml')" in told
    assert "slack needs TOPICWIRE_SLACK_APP_TOKEN as well as TOPICWIRE_SLACK_BOT_TOKEN" in told
    assert "xoxb-secret-token" not in told


def test_a_problem_in_the_environment_names_the_variable() -> None:
    assert "TOPICWIRE_FETCH__CONCURRENCY" in problems(TOPICWIRE_FETCH__CONCURRENCY="x")[0]


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    told = problems(write(tmp_path, "[fetch\n"))
    assert "topicwire.toml: not valid TOML" in told[0]
    assert "line 1" in told[0]


def test_a_named_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert "there is no such configuration file" in problems(tmp_path / "none.toml")[0]


def test_a_token_may_come_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("very-secret\n", encoding="utf-8")
    loaded = config.load(None, {"TOPICWIRE_DISCORD_TOKEN_FILE": str(secret)})
    assert loaded.platforms["discord"].token == "very-secret"
    assert "very-secret" not in repr(loaded)
    assert "cannot be read" in problems(TOPICWIRE_DISCORD_TOKEN_FILE=str(tmp_path / "none"))[0]


def test_the_example_file_is_valid_and_changes_nothing() -> None:
    assert config.load(config_sources.shipped("topicwire.toml"), {}).settings == Settings()


def test_the_summarizers_key_comes_from_a_file_and_is_never_shown(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("sk-very-secret\n", encoding="utf-8")
    path = write(tmp_path, '[summarizer]\nurl = "http://127.0.0.1:11434/v1"\nmodel = "small"\n')
    settings = config.load(path, {"TOPICWIRE_SUMMARIZER_KEY_FILE": str(key)}).settings
    assert settings.summarizer.key == "sk-very-secret"
    assert "sk-very-secret" not in repr(settings)


@pytest.mark.parametrize(
    "text, told",
    [
        ('url = "ftp://x/v1"\nmodel = "m"', "summarizer.url"),
        ('url = "https://me:word@x/v1"\nmodel = "m"', "summarizer.url"),
        ('url = "https://x/v1"', "summarizer.model"),
    ],
)
def test_an_endpoint_that_cannot_be_used_is_told(tmp_path: Path, text: str, told: str) -> None:
    (problem,) = problems(write(tmp_path, f"[summarizer]\n{text}\n"))
    assert problem.startswith(told)
    assert "word" not in problem
