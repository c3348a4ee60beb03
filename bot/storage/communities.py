"""Workspaces that are one: rows move to the home where a workspace joins, and it takes copies along where it parts.

A join moves everything, so that one owner is left; where both hold the same thing the home's stays. A part gives the
workspace its channels back, with copies of the topics, feeds and tunings that they rely on: nothing falls silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, String, Table, UniqueConstraint, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.models import TopicId, WorkspaceId
from bot.storage.engine import Rows, to_the_end
from bot.storage.feed_tables import feed_uses, feeds
from bot.storage.rematches import ask_rematch
from bot.storage.schema import metadata
from bot.storage.tables import channels, subscriptions, topics
from bot.storage.topic_tables import tunings

OWNING = ("workspace", "owner", "scope")
"""The columns that say whose a row is, whatever the table."""

workspace_homes = Table(
    "workspace_homes",
    metadata,
    Column("member", String, primary_key=True),
    Column("home", String, nullable=False),
)


class CommunityRows(Rows):
    """Which workspaces are one. Add a test for each new public method."""

    @to_the_end
    async def join_workspaces(self, homes: Mapping[WorkspaceId, WorkspaceId], now: datetime) -> list[str]:
        """Make the homes of workspaces these (member: home), moving rows; returns in words what changed."""
        told: list[str] = []
        async with self.database.write() as db:
            held = {row.member: row.home for row in await db.execute(select(workspace_homes))}
            for member, home in held.items():
                if homes.get(member) != home:
                    await _part(db, member, home, now)
                    told.append(f"{member} parted from {home}, with copies of its topics, feeds and tunings")
            for member, home in homes.items():
                if held.get(member) != home:
                    await _join(db, member, home, now)
                    told.append(f"{member} joined {home}")
            await db.execute(delete(workspace_homes))
            if homes:
                rows = [{"member": member, "home": home} for member, home in homes.items()]
                await db.execute(insert(workspace_homes), rows)
        return told


async def _join(db: AsyncConnection, member: str, home: str, now: datetime) -> None:
    await _rename_twins(db, member, home)
    for table, column in _owned():
        free = [~_held_twice(table, column, key, home) for key in _keys(table) if column.name in key]
        await db.execute(update(table).where(column == member, *free).values({column.name: home}))
        if column.primary_key:  # the same thing of both: the home's stays
            await db.execute(delete(table).where(column == member))
    taught = select(tunings.c.topic_id).where(tunings.c.workspace == home, tunings.c.topic_id.is_not(None)).distinct()
    for topic in (await db.execute(taught)).scalars().all():
        await ask_rematch(db, TopicId(str(topic)), is_overlay=True, now=now)


def _owned() -> Iterator[tuple[Table, Column[Any]]]:
    for table in metadata.sorted_tables:
        yield from ((table, table.c[name]) for name in OWNING if name in table.c)


def _keys(table: Table) -> Iterator[Sequence[str]]:
    """Yield the names of the columns that are unique together."""
    yield [column.name for column in table.primary_key.columns]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]


def _held_twice(table: Table, column: Column[Any], key: Sequence[str], home: str) -> Any:
    twin = table.alias("twin")
    same = [twin.c[name] == table.c[name] for name in key if name != column.name]
    return exists(select(twin.c[column.name]).where(twin.c[column.name] == home, *same).correlate(table))


async def _rename_twins(db: AsyncConnection, member: str, home: str) -> None:
    """Give a topic of the workspace that joins another name where the home has one of its name."""
    taken = set((await db.execute(select(topics.c.name).where(topics.c.owner.in_([None, home])))).scalars())
    mine = (await db.execute(select(topics.c.id, topics.c.name).where(topics.c.owner == member))).all()
    for row in mine:
        name = _free(row.name, taken | {other.name for other in mine if other.id != row.id})
        taken.add(name)
        await db.execute(update(topics).where(topics.c.id == row.id).values(name=name))


def _free(name: str, taken: set[str]) -> str:
    wanted, number = name, 2
    while wanted in taken:
        wanted, number = f"{name}-{number}", number + 1
    return wanted


async def _part(db: AsyncConnection, member: str, home: str, now: datetime) -> None:
    platform = member.partition(":")[0]
    mine = (channels.c.workspace == home, channels.c.platform == platform)
    parting = list((await db.execute(select(channels.c.id).where(*mine))).scalars())
    await db.execute(update(channels).where(*mine).values(workspace=member))
    copies = await _copy_topics(db, member, home, parting)
    public = select(feed_uses).join(feeds, feeds.c.id == feed_uses.c.feed_id).where(feed_uses.c.workspace == home)
    for use in (await db.execute(public.where(feeds.c.scope.in_([None])))).mappings().all():
        await db.execute(insert(feed_uses).values({**use, "workspace": member}))
    taught = await _copy_tunings(db, member, home, copies)
    for topic in {*copies.values(), *taught}:
        await ask_rematch(db, TopicId(topic), is_overlay=topic not in copies.values(), now=now)


async def _copy_topics(db: AsyncConnection, member: str, home: str, parting: Sequence[int]) -> dict[str, str]:
    """Copy the home's own topics, which the parting channels watch from now on; returns new ids by old ones."""
    taken = set((await db.execute(select(topics.c.id))).scalars())
    copies: dict[str, str] = {}
    for row in (await db.execute(select(topics).where(topics.c.owner == home))).mappings().all():
        number, wanted = 2, f"{row['name']}@{member}"
        while wanted in taken:
            wanted, number = f"{row['name']}-{number}@{member}", number + 1
        taken.add(wanted)
        copies[row["id"]] = wanted
        await db.execute(insert(topics).values({**row, "id": wanted, "owner": member}))
        watched = (subscriptions.c.topic_id == row["id"], subscriptions.c.channel_id.in_(parting))
        await db.execute(update(subscriptions).where(*watched).values(topic_id=wanted))
    return copies


async def _copy_tunings(db: AsyncConnection, member: str, home: str, copies: Mapping[str, str]) -> set[str]:
    taught: set[str] = set()
    for row in (await db.execute(select(tunings).where(tunings.c.workspace == home))).mappings().all():
        topic = copies.get(row["topic_id"], row["topic_id"])
        taught |= {topic} if topic else set()
        copied = {name: value for name, value in row.items() if name != "id"}
        await db.execute(insert(tunings).values({**copied, "workspace": member, "topic_id": topic}))
    return taught
