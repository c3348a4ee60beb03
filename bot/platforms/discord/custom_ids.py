"""What a button carries: the delivery that it belongs to and the command that it runs, in Discord's 100 characters."""

from __future__ import annotations

import re
from urllib.parse import unquote

from bot.domain.cards import Call
from bot.platforms.discord.markdown import units

MAX_CUSTOM_ID = 100
NO_DELIVERY = "-"
CALL_PATTERN = r"tw:(?P<delivery>[\da-f-]+):(?P<command>[^:]+):(?P<arguments>.*)"
FORM_PATTERN = r"twf:(?P<key>.+)"
MODAL_PATTERN = r"twm:(?P<key>[^:]+):(?:(?P<command>[^:]+):(?P<arguments>.*))?"
PAGE_PATTERN = r"twp:(?P<key>[^:]+):(?P<page>\d+):.*"
_RESERVED = re.compile(r"[%&=:\s]")


def pack_call(call: Call, delivery: str = NO_DELIVERY) -> str | None:
    """Write a call as `tw:DELIVERY:COMMAND:name=value&…`, or None where it does not fit."""
    packed = f"{delivery_prefix(delivery)}{_pack(call)}"
    return packed if units(packed) <= MAX_CUSTOM_ID else None


def delivery_prefix(delivery: str) -> str:
    """Return what every button of a delivery's message begins with."""
    return f"tw:{delivery}:"


def read_call(command: str, arguments: str) -> Call:
    """Read back what `pack_call` wrote."""
    pairs = (pair.partition("=") for pair in arguments.split("&") if pair)
    return Call(command=unquote(command), arguments=tuple((unquote(name), unquote(value)) for name, _, value in pairs))


def pack_form(key: str) -> str:
    """Write the id of a button that opens a form again."""
    return f"twf:{key}"


def pack_modal(key: str, call: Call | None) -> str:
    """Write the id of an open form, with its call where that is given and fits."""
    packed = f"twm:{key}:{_pack(call)}" if call is not None else ""
    return packed if 0 < units(packed) <= MAX_CUSTOM_ID else f"twm:{key}:"


def read_modal(custom_id: str) -> tuple[str, Call | None] | None:
    """Read back what `pack_modal` wrote: the form's key and its call; None where it is no form of ours."""
    found = re.fullmatch(MODAL_PATTERN, custom_id, re.DOTALL)
    if found is None:
        return None
    return found["key"], read_call(found["command"], found["arguments"]) if found["command"] else None


def pack_page(key: str, page: int, role: str) -> str:
    """Write the id of a button that turns a long answer to a page; `role` parts those that lead to the same."""
    return f"twp:{key}:{page}:{role}"


def _pack(call: Call) -> str:
    arguments = "&".join(f"{_quote(name)}={_quote(value)}" for name, value in call.arguments)
    return f"{_quote(call.command)}:{arguments}"


def _quote(text: str) -> str:
    return _RESERVED.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)
