"""The guard: no connection leaves for an address that is not public, unless the operator named its host and port.

A name is checked when it resolves (for a good message) and every address once more when its socket is made: literal
addresses never reach a resolver, and what a name means may change between two look-ups.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.domain.errors import TopicwireError

Address = IPv4Address | IPv6Address
AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[Any, ...]]

LookUp = Callable[[str, int, int], Awaitable[Sequence[str]]]

_MAPPED = (IPv6Network("::ffff:0:0/96"), IPv6Network("::ffff:0:0:0/96"), IPv6Network("::/96"))
"""Forms of an IPv4 address in IPv6: mapped (RFC 4291), translated (RFC 2765), and the old compatible form."""

_UNICAST = IPv6Network("2000::/3")
"""All that IPv6 has given out for reaching each other so far (RFC 4291 section 2.4)."""
_HOST_NAME = re.compile(r"[A-Za-z0-9._-]{1,255}")

# `ipaddress.is_global` calls several of these global (NAT64, 6to4, fec0::/10, multicast): each is denied by name.
_DENIED = tuple(
    (ip_network(network), name)
    for network, name in (
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("100.100.100.200/32", "a cloud's metadata service"),
        ("fd00:ec2::254/128", "a cloud's metadata service"),
        ("192.0.0.192/32", "a cloud's metadata service"),
        ("0.0.0.0/8", "an unspecified address"),
        ("::/128", "an unspecified address"),
        ("127.0.0.0/8", "a loopback address"),
        ("::1/128", "a loopback address"),
        ("10.0.0.0/8", "a private address"),
        ("172.16.0.0/12", "a private address"),
        ("192.168.0.0/16", "a private address"),
        ("fc00::/7", "a private address"),
        ("100.64.0.0/10", "a carrier's private address (CGNAT)"),
        ("169.254.0.0/16", "a link-local address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("2002::/16", "a 6to4 address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("2001::/32", "a Teredo address"),
        ("224.0.0.0/4", "a multicast address"),
        ("ff00::/8", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        # Python's own table of these is as old as the Python.
        ("192.0.0.0/24", "a reserved address"),
        ("2001::/23", "a reserved address"),
        ("3fff::/20", "an address for documentation"),
    )
)


class BlockedAddressError(TopicwireError, OSError):
    """A connection was refused by the guard; names the address, what it is, and the remedy.

    Also an OSError, which is what the HTTP client expects of a resolver and of a socket factory.
    """


class AllowedAddress(str):
    """An address that an allowed name resolved to: the permission travels with it to the socket factory."""

    __slots__ = ()


@lru_cache(maxsize=4_096)
def find_denial(address: str) -> str | None:
    """Tell what makes an address unreachable for feeds ("a private address"), or None where it is public."""
    try:
        parsed: Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    return _find_denial(parsed)


def _find_denial(address: Address) -> str | None:
    for network, name in _DENIED:
        if address.version == network.version and address in network:
            return name
    if isinstance(address, IPv6Address) and any(address in network for network in _MAPPED):
        return _find_denial(IPv4Address(int(address) & 0xFFFFFFFF)) or _compatible_denial(address)
    is_unicast = address.version == 4 or address in _UNICAST
    return None if is_unicast and address.is_global and not address.is_reserved else "a reserved address"


def _compatible_denial(address: IPv6Address) -> str | None:
    """Mapped addresses mean the IPv4 address; the two other forms lead nowhere a feed could be."""
    return None if address in _MAPPED[0] else "a reserved address"


@dataclass(frozen=True, slots=True)
class Guard:
    """What the operator allows (`fetch.allow`), asked for every name and every address."""

    allowed: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, allow: Iterable[str]) -> Guard:
        """Read host:port pairs; an IPv6 address stands in brackets. Entries without a port allow nothing."""
        return cls(frozenset(pair for entry in allow if (pair := _split_host_port(entry)) is not None))

    def is_allowed(self, host: str, port: int) -> bool:
        """Tell whether the operator named this host (or literal address) with this port."""
        return (_normal_host(host), port) in self.allowed

    def check(self, address: str, port: int, *, host: str | None = None) -> None:
        """Raise BlockedAddressError where the address is not public and not allowed."""
        if isinstance(address, AllowedAddress) or self.is_allowed(address, port):
            return
        denial = find_denial(address)
        if denial is not None:
            raise BlockedAddressError(_message(address, port, denial, host))

    def make_socket(self, info: AddrInfo) -> socket.socket:
        """Make the socket for a connection after checking the very address that it will be connected to."""
        family, kind, protocol, _, address = info
        self.check(address[0], address[1])
        made = socket.socket(family=family, type=kind, proto=protocol)
        made.setblocking(False)
        return made


def _split_host_port(entry: str) -> tuple[str, int] | None:
    host, _, port = entry.strip().rpartition(":")
    if not host or not port.isascii() or not port.isdigit():
        return None
    return _normal_host(host), int(port)


@lru_cache(maxsize=4_096)
def _normal_host(host: str) -> str:
    bare = host.strip("[]").rstrip(".").lower()
    try:
        return ip_address(bare.partition("%")[0]).compressed
    except ValueError:
        return bare


def _message(address: str, port: int, denial: str, host: str | None) -> str:
    named = f"{host} is {address}, {denial}" if host else f"{address} is {denial}"
    allowed = host or (f"[{address}]" if ":" in address else address)
    return f'{named}; to fetch from it anyway add "{allowed}:{port}" to fetch.allow'


class GuardedResolver(AbstractResolver):
    """Resolve names and hand on only the addresses that the guard lets through.

    Each look-up runs in a daemon thread of its own: one dead name server holds up neither other look-ups nor the exit.
    """

    def __init__(self, guard: Guard, look_up: LookUp | None = None) -> None:
        self._guard = guard
        self._look_up = look_up or _look_up

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the reachable addresses; raises BlockedAddressError where there is none, OSError for unknown names."""
        if not _HOST_NAME.fullmatch(host):
            # Escapes, spaces and NULs: look-ups read such names in ways of their own.
            raise socket.gaierror(socket.EAI_NONAME, "no host can have this name")
        numeric = _numeric_address(host)
        addresses = [numeric] if numeric else await self._look_up(host, port, family)
        is_allowed = self._guard.is_allowed(host, port)
        results: list[ResolveResult] = []
        refused: BlockedAddressError | None = None
        for address in addresses:
            try:
                if not is_allowed:
                    self._guard.check(address, port, host=host)
            except BlockedAddressError as error:
                refused = error
                continue
            results.append(_result(host, AllowedAddress(address) if is_allowed else address, port))
        if not results:
            raise refused or OSError(None, f"no address is known for {host}")
        return results

    async def close(self) -> None:
        """Nothing is held open."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=numeric)


def _numeric_address(host: str) -> str | None:
    """Return the address that an old numeric form names (0x7f000001, 0177.0.0.1): no look-up is needed for these."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


async def _look_up(host: str, port: int, family: int) -> Sequence[str]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str]] = loop.create_future()

    def answer(addresses: list[str] | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(addresses or [])

    def work() -> None:
        found: list[str] | None = None
        failure: Exception | None = None
        try:
            infos = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except OSError as error:
            failure = error
        except UnicodeError:  # a label that no host name can have
            failure = socket.gaierror(socket.EAI_NONAME, "no such name")
        except Exception as error:  # noqa: BLE001 - whoever waits must get an answer, whatever went wrong
            failure = error
        try:
            loop.call_soon_threadsafe(answer, found, failure)
        except RuntimeError:  # the loop has closed in the meantime: nobody waits for the answer any more
            return

    threading.Thread(target=work, name="look-up", daemon=True).start()
    return await future
