"""What a command gets and gives: who asks where with which rights, and a Reply or a Form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.domain.cards import Call, Card, Picture
from bot.domain.communities import Communities
from bot.domain.models import Channel, ChannelId, Place, WorkspaceId
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.pipeline.read import Reader
from bot.ports import Directory, Fetcher, Store
from bot.topics.library import Library

if TYPE_CHECKING:
    from bot.commands.registry import Registry


class Right(StrEnum):
    """What an asker may change; looking things up needs none."""

    MANAGE_CHANNEL = "manage this channel"
    MANAGE_WORKSPACE = "manage this workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person on a platform."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, where, and what they may change there; adapters fill it from the platform's own word."""

    actor: Actor
    place: Place
    rights: frozenset[Right]
    locale: str = "en"
    is_direct: bool = False
    """Whether they ask where nobody else is."""

    def may(self, right: Right) -> bool:
        """Tell whether the asker has a right; who manages the workspace manages its channels too."""
        return right in self.rights or Right.MANAGE_WORKSPACE in self.rights


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a command may touch."""

    asker: Asker
    now: datetime
    store: Store
    reader: Reader
    fetcher: Fetcher
    library: Library
    settings: Settings
    bells: Bells
    directory: Directory
    registry: Registry

    @property
    def viewer(self) -> WorkspaceId:
        """The workspace whose sight the asker has."""
        return self.asker.place.workspace

    @property
    def community(self) -> str:
        """What the community is called that the workspace is, "" where it is none."""
        return Communities.of(self.settings.communities).name(self.viewer)

    async def channel(self) -> Channel:
        """Return the channel that is asked in; one without a row yet is as a new one would be."""
        place = self.asker.place
        return await self.store.find_channel(place) or Channel(id=ChannelId(0), place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFile:
    """A text to take away: attached where the platform can, else shown as it stands."""

    name: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A card; private ones are seen by the asker alone. The desk makes it public where the command is declared so."""

    card: Card
    is_private: bool = True
    file: TextFile | None = None
    picture: Picture | None = None


class FieldKind(StrEnum):
    """How a form asks for a value."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question of a form; `name` is the parameter that it fills, `error` one line on what is wrong with `value`.

    `choice_names` are what a menu shows for the `choices`, where that is given.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()
    choice_names: tuple[str, ...] = ()
    hint: str = ""
    error: str = ""

    def options(self) -> tuple[tuple[str, str], ...]:
        """Pair what a menu shows with what is chosen by it."""
        return tuple(zip(self.choice_names or self.choices, self.choices, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Questions whose answers become arguments of `call`; wrong ones come back with `error` and what was typed."""

    title: str
    call: Call
    fields: tuple[FormField, ...]
    error: str = ""

    def filled(self, values: dict[str, str]) -> Call:
        """Return the call with what was typed."""
        return replace(self.call, arguments=(*self.call.arguments, *values.items()))


Answer = Reply | Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A suggestion while somebody types: what is shown and what is meant."""

    label: str
    value: str


Clock = Callable[[], datetime]
