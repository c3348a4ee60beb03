"""Finds the feeds of a site: the address itself, else what its page links as feeds, else the usual addresses.

page -> a feed? -> links (rel=alternate, then anchors) -> well-known paths; each candidate is read before it is offered.
A site that refuses its pages to programs often lets its feeds through: then the well-known paths are all there is.
Every request goes through the same guarded fetcher; there are at most MOST_REQUESTS of them, within one deadline.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.feed_lists import MAX_TITLE, MAX_URL, feed_key
from bot.domain.feeds import Outcome
from bot.domain.finds import Discovery, FoundFeed, Page
from bot.domain.records import FeedRequest, Reading
from bot.domain.text import clean, shorten
from bot.domain.troubles import Trouble
from bot.domain.urls import is_web_url
from bot.feeds.decode import decode

MOST_LINKS = 8
MOST_ANCHORS = 4
WELL_KNOWN = (
    "feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed/", "feeds/posts/default", "feed.json",
    "index.rdf",
)  # fmt: skip
MOST_REQUESTS = 2 + MOST_LINKS + MOST_ANCHORS + len(WELL_KNOWN)
AT_ONCE = 4
_PAGES_ONLY = {Trouble.REFUSED, Trouble.CHALLENGE}
"""Troubles of pages beside which feeds are often let through."""
_MAX_HTML = 2_000_000
_MOST_TAGS = 3_000
_LONGEST_TAG = 2_500
_OPENING = re.compile(r"<(?:link|base|a)(?=[\s/])", re.IGNORECASE)
_TAG_END = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
}
_FEED_PATH = re.compile(r"(?:^|[/._-])(?:feeds?|rss2?|atom|rdf)(?:$|[/._-])|\.xml$", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|reactie|replies", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """An address that a page names as a feed, not looked at yet."""

    url: str
    title: str = ""


FoundLinks = tuple[Sequence[FeedLink], Sequence[FeedLink]]
"""What a page links as feeds: `<link rel=alternate>`, and `<a>` that look like feeds."""


class Door(Protocol):
    """What discovery needs of the fetcher."""

    async def read(self, request: FeedRequest) -> Reading:
        """Fetch one feed and read its entries."""

    async def read_document(self, body: bytes, *, url: str, content_type: str = "") -> Reading:
        """Read the entries of a document at hand."""

    async def fetch_page(self, url: str) -> Page:
        """Fetch a document as it is."""

    async def find_links(self, page: Page) -> FoundLinks:
        """Find what a page links as feeds."""


async def discover(door: Door, url: str, *, seconds: float) -> Discovery:
    """Find the feeds of an address; what is not read within `seconds` after the page came is left out."""
    page = await door.fetch_page(url)
    deadline = asyncio.get_running_loop().time() + seconds
    if page.trouble in _PAGES_ONLY:
        found = await _read_all(door, guess_links(url), deadline)
        if found:
            return Discovery(feeds=_fold_twins(found), requests=1 + len(WELL_KNOWN))
    if page.problem:
        return Discovery(problem=page.problem, trouble=page.trouble, requests=1)
    reading = await door.read_document(page.body, url=url, content_type=page.content_type)
    if reading.outcome is not Outcome.FAILED:
        return Discovery(feeds=(FoundFeed(url=url, title=reading.title, reading=reading),), requests=1)
    links, anchors = await door.find_links(page)
    requests = 1
    for candidates, most in ((links, MOST_LINKS), (anchors, MOST_ANCHORS), (guess_links(page.url), len(WELL_KNOWN))):
        followed = candidates[:most]
        found = await _read_all(door, followed, deadline)
        requests += len(followed)
        if found:
            left_out = len(candidates) - len(followed)
            return Discovery(feeds=_fold_twins(found), requests=requests, left_out=left_out)
    return Discovery(problem=_none_found(reading.reason, requests - 1), requests=requests)


def scan_page(page: Page) -> FoundLinks:
    """Find what a fetched page links as feeds; runs in a worker, where it may be killed."""
    return find_links(decode(page.body[:_MAX_HTML], page.content_type), page.url)


def find_links(text: str, url: str) -> FoundLinks:
    """Find what a page links as feeds: (`<link rel=alternate>`, `<a>` that look like feeds), those of comments last.

    Only the tags that matter are cut out and parsed, so that no page is too deep or too crooked.
    """
    tree = LexborHTMLParser("\n".join(_cut_tags(text)))
    first = tree.css_first("base[href]")
    base = _join(url, first.attributes.get("href") if first is not None else None) or url
    links = [_link(node, base) for node in tree.css("link[href]") if _is_feed_link(node)]
    anchors = [_link(node, base) for node in tree.css("a[href]") if _looks_like_feed(node)]
    return _choose(links), _choose(anchors)


def guess_links(url: str) -> Sequence[FeedLink]:
    """Give the addresses where a site's feeds usually are: below the page's own folder, else at the root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = f"{root}{parts.path.strip('/')}/" if parts.path.strip("/") and "." not in parts.path else root
    paths = [f"{folder}{path}" for path in WELL_KNOWN[:3]] if folder != root else []
    return [FeedLink(url=address) for address in [*paths, *(f"{root}{path}" for path in WELL_KNOWN)][: len(WELL_KNOWN)]]


