"""Bring an unmodified program to the test servers: Python imports this module at start, before the program.

With TOPICWIRE_TEST_LOOPBACK set, whatever would leave loopback is refused. TOPICWIRE_TEST_DISCORD and
TOPICWIRE_TEST_SLACK are the ports of the fakes; discord.py and slack_sdk are turned to them when the program imports
them, so that a process which needs neither does not pay for them. TOPICWIRE_TEST_KILL and its like belong to
kill_points.py beside this file. Without these variables nothing happens.
"""

from __future__ import annotations

import importlib
import importlib.util
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

Patch = Callable[[ModuleType], None]


class AfterImport(MetaPathFinder):
    """Finds the modules named, and changes each as soon as it has been run."""

    def __init__(self, patches: dict[str, Patch]) -> None:
        self._patches = patches

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        patch = self._patches.pop(fullname, None)  # popped first: the search below comes through here again
        spec = importlib.util.find_spec(fullname) if patch else None
        if patch and spec and spec.loader:
            spec.loader = PatchingLoader(spec.loader, patch)
        return spec


class PatchingLoader(Loader):
    """Loads as the loader it stands for, then changes the module."""

    def __init__(self, loader: Loader, patch: Patch) -> None:
        self._loader, self._patch = loader, patch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module.__loader__ = self._loader
        if module.__spec__:
            module.__spec__.loader = self._loader
        self._patch(module)


def discord_patches(port: str) -> dict[str, Patch]:
    def rest(module: ModuleType) -> None:
        module.Route.BASE = f"http://127.0.0.1:{port}/api/v10"

    def gateway(module: ModuleType) -> None:
        address = f"ws://127.0.0.1:{port}/gateway"
        module.DiscordWebSocket.DEFAULT_GATEWAY = module.yarl.URL(address)

    return {"discord.http": rest, "discord.gateway": gateway}


def slack_patches(port: str) -> dict[str, Patch]:
    def turn(cls: Any) -> None:
        # base_url is a default argument, bound when the class was made: changing BASE_URL alone has no effect.
        old, new = cls.BASE_URL, f"http://127.0.0.1:{port}/api/"
        cls.BASE_URL = new
        cls.__init__.__defaults__ = tuple(new if value == old else value for value in cls.__init__.__defaults__)

    return {
        "slack_sdk.web.async_base_client": lambda module: turn(module.AsyncBaseClient),
        "slack_sdk.web.base_client": lambda module: turn(module.BaseClient),
    }


def is_loopback(host: str) -> bool:
    """Whether a literal address, or a name, stays on this machine."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host in ("", "localhost")
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return True
    return False


def refuse(where: object) -> None:
    sys.stderr.write(f"LEFT LOOPBACK: {where}\n")


def stay_on_loopback() -> None:
    """Refuse connections and datagrams to other machines, and the resolving of names."""

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
                refuse(address)
                raise ConnectionRefusedError(111, f"not on loopback: {address}")
            return original(self, *args)

        return call

    def local_only(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(host: Any, *args: Any, **named: Any) -> Any:
            text = host.decode() if isinstance(host, bytes) else host
            if text is not None and is_name(text) and not is_loopback(text):
                refuse(text)
                raise socket.gaierror(socket.EAI_NONAME, f"names other than localhost are not resolved: {text}")
            return original(host, *args, **named)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, guarded(getattr(socket.socket, name)))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, local_only(getattr(socket, name)))


def install(environment: os._Environ[str]) -> None:
    if environment.get("TOPICWIRE_TEST_LOOPBACK"):
        stay_on_loopback()
    patches: dict[str, Patch] = {}
    if port := environment.get("TOPICWIRE_TEST_DISCORD"):
        patches |= discord_patches(port)
    if port := environment.get("TOPICWIRE_TEST_SLACK"):
        patches |= slack_patches(port)
    if any(environment.get(f"TOPICWIRE_TEST_{name}") for name in ("KILL", "CLOCK", "SHORT")):
        patches |= importlib.import_module("kill_points").patches(environment)
    if patches:
        sys.meta_path.insert(0, AfterImport(patches))


install(os.environ)
