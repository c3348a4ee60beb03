"""The digest: the stories since a time, by topic, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.alerts.cards import moment
from bot.alerts.lists import story_line
from bot.alerts.phrases import say, say_count
from bot.domain.cards import Card, Section, line
from bot.domain.models import Channel, Topic, TopicId
from bot.domain.views import StoryLine

MOST_LINES = 10


def digest_card(
    stories: Sequence[StoryLine], topics: Sequence[Topic], *, channel: Channel, since: datetime, until: datetime
) -> Card:
    """Show the stories updated since then, each once, under the first of the topics (in their order) that it has.

    Within a topic the stories that most outlets cover come first, then the newest; what has no topic stands last.
    """
    language = channel.language
    recent = [story for story in stories if since <= story.updated_at <= until]
    groups: dict[TopicId | None, list[StoryLine]] = {topic.id: [] for topic in topics}
    groups[None] = []
    for story in recent:
        groups[next((topic.id for topic in topics if topic.id in story.topics), None)].append(story)
    titles = {topic.id: topic.title for topic in topics}
    sections = [
        _section(titles[key] if key is not None else say("other_topics", language), held, language)
        for key, held in groups.items()
        if held
    ]
    title = f"{say('digest', language)}: {say_count('stories', len(recent), language)}"
    empty = Section(lines=(line(say("nothing_new", language)),))
    return Card(
        title=title,
        text=title,
        sections=tuple(sections) or (empty,),
        footer=line(f"{say('since', language)} ", moment(since)),
    )


def _section(title: str, stories: Sequence[StoryLine], language: str) -> Section:
    ranked = sorted(stories, key=lambda s: (-s.outlets, -s.updated_at.timestamp(), s.id))
    lines = [story_line(story, language) for story in ranked[:MOST_LINES]]
    if len(ranked) > MOST_LINES:
        lines.append(line(say("more", language, n=len(ranked) - MOST_LINES)))
    return Section(heading=title, lines=tuple(lines))
