"""The digest of a channel: when it comes and of what, what the next would tell, and one for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Annotated

from bot.alerts.cards import moment, zone_of
from bot.alerts.digest import read_digest, schedule_of, span_of
from bot.alerts.digest_cards import more_button
from bot.alerts.lists import list_card
from bot.alerts.rollup import quiet_until
from bot.commands.answers import Answer, Context, Form, Reply, Right
from bot.commands.forms import make_field
from bot.commands.kinds import find_topic, list_watched
from bot.commands.registry import Between, Named, command
from bot.commands.settings import ZoneName, read_zone
from bot.commands.times import read_days, read_hour, read_when, say_days, say_when
from bot.domain.cards import Button, Call, Line, Span, line
from bot.domain.digests import DigestPlan
from bot.domain.errors import InputError, NotFoundError
from bot.domain.models import AlertId, Channel, TopicId
from bot.domain.schedule import last_due, next_due
from bot.pipeline.compose import Composer
from bot.pipeline.pictures import draw_digest
from bot.pipeline.show import list_digest_lines, show_digest

MOST_LENGTH = 50
ALL = "all"
OFF = "off"
_FIELDS = ("at", "zone", "topics", "length", "empty")
"""What the form asks for: as much as the smallest form of a platform holds, the days with their hour."""
_USUAL_HOUR = "08:00"
PREVIEW = Button(label="Preview", call=Call(command="digest preview"))
NO_DIGEST = Button(label="No digest", call=Call(command="digest off"))


@command("digest now", is_private=False)
async def post_digest(ctx: Context) -> Reply:
    """Post a digest of the last 24 hours (of a weekly digest: 7 days) here, for everyone.

    The digest that comes by itself is not changed by it.
    """
    channel = await ctx.store.find_channel(ctx.asker.place)
    plan = await ctx.store.find_digest_plan(channel.id) if channel is not None else None
    if channel is None or not (await list_watched(ctx) or (plan is not None and plan.topics)):
        raise InputError(
            "This channel watches nothing yet, so its digest is empty. /news subscribe TOPIC changes that."
        )
    is_new = await ctx.store.ask_digest(channel.id, ctx.now)
    ctx.bells.digest.ring()
    told = "The digest comes here in a moment." if is_new else "A digest is on its way here already."
    return Reply(card=list_card(told, ()))


@command("digest set", right=Right.MANAGE_CHANNEL, opens_form=True)
async def set_digest(
    ctx: Context,
    at: Annotated[str, "The hour, such as 08:00 or 08:00 weekdays; off ends it"] = "",
    days: Annotated[str, "daily, weekdays, mon,thu, or weekly (on Mondays)"] = "",
    zone: Annotated[ZoneName | None, "The time zone, such as Europe/Amsterdam", Named()] = None,
    topics: Annotated[tuple[str, ...], "Topics, a comma between them; all: those of this channel", Named()] = (),
    length: Annotated[int | None, "The most stories in a message", Between(1, MOST_LENGTH), Named()] = None,
    empty: Annotated[bool | None, "Whether it comes, in one line, when there is nothing to tell", Named()] = None,
) -> Answer:
    """Set when digests come.

    Alone it opens a form with what is set; with options it sets those and leaves the others.
    One day of the week alone makes it a weekly digest. It tells what came since the one before.
    Without topics it is of those that the channel subscribes to with mode digest or both, else of all that it watches.
    """
    if at.strip().casefold() == OFF:
        return await end_digest(ctx)
    channel = await ctx.channel()
    before = await ctx.store.find_digest_plan(channel.id)
    if not (at or zone or days or topics or length or empty is not None):
        return _ask(ctx, channel, await _name_topics(ctx, before), before)
    if before is None and not at:
        raise InputError(f"At what hour? /news digest set {_USUAL_HOUR} sets it.", field="at")
    hour, named = read_when(at) if at else (None, ())
    usual = before or DigestPlan(at=hour or time())
    plan = replace(
        usual,
        at=usual.at if hour is None else hour,
        weekdays=read_days(days) if days else named or usual.weekdays,
        topics=await _read_topics(ctx, topics) if topics else usual.topics,
        length=length or usual.length,
        is_silent=usual.is_silent if empty is None else not empty,
    )
    wished = replace(channel, zone=read_zone(zone) if zone else channel.zone)
    there = await ctx.store.add_channel(ctx.asker.place)
    wished = replace(wished, id=there.id)
    if wished.zone != channel.zone:
        await ctx.store.save_channel(wished, actor=ctx.asker.actor.id, now=ctx.now)
    await ctx.store.save_digest_plan(there.id, plan, actor=ctx.asker.actor.id, now=ctx.now)
    ctx.bells.digest.ring()
    told = await tell_plan(ctx, wished, plan)
    return Reply(card=list_card("The digest of this channel is set", told, buttons=(PREVIEW, NO_DIGEST)))


@command("digest off", right=Right.MANAGE_CHANNEL)
async def end_digest(ctx: Context) -> Reply:
    """Send this channel no digest any more."""
    channel = await ctx.channel()
    was_there = await ctx.store.delete_digest_plan(channel.id, actor=ctx.asker.actor.id, now=ctx.now)
    told = "No digest comes here any more." if was_there else "This channel has no digest."
    return Reply(card=list_card(told, (line("/news digest set sets one."),)))


@command("digest preview")
async def preview_digest(ctx: Context) -> Reply:
    """Show what the next digest of this channel would tell by now; nobody else sees it."""
    channel = await ctx.channel()
    plan = await ctx.store.find_digest_plan(channel.id)
    composer = Composer(store=ctx.store, names=ctx.reader.names)
    topics = await composer.list_wanted(channel, plan.topics if plan is not None else ())
    if not topics:
        raise InputError(
            "This channel watches nothing yet, so its digest is empty. /news subscribe TOPIC changes that."
        )
    since = ctx.now - span_of(plan) if plan is None else last_due(schedule_of(plan, channel), ctx.now).at
    digest = await composer.compose(channel, topics, since=since, until=ctx.now, plan=plan)
    page = await show_digest(ctx.reader, channel, digest)
    if page is None:
        raise NotFoundError("The stories of this digest changed just now; ask once more.")
    lines = await list_digest_lines(ctx.store, channel, digest)
    return Reply(card=page.card, picture=await draw_digest(digest, lines, channel))


@command("digest more", is_listed=False)
async def show_more(
    ctx: Context,
    digest: Annotated[int, "The number of the digest"],
    page: Annotated[int, "Which page", Between(1, 100)] = 2,
) -> Reply:
    """Show a further page of a digest: what its button does."""
    channel = await ctx.channel()
    written = await ctx.store.find_digest(channel.id, AlertId(digest))
    if written is None:
        raise NotFoundError("This digest is no longer kept. /news catchup tells what came here lately.")
    more = more_button(AlertId(digest), page + 1, channel.language)
    shown = await show_digest(ctx.reader, channel, read_digest(written), number=page, more=more)
    if shown is None:
        raise NotFoundError("The stories of this digest are no longer kept.")
    return Reply(card=shown.card)


async def tell_plan(ctx: Context, channel: Channel, plan: DigestPlan) -> list[Line]:
    """Say when a digest comes and of what, a line for each thing that can be chosen."""
    upcoming = next_due(schedule_of(plan, channel), ctx.now)
    rows = [
        ("Comes", f"{say_days(plan.weekdays)} at {plan.at:%H:%M} ({channel.zone})"),
        ("Topics", await _say_topics(ctx, channel, plan)),
        ("The most stories in a message", str(plan.length)),
        ("When there is nothing to tell", "it does not come" if plan.is_silent else "it says so in one line"),
    ]
    lines = [line(f"{name}: ", Span(text=value, is_bold=True)) for name, value in rows]
    local = f"{upcoming.at.astimezone(zone_of(channel.zone)):%Y-%m-%d %H:%M}"
    lines.append(line("Next: ", Span(text=local, is_bold=True), " · ", moment(upcoming.at)))
    ends_at = quiet_until(channel, upcoming.at)
    if ends_at is not None:
        until = f"{ends_at.astimezone(zone_of(channel.zone)):%H:%M}"
        lines.append(line(f"That lies in the quiet hours of this channel: it comes when they end, at {until}."))
    return lines


def say_plan(channel: Channel, plan: DigestPlan | None, now: datetime) -> Line:
    """Say in one line when a channel's digest comes, or that it has none."""
    if plan is None:
        return line("Digest: ", Span(text="none", is_bold=True))
    when = f"{say_days(plan.weekdays)} at {plan.at:%H:%M} ({channel.zone})"
    told = [f", {plan.length} stories at most", *([f", {len(plan.topics)} topics chosen"] if plan.topics else [])]
    empty = "; not where there is nothing to tell" if plan.is_silent else ""
    upcoming = next_due(schedule_of(plan, channel), now)
    return line("Digest: ", Span(text=when, is_bold=True), *told, f"{empty}; next ", moment(upcoming.at))


