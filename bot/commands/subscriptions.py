"""What a channel watches: subscribe, unsubscribe, subscriptions."""

from __future__ import annotations

from typing import Annotated

from bot.alerts.lists import list_card, subscriptions_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import TopicName, WatchedTopic, find_topic, list_watched
from bot.commands.registry import Between, command
from bot.domain.cards import Button, Call, Line, Span, line
from bot.domain.models import Mode, Sensitivity, Topic
from bot.domain.views import SubscriptionLine

_SENSITIVITY = {
    Sensitivity.STRICT: "strict: only sure matches",
    Sensitivity.NORMAL: "normal",
    Sensitivity.WIDE: "wide: passing mentions count too",
}


@command("subscribe", right=Right.MANAGE_CHANNEL)
async def subscribe(
    ctx: Context,
    topic: Annotated[TopicName, "What to watch"],
    mode: Annotated[Mode, "Live alerts, the digest, or both"] = Mode.LIVE,
    sensitivity: Annotated[Sensitivity | None, "How sure a match must be; left out: as the topic says"] = None,
    outlets: Annotated[int, "Wait until so many outlets cover a story", Between(1, 50)] = 1,
) -> Reply:
    """Watch a topic in this channel."""
    found = await find_topic(ctx, topic)
    before = await _find_watched(ctx, found)
    channel = await ctx.store.add_channel(ctx.asker.place)
    is_new = await ctx.store.add_subscription(
        channel.id,
        found.id,
        mode=mode,
        sensitivity=sensitivity,
        min_outlets=outlets,
        actor=ctx.asker.actor.id,
        now=ctx.now,
    )
    lines = [_what_comes(found, mode)]
    if outlets > 1:
        lines.append(line(f"A story is told once {outlets} outlets cover it."))
    if sensitivity is not None:
        lines.append(line(f"Sensitivity: {_SENSITIVITY[sensitivity]}."))
    lines.append(line("To stop: ", Span(text=f"/news unsubscribe {found.name}", is_bold=True)))
    title = f"This channel now watches {found.title}" if is_new else f"Changed how this channel watches {found.title}"
    latest = Button(label="Latest stories", call=Call(command="latest", arguments=(("topic", found.name),)))
    return Reply(card=list_card(title, lines, buttons=(latest, _undo(found, before))))


def _what_comes(topic: Topic, mode: Mode) -> Line:
    live = (
        f"New stories about {topic.title} are posted here as they happen, each once; its message grows with the story."
    )
    digest = f"Stories about {topic.title} are gathered for this channel's digest: /news digest now shows it."
    told = {
        Mode.LIVE: f"{live} What is known already stays silent.",
        Mode.DIGEST: f"{digest} None is posted by itself.",
        Mode.BOTH: f"{live} They are in the digest too: /news digest now shows it.",
    }
    return line(told[mode])


async def _find_watched(ctx: Context, topic: Topic) -> SubscriptionLine | None:
    """Find how this channel watches a topic now."""
    return next((s for s in await list_watched(ctx) if s.topic_id == topic.id), None)


def _undo(topic: Topic, before: SubscriptionLine | None) -> Button:
    """Make the button that brings back what was before."""
    if before is None:
        return Button(label="Undo", call=Call(command="unsubscribe", arguments=(("topic", topic.name),)))
    arguments = [("topic", topic.name), ("mode", before.mode.value), ("outlets", str(before.min_outlets))]
    if before.sensitivity is not topic.sensitivity:
        arguments.append(("sensitivity", before.sensitivity.value))
    return Button(label="Undo", call=Call(command="subscribe", arguments=tuple(arguments)))


@command("unsubscribe", right=Right.MANAGE_CHANNEL)
async def unsubscribe(ctx: Context, topic: Annotated[WatchedTopic, "What not to watch any more"]) -> Reply:
    """Stop watching a topic in this channel."""
    found = await find_topic(ctx, topic)
    before = await _find_watched(ctx, found)
    channel = await ctx.store.find_channel(ctx.asker.place)
    was_there = channel is not None and await ctx.store.delete_subscription(
        channel.id, found.id, actor=ctx.asker.actor.id, now=ctx.now
    )
    if not was_there:
        watched = ", ".join(s.topic_name for s in await list_watched(ctx))
        told = f"It watches: {watched}." if watched else "It watches nothing."
        return Reply(card=list_card(f"This channel does not watch {found.title}", [line(told)]))
    lines = [
        line("No new story about it is posted here; messages that are already here stay."),
        line("To watch it again: ", Span(text=f"/news subscribe {found.name}", is_bold=True)),
    ]
    card = list_card(f"This channel no longer watches {found.title}", lines, buttons=(_undo(found, before),))
    return Reply(card=card)


@command("subscriptions")
async def list_subscriptions(ctx: Context) -> Reply:
    """Show what this channel watches."""
    watched = await list_watched(ctx)
    if watched:
        channel = await ctx.channel()
        return Reply(card=subscriptions_card(watched, language=channel.language))
    names = ", ".join(topic.name for topic in await ctx.store.list_topics(ctx.viewer))
    lines = [line("To watch a topic here: ", Span(text="/news subscribe TOPIC", is_bold=True))]
    lines += [line(f"Topics: {names}.")] if names else []
    return Reply(card=list_card("This channel watches nothing yet", lines))
