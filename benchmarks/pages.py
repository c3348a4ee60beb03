"""How long pages take over a large archive: `python -m benchmarks.pages [--articles 100000]`.

invented articles, three to a story, a fifth of them on a topic, over ninety days -> the site on loopback -> the middle
and the slowest of twenty requests a page, against what /static answers in the same run, and each page's size
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import aiohttp

from bot import packs
from bot.commands.desk import Desk
from bot.domain.feeds import EntryKeys, Feed, NewArticle, Outcome, Validators
from bot.domain.models import EVERYONE, ArticleId, Match, Place, Reason, TopicId, Where, WorkspaceId
from bot.domain.records import Gathering, NewStory, Placement, Poll, StoryRef, StoryState
from bot.domain.settings import Settings, WebSettings
from bot.feeds.fetch import HttpFetcher
from bot.pipeline.bells import Bells
from bot.pipeline.enrich import Enricher
from bot.pipeline.read import Reader
from bot.ports import Store
from bot.storage.store import open_store
from bot.summarizer.extractive import ExtractiveSummarizer
from bot.web.assets import list_assets
from bot.web.keys import Access, Addresses, Keys
from bot.web.server import WebServer
from bot.web.site import Site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPAN = timedelta(days=90)
BATCH, STORY, MATCHING, OUTLETS = 900, 3, 5, 40
REQUESTS = 20
HERE = WorkspaceId("bench")
HUAWEI = TopicId("huawei")
WORDS = [
    "norland",
    "harbour",
    "network",
    "minister",
    "tender",
    "tariff",
    "masts",
    "court",
    "council",
    "ferry",
    "market",
    "auction",
    "crowns",
]


async def fill(store: Store, number: int) -> None:
    """Lay down an archive, in batches as the poller and the gatherer write them."""
    feed = await store.add_feed(
        url="https://wire.example/feed", title="Wire", language="en", interval=timedelta(hours=1), workspace=EVERYONE,
        actor="bench", now=NOW,
    )  # fmt: skip
    chance = random.Random(7)
    for first in range(0, number, BATCH):
        at = NOW - SPAN + SPAN * (first / number)
        articles = [_article(n, at, chance) for n in range(first, min(first + BATCH, number))]
        await store.save_poll(_poll(feed, articles, at))
        known = await store.find_known(feed, [article.keys for article in articles])
        await store.save_gathering(_gather([known[article.keys] for article in articles], articles, at))


def _article(number: int, at: datetime, chance: random.Random) -> NewArticle:
    topic = "Huawei" if number // STORY % MATCHING == 0 else "Palmtree"
    words = " ".join(chance.choices(WORDS, k=6))
    return NewArticle(
        keys=EntryKeys(guid=f"g{number}", url=f"https://wire.example/{number}", title_day=None),
        link=f"https://wire.example/{number}", outlet=f"Outlet {number % OUTLETS}", title=f"{topic} {words}",
        text=f"{topic} {' '.join(chance.choices(WORDS, k=60))}.", language="en", published_at=at, image_url=None,
        is_silent=True,
    )  # fmt: skip


def _poll(feed: Feed, articles: Sequence[NewArticle], at: datetime) -> Poll:
    return Poll(
        feed_id=feed.id, at=at, outcome=Outcome.NEW, reason="", title="Wire", language="en", validators=Validators(),
        failures=0, next_check_at=at + feed.interval, articles=tuple(articles),
    )  # fmt: skip


def _gather(ids: Sequence[ArticleId], articles: Sequence[NewArticle], at: datetime) -> Gathering:
    stories = range((len(ids) + STORY - 1) // STORY)
    headlines = [articles[n * STORY].title for n in stories]
    return Gathering(
        at=at,
        articles=tuple(ids),
        matches=tuple(_match(one, a.title) for one, a in zip(ids, articles, strict=True) if a.title.startswith("Hua")),
        new_stories=tuple(NewStory(headline=title, scope=None, first_seen_at=at) for title in headlines),
        placements=tuple(
            Placement(
                article_id=one, story=StoryRef(new=n // STORY), development="new: 40 masts" if n % STORY else None
            )
            for n, one in enumerate(ids)
        ),
        states=tuple(
            StoryState(story=StoryRef(new=n), headline=title, origins=STORY, updated_at=at)
            for n, title in enumerate(headlines)
        ),
        alerts=(),
    )


def _match(article: ArticleId, title: str) -> Match:
    reason = Reason(term="Huawei", group=None, where=Where.TITLE, snippet=title, hit=(0, 6))
    return Match(article_id=article, topic_id=HUAWEI, score=0.9, reasons=(reason,))


async def measure(store: Store) -> None:
    """Ask for every page and print what it took."""
    settings = Settings()
    library = packs.load_library(settings)
    await store.reconcile_topics(library.topics)
    keys = await Keys.open(store)
    fetcher = HttpFetcher(settings.fetch)
    reader = Reader(store=store, enricher=Enricher(summarizer=ExtractiveSummarizer()))
    desk = Desk(
        store=store,
        fetcher=fetcher,
        library=library,
        settings=settings,
        bells=Bells(),
        clock=lambda: NOW,
        reader=reader,
    )
    addresses = Addresses(keys)
    site = Site(desk=desk, keys=keys, addresses=addresses, access=Access(WebSettings()), stalled=list)
    server = WebServer("127.0.0.1:0", [site])
    address = await server.start()
    here = addresses.workspace(HERE)
    story = (await store.latest(HERE, HUAWEI, 1))[0].id
    pages = {
        "floor (/static)": list_assets()[0].path, "story": f"{here}/story/{story}", "topic": f"{here}/topic/huawei",
        "atom": f"{here}/topic/huawei/atom.xml", "today": f"{here}/", "search": f"{here}/?q=huawei+tender",
        "health": "/health",
    }  # fmt: skip
    print("| page | middle ms | slowest ms | bytes |\n| --- | --- | --- | --- |")
    async with aiohttp.ClientSession() as session:
        for name, path in pages.items():
            took, size = await _ask(session, address + path)
            print(f"| {name} | {median(took):.1f} | {max(took):.1f} | {size} |")
    await server.close()
    await fetcher.close()


async def _ask(session: aiohttp.ClientSession, url: str) -> tuple[list[float], int]:
    took, size = [], 0
    for _ in range(REQUESTS):
        began = perf_counter()
        async with session.get(url) as answer:
            answer.raise_for_status()
            size = len(await answer.read())
        took.append((perf_counter() - began) * 1000)
    return took, size


async def run(number: int, folder: Path) -> None:
    """Fill an archive in a folder and ask for its pages."""
    store: Store = await open_store(folder / "pages.db", exclusive=True)
    try:
        await store.reconcile_topics(packs.load_library(Settings()).topics)
        await store.add_channel(Place(platform="bench", workspace=HERE, channel="news"))
        await fill(store, number)
        print(f"{number} articles")
        await measure(store)
    finally:
        await store.close()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000, help="how many articles are kept (100000)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(arguments.articles, Path(folder)))


if __name__ == "__main__":
    main()
