"""What Slack's refusals and broken connections mean to us: an error of ours, with the remedy in words.

https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.domain.errors import (
    EditRefusedError,
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    PlatformRefusedError,
    RetryLaterError,
    UnknownOutcomeError,
)

Json = dict[str, Any]
BOT_TOKEN = "TOPICWIRE_SLACK_BOT_TOKEN"  # noqa: S105 - the variable's name, not a token
APP_TOKEN = "TOPICWIRE_SLACK_APP_TOKEN"  # noqa: S105 - the variable's name, not a token

# Slack says of these that some aspect of the operation may have succeeded before: they are no plain refusals.
_MAYBE_DONE = {"internal_error", "fatal_error", "request_timeout"}
_LATER = {
    *("ratelimited", "rate_limited", "service_unavailable", "team_added_to_org", "org_login_required"),
    *("external_channel_migrating", "message_limit_exceeded", "ekm_access_denied"),
}
_GONE = {
    "message_not_found": "the message was deleted",
    "thread_not_found": "the message to reply to was deleted",
    "invalid_thread_ts": "the message to reply to does not exist",
}
_UNEDITABLE = {
    "cant_update_message": "the message is another app's, so it stays as it is",
    "edit_window_closed": "the workspace does not let messages so old be edited, so it stays as it is",
    "is_inactive": "the message is in a frozen thread or channel, so it stays as it is",
}
_TOKEN = {"account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"}
_APP = {
    "accesslimited": "its network may not use Slack; let an admin allow the address that the bot runs at",
    "enterprise_is_restricted": "the organisation does not let it in; ask an admin of the organisation",
    "no_permission": "it may not do this in the workspace; ask an admin of it",
    "not_allowed_token_type": f"the token is of another kind; set the Bot User OAuth Token in {BOT_TOKEN}",
    "team_access_not_granted": "it is not let into this workspace; ask an admin of the organisation",
    "two_factor_setup_required": "whoever installed it must set up two-factor authentication first",
}
_CHANNEL = {
    "channel_not_found": "the bot sees no such channel; if it is private, type /invite @{bot} there",
    "not_in_channel": "the bot is not in the channel; type /invite @{bot} there",
    "is_archived": "the channel is archived; unarchive it, or subscribe another one",
    "messages_tab_disabled": "the app takes no direct messages; switch the Messages Tab on under App Home",
}
REFUSALS = (PermanentError, MessageRefusedError, PlatformRefusedError)
"""What asking again at once does not mend."""
_RESTRICTED = (
    "a workspace rule keeps the bot from posting here; let an admin allow it (Channel settings, Posting permissions)"
)


class RefusedBlocksError(MessageRefusedError):
    """Slack cannot take the blocks of a message; that it could not fetch a picture in them is said in the same way."""


async def ask(doing: Awaitable[AsyncSlackResponse], *, channel: str = "", bot: str = "topicwire") -> AsyncSlackResponse:
    """Wait for Slack's answer and return it; raises what `post` of a platform may raise."""
    try:
        return await doing
    except SlackApiError as error:
        raise explain(error, channel=channel, bot=bot) from None
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise RetryLaterError(f"Slack cannot be reached: {error}") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise UnknownOutcomeError(f"Slack's answer was lost ({type(error).__name__})") from None
    except AttributeError:  # slack_sdk reads an answer in plain text (a proxy's, say) as if it were JSON
        raise UnknownOutcomeError("something between here and Slack answered in its place") from None


def explain(error: SlackApiError, *, channel: str = "", bot: str = "topicwire") -> PlatformError:
    """Return our error for a refusal, saying what to do about it."""
    data, status, headers = _parts(error.response)
    code = str(data.get("error") or "")
    pause = _retry_after(headers)
    # A 503 that neither names a reason nor a time is a proxy's: the request behind it may have been carried out.
    if code in _LATER or status == 429 or (status == 503 and pause is not None):
        return RetryLaterError(f"Slack asks to wait ({code or status})", retry_after=pause)
    if code in _MAYBE_DONE or status >= 500 or not code:
        return UnknownOutcomeError(f"Slack failed and may have carried it out all the same ({code or status})")
    if code in _GONE:
        return MessageGoneError(f"{_place(channel)}: {_GONE[code]}")
    if code in _UNEDITABLE:
        return EditRefusedError(f"{_place(channel)}: {_UNEDITABLE[code]}")
    return _kind(code)(f"{_place(channel)}: {_remedy(code, data, bot)}")


def tell_hindrance(channel: Json, bot: str) -> str:
    """Read what keeps the bot from posting in a channel from Slack's word on it, with the remedy; "" for nothing."""
    if channel.get("is_im") or channel.get("is_mpim"):
        return ""
    if channel.get("is_archived"):
        return _CHANNEL["is_archived"]
    return "" if channel.get("is_member", True) else _CHANNEL["not_in_channel"].format(bot=bot)


def _kind(code: str) -> type[PlatformError]:
    """Tell what is refused: the app altogether, the channel, or only the message."""
    if code in _TOKEN or code in _APP or code == "missing_scope":
        return PlatformRefusedError
    if code in _CHANNEL or code.startswith("restricted_action"):
        return PermanentError
    return RefusedBlocksError if code in {"invalid_blocks", "invalid_attachments"} else MessageRefusedError


def _remedy(code: str, data: Json, bot: str) -> str:
    if code == "missing_scope":
        needed = data.get("needed") or "?"
        return f"the app lacks the scope {needed}; add it under OAuth & Permissions and reinstall the app"
    if code in _TOKEN:
        return f"the token is refused ({code}); reinstall the app and set the new token in {BOT_TOKEN}"
    if code in _APP:
        return f"the app is refused ({code}): {_APP[code]}"
    if code in _CHANNEL:
        return _CHANNEL[code].format(bot=bot)
    if code.startswith("restricted_action"):
        return _RESTRICTED
    details = (data.get("response_metadata") or {}).get("messages") or data.get("errors") or ()
    return f"refused ({code}{''.join(f'; {detail}' for detail in details)})"


def _parts(response: Any) -> tuple[Json, int, Any]:
    """Return body, status and headers; where the body was no JSON, slack_sdk hands over aiohttp's own response."""
    data = getattr(response, "data", None)
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    return (data if isinstance(data, dict) else {}), status, getattr(response, "headers", None) or {}


def _retry_after(headers: Any) -> timedelta | None:
    value = str(headers.get("Retry-After") or "")
    return timedelta(seconds=int(value)) if value.isdecimal() else None


def _place(channel: str) -> str:
    return f"Slack channel {channel}" if channel else "Slack"
