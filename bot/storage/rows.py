"""Rows into nouns and back: the one place that knows which column fills which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, TypeVar

from sqlalchemy import Label, Row, ScalarSelect, String, cast, func, select
from sqlalchemy.sql import ColumnElement

from bot.domain.alerts import Action, Alert, AlertKind, Delivery, DeliveryStatus, Post, PostState
from bot.domain.feeds import Feed, Outcome, Validators
from bot.domain.habits import QuietHours, ThreadHabit
from bot.domain.models import (
    Article,
    Channel,
    Clause,
    Development,
    FeedId,
    Filters,
    Match,
    Mode,
    Place,
    Reason,
    Sensitivity,
    Topic,
    Where,
)
from bot.domain.pace import Pace
from bot.domain.records import Watching
from bot.domain.troubles import FeedEvent, Trouble
from bot.domain.urls import shown_host
from bot.domain.views import ArticleLine, FeedLine
from bot.storage.columns import MICROSECOND, instant_from
from bot.storage.feed_tables import feeds
from bot.storage.tables import alerts, article_feeds, articles, channels, deliveries

Value = TypeVar("Value")
CHUNK = 1000
"""How many values one statement compares with: well under any database's limit of parameters."""


def chunks(values: Sequence[Value]) -> list[Sequence[Value]]:
    """Cut a sequence into pieces that one statement can take."""
    return [values[i : i + CHUNK] for i in range(0, len(values), CHUNK)]


_KNOWN = (
    "id", "url", "scope", "title", "language", "interval", "next_check_at", "etag", "last_modified", "body_hash",
    "failures", "first_polled_at", "last_success_at", "is_adaptive", "gap", "newest_at", "asked", "told_as", "moved_to",
    "moved_times", "held",
)  # fmt: skip
FEED: tuple[ColumnElement[Any], ...] = tuple(feeds.c[name] for name in _KNOWN)
"""The columns of a feed as the pipeline knows it."""


def feed_from(kept: Sequence[Any], items: bytes = b"") -> Feed:
    """Read the columns FEED as the database keeps them; `items` are kept apart.

    Every poll asks for this: the columns' own way to our values costs twice as much as all the rest of a claim.
    """
    (number, url, scope, title, language, interval, next_check_at, etag, last_modified, body_hash, failures) = kept[:11]
    (first_polled_at, last_success_at, is_adaptive, gap, newest_at, asked) = kept[11:17]
    (told_as, moved_to, moved_times, held) = kept[17:21]
    return Feed(
        id=number,
        url=url,
        title=title,
        language=language,
        interval=MICROSECOND * interval,
        next_check_at=instant_from(next_check_at),
        validators=Validators(etag=etag, last_modified=last_modified, body_hash=body_hash, items=items),
        failures=failures,
        first_polled_at=None if first_polled_at is None else instant_from(first_polled_at),
        last_success_at=None if last_success_at is None else instant_from(last_success_at),
        scope=scope or None,
        is_adaptive=bool(is_adaptive),
        pace=Pace(
            gap=None if gap is None else MICROSECOND * gap,
            newest_at=None if newest_at is None else instant_from(newest_at),
            asked=None if asked is None else MICROSECOND * asked,
        ),
        told_as=None if told_as is None else FeedEvent(told_as),
        held=held,
        moved_to=moved_to,
        moved_times=moved_times,
    )


def feed_line_from(row: Row[Any]) -> FeedLine:
    """Read a row of all columns of `feeds` as a line of health."""
    return FeedLine(
        id=row.id,
        title=row.title,
        host=shown_host(row.url),
        language=row.language,
        outcome=None if row.outcome is None else Outcome(row.outcome),
        problem=row.problem,
        failures=row.failures,
        articles=row.articles,
        last_success_at=row.last_success_at,
        next_check_at=row.next_check_at,
        is_declared=row.is_declared,
        trouble=None if row.trouble is None else Trouble(row.trouble),
        held=row.held,
        polls=tuple((word, count) for word in Outcome if (count := getattr(row, f"polls_{word}"))),
    )


