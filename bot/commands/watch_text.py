"""From a message that somebody read to a topic that the channel watches."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Annotated

from bot.alerts.lists import list_card
from bot.commands.answers import Answer, Context, Reply, Right
from bot.commands.forms import make_form
from bot.commands.kinds import list_watched
from bot.commands.own_topics import MAX_NAME
from bot.commands.registry import Command, command
from bot.domain.cards import Button, Call, line
from bot.domain.models import Topic
from bot.domain.text import fold, shorten
from bot.stories.proper_names import find_names
from bot.topics.library import Library
from bot.topics.matcher import build_matcher
from bot.topics.texts import ArticleText

LONGEST = 3_000
_NOT_IN_NAMES = re.compile(r"[^\w]+|_")


@command("watch text", right=Right.MANAGE_CHANNEL, is_listed=False, opens_form=True)
async def watch_text(ctx: Context, text: Annotated[str, "What the message says"]) -> Answer:
    """Watch a message's topic.

    A topic that the text reaches is offered; where none is, a topic of your own made of the names in it.
    """
    found = await asyncio.to_thread(_match, ctx.library, await ctx.store.list_topics(ctx.viewer), text[:LONGEST])
    watched = {s.topic_id for s in await list_watched(ctx)}
    fresh = next((topic for topic in found if topic.id not in watched), None)
    if fresh is not None:
        return make_form(_command(ctx, "subscribe"), {"topic": fresh.name})
    if found:
        names = ", ".join(topic.title for topic in found)
        lines = [line("It is about what this channel watches: new stories about it are told here.")]
        edits = tuple(_edit(topic) for topic in found[:3])
        return Reply(card=list_card(f"This channel watches that already: {names}", lines, buttons=edits))
    return make_form(_command(ctx, "topic add"), _propose(text))


def _match(library: Library, topics: Sequence[Topic], text: str) -> list[Topic]:
    """List the topics that a text reaches at their own sensitivity, the best first."""
    known = {topic.id: topic for topic in topics}
    title, _, rest = text.strip().partition("\n")
    hits = build_matcher(library, topics).match(ArticleText(title=title, text=rest))
    return [known[hit.topic_id] for hit in hits if hit.score >= known[hit.topic_id].sensitivity.threshold]


def _propose(text: str) -> dict[str, str]:
    """Propose a topic made of the names in a text, nothing where there are none."""
    title = text.strip().partition("\n")[0]
    names = find_names(title, "", None)
    if not names:
        return {}
    name = "-".join(_NOT_IN_NAMES.sub(" ", fold(names[0])).split())
    query = " OR ".join(f'"{found}"' if re.search(r"\W", found) else found for found in names)
    return {"name": shorten(name, MAX_NAME).strip("-…"), "query": query}


def _edit(topic: Topic) -> Button:
    return Button(
        label=f"Edit {topic.name}", call=Call(command="subscription edit", arguments=(("topic", topic.name),))
    )


def _command(ctx: Context, path: str) -> Command:
    found = ctx.registry.find(path)
    assert found is not None  # noqa: S101 - it is a command of this room
    return found
