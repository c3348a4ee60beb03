"""How events and messages are written to standard error: text for people, JSON lines for machines; never a secret."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bot.domain.settings import LogSettings
from bot.pipeline.events import EVENTS

HIDDEN = "[hidden]"


class Redactor(logging.Filter):
    """Replaces every known secret in what is about to be written."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted((s for s in secrets if len(s) >= 6), key=len, reverse=True)

    def hide(self, text: str) -> str:
        """Return the text without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text


class Formatter(logging.Formatter):
    """Writes a record in a shape, without secrets."""

    def __init__(self, redactor: Redactor, shape: Callable[[logging.LogRecord], str]) -> None:
        super().__init__()
        self._redactor = redactor
        self._shape = shape

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.hide(self._shape(record))


def as_json(record: logging.LogRecord) -> str:
    """Shape a record as one object; `event` is poll, gather, deliver, start, stop or problem."""
    row: dict[str, object] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
    }
    if record.name == EVENTS.name:
        row |= {"event": record.getMessage(), **getattr(record, "fields", {})}
    else:
        row |= {"event": "problem", "what": record.getMessage(), "logger": record.name}
        if record.exc_info:
            row["trace"] = logging.Formatter().formatException(record.exc_info)
    return json.dumps(row, ensure_ascii=False, default=str)


def as_text(record: logging.LogRecord) -> str:
    """Shape a record as the time and a sentence."""
    at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
    if record.name == EVENTS.name:
        return f"{at} {_sentence(record.getMessage(), getattr(record, 'fields', {}))}"
    text = f"{at} {record.levelname.lower()}: {record.getMessage()}"
    return f"{text}\n{logging.Formatter().formatException(record.exc_info)}" if record.exc_info else text


def _sentence(event: str, fields: dict[str, object]) -> str:
    rest = {k: v for k, v in fields.items() if k not in {"what", "reason"}}
    if event == "poll" and fields.get("outcome") == "failed":
        return f"feed {fields['host']}: {fields.get('reason') or 'could not be read'}"
    if event == "poll" and not fields.get("new"):
        return f"feed {fields['host']}: works again"
    told = " ".join(f"{k}={v}" for k, v in rest.items())
    said = " ".join(str(fields[k]) for k in ("what", "reason") if fields.get(k))
    return f"{event} {said} {told}".replace("  ", " ").strip()


class _EventLevel(logging.Filter):
    """In JSON every event is written whatever its level; of what else is logged, only trouble, as a problem."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name == EVENTS.name or record.levelno >= self._least


class _OncePerReason(logging.Filter):
    """Of feeds that fail for one reason, such as a machine without a network, tells one."""

    def __init__(self) -> None:
        super().__init__()
        self._told: set[object] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        fields = getattr(record, "fields", {})
        if record.name != EVENTS.name or fields.get("outcome") != "failed":
            return True
        reason = fields.get("reason")
        if reason in self._told:
            return False
        self._told.add(reason)
        record.fields = fields | {"reason": f"{reason}; what else fails: /news feed health"}
        return True


def set_up(settings: LogSettings, secrets: Iterable[str], *, is_quiet: bool = False) -> None:
    """Send everything to standard error in the form that the settings ask for.

    A quiet text log tells only trouble: where cards are shown in the same terminal, they are the news.
    """
    least = logging.getLevelNamesMapping()[settings.level.upper()]
    redactor = Redactor(secrets)
    handler = logging.StreamHandler(sys.stderr)
    is_json = settings.format == "json"
    handler.setFormatter(Formatter(redactor, as_json if is_json else as_text))
    if is_json:
        handler.addFilter(_EventLevel(max(least, logging.WARNING)))
    told = max(least, logging.WARNING) if is_quiet and not is_json and settings.level == "info" else least
    if told > least:
        handler.addFilter(_OncePerReason())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(told)
    EVENTS.setLevel(logging.DEBUG if is_json else told)
    for chatty in ("discord", "slack_bolt", "slack_sdk", "apscheduler", "aiohttp", "asyncio", "alembic"):
        logging.getLogger(chatty).setLevel(max(least, logging.WARNING))
