"""A topic tried on known articles: what is counted, which examples are chosen, what a change does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.models import Article, ArticleId, FeedId, Reason, Sensitivity, Where
from bot.topics.backtest import Tally, TrialHit, came_at, choose_examples, compare
from tests.topics.making import LIBRARY, NOW, topic

DAY = timedelta(days=1)


def article(number: int, title: str, text: str = "", *, ago: timedelta = DAY, language: str = "en") -> Article:
    return Article(
        id=ArticleId(number),
        url=None,
        link=f"https://courant.example/{number}",
        outlet="Courant",
        title=title,
        text=text,
        language=language,
        published_at=NOW - ago,
        seen_at=NOW - ago,
        feeds=(FeedId(7),),
    )


def tally(query: str, *articles: Article, sensitivity: Sensitivity = Sensitivity.NORMAL) -> Tally:
    found = Tally.of(replace(topic("chips", (query, 1.0)), sensitivity=sensitivity), LIBRARY)
    found.judge(articles, {FeedId(7): "Harbour Courant courant.example"})
    return found


def hit(number: int, term: str, outlet: str = "Courant", title: str = "") -> TrialHit:
    reason = Reason(term=term, group=None, where=Where.TITLE, snippet=term, hit=(0, len(term)))
    return TrialHit(
        id=ArticleId(number),
        title=title or f"Title {number}",
        link=None,
        outlet=outlet,
        language="en",
        at=NOW + timedelta(minutes=number),
        score=1.0,
        reasons=(reason,),
    )


def test_hits_terms_days_and_languages_are_counted() -> None:
    found = tally(
        "chip* OR asml",
        article(1, "Chips are scarce"),
        article(2, "ASML sells tools", ago=2 * DAY),
        article(3, "Chipfabriek", ago=2 * DAY, language="nl-BE"),
        article(4, "Fish and peas"),
    )
    trial = found.result(since=NOW - 10 * DAY, until=NOW, archive=9, looked_at=4)
    assert (trial.hits, trial.archive, trial.looked_at) == (3, 9, 4)
    assert trial.per_day == pytest.approx(0.3)
    assert trial.busiest == ((NOW - 2 * DAY).date(), 2)
    assert dict(trial.terms) == {"chip*": 2, "asml": 1}
    assert dict(trial.languages) == {"en": 2, "nl": 1}
    assert {example.term for example in trial.examples} == {"chip*", "asml"}


@pytest.mark.parametrize("sensitivity, hits", [(Sensitivity.STRICT, 1), (Sensitivity.NORMAL, 1), (Sensitivity.WIDE, 2)])
def test_only_what_reaches_the_sensitivity_is_a_hit(sensitivity: Sensitivity, hits: int) -> None:
    late = article(2, "Elsewhere", "word " * 100 + "chips")
    assert len(tally("chips", article(1, "Chips"), late, sensitivity=sensitivity).hits) == hits


def test_a_feed_is_known_by_its_name() -> None:
    assert len(tally("feed:harbour", article(1, "Anything")).hits) == 1
    assert not tally("feed:inland", article(1, "Anything")).hits


def test_a_young_archive_gives_no_wild_rate() -> None:
    trial = tally("chips", article(1, "Chips")).result(
        since=NOW - timedelta(minutes=5), until=NOW, archive=1, looked_at=1
    )
    assert (trial.days, trial.per_day) == (1.0, 1.0)


def test_what_a_first_sight_brings_is_as_old_as_its_date() -> None:
    old = replace(article(1, "Chips"), published_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert came_at(old) == datetime(2026, 1, 1, tzinfo=UTC)
    early = replace(article(1, "Chips"), published_at=NOW + DAY)
    assert came_at(early) == early.seen_at


def test_every_way_to_hit_shows_itself_among_the_examples() -> None:
    common = [hit(n, "chips") for n in range(10, 30)]
    rare = [hit(1, "asml"), hit(2, "wafer", outlet="Signal")]
    chosen = choose_examples([*common, *rare])
    assert len(chosen) == 5
    assert {"asml", "wafer", "chips"} == {one.term for one in chosen}
    assert [one.id for one in chosen] == sorted((one.id for one in chosen), reverse=True)


def test_a_wire_copy_is_no_second_example() -> None:
    chosen = choose_examples([hit(1, "a", title="Same"), hit(2, "b", "Signal", title="SAME"), hit(3, "c")])
    assert [one.id for one in chosen] == [3, 2]


@given(st.sets(st.integers(1, 30)), st.sets(st.integers(1, 30)))
def test_a_change_gains_and_loses_what_differs(before: set[int], after: set[int]) -> None:
    old, new = tally("nothing"), tally("nothing")
    old.hits = {ArticleId(n): hit(n, "x") for n in before}
    new.hits = {ArticleId(n): hit(n, "x") for n in after}
    change = compare(old, new)
    assert (change.gained, change.lost) == (len(after - before), len(before - after))
    assert {one.id for one in change.gained_examples} <= after - before
    assert {one.id for one in change.lost_examples} <= before - after
