"""Topics: what can be watched, explained and tried; a workspace's own ones are made in `topic_drafts`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.alerts.lists import list_card, topics_card
from bot.alerts.phrases import say
from bot.alerts.topic_detail import topic_card
from bot.alerts.topic_history import history_sections
from bot.alerts.trial_cards import trial_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import OwnTopic, TopicName, find_topic
from bot.commands.own_topics import list_masks, ring_topics, tell_words
from bot.commands.registry import command
from bot.domain.cards import Button, Call, Card, Span, line
from bot.domain.errors import InputError
from bot.domain.models import Topic
from bot.pipeline.trial import Trier


@command("topic list")
async def list_topics(ctx: Context) -> Reply:
    """Show the topics that can be watched here."""
    topics = await ctx.store.list_topics(ctx.viewer)
    if not topics:
        how = line("To make one: ", Span(text="/news topic add", is_bold=True))
        return Reply(card=list_card("There are no topics yet", [how]))
    channel = await ctx.channel()
    own = "; • made in this workspace" if any(topic.owner for topic in topics) else ""
    card = topics_card(topics, language=channel.language)
    return Reply(card=replace(card, footer=line(f"/news topic show NAME explains one{own}")))


@command("topic show")
async def show_topic(ctx: Context, name: Annotated[TopicName, "Which topic"]) -> Reply:
    """Explain a topic: what it looks for, in which languages, who made it, what it hit of late."""
    topic = await find_topic(ctx, name)
    history = await ctx.store.get_topic_history(ctx.viewer, topic.id, topic.sensitivity, ctx.now)
    more = history_sections(
        history,
        words=tell_words(ctx, topic),
        masks=await list_masks(ctx, topic.id),
        asker=ctx.asker.actor.id,
    )
    card = topic_card(topic, ctx.library)
    card = replace(card, sections=(*card.sections[:2], *more, *card.sections[2:]))
    return Reply(card=_with_buttons(card, topic, (await ctx.channel()).language, "test"))


@command("topic test")
async def test_topic(ctx: Context, name: Annotated[TopicName, "Which topic"]) -> Reply:
    """Try a topic on the last 30 days: how many a day, which, and what it just misses."""
    topic = await find_topic(ctx, name)
    trier = Trier(store=ctx.store, library=ctx.library, viewer=ctx.viewer, now=ctx.now)
    report = await trier.try_topic(topic, masks=await list_masks(ctx, topic.id))
    language = (await ctx.channel()).language
    card = trial_card(
        topic,
        report,
        language=language,
        bound=ctx.settings.topics.daily_bound,
        words=tell_words(ctx, topic),
        footer="Nothing was changed." if topic.owner is None else f"To change it: /news topic edit {topic.name}",
    )
    return Reply(card=_with_buttons(card, topic, language))


@command("topic remove", right=Right.MANAGE_WORKSPACE)
async def remove_topic(ctx: Context, name: Annotated[OwnTopic, "Which of this workspace's topics"]) -> Reply:
    """Remove one of this workspace's topics, with its subscriptions."""
    topic = await find_topic(ctx, name)
    if topic.owner is None:
        raise InputError(
            f"{topic.name} comes from a topic pack, a file that the operator keeps (topics.files), so it cannot be "
            f"removed here. /news unsubscribe {topic.name} stops it for this channel."
        )
    await ctx.store.delete_topic(topic.id, actor=ctx.asker.actor.id, now=ctx.now)
    ring_topics(ctx)
    lines = [
        line("No channel watches it any more; stories that were told stay."),
        *(line("It looked for: ", Span(text=clause.query, is_bold=True)) for clause in topic.clauses),
    ]
    return Reply(card=list_card(f"The topic {topic.name} is removed", lines))


def _with_buttons(card: Card, topic: Topic, language: str, *more: str) -> Card:
    """Add the buttons to watch a topic and, where it is the workspace's own, to edit it."""
    words = [*more, *(["edit"] if topic.owner is not None else [])]
    buttons = [
        Button(label=say(word, language), call=Call(command=f"topic {word}", arguments=(("name", topic.name),)))
        for word in words
    ]
    watch = Button(label="Watch it here", call=Call(command="subscribe", arguments=(("topic", topic.name),)))
    return replace(card, buttons=(*card.buttons, watch, *buttons))
