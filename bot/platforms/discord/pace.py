"""How long things may take on Discord."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Every wait of the adapter; Discord's own limits are an acknowledgement in 3 s and a nonce kept a few minutes."""

    first_answer: timedelta = timedelta(seconds=10)
    """How long a start waits for Discord before it goes on without."""
    shortest_pause: timedelta = timedelta(seconds=1)
    """The pause after a first failure to connect; it doubles."""
    longest_pause: timedelta = timedelta(minutes=5)
    """The longest pause between two tries to connect."""
    between_logins: timedelta = timedelta(seconds=5)
    """The pause before a further login at the gateway; Discord takes one in five seconds."""
    heartbeat: timedelta = timedelta(seconds=60)
    """How long the gateway may leave a heartbeat unanswered."""
    thinking: timedelta = timedelta(seconds=1)
    """How long a command may take before Discord is told that the answer will come."""
    responding: timedelta = timedelta(seconds=1)
    """How long Discord may leave a response without an answer before it is given once more."""
    suggesting: timedelta = timedelta(seconds=2)
    """How long a suggestion may take; it cannot be deferred."""
    sending: timedelta = timedelta(seconds=20)
    """How long a delivery waits for its message, the library's own repeats and rate-limit waits included."""
    nonce_window: timedelta = timedelta(minutes=2)
    """How long after the first try the same nonce surely gives the first message back."""
    guilds: timedelta = timedelta(seconds=2)
    """How long the gateway may be silent after a login before all servers count as named."""
    settling: timedelta = timedelta(seconds=5)
    """How long after a change of rights a server is looked over: they are seldom changed in one go."""
    farewell: timedelta = timedelta(seconds=2)
    """How long answers that are under way may take to end when the bot stops."""


USUAL = Pace()
