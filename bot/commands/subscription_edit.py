"""The forms that change how a channel watches a topic, filled with what is chosen now."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.commands.answers import Context, Form, Right
from bot.commands.forms import make_field
from bot.commands.kinds import WatchedTopic, find_topic, list_watched
from bot.commands.registry import command
from bot.commands.watching import arguments_of, watching_of
from bot.domain.cards import Call
from bot.domain.errors import InputError


class Part(StrEnum):
    """What of a subscription is asked for: a form has little room on some platforms."""

    ALERTS = "alerts"
    FILTERS = "filters"


_FIELDS = {
    Part.ALERTS: ("mode", "sensitivity", "outlets", "origins", "mention"),
    Part.FILTERS: ("languages", "from_outlets", "without_outlets", "without_words"),
}


@command("subscription edit", right=Right.MANAGE_CHANNEL, opens_form=True)
async def edit_subscription(
    ctx: Context,
    topic: Annotated[WatchedTopic, "Which of the topics that this channel watches"],
    part: Annotated[Part, "When and how it alerts, or what it lets through"] = Part.ALERTS,
) -> Form:
    """Change a subscription.

    A form asks for what it is told at, or for what it lets through. /news subscribe TOPIC changes it without a form.
    """
    found = await find_topic(ctx, topic)
    watched = await list_watched(ctx)
    before = next((s for s in watched if s.topic_id == found.id), None)
    if before is None:
        there = ", ".join(s.topic_name for s in watched)
        told = f"It watches: {there}." if there else f"/news subscribe {found.name} makes it do so."
        raise InputError(f"This channel does not watch {found.title}. {told}", field="topic")
    chosen = {"topic": found.name} | arguments_of(watching_of(before))
    command = ctx.registry.find("subscribe")
    assert command is not None  # noqa: S101 - it is a command of this room
    asked = [p for p in command.parameters if p.name in _FIELDS[part]]
    kept = tuple((name, text) for name, text in chosen.items() if name not in _FIELDS[part] and text)
    return Form(
        title=f"{found.title}: {part.value}",
        call=Call(command=command.path, arguments=kept),
        fields=tuple(make_field(p, chosen[p.name]) for p in asked),
    )
