"""The configuration: what wins over what, and that every problem is told at once with its place and remedy."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import config, packs
from bot.domain.errors import ConfigError
from bot.domain.settings import Settings


def write(folder: Path, text: str) -> Path:
    path = folder / "topicwire.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path | None = None, **environ: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        config.load(path, environ)
    return caught.value.problems


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


def test_the_shipped_feeds_are_ten_in_six_languages() -> None:
    feeds = config.load_feeds(Settings())
    assert len(feeds) == 10
    assert {feed.language for feed in feeds} == {"en", "nl", "de", "fr", "es", "zh"}


def test_a_wrong_feed_file_names_file_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feeds]]\nurl = "ftp://x"\n[[feeds]]\nurl = "https://a.example/f"\nlanguag = "en"\n', encoding="utf-8"
    )
    settings = config.load(None, {"TOPICWIRE_FEEDS__FILES": f'["{path}", "{tmp_path}/none.toml"]'}).settings
    with pytest.raises(ConfigError) as caught:
        config.load_feeds(settings)
    told = str(caught.value)
    assert "feed 1: url is missing or not an http or https address" in told
    assert "feed 2: there is no setting languag" in told
    assert "none.toml: there is no such feed file" in told


def test_the_example_file_is_valid_and_changes_nothing() -> None:
    assert config.load(config.shipped("topicwire.toml"), {}).settings == Settings()


POLICY = '[[destinations]]\nname = "policy"\nkind = "slack"\ntopics = ["huawei"]\n'
ADDRESS = "https://hooks.slack.com/services/T1/B1/sEcReT"


def test_a_destination_is_no_trial_and_shows_its_address_nowhere(tmp_path: Path) -> None:
    loaded = config.load(write(tmp_path, f'{POLICY}url = "{ADDRESS}"\n'), {})
    (destination,) = loaded.settings.destinations
    assert (destination.url, destination.topics, destination.min_outlets) == (ADDRESS, ("huawei",), 1)
    assert not loaded.is_trial
    assert config.load(None, {}).is_trial
    assert "sEcReT" not in repr(loaded)


def test_the_address_of_a_destination_may_come_from_a_file_or_the_environment(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{ADDRESS}\n", encoding="utf-8")
    named = write(tmp_path, f'{POLICY}url_file = "{secret}"\n')
    assert config.load(named, {}).settings.destinations[0].url == ADDRESS
    given = {"TOPICWIRE_DESTINATION_POLICY": f"{ADDRESS}2"}
    assert config.load(named, given).settings.destinations[0].url == f"{ADDRESS}2"
    secret.unlink()
    assert "url_file: " in problems(named)[0]


def test_every_problem_of_destinations_is_told_at_once_without_an_address(tmp_path: Path) -> None:
    bad = (
        '[[destinations]]\nname = "Big Desk"\nkind = "slack"\ntopics = []\nurl = "http://h.example/sEcReT"\n'
        '[[destinations]]\nkind = "teams"\ntopics = ["zte"]\nurl = ["https://h.example/sEcReT"]\ntopic = "x"\n'
        '[[destinations]]\nname = "a-b"\nkind = "discord"\ntopics = ["zte"]\nmin_outlets = 0\nlanguage = "Dutch!"\n'
        'digest = "8:00 someday"\nzone = "Amsterdm"\ndigest_length = 99\n'
        '[[destinations]]\nname = "a_b"\nkind = "discord"\ntopics = ["zte"]\nurl = "https://h.example/sEcReT"\n'
        '[[destinations]]\nname = "c"\nkind = "slack"\ntopics = ["zte"]\nmode = "digest"\nurl_file = "x"\n'
        'url = "https://h.example/sEcReT"\n'
    )
    told = "\n".join(problems(write(tmp_path, bad)))
    for expected in (
        "destinations.1.name in topicwire.toml: should be small letters and digits",
        "destinations.1.url in topicwire.toml: should begin with https://",
        "destinations.1.topics in topicwire.toml: should name at least one topic",
        "destinations.2.name in topicwire.toml: is missing",
        "destinations.2.kind in topicwire.toml: should be 'discord' or 'slack' (it is 'teams')",
        "destinations.2.url in topicwire.toml: should be a valid string",
        "destinations.2.topic in topicwire.toml: there is no such setting; did you mean topics?",
        "destinations.a-b.url in topicwire.toml: is missing; set it, url_file or TOPICWIRE_DESTINATION_A_B",
        "destinations.a-b.min_outlets in topicwire.toml: should be 1 or more (it is 0)",
        "destinations.a-b.language in topicwire.toml: should be a language",
        "destinations.a-b.digest in topicwire.toml: “someday” is no day of the week. Days are given as daily",
        "destinations.a-b.zone in topicwire.toml: There is no time zone “Amsterdm”. Did you mean Europe/Amsterdam",
        "destinations.a-b.digest_length in topicwire.toml: should be from 1 to 50 (it is 99)",
        "destinations.c.mode in topicwire.toml: digest needs an hour",
        "destinations.a_b.name in topicwire.toml: another destination has this name",
        "destinations.a_b.url in topicwire.toml: is no address of a Discord webhook",
        "destinations.c in topicwire.toml: give url or url_file, not both",
    ):
        assert expected in told
    assert "sEcReT" not in told


@pytest.mark.parametrize("bad", ['destinations = ["https://h/sEcReT"]\n', '[destinations]\nurl = "sEcReT"\n'])
def test_destinations_that_are_no_tables_are_told(tmp_path: Path, bad: str) -> None:
    told = problems(write(tmp_path, bad))
    assert "under a [[destinations]] of its own" in told[0]
    assert "sEcReT" not in told[0]


def test_loopback_may_be_spoken_to_without_tls_where_it_is_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, f'{POLICY}url = "http://127.0.0.1:8065/hook"\n[fetch]\nallow = ["127.0.0.1:8065"]\n')
    assert len(config.load(path, {}).settings.destinations) == 1
    assert "https://" in problems(path, TOPICWIRE_FETCH__ALLOW="127.0.0.1:1")[0]


def test_a_topic_that_no_pack_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, f'{POLICY.replace("huawei", "huawai")}url = "{ADDRESS}"\n')
    settings = config.load(path, {}).settings
    with pytest.raises(ConfigError, match=r"policy\.topics: there is no topic huawai; did you mean huawei\?"):
        packs.check_destinations(settings, packs.load_library(settings))


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
