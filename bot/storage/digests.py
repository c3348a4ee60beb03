"""Digests on their way: claims with a lease, what was made of them, and what they are made from.

A planned digest is one row for each day of the channel's calendar, written in one transaction with its alert and the
delivery: whatever is killed, and however often a clock passes the hour, a day has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import Action, AlertKind
from bot.domain.digests import Assurance, Catchup, DigestId, DueDigest, NewDigest
from bot.domain.models import AlertId, ChannelId, StoryId, TopicId, WorkspaceId
from bot.storage.change_tables import changed_developments
from bot.storage.columns import instant
from bot.storage.digest_plans import PLAN, DigestPlanRows, is_free, plan_anew, plan_from
from bot.storage.digest_tables import catchups, digest_plans, digests, reading_spans
from bot.storage.engine import to_the_end
from bot.storage.feed_tables import feeds
from bot.storage.outbox import add_alert
from bot.storage.rows import CHANNEL, channel_from
from bot.storage.sight import sees_article, sees_feed, sees_topic
from bot.storage.tables import NOT_SILENT, alerts, articles, channels, developments, matches, story_articles, topics
from bot.storage.tuned import is_tuned_out

BLIND_AFTER = timedelta(minutes=15)
"""A shorter time without reading is nothing that is missed: feeds are read no more often."""
FARTHEST = timedelta(days=15)
"""No plan has to wait longer: a later time was set by a clock that was wrong."""
MOST_DEVELOPMENTS = 20_000
"""So many developments, the latest of all, are looked through for changed articles."""
OVERDUE = timedelta(minutes=30)
"""A feed whose poll is later than this is not being read."""
_HOUR = timedelta(hours=1)


class DigestRows(DigestPlanRows):
    """Digests. Add a test for each new public method."""

    @to_the_end
    async def claim_due_digests(self, now: datetime, lease: timedelta, limit: int) -> list[DueDigest]:
        """Take a lease on plans that are due or whose next time is to be found, and on digests asked for."""
        until = now + lease
        is_wrong = digest_plans.c.due_at > now + FARTHEST
        is_due = or_(digest_plans.c.due_at.is_(None), digest_plans.c.due_at <= now, is_wrong)
        planned = (
            select(*PLAN, *CHANNEL)
            .join(channels, channels.c.id == digest_plans.c.channel_id)
            .where(is_due, is_free(digest_plans.c.lease_until, now))
            .order_by(digest_plans.c.due_at, digest_plans.c.channel_id)
            .limit(limit)
        )
        asked = (
            select(digests.c.id.label("number"), digests.c.made_at, *PLAN, *CHANNEL)
            .join(channels, channels.c.id == digests.c.channel_id)
            .outerjoin(digest_plans, digest_plans.c.channel_id == digests.c.channel_id)
            .where(digests.c.told_at.is_(None), is_free(digests.c.lease_until, now))
            .order_by(digests.c.id)
            .limit(limit)
        )
        async with self.database.write() as db:
            found = [
                DueDigest(
                    channel=channel_from(row),
                    plan=plan_from(row),
                    due_at=row.due_at,
                    lease_until=until,
                    told_until=row.told_until,
                )
                for row in await db.execute(planned)
            ]
            ids = [due.channel.id for due in found]
            held = update(digest_plans).where(digest_plans.c.channel_id.in_(ids))
            await db.execute(held.values(lease_until=until))
            wanted = [
                DueDigest(
                    channel=channel_from(row),
                    plan=None if row.at is None else plan_from(row),
                    due_at=row.made_at,
                    lease_until=until,
                    number=DigestId(row.number),
                )
                for row in await db.execute(asked)
            ]
            taken = update(digests).where(digests.c.id.in_([due.number for due in wanted]))
            await db.execute(taken.values(lease_until=until))
        return [*found, *wanted]

    @to_the_end
    async def save_digest(self, made: NewDigest, now: datetime) -> bool:
        """Write a digest with its alert and delivery, and when the next is due: all or nothing.

        False, having written no alert, where its day has one already, where there is nothing to tell, or where the plan
        was changed or ended meanwhile.
        """
        async with self.database.write() as db:
            if made.claimed.number is not None:
                return await _save_asked(db, made, now)
            if not await _save_next(db, made):
                return False
            if made.day is None:
                return False
            row = {"channel_id": made.claimed.channel.id, "local_date": made.day.isoformat()}
            new = upsert(digests).values(**row, made_at=now, told_at=now).on_conflict_do_nothing()
            number = (await db.execute(new.returning(digests.c.id))).scalar_one_or_none()
            if number is None:  # its day has one already; what came since then is the next one's
                return False
            mine = update(digest_plans).where(digest_plans.c.channel_id == made.claimed.channel.id)
            await db.execute(mine.values(told_until=made.until))
            return await _tell(db, made, DigestId(number), now)

    async def find_digest(self, channel_id: ChannelId, alert_id: AlertId) -> str | None:
        """Find the text of a digest that a channel was told."""
        told = select(alerts.c.reason).where(
            alerts.c.id == alert_id, alerts.c.channel_id == channel_id, alerts.c.kind == AlertKind.DIGEST.value
        )
        async with self.database.read() as db:
            written: str | None = await db.scalar(told)
        return written

    async def list_stories_between(
        self, viewer: WorkspaceId, topic: TopicId, *, least: float, since: datetime, until: datetime, limit: int
    ) -> list[StoryId]:
        """List the stories that grew or changed after `since` and no later than `until`, the latest first.

        What counts is when we took an article in: its own date may be older. Articles of a feed's first sight are no
        news. A story counts by an article that the viewer sees and that scores `least` or more for the topic.
        """
        is_wanted = [_reaches(viewer, topic, least), sees_article(viewer)]
        grown = _select_grown(since, until).where(*is_wanted)
        changed = _select_changed(since, until).where(*is_wanted)
        async with self.database.read() as db:
            found = list((await db.execute(grown.limit(limit))).scalars())
            found += (await db.execute(changed.limit(limit))).scalars()
        return list(dict.fromkeys(found))[:limit]

    async def get_assurance(self, viewer: WorkspaceId, since: datetime, until: datetime) -> Assurance:
        """Tell how far silence between two instants can be trusted."""
        counted = select(
            func.count(), func.count().filter(feeds.c.failures > 0), func.coalesce(func.sum(feeds.c.held), 0)
        ).where(feeds.c.due_at.is_not(None), sees_feed(viewer))
        read = select(reading_spans.c.began_at, reading_spans.c.seen_at).where(
            reading_spans.c.seen_at >= since, reading_spans.c.began_at <= until
        )
        async with self.database.read() as db:
            polled, failing, held = (await db.execute(counted)).one()
            spans = [(row.began_at, row.seen_at) for row in await db.execute(read)]
        blind = _measure_blind(spans, since, until)
        return Assurance(polled=polled, failing=failing, blind_hours=blind / _HOUR, held=held)

    @to_the_end
    async def note_reading(self, now: datetime) -> None:
        """Note that feeds can be read now, unless none of them can: all fail, or their polls are long overdue."""
        works = select(feeds.c.id).where(
            feeds.c.due_at.is_not(None), feeds.c.failures == 0, feeds.c.next_check_at >= instant(now - OVERDUE)
        )
        async with self.database.write() as db:
            if (await db.execute(works.limit(1))).first() is None:
                return
            await _end_by(db, now)
            latest = select(func.max(reading_spans.c.seen_at)).where(reading_spans.c.seen_at >= now - BLIND_AFTER)
            if (seen := await db.scalar(latest)) is None:
                await db.execute(insert(reading_spans).values(began_at=now, seen_at=now))
            else:
                goes_on = update(reading_spans).where(reading_spans.c.seen_at == seen)
                await db.execute(goes_on.values(seen_at=now))

    async def find_catchup(self, channel_id: ChannelId, actor: str) -> datetime | None:
        """Tell up to when somebody has caught up in a channel."""
        mine = select(catchups.c.until).where(catchups.c.channel_id == channel_id, catchups.c.actor == actor)
        async with self.database.read() as db:
            until: datetime | None = await db.scalar(mine)
        return until

    @to_the_end
    async def save_catchup(self, catchup: Catchup) -> None:
        """Remember up to when somebody has caught up in a channel."""
        key = {"channel_id": catchup.channel_id, "actor": catchup.actor}
        saved = upsert(catchups).values(**key, until=catchup.until)
        async with self.database.write() as db:
            keys = [catchups.c.channel_id, catchups.c.actor]
            await db.execute(saved.on_conflict_do_update(index_elements=keys, set_={"until": catchup.until}))


def _reaches(viewer: WorkspaceId, topic: TopicId, least: float) -> ColumnElement[bool]:
    """Tell whether the row of `articles` scores enough for a topic, as the viewer sees it."""
    return exists(
        select(matches.c.article_id)
        .join(topics, topics.c.id == matches.c.topic_id)
        .where(
            matches.c.article_id == articles.c.id,
            matches.c.topic_id == topic,
            matches.c.score >= least,
            ~is_tuned_out(viewer, least),
            sees_topic(viewer),
        )
        .correlate(articles)
    )


def _select_grown(since: datetime, until: datetime) -> Select[StoryId]:
    """Select the stories whose articles we took in then, the latest first."""
    return (
        select(story_articles.c.story_id)
        .join(articles, articles.c.id == story_articles.c.article_id)
        .where(articles.c.gathered_at > since, articles.c.gathered_at <= until, NOT_SILENT)
        .group_by(story_articles.c.story_id)
        .order_by(func.max(articles.c.gathered_at).desc(), story_articles.c.story_id.desc())
    )


def _select_changed(since: datetime, until: datetime) -> Select[StoryId]:
    """Select the stories in which an article that was known changed then, the latest first."""
    first = select(func.max(developments.c.id) - MOST_DEVELOPMENTS).scalar_subquery()
    return (
        select(developments.c.story_id)
        .join(articles, articles.c.id == developments.c.article_id)
        .where(
            developments.c.id > first,
            developments.c.at > since,
            developments.c.at <= until,
            exists().where(changed_developments.c.development_id == developments.c.id),
        )
        .order_by(developments.c.id.desc())
    )


async def release_digests(db: AsyncConnection) -> None:
    """End the leases of digests."""
    for table in (digest_plans, digests):
        await db.execute(update(table).where(table.c.lease_until.is_not(None)).values(lease_until=None))


async def bring_digests_forward(db: AsyncConnection, now: datetime) -> None:
    """Let no digest wait for an instant that a wrong clock told; what a clock ahead told counts up to now at most."""
    await plan_anew(db, now)
    ahead = update(digest_plans).where(digest_plans.c.told_until > now)
    await db.execute(ahead.values(told_until=now))
    await db.execute(update(catchups).where(catchups.c.until > now).values(until=now))


async def _save_next(db: AsyncConnection, made: NewDigest) -> bool:
    """Write when a plan is due next; False where the plan is not the claimed one any more."""
    claimed = made.claimed
    mine = update(digest_plans).where(
        digest_plans.c.channel_id == claimed.channel.id, digest_plans.c.lease_until == claimed.lease_until
    )
    return (await db.execute(mine.values(due_at=made.next_at, lease_until=None))).rowcount == 1


async def _save_asked(db: AsyncConnection, made: NewDigest, now: datetime) -> bool:
    number = made.claimed.number
    mine = update(digests).where(digests.c.id == number, digests.c.told_at.is_(None))
    if number is None or (await db.execute(mine.values(told_at=now, lease_until=None))).rowcount == 0:
        return False
    return await _tell(db, made, number, now)


async def _tell(db: AsyncConnection, made: NewDigest, number: DigestId, now: datetime) -> bool:
    if not made.text:
        return False
    channel = made.claimed.channel.id
    alert = await add_alert(db, None, channel, AlertKind.DIGEST, Action.POST, made.text, now)
    await db.execute(update(digests).where(digests.c.id == number).values(alert_id=alert))
    return True


async def _end_by(db: AsyncConnection, now: datetime) -> None:
    """Take back what a clock that was ahead noted of times that are still to come."""
    await db.execute(delete(reading_spans).where(reading_spans.c.began_at > now))
    await db.execute(update(reading_spans).where(reading_spans.c.seen_at > now).values(seen_at=now))


def _measure_blind(spans: Sequence[tuple[datetime, datetime]], since: datetime, until: datetime) -> timedelta:
    """Add up the gaps between spans; one that is no longer than BLIND_AFTER is none."""
    blind, reached = timedelta(0), since
    for began_at, seen_at in sorted(spans):
        blind += _gap(reached, began_at)
        reached = max(reached, seen_at)
    return blind + _gap(reached, until)


def _gap(begin: datetime, end: datetime) -> timedelta:
    return end - begin if end - begin > BLIND_AFTER else timedelta(0)
