"""A card as the JSON that an incoming webhook of Slack takes; no link in it unfolds.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from __future__ import annotations

from typing import Any

from bot.domain.cards import Card
from bot.platforms.slack.render import render_card


def render_payload(card: Card) -> dict[str, Any]:
    """Render a card as the body of a webhook's message."""
    message = render_card(card)
    return {"text": message.text, "blocks": message.blocks, "unfurl_links": False, "unfurl_media": False}
