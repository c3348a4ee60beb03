"""The methods of the fake Slack's Web API."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from tests.servers.slack.files import Files
from tests.servers.slack.orders import named
from tests.servers.slack.spec import MAX_TEXT
from tests.servers.slack.world import APP, BOT, BOT_USER, TS, SlackError, World, check
from tests.servers.wire import Json

Method = Callable[[Json], Json]
_TITLE = 24
_STACK = 3


class WebApi:
    """Handlers over a `World`, by the method's name; each takes the arguments and returns the answer."""

    def __init__(
        self,
        world: World,
        trigger_life_s: float,
        open_socket: Callable[[], str],
        files: Files,
        *,
        has_home: bool = True,
    ) -> None:
        self._has_home, self._files = has_home, files
        self._world, self._trigger_life_s, self._open_socket = world, trigger_life_s, open_socket
        self.methods: dict[str, Method] = {
            "apps.connections.open": self._connect,
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "chat.postEphemeral": self._post_ephemeral,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "conversations.info": self._channel,
            "conversations.list": self._channels,
            "conversations.open": self._open_direct,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "users.info": self._user,
            "users.conversations": self._conversations,
            "views.open": self._open_view,
            "views.update": self._update_view,
            "views.push": self._push_view,
            "views.publish": self._publish,
            "files.getUploadURLExternal": files.ask,
            "files.completeUploadExternal": files.complete,
        }

    def _connect(self, body: Json) -> Json:
        return {"url": self._open_socket()}

    def _auth_test(self, body: Json) -> Json:
        names = {"url": "https://fake.slack.com/", "team": "Fake", "user": "newsbot"}
        return names | {"team_id": self._world.team, "user_id": BOT_USER, "bot_id": BOT}

    def _post(self, body: Json) -> Json:
        channel = self._world.channel(body.get("channel"))["id"]
        check(body)
        self._files.show(body.get("blocks") or [])
        _check_metadata(body.get("metadata"))
        if body.get("thread_ts") and not (isinstance(body["thread_ts"], str) and TS.fullmatch(body["thread_ts"])):
            raise SlackError("invalid_thread_ts")
        text = body.get("text") or ""
        # A well-formed thread_ts of no message is taken, and shown in no channel (slackapi/python-slack-sdk issue 840).
        message = self._world.add_message(channel, {**body, "text": text[:MAX_TEXT]})
        if body.get("thread_ts") and body.get("reply_broadcast"):
            message["subtype"] = "thread_broadcast"
        cut = {"warning": "message_truncated", "response_metadata": {"warnings": ["message_truncated"]}}
        answer = {"channel": channel, "ts": message["ts"], "message": _shown(message, has_metadata=True)}
        return answer | (cut if len(text) > MAX_TEXT else {})

    def _post_ephemeral(self, body: Json) -> Json:
        channel = self._world.channel(body.get("channel"))["id"]
        check(body)
        if body.get("user") not in self._world.people:
            raise SlackError("user_not_in_channel")
        self._world.ephemerals.append({**body, "channel": channel, "blocks": named(body.get("blocks") or [])})
        return {"message_ts": self._world.new_ts()}

    def _update(self, body: Json) -> Json:
        message = self._own(body, "cant_update_message")
        check({"text": message["text"], **body})
        _check_metadata(body.get("metadata"))
        self._world.edit(message, body)
        shown = _shown(message, has_metadata=True)
        return {"channel": message["channel"], "ts": message["ts"], "text": message["text"], "message": shown}

    def _delete(self, body: Json) -> Json:
        message = self._own(body, "cant_delete_message")
        del self._world.messages[message["channel"], message["ts"]]
        return {"channel": message["channel"], "ts": message["ts"]}

    def _own(self, body: Json, refusal: str) -> Json:
        channel = self._world.channel(body.get("channel"))["id"]
        message = self._world.messages.get((channel, body.get("ts", "")))
        if message is None:
            raise SlackError("message_not_found")
        if message["user"] != BOT_USER:
            raise SlackError(refusal)
        return message

    def _channels(self, body: Json) -> Json:
        return {"channels": list(self._world.channels.values()), "response_metadata": {"next_cursor": ""}}

    def _open_direct(self, body: Json) -> Json:
        if body.get("users") not in self._world.people:
            raise SlackError("user_not_found")
        return {"channel": {"id": self._world.add_direct(body["users"])}}

    def _channel(self, body: Json) -> Json:
        return {"channel": self._world.channel(body.get("channel"), is_looked_at=True)}

    def _history(self, body: Json) -> Json:
        channel = self._world.channel(body.get("channel"))["id"]
        shown = self._world.shown_by_now(self._world.in_channel(channel))
        found = [m for m in reversed(shown) if _is_between(m, body)]
        return self._page(found, body)

    def _replies(self, body: Json) -> Json:
        channel, ts = self._world.channel(body.get("channel"))["id"], str(body.get("ts") or "")
        if (channel, ts) not in self._world.messages:
            raise SlackError("thread_not_found")
        first, *replies = self._world.thread(channel, ts)
        shown = self._world.shown_by_now(replies)
        return self._page([first, *(m for m in shown if _is_between(m, body))], body)

    def _page(self, found: list[Json], body: Json) -> Json:
        """Cut a page out, newest first or oldest first as the method has it; cursors are offsets."""
        has_metadata = _is_true(body.get("include_all_metadata"))
        page = self._cut(found, body, "messages")
        return {**page, "messages": [_shown(m, has_metadata=has_metadata) for m in page["messages"]]}

    def _cut(self, found: list[Json], body: Json, name: str) -> Json:
        start, limit = int(body.get("cursor") or 0), int(body.get("limit") or 100)
        has_more = start + limit < len(found)
        more = {"response_metadata": {"next_cursor": str(start + limit)}} if has_more else {}
        return {name: found[start : start + limit], "has_more": has_more, **more}

    def _user(self, body: Json) -> Json:
        found = self._world.people.get(str(body.get("user")))
        if found is None:
            raise SlackError("user_not_found")
        return {"user": found}

    def _open_view(self, body: Json) -> Json:
        born = self._world.triggers.pop(body.get("trigger_id", ""), None)  # a trigger can be exchanged once
        if born is None:
            raise SlackError("invalid_trigger_id")
        if time.monotonic() - born > self._trigger_life_s:
            raise SlackError("expired_trigger_id")
        view = self._view(body, f"V{len(self._world.views):04}")
        self._world.views.append(view)
        return {"view": view}

    def _update_view(self, body: Json) -> Json:
        found = next((v for v in self._world.views if v["id"] == body.get("view_id")), None)
        if found is None or found["id"] in self._world.closed_views:
            raise SlackError("not_found")
        found.update(self._view(body, found["id"]))
        return {"view": found}

    def _push_view(self, body: Json) -> Json:
        if len([v for v in self._world.views if v["id"] not in self._world.closed_views]) >= _STACK:
            raise SlackError("push_limit_reached")
        return self._open_view(body)

    def _conversations(self, body: Json) -> Json:
        """List the channels that somebody is in, as far as the bot sees them."""
        wanted, user = str(body.get("types") or "public_channel").split(","), str(body.get("user") or BOT_USER)
        kinds = {"im": "is_im", "private_channel": "is_private"}
        found = [
            {"id": c["id"], "name": c["name"], "is_im": c["is_im"]}
            for c in self._world.channels.values()
            if next((kind for kind, mark in kinds.items() if c.get(mark)), "public_channel") in wanted
            and user not in self._world.outsiders.get(c["id"], ())
            and (not c["is_im"] or c["user"] == user)
        ]
        return self._cut(found, body, "channels")

    def _view(self, body: Json, ident: str) -> Json:
        return new_view(body.get("view") or {}, ident, self._world.team)

    def _publish(self, body: Json) -> Json:
        if not self._has_home:
            raise SlackError("not_enabled")
        view, user = body.get("view") or {}, str(body.get("user_id"))
        if user not in self._world.people or view.get("type") != "home":
            raise SlackError("invalid_arguments")
        check(view, "home")
        held = {"id": f"VH{user}", "team_id": self._world.team, "app_id": APP, "hash": uuid.uuid4().hex}
        self._world.homes[user] = {**view, **held, "blocks": named(view.get("blocks") or [])}
        return {"view": self._world.homes[user]}


