"""The story page: what happened, why it matched, how it grew, who covers it and what came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.text import shorten
from bot.domain.views import ArticleLine, DevelopmentLine, StoryLine, StoryView, TopicWhy
from bot.pipeline.read import Reader
from bot.web.marks import Bar, Marked, Piece, compare_words, draw_spark, mark_hits
from bot.web.templates import LONGEST_LINE
from bot.web.wordings import Rewritten, read_rewritten

MOST_SNIPPETS = 4
ROOM_FOR_STEPS, ROOM_FOR_REPORTS = 16_000, 24_000
"""Bytes of a page that is to stay below 60 kB, whatever titles and addresses come: common ones leave room for fifty
reports."""
MOST_CHANGE = 200
MARKUP = 260
"""About so much stands around a line's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A topic, and the words that were hit."""

    topic: TopicWhy
    marked: Sequence[Marked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A development on the timeline; `difference` is empty where nothing was worded anew."""

    development: DevelopmentLine
    difference: Sequence[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Reports that are one text, the first one first."""

    first: ArticleLine
    copies: Sequence[ArticleLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """All that the template shows."""

    view: StoryView
    why: Sequence[Why]
    steps: Sequence[Step]
    steps_left_out: int
    origins: Sequence[Origin]
    left_out: int
    spark: Sequence[Bar]
    alike: Sequence[StoryLine]
    rewritten: Sequence[Rewritten]


async def read_story_page(reader: Reader, viewer: WorkspaceId, story: StoryId) -> StoryPage:
    """Read a story as a workspace sees it; raises StoryNotFoundError."""
    view = await reader.story(viewer, story)
    developments = sorted(view.developments, key=lambda one: one.at, reverse=True)
    newest = _fit([_measure(one.article) + len(one.reason) for one in developments], ROOM_FOR_STEPS)
    shown = _fit([_measure(article) for article in view.coverage], ROOM_FOR_REPORTS)
    return StoryPage(
        view=view,
        why=[Why(topic=topic, marked=mark_hits(topic.reasons, MOST_SNIPPETS)) for topic in view.topics],
        steps=[
            Step(development=one, difference=_compare(one) if one.after else ())
            for one in reversed(developments[:newest])
        ],
        steps_left_out=len(developments) - newest,
        origins=_by_origin(view, shown),
        left_out=len(view.coverage) - shown,
        spark=draw_spark([article.published_at for article in view.coverage]),
        alike=await reader.store.list_possibly_same(viewer, view.id),
        rewritten=await read_rewritten(reader.store, viewer, view),
    )


def _measure(article: ArticleLine) -> int:
    """Measure about how many bytes an article's line takes."""
    written = min(len(article.title), LONGEST_LINE)
    return MARKUP + written + len(article.title.encode()[: 2 * written]) // 2 + len(article.link or "")


def _fit(sizes: Sequence[int], room: int) -> int:
    """Tell how many of the first fit."""
    return sum(total <= room for total in accumulate(sizes))


def _compare(change: DevelopmentLine) -> Sequence[Piece]:
    return compare_words(shorten(change.before, MOST_CHANGE), shorten(change.after, MOST_CHANGE))


def _by_origin(view: StoryView, shown: int) -> list[Origin]:
    """Put reports that are one text together, in the order of the first of each."""
    held: dict[int, list[ArticleLine]] = defaultdict(list)
    for article, origin in zip(view.coverage[:shown], view.origin_of[:shown], strict=True):
        held[origin].append(article)
    return [Origin(first=first, copies=copies) for first, *copies in held.values()]
