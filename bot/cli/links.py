"""`topicwire links`: where a workspace's pages are, and the end of every link to them that was ever posted."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot import config
from bot.domain.models import WorkspaceId

if TYPE_CHECKING:
    from bot.ports import Store

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

NO_ADDRESS = "web.public_url is not set: the pages open at this machine alone, and alerts do not link to them"


def add_to(nouns: Nouns) -> None:
    """Add the commands to the parser."""
    links = nouns.add_parser("links", help="the links to workspaces' pages: show them, or end those that were posted")
    verbs = links.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help="show where each workspace's pages are; who has such a link reads them")
    show.set_defaults(run=_list)
    renew = verbs.add_parser("renew", help="make new links: every link to the workspace's pages so far leads nowhere")
    renew.add_argument("workspace", metavar="WORKSPACE", help="its id, such as discord:123 or slack:T123")
    renew.set_defaults(run=_renew)


def _list(options: argparse.Namespace) -> int:
    async def show(store: Store, base: str) -> int:
        workspaces = await store.list_workspaces()
        if not workspaces:
            print("nobody has used the bot yet: there are no pages of a workspace")
        for workspace in workspaces:
            print(f"{workspace}  {await _address(store, base, workspace)}")
        if not base:
            print(NO_ADDRESS, file=sys.stderr)
        return 0

    return asyncio.run(_with_store(options, show))


def _renew(options: argparse.Namespace) -> int:
    async def renew(store: Store, base: str) -> int:
        from bot.web.keys import name_secret

        workspace = WorkspaceId(options.workspace)
        if workspace not in (known := await store.list_workspaces()):
            known_ones = ", ".join(known) or "none yet"
            print(f"topicwire: there is no workspace {workspace}; there are: {known_ones}", file=sys.stderr)
            return 1
        name, now = name_secret(workspace), datetime.now(UTC)
        await store.renew_secret(name, workspace=workspace, actor="operator", now=now)
        print(
            f"The links of {workspace} are new: {await _address(store, base, workspace)}\n"
            "Links posted so far lead nowhere, those of its Atom and JSON feeds included. A running bot needs no\n"
            "restart; a message gets its new link when it is next edited."
        )
        return 0

    return asyncio.run(_with_store(options, renew))


async def _address(store: Store, base: str, workspace: WorkspaceId) -> str:
    from bot.web.keys import Addresses, Keys

    addresses = Addresses(await Keys.open(store), base)
    return f"{addresses.base.removesuffix(addresses.root)}{addresses.workspace(workspace)}/"


async def _with_store(options: argparse.Namespace, work: Callable[[Store, str], Awaitable[int]]) -> int:
    from bot.storage.store import open_store

    settings = config.load(options.config).settings
    store: Store = await open_store(settings.database.url, exclusive=False, writes=True)
    try:
        return await work(store, settings.web.public_url)
    finally:
        await store.close()
