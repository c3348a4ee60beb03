"""A digest as cards: topic by topic, a line a story, what also happened, and what silence rests on in the last line.

Pages are cut by whole stories so that no platform has to: what one message holds no more is told as a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.cards import moment, zone_of
from bot.alerts.phrases import is_same_language, say, say_count, say_day, say_language
from bot.alerts.reasons import say_reason
from bot.alerts.sparklines import draw_sparkline
from bot.domain.cards import Button, Call, Card, Line, Section, Span, line
from bot.domain.digests import Assurance, Digest, DigestSpike, DigestStory, DigestTopic
from bot.domain.models import AlertId, Channel, StoryId
from bot.domain.text import clean, shorten
from bot.domain.views import StoryLine

ROOM = 4_400
"""How much a page holds, measured as `_size` does: Discord takes 6,000 units a message with title and footer, and what
is written there grows by the marks that keep feed text from being markup."""
MOST_FULL = 10
"""So many stories of a page have their context beside them, the others stand under «also happened»."""
LEAST_DAYS = 3
"""Of fewer days that were read there is nothing to be seen."""
MOST_HEADLINE = 160
MOST_NEWS = 80
MOST_BEFORE = 70
MOST_LINK = 400
"""A longer address would fill a message by itself: the story is shown without it."""
Lines = Mapping[StoryId, StoryLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a digest: its card, and how many stories come after it."""

    card: Card
    rest: int


def digest_page(
    digest: Digest,
    lines: Lines,
    *,
    channel: Channel,
    title: str = "",
    number: int = 1,
    more: Button | None = None,
) -> Page:
    """Show a page of a digest, the first one with the topics' trends; `more` is the button where stories are left.

    Past the end it is the last page: stories may have gone since its number was told.
    `lines` are the stories as the viewer sees them now: what is not among them is left out. `title` replaces the usual
    one before the number of stories.
    """
    language = channel.language
    told = [story for story in digest.stories if story.id in lines]
    pages = _cut(digest, told, lines, channel)
    number = min(number, len(pages))
    shown = pages[number - 1]
    rest = sum(len(page) for page in pages[number:])
    what = title or say("digest.weekly" if digest.is_weekly else "digest", language)
    counted = say_count("stories", len(told), language) if told else say("digest.nothing", language)
    place = f" ({number}/{len(pages)})" if number > 1 else ""
    heading = f"{what}: {counted}{place}"
    sections = _sections(digest, shown, lines, channel, is_first=number == 1)
    if rest:
        sections.append(Section(lines=(line(say_count("digest.rest", rest, language)),)))
    first = lines[told[0].id].headline if told else ""
    card = Card(
        title=heading,
        text=f"{heading}: {first}" if first else heading,
        sections=tuple(sections),
        buttons=(more,) if more is not None and rest else (),
        footer=_footer(digest, language),
    )
    return Page(card=card, rest=rest)


def say_assurance(assurance: Assurance, language: str) -> str:
    """Say what silence rests on."""
    blind = assurance.blind_hours
    hours = f"{blind:.0f}" if blind == 0 or blind >= 10 else f"{blind:.1f}"
    return " · ".join(
        (
            say_count("digest.polled", assurance.polled, language),
            say("digest.failing", language, n=assurance.failing),
            say("digest.blind", language, n=hours),
            say("digest.held", language, n=assurance.held),
        )
    )


def _cut(digest: Digest, told: Sequence[DigestStory], lines: Lines, channel: Channel) -> list[list[DigestStory]]:
    """Cut stories into pages by room and by the greatest length, in their order."""
    pages: list[list[DigestStory]] = [[]]
    room = ROOM - sum(_size(row) for topic in digest.topics for row in _trend_lines(topic, lines, channel))
    for story in told:
        cost = _size(_full_line(story, lines, channel)) + _heading_size(pages[-1], story, digest)
        if pages[-1] and (cost > room or len(pages[-1]) >= digest.length):
            pages.append([])
            room = ROOM
        pages[-1].append(story)
        room -= cost
    return pages


def _heading_size(page: Sequence[DigestStory], story: DigestStory, digest: Digest) -> int:
    if any(other.topic == story.topic for other in page):
        return 0
    return 8 + max((2 * len(topic.title) for topic in digest.topics if topic.id == story.topic), default=0)


