"""What the program tells about itself: one event a line, by name and fields; handlers decide the form."""

from __future__ import annotations

import logging

EVENTS = logging.getLogger("topicwire.events")


def emit(event: str, /, *, level: int = logging.INFO, **fields: object) -> None:
    """Tell an event (poll, gather, deliver, start, stop, problem); fields never hold a token, userinfo or query."""
    EVENTS.log(level, event, extra={"fields": fields})


def problem(what: str, /, **fields: object) -> None:
    """Tell something that a person should mend, or that passed by itself but may come again."""
    emit("problem", level=logging.WARNING, what=what, **fields)
