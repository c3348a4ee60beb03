"""Discord's objects as the fake Discord makes them: users, members, channels, guilds, messages."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.servers.wire import Json

EPHEMERAL, LOADING = 64, 128  # message flags
VIEW, SEND, EMBED, ATTACH, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 15, 1 << 16
MANAGE_CHANNELS, MANAGE_GUILD, USE_COMMANDS = 1 << 4, 1 << 5, 1 << 31
PLAIN = VIEW | SEND | HISTORY | USE_COMMANDS
MANAGER = PLAIN | MANAGE_CHANNELS | MANAGE_GUILD
BOT = VIEW | SEND | EMBED | ATTACH | HISTORY
CREATE_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 38
BOT |= CREATE_THREADS | SEND_IN_THREADS
TEXT, DIRECT, ANNOUNCEMENT, FORUM = 0, 1, 5, 15  # channel types
ANNOUNCEMENT_THREAD, PUBLIC_THREAD = 10, 11
REQUIRE_TAG = 1 << 4  # a forum's flag
CROSSPOSTED, HAS_THREAD = 1 << 0, 1 << 5  # message flags
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # intents: members, presences, message content
ALL_PERMISSIONS, ADMINISTRATOR = (1 << 49) - 1, 1 << 3
REPLY, COMMAND_ANSWER = 19, 20  # message types
DISCORD_EPOCH_MS = 1_420_070_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the guild with the permissions that an interaction of theirs carries."""

    user: Json
    permissions: int

    @property
    def id(self) -> str:
        return str(self.user["id"])


class Snowflakes:
    """Ids that grow with time, each of them once."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        self._last = max(self._last + 1, int(time.time() * 1000 - DISCORD_EPOCH_MS) << 22)
        return str(self._last)


def timestamp() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())


def user(ident: str, name: str, *, bot: bool) -> Json:
    return {
        "id": ident,
        "username": name,
        "discriminator": "0",
        "avatar": None,
        "global_name": None,
        "bot": bot,
        "flags": 0,
        "public_flags": 0,
        "primary_guild": None,
    }


def member(who: Member) -> Json:
    return {
        "user": who.user,
        "roles": [],
        "joined_at": timestamp(),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(who.permissions),
    }


def application(bot: Json, owner: Json) -> Json:
    return {
        "id": bot["id"],
        "name": bot["username"],
        "description": "",
        "icon": None,
        "flags": 0,
        "verify_key": "00",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "team": None,
        "type": None,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
    }


def channel(ident: str, guild_id: str, position: int, name: str, kind: int = TEXT) -> Json:
    return {
        "id": ident,
        "type": kind,
        "name": name,
        "position": position,
        "guild_id": guild_id,
        "permission_overwrites": [],
        "nsfw": False,
        "topic": None,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def forum(plain: Json, tags: Sequence[tuple[str, str]], *, is_tag_required: bool) -> Json:
    """Make a forum of a channel; tags are given as id and name, and one whose name begins with ! is for moderators."""
    shown = [
        {"id": i, "name": name.lstrip("!"), "moderated": name.startswith("!"), "emoji_id": None, "emoji_name": None}
        for i, name in tags
    ]
    return plain | {
        "available_tags": shown,
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
        "flags": REQUIRE_TAG if is_tag_required else 0,
    }


def thread(ident: str, guild_id: str, parent: str, body: Json, kind: int, owner: str) -> Json:
    return {
        "id": ident,
        "type": kind,
        "guild_id": guild_id,
        "parent_id": parent,
        "owner_id": owner,
        "name": body["name"],
        "last_message_id": None,
        "flags": 0,
        "rate_limit_per_user": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": timestamp(),
            "auto_archive_duration": body.get("auto_archive_duration") or 4320,
            "locked": False,
            "create_timestamp": timestamp(),
        },
    }


def without_languages(node: Any) -> Any:
    """Leave out the languages of commands, which Discord gives only where it is asked for them."""
    if isinstance(node, dict):
        return {n: without_languages(inner) for n, inner in node.items() if not n.endswith("_localizations")}
    return [without_languages(inner) for inner in node] if isinstance(node, list) else node


def role(ident: str, name: str, permissions: int, position: int = 0) -> Json:
    return {
        "id": ident,
        "name": name,
        "permissions": str(permissions),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild(
    ident: str, owner: Json, me: Json, channels: list[Json], roles: list[Json], threads: Sequence[Json] = ()
) -> Json:
    return {
        "id": ident,
        "name": "Test guild",
        "owner_id": owner["id"],
        "icon": None,
        "region": "",
        "afk_timeout": 300,
        "member_count": 2,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "features": [],
        "premium_tier": 0,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "roles": roles,
        "emojis": [],
        "stickers": [],
        "threads": list(threads),
        "channels": channels,
        "members": [me],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "large": False,
        "unavailable": False,
        "joined_at": timestamp(),
    }


def message(ident: str, channel_id: str, author: Json, body: Json, *, interaction: bool = False) -> Json:
    """Make a message; `_pings` and other members that begin with _ are our notes and never leave the server."""
    found = pings(body, interaction=interaction)
    return {
        "id": ident,
        "channel_id": channel_id,
        "author": author,
        "content": (body.get("content") or "").strip(),
        "timestamp": timestamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": "everyone" in found,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "pinned": False,
        "type": COMMAND_ANSWER if interaction else 0,
        "flags": body.get("flags") or 0,
        "embeds": body.get("embeds") or [],
        "components": numbered(body.get("components") or []),
        "_pings": found,
    }


def edit(target: Json, body: Json, *, interaction: bool = False) -> Json:
    """Change the parts of a message that the body names."""
    if "content" in body:
        target["content"] = (body["content"] or "").strip()
    if "embeds" in body:
        target["embeds"] = body["embeds"] or []
    if "components" in body:
        target["components"] = numbered(body["components"] or [])
    target["edited_timestamp"] = timestamp()
    target["_pings"] = target["_pings"] | pings(body, interaction=interaction)
    return target


def numbered(components: list[Json]) -> list[Json]:
    """Components with the ids that Discord gives to those without one."""
    count = 0

    def walk(node: Json) -> Json:
        nonlocal count
        count += 1
        copy: Json = {"id": count, **node}
        if "components" in node:
            copy["components"] = [walk(inner) for inner in node["components"]]
        for name in ("component", "accessory"):
            if name in node:
                copy[name] = walk(node[name])
        return copy

    return [walk(component) for component in components]


def public(target: Json) -> Json:
    """Show a message as the API does: without our own notes."""
    return {k: v for k, v in target.items() if not k.startswith("_")}


def pings(body: Json, *, interaction: bool) -> set[str]:
    """Who would be notified: the mentions in the text that `allowed_mentions` lets through."""
    text, allowed = body.get("content") or "", body.get("allowed_mentions")
    if allowed is None:
        allowed = {"parse": ["users"] if interaction else ["users", "roles", "everyone"]}
    parse = allowed.get("parse") or ()
    found = {"everyone"} if re.search(r"@(everyone|here)\b", text) and "everyone" in parse else set()
    for kind, pattern in (("users", r"<@!?(\d+)>"), ("roles", r"<@&(\d+)>")):
        named = set(map(str, allowed.get(kind) or ()))
        found |= {f"{kind}:{i}" for i in re.findall(pattern, text) if kind in parse or i in named}
    return found
