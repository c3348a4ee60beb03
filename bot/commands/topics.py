"""Topics: what can be watched, and a workspace's own ones."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Annotated

from bot.alerts.lists import list_card, topics_card
from bot.alerts.topic_detail import topic_card
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import OwnTopic, TopicName, find_topic, topic_key
from bot.commands.registry import QueryText, command
from bot.domain.cards import Button, Call, Card, Span, line
from bot.domain.errors import InputError
from bot.domain.models import Clause, Sensitivity, Topic, TopicId
from bot.domain.text import shorten

MAX_NAME = 40
OWN_SCORE = 1.0
"""The score of a query that a person wrote: hits in the title and lead are strict, one in the text is normal."""


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
    """Explain a topic: what it looks for, in which languages."""
    topic = await find_topic(ctx, name)
    return Reply(card=_with_subscribe(topic_card(topic, ctx.library), topic))


@command("topic add", right=Right.MANAGE_CHANNEL, opens_form=True)
async def add_topic(
    ctx: Context,
    name: Annotated[str, "Letters, digits and hyphens, such as chip-exports"],
    query: Annotated[QueryText, 'What to look for, such as (chip* OR asml) AND "export controls"'],
    sensitivity: Annotated[Sensitivity, "How sure a match must be to count"] = Sensitivity.NORMAL,
) -> Reply:
    """Add a topic of your own.

    /news help search explains queries; a topic takes no days (since:, after:, before:).
    strict: the query hits the title or the lead; normal and wide: anywhere in the article
    """
    name = unicodedata.normalize("NFC", name).casefold()
    _check_name(name)
    await _check_is_free(ctx, name)
    ctx.library.read_topic_query(query)
    topic = Topic(
        id=TopicId(f"{name}@{ctx.viewer}"),
        name=name,
        title=_make_title(name),
        clauses=(Clause(query=query, score=OWN_SCORE),),
        sensitivity=sensitivity,
        owner=ctx.viewer,
    )
    await ctx.store.save_topic(topic, actor=ctx.asker.actor.id, now=ctx.now)
    _ring(ctx)
    lines = [
        line("It looks for: ", Span(text=query, is_bold=True)),
        line("From now on new articles are matched to it; no channel is told before it subscribes."),
        line("To watch it here: ", Span(text=f"/news subscribe {name}", is_bold=True)),
        line(f"To see what there was: /news search {shorten(query, 200)}"),
    ]
    return Reply(card=_with_subscribe(list_card(f"The topic {name} is saved", lines), topic))


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
    _ring(ctx)
    lines = [
        line("No channel watches it any more; stories that were told stay."),
        *(line("It looked for: ", Span(text=clause.query, is_bold=True)) for clause in topic.clauses),
    ]
    return Reply(card=list_card(f"The topic {topic.name} is removed", lines))


def _check_name(name: str) -> None:
    if len(name) > MAX_NAME:
        raise InputError(f"A name has at most {MAX_NAME} characters; this has {len(name)}.", field="name")
    # Marks are parts of letters in many scripts.
    strange = [c for c in name if not (c.isalnum() or c == "-" or unicodedata.category(c).startswith("M"))]
    if strange:
        shown = "a space" if strange[0].isspace() else f"“{strange[0]}”"
        raise InputError(f"A name is letters, digits and hyphens; {shown} cannot be in it.", field="name")
    if not any(c.isalnum() for c in name):
        raise InputError("A name needs a letter or a digit.", field="name")


async def _check_is_free(ctx: Context, name: str) -> None:
    for topic in await ctx.store.list_topics(ctx.viewer):
        if topic_key(topic.name) == topic_key(name):
            whose = "a pack has it" if topic.owner is None else "this workspace has it already"
            raise InputError(f"The name {topic.name} is taken: {whose}. Choose another one.", field="name")


def _make_title(name: str) -> str:
    title = " ".join(name.replace("-", " ").split())
    return title[:1].upper() + title[1:]


def _ring(ctx: Context) -> None:
    ctx.bells.topics.set()
    ctx.bells.gather.ring()


def _with_subscribe(card: Card, topic: Topic) -> Card:
    call = Call(command="subscribe", arguments=(("topic", topic.name),))
    return replace(card, buttons=(*card.buttons, Button(label="Watch it here", call=call)))
