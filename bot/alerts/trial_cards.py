"""A topic that was tried, shown: how many a day, examples with the term that fired, what it just misses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.alerts.cards import moment
from bot.alerts.phrases import is_same_language, say, say_count, say_day, say_language
from bot.domain.cards import Button, Card, Line, Section, Span, line
from bot.domain.models import Topic
from bot.domain.text import shorten
from bot.topics.backtest import Difference, Trial, TrialHit
from bot.topics.report import NearMiss, TrialReport
from bot.topics.suggest import Suggestion

MOST_TERMS = 8
LONGEST_TITLE = 140
LONGEST_QUERY = 600
LONGEST_TERM = 40


def trial_card(
    topic: Topic,
    report: TrialReport,
    *,
    language: str,
    bound: int,
    words: str = "",
    buttons: Sequence[Button] = (),
    footer: str = "",
) -> Card:
    """Show what a trial found; `words` say the query in words, `bound` is the most a day without a second yes."""
    trial = report.trial
    sections = [
        Section(heading=say("looks_for", language), lines=tuple(_query_lines(topic, words))),
        Section(lines=tuple(_count_lines(trial, topic, language, bound))),
    ]
    if report.difference is not None:
        sections.append(_section("what_changes", _difference_lines(report.difference, language), language))
    sections += [
        _section("examples", [_hit_line(hit, language) for hit in trial.examples], language),
        _section("common_terms", _term_lines(trial.terms), language),
        _section("near_misses", [_near_line(miss, language) for miss in report.near], language),
        _section("goes_with", _suggestion_lines(report.suggestions), language),
    ]
    return Card(
        title=topic.name,
        text=f"{topic.name}: {say_rate(trial.per_day, language)}",
        sections=tuple(section for section in sections if section.lines),
        buttons=tuple(buttons),
        footer=line(footer) if footer else (),
    )


def say_rate(per_day: float, language: str) -> str:
    """Say how many articles a day, with as many digits as mean something."""
    number = "< 0.1" if 0 < per_day < 0.1 else f"{per_day:.1f}".removesuffix(".0") if per_day < 10 else f"{per_day:.0f}"
    return say("per_day.one" if number == "1" else "per_day", language, n=number)


def is_too_much(per_day: float, bound: int) -> bool:
    """Tell whether a topic matches more a day than it may without a second yes; a bound of 0 allows all."""
    return 0 < bound < per_day


def _section(key: str, lines: Sequence[Line], language: str) -> Section:
    return Section(heading=say(key, language), lines=tuple(lines))


def _query_lines(topic: Topic, words: str) -> list[Line]:
    shown = [line(Span(text=shorten(clause.query, LONGEST_QUERY), is_bold=True)) for clause in topic.clauses[:4]]
    return [*shown, line(words)] if words else shown


def _count_lines(trial: Trial, topic: Topic, language: str, bound: int) -> list[Line]:
    tried = say("tried_on", language, n=f"{trial.archive:,}", day=say_day(trial.since))
    cut = f"; {say('trial_cut', language)}" if trial.is_cut else ""
    base = line(f"{tried}{cut} · {topic.sensitivity.value}")
    if not trial.hits:
        return [line(Span(text=say("no_hits", language), is_bold=True)), base]
    rate = Span(text=say_rate(trial.per_day, language), is_bold=True)
    days = round(trial.days)
    key = "hits_in_days.one" if days == 1 else "hits_in_days"
    told = f": {say(key, language, hits=trial.hits, n=days)}"
    if trial.busiest is not None:
        day, number = trial.busiest
        told += f", {say('busiest_day', language, day=day.isoformat(), n=number)}"
    lines = [line(rate, told), base]
    if is_too_much(trial.per_day, bound):
        lines.insert(1, line(Span(text=f"⚠ {say('too_many', language, n=bound)}", is_bold=True)))
    return lines


def _difference_lines(difference: Difference, language: str) -> list[Line]:
    counts = f"+{difference.gained} {say('gained', language)}, −{difference.lost} {say('lost', language)}"
    gained = [line("+ ", *_hit_line(hit, language)) for hit in difference.gained_examples]
    lost = [line("− ", *_hit_line(hit, language)) for hit in difference.lost_examples]
    return [line(Span(text=counts, is_bold=True)), *gained, *lost]


def _hit_line(hit: TrialHit, language: str) -> Line:
    """Say a hit: title with link, the term that fired and where, outlet, when."""
    mark = ""
    if hit.language and not is_same_language(hit.language, language):
        mark = f" [{say_language(hit.language)}]"
    return line(
        Span(text=shorten(hit.title, LONGEST_TITLE), link=hit.link),
        f" · {_fired(hit, language)}{hit.outlet}{mark} · ",
        moment(hit.at),
    )


def _fired(hit: TrialHit, language: str) -> str:
    if not hit.reasons:
        return ""
    reason = hit.reasons[0]
    start, end = reason.hit
    found = reason.snippet[start:end] or reason.term
    group = f" @{reason.group}" if reason.group else ""
    return f"“{shorten(found, LONGEST_TERM)}”{group} ({say(reason.where.value, language)}) · "


def _term_lines(terms: Sequence[tuple[str, int]]) -> list[Line]:
    shown = ", ".join(f"{shorten(term, LONGEST_TERM)} ({number})" for term, number in terms[:MOST_TERMS])
    more = f" +{len(terms) - MOST_TERMS}" if len(terms) > MOST_TERMS else ""
    return [line(f"{shown}{more}")] if shown else []


def _near_line(miss: NearMiss, language: str) -> Line:
    number = f"≥ {miss.articles}" if miss.is_more else str(miss.articles)
    told = say_count("more_articles", miss.articles, language).replace(str(miss.articles), number, 1)
    return line(Span(text=miss.alias.word, is_bold=True), f": {told} · ", *_hit_line(miss.example, language))


def _suggestion_lines(suggestions: Sequence[Suggestion]) -> list[Line]:
    shown = ", ".join(f"{one.term} ({one.hits}/{one.articles})" for one in suggestions)
    return [line(shown)] if shown else []
