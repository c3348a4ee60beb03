"""Tell: news of feeds that polls decided -> one bulletin for each ops channel that it concerns -> the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.alerts.feed_news import (
    compose,
    compose_held,
    concerns,
    drop_passed,
    is_due,
    is_outage,
    write_bulletin,
)
from bot.domain.feed_news import FeedNews, FeedStanding
from bot.domain.models import Channel, ChannelId
from bot.domain.troubles import FeedEvent
from bot.pipeline.bells import Bells
from bot.pipeline.events import problem
from bot.ports import Store

Letters = list[tuple[ChannelId, str]]


async def tell_feed_news(store: Store, bells: Bells, now: datetime) -> int:
    """Write the bulletins that are due into the outbox; returns how many.

    A feed of everyone is told in the ops channels of all workspaces: whoever trusts silence has to know.
    """
    news = await store.list_feed_news()
    if not news:
        return 0
    held = [one for one in news if one.what is FeedEvent.HELD]
    others = [one for one in news if one.what is not FeedEvent.HELD]
    ops = await store.list_ops_channels()
    letters = [(channel.id, write_bulletin(compose_held(one))) for one in held for channel in _of(ops, one)]
    standing = await store.find_feed_standing()
    told, outage = list(held), False
    if is_due(others, standing, now):
        told, lasting = news, drop_passed(others)
        outage = is_outage(standing) and any(one.what is FeedEvent.BAD for one in lasting)
        letters += _letters(ops, lasting, standing)
        if outage:
            problem("most feeds cannot be read", failing=standing.failing, polled=standing.polled)
    if not told:
        return 0
    await store.save_bulletins(letters, [one.id for one in told], now, outage=outage)
    if letters:
        bells.deliver.ring()
    return len(letters)


def _letters(ops: Sequence[Channel], news: Sequence[FeedNews], standing: FeedStanding) -> Letters:
    letters: Letters = []
    for channel in ops:
        mine = [one for one in news if concerns(one, channel.place.workspace)]
        if mine:
            letters.append((channel.id, write_bulletin(compose(mine, standing))))
    return letters


def _of(ops: Sequence[Channel], news: FeedNews) -> list[Channel]:
    return [channel for channel in ops if concerns(news, channel.place.workspace)]
