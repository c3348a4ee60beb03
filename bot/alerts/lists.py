"""Cards that are lists: what commands answer with, one line a thing."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alerts.cards import moment
from bot.alerts.phrases import is_same_language, say, say_count, say_language
from bot.domain.cards import Button, Card, Line, Section, Span, line
from bot.domain.models import Filters, Topic
from bot.domain.views import ArticleLine, StatusView, StoryLine, SubscriptionLine


def list_card(
    title: str,
    lines: Sequence[Line],
    footer: str = "",
    *,
    empty: str = "",
    buttons: Sequence[Button] = (),
) -> Card:
    """Make a card of lines under a title; `empty` stands where there are none."""
    shown = tuple(lines) or ((line(empty),) if empty else ())
    return Card(
        title=title,
        text=f"{title}: {_plain(shown[0])}" if len(shown) == 1 else title,
        sections=(Section(lines=shown),) if shown else (),
        buttons=tuple(buttons),
        footer=line(footer) if footer else (),
    )


def story_line(story: StoryLine, language: str) -> Line:
    """Say a story in one line: headline with link, outlet, how many outlets, when, and its number for `story`."""
    first = story.first
    others = f" · {say_count('outlets', story.outlets, language)}" if story.outlets > 1 else ""
    return line(
        Span(text=story.headline, link=story.link),
        f" · {first.outlet}{_mark(first.language, language)}{others} · ",
        moment(story.updated_at),
        f" · #{story.id}",
    )


def article_line(article: ArticleLine, language: str) -> Line:
    """Say an article in one line: title with link, outlet, when."""
    return line(
        Span(text=article.title, link=article.link),
        f" · {article.outlet}{_mark(article.language, language)} · ",
        moment(article.published_at),
    )


def latest_card(stories: Sequence[StoryLine], *, language: str, topic: str = "") -> Card:
    """Show the stories updated last, of one topic or of all."""
    title = say("latest", language) + (f": {topic}" if topic else "")
    lines = [story_line(story, language) for story in stories]
    return list_card(title, lines, empty=say("nothing_found", language))


def search_card(query: str, articles: Sequence[ArticleLine], *, language: str) -> Card:
    """Show what a search found."""
    lines = [article_line(article, language) for article in articles]
    return list_card(f"{say('found', language)}: {query}", lines, empty=say("nothing_found", language))


def topics_card(topics: Sequence[Topic], *, language: str) -> Card:
    """Show topics: name, title and sensitivity; a dot marks the workspace's own."""
    lines = [
        line(Span(text=topic.name, is_bold=True), f" · {topic.title} · {topic.sensitivity.value}{_own(topic)}")
        for topic in topics
    ]
    return list_card(say("topics", language), lines, empty=say("nothing_found", language))


def subscriptions_card(
    subscriptions: Sequence[SubscriptionLine], *, language: str, buttons: Sequence[Button] = ()
) -> Card:
    """Show what a channel watches and how."""
    lines = [_subscription_line(s, language) for s in subscriptions]
    return list_card(say("subscriptions", language), lines, empty=say("nothing_found", language), buttons=buttons)


def tell_watching(filters: Filters, mention: str | None, language: str) -> list[str]:
    """Say what a subscription lets through and whom it calls, a part for each thing that was chosen."""
    chosen = [
        ("languages", [say_language(code) for code in filters.languages]),
        ("from_outlets", filters.outlets_in),
        ("without_outlets", filters.outlets_out),
        ("without_words", filters.words_out),
        ("mentions", [mention] if mention else []),
    ]
    return [f"{say(key, language)} {', '.join(values)}" for key, values in chosen if values]


def _subscription_line(subscription: SubscriptionLine, language: str) -> Line:
    filters = subscription.filters
    parts = [subscription.mode.value, subscription.sensitivity.value]
    if subscription.min_outlets > 1:
        parts.append(f"≥ {say_count('outlets', subscription.min_outlets, language)}")
    if filters.min_origins > 1:
        parts.append(f"≥ {say_count('origins', filters.min_origins, language)}")
    parts += tell_watching(filters, subscription.mention, language)
    return line(Span(text=subscription.topic_name, is_bold=True), *(f" · {part}" for part in parts))


def status_card(view: StatusView, *, language: str) -> Card:
    """Show how the bot is."""
    lines = [
        _count(say("feeds", language), view.feeds, _trouble(view.feeds_failing, say("failing", language))),
        _count(say("articles", language), view.articles, _trouble(view.ungathered, say("ungathered", language))),
        line(say_count("stories", view.stories, language)),
        _count(say("subscriptions", language), view.subscriptions, ""),
        _count(
            say("deliveries", language),
            view.deliveries_pending,
            f" {say('pending', language)}{_trouble(view.deliveries_failed, say('failed', language))}",
        ),
    ]
    if view.oldest_pending_at is not None:
        lines.append(line(f"{say('oldest', language)} ", moment(view.oldest_pending_at)))
    return list_card(say("status", language), lines)


def help_card(commands: Sequence[tuple[str, str]], *, language: str) -> Card:
    """Show commands with what they do: pairs of usage and summary."""
    lines = [line(Span(text=f"/news {usage}", is_bold=True), f" · {summary}") for usage, summary in commands]
    return list_card(say("help", language), lines)


def _own(topic: Topic) -> str:
    return " •" if topic.owner is not None else ""


def _count(what: str, count: int, more: str) -> Line:
    return line(f"{what[:1].upper()}{what[1:]}: ", Span(text=str(count), is_bold=True), *((more,) if more else ()))


def _trouble(count: int, what: str) -> str:
    return f", {count} {what}" if count else ""


def _mark(language: str | None, shown_in: str) -> str:
    return "" if language is None or is_same_language(language, shown_in) else f" [{say_language(language)}]"


def _plain(spans: Line) -> str:
    return "".join(span.text for span in spans)
