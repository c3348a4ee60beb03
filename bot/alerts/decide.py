"""Whom to tell what: a story's change and the live subscriptions give alerts, at most one post for a channel and story.

A workspace sees the articles of feeds that it uses (or that everyone uses), so each decision counts only what that
workspace sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.models import (
    EVERYONE,
    Action,
    AlertKind,
    ArticleId,
    Channel,
    ChannelId,
    Sensitivity,
    Subscription,
    TopicId,
    WorkspaceId,
)
from bot.domain.records import NewAlert, StoryRef

Users = frozenset[WorkspaceId]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenScore:
    """A topic's score on an article, and who sees that article."""

    score: float
    users: Users


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScores:
    """A topic that a story's articles hit, the new one included; `name` is what alerts call it."""

    topic_id: TopicId
    name: str
    sensitivity: Sensitivity
    scores: tuple[SeenScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOutlet:
    """An outlet of a story, and who sees an article of it."""

    outlet: str
    users: Users


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """A story that took in an article. `users` see the new article, `earlier` are the outlets before it.

    A silent article comes from a feed's first sight: it is history, not news.
    """

    story: StoryRef
    article_id: ArticleId
    outlet: str
    users: Users
    is_silent: bool
    topics: tuple[TopicScores, ...]
    earlier: tuple[SeenOutlet, ...] = ()
    development: str | None = None
    scope: WorkspaceId | None = None


def decide_alerts(
    change: StoryChange, subscriptions: Sequence[tuple[Channel, Subscription]], told: frozenset[ChannelId]
) -> list[NewAlert]:
    """Decide the alerts of a change; `told` are the channels that have the story's post, or are about to get it.

    Not told: a post, once a subscription matches and enough outlets report. Told: an edit for a new outlet, an edit and
    a reply for a development. However many subscriptions of a channel match, it gets one alert.
    """
    alerts: list[NewAlert] = []
    channels: dict[ChannelId, list[tuple[Channel, Subscription]]] = {}
    for channel, subscription in subscriptions:
        if subscription.mode.is_live:
            channels.setdefault(channel.id, []).append((channel, subscription))
    for channel_id, watched in channels.items():
        workspace = watched[0][0].place.workspace
        if not _sees(workspace, change.users) or change.scope not in (None, workspace):
            continue
        matching = [s for _, s in watched if _matches(change, s, workspace)]
        if channel_id in told:
            alerts += _tell_more(change, channel_id, workspace) if matching else []
        elif not change.is_silent:
            alerts += _tell_first(change, channel_id, matching, _count_outlets(change, workspace))
    return alerts


def _tell_first(
    change: StoryChange, channel_id: ChannelId, matching: Sequence[Subscription], outlets: int
) -> list[NewAlert]:
    ready = {s.topic_id for s in matching if outlets >= s.min_outlets}
    if not ready:
        return []
    names = ", ".join(topic.name for topic in change.topics if topic.topic_id in ready)
    return [_alert(change, channel_id, AlertKind.NEW, Action.POST, names)]


def _tell_more(change: StoryChange, channel_id: ChannelId, workspace: WorkspaceId) -> list[NewAlert]:
    development = None if change.is_silent else change.development
    alerts = []
    if development or _is_new_outlet(change, workspace):
        alerts.append(_alert(change, channel_id, AlertKind.COVERAGE, Action.EDIT, change.outlet))
    if development:
        alerts.append(_alert(change, channel_id, AlertKind.DEVELOPMENT, Action.REPLY, development))
    return alerts


def _alert(change: StoryChange, channel_id: ChannelId, kind: AlertKind, action: Action, reason: str) -> NewAlert:
    is_development = kind is AlertKind.DEVELOPMENT
    return NewAlert(
        story=change.story,
        channel_id=channel_id,
        kind=kind,
        action=action,
        reason=reason,
        article_id=change.article_id if is_development else None,
    )


def _matches(change: StoryChange, subscription: Subscription, workspace: WorkspaceId) -> bool:
    """Tell whether the best score that the workspace sees reaches the subscription's threshold, or the topic's own."""
    for topic in change.topics:
        if topic.topic_id == subscription.topic_id:
            threshold = (subscription.sensitivity or topic.sensitivity).threshold
            return any(seen.score >= threshold for seen in topic.scores if _sees(workspace, seen.users))
    return False


def _count_outlets(change: StoryChange, workspace: WorkspaceId) -> int:
    return len({change.outlet, *(e.outlet for e in change.earlier if _sees(workspace, e.users))})


def _is_new_outlet(change: StoryChange, workspace: WorkspaceId) -> bool:
    return all(change.outlet != e.outlet for e in change.earlier if _sees(workspace, e.users))


def _sees(workspace: WorkspaceId, users: Users) -> bool:
    return workspace in users or EVERYONE in users
