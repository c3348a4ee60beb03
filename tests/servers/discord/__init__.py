"""A fake Discord for tests: `FakeDiscord` is what a test starts, `DiscordSpec` checks bodies where it is there."""

from __future__ import annotations

from tests.servers.discord.interactions import Interaction
from tests.servers.discord.objects import MANAGER, PLAIN, Member
from tests.servers.discord.server import FakeDiscord
from tests.servers.discord.spec import DiscordSpec
from tests.servers.discord.turn import turned_to

__all__ = ["MANAGER", "PLAIN", "DiscordSpec", "FakeDiscord", "Interaction", "Member", "turned_to"]
