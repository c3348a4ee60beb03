"""What `doctor` asks of Slack: both tokens, and membership of every channel, over a real connection."""

from __future__ import annotations

from bot.domain.models import Place, WorkspaceId
from bot.domain.operation import Finding
from bot.platforms.slack.check import check
from bot.platforms.slack.settings import SlackSettings
from tests.servers.slack import FakeSlack


async def ask(fake: FakeSlack, *channels: str, bot_token: str = "", app_token: str = "") -> list[Finding]:
    workspace = WorkspaceId(f"slack:{fake.world.team}")
    places = [Place(platform="slack", workspace=workspace, channel=channel) for channel in channels]
    settings = SlackSettings(bot_token=bot_token or fake.bot_token, app_token=app_token or fake.app_token)
    return await check(settings, places, api_url=fake.api, pace_s=0)


async def test_tokens_and_membership_are_looked_at_and_nothing_is_posted() -> None:
    async with FakeSlack(channels=("one", "two")) as fake:
        one, two = fake.channels
        fake.world.channels[two]["is_member"] = False
        found = await ask(fake, one, two, "C0GONE", "D0DIRECT")
    told = [(f.is_trouble, f.seen) for f in found]
    assert (False, f"the bot token is valid: newsbot in team {fake.world.team}") in told
    assert (False, "the app-level token is valid") in told
    assert (True, "channel #two: the bot is not in it") in told
    assert (True, "channel C0GONE cannot be looked at") in told
    assert told[-1] == (False, "1 of 3 channels may be told")
    assert all(f.remedy for f in found if f.is_trouble)


async def test_refused_tokens_are_told_apart() -> None:
    async with FakeSlack(channels=("one",)) as fake:
        [refused] = await ask(fake, bot_token="xoxb-wrong")
        found = await ask(fake, app_token="xapp-wrong")
    assert refused.seen == "the bot token does not work"
    [trouble] = [f for f in found if f.is_trouble and "token" in f.seen]
    assert trouble.seen.startswith("the app-level token does not work")
    assert "TOPICWIRE_SLACK_APP_TOKEN" in trouble.remedy
