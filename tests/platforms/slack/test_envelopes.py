"""What an envelope is known by when it comes again."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.platforms.slack.envelopes import find_key


@pytest.mark.parametrize(
    "payload, is_same",
    [({"event_id": "Ev1"}, True), ({"trigger_id": "1.2.a"}, True), ({"type": "view_closed"}, False)],
)
def test_a_payload_is_known_again_in_a_new_envelope(payload: dict[str, Any], is_same: bool) -> None:
    first = SocketModeRequest(type="interactive", envelope_id="e1", payload=payload)
    second = SocketModeRequest(type="interactive", envelope_id="e2", payload=payload)
    assert (find_key(first) == find_key(second)) is is_same
    assert find_key(first) == find_key(first)