async def _say_topics(ctx: Context, channel: Channel, plan: DigestPlan) -> str:
    wanted = await Composer(store=ctx.store).list_wanted(channel, plan.topics)
    named = ", ".join(topic.title for topic in wanted) or "none yet: /news subscribe TOPIC changes that"
    return named if plan.topics or not wanted else f"{named} (what this channel watches)"


async def _name_topics(ctx: Context, plan: DigestPlan | None) -> list[str]:
    topics = {topic.id: topic.name for topic in await ctx.store.list_topics(ctx.viewer)}
    return [topics[topic] for topic in (plan.topics if plan is not None else ()) if topic in topics]


async def _read_topics(ctx: Context, names: Sequence[str]) -> tuple[TopicId, ...]:
    if [name.casefold() for name in names] == [ALL]:
        return ()
    found = [await find_topic(ctx, name) for name in names]
    return tuple(dict.fromkeys(topic.id for topic in found))


def _ask(ctx: Context, channel: Channel, names: Sequence[str], plan: DigestPlan | None) -> Form:
    """Make the form with what is set."""
    command = ctx.registry.find("digest set")
    assert command is not None  # noqa: S101 - it is a command of this room
    usual = plan or DigestPlan(at=read_hour(_USUAL_HOUR))
    values = {
        "at": say_when(usual.at, usual.weekdays),
        "zone": channel.zone,
        "topics": ", ".join(names) or ALL,
        "length": str(usual.length),
        "empty": "no" if usual.is_silent else "yes",
    }
    fields = tuple(make_field(p, values[p.name]) for p in command.parameters if p.name in _FIELDS)
    return Form(title="The digest of this channel", call=Call(command="digest set"), fields=fields)