def _feeds_of_article() -> Label[str]:
    ids = func.aggregate_strings(cast(article_feeds.c.feed_id, String), ",")
    found: ScalarSelect[Any] = select(ids).where(article_feeds.c.article_id == articles.c.id).scalar_subquery()
    return found.label("feeds")


ARTICLE: tuple[ColumnElement[Any], ...] = (
    *(c for c in articles.c if c.name not in {"gathered_at", "is_held"}),
    _feeds_of_article(),
)
"""The columns that `article_from` reads."""
ARTICLE_LINE: tuple[ColumnElement[Any], ...] = (
    articles.c.id,
    articles.c.title,
    articles.c.link,
    articles.c.outlet,
    articles.c.language,
    articles.c.published_at,
)
"""The columns that `article_line_from` reads."""


def article_from(row: Row[Any]) -> Article:
    """Read a row of the columns ARTICLE."""
    return Article(
        id=row.id,
        url=row.url,
        link=row.link,
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        language=row.language,
        published_at=row.published_at,
        seen_at=row.seen_at,
        feeds=tuple(sorted(FeedId(int(feed)) for feed in (row.feeds or "").split(",") if feed)),
        scope=row.scope,
        image_url=row.image_url,
        is_silent=row.is_silent,
    )


def article_line_from(row: Row[Any]) -> ArticleLine:
    """Read a row of the columns ARTICLE_LINE."""
    return ArticleLine(
        id=row.id,
        title=row.title,
        link=row.link,
        outlet=row.outlet,
        language=row.language,
        published_at=row.published_at,
    )


def topic_from(row: Row[Any]) -> Topic:
    """Read a row of `topics`."""
    return Topic(
        id=row.id,
        name=row.name,
        title=row.title,
        clauses=tuple(Clause(query=clause["query"], score=clause["score"]) for clause in row.clauses),
        sensitivity=Sensitivity(row.sensitivity),
        owner=row.owner,
    )


def topic_values(topic: Topic) -> dict[str, Any]:
    """Give the columns of `topics`."""
    return {
        "id": topic.id,
        "name": topic.name,
        "title": topic.title,
        "clauses": [{"query": clause.query, "score": clause.score} for clause in topic.clauses],
        "sensitivity": topic.sensitivity.value,
        "owner": topic.owner,
    }


def match_from(row: Row[Any]) -> Match:
    """Read a row of `matches`."""
    return Match(
        article_id=row.article_id,
        topic_id=row.topic_id,
        score=row.score,
        reasons=tuple(_reason_from(*fields) for fields in row.reasons),
    )


def _reason_from(term: str, group: str | None, where: str, snippet: str, start: int, end: int) -> Reason:
    return Reason(term=term, group=group, where=Where(where), snippet=snippet, hit=(start, end))


def match_values(match: Match) -> dict[str, Any]:
    """Give the columns of `matches`; a reason is a list, as there are many."""
    reasons = [[r.term, r.group, r.where.value, r.snippet, *r.hit] for r in match.reasons]
    return {"article_id": match.article_id, "topic_id": match.topic_id, "score": match.score, "reasons": reasons}


def development_from(row: Row[Any]) -> Development:
    """Read a row of `developments`."""
    return Development(id=row.id, story_id=row.story_id, article_id=row.article_id, reason=row.reason, at=row.at)


CHANNEL: tuple[ColumnElement[Any], ...] = tuple(c.label(f"channel_{c.name}") for c in channels.c)
"""The columns that `channel_from` reads; they can stand beside other tables' columns."""


