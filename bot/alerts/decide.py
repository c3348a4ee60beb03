"""Whom to tell what: a story's change and the live subscriptions give alerts, at most one post for a channel and story.

A workspace sees the articles of feeds that it uses (or that everyone uses), so each decision counts only what that
workspace sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.alerts.filters import count_origins, is_covered, lets_through
from bot.domain.alerts import Action, AlertKind
from bot.domain.habits import ThreadHabit
from bot.domain.models import EVERYONE, Article, Channel, ChannelId, Sensitivity, Subscription, TopicId, WorkspaceId
from bot.domain.records import NewAlert, StoryRef

Users = frozenset[WorkspaceId]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenArticle:
    """An article of a story, and who sees it."""

    article: Article
    users: Users


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenScore:
    """A topic's score on an article; `tuned` are the workspaces where it is another one."""

    score: float
    seen: SeenArticle
    tuned: tuple[tuple[WorkspaceId, float], ...] = ()

    def within(self, workspace: WorkspaceId) -> float:
        """Return the score in a workspace."""
        return next((score for tuned, score in self.tuned if tuned == workspace), self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScores:
    """A topic that a story's articles hit, the new one included; `name` is what alerts call it."""

    topic_id: TopicId
    name: str
    sensitivity: Sensitivity
    scores: tuple[SeenScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChange:
    """A story that took in an article. `users` see it, `earlier` are the articles before it.

    A silent article comes from a feed's first sight: it is history, not news. `muted` are the channels that want no
    more of the story, `followers` those that hear of it whatever they watch. `count_origins` counts those of articles
    of the story.
    """

    story: StoryRef
    article: Article
    users: Users
    topics: tuple[TopicScores, ...]
    earlier: tuple[SeenArticle, ...] = ()
    development: str | None = None
    muted: frozenset[ChannelId] = frozenset()
    followers: tuple[Channel, ...] = ()
    count_origins: Callable[[Sequence[Article]], int] = count_origins


@dataclass(slots=True)
class _Listener:
    """A channel that may be told, with what it watches live."""

    channel: Channel
    watches: list[Subscription] = field(default_factory=list)
    follows: bool = False


def decide_alerts(
    change: StoryChange, subscriptions: Sequence[tuple[Channel, Subscription]], told: frozenset[ChannelId]
) -> list[NewAlert]:
    """Decide the alerts of a change; `told` are the channels that have the story's post, or are about to get it.

    Not told: a post, once a subscription matches and enough outlets and origins report. Told: an edit for a new outlet,
    an edit and a reply for a development. However many subscriptions of a channel match, it gets one alert.
    """
    alerts: list[NewAlert] = []
    for listener in _listeners(change, subscriptions):
        channel = listener.channel
        workspace = channel.place.workspace
        if channel.id in change.muted or not _may_see(change, workspace):
            continue
        matching = [s for s in listener.watches if _matches(change, s, workspace)]
        if channel.id in told:
            alerts += _tell_more(change, channel) if matching or listener.follows else []
        elif not change.article.is_silent:
            alerts += _tell_first(change, listener, matching)
    return alerts


def _listeners(change: StoryChange, subscriptions: Sequence[tuple[Channel, Subscription]]) -> Iterable[_Listener]:
    found: dict[ChannelId, _Listener] = {}
    for channel, subscription in subscriptions:
        if subscription.mode.is_live:
            found.setdefault(channel.id, _Listener(channel)).watches.append(subscription)
    for channel in change.followers:
        found.setdefault(channel.id, _Listener(channel)).follows = True
    return found.values()


def _may_see(change: StoryChange, workspace: WorkspaceId) -> bool:
    return _sees(workspace, change.users) and change.article.scope in (None, workspace)


def _tell_first(change: StoryChange, listener: _Listener, matching: Sequence[Subscription]) -> list[NewAlert]:
    channel = listener.channel
    ready = set()
    if matching:
        sight = [a for a in (*change.earlier, _newest(change)) if _sees(channel.place.workspace, a.users)]
        articles = [seen.article for seen in sight]
        ready = {
            s.topic_id
            for s in matching
            if is_covered(articles, s.min_outlets, s.filters.min_origins, count=change.count_origins)
        }
    if not ready and not listener.follows:
        return []
    names = ", ".join(topic.name for topic in change.topics if topic.topic_id in ready)
    return [_alert(change, channel.id, AlertKind.NEW, Action.POST, names)]


def _tell_more(change: StoryChange, channel: Channel) -> list[NewAlert]:
    development = None if change.article.is_silent else change.development
    alerts = []
    if development or _is_new_outlet(change, channel.place.workspace):
        alerts.append(_alert(change, channel.id, AlertKind.COVERAGE, Action.EDIT, change.article.outlet))
    if development and channel.threads is not ThreadHabit.EDIT:
        alerts.append(_alert(change, channel.id, AlertKind.DEVELOPMENT, Action.REPLY, development))
    return alerts


def _alert(change: StoryChange, channel_id: ChannelId, kind: AlertKind, action: Action, reason: str) -> NewAlert:
    is_development = kind is AlertKind.DEVELOPMENT
    return NewAlert(
        story=change.story,
        channel_id=channel_id,
        kind=kind,
        action=action,
        reason=reason,
        article_id=change.article.id if is_development else None,
    )


def _matches(change: StoryChange, subscription: Subscription, workspace: WorkspaceId) -> bool:
    """Tell whether an article that the workspace sees and the filters let through reaches the threshold."""
    for topic in change.topics:
        if topic.topic_id == subscription.topic_id:
            threshold = (subscription.sensitivity or topic.sensitivity).threshold
            return any(
                score.within(workspace) >= threshold
                and _sees(workspace, score.seen.users)
                and lets_through(subscription.filters, score.seen.article)
                for score in topic.scores
            )
    return False


def _newest(change: StoryChange) -> SeenArticle:
    return SeenArticle(article=change.article, users=change.users)


def _is_new_outlet(change: StoryChange, workspace: WorkspaceId) -> bool:
    outlet = change.article.outlet
    return all(outlet != e.article.outlet for e in change.earlier if _sees(workspace, e.users))


def _sees(workspace: WorkspaceId, users: Users) -> bool:
    return workspace in users or EVERYONE in users
