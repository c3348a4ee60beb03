"""How a channel watches a topic: read from what people type, told in words, and laid out as arguments again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.alerts.lists import tell_watching
from bot.commands.answers import Context, Right
from bot.commands.mentions import read_mention
from bot.domain.cards import Line, Span, line
from bot.domain.errors import InputError
from bot.domain.models import Mode, Sensitivity, Topic
from bot.domain.records import Watching
from bot.domain.views import SubscriptionLine

MOST_LISTED = 20
LONGEST_LIST = 400
_LANGUAGE = re.compile(r"(?P<primary>[a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
SENSITIVITIES = {
    Sensitivity.STRICT: "strict: only sure matches",
    Sensitivity.NORMAL: "normal",
    Sensitivity.WIDE: "wide: passing mentions count too",
}


def read_languages(typed: Sequence[str]) -> tuple[str, ...]:
    """Read codes of languages as primary tags (nl-BE: nl); raises InputError."""
    found: dict[str, None] = {}
    for code in typed:
        match = _LANGUAGE.fullmatch(code)
        if match is None:
            raise InputError(
                f"“{code}” is no language code. Languages are given as nl, en or zh, with commas between them.",
                field="languages",
            )
        found[match["primary"].casefold()] = None
    return tuple(found)


def check_list(typed: Sequence[str], field: str) -> tuple[str, ...]:
    """Return a list that is not too long; raises InputError."""
    if len(typed) > MOST_LISTED or sum(map(len, typed)) > LONGEST_LIST:
        raise InputError(
            f"That list is too long: at most {MOST_LISTED} things and {LONGEST_LIST} characters in all.", field=field
        )
    return tuple(typed)


def read_group(ctx: Context, typed: str, before: SubscriptionLine | None) -> str | None:
    """Read the role or group to mention; raises InputError where the asker may not set another than there is."""
    if not typed:
        return None
    mention = read_mention(typed, ctx.asker.place.platform)
    if ctx.viewer.endswith(f":{mention}"):
        raise InputError("That would call everyone; choose a role of fewer people.", field="mention")
    is_new = before is None or before.mention != mention
    if is_new and not ctx.asker.may(Right.MANAGE_WORKSPACE):
        raise InputError(
            f"To have a group mentioned needs the right to {Right.MANAGE_WORKSPACE}. Ask somebody who has it, or leave "
            "mention out.",
            field="mention",
        )
    return mention


def watching_of(before: SubscriptionLine) -> Watching:
    """Return how a channel watches now."""
    return Watching(
        mode=before.mode,
        sensitivity=before.chosen,
        min_outlets=before.min_outlets,
        filters=before.filters,
        mention=before.mention,
    )


def arguments_of(how: Watching) -> dict[str, str]:
    """Lay a way of watching out as the options of subscribe; "" where nothing is chosen."""
    filters = how.filters
    return {
        "mode": how.mode.value,
        "sensitivity": how.sensitivity.value if how.sensitivity else "",
        "outlets": str(how.min_outlets),
        "origins": str(filters.min_origins),
        "mention": how.mention or "",
        "languages": ", ".join(filters.languages),
        "from_outlets": ", ".join(filters.outlets_in),
        "without_outlets": ", ".join(filters.outlets_out),
        "without_words": ", ".join(filters.words_out),
    }


def tell_how(topic: Topic, how: Watching, language: str) -> list[Line]:
    """Say what will come, and what must be so before it does."""
    lines = [_what_comes(topic, how.mode)]
    if how.min_outlets > 1:
        lines.append(line(f"A story is told once {how.min_outlets} outlets cover it."))
    if how.filters.min_origins > 1:
        lines.append(line(f"A story is told once it has {how.filters.min_origins} origins; wire copies count as one."))
    if how.sensitivity is not None:
        lines.append(line(f"Sensitivity: {SENSITIVITIES[how.sensitivity]}."))
    if chosen := tell_watching(how.filters, how.mention, language):
        lines.append(line("Only what passes: ", Span(text=" · ".join(chosen), is_bold=True)))
    lines.append(line("To stop: ", Span(text=f"/news unsubscribe {topic.name}", is_bold=True)))
    return lines


def _what_comes(topic: Topic, mode: Mode) -> Line:
    live = (
        f"New stories about {topic.title} are posted here as they happen, each once; its message grows with the story."
    )
    how = "/news digest set says when it comes, /news digest now posts one"
    digest = f"Stories about {topic.title} are gathered for this channel's digest: {how}."
    told = {
        Mode.LIVE: f"{live} What is known already stays silent.",
        Mode.DIGEST: f"{digest} None is posted by itself.",
        Mode.BOTH: f"{live} They are in the digest too: {how}.",
    }
    return line(told[mode])
