"""The roll-up: several stories in one message, a line each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alerts.cards import moment
from bot.alerts.phrases import is_same_language, say, say_language
from bot.domain.cards import Card, Line, Section, Span, line
from bot.domain.models import Channel, Topic, TopicId
from bot.domain.views import StoryLine

MOST_LINES = 20


def rollup_card(stories: Sequence[StoryLine], topics: Sequence[Topic], *, channel: Channel) -> Card:
    """Show stories in the order given, one line each; past MOST_LINES only their number.

    A story is named by the first of `topics` that it has: hand in the channel's own first.
    """
    language = channel.language
    titles = {topic.id: topic.title for topic in topics}
    lines = [_story_line(story, titles, language) for story in stories[:MOST_LINES]]
    if len(stories) > MOST_LINES:
        lines.append(line(say("more", language, n=len(stories) - MOST_LINES)))
    title = say("more_stories.one" if len(stories) == 1 else "more_stories", language, n=len(stories))
    first = stories[0].headline if stories else ""
    return Card(title=title, text=f"{title}: {first}" if first else title, sections=(Section(lines=tuple(lines)),))


def _story_line(story: StoryLine, titles: dict[TopicId, str], language: str) -> Line:
    first = story.first
    is_foreign = first.language is not None and not is_same_language(first.language, language)
    topic = next((title for topic, title in titles.items() if topic in story.topics), None)
    return line(
        Span(text=story.headline, link=story.link),
        f" · {first.outlet}{f' [{say_language(first.language)}]' if is_foreign and first.language else ''} · ",
        *((f"{topic} · ",) if topic else ()),
        moment(first.published_at),
    )
