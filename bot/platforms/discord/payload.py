"""A card as the JSON that a webhook of Discord takes; nobody in it can be pinged.

https://docs.discord.com/developers/resources/webhook#execute-webhook
"""

from __future__ import annotations

from typing import Any

from bot.domain.cards import Card
from bot.platforms.discord.render import render_card


def render_payload(card: Card) -> dict[str, Any]:
    """Render a card as the body of a webhook's message, also of an edit."""
    rendered = render_card(card)
    view = rendered.view()
    return {
        "embeds": [embed.to_dict() for embed in rendered.embeds],
        "components": view.to_components() if view is not None else [],
        "allowed_mentions": {"parse": []},
    }
