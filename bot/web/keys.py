"""Who may open which page: tokens of workspaces in story links, and the operator's password or proxy for the rest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import UUID

from aiohttp import BasicAuth, web

from bot.alerts.phrases import is_same_language
from bot.domain.models import StoryId, WorkspaceId
from bot.domain.settings import WebSettings
from bot.ports.page_stores import PageStore

TOKEN_BYTES = 16
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


LINKS = "story links"
"""The name of the secret behind all tokens; a workspace whose links were renewed has one of its own."""


def name_secret(workspace: WorkspaceId) -> str:
    """Name the secret of one workspace's links."""
    return f"{LINKS} of {workspace}"


class Keys:
    """The tokens of workspaces: a keyed hash of the workspace's id, so that none can be guessed from another.

    Links may be renewed beside a running bot, so what was renewed is read anew before tokens are made or looked up.
    """

    def __init__(self, store: PageStore, secret: bytes) -> None:
        self._store, self._secret = store, secret
        self._renewed: Mapping[str, bytes] = {}

    @classmethod
    async def open(cls, store: PageStore) -> Keys:
        """Read the secrets, or make the first one."""
        keys = cls(store, await store.make_secret(LINKS))
        await keys.refresh()
        return keys

    async def refresh(self) -> None:
        """Learn which workspaces' links were renewed."""
        self._renewed = await self._store.list_secrets(name_secret(WorkspaceId("")))

    def token(self, workspace: WorkspaceId) -> str:
        """Return the token of a workspace: 128 bits in letters that stand in an address as they are."""
        secret = self._renewed.get(name_secret(workspace), self._secret)
        digest = hmac.digest(secret, f"workspace {workspace}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")

    def name_id(self, workspace: WorkspaceId, *within: str) -> str:
        """Name something of a workspace for ever, by an id that tells nothing and that no renewal changes."""
        named = hmac.digest(self._secret, f"id {workspace} {' '.join(within)}".encode(), hashlib.sha256)
        return UUID(bytes=named[:16], version=4).urn

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

    async def stories(
        self, workspace: WorkspaceId, stories: Sequence[StoryId], language: str = ""
    ) -> Mapping[StoryId, str]:
        """Return the full addresses of stories' pages, none where people could not open them.

        A page speaks the language of who opens it, unless one other than English was chosen for the channel.
        """
        if not self.base or not stories:
            return {}
        await self._keys.refresh()
        here = f"{self.base}/w/{self._keys.token(workspace)}/story"
        chosen = f"?lang={quote(language)}" if language and not is_same_language(language, "en") else ""
        return {story: f"{here}/{story}{chosen}" for story in stories}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see what is not opened by a token alone."""

    settings: WebSettings

    @property
    def is_for_somebody(self) -> bool:
        """Whether anybody at all may open the operator's pages."""
        return bool(self.settings.password or self.settings.proxy_header or not self.settings.public_url)

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
    return origin.partition("://")[2] == request.headers.get("Host", "")


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
