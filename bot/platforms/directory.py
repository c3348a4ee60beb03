"""Where people are reached in private, whatever platform they are on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from bot.domain.errors import PlatformError
from bot.domain.models import Place


@runtime_checkable
class Reaching(Protocol):
    """A platform that has direct messages."""

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the place of a person's direct messages, with the sight of where they ask; raises PlatformError."""


@runtime_checkable
class Checking(Protocol):
    """A platform that can tell beforehand whether the bot may post somewhere."""

    async def find_hindrance(self, place: Place) -> str:
        """Say what keeps the bot from telling a place anything, with the remedy; "" where nothing is known to."""


class Directories:
    """The directory of every platform that runs; `platforms` may be filled after this is made."""

    def __init__(self, platforms: Mapping[str, object]) -> None:
        self._platforms = platforms

    async def direct(self, actor: str, place: Place) -> Place:
        """Return the place of a person's direct messages; raises PlatformError where the platform has none."""
        platform = self._platforms.get(place.platform)
        if not isinstance(platform, Reaching):
            raise PlatformError(f"{place.platform} has no direct messages. Use /news subscribe in a channel instead.")
        return await platform.direct(actor, place)

    async def find_hindrance(self, place: Place) -> str:
        """Say what keeps the bot from telling a place anything; "" where the platform knows of nothing."""
        platform = self._platforms.get(place.platform)
        return await platform.find_hindrance(place) if isinstance(platform, Checking) else ""
