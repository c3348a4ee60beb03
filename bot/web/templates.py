"""The templates: everything escaped, nothing undefined, links only to the web."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot import __version__
from bot.alerts.phrases import is_same_language, say, say_count, say_language
from bot.alerts.reasons import say_reason
from bot.domain.cards import Section
from bot.domain.text import shorten
from bot.domain.urls import is_web_url
from bot.web.assets import list_assets

LONGEST_TITLE, LONGEST_LINE = 300, 160
_CONTROLS = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A)]
)  # fmt: skip
SHOWN: web.AppKey[Mapping[str, object]] = web.AppKey("shown", Mapping)
"""What every page of an application may name, beside what it is given itself."""


@cache
def environment() -> Environment:
    """Make what templates are read with, once."""
    made = Environment(
        loader=PackageLoader("bot.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "headline": lambda text: shorten(text, LONGEST_TITLE),
        "language": say_language,
        "in_line": lambda text: shorten(text, LONGEST_LINE),
        "link": lambda url: url if url and is_web_url(url) else None,
        "reason": say_reason,
        "capitalize_first": lambda text: text[:1].upper() + text[1:],
        "minute": _minute,
        "day": lambda at: at.astimezone(UTC).strftime("%Y-%m-%d"),
        "machine": lambda at: at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    made.tests |= {"pointed": _is_pointed, "spoken": is_same_language}
    made.globals |= {"version": __version__, "assets": {asset.name: asset.path for asset in list_assets()}}
    # All at once: files that an upgrade lays under a running program must not meet code from before it.
    for name in made.list_templates():
        made.get_template(name)
    return made


def render(name: str, request: web.Request, **values: object) -> str:
    """Fill a template."""
    usual = {"root": "", "is_operator": False, "has_console": False, "here": "", "carried": "", "others": ()}
    shared = request.app.get(SHOWN, {})
    known = {**usual, **shared, **values}
    lang = str(known.setdefault("lang", "en"))
    known |= {"say": partial(_say, lang), "count": partial(_count, lang)}
    return environment().get_template(name).render(**known)


def _say(language: str, key: str, **values: object) -> str:
    return say(key, language, **values)


def _count(language: str, key: str, number: int) -> str:
    return say_count(key, number, language)


def _without_controls(value: object) -> object:
    """Take out what turns the direction of the text around it, or is no text at all."""
    return value.translate(_CONTROLS) if isinstance(value, str) and not isinstance(value, Markup) else value


def _is_pointed(section: Section) -> bool:
    """Tell whether a line points at a place in the one above it, so that letters must stand in columns."""
    return any("".join(span.text for span in line).strip() == "^" for line in section.lines)


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
