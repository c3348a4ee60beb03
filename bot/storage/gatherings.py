"""The gather transaction: matches, stories, alerts and their deliveries, in one commit.

articles taken -> stories -> placements and developments -> matches -> best scores -> alerts that are still news there
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alerts import AlertKind
from bot.domain.errors import StorageError
from bot.domain.models import ArticleId, DevelopmentId, Match, StoryId
from bot.domain.records import Gathering, NewAlert, StoryRef
from bot.storage.engine import Rows, to_the_end
from bot.storage.numbers import reserve_numbers
from bot.storage.open_groups import save_open_groups
from bot.storage.outbox import Outbox, read_outbox
from bot.storage.recounts import set_origins
from bot.storage.rematches import save_tuned
from bot.storage.rows import chunks, match_values
from bot.storage.tables import (
    alerts,
    articles,
    deliveries,
    developments,
    matches,
    stories,
    story_articles,
    story_topics,
    topics,
)

Grown = Mapping[tuple[StoryId, ArticleId], DevelopmentId]


class GatheringRows(Rows):
    """The gather transaction."""

    @to_the_end
    async def save_gathering(self, gathering: Gathering) -> Sequence[StoryId]:
        """Write a gathering; returns the ids of its new stories in their order.

        Raises StorageError, having written nothing, where another gathering took one of the articles first.
        """
        async with self.database.write() as db:
            gathering = await _follow_merges(db, gathering)
            await _take_articles(db, gathering.articles, gathering.at)
            new = await _insert_stories(db, gathering)
            grown = await _save_placements(db, gathering, new)
            await _save_states(db, gathering, new)
            await _save_matches(db, gathering.matches)
            await save_tuned(db, gathering.matches)
            await _save_scores(db, gathering, new)
            await save_alerts(db, gathering.alerts, gathering.at, grown, new)
            known = [(_resolve_known(story, new), state) for story, state in gathering.groups]
            await save_open_groups(db, known, gathering.titles, gathering.at)
            return new


async def _follow_merges(db: AsyncConnection, gathering: Gathering) -> Gathering:
    """Let what was gathered for a story that was merged meanwhile be the older's, whose headline stays."""
    named = {state.story.id for state in gathering.states} | {placed.story.id for placed in gathering.placements}
    named |= {story.id for story, _ in gathering.groups}
    merged: dict[StoryId, StoryId] = {}
    for some in chunks(sorted(story for story in named if story is not None)):
        asked = select(stories.c.id, stories.c.merged_into).where(
            stories.c.id.in_(some), stories.c.merged_into.is_not(None)
        )
        merged |= {row.id: row.merged_into for row in await db.execute(asked)}
    if not merged:
        return gathering

    def follow(ref: StoryRef) -> StoryRef:
        return StoryRef(id=merged[ref.id]) if ref.id in merged else ref

    return replace(
        gathering,
        placements=tuple(replace(placed, story=follow(placed.story)) for placed in gathering.placements),
        states=tuple(state for state in gathering.states if state.story.id not in merged),
        alerts=tuple(replace(alert, story=follow(alert.story)) for alert in gathering.alerts),
        groups=tuple((follow(story), state) for story, state in gathering.groups),
    )


def _resolve(ref: StoryRef, new: Sequence[StoryId]) -> StoryId | None:
    return ref.id if ref.new is None else new[ref.new]


def _resolve_known(ref: StoryRef, new: Sequence[StoryId]) -> StoryId:
    story = _resolve(ref, new)
    if story is None:
        raise StorageError(f"a gathering names no story in {ref}; this is a fault of the program, please report it")
    return story


async def _take_articles(db: AsyncConnection, ids: Sequence[ArticleId], at: datetime) -> None:
    taken = 0
    for some in chunks(ids):
        waiting = (articles.c.id.in_(some), articles.c.gathered_at.is_(None))
        taken += (await db.execute(update(articles).where(*waiting).values(gathered_at=at))).rowcount
    if taken != len(ids):
        raise StorageError(
            f"{len(ids) - taken} of {len(ids)} articles were gathered already; nothing was written, try again"
        )


async def _insert_stories(db: AsyncConnection, gathering: Gathering) -> list[StoryId]:
    if not gathering.new_stories:
        return []
    numbers = [StoryId(n) for n in await reserve_numbers(db, stories, len(gathering.new_stories))]
    rows = [
        {
            "id": number,
            "headline": story.headline,
            "scope": story.scope,
            "origins": 1,
            "first_seen_at": story.first_seen_at,
            "updated_at": story.first_seen_at,
        }
        for number, story in zip(numbers, gathering.new_stories, strict=True)
    ]
    await db.execute(insert(stories), rows)
    return numbers


async def _save_placements(db: AsyncConnection, gathering: Gathering, new: Sequence[StoryId]) -> Grown:
    placed = [(_resolve_known(p.story, new), p) for p in gathering.placements]
    if placed:
        place = upsert(story_articles)
        rows = [{"article_id": p.article_id, "story_id": story} for story, p in placed]
        await db.execute(
            place.on_conflict_do_update(
                index_elements=[story_articles.c.article_id], set_={"story_id": place.excluded.story_id}
            ),
            rows,
        )
    said = [(story, p) for story, p in placed if p.development is not None]
    if not said:
        return {}
    numbers = [DevelopmentId(n) for n in await reserve_numbers(db, developments, len(said))]
    rows_said = [
        {"id": number, "story_id": story, "article_id": p.article_id, "reason": p.development, "at": gathering.at}
        for number, (story, p) in zip(numbers, said, strict=True)
    ]
    await db.execute(insert(developments), rows_said)
    return {(story, p.article_id): number for number, (story, p) in zip(numbers, said, strict=True)}


