"""The manifest, held against what the code asks of Slack and what it listens to."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, cast

import pytest

from bot.cli import main
from bot.platforms.slack import needs
from bot.platforms.slack.happenings import Happenings
from bot.platforms.slack.manifest import make_manifest
from tests.servers.slack.installed import needed_scope
from tests.shared_data import ROOT

FOLDER = ROOT / "bot/platforms/slack"
FAMILIES = ("auth", "chat", "conversations", "users", "views", "files", "apps", "reactions", "pins")


def _called() -> Iterator[str]:
    """Yield every method of the Web API that the code calls, by the name that slack_sdk gives it."""
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.split("_")[0] in FAMILIES and "_" in node.attr:
                yield node.attr


def _known() -> set[str]:
    return {method for scope in needs.SCOPES for method in scope.methods} | set(needs.FREE_METHODS)


def test_every_call_of_the_code_is_known_with_the_scope_it_needs() -> None:
    called = set(_called())
    assert "chat_postMessage" in called
    assert {name.replace("_", ".") for name in called} - _known() == set()


def test_nothing_is_asked_for_that_nothing_needs() -> None:
    called = {name.replace("_", ".") for name in _called()}
    assert {method for method in _known() if method not in called} == {"apps.connections.open"} - called
    absent = cast(Any, None)
    assert set(Happenings(absent, absent, absent, absent).heard) == set(needs.EVENTS)


@pytest.mark.parametrize("scope", [s for s in needs.SCOPES if s.methods], ids=lambda s: s.name)
def test_scopes_are_those_that_slack_asks_for(scope: needs.Scope) -> None:
    assert {needed_scope(method, "C1", is_private=False) for method in scope.methods} == {scope.name}


def test_the_manifest_has_every_scope_and_event_and_needs_no_address() -> None:
    manifest = make_manifest("Desk")
    assert manifest["oauth_config"]["scopes"]["bot"] == [s.name for s in needs.SCOPES]
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == list(needs.EVENTS)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["features"]["slash_commands"][0]["command"] == "/news"
    assert "http" not in json.dumps(manifest)


def test_the_manifest_is_printed_alone_so_that_it_can_be_piped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack-manifest", "--name", "Policy desk"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == make_manifest("Policy desk")
    assert shown.err == ""


@pytest.mark.parametrize("name", ["", "   ", "n" * 36])
def test_a_name_that_slack_would_refuse_is_told_with_its_length(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack-manifest", "--name", name]) == 2
    assert re.search("--name: an app's name has 1 to 35 characters, not (0|36)", capsys.readouterr().err)
