"""Card -> rich renderables. Feed text is shown as plain text: rich markup in it is never interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.commands.answers import Form
from bot.domain.cards import Button, Card, Line, Section, Span
from bot.domain.text import clean, shorten
from bot.domain.urls import is_web_url

LONGEST_TITLE = 300
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def render_card(card: Card, now: datetime, *, label: str = "") -> RenderableType:
    """Draw a card as a panel: headline, sections, link, and the commands behind its buttons."""
    parts: list[RenderableType] = [_headline(card)]
    parts.extend(_section(section, now) for section in card.sections)
    if card.link and is_web_url(card.link):
        parts.append(_linked(Text(card.link, style="blue", overflow="fold"), card.link))
    if buttons := [b for b in card.buttons if b.call or b.link]:
        parts.append(Text("   ".join(map(_button, buttons)), style="cyan"))
    if card.footer:
        parts.append(_line(card.footer, now, style="dim"))
    return _panel(parts, label)


def render_update(card: Card, before: Card, now: datetime, *, label: str) -> RenderableType:
    """Draw what a card says now and did not say before, under its headline."""
    known = {row for section in before.sections for row in section.lines}
    parts: list[RenderableType] = [_headline(card)]
    for section in card.sections:
        fresh = tuple(row for row in section.lines if row not in known)
        if fresh:
            parts.append(_section(replace(section, lines=fresh), now))
    return _panel(parts, label)


def _headline(card: Card) -> Text:
    return _linked(Text(shorten(clean(card.title), LONGEST_TITLE), style="bold"), card.link)


def _panel(parts: Sequence[RenderableType], label: str) -> RenderableType:
    return Panel(Group(*parts), title=Text(label) if label else None, title_align="left", box=ROUNDED, padding=(0, 1))


def render_form(form: Form) -> RenderableType:
    """Draw a form's title and its error, before the fields are asked one by one."""
    parts: list[RenderableType] = [Text(form.title, style="bold")]
    if form.error:
        parts.append(Text(form.error, style="red"))
    parts += [Text(f"{f.label}: {f.error}", style="red") for f in form.fields if f.error]
    return Group(*parts)


def as_plain(renderable: RenderableType, width: int = 80) -> str:
    """Draw without colour, for tests and for terminals that know none."""
    console = Console(width=width, color_system=None, force_terminal=False, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def relative(at: datetime, now: datetime) -> str:
    """Say how long ago an instant was; dates from a week on."""
    ago = now - at
    if ago < timedelta(0):
        return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"
    if ago < _MINUTE:
        return "just now"
    if ago < _HOUR:
        return f"{ago // _MINUTE} min ago"
    if ago < _DAY:
        return f"{ago // _HOUR} h ago"
    if ago < 7 * _DAY:
        days = ago // _DAY
        return "yesterday" if days == 1 else f"{days} days ago"
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def _section(section: Section, now: datetime) -> RenderableType:
    rows = [_line(row, now) for row in section.lines]
    if section.heading:
        rows.insert(0, Text(section.heading, style="bold cyan"))
    return Group(*rows)


def _line(row: Line, now: datetime, style: str = "") -> Text:
    text = Text(style=style, overflow="fold")
    for span in row:
        text.append_text(_span(span, now))
    return text


def _span(span: Span, now: datetime) -> Text:
    shown = relative(span.at, now) if span.at is not None else span.text
    return _linked(Text(shown, style="bold" if span.is_bold else ""), span.link)


def _linked(text: Text, link: str | None) -> Text:
    """Make the text a terminal hyperlink; the terminal ignores it where it knows none."""
    if link and is_web_url(link):
        text.stylize(Style(link=link))
    return text


def _button(button: Button) -> str:
    if button.call is None:
        return f"[{button.label}] {button.link}"
    words = " ".join((button.call.command, *(value for _, value in button.call.arguments)))
    return f"[{button.label}] /news {words}"
