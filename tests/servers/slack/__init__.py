"""A fake Slack for tests: `FakeSlack` is what a test starts."""

from __future__ import annotations

from tests.servers.slack.orders import Order
from tests.servers.slack.server import FakeSlack
from tests.servers.slack.spec import block_problems, broadcasts, mrkdwn_problems
from tests.servers.slack.world import HUMAN

__all__ = ["HUMAN", "FakeSlack", "Order", "block_problems", "broadcasts", "mrkdwn_problems"]
