"""How long the adapter waits for what; tests hand in shorter ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Every wait of the adapter."""

    ping: timedelta = timedelta(seconds=5)
    """Between two pings over Socket Mode; a dead connection shows within four."""
    gap: timedelta = timedelta(seconds=1.03)
    """Between two messages in one channel: Slack takes one a second, counted as they arrive, not as they left."""
    first_login: timedelta = timedelta(seconds=8)
    """How long the start waits for Slack before it goes on without it."""
    first_pause: timedelta = timedelta(seconds=2)
    """Before an unreachable Slack is tried again; doubles each time."""
    form_patience: timedelta = timedelta(seconds=2)
    """How long a sent form stays open for its answer; Slack itself gives up after three seconds."""
    grace: timedelta = timedelta(seconds=1)
    """How long running commands may take to end at a stop."""


STEADY = Timing()
