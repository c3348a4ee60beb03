"""What is asked of the store about digests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.digests import Assurance, Catchup, DigestPlan, DueDigest, NewDigest
from bot.domain.models import AlertId, ChannelId, StoryId, TopicId, WorkspaceId


class DigestStore(Protocol):
    """Digests: plans, due rows, and what they are made from."""

    async def find_digest_plan(self, channel_id: ChannelId) -> DigestPlan | None:
        """Find when and of what a channel wants its digest."""

    async def save_digest_plan(self, channel_id: ChannelId, plan: DigestPlan, *, actor: str, now: datetime) -> None:
        """Set a channel's digest; what was told up to now stays known. The next time is found anew."""

    async def delete_digest_plan(self, channel_id: ChannelId, *, actor: str, now: datetime) -> bool:
        """End a channel's digest; False where it had none."""

    async def ask_digest(self, channel_id: ChannelId, now: datetime) -> bool:
        """Ask for a digest of a channel as soon as may be; False where one is asked for already."""

    async def claim_due_digests(self, now: datetime, lease: timedelta, limit: int) -> list[DueDigest]:
        """Take a lease on plans that are due or whose next time is to be found, and on digests asked for."""

    async def next_digest_due_at(self, now: datetime) -> datetime | None:
        """Tell when the next digest is due or its lease ends."""

    async def save_digest(self, made: NewDigest, now: datetime) -> bool:
        """Write a digest with its alert and delivery, and when the next is due: all or nothing.

        False, having written no alert, where its day has one already, where there is nothing to tell, or where the plan
        was changed or ended meanwhile.
        """

    async def find_digest(self, channel_id: ChannelId, alert_id: AlertId) -> str | None:
        """Find the text of a digest that a channel was told."""

    async def list_stories_between(
        self, viewer: WorkspaceId, topic: TopicId, *, least: float, since: datetime, until: datetime, limit: int
    ) -> list[StoryId]:
        """List the stories of a topic that grew, as we saw it, after `since` and no later than `until`."""

    async def get_assurance(self, viewer: WorkspaceId, since: datetime, until: datetime) -> Assurance:
        """Tell how far silence between two instants can be trusted."""

    async def note_reading(self, now: datetime) -> None:
        """Note that feeds can be read now, unless none of them can."""

    async def find_catchup(self, channel_id: ChannelId, actor: str) -> datetime | None:
        """Tell up to when somebody has caught up in a channel."""

    async def save_catchup(self, catchup: Catchup) -> None:
        """Remember up to when somebody has caught up in a channel."""
