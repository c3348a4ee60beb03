"""Feeds as they are polled, and the entries they speak, up to what becomes an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.models import FeedId, WorkspaceId
from bot.domain.pace import Pace
from bot.domain.troubles import FeedEvent


class Outcome(StrEnum):
    """How a poll ended, in one word."""

    NEW = "new"
    UNCHANGED = "unchanged"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the last document left to tell what is new: what its server gave to ask «changed since?» with, a hash of
    its body, and which items it held (`items`, as the fetcher packs them). Saved with the articles made of it alone.
    """

    etag: str | None = None
    last_modified: str | None = None
    body_hash: bytes | None = None
    items: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An address that is polled, once however many use it.

    `first_polled_at` is None until the first good poll, whose articles are silent. `scope` is the one workspace that
    may see a feed with credentials, else None. Of one that `is_adaptive` the rhythm decides over the pause. `told_as`:
    the trouble that people were told it is in. `held`: how many of its articles wait for somebody's decision.
    """

    id: FeedId
    url: str
    title: str
    language: str | None
    interval: timedelta
    next_check_at: datetime
    validators: Validators = Validators()
    failures: int = 0
    first_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    scope: WorkspaceId | None = None
    is_adaptive: bool = False
    pace: Pace = Pace()
    told_as: FeedEvent | None = None
    held: int = 0
    moved_to: str | None = None
    moved_times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed said of one item: plain text, links http or https and absolute, everything else untrusted."""

    guid: str | None
    link: str | None
    title: str
    text: str
    language: str | None = None
    outlet: str | None = None
    published_at: datetime | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """What an entry is known by: `guid` and `title_day` within one feed (hashed), `url` (canonical) across feeds."""

    guid: str | None
    url: str | None
    title_day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An unseen entry on its way to become an article; `is_silent` ones inform context, never an alert.

    `is_held`: the burst guard keeps it back until somebody decides.
    """

    keys: EntryKeys
    link: str | None
    outlet: str
    title: str
    text: str
    language: str | None
    published_at: datetime | None
    image_url: str | None
    is_silent: bool
    is_held: bool = False
