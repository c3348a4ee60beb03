"""The one place that turns a story into a card; the order of its parts is decided here.

headline (link) -> summary -> topics with why -> sources and origins -> developments -> what happened before -> time,
buttons
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.alerts.phrases import is_same_language, say, say_count, say_day, say_language
from bot.alerts.reasons import say_reason
from bot.alerts.summary_lines import summary_lines
from bot.domain.alerts import AlertKind
from bot.domain.cards import Button, Call, Card, Line, Section, Span, line
from bot.domain.models import Channel, DevelopmentId, Reason, StoryId
from bot.domain.text import shorten
from bot.domain.views import ArticleLine, DevelopmentLine, StoryLine, StoryView, TopicWhy

MOST_OUTLETS = 3
MOST_DEVELOPMENTS = 4
MOST_REASONS = 2
MOST_TOPICS = 6
MOST_EARLIER = 2
MOST_QUOTED = 280


def story_card(view: StoryView, *, channel: Channel) -> Card:
    """Show a story as its living message: the same story gives the same card, however it came about."""
    language = channel.language
    sections = (
        Section(lines=summary_lines(view, language)),
        Section(lines=tuple(_topic_line(topic, language) for topic in view.topics[:MOST_TOPICS])),
        Section(lines=_source_lines(view, language)),
        Section(
            heading=say("developments", language),
            lines=tuple(_development_line(d, language) for d in view.developments[-MOST_DEVELOPMENTS:]),
        ),
        Section(
            heading=say("before", language),
            lines=tuple(_context_line(story, channel) for story in view.context),
        ),
    )
    return Card(
        title=view.headline,
        link=view.link,
        text=" · ".join(part for part in (view.headline, _names(view.topics), _first_outlet(view)) if part),
        sections=tuple(section for section in sections if section.lines),
        image_url=view.image_url,
        buttons=_buttons(view, language),
        footer=line(f"{say('first_seen', language)} ", moment(view.first_seen_at)),
    )


def development_card(
    view: StoryView,
    reason: str,
    *,
    channel: Channel,
    development_id: DevelopmentId | None = None,
) -> Card:
    """Show what is new in a story, as a reply to its living message: the reason, and the article that brought it."""
    language = channel.language
    told = say_reason(reason, language)
    title = told[:1].upper() + told[1:]
    found = _find_development(view.developments, reason, development_id)
    sections = (
        Section(lines=_changed_lines(found, language)),
        Section(lines=(_article_line(found.article, language),) if found is not None else ()),
        Section(heading=say("before", language), lines=_earlier_lines(view, found, channel)),
    )
    return Card(
        title=title,
        link=found.article.link if found is not None else view.link,
        text=f"{title} · {view.headline}",
        sections=tuple(section for section in sections if section.lines),
        buttons=_buttons(view, language),
        footer=line(view.headline),
    )


def _changed_lines(found: DevelopmentLine | None, language: str) -> tuple[Line, ...]:
    """Say what a changed article said before, and what it says now."""
    if found is None or not found.after:
        return ()
    return (
        line(Span(text=f"{say('was', language)}: ", is_bold=True), shorten(found.before, MOST_QUOTED)),
        line(Span(text=f"{say('now', language)}: ", is_bold=True), shorten(found.after, MOST_QUOTED)),
    )


def _earlier_lines(view: StoryView, found: DevelopmentLine | None, channel: Channel) -> tuple[Line, ...]:
    """Say how the story began and what came in it before a development, a line each."""
    if found is None or not view.coverage or view.coverage[0].id == found.article.id:
        return ()
    earlier = [one for one in view.developments if one.id < found.id]
    first = view.coverage[0]
    began = line(
        f"{say_day(first.published_at.astimezone(zone_of(channel.zone)))} {first.outlet}: ",
        Span(text=first.title, link=first.link),
        *_language_mark(first.language, channel.language),
    )
    return (began, *(_development_line(one, channel.language) for one in earlier[-MOST_EARLIER:]))


def pointer_card(view: StoryView, *, channel: Channel, link: str | None) -> Card:
    """Show where a story goes on that proved to be an older one; `link` is of that one's message in the channel."""
    title = f"{say('goes_on', channel.language)} {view.headline}"
    # By a button that is pressed, not followed: some platforms know a message of theirs again by what is in it.
    return Card(title=title, link=link or view.link, text=title, buttons=(story_button(view.id, channel.language),))


def onward_button(kind: AlertKind, language: str) -> Button:
    """Make the button of a message that asks for none: from stories to the latest, from our own words to the status."""
    word = "status" if kind is AlertKind.NOTICE else "latest"
    return Button(label=say(word, language), call=Call(command=word))


def story_button(story_id: StoryId, language: str) -> Button:
    """Make the button that shows a story with its context to whoever presses it."""
    return Button(label=say("context", language), call=Call(command="story", arguments=(("story", str(story_id)),)))


def context_button(view: StoryView, language: str) -> Button:
    """Make the button that leads to a story's page, or shows the same in the chat where it has none."""
    return Button(label=say("context", language), link=view.page) if view.page else story_button(view.id, language)


