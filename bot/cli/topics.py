"""`topicwire topics`: whether the packs' examples hold, and why a text reaches a topic or does not."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot import config, packs
from bot.domain.errors import InputError, NotFoundError
from bot.domain.models import Reason, Topic
from bot.domain.settings import Settings
from bot.domain.troubles import Trouble
from bot.domain.urls import is_web_url, shown_host

if TYPE_CHECKING:
    from bot.domain.finds import Page
    from bot.topics.explain import ClauseReading, TopicReading
    from bot.topics.library import Library
    from bot.topics.texts import ArticleText

    Nouns = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, PROBLEMS = 0, 1
_PATH = re.compile(r"(?:\.{0,2}/|~/|[A-Za-z]:\\)|.*\.(?:xml|rss|atom|json|txt|html?)$")
MOST_SHOWN = 3
"""Clauses of a topic: the best that fired, or those that missed by the least."""


def add_to(nouns: Nouns) -> None:
    """Add the commands to the parser."""
    parser = nouns.add_parser("topics", help="try the topic packs")
    verbs = parser.add_subparsers(dest="about", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="run the packs' examples and count them by language")
    check.set_defaults(run=_run_check)
    explain = verbs.add_parser("explain", help="tell why a text reaches a topic or does not")
    explain.add_argument("topic", metavar="TOPIC", help="a topic of the packs")
    explain.add_argument(
        "what", metavar="FILE|URL|TEXT", help="a feed or an article (address or file), a text, or a headline"
    )
    explain.add_argument(
        "--all", action="store_true", help="every clause, not only the best or those that missed by the least"
    )
    explain.set_defaults(run=_run_explain)
    for verb in (check, explain):
        verb.add_argument("--topics", type=Path, metavar="FILE", action="append", help="a pack instead of the shipped")
        verb.add_argument("--json", action="store_true", help="one JSON object a line")


def _settings(options: argparse.Namespace) -> Settings:
    settings = config.load(options.config).settings
    if options.topics:
        settings = replace(settings, topics=replace(settings.topics, files=tuple(options.topics)))
    return settings


def _run_check(options: argparse.Namespace) -> int:
    from bot.topics.examples import find_failed_examples

    library = packs.load_library(_settings(options), is_checked=False)
    failed = [*library.problems, *map(str, find_failed_examples(library))]
    counts = Counter((str(e.topic_id), e.language, e.is_expected) for e in library.examples)
    rows = sorted({(topic, language) for topic, language, _ in counts})
    for topic, language in rows:
        must, must_not = counts[topic, language, True], counts[topic, language, False]
        row = {"topic": topic, "language": language, "must": must, "must_not": must_not}
        print(json.dumps(row) if options.json else f"{topic:16} {language:8} {must:4} must, {must_not:3} must not")
    for fault in failed:
        print(f"topicwire: {fault}", file=sys.stderr)
    total = {"examples": len(library.examples), "failed": len(failed)}
    print(json.dumps(total) if options.json else f"{total['examples']} examples, {total['failed']} failed")
    return PROBLEMS if failed else DONE


def _run_explain(options: argparse.Namespace) -> int:
    from bot.topics.explain import explain_topic

    settings = _settings(options)
    library = packs.load_library(settings, is_checked=False)
    for told in library.problems:
        print(f"topicwire: {told}", file=sys.stderr)
    topic = _find_topic(library, options.topic)
    texts = asyncio.run(_read(settings, options.what))
    for text in texts:
        reading = explain_topic(topic, text, library)
        told = json.dumps(_row(text, reading), ensure_ascii=False) if options.json else ""
        print(told or _told(text, reading, is_whole=options.all))
    return DONE


def _find_topic(library: Library, name: str) -> Topic:
    for topic in library.topics:
        if name in (topic.id, topic.title):
            return topic
    known = ", ".join(topic.name for topic in library.topics) or "none"
    raise NotFoundError(f"there is no topic {name} in the packs; there are: {known}")


async def _read(settings: Settings, what: str) -> list[ArticleText]:
    """Read the entries of a feed; of another file its first line as title and the rest as text; else a headline."""
    from bot.topics.texts import ArticleText

    path = Path(what)
    is_file = len(what) < 4_000 and await asyncio.to_thread(path.is_file)
    if not is_web_url(what) and not is_file:
        return [ArticleText(title=_check_headline(what))]
    body = await asyncio.to_thread(path.read_bytes) if is_file else b""
    if is_file and body.lstrip()[:1] not in (b"<", b"{", b"\xef"):
        title, _, text = body.decode("utf-8", "replace").partition("\n")
        return [ArticleText(title=title.strip(), text=text.strip())]
    return await _read_feed(settings, what, body)


def _check_headline(what: str) -> str:
    """Return what is no file as a headline; raises InputError where it is none."""
    if not what.strip():
        raise InputError("there is nothing to read; name a feed, a file or a headline")
    if not any(map(str.isspace, what)) and _PATH.match(what):
        raise InputError(f"{what}: there is no such file; name a feed, a file or a headline")
    return what


async def _read_feed(settings: Settings, what: str, body: bytes) -> list[ArticleText]:
    from bot.domain.finds import Page
    from bot.feeds.fetch import HttpFetcher
    from bot.topics.texts import ArticleText

    fetcher = HttpFetcher(settings.fetch)
    try:
        page = Page(url="", body=body) if body else await fetcher.fetch_page(what)
        if page.problem:
            raise InputError(f"{what}: {page.problem}; name a feed, a file or a headline")
        reading = await fetcher.read_document(page.body, url=page.url, content_type=page.content_type)
    finally:
        await fetcher.close()
    if reading.trouble is Trouble.PAGE and not body:
        return [await _read_article(settings, page)]
    if not reading.entries:
        raise InputError(f"{what}: {reading.reason or 'there are no entries'}; name a feed, a file or a headline")
    feed = reading.title or (shown_host(what) if is_web_url(what) else Path(what).stem)
    return [
        ArticleText(
            title=entry.title,
            text=entry.text,
            language=entry.language or reading.language,
            outlet=entry.outlet or feed,
            feed=feed,
            published_at=entry.published_at,
        )
        for entry in reading.entries
    ]


async def _read_article(settings: Settings, page: Page) -> ArticleText:
    """Read an article by its page: the title, and where the extra is installed the text."""
    from bot.feeds.decode import decode
    from bot.feeds.page_text import is_installed
    from bot.feeds.pages import WebPages
    from bot.feeds.parse import find_page_title
    from bot.topics.texts import ArticleText

    problem, text = 'the extra that reads articles is not installed: pip install "topicwire[pages]"', ""
    if is_installed():
        pages = WebPages(settings.pages, settings.fetch)
        try:
            read = await pages.read_page(page.url)
        finally:
            await pages.close()
        problem, text = read.problem, read.text
    if problem:
        print(f"topicwire: {page.url}: its title alone is read; {problem}", file=sys.stderr)
    title = find_page_title(decode(page.body, page.content_type))
    if not title and not text:
        raise InputError(f"{page.url}: {problem}, and it has no title; name a feed, a file or a headline")
    return ArticleText(title=title, text=text, outlet=shown_host(page.url))


def _told(text: ArticleText, reading: TopicReading, *, is_whole: bool) -> str:
    sensitivity = reading.topic.sensitivity
    verdict = "reaches" if reading.is_match else "does not reach"
    head = f"{'●' if reading.is_match else '·'} {text.title}"
    least = f"{sensitivity.value} asks for {sensitivity.threshold:g}"
    rows = [head, f"  {reading.score:.2f}: it {verdict} {reading.topic.name} ({least})"]
    rows += [f"  passed over as another sense: {masked}" for masked in reading.masked]
    clauses = reading.nearest()
    shown = clauses if is_whole else _choose(clauses)
    for clause in shown:
        rows += _clause_rows(clause)
    rows += [f"  a near miss by spelling: “{alias.word}” is like {alias.term}" for alias in reading.alike]
    if left := clauses[len(shown) :]:
        rows.append(f"  {_count_left(left)}; --all shows every one")
    return "\n".join(rows)


def _count_left(left: list[ClauseReading]) -> str:
    fired = sum(clause.score > 0 for clause in left)
    others = len(left) - fired
    told = [f"{fired} more fired"] * (fired > 0) + [f"{others} {'did' if fired else 'more did'} not fire"] * (
        others > 0
    )
    return " and ".join(told)


def _choose(clauses: list[ClauseReading]) -> list[ClauseReading]:
    """Choose the best of what fired; where nothing did, the clauses that missed by the least."""
    fired = [clause for clause in clauses if clause.score]
    return (fired or clauses)[:MOST_SHOWN]


def _clause_rows(clause: ClauseReading) -> list[str]:
    rows = [f"  {'+' if clause.score else '-'} {clause.query}" + (f"  {clause.score:.2f}" if clause.score else "")]
    rows += [f"      there: {_say(reason)}" for reason in clause.there]
    rows += [f"      missing: {part}" for part in clause.missing]
    rows += [f"      fired: {_say(reason)}" for reason in clause.reasons]
    return rows


def _say(reason: Reason) -> str:
    first, last = reason.hit
    marked = f"{reason.snippet[:first]}[{reason.snippet[first:last]}]{reason.snippet[last:]}"
    group = f" (@{reason.group})" if reason.group else ""
    return f"{reason.term}{group} in the {reason.where.value}: {marked}"


def _row(text: ArticleText, reading: TopicReading) -> dict[str, object]:
    return {
        "title": text.title,
        "topic": str(reading.topic.id),
        "score": reading.score,
        "is_match": reading.is_match,
        "masked": list(reading.masked),
        "alike": [{"word": alias.word, "term": alias.term} for alias in reading.alike],
        "clauses": [
            {
                "query": clause.query,
                "score": clause.score,
                "missing": list(clause.missing),
                "there": [_reason_row(reason) for reason in clause.there],
                "reasons": [_reason_row(reason) for reason in clause.reasons],
            }
            for clause in reading.nearest()
        ],
    }


def _reason_row(reason: Reason) -> dict[str, object]:
    return {
        "term": reason.term,
        "group": reason.group,
        "where": reason.where.value,
        "snippet": reason.snippet,
        "hit": list(reason.hit),
    }
