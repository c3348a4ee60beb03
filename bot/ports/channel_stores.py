"""What is kept of channels that end and come back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.models import Channel, Place, TopicId


class LeavingStore(Protocol):
    """Channels as they end and come back."""

    async def list_channels(self, platform: str) -> list[Channel]:
        """List every channel of a platform."""

    async def delete_channel(self, place: Place) -> bool:
        """Delete a channel with its subscriptions, mutes, follows, posts and deliveries; False where there is none."""

    async def resume_channel(self, place: Place, *, now: datetime, notice: str) -> list[TopicId]:
        """Begin again what a channel watched until it was stopped by us; returns the topics.

        What somebody changed or ended afterwards, and topics that are gone, stay as they are. Where anything begins
        again, the channel is told the notice, whose {topics} are named.
        """
