"""Lists of feeds as people carry them from one reader to another: what is in one, and which feeds are the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.domain.models import FeedId
from bot.domain.text import clean, fold, shorten
from bot.domain.urls import is_web_url

MOST_TAGS = 8
MAX_TAG = 40
MAX_TITLE = 120
MAX_URL = 2_000
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}
# Parameters that name a feed; what else stands in a query may be somebody's key.
_PUBLIC_PARAMETER = re.compile(
    r"alt|atom|author|cat|category|ceid|channel_id|count|edition|ext|feed|feedid|feedname|fmt|format|full|gl|hl|id|lang|language|"
    r"limit|max[-_]results|mode|n|num|orderby|output|page|paged|playlist_id|post_type|q|query|rss|s|section|sort|tags?|tid|"
    r"topic|type|user|v|version",
    re.IGNORECASE,
)
_MAX_VALUE = 200
_OF_ADDRESSES = set("@?&=")
"""A value that is itself an address or a query may hold what is to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed of a list; its tags are the folders that it stands in, outermost first."""

    url: str
    title: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFeed:
    """A feed of a list that is not taken, by name, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """What a list holds: each feed once. `folded` counts those that stood in it again."""

    feeds: tuple[ListedFeed, ...] = ()
    refused: tuple[RefusedFeed, ...] = ()
    folded: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedUse:
    """A feed as one workspace (or EVERYONE) uses it."""

    feed_id: FeedId
    url: str
    title: str
    tags: tuple[str, ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a list: feeds that are new here, that were here before, and that the quota left out."""

    added: tuple[ListedFeed, ...]
    known: tuple[ListedFeed, ...]
    left_out: tuple[ListedFeed, ...]


def read_tags(names: Iterable[str]) -> tuple[str, ...]:
    """Read tags as people and files write them: cleaned, each once whatever its capitals, at most MOST_TAGS."""
    found: dict[str, str] = {}
    for name in names:
        # A comma parts tags where they are typed, a slash where OPML writes them.
        tag = shorten(clean(clean(name).replace(",", " ").replace("/", " ").lstrip("# ")), MAX_TAG)
        if tag:
            found.setdefault(tag_key(tag), tag)
    return tuple(found.values())[:MOST_TAGS]


def tag_key(tag: str) -> str:
    """Return the form in which tags are compared."""
    return " ".join(fold(tag).split()) or tag


def feed_key(url: str) -> str:
    """Return the form under which two addresses are one feed.

    Scheme, host case, `www.`, default port, fragment, a trailing slash, the order of parameters and tracking do not
    tell feeds apart; unlike an article's, the rest of a feed's query does (`?feed=rss2`, `?format=atom`).
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:
        return url
    if port is not None and port != _DEFAULT_PORT.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode(sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0])))
    return f"{host}{parts.path.rstrip('/')}" + (f"?{kept}" if kept else "")


def fold_feeds(feeds: Iterable[ListedFeed]) -> tuple[tuple[ListedFeed, ...], int]:
    """Fold feeds that are one, in their order; the first address and name stay, tags come together."""
    found: dict[str, ListedFeed] = {}
    folded = 0
    for feed in feeds:
        key = feed_key(feed.url)
        first = found.get(key)
        if first is None:
            found[key] = feed
            continue
        folded += 1
        tags = read_tags((*first.tags, *feed.tags))
        found[key] = ListedFeed(url=first.url, title=first.title or feed.title, tags=tags)
    return tuple(found.values()), folded


def may_leave(url: str) -> bool:
    """Tell whether an address may stand in an export: no userinfo, and a query only of what names a feed.

    What is left out cannot be told from somebody's key: an unknown parameter, or a value that looks like a secret.
    """
    if not is_web_url(url):
        return False
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        return False
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return all(_is_public(name, value) for name, value in pairs) and (bool(pairs) or not parts.query)


def _is_public(name: str, value: str) -> bool:
    if _TRACKING.fullmatch(name):
        return True
    is_known = _PUBLIC_PARAMETER.fullmatch(name) is not None
    return is_known and len(value) <= _MAX_VALUE and not set(value) & _OF_ADDRESSES
