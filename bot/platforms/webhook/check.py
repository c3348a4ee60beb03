"""Whether the webhooks of [[destinations]] are still there: looked at without posting anything.

https://docs.discord.com/developers/resources/webhook#get-webhook-with-token
"""

from __future__ import annotations

from collections.abc import Sequence

from yarl import URL

from bot.domain.errors import PermanentError, PlatformError
from bot.domain.operation import Finding
from bot.domain.settings import DestinationSettings
from bot.platforms.webhook.adapter import PATIENCE
from bot.platforms.webhook.refusals import read_refusal
from bot.platforms.webhook.wire import Wire

ABOUT = "destinations"


async def check(destinations: Sequence[DestinationSettings]) -> list[Finding]:
    """Ask Discord for each of its webhooks; Slack's answer to nothing but a message, so that they stay unknown."""
    wire = Wire(PATIENCE)
    try:
        return [await _check_one(wire, one) for one in destinations]
    finally:
        await wire.close()


async def _check_one(wire: Wire, to: DestinationSettings) -> Finding:
    if to.kind == "slack":
        return _fine(f"{to.name}: Slack tells nothing of a webhook but to a message, and none was sent")
    where = f"destination {to.name}"
    try:
        refusal = read_refusal(await wire.send("GET", URL(to.url).with_query(None), None, where=where), where)
    except PlatformError as error:
        refusal = error
    if refusal is None:
        return _fine(f"{to.name}: its webhook is there")
    remedy = (
        "make a new webhook in the channel's settings and set its address"
        if isinstance(refusal, PermanentError)
        else "look at the network and https://discordstatus.com"
    )
    return Finding(about=ABOUT, is_trouble=True, seen=str(refusal), remedy=remedy)


def _fine(seen: str) -> Finding:
    return Finding(about=ABOUT, is_trouble=False, seen=seen)
