"""Addresses that no feed can have, told before anything is fetched; the guard still checks every connection."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.domain.feed_lists import MAX_URL
from bot.domain.urls import is_web_url
from bot.feeds.guard import Guard, find_denial

_PORTS = {"http": 80, "https": 443}
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "localdomain")


def find_address_fault(url: str, guard: Guard) -> str | None:
    """Say why a feed's address is not taken (form, name or password, private host), or None where it may be tried."""
    if len(url) > MAX_URL:
        return f"its address has more than {MAX_URL} characters"
    if not is_web_url(url) or any(char.isspace() or not char.isprintable() for char in url):
        return "its address is not an http:// or https:// address with a host"
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme.lower()]
    except ValueError:
        return "its address has a port that does not exist"
    if parts.username is not None or parts.password is not None:
        return "its address holds a name or password, which is never kept in the database"
    host = (parts.hostname or "").rstrip(".").casefold()
    return None if guard.is_allowed(host, port) else _find_private(host, port)


def _find_private(host: str, port: int) -> str | None:
    literal = _literal_address(host)
    if literal is not None:
        denial = find_denial(literal)
        return None if denial is None else f'it is {denial}; the operator may allow "{host}:{port}" in fetch.allow'
    is_local = "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES)
    return (
        f'it is a name of a local network; the operator may allow "{host}:{port}" in fetch.allow' if is_local else None
    )


def _literal_address(host: str) -> str | None:
    """Return the address that a host is, the old numeric forms (0x7f000001, 0177.0.0.1) included."""
    try:
        return str(ip_address(host.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None