def _sections(
    digest: Digest, shown: Sequence[DigestStory], lines: Lines, channel: Channel, *, is_first: bool
) -> list[Section]:
    language = channel.language
    sections: list[Section] = []
    if is_first and digest.due_at is not None:
        sections.append(Section(lines=(line(say("digest.late", language, at=_say_wall(digest.due_at, channel))),)))
    full, short = shown[:MOST_FULL], shown[MOST_FULL:]
    for topic in digest.topics:
        mine = tuple(_full_line(story, lines, channel) for story in full if story.topic == topic.id)
        trend = _trend_lines(topic, lines, channel) if is_first and digest.stories else ()
        if mine or (trend and topic.spikes):
            sections.append(Section(heading=topic.title, lines=(*trend, *mine)))
    if short:
        rows = tuple(_short_line(lines[story.id], language) for story in short)
        sections.append(Section(heading=say("digest.also", language), lines=rows))
    return sections


def _full_line(story: DigestStory, lines: Lines, channel: Channel) -> Line:
    """Say a story: headline with link, outlet, how widely it is told, what is new, what came before, its number."""
    language = channel.language
    shown = lines[story.id]
    outlets = story.outlets or shown.outlets
    origins = min(story.origins, outlets)
    parts: list[str | Span] = [_headline(shown), f" · {shown.first.outlet}{_mark(shown, language)}"]
    if outlets > 1:
        parts.append(f" · {say_count('outlets', outlets, language)}, {say_count('origins', origins, language)}")
    if story.news:
        parts += [" · ", Span(text=shorten(say_reason(story.news, language), MOST_NEWS), is_bold=True)]
    before = lines.get(story.before) if story.before is not None else None
    if before is not None:
        day = say_day(before.first.published_at.astimezone(zone_of(channel.zone)))
        parts += [f" · {say('digest.before', language)} {day}: ", _headline(before, MOST_BEFORE)]
    return line("• ", *parts, f" · #{story.id}")


def _short_line(shown: StoryLine, language: str) -> Line:
    return line("• ", _headline(shown), f" · {shown.first.outlet}{_mark(shown, language)} · #{shown.id}")


def _headline(shown: StoryLine, most: int = MOST_HEADLINE) -> Span:
    link = shown.link
    return Span(text=shorten(clean(shown.headline), most), link=link if link and len(link) <= MOST_LINK else None)


def _mark(shown: StoryLine, language: str) -> str:
    spoken = shown.first.language
    return "" if spoken is None or is_same_language(spoken, language) else f" [{say_language(spoken)}]"


def _trend_lines(topic: DigestTopic, lines: Lines, channel: Channel) -> tuple[Line, ...]:
    """Draw a topic's last days, and name the story of each day that stands out."""
    language = channel.language
    if len(topic.days) - topic.unknown < LEAST_DAYS:
        return ()
    drawn = draw_sparkline(topic.days, unknown=topic.unknown)
    picture = line(f"{drawn} {say('digest.days', language, n=len(topic.days))}")
    return (picture, *(_spike_line(spike, lines, language) for spike in topic.spikes))


def _spike_line(spike: DigestSpike, lines: Lines, language: str) -> Line:
    counted = say_count("trend.articles", spike.articles, language)
    begin = f"▲ {spike.day.isoformat()} · {counted} ({say('trend.usual', language)} {spike.usual:g})"
    shown = lines.get(spike.story) if spike.story is not None else None
    return line(begin) if shown is None else line(f"{begin} · ", _headline(shown, MOST_BEFORE), f" · #{shown.id}")


def _footer(digest: Digest, language: str) -> Line:
    assured = say_assurance(digest.assurance, language)
    return line(f"{assured} · {say('since', language)} ", moment(digest.since))


def _say_wall(at: datetime, channel: Channel) -> str:
    return f"{at.astimezone(zone_of(channel.zone)):%Y-%m-%d %H:%M}"


def _size(row: Line) -> int:
    """Measure a line as the platform with the least room does: UTF-16 units, links, and the marks around them."""
    return sum(len(span.text.encode("utf-16-le")) // 2 + len(span.link or "") + 6 for span in row) + 1


def more_button(alert_id: AlertId, number: int, language: str) -> Button:
    """Make the button that shows a further page of a digest to whoever presses it."""
    arguments = (("digest", str(alert_id)), ("page", str(number)))
    return Button(label=say("digest.show_rest", language), call=Call(command="digest more", arguments=arguments))