def _cut_tags(text: str) -> Iterator[str]:
    """Cut out the opening tags of links, anchors and the base; comments and scripts are no part of the page."""
    text = _without(_without(text, "<!--", "-->"), "<script", "</script")
    for count, opening in enumerate(_OPENING.finditer(text)):
        if count >= _MOST_TAGS:
            return
        end = _TAG_END.match(text, opening.end(), opening.end() + _LONGEST_TAG)
        if end is not None:
            yield text[opening.start() : end.end()]


def _without(text: str, start: str, end: str) -> str:
    """Take out everything from each start to its end; a start without end takes the rest."""
    kept: list[str] = []
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    at = 0
    while (begin := lower.find(start, at)) >= 0:
        kept.append(text[at:begin])
        close = lower.find(end, begin + len(start))
        if close < 0:
            return "".join(kept)
        at = close + len(end)
    return "".join([*kept, text[at:]])


def _is_feed_link(node: LexborNode) -> bool:
    attributes = node.attributes
    rel = (attributes.get("rel") or "").casefold().split()
    kind = (attributes.get("type") or "").casefold().partition(";")[0].strip()
    if "stylesheet" in rel:
        return False
    is_json = kind == "application/json" and "feed" in (attributes.get("href") or "").casefold()
    return ("alternate" in rel and (kind in _FEED_TYPES or is_json)) or "feed" in rel


def _looks_like_feed(node: LexborNode) -> bool:
    kind = (node.attributes.get("type") or "").casefold()
    try:
        path = urlsplit(node.attributes.get("href") or "").path
    except ValueError:
        return False
    return kind in _FEED_TYPES or bool(_FEED_PATH.search(path))


def _link(node: LexborNode, base: str) -> FeedLink:
    title = shorten(clean(node.attributes.get("title") or ""), MAX_TITLE)
    return FeedLink(url=_join(base, node.attributes.get("href")), title=title)


def _join(base: str, href: str | None) -> str:
    """Make a link absolute; "" where it leads to no web address that can be taken."""
    try:
        joined = urljoin(base, (href or "").strip())
        address = urlsplit(joined)._replace(fragment="").geturl()
    except ValueError:
        return ""
    bare = clean(address) == address and " " not in address
    return address if href and bare and is_web_url(address) and len(address) <= MAX_URL else ""


def _choose(links: Sequence[FeedLink]) -> Sequence[FeedLink]:
    unique: dict[str, FeedLink] = {}
    for link in links:
        if link.url:
            unique.setdefault(feed_key(link.url), link)
    return sorted(unique.values(), key=lambda link: bool(_COMMENTS.search(f"{urlsplit(link.url).path} {link.title}")))


async def _read_all(door: Door, links: Sequence[FeedLink], deadline: float) -> list[FoundFeed]:
    """Read candidates, a few at once; returns those that are feeds in their order."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def read(link: FeedLink) -> Reading:
        async with turns:
            return await door.read(FeedRequest(url=link.url))

    tasks = [asyncio.create_task(read(link)) for link in links]
    try:
        left = deadline - asyncio.get_running_loop().time()
        if tasks and left > 0:
            await asyncio.wait(tasks, timeout=left)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return list(_good(links, tasks))


def _good(links: Sequence[FeedLink], tasks: Sequence[asyncio.Task[Reading]]) -> Iterator[FoundFeed]:
    for link, task in zip(links, tasks, strict=True):
        if not task.cancelled() and task.result().outcome is not Outcome.FAILED:
            reading = task.result()
            yield FoundFeed(url=link.url, title=reading.title or link.title, reading=reading)


def _fold_twins(found: Sequence[FoundFeed]) -> tuple[FoundFeed, ...]:
    """Keep one of the feeds that say the same, such as a site's RSS and its Atom."""
    unique: dict[object, FoundFeed] = {}
    for number, feed in enumerate(found):
        said = tuple(entry.link or entry.title for entry in feed.reading.entries)
        unique.setdefault(said or number, feed)
    return tuple(unique.values())


def _none_found(reason: str, tried: int) -> str:
    return f"{reason.rstrip('.')}; and no feed was found for it: none is linked there, nor at {tried} usual addresses"
