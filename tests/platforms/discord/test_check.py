"""What `doctor` asks of Discord: token, server, channels and rights, over a real connection."""

from __future__ import annotations

from bot.domain.models import Place, WorkspaceId
from bot.domain.operation import Finding
from bot.platforms.discord.check import check
from bot.platforms.discord.settings import DiscordSettings
from tests.servers.discord import FakeDiscord, turned_to

ADMINISTRATOR, EMBED_LINKS, ATTACH_FILES = 1 << 3, 1 << 14, 1 << 15


def place(fake: FakeDiscord, channel: str, guild: str = "") -> Place:
    workspace = WorkspaceId(f"discord:{guild or fake.world.guild_id}")
    return Place(platform="discord", workspace=workspace, channel=channel)


def deny(fake: FakeDiscord, channel: str, permissions: int) -> None:
    everyone = fake.world.roles[fake.world.guild_id]
    everyone["permissions"] = str(int(everyone["permissions"]) & ~ADMINISTRATOR)
    overwrite = {"id": fake.world.bot.id, "type": 1, "allow": "0", "deny": str(permissions)}
    fake.world.channels[channel]["permission_overwrites"] = [overwrite]


async def ask(fake: FakeDiscord, *places: Place, token: str = "") -> list[Finding]:
    with turned_to(fake):
        return await check(DiscordSettings(token=token or fake.token), places)


async def test_token_and_rights_in_every_channel_are_looked_at_and_nothing_is_posted() -> None:
    async with FakeDiscord(channels=("one", "two", "three")) as fake:
        one, two, three = fake.channels
        deny(fake, two, EMBED_LINKS | ATTACH_FILES)
        fake.world.refuse(three, 50001)
        found = await ask(fake, place(fake, one), place(fake, two), place(fake, three), place(fake, one, guild="99"))
        assert fake.world.messages == {}
    told = [(f.is_trouble, f.seen) for f in found]
    assert told[0] == (False, "the token is valid: newsbot")
    assert (True, "channel #two in Test guild: the bot lacks Embed Links, Attach Files") in told
    assert (True, f"channel {three} in Test guild may not be seen by the bot") in told
    assert (False, "server Test guild: 1 of 3 channels may be told") in told
    assert (True, "the bot is in server 99 no more; it has 1 channels there") in told
    assert all(f.remedy for f in found if f.is_trouble)


async def test_a_refused_token_and_a_silent_discord_are_told() -> None:
    async with FakeDiscord(channels=("one",)) as fake:
        [refused] = await ask(fake, token="wrong")
    assert refused.is_trouble
    assert "TOPICWIRE_DISCORD_TOKEN" in refused.remedy
