"""`topicwire check`: the dry run. What would be made of feeds, by address or from files, without keeping anything."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config, packs
from bot.domain.errors import QueryError
from bot.domain.feeds import Entry, Outcome
from bot.domain.models import Clause, Reason, Topic, TopicId
from bot.domain.records import FeedRequest, Reading
from bot.domain.settings import Settings
from bot.domain.urls import is_web_url, shown_host

if TYPE_CHECKING:
    from bot.feeds.fetch import HttpFetcher
    from bot.topics.matcher import Matcher, QueryMatcher, TopicHit
    from bot.topics.texts import ArticleText

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

QUERY = TopicId("query")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A source with what was read, each entry with the topics it reaches."""

    source: str
    reading: Reading
    entries: tuple[tuple[Entry, tuple[TopicHit, ...]], ...]


def add_to(nouns: Nouns) -> None:
    """Add the command to the parser."""
    parser = nouns.add_parser("check", help="show what would be made of feeds (addresses or files), keeping nothing")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a feed's address, or a file")
    parser.add_argument(
        "--topics", type=Path, metavar="FILE", action="append", help="a topic pack instead of the shipped"
    )
    parser.add_argument("--query", metavar="Q", help="a query to match as well, shown as the topic “query”")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    settings = config.load(options.config).settings
    if options.topics:
        settings = replace(settings, topics=replace(settings.topics, files=tuple(options.topics)))
    show = _show_json if options.json else _show_text
    return asyncio.run(_check(settings, options.sources, options.query, show))


async def _check(settings: Settings, sources: Sequence[str], query: str | None, show: Callable[[Checked], None]) -> int:
    from bot.feeds.fetch import HttpFetcher

    watch = _watch(settings, query)
    for told in watch.problems:
        print(f"topicwire: {told}", file=sys.stderr)
    fetcher = HttpFetcher(settings.fetch)
    failed = 0
    try:
        async for source, reading in _read_all(fetcher, sources, settings.fetch.concurrency):
            show(_match(source, reading, watch))
            failed += reading.outcome is Outcome.FAILED
    finally:
        await fetcher.close()
    return 1 if failed or watch.problems else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    """What entries are matched against: the packs' topics, and the query asked for."""

    matcher: Matcher
    thresholds: dict[TopicId, float]
    dated: QueryMatcher | None
    problems: tuple[str, ...]

    def match(self, text: ArticleText) -> tuple[TopicHit, ...]:
        """Return the topics that a text reaches, best first."""
        from bot.topics.matcher import unexplained_hit

        hits = [hit for hit in self.matcher.match(text) if hit.score >= self.thresholds[hit.topic_id]]
        if self.dated is not None and self.dated.matches(text):
            hits.insert(0, unexplained_hit(QUERY, 1.0))
        return tuple(hits)


def _watch(settings: Settings, query: str | None) -> _Watch:
    """Make ready what is watched; raises QueryError for a query with a mistake."""
    from bot.topics.matcher import build_matcher, build_query_matcher

    library = packs.load_library(settings)
    topics, dated = list(library.topics), None
    # A query asked for here counts wherever it hits, so that it shows what it would catch.
    thresholds = {t.id: t.sensitivity.threshold for t in topics} | {QUERY: 0.0}
    if query is not None:
        tree = library.read_query(query)
        try:
            library.read_topic_query(query)
            topics.append(Topic(id=QUERY, name="query", title=query, clauses=(Clause(query=query, score=1.0),)))
        except QueryError:  # days and open-ended queries can be searched for, though not watched
            dated = build_query_matcher(tree, library, now=datetime.now(UTC))
    matcher = build_matcher(library, topics)
    return _Watch(matcher=matcher, thresholds=thresholds, dated=dated, problems=library.problems)


async def _read_all(fetcher: HttpFetcher, sources: Sequence[str], at_once: int) -> AsyncIterator[tuple[str, Reading]]:
    """Read every source, several at the same time, and yield them in the order given."""
    slots = asyncio.Semaphore(at_once)

    async def read(source: str) -> Reading:
        async with slots:
            return await _read(fetcher, source)

    tasks = [asyncio.create_task(read(source)) for source in sources]
    try:
        for source, task in zip(sources, tasks, strict=True):
            yield source, await task
    finally:
        for task in tasks:
            task.cancel()


async def _read(fetcher: HttpFetcher, source: str) -> Reading:
    if is_web_url(source):
        return await fetcher.read(FeedRequest(url=source))
    try:
        body = await asyncio.to_thread(Path(source).read_bytes)
    except OSError as error:
        return Reading(outcome=Outcome.FAILED, reason=f"the file cannot be read: {error.strerror}")
    return await fetcher.read_document(body, url="")


def _match(source: str, reading: Reading, watch: _Watch) -> Checked:
    from bot.topics.texts import ArticleText

    feed = reading.title or (shown_host(source) if is_web_url(source) else Path(source).stem)
    entries = []
    for entry in reading.entries:
        text = ArticleText(
            title=entry.title,
            text=entry.text,
            language=entry.language or reading.language,
            outlet=entry.outlet or feed,
            feed=feed,
            published_at=entry.published_at,
        )
        entries.append((entry, watch.match(text)))
    return Checked(source=source, reading=reading, entries=tuple(entries))


def _show_json(checked: Checked) -> None:
    for entry, hits in checked.entries:
        row: dict[str, object] = {
            "source": checked.source,
            "outcome": Outcome.NEW.value,
            "title": entry.title,
            "link": entry.link,
            "published_at": entry.published_at.isoformat() if entry.published_at else None,
            "language": entry.language or checked.reading.language,
            "summary": _summary(entry, hits),
            "topics": [
                {"id": hit.topic_id, "score": round(hit.score, 3), "reasons": [_reason(r) for r in hit.reasons]}
                for hit in hits
            ],
        }
        print(json.dumps(row, ensure_ascii=False))
    reading = checked.reading
    told = {"source": checked.source, "outcome": reading.outcome.value, "reason": reading.reason}
    print(json.dumps(told | {"entries": len(checked.entries)}, ensure_ascii=False))


def _reason(reason: Reason) -> dict[str, str | None]:
    return {"term": reason.term, "group": reason.group, "where": reason.where.value, "snippet": reason.snippet}


def _summary(entry: Entry, hits: Sequence[TopicHit]) -> str:
    from bot.stories.summary import summarize

    return summarize(entry.title, entry.text, terms=[r.term for hit in hits for r in hit.reasons])


def _show_text(checked: Checked) -> None:
    reading = checked.reading
    matched = sum(1 for _, hits in checked.entries if hits)
    count = f"{len(checked.entries)} {'entry' if len(checked.entries) == 1 else 'entries'}"
    told = reading.reason if reading.outcome is Outcome.FAILED else f"{count}, {matched} matched"
    print(f"{checked.source}: {reading.outcome.value}: {told}")
    for entry, hits in checked.entries:
        at = entry.published_at.strftime("%Y-%m-%d %H:%M") if entry.published_at else "no date"
        print(f"  {'●' if hits else '·'} {at}  {entry.title}")
        for hit in hits:
            why = "; ".join(f"“{r.term}” in the {r.where.value}" for r in hit.reasons) or "it asks for no term"
            print(f"      {hit.topic_id} {hit.score:.2f}: {why}")
        if hits:
            print(f"      {entry.link or 'no link'}")
    sys.stdout.flush()
