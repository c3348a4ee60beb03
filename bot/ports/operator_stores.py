"""What the operator asks of what is kept, across all workspaces: no command of a chat reaches these."""

from __future__ import annotations

from typing import Protocol

from bot.domain.operation import Measured


class OperatorStore(Protocol):
    """Reads and clean-ups of the whole database."""

    async def measure(self) -> Measured:
        """Count what waits and how large the file is; cheap enough to be asked every few seconds."""
