"""The app as it is installed in the fake Slack: what its manifest switched on, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from tests.servers.wire import Json

SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.info": "channels:read",
    "conversations.list": "channels:read",
    "users.conversations": "channels:read",
    "conversations.open": "im:write",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "users.info": "users:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
_EVENTS = {
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "channel_left": "channels:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_unarchive": "channels:read",
    "group_unarchive": "groups:read",
    "group_left": "groups:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
}


class Installed:
    """An app made of a manifest, or one that has everything where there is none; raises ValueError for what Slack
    would never send it.
    """

    def __init__(self, manifest: Json | None, scopes: Sequence[str] | None) -> None:
        self._manifest = manifest
        given = manifest["oauth_config"]["scopes"]["bot"] if manifest else sorted(set(SCOPES.values()))
        self.scopes: tuple[str, ...] = tuple(given if scopes is None else scopes)

    @property
    def has_home(self) -> bool:
        return self._manifest is None or self._manifest["features"]["app_home"]["home_tab_enabled"]

    def hears(self, event: str) -> None:
        if self._manifest is None:
            return
        if event not in self._manifest["settings"]["event_subscriptions"]["bot_events"]:
            raise ValueError(f"the app is not subscribed to {event}")
        if _EVENTS.get(event, "") not in (*self.scopes, ""):
            raise ValueError(f"the app lacks the scope {_EVENTS[event]} for {event}")

    def takes(self, command: str) -> None:
        known = [] if self._manifest is None else [c["command"] for c in self._manifest["features"]["slash_commands"]]
        self._has(command, known)

    def offers(self, shortcut: str) -> None:
        known = [] if self._manifest is None else [s["callback_id"] for s in self._manifest["features"]["shortcuts"]]
        self._has(shortcut, known)

    def _has(self, name: str, known: Sequence[str]) -> None:
        if self._manifest is not None and (name not in known or "commands" not in self.scopes):
            raise ValueError(f"the app has no {name}; it has {known} and the scopes {self.scopes}")


def needed_scope(method: str, channel: str, *, is_private: bool) -> str:
    """Name the scope that a call needs, "" for none; messages and private channels have scopes of their own."""
    scope = SCOPES.get(method, "")
    kind, _, what = scope.partition(":")
    if kind != "channels":
        return scope
    return f"im:{what}" if channel.startswith("D") else f"groups:{what}" if is_private else scope
