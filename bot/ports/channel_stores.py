"""What is kept of channels beside what they watch: those that end and come back, what waits to be handed on."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.models import Channel, ChannelId, Place, TopicId
from bot.domain.publications import Publication


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


class PublicationStore(Protocol):
    """Announcements that wait to be handed on to a channel's followers."""

    async def save_publication(self, place: Place, message_id: str, *, due_at: datetime) -> None:
        """Keep when a message is to be handed on, also anew; nothing where the channel is not kept."""

    async def list_publications(self, platform: str) -> list[Publication]:
        """List what waits on a platform, in the order in which it was posted."""

    async def delete_publication(self, channel_id: ChannelId, message_id: str) -> None:
        """Let a message go that was handed on, or never will be."""
