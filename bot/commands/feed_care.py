"""How feeds are and what to do about it: health in detail, and what becomes of articles that were held back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.alerts.feed_health import health_card, is_failing, one_health_card
from bot.alerts.lists import list_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import FeedName, find_feed
from bot.commands.registry import command
from bot.domain.cards import line


class Verdict(StrEnum):
    """What becomes of held articles."""

    SHOW = "show"
    DROP = "drop"


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


@command("feed held", right=Right.MANAGE_WORKSPACE)
async def decide_held(
    ctx: Context,
    feed: Annotated[FeedName, "Its number, address or name"],
    what: Annotated[Verdict, "Show them as news, or drop them: kept as context, not told"],
) -> Reply:
    """Decide over articles that a feed brought all at once and that were held back.

    For a feed of the operator's file the first decision holds for everyone who reads it.
    """
    found = await find_feed(ctx, feed)
    is_shown = what is Verdict.SHOW
    count = await ctx.store.decide_held(
        found.id, is_shown=is_shown, actor=ctx.asker.actor.id, workspace=ctx.viewer, now=ctx.now
    )
    if not count:
        return Reply(card=list_card(f"Nothing of {found.title or found.host} is held back", []))
    ctx.bells.gather.ring()
    told = "They are matched now, and told where they are news." if is_shown else "They are kept as context, not told."
    articles = f"{count} article{'' if count == 1 else 's'}"
    return Reply(card=list_card(f"{articles} of {found.title or found.host}: {what.value}", [line(told)]))
