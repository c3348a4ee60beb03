"""What is wrong with a webhook's address."""

from __future__ import annotations

import pytest

from bot.platforms.webhook.addresses import find_address_fault

DISCORD = "https://discord.com/api/webhooks/123/to-Ken_1"
SLACK = "https://hooks.slack.com/services/T1/B1/abc"


@pytest.mark.parametrize(
    "kind, url",
    [
        ("discord", DISCORD),
        ("discord", f"{DISCORD}?thread_id=5"),
        ("slack", SLACK),
        ("slack", "http://127.0.0.1:8000/hook"),
        ("slack", "http://[::1]:8000/hook"),
    ],
)
def test_a_good_address_has_no_fault(kind: str, url: str) -> None:
    assert find_address_fault(kind, url, ["127.0.0.1:8000", "[::1]:8000"]) is None


@pytest.mark.parametrize(
    "kind, url, fault",
    [
        ("discord", DISCORD.replace("https", "http"), "https://"),
        ("slack", "http://127.0.0.1:8001/hook", "https://"),
        ("slack", "http://10.0.0.5:8000/hook", "https://"),
        ("slack", "ftp://hooks.slack.com/x", "https address"),
        ("slack", "https://hooks slack.com/x", "https address"),
        ("slack", "https://[::1/x", "https address"),
        ("discord", SLACK, "no address of a Discord webhook"),
        ("discord", f"{DISCORD}/slack", "no address of a Discord webhook"),
        ("slack", DISCORD, 'kind = "discord"'),
    ],
)
def test_a_wrong_address_is_told_without_showing_it(kind: str, url: str, fault: str) -> None:
    told = find_address_fault(kind, url, ["127.0.0.1:8000", "10.0.0.5:8000"])
    assert told is not None
    assert fault in told
    assert url not in told
