"""What every answer carries: rules that let nothing run or load from elsewhere, an ETag, pages for what went wrong."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.alerts.phrases import say
from bot.web.languages import choose_language
from bot.web.templates import render

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
log = logging.getLogger(__name__)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # A story's address holds a token, which no other site may learn.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_TOLD = {
    400: ("That cannot be read", "No browser sends such a request."),
    401: ("A password is needed", "The operator set one for this page: web.password. Any user name will do."),
    403: (
        "This page is for the operator",
        (
            "Set web.password (TOPICWIRE_WEB_PASSWORD) or web.proxy_header to open it; with neither, and without "
            "web.public_url, it opens at the machine itself. Links from alerts open without it."
        ),
    ),
    405: ("That cannot be done here", "This page is only read."),
    413: ("That is too much at once", "Forms of a megabyte are read, no larger ones."),
}

_TOLD_TO_ALL = (404, 500)
"""What readers of alerts meet too is said in their language."""


def page(name: str, request: web.Request, **values: object) -> web.Response:
    """Answer with a page made of a template."""
    return web.Response(text=render(name, request, **values), content_type="text/html", charset="utf-8")


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Add the headers and the ETag, and make pages of refusals; whatever fails tells nothing of what is inside."""
    try:
        _check_host(request)
        answer = await handler(request)
    except web.HTTPException as refusal:
        answer = _explain(request, refusal)
    except Exception:  # a boundary: a fault of ours in one page must tell its visitor nothing, and the log everything
        log.exception("page %s failed", _shown_path(request))
        answer = _explain(request, web.HTTPInternalServerError())
    answer.headers.update(HEADERS)
    if isinstance(answer, web.Response) and answer.status == 200 and request.method in ("GET", "HEAD"):
        return _with_etag(request, answer)
    return answer


def _check_host(request: web.Request) -> None:
    """Raise for a request that names no host that could be read: addresses are made from it."""
    try:
        _ = request.url, urlsplit(f"//{request.host}").hostname
    except ValueError:
        raise web.HTTPBadRequest from None


def _shown_path(request: web.Request) -> str:
    """Return the path without the token in it."""
    token = request.match_info.get("token")
    return request.path.replace(token, "TOKEN") if token else request.path


def _explain(request: web.Request, refusal: web.HTTPException) -> web.StreamResponse:
    if refusal.status < 400:
        return web.Response(status=refusal.status, headers={"Location": refusal.headers["Location"]})
    lang = "en"
    title, told = _TOLD.get(refusal.status, (refusal.reason, ""))
    if refusal.status in _TOLD_TO_ALL:
        lang = choose_language(request)
        title, told = say(f"page.{refusal.status}", lang), say(f"page.{refusal.status}_told", lang)
    answer = page("refusal.html", request, title=title, told=told, lang=lang)
    answer.set_status(refusal.status)
    for name in ("WWW-Authenticate", "Allow"):
        if name in refusal.headers:
            answer.headers[name] = refusal.headers[name]
    return answer


def _with_etag(request: web.Request, answer: web.Response) -> web.Response:
    """Let who has this very page already keep it."""
    body = answer.body if isinstance(answer.body, bytes) else b""
    etag = hashlib.blake2b(body, digest_size=12).hexdigest()
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    answer.headers["Vary"] = "Authorization, Accept-Language"
    answer.etag = etag
    known = request.if_none_match
    if known and any(one.value in (etag, "*") for one in known):
        kept = ("Cache-Control", "ETag", "Vary", *HEADERS)
        return web.Response(status=304, headers={name: answer.headers[name] for name in kept})
    return answer
