"""What parameters mean beyond plain text, how a name typed by a person is found, and what completes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import NewType

from bot.commands.answers import Choice, Context
from bot.commands.registry import suggests
from bot.domain.errors import InputError, NotFoundError
from bot.domain.models import StoryId, Topic
from bot.domain.text import fold, shorten
from bot.domain.views import FeedLine, SubscriptionLine

TopicName = NewType("TopicName", str)
WatchedTopic = NewType("WatchedTopic", str)
OwnTopic = NewType("OwnTopic", str)
FeedName = NewType("FeedName", str)
StoryNumber = NewType("StoryNumber", str)

MAX_STORY_DIGITS = 18
MOST_NAMED = 8


async def find_topic(ctx: Context, name: str) -> Topic:
    """Find a topic that the asker sees by name or title; raises NotFoundError naming the nearest."""
    topics = await ctx.store.list_topics(ctx.viewer)
    wanted = topic_key(name)
    for topic in topics:
        if wanted in (topic_key(topic.name), topic_key(topic.title), topic.id):
            return topic
    known = {topic_key(said): topic.name for topic in topics for said in (topic.title, topic.name)}
    told = name_nearest(wanted, known) or _name_all([topic.name for topic in topics])
    raise NotFoundError(f"There is no topic “{shorten(name, 60)}”.{told}")


def topic_key(name: str) -> str:
    """Return the form in which names of topics are compared: capitals, accents, spaces and hyphens do not count."""
    return "-".join(fold(name).replace("-", " ").replace("_", " ").split())


def name_nearest(wanted: str, known: dict[str, str]) -> str:
    """Say which of the known (compared form: shown name) may be meant, "" where none is near."""
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    near += [key for key in known if wanted and (wanted in key or key in wanted) and key not in near]
    names = list(dict.fromkeys(known[key] for key in near))[:MOST_NAMED]
    return f" Did you mean {', '.join(names)}?" if names else ""


def _name_all(names: Sequence[str]) -> str:
    if not names:
        return " There are none yet; /news topic add makes one."
    more = f" and {len(names) - MOST_NAMED} more (/news topic list)" if len(names) > MOST_NAMED else ""
    return f" There are: {', '.join(names[:MOST_NAMED])}{more}."


async def find_feed(ctx: Context, name: str) -> FeedLine:
    """Find a feed that the asker sees by number, address or title; raises NotFoundError naming the nearest."""
    found = await ctx.store.find_feed(ctx.viewer, name.removeprefix("#").strip())
    if found is not None:
        return found
    feeds = await ctx.store.list_feeds(ctx.viewer)
    nearest = name_nearest(fold(name), {fold(said): feed.title for feed in feeds for said in (feed.host, feed.title)})
    raise NotFoundError(f"There is no feed “{shorten(name, 80)}” here.{nearest} /news feed list shows them all.")


def read_story_number(text: str) -> StoryId:
    """Read a story's number, with or without #; raises InputError."""
    digits = text.removeprefix("#").strip()
    if not digits.isdecimal() or len(digits) > MAX_STORY_DIGITS:
        raise InputError(
            f"“{shorten(text, 60)}” is no story's number. It stands at the end of a line of /news latest, as in #12.",
            field="story",
        )
    return StoryId(int(digits))


@suggests(TopicName)
async def suggest_topics(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete the name of any topic."""
    return _topic_choices(await ctx.store.list_topics(ctx.viewer), typed)


@suggests(OwnTopic)
async def suggest_own_topics(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete the name of a topic of this workspace."""
    topics = await ctx.store.list_topics(ctx.viewer)
    return _topic_choices([topic for topic in topics if topic.owner is not None], typed)


@suggests(WatchedTopic)
async def suggest_watched(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete the name of a topic that this channel watches."""
    watched = {s.topic_id for s in await list_watched(ctx)}
    topics = await ctx.store.list_topics(ctx.viewer)
    return _topic_choices([topic for topic in topics if topic.id in watched], typed)


@suggests(FeedName)
async def suggest_feeds(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a feed by title or host; what is meant is its number."""
    feeds = await ctx.store.list_feeds(ctx.viewer)
    return _order(typed, ((f"{f.title or f.host} · {f.host}", f.title, str(f.id)) for f in feeds))


@suggests(StoryNumber)
async def suggest_stories(ctx: Context, typed: str) -> Sequence[Choice]:
    """Complete a story by its headline, latest first; what is meant is its number."""
    stories = await ctx.store.latest(ctx.viewer, None, 100)
    lines = ((f"#{s.id} {shorten(s.headline, 70)} · {s.first.outlet}", s.headline, str(s.id)) for s in stories)
    return _order(typed.removeprefix("#"), lines)


async def list_watched(ctx: Context) -> list[SubscriptionLine]:
    """List what the channel that is asked in watches."""
    channel = await ctx.store.find_channel(ctx.asker.place)
    return [] if channel is None else await ctx.store.list_subscriptions(channel.id)


def _topic_choices(topics: Iterable[Topic], typed: str) -> list[Choice]:
    return _order(typed, ((f"{t.name} · {t.title}" if t.title != t.name else t.name, t.name, t.name) for t in topics))


def _order(typed: str, choices: Iterable[tuple[str, str, str]]) -> list[Choice]:
    """Keep (label, name, value) that hold what was typed, those whose name or value begins with it first."""
    wanted = fold(typed)
    begin: list[Choice] = []
    hold: list[Choice] = []
    for label, name, value in choices:
        if fold(name).startswith(wanted) or value.startswith(wanted):
            begin.append(Choice(label=label, value=value))
        elif wanted in fold(label):
            hold.append(Choice(label=label, value=value))
    return [*begin, *hold]
