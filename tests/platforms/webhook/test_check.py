"""What `topicwire doctor` says of the webhooks of destinations, having posted nothing."""

from __future__ import annotations

import pytest

from bot.platforms.webhook.check import check
from tests.platforms.webhook.stage import WebhookServer
from tests.servers.wire import Fault


async def test_a_webhook_that_is_there_is_fine_and_nothing_is_posted() -> None:
    async with WebhookServer() as server:
        found = await check([server.destination("discord"), server.destination("slack", "desk")])
        assert [(finding.is_trouble, finding.seen.partition(":")[0]) for finding in found] == [
            (False, "discord"), (False, "desk"),
        ]  # fmt: skip
        assert "none was sent" in found[1].seen
        assert [line.partition(" ")[0] for line, _ in server.requests] == ["GET"]


@pytest.mark.parametrize(
    "status, body, remedy",
    [(404, {"message": "Unknown Webhook", "code": 10015}, "make a new webhook"), (502, "", "look at the network")],
)
async def test_one_that_is_gone_or_away_is_a_finding_that_shows_no_address(
    status: int, body: object, remedy: str
) -> None:
    async with WebhookServer() as server:
        server.faults.append(Fault(status=status, body=body))
        (finding,) = await check([server.destination("discord")])
    assert finding.is_trouble
    assert remedy in finding.remedy
    assert "sEcReT" not in finding.seen
