"""Who may open which page: tokens of workspaces in story links, and the operator's password or proxy for the rest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from aiohttp import BasicAuth, web

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.settings import WebSettings

TOKEN_BYTES = 16
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


class Keys:
    """The tokens of workspaces: a keyed hash of the workspace's id, so that none can be guessed from another."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def token(self, workspace: WorkspaceId) -> str:
        """Return the token of a workspace: 128 bits in letters that stand in an address as they are."""
        digest = hmac.digest(self._secret, f"workspace {workspace}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")

    def find(self, token: str, workspaces: Iterable[WorkspaceId]) -> WorkspaceId | None:
        """Find the workspace whose token it is, in a time that does not tell how near a guess was."""
        given = token.encode("utf-8", "surrogatepass")
        matching = [one for one in workspaces if hmac.compare_digest(self.token(one).encode(), given)]
        return matching[0] if matching else None


class Addresses:
    """Where pages are; `base` is the address that people reach them under, empty where there is none."""

    def __init__(self, keys: Keys, base: str = "") -> None:
        self._keys = keys
        self.base = base.rstrip("/")

    @property
    def root(self) -> str:
        """What stands before the path of every page, where a proxy serves them below its own root."""
        return quote(urlsplit(self.base).path, safe="/%")

    def workspace(self, workspace: WorkspaceId) -> str:
        """Return the path under which a workspace's pages stand."""
        return f"{self.root}/w/{self._keys.token(workspace)}"

    def story(self, workspace: WorkspaceId, story: StoryId) -> str | None:
        """Return the full address of a story's page, None where people could not open it."""
        return f"{self.base}/w/{self._keys.token(workspace)}/story/{story}" if self.base else None


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see what is not opened by a token alone."""

    settings: WebSettings

    def is_operator(self, request: web.Request) -> bool:
        """Tell whether a request may open every page.

        With a password or a proxy's header set, who has it. With neither, who sits at this machine: as soon as a public
        address is set, nobody, since a proxy on this machine would speak for everyone.
        """
        set_up = self.settings
        if set_up.proxy_header and request.remote in set_up.proxies and request.headers.get(set_up.proxy_header):
            return True
        if set_up.password:
            return _has_password(request, set_up.password)
        return not set_up.proxy_header and not set_up.public_url and is_at_this_machine(request)

    def check_metrics(self, request: web.Request) -> None:
        """Raise for who may not read the measures."""
        if self.settings.metrics_for != "everyone" and not self.is_operator(request):
            raise self.refuse()

    def refuse(self) -> web.HTTPException:
        """Make the answer to who may not: a question for the password, or what the operator can do."""
        if self.settings.password:
            return web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="Topicwire", charset="UTF-8"'})
        return web.HTTPForbidden()


def is_at_this_machine(request: web.Request) -> bool:
    """Tell whether a request comes from this machine and was meant for it.

    The name it was sent to is looked at too: a page elsewhere whose name was made to lead here must not read ours.
    """
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    is_forwarded = any(name in request.headers for name in _FORWARDED)
    return not is_forwarded and _is_loopback(request.remote or "") and (host == "localhost" or _is_loopback(host))


def is_same_origin(request: web.Request) -> bool:
    """Tell whether a form was sent from a page of ours: browsers say where it stood."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return urlsplit(origin).netloc == request.headers.get("Host", "")


def _has_password(request: web.Request, password: str) -> bool:
    try:
        given = BasicAuth.decode(request.headers.get("Authorization", ""), encoding="utf-8").password
    except ValueError:
        return False
    return hmac.compare_digest(given.encode(), password.encode())


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
