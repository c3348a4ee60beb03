"""A workspace's own topics: their names, who may change them, what they were taught, what follows from a change."""

from __future__ import annotations

import unicodedata

from bot.commands.answers import Context, Right
from bot.commands.kinds import find_topic, topic_key
from bot.domain.errors import InputError, NotFoundError, QueryError
from bot.domain.models import Topic, TopicId
from bot.domain.text import shorten
from bot.domain.tunings import TuningKind
from bot.topics.wording import describe

MAX_NAME = 40


def read_name(typed: str) -> str:
    """Return a name as it is kept; raises InputError saying what cannot be in it."""
    name = unicodedata.normalize("NFC", typed).casefold()
    if len(name) > MAX_NAME:
        raise InputError(f"A name has at most {MAX_NAME} characters; this has {len(name)}.", field="name")
    # Marks are parts of letters in many scripts.
    strange = [c for c in name if not (c.isalnum() or c == "-" or unicodedata.category(c).startswith("M"))]
    if strange:
        shown = "a space" if strange[0].isspace() else f"“{strange[0]}”"
        raise InputError(f"A name is letters, digits and hyphens; {shown} cannot be in it.", field="name")
    if not any(c.isalnum() for c in name):
        raise InputError("A name needs a letter or a digit.", field="name")
    return name


async def check_is_free(ctx: Context, name: str, *, but: TopicId | None = None) -> None:
    """Raise InputError where another topic than `but` has the name."""
    for topic in await ctx.store.list_topics(ctx.viewer):
        if topic.id != but and topic_key(topic.name) == topic_key(name):
            whose = "a pack has it" if topic.owner is None else "this workspace has it already"
            raise InputError(f"The name {topic.name} is taken: {whose}. Choose another one.", field="name")


async def choose_id(ctx: Context, name: str) -> TopicId:
    """Return an id for a new topic: a topic that was renamed keeps the one that it had."""
    taken = {topic.id for topic in await ctx.store.list_topics(ctx.viewer)}
    wanted = TopicId(f"{name}@{ctx.viewer}")
    number = 2
    while wanted in taken:
        wanted = TopicId(f"{name}-{number}@{ctx.viewer}")
        number += 1
    return wanted


def make_title(name: str) -> str:
    """Make the title of a topic out of its name."""
    title = " ".join(name.replace("-", " ").split())
    return title[:1].upper() + title[1:]


def ring_topics(ctx: Context) -> None:
    """Have the matcher built anew, and the archive matched with what changed."""
    ctx.bells.topics.set()
    ctx.bells.gather.ring()
    ctx.bells.rematch.ring()


async def list_masks(ctx: Context, topic_id: TopicId) -> list[str]:
    """List what this workspace taught a topic to pass over."""
    taught = await ctx.store.list_tunings(ctx.viewer, TuningKind.MASK)
    return [tuning.rule for tuning in taught if tuning.topic_id == topic_id]


def tell_words(ctx: Context, topic: Topic) -> str:
    """Say the query of a topic of one query in words."""
    if len(topic.clauses) != 1:
        return ""
    try:
        told = describe(ctx.library.read_query(topic.clauses[0].query))
    except QueryError as error:
        return f"It cannot be read any more: {error.message}"
    return shorten(told[:1].upper() + told[1:], 500)


async def find_own(ctx: Context, name: str) -> Topic:
    """Find a topic of this workspace that the asker may change; raises InputError or NotFoundError."""
    topic = await find_topic(ctx, name)
    if topic.owner is None:
        raise InputError(
            f"{topic.name} comes from a topic pack, a file that the operator keeps (topics.files), so it cannot be "
            f"changed here. What is wrong with it can be taught by the button “Wrong topic” on an alert; a topic of "
            "your own can use its term groups (/news topic show names them).",
            field="name",
        )
    await check_may_edit(ctx, topic)
    return topic


async def check_may_edit(ctx: Context, topic: Topic) -> None:
    """Raise NotFoundError unless the asker made the topic or manages the workspace: others depend on it."""
    if ctx.asker.may(Right.MANAGE_WORKSPACE):
        return
    history = await ctx.store.get_topic_history(ctx.viewer, topic.id, topic.sensitivity, ctx.now)
    if history.made is None or history.made.actor != ctx.asker.actor.id:
        raise NotFoundError(
            f"{topic.name} was made by somebody else; changing it needs the right to {Right.MANAGE_WORKSPACE}."
        )
