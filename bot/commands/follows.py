"""Stories and topics that somebody hears of by direct message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NewType

from bot.alerts.lists import list_card
from bot.commands.answers import Choice, Context, Reply
from bot.commands.kinds import find_topic, read_story_number, suggest_stories, suggest_topics
from bot.commands.registry import command, suggests
from bot.domain.cards import Button, Call, Card, Span, line
from bot.domain.errors import StoryNotFoundError
from bot.domain.models import Channel

Followed = NewType("Followed", str)


@suggests(Followed)
async def suggest_followed(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a topic by its name, or a story by its headline."""
    return [*await suggest_topics(ctx, typed), *await suggest_stories(ctx, typed)]


@command("follow")
async def follow(ctx: Context, what: Annotated[Followed, "A topic's name, or a story's number as #12"]) -> Reply:
    """Hear of a topic or a story by direct message.

    A story is sent as it is now, and grows there; a topic's stories come from now on.
    """
    return await _follow_story(ctx, what) if _is_number(what) else await _follow_topic(ctx, what)


@command("unfollow")
async def unfollow(ctx: Context, what: Annotated[Followed, "A topic's name, or a story's number as #12"]) -> Reply:
    """Hear no more of what you follow."""
    direct = await ctx.directory.direct(ctx.asker.actor.id, ctx.asker.place)
    channels = await ctx.store.list_channels_at(direct)
    if _is_number(what):
        number = read_story_number(what)
        ended = [await ctx.store.delete_follow(number, channel.id) for channel in channels]
        return Reply(card=_ended(f"story #{number}", is_ended=any(ended)))
    topic = await find_topic(ctx, what)
    who = ctx.asker.actor.id
    changes = [await ctx.store.delete_subscription(c.id, topic.id, actor=who, now=ctx.now) for c in channels]
    return Reply(card=_ended(topic.title, is_ended=any(change is not None for change in changes)))


async def _follow_story(ctx: Context, what: str) -> Reply:
    number = read_story_number(what)
    articles = await ctx.store.list_visible_articles(ctx.viewer, number)
    if not articles:
        raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.")
    channel = await _direct(ctx)
    is_new = await ctx.store.add_follow(number, channel.id, now=ctx.now)
    ctx.bells.deliver.ring()
    title = f"You follow: {articles[0].title}" if is_new else f"You follow it already: {articles[0].title}"
    return Reply(card=_begun(title, "It comes to you as a direct message, which grows with the story.", str(number)))


async def _follow_topic(ctx: Context, what: str) -> Reply:
    topic = await find_topic(ctx, what)
    channel = await _direct(ctx)
    watched = {s.topic_id for s in await ctx.store.list_subscriptions(channel.id)}
    if topic.id in watched:
        return Reply(card=_begun(f"You follow {topic.title} already", "Nothing was changed.", topic.name))
    await ctx.store.save_subscription(channel.id, topic.id, actor=ctx.asker.actor.id, now=ctx.now)
    told = "New stories about it come to you as direct messages, each once."
    return Reply(card=_begun(f"You follow {topic.title}", told, topic.name))


async def _direct(ctx: Context) -> Channel:
    """Return the channel of the asker's direct messages; it sees what is seen where they ask."""
    place = await ctx.directory.direct(ctx.asker.actor.id, ctx.asker.place)
    return await ctx.store.add_channel(place, is_direct=True)


def _begun(title: str, told: str, what: str) -> Card:
    lines = [line(told), line("To stop: ", Span(text=f"/news unfollow {what}", is_bold=True))]
    stop = Button(label="Unfollow", call=Call(command="unfollow", arguments=(("what", what),)))
    return list_card(title, lines, buttons=(stop,))


def _ended(what: str, *, is_ended: bool) -> Card:
    if not is_ended:
        return list_card(f"You do not follow {what}", [])
    return list_card(f"You no longer follow {what}", [line("Messages that you have stay as they are.")])


def _is_number(what: str) -> bool:
    return what.removeprefix("#").strip().isdecimal()
