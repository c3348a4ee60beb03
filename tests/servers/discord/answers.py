"""How the fake Discord answers: errors, rate limits, bodies."""

from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from tests.servers.wire import Json


class ApiError(Exception):
    """An answer other than 2xx; problems read «path/of/member: what is wrong» or, with a code, «path#CODE: what»."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        problems: list[str] | None = None,
        *,
        headers: dict[str, str] | None = None,
        body: Json | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.headers = status, headers or {}
        self.body = body or {"message": message, "code": code, **({"errors": _tree(problems)} if problems else {})}


def limit_headers(limit: int, remaining: int, reset: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
        "X-RateLimit-Reset-After": f"{reset:.3f}",
        "X-RateLimit-Bucket": "80c17d2f203122d936070c88c8d10f33",
    }


def too_many(retry_after: float, scope: str) -> tuple[Json, dict[str, str]]:
    """Body and headers of a 429; without Via, discord.py takes it for a ban by Cloudflare and raises."""
    headers = {"Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": scope}
    headers |= {"Via": "1.1 google"} if scope != "cloudflare" else {}
    headers |= {"X-RateLimit-Global": "true"} if scope == "global" else {}
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(retry_after, 3),
        "global": scope == "global",
    }
    return body, headers


def answer(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    """Make the response; discord.py reads JSON only where the content type is exactly application/json."""
    if body is None:
        return web.Response(status=status, headers=headers)
    data = json.dumps(body).encode()
    return web.Response(status=status, body=data, headers={"Content-Type": "application/json", **headers})


def _tree(problems: list[str]) -> Json:
    tree: Json = {}
    for problem in problems:
        place, _, text = problem.partition(": ")
        where, _, code = place.partition("#")
        node = tree
        for part in [] if where == "(body)" else where.split("/"):
            node = node.setdefault(part, {})
        node.setdefault("_errors", []).append({"code": code or "BASE_TYPE_INVALID", "message": text})
    return tree
