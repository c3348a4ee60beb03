"""Topics: those of the packs, which files decide, and those of a workspace, which people decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NotFoundError, QuotaError
from bot.domain.models import Topic, TopicId, WorkspaceId
from bot.storage.audit import log_change
from bot.storage.columns import PUBLIC
from bot.storage.engine import Rows, to_the_end
from bot.storage.rematches import ask_rematch
from bot.storage.rows import topic_from, topic_values
from bot.storage.sight import sees_topic
from bot.storage.tables import articles, topics
from bot.storage.topic_tables import packs

OF_PACK = topics.c.owner.in_([None])


class TopicRows(Rows):
    """Topics. Add a test for each new public method."""

    @to_the_end
    async def reconcile_topics(
        self, packed: Sequence[Topic], withheld: Sequence[Topic] = (), *, is_whole: bool = True
    ) -> None:
        """Make the topics without an owner those of the packs; one that left the packs goes with its subscriptions."""
        kept = [topic.id for topic in (*packed, *withheld)]
        async with self.database.write() as db:
            if is_whole:
                await db.execute(delete(topics).where(OF_PACK, topics.c.id.not_in(kept)))
            for topic in packed:
                await _put(db, topic)
            for topic in withheld:
                await db.execute(upsert(topics).values(topic_values(topic)).on_conflict_do_nothing())

    async def list_pack_texts(self) -> dict[str, str]:
        """List the last good text of each pack, by its name."""
        async with self.database.read() as db:
            return {row.name: row.text for row in await db.execute(select(packs))}

    @to_the_end
    async def keep_pack_texts(self, texts: Mapping[str, str], now: datetime) -> None:
        """Keep the texts of packs that are sound; what was kept of others stays.

        Where one changed, the archive is matched anew with every topic that may have other terms now.
        """
        known = await self.list_pack_texts()
        changed = [{"name": name, "text": text} for name, text in texts.items() if known.get(name) != text]
        if not changed:
            return
        async with self.database.write() as db:
            new = upsert(packs)
            await db.execute(
                new.on_conflict_do_update(index_elements=[packs.c.name], set_={"text": new.excluded.text}), changed
            )
            if (await db.execute(select(articles.c.id).limit(1))).first() is None:
                return
            for topic in [topic_from(row) for row in await db.execute(select(topics))]:
                if topic.owner is None or any("@" in clause.query for clause in topic.clauses):
                    await ask_rematch(db, topic.id, is_overlay=False, now=now)

    async def list_topics(self, viewer: WorkspaceId) -> list[Topic]:
        """List the packs' topics and the viewer's own, by name."""
        async with self.database.read() as db:
            found = [topic_from(row) for row in await db.execute(select(topics).where(sees_topic(viewer)))]
        return sorted(found, key=_by_name)

    async def list_all_topics(self) -> list[Topic]:
        """List every topic of every workspace: what the matcher watches."""
        async with self.database.read() as db:
            found = [topic_from(row) for row in await db.execute(select(topics))]
        return sorted(found, key=_by_name)

    @to_the_end
    async def save_topic(self, topic: Topic, *, actor: str, now: datetime, most: int | None = None) -> None:
        """Add or replace a workspace's topic, and have the archive matched with it anew.

        Raises NotFoundError where the id is another owner's, QuotaError where the workspace has `most` already.
        """
        if topic.owner is None:
            raise NotFoundError(f"topic {topic.id} has no workspace; a pack's topic is changed in its file")
        async with self.database.write() as db:
            owners = select(topics.c.owner).where(topics.c.id == topic.id)
            owner = (await db.execute(owners)).first()
            if owner is not None and owner[0] != topic.owner:
                raise NotFoundError(f"topic {topic.id} is not this workspace's; choose another name")
            if owner is None and most is not None:
                used = await db.scalar(select(func.count()).where(topics.c.owner == topic.owner)) or 0
                if used >= most:
                    raise QuotaError(used, most, of="topic")
            await _put(db, topic)
            action = "topic.add" if owner is None else "topic.change"
            await log_change(db, at=now, actor=actor, workspace=topic.owner, action=action, subject=topic.id)
            await ask_rematch(db, topic.id, is_overlay=False, now=now)

    @to_the_end
    async def delete_topic(self, topic_id: TopicId, *, actor: str, now: datetime) -> None:
        """Delete a workspace's topic with its subscriptions and matches; a pack's topic stays."""
        gone = delete(topics).where(topics.c.id == topic_id, topics.c.owner != PUBLIC).returning(topics.c.owner)
        async with self.database.write() as db:
            owner = (await db.execute(gone)).scalar_one_or_none()
            if owner is not None:
                await log_change(db, at=now, actor=actor, workspace=owner, action="topic.remove", subject=topic_id)


async def _put(db: AsyncConnection, topic: Topic) -> None:
    values = topic_values(topic)
    new = upsert(topics).values(values)
    await db.execute(new.on_conflict_do_update(index_elements=[topics.c.id], set_=values))


def _by_name(topic: Topic) -> tuple[str, TopicId]:
    return topic.name.casefold(), topic.id
