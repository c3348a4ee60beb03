"""The digest of a destination as the file says it: when it comes, by which zone, and how long it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.commands.digest import MOST_LENGTH
from bot.commands.settings import read_zone
from bot.commands.times import read_when
from bot.domain.digests import EVERY_DAY, DigestPlan
from bot.domain.errors import InputError
from bot.domain.models import Mode
from bot.domain.settings import DestinationSettings


def plan_of(destination: DestinationSettings) -> DigestPlan | None:
    """Read a destination's digest, None where it has none; raises InputError as `find_digest_faults` tells."""
    if not destination.digest:
        return None
    at, days = read_when(destination.digest, "digest")
    return DigestPlan(at=at, weekdays=days or EVERY_DAY, length=destination.digest_length)


def find_digest_faults(destination: DestinationSettings) -> Mapping[str, str | None]:
    """Tell what is wrong with each of the settings that a digest follows; None: nothing."""
    length = destination.digest_length
    return {
        "digest": _fault_of(lambda: plan_of(destination)),
        "zone": _fault_of(lambda: read_zone(destination.zone)),
        "mode": "digest needs an hour: set digest, such as 08:00"
        if destination.mode is not Mode.LIVE and not destination.digest
        else None,
        "digest_length": None if 1 <= length <= MOST_LENGTH else f"should be from 1 to {MOST_LENGTH} (it is {length})",
    }


def _fault_of(read: Callable[[], object]) -> str | None:
    try:
        read()
    except InputError as error:
        return error.message
    return None
