"""Webhook addresses: what is wrong with one, and where a message is posted and edited. They are secrets: never told."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from yarl import URL

_DISCORD_PATH = re.compile(r"/webhooks/\d+/[\w-]+/?\Z")
_MESSAGE_ID = re.compile(r"[0-9]{1,20}")


def find_address_fault(kind: str, url: str, allow: Collection[str]) -> str | None:
    """Return what is wrong with a webhook's address, in words that do not hold it; None where nothing is.

    `allow` are the host:port pairs of fetch.allow: loopback addresses among them may be spoken to without TLS.
    """
    parts = _read(url)
    if parts is None:
        return "should be the https address that the channel's settings show for its webhook"
    if parts.scheme == "http" and not _is_allowed_loopback(parts, allow):
        return "should begin with https://, for whoever reads the address on its way can post in the channel"
    is_discord = _DISCORD_PATH.search(parts.path) is not None
    if kind == "discord" and not is_discord:
        return "is no address of a Discord webhook; it ends in /webhooks/NUMBER/TOKEN"
    if kind == "slack" and is_discord:
        return 'is the address of a Discord webhook; write kind = "discord"'
    return None


def _read(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_web and not any(char.isspace() for char in url) else None


def _is_allowed_loopback(parts: SplitResult, allow: Collection[str]) -> bool:
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    return is_loopback and f"{shown}:{parts.port or 80}" in allow


def post_address(kind: str, url: str) -> URL:
    """Return where a message is posted. Discord is asked for the message it made, and to show links as buttons."""
    address = URL(url)
    return address.update_query(wait="true", with_components="true") if kind == "discord" else address


def edit_address(kind: str, url: str, message_id: str) -> URL | None:
    """Return where a message is edited; None where it cannot be, as on Slack."""
    if kind != "discord" or _MESSAGE_ID.fullmatch(message_id) is None:
        return None
    address = URL(url)
    path = f"{address.path.rstrip('/')}/messages/{message_id}"
    return address.with_path(path).with_query(address.query).update_query(with_components="true")
