"""What this workspace teaches topics: learnt from the button "Wrong topic", listed and undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.alerts.cards import moment, mute_button
from bot.alerts.lists import list_card
from bot.alerts.phrases import say
from bot.commands.answers import Context, Reply, Right
from bot.commands.kinds import StoryNumber, TopicName, read_story_number, topic_key
from bot.commands.own_topics import ring_topics
from bot.commands.registry import Between, command
from bot.domain.cards import Button, Call, Card, Line, Span, line
from bot.domain.errors import InputError, NotFoundError, QueryError, StoryNotFoundError
from bot.domain.models import Match, StoryId, Topic, TopicId, WorkspaceId
from bot.domain.query import parse_term
from bot.domain.text import shorten
from bot.domain.tunings import NewTuning, Tuning, TuningKind, TuningState
from bot.domain.views import TopicWhy
from bot.pipeline.trial import BINDING, Trier
from bot.topics.masking import propose_masks

MOST_LISTED = 20
MOST_BUTTONS = 10
TuningNumber = Annotated[int, "Its number, as /news tuning list shows it", Between(1, 10**15)]


@command("tuning wrong")
async def say_wrong(
    ctx: Context,
    story: Annotated[StoryNumber, "Its number, as lists show it after #"],
    topic: Annotated[TopicName, "The topic that it is not about"] = TopicName(""),  # noqa: B008 - a plain text
) -> Reply:
    """Say that a story is not about its topic, so that the topic learns it.

    You choose what the topic passes over from now on, in this workspace alone. It is taught by somebody with the right
    to manage this channel; wishes of others are counted.
    """
    number = read_story_number(story)
    workspace, is_own = await _find_workspace(ctx, number)
    view = await ctx.reader.story(workspace, number)
    if not view.topics:
        raise InputError("This story is on no topic here any more.")
    if not (is_own and ctx.asker.may(Right.MANAGE_CHANNEL)):
        who = ctx.asker.actor.id
        wishes = await ctx.store.add_tuning_wish(view.id, workspace, actor=who, now=ctx.now)
        return Reply(card=_counted(view.headline, wishes))
    chosen = [why for why in view.topics if not topic or topic_key(topic) in (topic_key(why.name), why.topic_id)]
    if not chosen:
        there = ", ".join(why.name for why in view.topics)
        raise InputError(f"The story is not on “{shorten(topic, 60)}”, but on: {there}.", field="topic")
    if len(chosen) > 1:
        return Reply(card=_ask_which(view.id, view.headline, chosen))
    return Reply(card=await _offer(ctx, view.id, view.headline, chosen[0]))


@command("tuning apply", right=Right.MANAGE_CHANNEL)
async def apply_tuning(ctx: Context, number: TuningNumber) -> Reply:
    """Let a topic pass over, in this workspace, what was offered."""
    tuning, topic = await _find(ctx, number)
    is_new = await ctx.store.set_tuning(tuning, TuningState.ON, actor=ctx.asker.actor.id, now=ctx.now)
    ring_topics(ctx)
    language = (await ctx.channel()).language
    lines = [
        line("New articles are judged so from now on, and what is kept is being judged now, silently."),
        line("Other workspaces and the packs stay as they are. To undo it: ", _bold(f"/news tuning undo {tuning.id}")),
    ]
    undo = Button(label=say("undo", language), call=_call("tuning undo", tuning))
    title = f"{topic.title} passes over “{tuning.rule}” in this workspace"
    return Reply(card=list_card(title if is_new else f"{title} already", lines, buttons=(undo,)))


@command("tuning list")
async def list_tunings(ctx: Context) -> Reply:
    """Show what this workspace taught its topics, who taught it and when."""
    language = (await ctx.channel()).language
    found = await ctx.store.list_tunings(ctx.viewer)
    topics = {topic.id: topic for topic in await ctx.store.list_topics(ctx.viewer)}
    lines = [_tuning_line(tuning, topics, ctx.asker.actor.id) for tuning in found[:MOST_LISTED]]
    if len(found) > MOST_LISTED:
        lines.append(line(f"+{len(found) - MOST_LISTED}"))
    buttons = [
        Button(label=f"{say('undo', language)} #{tuning.id}", call=_call("tuning undo", tuning))
        for tuning in found[:MOST_BUTTONS]
    ]
    if splits := await ctx.store.list_splits(ctx.viewer):
        lines.append(line(f"Stories taken apart: {len(splits)}. /news rejoin lists them and undoes it."))
        buttons.append(Button(label="Taken apart", call=Call(command="rejoin")))
    empty = "Nothing yet. The button “Wrong topic” on an alert, or /news tuning wrong STORY, teaches a topic."
    return Reply(card=list_card(say("tunings", language), lines, empty=empty, buttons=buttons))


@command("tuning undo", right=Right.MANAGE_CHANNEL)
async def undo_tuning(ctx: Context, number: TuningNumber) -> Reply:
    """Undo something that a topic was taught here."""
    tuning = await ctx.store.find_tuning(ctx.viewer, number)
    if tuning is None or tuning.state is TuningState.OFFERED:
        raise NotFoundError(f"There is no tuning #{number} here. /news tuning list shows those there are.")
    was_on = await ctx.store.set_tuning(tuning, TuningState.OFF, actor=ctx.asker.actor.id, now=ctx.now)
    ring_topics(ctx)
    again = Button(label="Teach it again", call=_call("tuning apply", tuning))
    told = f"“{tuning.rule}” counts again" if was_on else f"“{tuning.rule}” was undone already"
    lines = [line("What is kept is being judged anew, silently.")] if was_on else []
    return Reply(card=list_card(told, lines, buttons=(again,)))


async def _find_workspace(ctx: Context, number: StoryId) -> tuple[WorkspaceId, bool]:
    """Return the workspace in whose sight the story is here, and whether it is the one that is asked in.

    Direct messages stand for the workspaces that they are from, in which the asker may have no right.
    """
    channels = await ctx.store.list_channels_at(ctx.asker.place)
    for viewer in dict.fromkeys([ctx.viewer, *(channel.place.workspace for channel in channels)]):
        if await ctx.store.list_visible_articles(viewer, number):
            return viewer, viewer == ctx.viewer
    raise StoryNotFoundError(f"There is no story #{number} here. /news latest shows those there are.")


async def _offer(ctx: Context, story_id: StoryId, headline: str, why: TopicWhy) -> Card:
    """Offer the phrases around the hits, each with how many hits of late would fall with it."""
    topic = next(t for t in await ctx.store.list_topics(ctx.viewer) if t.id == why.topic_id)
    rules = _propose(await ctx.store.list_story_matches(story_id), why)
    offers = [
        NewTuning(workspace=ctx.viewer, kind=TuningKind.MASK, rule=rule, topic_id=topic.id, story_id=story_id)
        for rule in rules
    ]
    kept = await ctx.store.offer_tunings(offers, actor=ctx.asker.actor.id, now=ctx.now)
    trier = Trier(store=ctx.store, library=ctx.library, viewer=ctx.viewer, now=ctx.now)
    lines: list[Line] = [line(headline)]
    buttons: list[Button] = []
    for tuning in kept:
        lost = await trier.count_masked(topic, tuning.rule)
        lines.append(line(_bold(f"“{tuning.rule}”"), f" · {_tell_lost(lost)} · /news tuning apply {tuning.id}"))
        label = f"Pass over “{shorten(tuning.rule, 40)}”"
        buttons.append(Button(label=label, call=_call("tuning apply", tuning)))
    language = (await ctx.channel()).language
    if kept:
        lines.insert(1, line(f"What should {topic.title} pass over from now on, in this workspace?"))
    else:
        lines.append(line("Nothing stands beside the words that fired, so there is no phrase to pass over."))
    if topic.owner is not None:
        edit = Call(command="topic edit", arguments=(("name", topic.name),))
        buttons.append(Button(label=say("edit", language), call=edit))
    return list_card(f"Not about {topic.title}", lines, buttons=(*buttons, mute_button(story_id, language)))


def _propose(matches: Sequence[Match], why: TopicWhy) -> list[str]:
    mine = sorted((m for m in matches if m.topic_id == why.topic_id), key=lambda m: -m.score)
    reasons = [*why.reasons, *(reason for match in mine for reason in match.reasons)]
    return [rule for rule in propose_masks(reasons, BINDING) if _is_term(rule)]


def _is_term(rule: str) -> bool:
    try:
        parse_term(rule)
    except QueryError:
        return False
    return True


def _ask_which(story_id: StoryId, headline: str, topics: Sequence[TopicWhy]) -> Card:
    buttons = [
        Button(
            label=shorten(why.title, 60),
            call=Call(command="tuning wrong", arguments=(("story", str(story_id)), ("topic", why.name))),
        )
        for why in topics
    ]
    lines = [line(headline), *(line(f"/news tuning wrong {story_id} {why.name}") for why in topics)]
    return list_card("Which topic is it not about?", lines, buttons=buttons)


def _counted(headline: str, wishes: int) -> Card:
    people = "One person here finds" if wishes == 1 else f"{wishes} people here find"
    lines = [
        line(f"{people} it on the wrong topic: {headline}"),
        line(f"The topic learns it once somebody with the right to {Right.MANAGE_CHANNEL} presses Wrong topic."),
    ]
    return list_card("Your wish is counted", lines)


def _tell_lost(lost: int) -> str:
    return "1 hit of the last 30 days falls" if lost == 1 else f"{lost} hits of the last 30 days fall"


async def _find(ctx: Context, number: int) -> tuple[Tuning, Topic]:
    tuning = await ctx.store.find_tuning(ctx.viewer, number)
    topics = {topic.id: topic for topic in await ctx.store.list_topics(ctx.viewer)}
    topic = topics.get(tuning.topic_id) if tuning is not None and tuning.topic_id is not None else None
    if tuning is None or topic is None:
        raise NotFoundError(f"There is no tuning #{number} here. Press Wrong topic at the story once more.")
    return tuning, topic


def _tuning_line(tuning: Tuning, topics: dict[TopicId, Topic], asker: str) -> Line:
    topic = topics.get(tuning.topic_id) if tuning.topic_id is not None else None
    what = f"{topic.name} passes over “{tuning.rule}”" if topic is not None else f"“{tuning.rule}”"
    learnt = f", at story #{tuning.story_id}" if tuning.story_id is not None else ""
    who = "you" if tuning.actor == asker else tuning.actor
    return line(_bold(f"#{tuning.id} {what}"), f" · by {who}{learnt} ", moment(tuning.at))


def _call(path: str, tuning: Tuning) -> Call:
    return Call(command=path, arguments=(("number", str(tuning.id)),))


def _bold(text: str) -> Span:
    return Span(text=text, is_bold=True)
