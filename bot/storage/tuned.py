"""What a workspace taught, where matches are read: some do not count there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import ColumnElement

from bot.domain.models import ArticleId, Match, TopicId, WorkspaceId
from bot.storage.rows import chunks
from bot.storage.tables import matches
from bot.storage.topic_tables import tuned_matches


def is_tuned_out(viewer: WorkspaceId, least: ColumnElement[float] | float) -> ColumnElement[bool]:
    """Tell whether the row of `matches` scores less than `least` in the viewer's workspace."""
    return exists(
        select(tuned_matches.c.article_id).where(
            tuned_matches.c.article_id == matches.c.article_id,
            tuned_matches.c.topic_id == matches.c.topic_id,
            tuned_matches.c.workspace == viewer,
            tuned_matches.c.score < least,
        )
    )


async def with_tuned(db: AsyncConnection, found: Iterable[Match]) -> list[Match]:
    """Add to matches what workspaces score otherwise."""
    known = list(found)
    tuned: dict[tuple[ArticleId, TopicId], list[tuple[WorkspaceId, float]]] = defaultdict(list)
    for some in chunks(sorted({match.article_id for match in known})):
        rows = select(tuned_matches).where(tuned_matches.c.article_id.in_(some)).order_by(tuned_matches.c.workspace)
        for row in await db.execute(rows):
            tuned[row.article_id, row.topic_id].append((row.workspace, row.score))
    if not tuned:
        return known
    return [replace(match, tuned=tuple(tuned.get((match.article_id, match.topic_id), ()))) for match in known]
