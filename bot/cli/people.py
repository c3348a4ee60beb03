"""`topicwire audit` and `topicwire forget`: who changed what, and erasing a person's traces."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot import config
from bot.cli.numbers import read_count, read_days
from bot.domain.models import WorkspaceId

if TYPE_CHECKING:
    from bot.ports import Store

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(nouns: Nouns) -> None:
    """Add the commands to the parser."""
    audit = nouns.add_parser("audit", help="show who changed what, the newest first")
    audit.add_argument("--days", type=read_days, default=30, metavar="N", help="how far back (30)")
    audit.add_argument("--workspace", metavar="ID", help="one workspace alone, such as discord:123 or slack:T123")
    audit.add_argument("--most", type=read_count, default=200, metavar="N", help="how many lines (200)")
    audit.add_argument("--json", action="store_true", help="one JSON object a line")
    audit.set_defaults(run=_audit)
    forget = nouns.add_parser("forget", help="erase a person's traces: their id wherever it stands")
    forget.add_argument("person", metavar="PERSON", help="the person's id on the platform, as the audit shows it")
    forget.add_argument(
        "--direct", metavar="CHANNEL", action="append", default=[],
        help="their channel of direct messages: it goes with what it watches (may be given again)",
    )  # fmt: skip
    forget.set_defaults(run=_forget)


def _audit(options: argparse.Namespace) -> int:
    async def show(store: Store) -> int:
        workspace = WorkspaceId(options.workspace) if options.workspace else None
        since = datetime.now(UTC) - timedelta(days=options.days)
        for each in await store.list_audit(workspace, since, options.most):
            row = {"at": f"{each.at:%Y-%m-%d %H:%M:%S}", "actor": each.actor, "workspace": each.workspace}
            row |= {"action": each.action, "subject": each.subject}
            print(json.dumps(row, ensure_ascii=False) if options.json else "  ".join(row.values()))
        return 0

    return asyncio.run(_with_store(options, show))


def _forget(options: argparse.Namespace) -> int:
    async def forget(store: Store) -> int:
        touched = await store.forget_person(options.person, options.direct)
        if not touched:
            print(f"nothing is kept of {options.person}; `topicwire audit` shows the ids as they are kept")
            return 1
        print(f"{options.person} is forgotten: {touched} rows. Backups and logs made before still hold the id.")
        return 0

    return asyncio.run(_with_store(options, forget, writes=True))


async def _with_store(
    options: argparse.Namespace, work: Callable[[Store], Awaitable[int]], *, writes: bool = False
) -> int:
    from bot.storage.store import open_store

    url = config.load(options.config).settings.database.url
    store: Store = await open_store(url, exclusive=False, writes=writes)
    try:
        return await work(store)
    finally:
        await store.close()
