"""An article that is written anew is the same article: kept as its newer version, told to nobody again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.models import ArticleId
from bot.storage.store import SqlStore
from tests.newsroom import newsroom

TITLE = "Norland bans Huawei from its 5G networks"
TEXT = "Norland will exclude Huawei from its 5G networks, minister Per Aasgaard said."
NEW_TITLE = "Norland bans Huawei and 14 others from its 5G networks"
NEW_TEXT = "Norland will exclude Huawei and fourteen other makers, minister Per Aasgaard said on Monday."


async def test_a_changed_article_is_kept_and_alerts_nobody_again(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger")
        await room.subscribe("huawei")
        room.publish("Ledger", TITLE, TEXT)
        await room.tick()
        entries = room.fetcher.entries[room.outlets["Ledger"]]
        changed_at = room.clock() + timedelta(minutes=5)
        entries[0] = replace(entries[0], title=NEW_TITLE, text=NEW_TEXT, published_at=changed_at)
        room.publish("Ledger", "A quiet day at the museum")
        await room.tick()
        assert room.platform.titles() == [TITLE]
        assert room.platform.shown[0].edits == 0
        store = room.store
        assert isinstance(store, SqlStore)
        [version] = await store.list_versions(ArticleId(1))
        assert (version.title, version.text) == (NEW_TITLE, NEW_TEXT)
        [article] = await store.get_articles([ArticleId(1)])
        assert (article.title, article.text) == (TITLE, TEXT)
