"""The poll transaction: what a poll brought and the feed's whole state, in one commit.

Polls that end at the same time share a commit. Most polls bring nothing, and a transaction of its own costs each of
them more than all it has to write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import LargeBinary, Update, bindparam, case, func, literal, null, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.feeds import EntryKeys, Feed, NewArticle, Outcome
from bot.domain.models import ArticleId
from bot.domain.records import Poll
from bot.ports.together import Together
from bot.storage.columns import Instant, Span, micros, span_micros
from bot.storage.engine import Database, Rows
from bot.storage.entries import Asker, Brought, save_entries
from bot.storage.feed_news import save_news
from bot.storage.feed_tables import feed_items, feeds
from bot.storage.held import count_held
from bot.storage.listed import Kept, Prepared, among, pack
from bot.storage.lookups import GAP, LookUps
from bot.storage.moves import move_feed
from bot.storage.search import Words, words_of
from bot.storage.tables import article_feeds
from bot.storage.versions import save_versions

AT_ONCE = 20
LETTERS_AT_ONCE = 200_000
"""Above so many articles, or letters in them, their words are cut in a thread, so that the loop keeps turning."""
MOST_SHARING = 50
MOST_ARTICLES = 1000
"""How much one commit takes, so that others get their turn at the writer."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ticket:
    """A poll that waits to be written."""

    poll: Poll
    arrivals: Sequence[NewArticle]
    words: Sequence[Words]

    def weigh(self) -> int:
        """Tell how many articles are written."""
        return len(self.arrivals)

    def brought(self, asker: Asker) -> Brought:
        """Return what the poll brought."""
        return Brought(poll=self.poll, asker=asker, arrivals=self.arrivals, words=self.words)


