"""Where the bot is and may write: channels and workspaces that end, and those that come back.

a channel is deleted     -> everything of it goes
the bot is removed       -> what its channels watch ends; their settings, and what people made, stay for a return
it may not write any more-> what the channel watches ends, told in the ops channel (`deliver`)
it may again             -> what ended by itself begins again, said in the channel; what people ended stays ended
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.alerts.notices import stopped_notice
from bot.domain.communities import Communities
from bot.domain.models import Channel, Place, WorkspaceId
from bot.domain.settings import CommunitySettings
from bot.pipeline.bells import Bells
from bot.pipeline.events import emit, problem
from bot.ports import Store

REMOVED = "the bot was removed"
RESUMED = "Alerts go on here\n{topics}\nWhat came meanwhile was not told; /news latest shows it."


async def leave_channel(store: Store, broken: Channel, reason: str, now: datetime) -> int:
    """Give up a channel that cannot be told anything any more; the workspace's ops channel hears why, and what to do.

    Returns how many subscriptions and follows ended.
    """
    ops = await store.find_ops_channel(broken)
    notice = stopped_notice(broken, ops, reason) if ops is not None else ""
    stopped = await store.stop_channel(broken, reason=reason, now=now, ops=ops, notice=notice)
    problem(reason, platform=broken.place.platform, channel=broken.place.channel, stopped=stopped)
    return stopped


async def leave_place(store: Store, bells: Bells, place: Place, reason: str, now: datetime) -> None:
    """Give up the channel of a place, where it is known."""
    channel = await store.find_channel(place)
    if channel is not None:
        await leave_channel(store, channel, reason, now)
        bells.deliver.ring()


async def join_communities(store: Store, communities: Sequence[CommunitySettings], now: datetime) -> None:
    """Join the workspaces that the settings join, and part those that they join no more; each is told."""
    for moved in await store.join_workspaces(Communities.of(communities).homes, now):
        problem(moved)


async def forget_channel(store: Store, place: Place) -> None:
    """Let a channel that was deleted go, with all that was kept for it."""
    if await store.delete_channel(place):
        emit("forget", platform=place.platform, channel=place.channel)


async def leave_workspace(store: Store, platform: str, workspace: WorkspaceId, now: datetime) -> int:
    """End what a workspace's channels are told, since the bot was removed; returns how many subscriptions that were."""
    channels = [c for c in await store.list_channels(platform) if c.place.workspace == workspace]
    stopped = [await store.stop_channel(channel, reason=REMOVED, now=now) for channel in channels]
    if channels:
        emit("leave", platform=platform, workspace=workspace, stopped=sum(stopped))
    return sum(stopped)


async def leave_others(store: Store, platform: str, is_present: Callable[[WorkspaceId], bool], now: datetime) -> None:
    """Leave the workspaces that the bot is no longer in: it was removed while it did not run."""
    kept = {channel.place.workspace for channel in await store.list_channels(platform)}
    for workspace in sorted(kept):
        if not is_present(workspace):
            await leave_workspace(store, platform, workspace, now)


async def resume_channels(store: Store, bells: Bells, places: Collection[Place], now: datetime) -> int:
    """Watch again, where the bot may write again, what ended by itself; each channel is told. Returns how many."""
    number = 0
    for place in places:
        topics = await store.resume_channel(place, now=now, notice=RESUMED)
        if topics:
            emit("resume", platform=place.platform, channel=place.channel, topics=len(topics))
        number += len(topics)
    if number:
        bells.deliver.ring()
    return number
