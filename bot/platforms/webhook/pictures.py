"""A picture that comes with a post on Discord: shown in its last embed, with words for who does not see it.

https://docs.discord.com/developers/reference#uploading-files
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from bot.domain.cards import Picture
from bot.domain.text import clean, shorten

MAX_ALT = 1_024
MAX_PICTURE = 8_000_000
"""Below what Discord takes of any server; a larger one is left out, the card says the same in text."""


def can_show(kind: str, picture: Picture | None) -> TypeGuard[Picture]:
    """Tell whether there is a picture that this kind of webhook takes: Slack's take none."""
    return kind == "discord" and picture is not None and len(picture.content) <= MAX_PICTURE


def show_picture(payload: Mapping[str, Any], picture: Picture) -> Mapping[str, Any]:
    """Show a picture that comes as the first file in the last embed."""
    *others, last = payload["embeds"]
    embeds = [*others, {**last, "image": {"url": f"attachment://{picture.name}"}}]
    attachment = {"id": 0, "filename": picture.name, "description": shorten(clean(picture.alt), MAX_ALT)}
    return {**payload, "embeds": embeds, "attachments": [attachment]}