class PollRows(Rows):
    """Identities and the poll transaction."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._look_ups = LookUps(database)
        self._saves = Together(self._save_all, weigh=_Ticket.weigh, room=MOST_ARTICLES, most=MOST_SHARING, gap=GAP)

    async def find_known(self, feed: Feed, keys: Sequence[EntryKeys]) -> Mapping[EntryKeys, ArticleId]:
        """Find the articles that entries of a feed already are: by guid within it, then by URL in its scope.

        Title and day decide only for an entry that has neither.
        """
        return await self._look_ups.find(Asker(feed_id=feed.id, scope=feed.scope), keys)

    async def save_poll(self, poll: Poll) -> int:
        """Write a poll and end its lease; returns how many articles are new.

        A feed that was deleted meanwhile takes nothing.
        """
        if not poll.articles:  # most polls
            return await self._saves.ask(_Ticket(poll, (), ()))
        arrivals = sorted(poll.articles, key=lambda article: article.published_at or poll.at)
        is_much = len(arrivals) > AT_ONCE or sum(len(article.text) for article in arrivals) > LETTERS_AT_ONCE
        cut = asyncio.to_thread(_cut, arrivals) if is_much else None
        return await self._saves.ask(_Ticket(poll, arrivals, _cut(arrivals) if cut is None else await cut))

    async def _save_all(self, tickets: Sequence[_Ticket]) -> list[int]:
        return await self.database.write_whole(partial(_write, tickets=tickets))


async def _write(db: AsyncConnection, tickets: Sequence[_Ticket]) -> list[int]:
    fresh = await _save_articles(db, tickets)
    polls = [ticket.poll for ticket in tickets if not ticket.poll.is_part]
    await _save_feeds(db, polls)
    await save_news(db, polls)
    for poll in polls:
        if poll.move.is_final:
            await move_feed(db, poll)
    return fresh


def _cut(arrivals: Sequence[NewArticle]) -> list[Words]:
    return [words_of(article.title, article.text) for article in arrivals]


async def _save_articles(db: AsyncConnection, tickets: Sequence[_Ticket]) -> list[int]:
    fresh = [0] * len(tickets)
    full = [number for number, ticket in enumerate(tickets) if ticket.arrivals or ticket.poll.known]
    if full:
        ids = {tickets[number].poll.feed_id for number in full}
        rows = await SCOPES.fetch(db, {"ids": pack(ids)})
        askers = {number: Asker(feed_id=number, scope=scope or None) for number, scope in rows}
        full = [number for number in full if tickets[number].poll.feed_id in askers]
        for number in full:
            await save_versions(db, tickets[number].poll)
        brought = [tickets[number].brought(askers[tickets[number].poll.feed_id]) for number in full]
        for number, count in zip(full, await save_entries(db, brought), strict=True):
            fresh[number] = count
    return fresh


async def _save_feeds(db: AsyncConnection, polls: Sequence[Poll]) -> None:
    kinds: dict[Prepared, list[dict[str, Kept]]] = {}
    for poll in polls:
        statement = (SAVE_QUIET if poll.is_quiet else SAVE_POLLS)[poll.outcome]
        kinds.setdefault(statement, []).append(_when(poll) if poll.is_quiet else _feed_values(poll))
    for statement, rows in kinds.items():
        await statement.run(db, rows)
    held: list[dict[str, Kept]] = [
        {"this": poll.feed_id, "seen": poll.validators.items} for poll in polls if poll.outcome in READ
    ]
    if held:
        await SAVE_ITEMS.run(db, held)
    brought: list[dict[str, Kept]] = [{"this": poll.feed_id} for poll in polls if poll.articles or poll.known]
    if brought:
        await COUNT_ARTICLES.run(db, brought)
    holding = [poll.feed_id for poll in polls if poll.outcome is Outcome.HELD]
    if holding:
        await count_held(db, holding)


def _when(poll: Poll) -> dict[str, Kept]:
    return {"this": poll.feed_id, "at": micros(poll.at), "next": micros(poll.next_check_at)}


def _feed_values(poll: Poll) -> dict[str, Kept]:
    return _when(poll) | {
        "called": poll.title,
        "language": poll.language,
        "etag": poll.validators.etag,
        "last_modified": poll.validators.last_modified,
        "body_hash": poll.validators.body_hash,
        "failures": poll.failures,
        "problem": poll.reason,
        "trouble": None if poll.trouble is None else poll.trouble.value,
        "moved_to": poll.move.url,
        "moved_times": poll.move.times,
        "gap": span_micros(poll.pace.gap),
        "newest_at": micros(poll.pace.newest_at),
        "asked": span_micros(poll.pace.asked),
    }


SCOPES = Prepared(select(feeds.c.id, feeds.c.scope).where(among(feeds.c.id, "ids")))
_IS_THIS = feeds.c.id == bindparam("this")
_THIS_FEED = update(feeds).where(_IS_THIS)
_NEXT = bindparam("next", type_=Instant())
_AT = bindparam("at", type_=Instant())
# A feed that nobody uses any more stays unpolled.
_POLLED = _THIS_FEED.values(next_check_at=_NEXT, due_at=case((feeds.c.due_at.is_(None), None), else_=_NEXT))
_STATE = ("language", "etag", "last_modified", "body_hash", "failures", "problem", "trouble", "moved_to", "moved_times")
_ANY_POLL = _POLLED.values({name: bindparam(name) for name in _STATE}).values(
    gap=bindparam("gap", type_=Span()),
    newest_at=bindparam("newest_at", type_=Instant()),
    asked=bindparam("asked", type_=Span()),
    # What a file or a person called the feed stands; only a nameless one takes the name it gives itself.
    title=case((feeds.c.title == "", bindparam("called")), else_=feeds.c.title),
)
_GOOD_POLL = _ANY_POLL.values(first_polled_at=func.coalesce(feeds.c.first_polled_at, _AT), last_success_at=_AT)
# What was wrong and was not counted as a failure, such as articles that were held, is over.
_QUIET_POLL = _POLLED.values(last_success_at=_AT, problem="", trouble=null())


def _save_as(outcome: Outcome, saving: Update) -> Prepared:
    counter = feeds.c[f"polls_{outcome}"]
    return Prepared(saving.values({"outcome": literal(outcome.value), counter: counter + 1}))


SAVE_POLLS = {each: _save_as(each, _ANY_POLL if each is Outcome.FAILED else _GOOD_POLL) for each in Outcome}
"""What a poll writes to its feed, by how it ended."""
SAVE_QUIET = {each: _save_as(each, _QUIET_POLL) for each in Outcome}
"""What one writes that found everything as it was: half of what it costs to write the whole state."""
READ = {Outcome.NEW, Outcome.UNCHANGED, Outcome.HELD}
"""The outcomes of polls that saw a document, and so know what it holds."""
_ITEMS = upsert(feed_items).from_select(
    ["feed_id", "seen"], select(feeds.c.id, bindparam("seen", type_=LargeBinary())).where(_IS_THIS)
)
SAVE_ITEMS = Prepared(
    _ITEMS.on_conflict_do_update(
        set_={"seen": _ITEMS.excluded["seen"]}, where=feed_items.c.seen.is_distinct_from(_ITEMS.excluded["seen"])
    )
)
"""Which items were read, written only where that changed."""
COUNT_ARTICLES = Prepared(
    _THIS_FEED.values(
        articles=select(func.count()).where(article_feeds.c.feed_id == bindparam("this")).scalar_subquery()
    )
)
