"""A topic made or changed: typed in a form, kept as a draft, tried on what there is, and only then saved.

add or edit -> draft -> trial -> save, change or cancel. The draft holds what was typed from the first moment on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.alerts.lists import list_card
from bot.alerts.phrases import say
from bot.alerts.trial_cards import is_too_much, say_rate, trial_card
from bot.commands.answers import Answer, Context, Form, Reply, Right
from bot.commands.forms import make_field, make_form
from bot.commands.kinds import OwnTopic
from bot.commands.own_topics import (
    check_is_free,
    check_may_edit,
    choose_id,
    find_own,
    list_masks,
    make_title,
    read_name,
    ring_topics,
    tell_words,
)
from bot.commands.registry import Between, Named, QueryText, command
from bot.domain.cards import Button, Call, Span, line
from bot.domain.errors import InputError
from bot.domain.models import Clause, Sensitivity, Topic, TopicId
from bot.domain.tunings import Draft, NewDraft
from bot.pipeline.trial import Trier
from bot.topics.report import TrialReport

OWN_SCORE = 1.0
"""The score of a query that a person wrote: hits in the title and lead are strict, one in the text is normal."""
DraftNumber = Annotated[int, "Its number, as the trial shows it", Between(1, 10**15)]


@command("topic add", right=Right.MANAGE_CHANNEL, opens_form=True)
async def add_topic(
    ctx: Context,
    name: Annotated[str, "Letters, digits and hyphens, such as chip-exports"],
    query: Annotated[QueryText, 'What to look for, such as (chip* OR asml) AND "export controls"'],
    sensitivity: Annotated[Sensitivity, "How sure a match must be to count"] = Sensitivity.NORMAL,
) -> Answer:
    """Add a topic of your own.

    It is tried on the last 30 days first; nothing is saved until you say so.
    /news help search explains queries; a topic takes no days (since:, after:, before:).
    strict: the query hits the title or the lead; normal and wide: anywhere in the article
    """
    name = read_name(name)
    await check_is_free(ctx, name)
    ctx.library.read_topic_query(query)
    return await _offer(ctx, _draft(ctx, None, name, query, sensitivity))


@command("topic edit", right=Right.MANAGE_CHANNEL, opens_form=True)
async def edit_topic(
    ctx: Context,
    name: Annotated[OwnTopic, "Which of this workspace's topics"],
    query: Annotated[QueryText, "What to look for instead"] = QueryText(""),  # noqa: B008 - a plain text
    sensitivity: Annotated[Sensitivity | None, "How sure a match must be to count"] = None,
    rename: Annotated[str, "Another name", Named()] = "",
) -> Answer:
    """Change a topic of yours.

    It is one that was made in this workspace. What would be gained and lost is shown first; nothing is saved until you
    say so.
    """
    topic = await find_own(ctx, name)
    if not query and sensitivity is None and not rename:
        return _edit_form(ctx, topic, topic.name, topic.clauses[0].query, topic.sensitivity)
    new_name = _read_rename(rename) if rename else topic.name
    await _check_rename(ctx, new_name, topic)
    wanted = query or topic.clauses[0].query
    ctx.library.read_topic_query(wanted)
    return await _offer(ctx, _draft(ctx, topic.id, new_name, wanted, sensitivity or topic.sensitivity))


@command("topic save", right=Right.MANAGE_CHANNEL)
async def save_topic(
    ctx: Context,
    draft: DraftNumber,
    sure: Annotated[bool, "Yes, though it matches more than the operator's daily bound", Named()] = False,
) -> Answer:
    """Save a topic that was tried."""
    kept = await ctx.store.get_draft(ctx.viewer, draft)
    try:
        topic, before = await _read_draft(ctx, kept)
    except InputError as error:
        return await _form_of(ctx, kept, error)
    per_day = kept.per_day
    if per_day is None:
        per_day = (await _try(ctx, kept, topic, before)).trial.per_day
    bound = ctx.settings.topics.daily_bound
    if is_too_much(per_day, bound) and not sure:
        return await _ask_again(ctx, kept, per_day)
    most = ctx.settings.topics.per_workspace
    await ctx.store.save_topic(topic, actor=ctx.asker.actor.id, now=ctx.now, most=most)
    await ctx.store.delete_draft(kept.id)
    ring_topics(ctx)
    lines = [
        line("It looks for: ", Span(text=kept.query, is_bold=True)),
        line("New articles are matched to it from now on, and what is kept is being matched now, silently."),
    ]
    if before is None:
        lines.append(line("No channel is told before it subscribes: ", Span(text=f"/news subscribe {topic.name}")))
    watch = Button(label="Watch it here", call=Call(command="subscribe", arguments=(("topic", topic.name),)))
    return Reply(card=list_card(f"The topic {topic.name} is saved", lines, buttons=(watch,)))


@command("topic change", right=Right.MANAGE_CHANNEL)
async def change_draft(ctx: Context, draft: DraftNumber) -> Answer:
    """Go on writing a topic that was tried and is not saved yet."""
    return await _form_of(ctx, await ctx.store.get_draft(ctx.viewer, draft), None)


@command("topic cancel")
async def cancel_draft(ctx: Context, draft: DraftNumber) -> Reply:
    """Leave a topic unsaved; what was typed is shown once more, and kept for a week."""
    kept = await ctx.store.get_draft(ctx.viewer, draft)
    language = (await ctx.channel()).language
    lines = [
        line("What was typed: ", Span(text=kept.query, is_bold=True)),
        line("To go on with it within a week: ", Span(text=f"/news topic change {kept.id}", is_bold=True)),
    ]
    change = Button(label=say("change", language), call=_call("topic change", kept))
    return Reply(card=list_card(f"Nothing was saved of {kept.name}", lines, buttons=(change,)))


def _draft(ctx: Context, topic_id: TopicId | None, name: str, query: str, sensitivity: Sensitivity) -> NewDraft:
    return NewDraft(
        workspace=ctx.viewer,
        topic_id=topic_id,
        name=name,
        query=query,
        sensitivity=sensitivity,
        actor=ctx.asker.actor.id,
        at=ctx.now,
    )


async def _offer(ctx: Context, typed: NewDraft) -> Reply:
    """Keep what was typed, try it, and ask whether to save it."""
    draft = await ctx.store.add_draft(typed)
    topic, before = await _read_draft(ctx, draft)
    report = await _try(ctx, draft, topic, before)
    language = (await ctx.channel()).language
    card = trial_card(
        topic,
        report,
        language=language,
        bound=ctx.settings.topics.daily_bound,
        words=tell_words(ctx, topic),
        buttons=_buttons(draft, language),
        footer=f"Not saved yet: /news topic save {draft.id}, topic change {draft.id} or topic cancel {draft.id}",
    )
    return Reply(card=card)


async def _try(ctx: Context, draft: Draft, topic: Topic, before: Topic | None) -> TrialReport:
    masks = await list_masks(ctx, topic.id) if before is not None else []
    trier = Trier(store=ctx.store, library=ctx.library, viewer=ctx.viewer, now=ctx.now)
    report = await trier.try_topic(topic, before=before, masks=masks)
    await ctx.store.save_draft_rate(draft.id, report.trial.per_day)
    return report


async def _read_draft(ctx: Context, draft: Draft) -> tuple[Topic, Topic | None]:
    """Return the topic that a draft would make, and the one that it would change; raises InputError."""
    before = None
    if draft.topic_id is not None:
        topics = {topic.id: topic for topic in await ctx.store.list_topics(ctx.viewer)}
        before = topics.get(draft.topic_id)
        if before is None:
            raise InputError("The topic that this would change was removed.", field="name")
        await check_may_edit(ctx, before)
    await check_is_free(ctx, draft.name, but=draft.topic_id)
    ctx.library.read_topic_query(draft.query)
    is_new_name = before is None or before.name != draft.name
    topic = Topic(
        id=draft.topic_id or await choose_id(ctx, draft.name),
        name=draft.name,
        title=make_title(draft.name) if is_new_name or before is None else before.title,
        clauses=(Clause(query=draft.query, score=OWN_SCORE),),
        sensitivity=draft.sensitivity,
        owner=ctx.viewer,
    )
    return topic, before


async def _ask_again(ctx: Context, draft: Draft, per_day: float) -> Reply:
    """Warn of a topic that matches too much; only a second yes saves it."""
    language = (await ctx.channel()).language
    rate = say_rate(per_day, language)
    lines = [
        line(Span(text=f"⚠ {rate}", is_bold=True)),
        line(say("too_many", language, n=ctx.settings.topics.daily_bound)),
        line(f"/news topic save {draft.id} --sure yes"),
    ]
    sure = Call(command="topic save", arguments=(("draft", str(draft.id)), ("sure", "yes")))
    buttons = (Button(label=say("save_anyway", language), call=sure), *_buttons(draft, language)[1:])
    return Reply(card=list_card(f"{draft.name} is not saved yet", lines, buttons=buttons))


def _buttons(draft: Draft, language: str) -> tuple[Button, ...]:
    return tuple(Button(label=say(word, language), call=_call(f"topic {word}", draft)) for word in _CHOICES)


_CHOICES = ("save", "change", "cancel")


def _call(path: str, draft: Draft) -> Call:
    return Call(command=path, arguments=(("draft", str(draft.id)),))


async def _form_of(ctx: Context, draft: Draft, error: InputError | None) -> Form:
    """Give back what was typed as a form, with what is wrong with it."""
    told = {} if error is None else {error.field or "query": error.message}
    if draft.topic_id is not None:
        topics = {topic.id: topic for topic in await ctx.store.list_topics(ctx.viewer)}
        if topic := topics.get(draft.topic_id):
            told = {("rename" if field == "name" else field): message for field, message in told.items()}
            return _edit_form(ctx, topic, draft.name, draft.query, draft.sensitivity, told)
    typed = {"name": draft.name, "query": draft.query, "sensitivity": draft.sensitivity.value}
    found = ctx.registry.find("topic add")
    assert found is not None  # noqa: S101 - it is a command of this room
    return make_form(found, typed, told)


def _edit_form(
    ctx: Context,
    topic: Topic,
    name: str,
    query: str,
    sensitivity: Sensitivity,
    errors: dict[str, str] | None = None,
) -> Form:
    found = ctx.registry.find("topic edit")
    assert found is not None  # noqa: S101 - it is a command of this room
    values = {"rename": name, "query": query, "sensitivity": sensitivity.value}
    parameters = {p.name: p for p in found.parameters}
    fields = [make_field(parameters[field], text, (errors or {}).get(field, "")) for field, text in values.items()]
    labels = {"rename": "Name"}
    return Form(
        title=f"Change {topic.name}",
        call=Call(command="topic edit", arguments=(("name", topic.name),)),
        fields=tuple(replace(f, label=labels.get(f.name, f.label), is_required=True) for f in fields),
    )


def _read_rename(typed: str) -> str:
    try:
        return read_name(typed)
    except InputError as error:
        raise InputError(error.message, field="rename") from None


async def _check_rename(ctx: Context, name: str, topic: Topic) -> None:
    """Raise InputError, at the field of the new name, where another topic has it."""
    try:
        await check_is_free(ctx, name, but=topic.id)
    except InputError as error:
        raise InputError(error.message, field="rename") from None
