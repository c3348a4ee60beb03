"""How this channel is told things: language, zone, quiet hours, the most alerts an hour, threads, health."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from enum import StrEnum
from functools import cache
from typing import Annotated, NewType
from zoneinfo import ZoneInfo, available_timezones

from bot.alerts.lists import list_card
from bot.alerts.phrases import say_language
from bot.commands.answers import Answer, Choice, Context, Form, Reply, Right
from bot.commands.forms import make_field
from bot.commands.registry import Named, command, suggests
from bot.commands.times import read_when, say_days, say_when
from bot.domain.cards import Button, Call, Line, Span, line
from bot.domain.digests import DigestPlan
from bot.domain.errors import InputError
from bot.domain.habits import QuietHours, ThreadHabit
from bot.domain.models import Channel

ZoneName = NewType("ZoneName", str)

OFF = "off"
_DIGEST = Button(label="Digest", call=Call(command="digest set"))
MOST_AN_HOUR = 1_000
_FIELDS = ("language", "zone", "quiet", "most_per_hour", "digest", "threads")
"""What the form asks for; a platform whose forms are smaller shows the first of them and keeps the others."""
_HABITS = {
    ThreadHabit.THREAD: "a thread on the message",
    ThreadHabit.REPLY: "a reply",
    ThreadHabit.EDIT: "an edit of the message",
}
_HOURS = re.compile(
    r"(?P<h1>\d{1,2})(?:[:.h](?P<m1>\d{2}))?\s*(?:-|–|—|to|until)\s*(?P<h2>\d{1,2})(?:[:.h](?P<m2>\d{2}))?"
)


class Language(StrEnum):
    """The languages of our own words."""

    EN = "en"
    NL = "nl"
    DE = "de"
    FR = "fr"
    ES = "es"
    ZH = "zh"


@suggests(ZoneName)
async def suggest_zones(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a time zone by any part of its name."""
    wanted = typed.casefold().replace(" ", "_")
    found = [name for name in _zones() if wanted in name.casefold()]
    found.sort(key=lambda name: (not name.casefold().startswith(wanted), "/" not in name, name))
    return [Choice(label=name, value=name) for name in found]


@command("settings", right=Right.MANAGE_CHANNEL, opens_form=True)
async def change_settings(
    ctx: Context,
    language: Annotated[Language | None, "The language of our own words"] = None,
    zone: Annotated[ZoneName | None, "The time zone, such as Europe/Amsterdam"] = None,
    quiet: Annotated[str, "Hours without alerts, such as 22:00-07:00, or off"] = "",
    most_per_hour: Annotated[str, "The most alerts an hour, or off; the rest becomes one message"] = "",
    threads: Annotated[ThreadHabit | None, "Developments in a thread, as a reply, or by an edit alone"] = None,
    publish: Annotated[bool | None, "Whether an announcement channel's followers get the messages too"] = None,
    ops: Annotated[bool | None, "Whether this workspace's health is told here"] = None,
    digest: Annotated[str, "When the digest comes, such as 08:00 or 08:00 weekdays, or off", Named()] = "",
) -> Answer:
    """Show or change settings.

    Alone it opens a form with what is set; with options it sets those and leaves the others.
    What comes in quiet hours is held back and told in one message afterwards.
    One channel of a workspace hears of its health; choosing it needs the right to manage this workspace.
    """
    channel = await ctx.channel()
    plan = await ctx.store.find_digest_plan(channel.id)
    if all(given in (None, "") for given in (language, zone, quiet, most_per_hour, digest, threads, publish, ops)):
        return _ask(ctx, channel, plan)
    wished = replace(
        channel,
        language=language.value if language else channel.language,
        zone=read_zone(zone) if zone else channel.zone,
        quiet=read_quiet(quiet) if quiet else channel.quiet,
        max_per_hour=read_most(most_per_hour) if most_per_hour else channel.max_per_hour,
        threads=threads or channel.threads,
        is_published=channel.is_published if publish is None else publish,
        is_ops=channel.is_ops if ops is None else _read_ops(ctx, channel, is_ops=ops),
    )
    wanted = read_plan(digest, plan) if digest else plan
    is_changed = (wished, wanted) != (channel, plan)
    if is_changed:
        there = await ctx.store.add_channel(ctx.asker.place)
        await _save(ctx, replace(wished, id=there.id), wanted, is_new=wished != channel, is_planned=wanted != plan)
    title = "The settings of this channel are changed" if is_changed else "The settings of this channel"
    return Reply(card=list_card(title, _tell(ctx, wished, wanted), buttons=(_DIGEST,)))


async def _save(ctx: Context, channel: Channel, plan: DigestPlan | None, *, is_new: bool, is_planned: bool) -> None:
    """Write what was changed: the channel, its digest, or both."""
    actor = ctx.asker.actor.id
    if is_new:
        await ctx.store.save_channel(channel, actor=actor, now=ctx.now)
    if is_planned and plan is not None:
        await ctx.store.save_digest_plan(channel.id, plan, actor=actor, now=ctx.now)
    elif is_planned:
        await ctx.store.delete_digest_plan(channel.id, actor=actor, now=ctx.now)
    ctx.bells.deliver.ring()
    ctx.bells.digest.ring()


