"""What exists in the fake Slack: the team, its people and channels, the messages, views and orders."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.servers.slack.orders import Order, named
from tests.servers.slack.spec import MAX_MESSAGE_CHARS, block_problems, characters
from tests.servers.wire import Json

TEAM, BOT_USER, BOT, APP, HUMAN = "T0FAKE", "U0BOT", "B0BOT", "A0FAKE", "U0READER"
REFUSALS = {"channel_not_found", "not_in_channel", "is_archived", "restricted_action"}
TS = re.compile(r"\d{10}\.\d{6}")
_KEPT = ("blocks", "attachments", "metadata", "thread_ts")


class SlackError(Exception):
    """An answer with ok false."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.body: Json = {"ok": False, "error": error, **more}


@dataclass(slots=True, kw_only=True)
class Call:
    """One Web API request as it arrived, and how it was answered (status 0: the connection was cut)."""

    at: float
    method: str
    body: Json
    headers: dict[str, str]
    status: int = 0
    answer: Json = field(default_factory=dict)


class World:
    """Everything that the API shows and changes."""

    def __init__(self, channels: Sequence[str], team: str) -> None:
        self.team = team
        self.people: dict[str, Json] = {}
        self.add_person("reader", is_admin=True, ident=HUMAN)
        self.add_person("newsbot", is_admin=False, ident=BOT_USER)
        self.people[BOT_USER]["is_bot"] = True
        self.channels: dict[str, Json] = {}
        for name in channels:
            self.add_channel(name)
        self.messages: dict[tuple[str, str], Json] = {}  # by channel and ts
        self.ephemerals: list[Json] = []
        self.views: list[Json] = []
        self.closed_views: set[str] = set()
        self.homes: dict[str, Json] = {}  # by user
        self.outsiders: dict[str, set[str]] = {}  # who is in no channel of it
        self.orders: dict[str, Order] = {}  # by envelope id
        self.triggers: dict[str, float] = {}
        self._refused: dict[str, str] = {}
        self._last_ts = 0.0
        self.lag_s = 0.0  # how long history does not show a message that was just posted

    def add_person(self, name: str, *, is_admin: bool, ident: str = "") -> str:
        ident = ident or f"U{len(self.people):07}"
        self.people[ident] = {
            "id": ident,
            "team_id": self.team,
            "name": name,
            "real_name": name.title(),
            "deleted": False,
            "tz": "Europe/Zurich",
            "tz_offset": 3600,
            "is_admin": is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "is_bot": False,
            "profile": {"real_name": name.title(), "display_name": name, "team": self.team},
        }
        return ident

    def add_direct(self, user: str) -> str:
        """Return the channel of direct messages with somebody, the same one every time."""
        ident = f"D{user[1:]}"
        self.channels.setdefault(
            ident,
            {"id": ident, "name": ident, "is_im": True, "is_archived": False, "is_member": True, "user": user},
        )
        return ident

    def add_channel(self, name: str) -> str:
        ident = f"C{len(self.channels) + 1:04}"
        self.channels[ident] = {
            "id": ident,
            "name": name,
            "is_channel": True,
            "is_private": False,
            "is_im": False,
            "is_archived": False,
            "is_member": True,
            "creator": HUMAN,
            "context_team_id": self.team,
        }
        return ident

    def refuse(self, channel: str, error: str) -> None:
        if error not in REFUSALS:
            raise ValueError(f"{error!r}: a channel refuses with one of {sorted(REFUSALS)}")
        self._refused[channel] = error
        self.channels[channel] |= {"is_archived": error == "is_archived", "is_member": error == "restricted_action"}

    def allow(self, channel: str) -> None:
        self._refused.pop(channel, None)
        self.channels[channel] |= {"is_archived": False, "is_member": True}

    def channel(self, name: Any, *, is_looked_at: bool = False) -> Json:
        """Return a channel by id or name; SlackError where the bot may not use it (or, looked at, not see it)."""
        found = next((c for c in self.channels.values() if name in (c["id"], c["name"], "#" + c["name"])), None)
        refusal = self._refused.get(found["id"], "") if found else "channel_not_found"
        if found is None or (refusal and not (is_looked_at and refusal != "channel_not_found")):
            raise SlackError(refusal)
        return found

    def shown_by_now(self, messages: list[Json]) -> list[Json]:
        """Leave out what history does not show yet."""
        return [m for m in messages if time.time() - float(m["ts"]) >= self.lag_s]

    def new_ts(self) -> str:
        self._last_ts = max(self._last_ts + 0.000001, time.time())
        return f"{self._last_ts:.6f}"

    def add_message(self, channel: str, body: Json, *, user: str = BOT_USER) -> Json:
        """Store a message of the bot's, or of a person's."""
        message: Json = {"type": "message", "channel": channel, "ts": self.new_ts(), "user": user, "team": self.team}
        message |= {"text": body.get("text") or ""}
        message |= {"bot_id": BOT, "app_id": APP} if user == BOT_USER else {}
        message |= {k: body[k] for k in _KEPT if body.get(k)}
        message |= {"blocks": named(message["blocks"])} if "blocks" in message else {}
        self.messages[channel, message["ts"]] = message
        parent = self.messages.get((channel, message.get("thread_ts", "")))
        if parent:
            parent["thread_ts"] = parent["ts"]
            parent["reply_count"] = parent.get("reply_count", 0) + 1
            parent["latest_reply"] = message["ts"]
        return message

    def edit(self, message: Json, body: Json) -> None:
        """Change what the body names; blocks and metadata that it does not name stay, as documented."""
        message |= {k: body[k] for k in ("text", "attachments", "metadata") if k in body}
        message |= {"blocks": named(body["blocks"])} if "blocks" in body else {}
        message["edited"] = {"user": BOT_USER, "ts": self.new_ts()}

    def in_channel(self, channel: str) -> list[Json]:
        """List what the channel itself shows, oldest first: no replies, unless they were sent to the channel too."""
        return [m for m in self._all(channel) if not is_reply(m) or m.get("subtype") == "thread_broadcast"]

    def thread(self, channel: str, ts: str) -> list[Json]:
        """List a message and the replies to it, oldest first."""
        return [m for m in self._all(channel) if ts in (m["ts"], m.get("thread_ts"))]

    def _all(self, channel: str) -> list[Json]:
        found = [m for (where, _), m in self.messages.items() if where == channel]
        return sorted(found, key=lambda m: str(m["ts"]))


def is_reply(message: Json) -> bool:
    """Whether a message is in a thread and not its beginning."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def check(body: Json, surface: str = "message") -> None:
    """Raise SlackError for what Slack would refuse in a message or a view."""
    blocks = body.get("blocks") or []
    problems = block_problems(blocks, surface)
    if problems:
        messages = [f"[ERROR] {p}" for p in problems]
        raise SlackError("invalid_blocks", errors=problems, response_metadata={"messages": messages})
    if surface != "message":
        return
    if characters(blocks) > MAX_MESSAGE_CHARS:
        raise SlackError("msg_blocks_too_long")
    if not blocks and not any(body.get(k) for k in ("text", "attachments", "delete_original")):
        raise SlackError("no_text")