def new_view(given: Json, ident: str, team: str) -> Json:
    """Make a modal as Slack keeps it; SlackError for one that it would refuse."""
    check(given, "modal")
    for part in ("title", "submit", "close"):
        if len((given.get(part) or {}).get("text", "")) > _TITLE:
            words = f"[ERROR] must be less than {_TITLE + 1} characters [json-pointer:/view/{part}/text]"
            raise SlackError("invalid_arguments", response_metadata={"messages": [words]})
    head = {"id": ident, "team_id": team, "hash": uuid.uuid4().hex, "app_id": APP, "bot_id": BOT}
    return {"private_metadata": "", "callback_id": "", **given, **head, "blocks": named(given.get("blocks") or [])}


def _shown(message: Json, *, has_metadata: bool) -> Json:
    hidden = {"channel"} if has_metadata else {"channel", "metadata"}
    return {k: v for k, v in message.items() if k not in hidden}


def _is_between(message: Json, body: Json) -> bool:
    oldest, latest, ts = body.get("oldest"), body.get("latest"), float(message["ts"])
    if _is_true(body.get("inclusive")) and message["ts"] in (str(oldest), str(latest)):
        return True
    return (not oldest or ts > float(oldest)) and (not latest or ts < float(latest))


def _is_true(value: Any) -> bool:
    return str(value).lower() in ("1", "true")


def _check_metadata(metadata: Any) -> None:
    if not metadata:
        return
    is_fit = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
    if not is_fit or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
