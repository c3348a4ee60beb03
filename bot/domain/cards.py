"""A platform-neutral message: what is shown, not how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of plain text; renderers escape it. With `at`, the platform shows that instant in its own relative form
    and `text` is what stands where it has none."""

    text: str
    link: str | None = None
    is_bold: bool = False
    at: datetime | None = None


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under an optional heading. Renderers drop whole lines from the end where a platform's limit asks for it."""

    lines: tuple[Line, ...]
    heading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command with its arguments filled in, as text; what a button runs and a form submits."""

    command: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A labelled press: either a `call` or a `link` is set."""

    label: str
    call: Call | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message: headline with link, sections in order, image, buttons, a small last line.

    `text` is the one-line form for notifications and plain terminals.
    """

    title: str
    text: str
    link: str | None = None
    sections: tuple[Section, ...] = ()
    image_url: str | None = None
    buttons: tuple[Button, ...] = ()
    footer: Line = ()

    @property
    def shown_hash(self) -> str:
        """A digest of everything shown: the same card gives the same hash in any process."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG that a platform shows where it can; the card says the same in text. `alt` is what a screen reader says."""

    name: str
    content: bytes
    alt: str
    title: str = ""


def line(*parts: str | Span) -> Line:
    """Make a line of spans out of texts and spans."""
    return tuple(part if isinstance(part, Span) else Span(text=part) for part in parts)
