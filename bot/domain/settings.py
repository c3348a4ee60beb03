"""Every setting with its default; `bot.config` fills these from TOML and the environment.

A field's docstring stands below it; the example file and the docs are checked against these fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.domain.digests import USUAL_LENGTH
from bot.domain.models import Mode, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """Where everything is kept."""

    url: str = "topicwire.db"
    """A file path, or a database URL such as sqlite+aiosqlite:///topicwire.db."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsSettings:
    """Which feeds are declared in files."""

    files: tuple[Path, ...] | None = None
    """TOML files with [[feeds]]; unset: the shipped feeds.toml; []: none."""
    managed_by: Literal["workspace", "channel", "everyone"] = "workspace"
    """Who may add, import, export and remove feeds in a chat: who manages the workspace, who manages the channel that
    is asked in, or everyone."""
    per_workspace: int = 500
    """How many feeds a workspace may add; declared feeds do not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsSettings:
    """Which topic packs are declared in files, and how much a topic made in a chat may match."""

    files: tuple[Path, ...] | None = None
    """Topic pack files; unset: the shipped packs; []: none."""
    daily_bound: int = 200
    """How many articles a day a topic made in a chat may match before saving it needs a second yes; 0: any number."""
    per_workspace: int = 100
    """How many topics of its own a workspace may make; each is matched against every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How feeds are fetched."""

    allow: tuple[str, ...] = ()
    """host:port pairs that may be reached although their address is private or loopback."""
    min_interval: timedelta = timedelta(minutes=5)
    """The shortest pause between two polls of one feed."""
    max_interval: timedelta = timedelta(hours=1)
    """The longest pause between two polls of a feed that works: quiet feeds, and servers that ask for less, get it."""
    default_interval: timedelta = timedelta(minutes=15)
    """The pause between two polls where nobody named one and the feed's rhythm is not known yet."""
    concurrency: int = 50
    """How many feeds are fetched at the same time."""
    per_host: int = 4
    """How many of them may be at one host (with its port)."""
    host_pause: timedelta = timedelta(milliseconds=100)
    """The shortest time between the beginnings of two requests at one host."""
    timeout: timedelta = timedelta(seconds=30)
    """The longest a fetch may take in all, redirects included."""
    max_bytes: int = 10_000_000
    """The largest body, counted after decompression."""
    max_entries: int = 2_000
    """How many entries of one document are read; the rest are left out."""
    parse_timeout: timedelta = timedelta(seconds=10)
    """The most processor time that a worker may spend on one document before it is killed."""
    workers: int = 2
    """How many processes parse documents."""
    contact: str = ""
    """An address or page that the User-Agent names, so that a publisher can reach you."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesSettings:
    """The pages of articles whose feed gives only a headline; needs the extra topicwire[pages]."""

    read: bool = True
    """Whether such a page is read, where its site's robots.txt allows it."""
    headline_chars: int = 80
    """An article with less text than this, beyond its headline said again, is read on its page."""
    deadline: timedelta = timedelta(seconds=8)
    """How long an alert waits for the page at most, counted from when the article came."""
    timeout: timedelta = timedelta(seconds=15)
    """The longest a fetch of a page may take, redirects and robots.txt included."""
    max_bytes: int = 2_000_000
    """The largest page, counted after decompression."""
    parse_timeout: timedelta = timedelta(seconds=5)
    """The most processor time that the worker may spend on one page before it is killed."""
    host_pause: timedelta = timedelta(seconds=1)
    """The shortest time between two pages of one host; only one is fetched at a time there."""
    concurrency: int = 4
    """How many pages are fetched at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarizerSettings:
    """An OpenAI-compatible endpoint that writes summaries, and headlines in the channel's language."""

    url: str = ""
    """Its address up to /v1, such as http://127.0.0.1:11434/v1; empty: no machine help."""
    model: str = ""
    """The model's name, as the endpoint knows it."""
    key: str = field(default="", repr=False)
    """The key, where it wants one; never logged."""
    deadline: timedelta = timedelta(seconds=10)
    """How long an alert waits for the machine at most."""
    per_day: int = 300
    """How many requests a day (UTC) at most; the article's own sentences stand in from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """The bot's own web page."""

    bind: str = "127.0.0.1:8420"
    """host:port to listen on; empty: no page at all."""
    public_url: str = ""
    """The address under which people reach the page; links to it are made only where it is set."""
    password: str = field(default="", repr=False)
    """What opens all pages from anywhere (any user name will do); never logged. A link from an alert needs none."""
    proxy_header: str = ""
    """A header in which a proxy that knows its people names them, such as X-Forwarded-User: it opens all pages."""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """The addresses of proxies whose header is believed."""
    metrics_for: Literal["operator", "everyone"] = "operator"
    """Whom /metrics answers: who may open all pages (scrapers can send a login), or everyone who reaches `bind`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long what came is kept."""

    articles: timedelta = timedelta(0)
    """The age at which stories go with their articles, counted from their last change; 0: they stay for ever. Stories
    that somebody follows stay in any case, and so does what is younger than 8 days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """What is written to standard error."""

    format: Literal["text", "json"] = "text"
    """text, or json: one object a line."""
    level: Literal["debug", "info", "warning", "error"] = "info"
    """debug, info, warning or error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeartbeatSettings:
    """A sign of life for a watcher outside."""

    url: str = field(default="", repr=False)
    """An address that is asked every minute while everything runs; never logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationSettings:
    """A channel's incoming webhook, for those who cannot install a bot there."""

    name: str
    """What the destination is called in logs and settings: small letters, digits, - and _."""
    kind: Literal["discord", "slack"]
    """discord or slack."""
    url: str = field(default="", repr=False)
    """The webhook's address; never logged and never kept in the database."""
    url_file: Path | None = None
    """A file that holds the address instead."""
    topics: tuple[str, ...]
    """The topics that are told there."""
    sensitivity: Sensitivity | None = None
    """strict, normal or wide; unset: each topic's own."""
    language: str = "en"
    """The language of our own words there."""
    min_outlets: int = 1
    """How many outlets must cover a story before it is told there."""
    mode: Mode = Mode.LIVE
    """live: alerts as they come; digest: only the digest; both."""
    digest: str = ""
    """When its digest comes, such as 08:00, 08:00 weekdays, 08:00 mon,thu or 08:00 weekly; empty: it has none."""
    digest_length: int = USUAL_LENGTH
    """The most stories in a digest."""
    zone: str = "UTC"
    """The time zone of that hour and of the digest's days, such as Europe/Amsterdam."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunitySettings:
    """A guild and a team that are one workspace: what one side mutes, edits or teaches is so on the other."""

    name: str
    """What the community is called where a change holds for all of it."""
    members: tuple[str, ...]
    """The guild and the team, such as ["discord:123", "slack:T123"]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of the core; platforms declare their own."""

    database: DatabaseSettings = DatabaseSettings()
    feeds: FeedsSettings = FeedsSettings()
    topics: TopicsSettings = TopicsSettings()
    fetch: FetchSettings = FetchSettings()
    pages: PagesSettings = PagesSettings()
    summarizer: SummarizerSettings = SummarizerSettings()
    web: WebSettings = WebSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()
    heartbeat: HeartbeatSettings = HeartbeatSettings()
    destinations: tuple[DestinationSettings, ...] = ()
    communities: tuple[CommunitySettings, ...] = ()
