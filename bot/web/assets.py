"""The style sheet, the icon and the one script, served under names that change with what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aiohttp import web

_TYPES = {"style.css": "text/css", "live.js": "text/javascript", "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that pages load; `path` holds a digest of it, so that it may be kept for ever."""

    name: str
    path: str
    kind: str
    content: bytes


@cache
def list_assets() -> tuple[Asset, ...]:
    """Read the files that are shipped beside this module."""
    return tuple(_read(name, kind) for name, kind in _TYPES.items())


def _read(name: str, kind: str) -> Asset:
    content = files("bot.web").joinpath("static", name).read_bytes()
    stem, _, ending = name.partition(".")
    digest = hashlib.blake2b(content, digest_size=6).hexdigest()
    return Asset(name=name, path=f"/static/{stem}.{digest}.{ending}", kind=kind, content=content)


def add_assets(app: web.Application) -> None:
    """Serve each file at its path, and nothing else of its folder."""
    for asset in list_assets():
        app.router.add_get(asset.path, _answering(asset))


def _answering(asset: Asset) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(_: web.Request) -> web.StreamResponse:
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return web.Response(body=asset.content, content_type=asset.kind, charset="utf-8", headers=headers)

    return answer
