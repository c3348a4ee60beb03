"""Roles and user groups that an alert may call: what people type, and the platform's own id of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """How a platform writes its groups: the id stands in the pattern's group `id`."""

    pattern: re.Pattern[str]
    how: str


_BY_PLATFORM = {
    "discord": _Groups(
        pattern=re.compile(r"(?:<@&)?(?P<id>[0-9]{15,20})>?"), how="type @ and choose the role, or give its id"
    ),
    "slack": _Groups(
        pattern=re.compile(r"(?:<!subteam\^)?(?P<id>S[A-Z0-9]{6,20})(?:\|[^>]*)?>?"),
        how="type @ and choose the user group, or give its id (S…)",
    ),
}


def read_mention(typed: str, platform: str) -> str:
    """Read the id of a role or user group; raises InputError with how to name one there."""
    groups = _BY_PLATFORM.get(platform)
    if groups is None:
        raise InputError(f"There are no roles or groups to mention on {platform}; leave mention out.", field="mention")
    found = groups.pattern.fullmatch(typed.strip())
    if found is None:
        raise InputError(f"“{typed}” is no role or group: {groups.how}.", field="mention")
    return found["id"]
