"""What somebody missed in a channel since they last caught up, told to them alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from bot.alerts.cards import zone_of
from bot.alerts.phrases import say
from bot.commands.answers import Context, Reply
from bot.commands.registry import Between, Named, command
from bot.commands.times import LONGEST_AGO, read_since
from bot.domain.cards import Button, Call
from bot.domain.digests import Catchup
from bot.domain.errors import InputError, NotFoundError
from bot.domain.models import Channel
from bot.pipeline.compose import Composer
from bot.pipeline.digest import SETTLED_AFTER
from bot.pipeline.show import show_digest

FIRST = timedelta(days=1)
"""How far somebody looks back who never caught up here."""


@command("catchup")
async def catch_up(
    ctx: Context,
    since: Annotated[
        str, "Since when: 3h, 2d, 14:00, yesterday, monday, 2026-11-28; else since your last catchup"
    ] = "",
    until: Annotated[str, "Until when; else until now", Named()] = "",
    page: Annotated[int, "Which page", Between(1, 100), Named()] = 1,
) -> Reply:
    """Show what you missed here since you last asked.

    It is remembered for each person and channel up to when they have caught up; the first time it is a day.
    """
    channel = await ctx.channel()
    composer = Composer(store=ctx.store, names=ctx.reader.names)
    topics = await composer.list_wanted(channel, every=True)
    if not topics:
        raise InputError("This channel watches nothing yet, so you missed nothing. /news subscribe TOPIC changes that.")
    end = read_since(until, ctx.now, zone_of(channel.zone)) if until else ctx.now.replace(microsecond=0)
    begin = await _find_since(ctx, channel, since)
    if until and end <= begin:
        told = f"{begin.astimezone(zone_of(channel.zone)):%Y-%m-%d %H:%M}"
        raise InputError(f"“{until}” is not after {told}, where it is to begin: give an earlier since.", field="until")
    digest = await composer.compose(channel, topics, since=begin, until=end, has_trends=False)
    title, more = say("digest.catchup", channel.language), _more(begin, end, page + 1, channel.language)
    shown = await show_digest(ctx.reader, channel, digest, number=page, title=title, more=more)
    if shown is None:
        raise NotFoundError("These stories changed just now; ask once more.")
    if not until:
        reached = max(begin, ctx.now - SETTLED_AFTER)
        await ctx.store.save_catchup(Catchup(channel_id=channel.id, actor=ctx.asker.actor.id, until=reached))
    return Reply(card=shown.card)


async def _find_since(ctx: Context, channel: Channel, since: str) -> datetime:
    if since:
        return read_since(since, ctx.now, zone_of(channel.zone))
    known = await ctx.store.find_catchup(channel.id, ctx.asker.actor.id)
    return ctx.now - FIRST if known is None or known >= ctx.now else max(known, ctx.now - LONGEST_AGO)


def _more(begin: datetime, end: datetime, page: int, language: str) -> Button:
    since, until = (at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for at in (begin, end))
    arguments = (("since", since), ("until", until), ("page", str(page)))
    return Button(label=say("digest.show_rest", language), call=Call(command="catchup", arguments=arguments))
