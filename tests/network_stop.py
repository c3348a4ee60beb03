"""Keeps the test process on loopback: refuses and records every other address and every public name."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

DIALS = ("connect", "connect_ex", "sendto", "sendmsg")
LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
# RFC 6761: these names never exist, so the answer is known without asking anyone.
NEVER_EXIST = (".invalid", ".test")


class OutwardCallError(RuntimeError):
    """A test reached for the network; no OSError, so that code which expects network trouble does not swallow it."""


class NetworkStop:
    """The stop and what it stopped; `beneath` holds the real calls, by name, and is what a proof replaces."""

    def __init__(self) -> None:
        self.attempts: list[str] = []
        self.beneath: dict[str, Callable[..., Any]] = {}

    def install(self) -> None:
        """Put the stop under every socket and every name look-up of this process."""
        for name in DIALS:
            self._lay(socket.socket, name, self._stopped_dial(name))
        for name in LOOKUPS:
            self._lay(socket, name, self._stopped_lookup(name))

    def uninstall(self) -> None:
        """Give the process its network back."""
        for name in DIALS:
            setattr(socket.socket, name, self.beneath[name])
        for name in LOOKUPS:
            setattr(socket, name, self.beneath[name])

    def is_in_place(self) -> bool:
        """Tell whether every call still goes through the stop."""
        laid = [getattr(socket.socket, name) for name in DIALS] + [getattr(socket, name) for name in LOOKUPS]
        return all(getattr(call, "stop", None) is self for call in laid)

    @contextmanager
    def expecting_attempts(self) -> Iterator[list[str]]:
        """Yield the attempts of the block, which then do not count against the test."""
        before = len(self.attempts)
        seen: list[str] = []
        try:
            yield seen
        finally:
            seen.extend(self.attempts[before:])
            del self.attempts[before:]

    def _lay(self, place: Any, name: str, call: Callable[..., Any]) -> None:
        self.beneath[name] = getattr(place, name)
        call.stop = self  # type: ignore[attr-defined]
        setattr(place, name, call)

    def _stopped_dial(self, name: str) -> Callable[..., Any]:
        def dial(sock: socket.socket, *args: Any) -> Any:
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                self._check_address(name, _dialled_address(name, args))
            return self.beneath[name](sock, *args)

        return dial

    def _stopped_lookup(self, name: str) -> Callable[..., Any]:
        def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
            self._check_name(name, host)
            return self.beneath[name](host, *args, **kwargs)

        return look_up

    def _check_address(self, name: str, address: object) -> None:
        if address is None or _is_loopback(_host_of(address)):
            return
        self._refuse(f"{name} {address!r}")

    def _check_name(self, name: str, host: object) -> None:
        text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if text is None or text in ("", "localhost") or (isinstance(text, str) and _is_literal(text)):
            return
        if isinstance(text, str) and text.rstrip(".").lower().endswith(NEVER_EXIST):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        self._refuse(f"{name} {text!r}")

    def _refuse(self, what: str) -> None:
        self.attempts.append(what)
        raise OutwardCallError(f"a test reached for the network: {what}; use 127.0.0.0/8, [::1] or a .invalid name")


def _dialled_address(name: str, args: tuple[Any, ...]) -> object:
    """Return the address among a call's arguments: sendto has it last, sendmsg fourth and seldom."""
    if name == "sendmsg":
        return args[3] if len(args) > 3 else None
    return args[-1]


def _host_of(address: object) -> str:
    return str(address[0]) if isinstance(address, tuple) and address else str(address)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    """Tell whether a socket address is this machine; the unspecified address dials it too."""
    if host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback or address.is_unspecified


STOP = NetworkStop()
