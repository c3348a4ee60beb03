"""How feeds are and what to do about it: health in detail, and what becomes of articles that were held back."""

from __future__ import annotations

from typing import Annotated

from bot.alerts.feed_health import health_card, is_failing, one_health_card
from bot.alerts.lists import list_card
from bot.commands.answers import Context, Reply
from bot.commands.kinds import FeedName, find_feed
from bot.commands.registry import command
from bot.domain.cards import line

_ANY = FeedName("")


@command("feed health")
async def show_health(
    ctx: Context, feed: Annotated[FeedName, "Its number, address or name; left out: those in trouble"] = _ANY
) -> Reply:
    """Show how a feed is, or which feeds are in trouble, and what to do about it."""
    if feed:
        return Reply(card=one_health_card(await find_feed(ctx, feed)))
    feeds = await ctx.store.list_feeds(ctx.viewer)
    bad = [one for one in feeds if is_failing(one) or one.held]
    if not bad:
        told = line("Every one could be read when it was asked last." if feeds else "No feed is read here yet.")
        return Reply(card=list_card(f"{len(feeds)} feed{'' if len(feeds) == 1 else 's'}, none in trouble", [told]))
    return Reply(card=health_card(bad))
