"""What a webhook's refusals mean: an error of ours with the remedy.

https://docs.discord.com/developers/topics/opcodes-and-status-codes
https://docs.slack.dev/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
"""

from __future__ import annotations

import math
from datetime import timedelta

from bot.domain.errors import (
    MessageGoneError,
    MessageRefusedError,
    PermanentError,
    PlatformError,
    RetryLaterError,
    UnknownOutcomeError,
)
from bot.platforms.webhook.wire import Answer

UNKNOWN_MESSAGE = 10008
LONGEST_PAUSE = timedelta(days=1)
_SAID = 80
# Slack answers 400 and 403 for the place, too; these words are about the message alone.
_MESSAGE_WORDS = ("invalid_payload", "invalid_blocks", "invalid_attachments", "no_text", "too_many_attachments")


def read_refusal(answer: Answer, where: str) -> PlatformError | None:
    """Return what an answer means for a message to `where`; None where it was taken."""
    status = answer.status
    if 200 <= status < 300:
        return None
    pause = read_pause(answer)
    # A 503 that names no time is a proxy's: the request behind it may have been carried out.
    if status == 429 or (status == 503 and pause is not None):
        return RetryLaterError(f"{where} asks to wait ({status})", retry_after=pause)
    if status >= 500 or status == 408:
        return UnknownOutcomeError(f"{where} failed and may have carried it out all the same ({status})")
    if answer.body.get("code") == UNKNOWN_MESSAGE:
        return MessageGoneError(f"the message in {where} was deleted")
    if _is_of_message(answer):
        return MessageRefusedError(f"{where} does not accept the message ({_said(answer)})")
    return PermanentError(
        f"{where} is refused ({_said(answer)}); make a new webhook in the channel's settings, set its address in "
        "[[destinations]] of topicwire.toml and start again"
    )


def read_pause(answer: Answer) -> timedelta | None:
    """Return how long a webhook asked to wait, from Retry-After or, finer, from Discord's body."""
    for said in (answer.body.get("retry_after"), answer.headers.get("Retry-After")):
        try:
            seconds = float(said) if said is not None else math.nan
        except (TypeError, ValueError):
            continue
        if 0 <= seconds < math.inf:
            return timedelta(seconds=min(seconds, LONGEST_PAUSE.total_seconds()))
    return None


def read_rest(answer: Answer) -> timedelta | None:
    """Return how long Discord takes no further message after this one; None where there is room for more."""
    if answer.headers.get("X-RateLimit-Remaining") != "0":
        return None
    try:
        seconds = float(answer.headers.get("X-RateLimit-Reset-After", ""))
    except ValueError:
        return None
    return timedelta(seconds=min(max(seconds, 0.0), 60.0)) if math.isfinite(seconds) else None


def _is_of_message(answer: Answer) -> bool:
    if answer.body:
        return answer.status in (400, 413)
    return answer.status == 413 or (answer.status == 400 and answer.text.strip() in _MESSAGE_WORDS)


def _said(answer: Answer) -> str:
    said = str(answer.body.get("message") or answer.text).strip()
    words = "".join(char for char in said.splitlines()[0][:_SAID] if char.isprintable()) if said else ""
    is_plain = words and not words.startswith("<") and "/" not in words
    return f"{answer.status}: {words}" if is_plain else str(answer.status)
