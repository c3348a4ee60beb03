"""What a channel watches: subscribe, unsubscribe, subscriptions, and taking back a change of them."""

from __future__ import annotations

from typing import Annotated

from bot.alerts.lists import list_card, story_line, subscriptions_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import TopicName, WatchedTopic, find_topic, list_watched
from bot.commands.previews import find_last_match
from bot.commands.registry import Between, Named, command
from bot.commands.watching import check_list, read_group, read_languages, tell_how
from bot.domain.cards import Button, Call, Line, Span, line
from bot.domain.errors import InputError, NotFoundError
from bot.domain.models import Filters, Mode, Sensitivity, Topic
from bot.domain.records import Change, Watching
from bot.domain.views import SubscriptionLine

MOST_WITH_BUTTONS = 8
MAX_CHANGE_DIGITS = 18


@command("subscribe", right=Right.MANAGE_CHANNEL, opens_form=True)
async def subscribe(
    ctx: Context,
    topic: Annotated[TopicName, "What to watch"],
    mode: Annotated[Mode, "Live alerts, the digest, or both"] = Mode.LIVE,
    sensitivity: Annotated[Sensitivity | None, "How sure a match must be; left out: as the topic says"] = None,
    outlets: Annotated[int, "Wait until so many outlets cover a story", Between(1, 50)] = 1,
    origins: Annotated[int, "Wait for so many origins; wire copies count as one", Named(), Between(1, 50)] = 1,
    languages: Annotated[tuple[str, ...], "Only articles in these languages, as nl, de", Named()] = (),
    from_outlets: Annotated[tuple[str, ...], "Only these outlets, with commas between them", Named()] = (),
    without_outlets: Annotated[tuple[str, ...], "Not these outlets", Named()] = (),
    without_words: Annotated[tuple[str, ...], "Not what holds one of these words or phrases", Named()] = (),
    mention: Annotated[str, "A role or user group that each new story calls", Named()] = "",
) -> Reply:
    """Watch a topic here.

    Lists are parted by commas. Subscribing again changes how; what is left out goes back to the usual.
    To have a role or group mentioned needs the right to manage this workspace.
    """
    found = await _find_topic(ctx, topic, is_alone=not (languages or from_outlets or without_outlets or without_words))
    before = await find_watched(ctx, found)
    filters = Filters(
        languages=check_list(read_languages(languages), "languages"),
        outlets_in=check_list(from_outlets, "from_outlets"),
        outlets_out=check_list(without_outlets, "without_outlets"),
        words_out=check_list(without_words, "without_words"),
        min_origins=origins,
    )
    group = read_group(ctx, mention, before)
    how = Watching(mode=mode, sensitivity=sensitivity, min_outlets=outlets, filters=filters, mention=group)
    return await _watch(ctx, found, how)


async def _find_topic(ctx: Context, name: str, *, is_alone: bool) -> Topic:
    """Find the topic; where more was typed than its name, a wrong one is asked for again with all of it."""
    try:
        return await find_topic(ctx, name)
    except NotFoundError as error:
        if is_alone:
            raise
        raise InputError(str(error), field="topic") from None


async def _watch(ctx: Context, topic: Topic, how: Watching) -> Reply:
    channel = await ctx.store.add_channel(ctx.asker.place)
    change = await ctx.store.save_subscription(channel.id, topic.id, how, actor=ctx.asker.actor.id, now=ctx.now)
    is_new = change.before is None
    lines = tell_how(topic, how, channel.language)
    if hindrance := await ctx.directory.find_hindrance(ctx.asker.place):
        lines.insert(0, line(Span(text=f"Nothing arrives here yet: {hindrance}", is_bold=True)))
    lines += await _tell_last(ctx, topic, how, channel.language)
    title = f"This channel now watches {topic.title}" if is_new else f"Changed how this channel watches {topic.title}"
    latest = Button(label="Latest stories", call=Call(command="latest", arguments=(("topic", topic.name),)))
    return Reply(card=list_card(title, lines, buttons=(latest, _edit_button(topic.name, "Edit"), _undo(change))))


async def _tell_last(ctx: Context, topic: Topic, how: Watching, language: str) -> list[Line]:
    """Show the last story that would have been told, so that the asker sees what to expect."""
    last = await find_last_match(ctx, topic, how)
    if last is None:
        return [line("None of the stories that are kept would have been told here.")]
    return [line("The last story that would have been told here:"), story_line(last, language)]


