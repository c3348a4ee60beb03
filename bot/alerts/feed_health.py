"""Feeds with their health in words: those in trouble first, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.alerts.cards import moment
from bot.alerts.lists import list_card
from bot.domain.cards import Button, Call, Card, Line, Span, line
from bot.domain.feeds import Outcome
from bot.domain.models import FeedId
from bot.domain.troubles import remedy
from bot.domain.views import FeedLine

MOST_LINES = 40


def health_card(feeds: Sequence[FeedLine]) -> Card:
    """Show feeds, one line each: name, what state it is in and since when, and the number that `feed remove` takes."""
    ranked = sorted(feeds, key=lambda feed: (not is_failing(feed), feed.title.casefold(), feed.id))
    lines = [_feed_line(feed) for feed in ranked[:MOST_LINES]]
    if len(ranked) > MOST_LINES:
        lines.append(line(f"and {len(ranked) - MOST_LINES} more"))
    failing = sum(map(is_failing, feeds))
    title = f"{len(feeds)} feed{'' if len(feeds) == 1 else 's'}"
    return list_card(f"{title}, {failing} in trouble" if failing else title, lines)


def one_health_card(feed: FeedLine) -> Card:
    """Show how one feed is: its state, what can be done, how its polls ended, and when it is asked next."""
    lines = [line(*_state(feed))]
    if feed.polls:
        counts = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in feed.polls)
        lines.append(line(f"Its polls so far: {counts}"))
    if feed.held:
        lines.append(line(f"{feed.held} of its articles are held back until somebody decides"))
    if not is_failing(feed):
        lines.append(line("Asked next ", moment(feed.next_check_at)))
    buttons = held_buttons(feed.id) if feed.held else ()
    return list_card(f"{feed.title or feed.host} ({feed.host})", lines, buttons=buttons)


def held_buttons(feed: FeedId) -> tuple[Button, Button]:
    """Ask what becomes of a feed's held articles."""
    return _decision(feed, "Show them", "show"), _decision(feed, "Drop them", "drop")


def _decision(feed: FeedId, label: str, what: str) -> Button:
    return Button(label=label, call=Call(command="feed held", arguments=(("feed", str(feed)), ("what", what))))


def is_failing(feed: FeedLine) -> bool:
    """Tell whether the last poll of a feed failed."""
    return feed.failures > 0 or feed.outcome is Outcome.FAILED


def _feed_line(feed: FeedLine) -> Line:
    name = feed.title or feed.host
    host = f" ({feed.host})" if feed.host != name else ""
    declared = " · from the feeds file" if feed.is_declared else ""
    return line(Span(text=name, is_bold=True), f"{host}: ", *_state(feed), f"{declared} · #{feed.id}")


def _state(feed: FeedLine) -> Iterator[str | Span]:
    if is_failing(feed):
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        yield f"failed {times}: {feed.problem or 'no reason was given'}{_advice(feed)} · "
        yield from _last_read(feed)
        yield " · tried again "
        yield moment(feed.next_check_at)
    elif feed.outcome is None:
        yield "not read yet"
    elif feed.outcome is Outcome.HELD or feed.held:
        yield f"held back: {feed.problem or 'more came at once than is likely'}"
        if feed.held:
            yield f" · decide: /news feed held {feed.id} show, or drop"
    else:
        yield f"works · {feed.articles} article{'' if feed.articles == 1 else 's'} · "
        yield from _last_read(feed)


def _advice(feed: FeedLine) -> str:
    return f". {remedy(feed.trouble)}" if feed.trouble is not None else ""


def _last_read(feed: FeedLine) -> Iterator[str | Span]:
    if feed.last_success_at is None:
        yield "never read so far"
    else:
        yield "last read "
        yield moment(feed.last_success_at)
