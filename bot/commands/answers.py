"""What a command gets and gives: who asks where with which rights, and a Reply or a Form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.cards import Call, Card
from bot.domain.models import Place, WorkspaceId
from bot.domain.settings import Settings
from bot.pipeline.bells import Bells
from bot.ports import Fetcher, Store
from bot.topics.library import Library


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a command may touch."""

    asker: Asker
    now: datetime
    store: Store
    fetcher: Fetcher
    library: Library
    settings: Settings
    bells: Bells

    @property
    def viewer(self) -> WorkspaceId:
        """The workspace whose sight the asker has."""
        return self.asker.place.workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A card; private ones are seen by the asker alone."""

    card: Card
    is_private: bool = True


class FieldKind(StrEnum):
    """How a form asks for a value."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One question of a form; `name` is the parameter that it fills."""

    name: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Questions whose answers become arguments of `call`; sent again with `error` and what was typed when it is wrong."""

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
