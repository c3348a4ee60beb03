"""Texts as people meant them: what Slack and keyboards made of a typed command, and what a message says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SMART_QUOTES = re.compile("[“”„‟]")
_SMART_DASHES = re.compile(r"(?<!\S)[—–](?=[a-z])")
_LABELLED = re.compile(r"<(?:https?|mailto|!date|[@#!])[^<>|]*\|([^<>]*)>")
_BARE = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)")


def read_text(text: str) -> str:
    """Undo what Slack and keyboards make of a typed command: entities, curly quotes, and a dash for `--`."""
    return _SMART_DASHES.sub("--", _SMART_QUOTES.sub('"', _plain(text))).strip()


def read_message(message: Mapping[str, Any]) -> str:
    """Return what a message says, with the words of its links and without marks; its unfolded links and cards too."""
    parts = [str(message.get("text") or "")]
    shown_in = (block.get("text") for block in message.get("blocks") or ())
    parts += [str(held.get("text") or "") for held in shown_in if isinstance(held, dict)]
    for attached in message.get("attachments") or ():
        parts += [str(attached.get(name) or "") for name in ("title", "text")]
    shown = (_MARKS.sub("", _plain(_BARE.sub(" ", _LABELLED.sub(r"\1", part)))).strip() for part in parts)
    return "\n".join(dict.fromkeys(part for part in shown if part))


def _plain(text: str) -> str:
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return text