async def find_watched(ctx: Context, topic: Topic) -> SubscriptionLine | None:
    """Find how this channel watches a topic now."""
    return next((s for s in await list_watched(ctx) if s.topic_id == topic.id), None)


def _undo(change: Change) -> Button:
    """Make the button that brings back exactly what was before."""
    return Button(label="Undo", call=Call(command="subscription undo", arguments=(("change", str(change.number)),)))


@command("subscription undo", right=Right.MANAGE_CHANNEL, is_listed=False)
async def undo(ctx: Context, change: Annotated[str, "The change's number, as its button knows it"]) -> Reply:
    """Take back a change of what this channel watches."""
    channel = await ctx.store.find_channel(ctx.asker.place)
    is_number = change.isdecimal() and len(change) <= MAX_CHANGE_DIGITS
    found = await ctx.store.find_change(channel.id, int(change)) if channel is not None and is_number else None
    if found is None or channel is None:
        raise NotFoundError("That change is not one of this channel. /news subscriptions shows what it watches.")
    topics = {topic.id: topic for topic in await ctx.store.list_topics(ctx.viewer)}
    if found.topic_id not in topics:
        raise NotFoundError("That topic is not there any more. /news topic list shows those there are.")
    title = topics[found.topic_id].title
    if found.before is None:
        await ctx.store.delete_subscription(channel.id, found.topic_id, actor=ctx.asker.actor.id, now=ctx.now)
        return Reply(card=list_card(f"Taken back: this channel does not watch {title}", []))
    await ctx.store.save_subscription(channel.id, found.topic_id, found.before, actor=ctx.asker.actor.id, now=ctx.now)
    lines = tell_how(topics[found.topic_id], found.before, channel.language)
    return Reply(card=list_card(f"Taken back: this channel watches {title} as before", lines))


@command("unsubscribe", right=Right.MANAGE_CHANNEL)
async def unsubscribe(ctx: Context, topic: Annotated[WatchedTopic, "What not to watch any more"]) -> Reply:
    """Stop watching a topic in this channel."""
    found = await find_topic(ctx, topic)
    channel = await ctx.store.find_channel(ctx.asker.place)
    change = None
    if channel is not None:
        change = await ctx.store.delete_subscription(channel.id, found.id, actor=ctx.asker.actor.id, now=ctx.now)
    if change is None:
        watched = ", ".join(s.topic_name for s in await list_watched(ctx))
        told = f"It watches: {watched}." if watched else "It watches nothing."
        return Reply(card=list_card(f"This channel does not watch {found.title}", [line(told)]))
    lines = [
        line("No new story about it is posted here; messages that are already here stay."),
        line("To watch it again: ", Span(text=f"/news subscribe {found.name}", is_bold=True)),
    ]
    return Reply(card=list_card(f"This channel no longer watches {found.title}", lines, buttons=(_undo(change),)))


@command("subscriptions")
async def list_subscriptions(ctx: Context) -> Reply:
    """Show what this channel watches, with buttons to change it."""
    watched = await list_watched(ctx)
    if watched:
        channel = await ctx.channel()
        buttons = [button for s in watched[:MOST_WITH_BUTTONS] for button in _change_buttons(s.topic_name)]
        return Reply(card=subscriptions_card(watched, language=channel.language, buttons=buttons))
    names = ", ".join(topic.name for topic in await ctx.store.list_topics(ctx.viewer))
    lines = [line("To watch a topic here: ", Span(text="/news subscribe TOPIC", is_bold=True))]
    lines += [line(f"Topics: {names}.")] if names else []
    return Reply(card=list_card("This channel watches nothing yet", lines))


def _change_buttons(name: str) -> tuple[Button, ...]:
    return (
        _edit_button(name, f"Edit {name}"),
        _edit_button(name, f"Filter {name}", part="filters"),
        Button(label=f"End {name}", call=Call(command="unsubscribe", arguments=(("topic", name),))),
    )


def _edit_button(name: str, label: str, *, part: str = "") -> Button:
    arguments = (("topic", name), *((("part", part),) if part else ()))
    return Button(label=label, call=Call(command="subscription edit", arguments=arguments))
