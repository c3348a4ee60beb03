"""Short ways to say what a test of the store needs: polls, articles, stories, alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.alerts import Action, AlertKind, Delivery
from bot.domain.feeds import EntryKeys, Feed, NewArticle, Outcome, Validators
from bot.domain.models import (
    EVERYONE,
    Article,
    ArticleId,
    Channel,
    ChannelId,
    Clause,
    Match,
    Place,
    Reason,
    Sensitivity,
    StoryId,
    Topic,
    TopicId,
    Where,
    WorkspaceId,
)
from bot.domain.records import (
    DeclaredFeed,
    Gathering,
    NewAlert,
    NewStory,
    Placement,
    Poll,
    Sent,
    StoryRef,
    StoryState,
)
from bot.storage.store import SqlStore

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=2)
HERE = WorkspaceId("here")
THERE = WorkspaceId("there")


def declared(url: str, title: str = "The Wire", interval: timedelta = HOUR) -> DeclaredFeed:
    """Declare a feed as a file would."""
    return DeclaredFeed(url=url, title=title, language="en", interval=interval)


def arrival(
    name: str, *, title: str | None = None, text: str = "", outlet: str = "The Wire", at: datetime | None = None
) -> NewArticle:
    """Make an unseen entry whose identities come from its name."""
    return NewArticle(
        keys=EntryKeys(guid=f"guid-{name}", url=f"https://news.example/{name}", title_day=None),
        link=f"https://news.example/{name}?from=rss",
        outlet=outlet,
        title=title or f"Title {name}",
        text=text,
        language="en",
        published_at=at,
        image_url=None,
        is_silent=False,
    )


def poll_of(feed: Feed, *arrivals: NewArticle, at: datetime = NOW, outcome: Outcome = Outcome.NEW) -> Poll:
    """Make the poll that brought these entries."""
    return Poll(
        feed_id=feed.id,
        at=at,
        outcome=outcome,
        reason="",
        title="What it calls itself",
        language="en",
        validators=Validators(etag='"1"', last_modified="Mon", body_hash=b"\x00\x01"),
        failures=0,
        next_check_at=at + feed.interval,
        articles=arrivals,
    )


async def add_feed(store: SqlStore, name: str, workspace: WorkspaceId = EVERYONE) -> Feed:
    """Use a feed in a workspace."""
    return await store.add_feed(
        url=f"https://{name}.example/rss",
        title=name.title(),
        language="en",
        interval=HOUR,
        workspace=workspace,
        actor="t",
        now=NOW,
    )


async def bring(
    store: SqlStore, feed: Feed, *names: str, at: datetime = NOW, outlet: str = "The Wire"
) -> list[ArticleId]:
    """Let a feed bring articles; returns their ids in the order of the names."""
    await store.save_poll(poll_of(feed, *(arrival(name, outlet=outlet) for name in names), at=at))
    keys = [arrival(name).keys for name in names]
    known = await store.find_known(feed, keys)
    return [known[key] for key in keys]


def topic(name: str, *, owner: WorkspaceId | None = None, sensitivity: Sensitivity = Sensitivity.NORMAL) -> Topic:
    """Make a topic with one clause."""
    return Topic(
        id=TopicId(name if owner is None else f"{name}@{owner}"),
        name=name,
        title=name.title(),
        clauses=(Clause(query=name, score=0.9),),
        sensitivity=sensitivity,
        owner=owner,
    )


def match(article: ArticleId, topic_id: str, score: float = 0.9) -> Match:
    """Make a match with one reason."""
    reason = Reason(
        term=topic_id, group="firms", where=Where.TITLE, snippet=f"about {topic_id}", hit=(6, 6 + len(topic_id))
    )
    return Match(article_id=article, topic_id=TopicId(topic_id), score=score, reasons=(reason,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert in short."""

    channel: Channel
    action: Action = Action.POST
    article: ArticleId | None = None


KINDS = {Action.POST: AlertKind.NEW, Action.EDIT: AlertKind.COVERAGE, Action.REPLY: AlertKind.DEVELOPMENT}


async def gather_story(
    store: SqlStore,
    articles: Sequence[ArticleId],
    *told: Told,
    story: StoryId | None = None,
    at: datetime = NOW,
    topics: Sequence[tuple[str, float]] = (("huawei", 0.9),),
    developments: Sequence[ArticleId] = (),
) -> StoryId:
    """Gather articles into one story, new where none is given, and tell channels of it."""
    ref = StoryRef(new=0) if story is None else StoryRef(id=story)
    made = await store.save_gathering(
        Gathering(
            at=at,
            articles=tuple(articles),
            matches=tuple(match(article, name, score) for article in articles for name, score in topics),
            new_stories=(NewStory(headline="Headline", scope=None, first_seen_at=at),) if story is None else (),
            placements=tuple(
                Placement(article_id=a, story=ref, development=f"new in {a}" if a in developments else None)
                for a in articles
            ),
            states=(StoryState(story=ref, headline="Headline", origins=2, updated_at=at),),
            alerts=tuple(alert(ref, one) for one in told),
        )
    )
    return story if story is not None else made[0]


def alert(ref: StoryRef, told: Told) -> NewAlert:
    """Make the record of an alert."""
    return NewAlert(
        story=ref,
        channel_id=told.channel.id,
        kind=KINDS[told.action],
        action=told.action,
        reason="because",
        article_id=told.article,
    )


async def add_channel(store: SqlStore, name: str, workspace: WorkspaceId = HERE) -> Channel:
    """Make a channel."""
    return await store.add_channel(Place(platform="console", workspace=workspace, channel=name))


async def send(store: SqlStore, delivery: Delivery, message_id: str, at: datetime = NOW) -> None:
    """Carry out a claimed delivery as the pipeline would."""
    await store.mark_sending([delivery.id], at)
    await store.record_sent(
        [Sent(delivery_id=delivery.id, message_id=message_id, shown_hash=f"hash of {message_id}")], at
    )


async def claim(store: SqlStore, at: datetime = NOW, limit: int = 100) -> list[Delivery]:
    """Claim what is due."""
    return await store.claim_due_deliveries(at, LEASE, limit)


def ids(articles: Sequence[Article]) -> list[ArticleId]:
    """Give the ids of articles."""
    return [article.id for article in articles]


def spot(delivery: Delivery) -> tuple[ChannelId, Action]:
    """Give channel and action of a delivery."""
    return delivery.channel.id, delivery.action
