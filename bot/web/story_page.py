"""The story page: what happened, why it matched, how it grew, who covers it and what came before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.models import StoryId, WorkspaceId
from bot.domain.views import ArticleLine, DevelopmentLine, StoryLine, StoryView, TopicWhy
from bot.pipeline.read import Reader
from bot.web.marks import Bar, Marked, Piece, compare_words, draw_spark, mark_hits
from bot.web.wordings import Rewritten, read_rewritten

MOST_SNIPPETS = 4
MOST_ARTICLES = 60


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
    origins: Sequence[Origin]
    left_out: int
    spark: Sequence[Bar]
    alike: Sequence[StoryLine]
    rewritten: Sequence[Rewritten]


async def read_story_page(reader: Reader, viewer: WorkspaceId, story: StoryId) -> StoryPage:
    """Read a story as a workspace sees it; raises StoryNotFoundError."""
    view = await reader.story(viewer, story)
    return StoryPage(
        view=view,
        why=[Why(topic=topic, marked=mark_hits(topic.reasons, MOST_SNIPPETS)) for topic in view.topics],
        steps=[
            Step(development=one, difference=compare_words(one.before, one.after) if one.after else ())
            for one in sorted(view.developments, key=lambda one: one.at)
        ],
        origins=_by_origin(view),
        left_out=max(len(view.coverage) - MOST_ARTICLES, 0),
        spark=draw_spark([article.published_at for article in view.coverage]),
        alike=await reader.store.list_possibly_same(viewer, view.id),
        rewritten=await read_rewritten(reader.store, viewer, view),
    )


def _by_origin(view: StoryView) -> list[Origin]:
    """Put reports that are one text together, in the order of the first of each."""
    held: dict[int, list[ArticleLine]] = defaultdict(list)
    for article, origin in zip(view.coverage[:MOST_ARTICLES], view.origin_of[:MOST_ARTICLES], strict=True):
        held[origin].append(article)
    return [Origin(first=first, copies=copies) for first, *copies in held.values()]
