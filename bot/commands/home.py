"""The home that a platform shows to one person: what their channels watch, and how the feeds are.

A section gives cards; to add one, write it and add it to SECTIONS.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.feed_health import health_card, is_failing
from bot.alerts.lists import list_card, subscriptions_card
from bot.commands.answers import Context
from bot.commands.digest import NO_DIGEST, PREVIEW, say_plan
from bot.domain.cards import Button, Call, Card, Span, line
from bot.domain.digests import DigestPlan
from bot.domain.models import Channel
from bot.domain.views import SubscriptionLine

MOST_CHANNELS = 20
MOST_TOPICS = 6
"""Topics of a channel that have buttons of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeChannel:
    """A channel that somebody is in, and what it is called there."""

    channel: Channel
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    """A card of the home; its buttons act in `channel`, the platform's id ("": wherever the person is alone)."""

    card: Card
    channel: str = ""


_FIRST_STEPS = (("Topics", "topic list"), ("Help", "help"))
Section = Callable[[Context, Sequence[HomeChannel]], Awaitable[Sequence[HomeCard]]]


async def show_subscriptions(ctx: Context, channels: Sequence[HomeChannel]) -> Sequence[HomeCard]:
    """Show what each channel watches and when its digest comes, with buttons to change it; others are left out."""
    found: list[HomeCard] = []
    for one in channels:
        watched = await ctx.store.list_subscriptions(one.channel.id)
        plan = await ctx.store.find_digest_plan(one.channel.id)
        if watched or plan is not None:
            shown = _channel_card(one, watched, plan, ctx.now)
            found.append(HomeCard(card=shown, channel=one.channel.place.channel))
    if not found:
        lines = [
            line("None of your channels watches a topic yet."),
            line("In a channel, type ", Span(text="/news subscribe TOPIC", is_bold=True)),
            line("To hear of one by direct message: ", Span(text="/news follow TOPIC", is_bold=True)),
        ]
        buttons = tuple(Button(label=label, call=Call(command=path)) for label, path in _FIRST_STEPS)
        return [HomeCard(card=list_card("What your channels watch", lines, buttons=buttons))]
    if len(found) <= MOST_CHANNELS:
        return found
    left = len(found) - MOST_CHANNELS
    more = [line("/news subscriptions in one of them shows what it watches.")]
    return [*found[:MOST_CHANNELS], HomeCard(card=list_card(f"And {left} more channels", more))]


def _channel_card(
    one: HomeChannel, watched: Sequence[SubscriptionLine], plan: DigestPlan | None, now: datetime
) -> Card:
    buttons = [
        Button(label="Watch another", call=Call(command="subscribe")),
        Button(label="Settings", call=Call(command="settings")),
        Button(label="Digest", call=Call(command="digest set")),
    ]
    if plan is not None:
        buttons += [PREVIEW, NO_DIGEST]
    for subscription in watched[:MOST_TOPICS]:
        topic = (("topic", subscription.topic_name),)
        buttons += [
            Button(label=f"Edit {subscription.topic_name}", call=Call(command="subscription edit", arguments=topic)),
            Button(label=f"End {subscription.topic_name}", call=Call(command="unsubscribe", arguments=topic)),
        ]
    shown = subscriptions_card(watched, language=one.channel.language, buttons=buttons)
    lines = [*(shown.sections[0].lines if watched else ()), say_plan(one.channel, plan, now)]
    return list_card(one.name, lines, buttons=buttons)


async def show_feeds(ctx: Context, channels: Sequence[HomeChannel]) -> Sequence[HomeCard]:
    """Show the feeds that are in trouble, or that none is."""
    feeds = await ctx.store.list_feeds(ctx.viewer)
    bad = [feed for feed in feeds if is_failing(feed) or feed.held]
    buttons = (
        Button(label="All feeds", call=Call(command="feed list")),
        Button(label="Add a feed", call=Call(command="feed add")),
    )
    if bad:
        card = health_card(bad)
        return [HomeCard(card=list_card(f"Feeds: {len(bad)} of {len(feeds)} need a look", card.sections[0].lines,
                                        buttons=buttons))]  # fmt: skip
    told = f"All {len(feeds)} could be read when they were asked last." if feeds else "No feed is read here yet."
    return [HomeCard(card=list_card("Feeds", [line(told)], buttons=buttons))]


SECTIONS: list[Section] = [show_subscriptions, show_feeds]
"""What the home shows, in this order."""