def channel_from(row: Row[Any]) -> Channel:
    """Read a row of the columns CHANNEL."""
    return Channel(
        id=row.channel_id,
        place=Place(platform=row.channel_platform, workspace=row.channel_workspace, channel=row.channel_channel),
        language=row.channel_language,
        zone=row.channel_zone,
        quiet=_quiet_from(row.channel_quiet_since, row.channel_quiet_until),
        max_per_hour=row.channel_max_per_hour,
        threads=ThreadHabit(row.channel_threads),
        is_published=row.channel_is_published,
        is_ops=row.channel_is_ops,
    )


def channel_values(channel: Channel) -> dict[str, Any]:
    """Give the columns of `channels` that can be set."""
    quiet = channel.quiet
    return {
        "language": channel.language,
        "zone": channel.zone,
        "quiet_since": None if quiet is None else f"{quiet.since:%H:%M}",
        "quiet_until": None if quiet is None else f"{quiet.until:%H:%M}",
        "max_per_hour": channel.max_per_hour,
        "threads": channel.threads.value,
        "is_published": channel.is_published,
        "is_ops": channel.is_ops,
    }


def _quiet_from(since: str | None, until: str | None) -> QuietHours | None:
    if since is None or until is None:
        return None
    return QuietHours(since=time.fromisoformat(since), until=time.fromisoformat(until))


def watching_from(row: Row[Any]) -> Watching:
    """Read a row of all columns of `subscriptions`."""
    return read_watching({name: getattr(row, name) for name in _CHOSEN})


def read_watching(values: Mapping[str, Any]) -> Watching:
    """Read what `watching_values` gave."""
    chosen, filters = values["sensitivity"], values["filters"]
    return Watching(
        mode=Mode(values["mode"]),
        sensitivity=None if chosen is None else Sensitivity(chosen),
        min_outlets=values["min_outlets"],
        filters=Filters(
            **{name: tuple(filters.get(name, ())) for name in _LISTS}, min_origins=filters.get("min_origins", 1)
        ),
        mention=values["mention"],
    )


def watching_values(how: Watching) -> dict[str, Any]:
    """Give the columns of `subscriptions` that can be chosen; filters hold only what differs from letting all in."""
    filters: dict[str, Any] = {name: list(getattr(how.filters, name)) for name in _LISTS if getattr(how.filters, name)}
    if how.filters.min_origins > 1:
        filters["min_origins"] = how.filters.min_origins
    return {
        "mode": how.mode.value,
        "sensitivity": None if how.sensitivity is None else how.sensitivity.value,
        "min_outlets": how.min_outlets,
        "filters": filters,
        "mention": how.mention,
    }


_CHOSEN = ("mode", "sensitivity", "min_outlets", "filters", "mention")
_LISTS = ("languages", "outlets_in", "outlets_out", "words_out")


DELIVERY: tuple[ColumnElement[Any], ...] = (
    deliveries.c.id,
    deliveries.c.action,
    deliveries.c.status,
    deliveries.c.attempts,
    deliveries.c.next_attempt_at,
    deliveries.c.first_tried_at,
    alerts.c.id.label("alert_id"),
    alerts.c.story_id,
    alerts.c.kind,
    alerts.c.reason,
    alerts.c.created_at,
    alerts.c.development_id,
    *CHANNEL,
)
"""The columns that `delivery_from` reads."""


def delivery_from(row: Row[Any]) -> Delivery:
    """Read a row of the columns DELIVERY."""
    alert = Alert(
        id=row.alert_id,
        story_id=row.story_id,
        channel_id=row.channel_id,
        kind=AlertKind(row.kind),
        reason=row.reason,
        created_at=row.created_at,
        development_id=row.development_id,
    )
    return Delivery(
        id=row.id,
        alert=alert,
        channel=channel_from(row),
        action=Action(row.action),
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        first_tried_at=row.first_tried_at,
    )


def post_from(row: Row[Any]) -> Post:
    """Read a row of `posts`."""
    return Post(
        story_id=row.story_id,
        channel_id=row.channel_id,
        message_id=row.message_id,
        shown_hash=row.shown_hash,
        state=PostState(row.state),
        posted_at=row.posted_at,
    )
