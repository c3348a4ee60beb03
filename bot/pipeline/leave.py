"""Leave: give up channels that cannot be told anything any more, and tell the workspace's ops channel what to do."""

from __future__ import annotations

from datetime import datetime

from bot.alerts.notices import stopped_notice
from bot.domain.models import Channel, Place, WorkspaceId
from bot.pipeline.events import problem
from bot.ports import Store


async def leave_channel(store: Store, broken: Channel, reason: str, now: datetime) -> int:
    """Give up a channel; returns how many subscriptions and follows ended."""
    ops = await store.find_ops_channel(broken)
    notice = stopped_notice(broken, ops, reason) if ops is not None else ""
    stopped = await store.stop_channel(broken, reason=reason, now=now, ops=ops, notice=notice)
    problem(reason, platform=broken.place.platform, channel=broken.place.channel, stopped=stopped)
    return stopped


async def leave_place(store: Store, place: Place, reason: str, now: datetime) -> int:
    """Give up the channel of a place, where it is known; returns how many subscriptions and follows ended."""
    channel = await store.find_channel(place)
    return 0 if channel is None else await leave_channel(store, channel, reason, now)


async def leave_workspace(store: Store, workspace: WorkspaceId, platform: str, reason: str, now: datetime) -> int:
    """Give up a workspace's channels on a platform that took the bot out; what it made and taught stays."""
    channels = await store.list_workspace_channels(workspace, platform)
    stopped = sum([await store.stop_channel(channel, reason=reason, now=now) for channel in channels])
    problem(reason, platform=platform, workspace=workspace, stopped=stopped)
    return stopped