def mute_button(story_id: StoryId, language: str) -> Button:
    """Make the button that ends what is told of a story in the channel where it is pressed."""
    return Button(label=say("mute", language), call=Call(command="mute", arguments=(("story", str(story_id)),)))


def moment(at: datetime) -> Span:
    """Make a span that a platform shows in its own relative form; elsewhere it reads as a UTC minute."""
    return Span(text=f"{at:%Y-%m-%d %H:%M} UTC", at=at)


def wrong_topic_button(story_id: StoryId, language: str) -> Button:
    """Make the button that says that a story is not about its topic."""
    call = Call(command="tuning wrong", arguments=(("story", str(story_id)),))
    return Button(label=say("wrong_topic", language), call=call)


def apart_button(story_id: StoryId, language: str) -> Button:
    """Make the button that shows a story's articles, to say which of them is another story."""
    return Button(label=say("not_same", language), call=Call(command="apart", arguments=(("story", str(story_id)),)))


def _buttons(view: StoryView, language: str) -> tuple[Button, ...]:
    """List the buttons of a story, at most five: more do not fit a row on Discord."""
    shown = [context_button(view, language), mute_button(view.id, language)]
    if view.topics:
        shown.append(wrong_topic_button(view.id, language))
    if len(view.coverage) > 1:
        shown.append(apart_button(view.id, language))
    return tuple(shown)


def _topic_line(topic: TopicWhy, language: str) -> Line:
    """Say a topic and why: the terms found, each once, and where."""
    reasons = {reason.term.casefold(): reason for reason in reversed(topic.reasons)}
    terms = [_say_term(reason, language) for reason in reversed(reasons.values())]
    why = ", ".join(terms[:MOST_REASONS])
    return line(Span(text=topic.title, is_bold=True), *((f": {why}",) if why else ()))


def _say_term(reason: Reason, language: str) -> str:
    start, end = reason.hit
    found = reason.snippet[start:end] or reason.term
    return f"“{found}” ({say(reason.where.value, language)})"


def _source_lines(view: StoryView, language: str) -> tuple[Line, ...]:
    """Say who had it first and, where there are others, who has it too: «Also: A, B, C +6 · 2 origins»."""
    if not view.coverage:
        return ()
    first = view.coverage[0]
    head = line(Span(text=first.outlet, link=first.link, is_bold=True), *_language_mark(first.language, language))
    others = [article for article in _one_per_outlet(view.coverage) if article.outlet != first.outlet]
    if not others:
        return (head,)
    shown: list[str | Span] = [f"{say('also', language)}: "]
    for index, article in enumerate(others[:MOST_OUTLETS]):
        shown += [", "] if index else []
        shown += [Span(text=article.outlet, link=article.link), *_language_mark(article.language, language)]
    more = len(others) - MOST_OUTLETS
    tail = f" +{more}" if more > 0 else ""
    counts = f"{say_count('outlets', view.outlets, language)}, {say_count('origins', view.origins, language)}"
    return (head, line(*shown, f"{tail} · {counts}{_name_agencies(view)}"))


def _name_agencies(view: StoryView) -> str:
    """Name the agencies whose copy is among the origins, where there is copy."""
    is_copied = view.origins < view.outlets and view.agencies
    return f" ({', '.join(view.agencies[:MOST_OUTLETS])})" if is_copied else ""


def _development_line(development: DevelopmentLine, language: str) -> Line:
    article = development.article
    return line(
        moment(development.at),
        " ",
        Span(text=say_reason(development.reason, language), is_bold=True),
        " · ",
        Span(text=article.outlet, link=article.link),
    )


def _context_line(story: StoryLine, channel: Channel) -> Line:
    """Say an earlier story: date in the channel's zone, outlet, headline with link."""
    first = story.first
    return line(
        f"{say_day(first.published_at.astimezone(zone_of(channel.zone)))} {first.outlet}: ",
        Span(text=story.headline, link=story.link),
        *_language_mark(first.language, channel.language),
    )


def _article_line(article: ArticleLine, language: str) -> Line:
    return line(
        Span(text=article.title, link=article.link),
        f" · {article.outlet}",
        *_language_mark(article.language, language),
        " · ",
        moment(article.published_at),
    )


def _language_mark(language: str | None, shown_in: str) -> tuple[str, ...]:
    """Name the language of something that is not in the reader's."""
    return () if language is None or is_same_language(language, shown_in) else (f" [{say_language(language)}]",)


def _one_per_outlet(coverage: Iterable[ArticleLine]) -> list[ArticleLine]:
    first: dict[str, ArticleLine] = {}
    for article in coverage:
        first.setdefault(article.outlet, article)
    return list(first.values())


def _find_development(
    developments: Sequence[DevelopmentLine], reason: str, development_id: DevelopmentId | None
) -> DevelopmentLine | None:
    by_id = (d for d in developments if d.id == development_id)
    return next(by_id, next((d for d in reversed(developments) if d.reason == reason), None))


def _names(topics: Sequence[TopicWhy]) -> str:
    return ", ".join(topic.title for topic in topics)


def _first_outlet(view: StoryView) -> str:
    return view.coverage[0].outlet if view.coverage else ""


def zone_of(name: str) -> ZoneInfo:
    """Return a channel's zone; UTC where its name is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
