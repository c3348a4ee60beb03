"""The environment in which a program of its own process meets the fakes, and nothing beyond loopback."""

from __future__ import annotations

import os
from pathlib import Path

from tests.servers.discord import FakeDiscord
from tests.servers.slack import FakeSlack

LOOPBACK = Path(__file__).parent / "loopback"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")  # slack_sdk obeys them


def child_environment(discord: FakeDiscord | None = None, slack: FakeSlack | None = None) -> dict[str, str]:
    """Return a copy of our environment that brings a child to the fakes, with the tokens which they know.

    Our own TOPICWIRE_ variables and proxies are left out: the child has only what the test gives it.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TOPICWIRE_") and name.lower() not in _PROXIES
    }
    paths = [str(LOOPBACK), *filter(None, [environment.get("PYTHONPATH")])]
    environment |= {"PYTHONPATH": os.pathsep.join(paths), "TOPICWIRE_TEST_LOOPBACK": "1"}
    environment["TOPICWIRE_FEEDS__FILES"] = "[]"  # never the public feeds
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # without kept bytecode a start takes three times as long
    if discord:
        environment |= {"TOPICWIRE_TEST_DISCORD": str(discord.port), "TOPICWIRE_DISCORD_TOKEN": discord.token}
    if slack:
        tokens = {"TOPICWIRE_SLACK_BOT_TOKEN": slack.bot_token, "TOPICWIRE_SLACK_APP_TOKEN": slack.app_token}
        environment |= {"TOPICWIRE_TEST_SLACK": str(slack.port), **tokens}
    return environment
