"""What the app needs of Slack, told once: the manifest, the checks at the start and the listeners are made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

COMMAND = "/news"
WATCH = "topicwire:watch"
"""The callback of the message shortcut."""
SHORTCUT = "Watch this topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A right of the bot token: the calls and events that need it, and what it is for or what lacks without it."""

    name: str
    why: str
    methods: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    is_required: bool = False


SCOPES: tuple[Scope, ...] = (
    Scope(
        name="chat:write",
        why="to post",
        methods=("chat.postMessage", "chat.postEphemeral", "chat.update"),
        is_required=True,
    ),
    Scope(
        name="channels:history",
        why="to see whether a message arrived when an answer is lost",
        methods=("conversations.history", "conversations.replies"),
        is_required=True,
    ),
    Scope(name="users:read", why="to know who may change things", methods=("users.info",), is_required=True),
    Scope(name="commands", why=f"without it there is neither {COMMAND} nor the shortcut “{SHORTCUT}”"),
    Scope(name="app_mentions:read", why="without it a mention gets no answer", events=("app_mention",)),
    Scope(
        name="channels:read",
        why="without it nobody is told what to do where the bot is invited, and what is archived is noticed late",
        methods=("conversations.info", "users.conversations"),
        events=(
            *("member_joined_channel", "member_left_channel", "channel_left"),
            *("channel_archive", "channel_unarchive", "channel_deleted"),
        ),
    ),
    Scope(
        name="groups:read",
        why="without it the same holds for private channels",
        events=("group_left", "group_archive", "group_unarchive", "group_deleted"),
    ),
    Scope(name="groups:history", why="without it nothing can be settled in private channels"),
    Scope(name="im:history", why="without it nothing can be settled in direct messages"),
    Scope(name="im:write", why="without it nobody can follow by direct message", methods=("conversations.open",)),
    Scope(
        name="files:write",
        why="without it charts come as text",
        methods=("files.getUploadURLExternal", "files.completeUploadExternal"),
    ),
)
FREE_EVENTS = ("app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that need no scope."""
FREE_METHODS = ("auth.test", "views.open", "views.push", "views.publish", "views.update", "apps.connections.open")
"""Calls that need no scope of the bot's; the last one is the app-level token's own."""
EVENTS: tuple[str, ...] = tuple(sorted({*FREE_EVENTS, *(event for scope in SCOPES for event in scope.events)}))


def find_lacking(given: Collection[str] | None, *, is_required: bool) -> Sequence[str]:
    """Name the scopes that were not given, with what each is for; none where Slack did not tell which were."""
    if given is None:
        return ()
    return [f"{s.name} ({s.why})" for s in SCOPES if s.is_required is is_required and s.name not in given]
