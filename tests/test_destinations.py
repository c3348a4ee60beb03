"""Destinations of the configuration: where their addresses come from, and that no problem shows one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config, packs
from bot.domain.errors import ConfigError
from tests.configured import problems, write

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
