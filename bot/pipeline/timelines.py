"""Timelines: how a story came about, and the days of a topic that mattered."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from bot.domain.models import StoryId, Topic, WorkspaceId
from bot.domain.timelines import Timeline, TimelineEntry
from bot.domain.views import ArticleLine, StoryLine
from bot.pipeline.read import Reader
from bot.ports import Store
from bot.stories.timeline import Report, choose_days

MOST_ENTRIES = 12
MOST_STORIES = 300
LEAD_CHARS = 1_500


async def read_story_timeline(reader: Reader, viewer: WorkspaceId, story_id: StoryId) -> Timeline:
    """Tell what came before a story, how it began and what was new in it; raises StoryNotFoundError."""
    view = await reader.story(viewer, story_id)
    before = [_of_story(line) for line in view.context]
    grown = [_of_article(d.article, view.id, at=d.at, reason=d.reason) for d in view.developments]
    began = _of_article(view.coverage[0], view.id, outlets=view.outlets)
    later = sorted(grown, key=lambda entry: entry.at)
    shown = later[-MOST_ENTRIES:]
    entries = (*sorted(before, key=lambda entry: entry.at), began, *shown)
    return Timeline(title=view.headline, entries=entries, is_whole=len(shown) == len(later))


async def read_topic_timeline(store: Store, viewer: WorkspaceId, topic: Topic, now: datetime) -> Timeline:
    """Tell the days of a topic that mattered most, with the story of each that most outlets told."""
    ahead = now + timedelta(days=1)
    stories = await store.list_topic_stories(viewer, [topic.id], before=ahead, limit=MOST_STORIES)
    texts = {a.id: f"{a.title}\n{a.text[:LEAD_CHARS]}" for a in await store.get_articles([s.first.id for s in stories])}
    by_day: dict[date, list[StoryLine]] = defaultdict(list)
    reports = []
    for story in stories:
        day = story.first.published_at.date()
        by_day[day].append(story)
        reports.append(Report(day, texts.get(story.first.id, story.headline), story.outlets))
    days = sorted(by_day) if len(by_day) <= MOST_ENTRIES else await asyncio.to_thread(_choose, reports, by_day.keys())
    entries = tuple(_of_day(by_day[day]) for day in days)
    return Timeline(title=topic.title, entries=entries, is_whole=len(days) == len(by_day))


def _choose(reports: Sequence[Report], told: Collection[date]) -> list[date]:
    """Choose among the days on which something was told."""
    ranked = choose_days(reports, len(reports) * 4, first=min(told), last=max(told))
    return sorted([day for day in ranked if day in told][:MOST_ENTRIES])


def _of_day(stories: Sequence[StoryLine]) -> TimelineEntry:
    best = max(stories, key=lambda story: (story.outlets, -story.first.published_at.timestamp(), -story.id))
    return _of_article(best.first, best.id, title=best.headline, outlets=best.outlets, more=len(stories) - 1)


def _of_story(story: StoryLine) -> TimelineEntry:
    return _of_article(story.first, story.id, title=story.headline, outlets=story.outlets)


def _of_article(
    article: ArticleLine,
    story_id: StoryId,
    *,
    title: str = "",
    at: datetime | None = None,
    reason: str = "",
    outlets: int = 1,
    more: int = 0,
) -> TimelineEntry:
    return TimelineEntry(
        at=at or article.published_at,
        outlet=article.outlet,
        title=title or article.title,
        link=article.link,
        language=article.language,
        story_id=story_id,
        reason=reason,
        outlets=outlets,
        more=more,
    )
