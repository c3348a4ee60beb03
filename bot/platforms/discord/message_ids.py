"""A message's id as the pipeline keeps it: `MESSAGE` in the place's own channel, `THREAD/MESSAGE` in a thread of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.errors import PermanentError
from bot.domain.models import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a message stands: its channel or thread, and its own id."""

    channel: int
    message: int


def pack_spot(spot: Spot, place: Place) -> str:
    """Write a message's id for the pipeline."""
    return str(spot.message) if str(spot.channel) == place.channel else f"{spot.channel}/{spot.message}"


def read_spot(text: str, place: Place) -> Spot:
    """Read back what `pack_spot` wrote."""
    channel, _, message = text.rpartition("/")
    return Spot(read_id(channel or place.channel), read_id(message))


def read_id(text: str) -> int:
    """Read a Discord id; raises PermanentError."""
    if not (text.isascii() and text.isdigit()):
        raise PermanentError(f"{text!r} is no id of a Discord channel or message. Subscribe again in the channel.")
    return int(text)