async def _save_states(db: AsyncConnection, gathering: Gathering, new: Sequence[StoryId]) -> None:
    states = [(_resolve_known(state.story, new), state) for state in gathering.states]
    rows = [
        {"story": story, "headline": state.headline, "origins": state.origins, "updated_at": state.updated_at}
        for story, state in states
    ]
    if rows:
        changed = update(stories).where(stories.c.id == bindparam("story"))
        await db.execute(changed.values(headline=bindparam("headline"), origins=bindparam("origins"),
                                        updated_at=bindparam("updated_at")), rows)  # fmt: skip
    await set_origins(db, [(story, *pair) for story, state in states for pair in state.origin_of])


async def _save_matches(db: AsyncConnection, found: Sequence[Match]) -> None:
    """Write matches; those of a topic that was deleted while they were made are left out."""
    kept = set((await db.execute(select(topics.c.id))).scalars())
    rows = [match_values(match) for match in found if match.topic_id in kept]
    if rows:
        new = upsert(matches)
        await db.execute(
            new.on_conflict_do_update(
                index_elements=[matches.c.article_id, matches.c.topic_id],
                set_={"score": new.excluded.score, "reasons": new.excluded.reasons},
            ),
            rows,
        )


async def _save_scores(db: AsyncConnection, gathering: Gathering, new: Sequence[StoryId]) -> None:
    """Keep each story's best score of a topic, and the story's instants beside it."""
    touched = {_resolve_known(state.story, new) for state in gathering.states}
    best = await _find_best(db, [match.article_id for match in gathering.matches])
    if best:
        rows = [{"story_id": s, "topic_id": t, "score": score} for (s, t), score in best.items()]
        instants = {"first_seen_at": gathering.at, "updated_at": gathering.at}
        new_score = upsert(story_topics)
        higher = case(
            (new_score.excluded.score > story_topics.c.score, new_score.excluded.score), else_=story_topics.c.score
        )
        await db.execute(
            new_score.on_conflict_do_update(
                index_elements=[story_topics.c.story_id, story_topics.c.topic_id], set_={"score": higher}
            ),
            [row | instants for row in rows],
        )
    mine = stories.c.id == story_topics.c.story_id
    copied = update(story_topics).values(
        first_seen_at=select(stories.c.first_seen_at).where(mine).scalar_subquery(),
        updated_at=select(stories.c.updated_at).where(mine).scalar_subquery(),
    )
    for some in chunks(sorted(touched | {story for story, _ in best})):
        await db.execute(copied.where(story_topics.c.story_id.in_(some)))


async def _find_best(db: AsyncConnection, ids: Iterable[ArticleId]) -> dict[tuple[StoryId, str], float]:
    scored = select(story_articles.c.story_id, matches.c.topic_id, matches.c.score).join(
        matches, matches.c.article_id == story_articles.c.article_id
    )
    best: dict[tuple[StoryId, str], float] = {}
    for some in chunks(sorted(set(ids))):
        for story, topic, score in await db.execute(scored.where(matches.c.article_id.in_(some))):
            best[story, topic] = max(score, best.get((story, topic), 0.0))
    return best


async def save_alerts(
    db: AsyncConnection, decided_on: Iterable[NewAlert], at: datetime, grown: Grown, new: Sequence[StoryId] = ()
) -> None:
    """Write the alerts that are still news where they go, with their deliveries; `new` are the stories just written."""
    decided = [(_resolve(alert.story, new), alert) for alert in decided_on]
    outbox = await read_outbox(db, {story for story, _ in decided if story is not None}, at)
    kept = [(story, alert) for story, alert in decided if _is_news(outbox, story, alert)]
    if not kept:
        return
    numbered = list(zip(await reserve_numbers(db, alerts, len(kept)), kept, strict=True))
    rows = [{"id": n, **_alert_values(story, alert, at, grown)} for n, (story, alert) in numbered]
    await db.execute(insert(alerts), rows)
    sends = [_delivery_values(n, story, alert, at) for n, (story, alert) in numbered]
    await db.execute(insert(deliveries), sends)


def _is_news(outbox: Outbox, story: StoryId | None, alert: NewAlert) -> bool:
    return story is None or outbox.admits(story, alert.channel_id, alert.action, alert.article_id)


def _alert_values(story: StoryId | None, alert: NewAlert, at: datetime, grown: Grown) -> dict[str, Any]:
    development = None
    if story is not None and alert.article_id is not None and alert.kind is AlertKind.DEVELOPMENT:
        development = grown.get((story, alert.article_id))
    return {
        "story_id": story,
        "channel_id": alert.channel_id,
        "kind": alert.kind.value,
        "reason": alert.reason,
        "created_at": at,
        "development_id": development,
    }


def _delivery_values(number: int, story: StoryId | None, alert: NewAlert, at: datetime) -> dict[str, Any]:
    return {
        "alert_id": number,
        "channel_id": alert.channel_id,
        "story_id": story,
        "action": alert.action.value,
        "status": "pending",
        "attempts": 0,
        "next_attempt_at": at,
        "is_unsettled": False,
        "reason": "",
    }
