"""Read: build what a viewer may see of a story out of stored rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.errors import StoryNotFoundError
from bot.domain.models import Article, Development, DevelopmentId, Match, Story, StoryId, Topic, TopicId, WorkspaceId
from bot.domain.tunings import score_for
from bot.domain.views import ArticleLine, DevelopmentLine, StoryLine, StoryView, TopicWhy
from bot.pipeline.enrich import Enricher
from bot.pipeline.folds import Folds
from bot.ports import Store
from bot.stories.context import find_no_names, rank_context
from bot.stories.said import Names

FindPages = Callable[[WorkspaceId, Sequence[StoryId], str], Awaitable[Mapping[StoryId, str]]]
"""Tells the addresses of stories' pages for those of a workspace, in a language; of those that have one."""
CONTEXT_LINES = 3
CONTEXT_CANDIDATES = 120


async def have_no_pages(_: WorkspaceId, __: Sequence[StoryId], ___: str) -> Mapping[StoryId, str]:
    """Tell that stories have no pages."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads stories for a viewer."""

    store: Store
    enricher: Enricher
    names: Names = find_no_names
    folds: Folds = field(default_factory=Folds)
    find_pages: FindPages = have_no_pages

    async def story(self, viewer: WorkspaceId, story_id: StoryId, *, language: str | None = None) -> StoryView:
        """Build the view of a story, of the older one where it was merged, with machine help in a language if given.

        Raises StoryNotFoundError where the viewer may see none of its articles.
        """
        story = await self.store.get_story(story_id)
        if story.merged_into is not None:
            story = await self.store.get_story(story.merged_into)
        articles = await self.store.list_visible_articles(viewer, story.id)
        if not articles:
            raise StoryNotFoundError(f"There is no story {story_id} here.")
        topics = {t.id: t for t in await self.store.list_topics(viewer)}
        visible = {a.id for a in articles}
        found = [m for m in await self.store.list_story_matches(story.id) if m.article_id in visible]
        matches = [replace(m, score=score_for(m, viewer)) for m in found]
        why = explain(matches, topics)
        lead, text = await self.enricher.choose(articles)
        origin_of, agencies = await self.folds.place(story.id, articles)
        changes = await self.store.list_changes([d.id for d in story.developments])
        terms = [reason.term for topic in why for reason in topic.reasons]
        context = await self._context(viewer, story, articles, why)
        pages = await self.find_pages(viewer, [story.id, *(line.id for line in context)], language or "")
        outlets = len({a.outlet for a in articles})
        return StoryView(
            id=story.id,
            headline=articles[0].title,
            link=articles[0].link,
            summary=await self.enricher.summarize(lead.title, text, terms),
            language=articles[0].language,
            topics=why,
            coverage=tuple(article_line(a) for a in articles),
            outlets=outlets,
            # What one outlet writes twice over does not make it two sources.
            origins=min(len(set(origin_of)), outlets),
            origin_of=origin_of,
            page=pages.get(story.id),
            agencies=agencies,
            developments=_developments(story, articles, changes),
            context=tuple(replace(line, page=pages.get(line.id)) for line in context),
            image_url=next((a.image_url for a in articles if a.image_url), None),
            first_seen_at=articles[0].published_at,
            updated_at=story.updated_at,
            machine=await self.enricher.assist(lead, text, language) if language else None,
        )

    async def with_pages(self, viewer: WorkspaceId, lines: Iterable[StoryLine], language: str) -> list[StoryLine]:
        """Return lines that lead to their stories' pages, where there are pages."""
        found = list(lines)
        pages = await self.find_pages(viewer, [line.id for line in found], language)
        return [replace(line, page=pages.get(line.id)) for line in found] if pages else found

    async def _context(
        self, viewer: WorkspaceId, story: Story, articles: Sequence[Article], why: Sequence[TopicWhy]
    ) -> tuple[StoryLine, ...]:
        if not why:
            return ()
        earlier = await self.store.list_topic_stories(
            viewer, [topic.topic_id for topic in why], before=story.first_seen_at, limit=CONTEXT_CANDIDATES
        )
        candidates = [line for line in earlier if line.id != story.id]
        return tuple(rank_context(" ".join(a.title for a in articles), candidates, CONTEXT_LINES, names=self.names))


def explain(matches: Sequence[Match], topics: Mapping[TopicId, Topic]) -> tuple[TopicWhy, ...]:
    """Choose each topic's best match that reaches the topic's sensitivity, best topic first."""
    best: dict[TopicId, Match] = {}
    for match in matches:
        topic = topics.get(match.topic_id)
        if topic is None or match.score < topic.sensitivity.threshold:
            continue
        if match.topic_id not in best or match.score > best[match.topic_id].score:
            best[match.topic_id] = match
    ranked = sorted(best.values(), key=lambda m: (-m.score, m.topic_id))
    return tuple(
        TopicWhy(
            topic_id=m.topic_id,
            name=topics[m.topic_id].name,
            title=topics[m.topic_id].title,
            score=m.score,
            reasons=m.reasons,
        )
        for m in ranked
    )


def article_line(article: Article) -> ArticleLine:
    """Make the one-line form of an article."""
    return ArticleLine(
        id=article.id,
        title=article.title,
        link=article.link,
        outlet=article.outlet,
        language=article.language,
        published_at=article.published_at,
    )


def _developments(
    story: Story, articles: Sequence[Article], changes: Mapping[DevelopmentId, tuple[str, str]]
) -> tuple[DevelopmentLine, ...]:
    by_id = {a.id: a for a in articles}
    shown = [d for d in story.developments if d.article_id in by_id]
    wordings = [changes.get(d.id, ("", "")) for d in shown]
    return tuple(
        DevelopmentLine(
            id=d.id,
            reason=d.reason,
            at=_tell_when(d, by_id[d.article_id]),
            article=article_line(by_id[d.article_id]),
            before=before,
            after=after,
        )
        for d, (before, after) in zip(shown, wordings, strict=True)
    )


def _tell_when(development: Development, article: Article) -> datetime:
    """Date a development by its article, which may have been found days later; a change by when it was seen."""
    if development.reason.startswith("changed:"):
        return development.at
    return min(article.published_at, article.seen_at, development.at)