def read_plan(typed: str, before: DigestPlan | None) -> DigestPlan | None:
    """Read when a digest comes, all else as before; None for off. Raises InputError with examples."""
    if typed.strip().casefold() in {OFF, "none", "no"}:
        return None
    at, days = read_when(typed, "digest")
    usual = before or DigestPlan(at=at)
    return replace(usual, at=at, weekdays=days or usual.weekdays)


def read_zone(typed: str) -> str:
    """Read an IANA time zone, whatever its capitals and spaces; raises InputError naming the nearest."""
    wanted = "_".join(typed.split()).casefold()
    known = {name.casefold(): name for name in _zones()}
    if wanted in known:
        return known[wanted]
    cities = {name.rsplit("/", 1)[-1]: name for name in known}
    near = [known[name] for name in known if wanted and wanted in name][:3]
    near += [known[cities[city]] for city in difflib.get_close_matches(wanted, cities, n=3, cutoff=0.7)]
    meant = f"Did you mean {', '.join(dict.fromkeys(near))}?" if near else "Zones are written as Europe/Amsterdam."
    raise InputError(f"There is no time zone “{typed}”. {meant} America/New_York and UTC are others.", field="zone")


def read_quiet(typed: str) -> QuietHours | None:
    """Read quiet hours as 22:00-07:00 (22-7, 22.00 to 7.00 …), None for off; raises InputError with examples."""
    if _is_off(typed):
        return None
    found = _HOURS.fullmatch(typed.strip().casefold())
    try:
        if found is None:
            raise ValueError(typed)
        since = time(int(found["h1"]), int(found["m1"] or 0))
        until = time(int(found["h2"]) % 24 if found["h2"] == "24" else int(found["h2"]), int(found["m2"] or 0))
    except ValueError:
        raise InputError(
            f"“{typed}” are no hours of a day. Quiet hours are given as 22:00-07:00 or 12:30-13:30; off has none.",
            field="quiet",
        ) from None
    if since == until:
        raise InputError(
            "Quiet hours that begin when they end would never let anything through. Give them as 22:00-07:00, or off.",
            field="quiet",
        )
    return QuietHours(since=since, until=until)


def read_most(typed: str) -> int | None:
    """Read the most alerts an hour, None for off; raises InputError."""
    if _is_off(typed):
        return None
    if not typed.isdecimal() or len(typed) > len(str(MOST_AN_HOUR)) or not 1 <= int(typed) <= MOST_AN_HOUR:
        raise InputError(
            f"The most alerts an hour is a whole number from 1 to {MOST_AN_HOUR}, such as 5, or off; not “{typed}”.",
            field="most_per_hour",
        )
    return int(typed)


def _read_ops(ctx: Context, channel: Channel, *, is_ops: bool) -> bool:
    if is_ops != channel.is_ops and not ctx.asker.may(Right.MANAGE_WORKSPACE):
        raise InputError(
            f"To choose where this workspace's health is told needs the right to {Right.MANAGE_WORKSPACE}. "
            "Ask somebody who has it, or leave ops out.",
            field="ops",
        )
    return is_ops


def _ask(ctx: Context, channel: Channel, plan: DigestPlan | None) -> Form:
    """Make the form with what is set; ops is an option of the command alone, for it has a right of its own."""
    command = ctx.registry.find("settings")
    assert command is not None  # noqa: S101 - it is a command of this room
    values = {
        "language": channel.language,
        "zone": channel.zone,
        "quiet": _say_quiet(channel.quiet),
        "most_per_hour": _say_most(channel.max_per_hour),
        "digest": OFF if plan is None else say_when(plan.at, plan.weekdays),
        "threads": channel.threads.value,
    }
    asked = {parameter.name: parameter for parameter in command.parameters}
    fields = tuple(make_field(asked[name], values[name]) for name in _FIELDS)
    return Form(title="Settings of this channel", call=Call(command="settings"), fields=fields)


def _tell(ctx: Context, channel: Channel, plan: DigestPlan | None) -> list[Line]:
    local = f"{ctx.now.astimezone(ZoneInfo(channel.zone)):%H:%M}"
    rows = [
        ("Language", say_language(channel.language)),
        ("Time zone", f"{channel.zone} (it is {local} there)"),
        ("Quiet hours", _say_quiet(channel.quiet)),
        ("Most alerts an hour", _say_most(channel.max_per_hour)),
        ("Developments", _HABITS[channel.threads]),
        # Few channels have followers: of those that have none, nothing is said.
        *([("Announcements", "published to followers")] if channel.is_published else []),
        ("Digest", "none" if plan is None else f"{say_days(plan.weekdays)} at {plan.at:%H:%M}"),
        ("Health of this workspace", "told here" if channel.is_ops else "not told here"),
    ]
    return [line(f"{name}: ", Span(text=value, is_bold=True)) for name, value in rows]


def _say_quiet(quiet: QuietHours | None) -> str:
    return OFF if quiet is None else f"{quiet.since:%H:%M}-{quiet.until:%H:%M}"


def _say_most(most: int | None) -> str:
    return OFF if most is None else str(most)


def _is_off(typed: str) -> bool:
    return typed.strip().casefold() in {OFF, "none", "no", "0", "-"}


@cache
def _zones() -> tuple[str, ...]:
    """List the zones that people choose from: those with a place or plainly UTC."""
    hidden = ("posix/", "right/", "Etc/", "SystemV/")
    return tuple(sorted(name for name in available_timezones() if not name.startswith(hidden)))
