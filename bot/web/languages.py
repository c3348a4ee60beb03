"""The language that a page speaks: the one its link names, else what the browser asks for, else English."""

from __future__ import annotations

from aiohttp import web

from bot.alerts.phrases import LANGUAGES, is_same_language, say_language

ASKED = "lang"
"""The part of an address that names a language; links from a channel carry the channel's."""
MOST_RANGES = 20


def choose_language(request: web.Request) -> str:
    """Choose the language of a page."""
    named = _find(request.query.get(ASKED, ""))
    return named or next(filter(None, map(_find, _list_accepted(request.headers.get("Accept-Language", "")))), "en")


def carry_language(request: web.Request) -> str:
    """Return what a link to a further page ends with, so that it speaks the language that this one's link named."""
    named = _find(request.query.get(ASKED, ""))
    return f"?{ASKED}={named}" if named else ""


def list_languages() -> list[tuple[str, str]]:
    """List the languages that pages speak, each with its own name."""
    return [(code, say_language(code)) for code in LANGUAGES]


def _find(asked: str) -> str:
    return next((code for code in LANGUAGES if asked and is_same_language(asked, code)), "")


def _list_accepted(header: str) -> list[str]:
    """List the languages of an Accept-Language header, the dearest first (RFC 9110, 12.5.4)."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(",")[:MOST_RANGES]:
        code, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), code))
        except ValueError:
            continue
    return [code for weight, code in sorted(weighed, key=lambda one: -one[0]) if weight > 0]
