"""Trends as cards, as charts and as what a screen reader says of a chart: one reading, three forms."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alerts.phrases import say, say_count
from bot.alerts.sparklines import draw_sparkline
from bot.domain.cards import Card, Line, Section, Span, line
from bot.domain.charts import Chart, ChartLine, Mark
from bot.domain.text import clean, shorten
from bot.domain.trends import Spike, TrendView
from bot.stories.trends import LEAST_DAYS

MOST_SPIKES = 5
MOST_ALT = 900
"""Discord takes 1,024 characters of alternative text, Slack 1,000."""
NUMBERS = "①②③④⑤⑥⑦⑧⑨"
Numbered = list[tuple[int, int, Spike]]
"""Spikes with the number that chart and text give them and the line they are of, strongest first."""


def trend_card(view: TrendView, *, language: str) -> Card:
    """Show a topic's days as text: a row of blocks, figures, and the days that stand out with the story of each."""
    heading = f"{view.title} · {say('trend.days', language, n=len(view.days))}"
    if not view.articles:
        return _bare(heading, say("trend.nothing", language))
    figures = (line(_blocks(view, None)), line(_totals(view, language)), line(_latest(view, language)))
    spikes = number_spikes([view])
    found = tuple(_spike_line(number, spike, language) for number, _, spike in sorted(spikes, key=_number))
    return Card(
        title=heading,
        text=f"{heading}: {_totals(view, language)}",
        sections=(
            Section(lines=tuple(row for row in figures if row)),
            Section(heading=say("trend.out", language), lines=found)
            if found
            else Section(lines=(line(_say_nothing_found(view, language)),)),
        ),
    )


def compare_card(views: Sequence[TrendView], *, language: str) -> Card:
    """Show topics side by side, in blocks of one scale."""
    days = say("trend.days", language, n=len(views[0].days))
    heading = f"{' – '.join(view.title for view in views)} · {days}"
    if not any(view.articles for view in views):
        return _bare(heading, say("trend.nothing", language))
    highest = max(day.articles for view in views for day in view.days)
    rows: list[Line] = []
    for view in views:
        rows += [
            line(Span(text=view.title, is_bold=True), f": {_totals(view, language)}"),
            line(_blocks(view, highest)),
        ]
    both = frozenset.intersection(*(view.stories for view in views))
    rows.append(line(say("trend.both", language, n=len(both))))
    spikes = sorted(number_spikes(views), key=_number)
    found = tuple(_spike_line(number, spike, language, views[at].title) for number, at, spike in spikes)
    sections = [Section(lines=tuple(rows))]
    if found:
        sections.append(Section(heading=say("trend.out", language), lines=found))
    return Card(title=heading, text=heading, sections=tuple(sections))


def make_chart(views: Sequence[TrendView], *, language: str) -> Chart:
    """Make the chart of one topic, or of several together."""
    days = views[0].days
    return Chart(
        title=clean(" – ".join(view.title for view in views)),
        unit=say("trend.unit", language),
        usual=say("trend.usual", language),
        days=tuple(day.day for day in days),
        lines=tuple(_chart_line(view) for view in views),
        marks=tuple(
            Mark(number=number, line=at, day=spike.day, text=clean(spike.story.headline) if spike.story else "")
            for number, at, spike in number_spikes(views)
        ),
        unknown=_unknown(views[0]),
        is_last_open=not days[-1].is_whole,
        last_open=say("trend.today", language),
        no_data=say("trend.unread", language),
    )


def describe(views: Sequence[TrendView], *, language: str) -> str:
    """Say in words what the chart shows, for those who do not see it."""
    days = views[0].days
    parts = [f"{say('trend.unit', language)}, {days[0].day.isoformat()} – {days[-1].day.isoformat()}"]
    for view in views:
        most = max(view.days, key=lambda day: day.articles)
        peak = say("trend.peak", language, n=most.articles, day=most.day.isoformat())
        parts.append(f"{view.title}: {say_count('trend.articles', view.articles, language)}, {peak}")
    for number, _, spike in sorted(number_spikes(views), key=_number):
        told = f": {spike.story.headline}" if spike.story else ""
        parts.append(f"{number}. {spike.day.isoformat()}, {spike.articles}{told}")
    return shorten(clean(". ".join(parts)), MOST_ALT)


def number_spikes(views: Sequence[TrendView]) -> Numbered:
    """Choose the strongest spikes of all topics, numbered in the order of their days."""
    every = [(at, spike) for at, view in enumerate(views) for spike in view.spikes]
    chosen = sorted(every, key=lambda one: -one[1].score)[:MOST_SPIKES]
    in_time = sorted(chosen, key=lambda one: (one[1].day, one[0]))
    return [(in_time.index(one) + 1, *one) for one in chosen]


def _number(found: tuple[int, int, Spike]) -> int:
    return found[0]


def _chart_line(view: TrendView) -> ChartLine:
    return ChartLine(
        name=clean(view.title),
        values=tuple(day.articles for day in view.days),
        usual=tuple(usual.middle if usual is not None else None for usual in view.usual),
    )


def _unknown(view: TrendView) -> int:
    return next((number for number, day in enumerate(view.days) if day.is_watched), len(view.days))


def _blocks(view: TrendView, highest: int | None) -> str:
    drawn = draw_sparkline([day.articles for day in view.days], highest=highest, unknown=_unknown(view))
    return f"{view.days[0].day.isoformat()} {drawn} {view.days[-1].day.isoformat()}"


def _totals(view: TrendView, language: str) -> str:
    return " · ".join(
        (
            say_count("trend.articles", view.articles, language),
            say_count("stories", len(view.stories), language),
            say_count("origins", view.origins, language),
        )
    )


def _latest(view: TrendView, language: str) -> str:
    today, usual = view.days[-1], view.usual[-1]
    parts = [f"{say('trend.usual', language)}: {_rounded(usual.middle)} {say('trend.unit', language)}"] if usual else []
    if not today.is_whole:
        parts.append(f"{say('trend.today', language)}: {today.articles}")
    return " · ".join(parts)


def _say_nothing_found(view: TrendView, language: str) -> str:
    is_early = view.usual[-1] is None
    return say("trend.early", language, n=LEAST_DAYS) if is_early else say("trend.none", language)


def _spike_line(number: int, spike: Spike, language: str, topic: str = "") -> Line:
    usual = f"{say('trend.usual', language)} {_rounded(spike.usual.middle)}"
    counted = f"{say_count('trend.articles', spike.articles, language)} ({usual})"
    begin = f"{NUMBERS[number - 1]} {spike.day.isoformat()} · {f'{topic} · ' if topic else ''}{counted}"
    if spike.story is None:
        return line(begin)
    return line(
        f"{begin} · ",
        Span(text=spike.story.headline, link=spike.story.link),
        f" · {spike.story.first.outlet} · {say('trend.of_them', language, n=spike.share)} · #{spike.story_id}",
    )


def _rounded(number: float) -> str:
    return f"{number:g}" if number == int(number) else f"{number:.1f}"


def _bare(heading: str, told: str) -> Card:
    return Card(title=heading, text=f"{heading}: {told}", sections=(Section(lines=(line(told),)),))
