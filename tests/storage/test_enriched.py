"""What was added to articles is kept, found again, and goes with them."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.models import ArticleId
from bot.domain.pages import MachineText, PageText
from bot.storage.enriched import KEPT
from bot.storage.store import SqlStore
from tests.storage.making import NOW, add_feed, bring

WROTE = MachineText(headline="Kop", summary="Samenvatting.", language="nl")


async def one_article(store: SqlStore) -> ArticleId:
    feed = await add_feed(store, "wire")
    (article,) = await bring(store, feed, "a")
    return article


async def test_a_page_is_kept_and_a_later_one_replaces_it(store: SqlStore) -> None:
    article = await one_article(store)
    assert await store.list_pages([article]) == {}
    await store.save_page(article, PageText(problem="not now"), NOW)
    await store.save_page(article, PageText(text="All of it."), NOW)
    assert await store.list_pages([article]) == {article: PageText(text="All of it.")}


async def test_a_page_of_an_article_that_is_gone_is_nothing(store: SqlStore) -> None:
    await store.save_page(ArticleId(99), PageText(text="All of it."), NOW)
    assert await store.list_pages([ArticleId(99)]) == {}


async def test_what_a_machine_wrote_is_found_by_its_source_and_forgotten_in_time(store: SqlStore) -> None:
    await store.save_machine_text(b"one", WROTE, NOW)
    assert await store.find_machine_text(b"one") == WROTE
    assert await store.find_machine_text(b"other") is None
    await store.save_machine_text(b"other", WROTE, NOW + KEPT + timedelta(days=1))
    assert await store.find_machine_text(b"one") is None


async def test_requests_of_a_day_are_counted_up_to_the_most(store: SqlStore) -> None:
    day = NOW.date()
    assert [await store.claim_machine_call(day, 2) for _ in range(4)] == [True, True, False, False]
    assert await store.claim_machine_call(day + timedelta(days=1), 2)
    assert not await store.claim_machine_call(day, 0)
