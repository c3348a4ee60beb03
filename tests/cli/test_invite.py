"""`topicwire invite`: the link with exactly the permissions that the bot needs, and what it says without."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.cli import main
from bot.domain.errors import PlatformError
from bot.platforms.discord.inviting import ask_for_invitation
from tests.servers.discord import FakeDiscord, turned_to
from tests.servers.discord import objects as make

WANTED = make.VIEW | make.SEND | make.SEND_IN_THREADS | make.CREATE_THREADS | make.EMBED | make.ATTACH | make.HISTORY


async def test_the_link_names_the_bot_and_asks_for_what_it_needs_and_no_more() -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake):
            name, link = await ask_for_invitation("fake-token")
    asked = parse_qs(urlsplit(link).query)
    assert name == "newsbot"
    assert link.startswith("https://discord.com/oauth2/authorize?")
    assert asked["client_id"] == [fake.world.application["id"]]
    assert asked["permissions"] == [str(WANTED)]
    assert asked["scope"] == ["bot applications.commands"]


@pytest.mark.parametrize("token, said", [("wrong", "Reset Token"), ("", "Set TOPICWIRE_DISCORD_TOKEN")])
async def test_without_a_good_token_it_says_what_to_do(token: str, said: str) -> None:
    async with FakeDiscord() as fake:
        with turned_to(fake), pytest.raises(PlatformError, match=said):
            await ask_for_invitation(token)


async def test_where_discord_cannot_be_reached_it_says_so() -> None:
    async with FakeDiscord() as fake:
        await fake.stop()
        with turned_to(fake), pytest.raises(PlatformError, match="cannot be reached"):
            await ask_for_invitation("fake-token")


def test_without_discord_set_up_the_command_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOPICWIRE_DISCORD_TOKEN", raising=False)
    assert main(["invite"]) == 2
    assert "Set TOPICWIRE_DISCORD_TOKEN" in capsys.readouterr().err
