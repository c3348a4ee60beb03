"""The burst guard: what is a copy, what is a backlog, and what stays suspicious."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import Entry
from bot.domain.models import ArticleId
from bot.domain.pace import Pace
from bot.domain.records import KnownArticle
from bot.feeds.bursts import FEW, LARGER, MANY, WHOLE, find_batch, find_held, is_burst, match_alike

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURLY = Pace(gap=HOUR, newest_at=NOW)
UNKNOWN = Pace()


def entry(title: str, *, link: str | None = None, at: datetime | None = NOW) -> Entry:
    return Entry(guid=None, link=link, title=title, text="", published_at=at)


def known(number: int, title: str, *, url: str | None = None, at: datetime = NOW - 30 * DAY) -> KnownArticle:
    return KnownArticle(id=ArticleId(number), title=title, url=url, published_at=at)


def aged(*ages: timedelta) -> list[Entry]:
    return [entry(f"Entry {n}", at=NOW - age) for n, age in enumerate(ages)]


TITLES = [f"The harbour council decides matter number {n}" for n in range(40)]


@pytest.mark.parametrize(
    "unseen, met, burst",
    [(1, 0, False), (WHOLE - 1, 0, False), (WHOLE, 0, True), (WHOLE, 1, False), (FEW, 9, False), (FEW + 1, 9, True)],
)
def test_many_unseen_entries_are_looked_at(unseen: int, met: int, burst: bool) -> None:
    assert is_burst(unseen, met) == burst


@pytest.mark.parametrize(
    "link, url",
    [
        ("http://old.example/2026/11/council-decides/", "https://new.example/2026/11/council-decides"),
        ("https://outlet.example/news/council-decides?from=feed", "https://outlet.example/news/Council-Decides"),
        ("https://outlet.example/48213", "https://www.other.example/48213/index.html"),
        ("https://outlet.example/?p=7", "https://other.example/?p=7"),
    ],
)
def test_the_path_of_an_address_tells_a_copy(link: str, url: str) -> None:
    assert match_alike([entry("New title", link=link)], [known(7, "Old title", url=url)]) == {0: 7}


@pytest.mark.parametrize("link", ["https://outlet.example/news", "https://outlet.example/", None, "https://[bad/4821"])
def test_a_path_that_says_nothing_tells_nothing(link: str | None) -> None:
    assert match_alike([entry("New title", link=link)], [known(7, "Old title", url="https://x.example/news")]) == {}


def test_a_path_under_which_articles_are_numbered_tells_none() -> None:
    before = [known(n, f"Old {n}", url=f"https://outlet.example/article.php?id={n}") for n in range(3)]
    links = [f"http://www.outlet.example/article.php?id={n}" for n in range(2, 6)]
    assert match_alike([entry(f"New {link}", link=link) for link in links], before) == {0: 2}
    assert match_alike([entry(f"New {link}", link=link) for link in links], before[:1]) == {}
    assert match_alike([entry("New", link=links[-1])], before) == {}


def test_a_title_with_its_day_tells_a_copy_however_short() -> None:
    assert match_alike([entry("Weather", at=NOW - 30 * DAY)], [known(1, "WEATHER")]) == {0: 1}
    assert match_alike([entry("Weather")], [known(1, "Weather")]) == {}


def test_bumped_dates_do_not_hide_a_re_published_feed() -> None:
    before = [known(n, title) for n, title in enumerate(TITLES)]
    assert match_alike([entry(title) for title in TITLES], before) == dict(enumerate(range(40)))


def test_a_title_that_returns_among_real_news_is_news() -> None:
    before = [known(1, TITLES[0])]
    assert match_alike([entry(TITLES[0]), entry("Quite another thing"), entry("A third thing")], before) == {}


def test_a_title_that_stands_over_several_articles_tells_none() -> None:
    before = [known(1, TITLES[0]), known(2, TITLES[0], at=NOW - 20 * DAY)]
    assert match_alike([entry(TITLES[0])], before) == {}


@pytest.mark.parametrize(
    "entries, pace, away, held",
    [
        pytest.param(aged(*[200 * DAY] * 60), HOURLY, HOUR, 60, id="old items resurface"),
        pytest.param(aged(*[200 * DAY] * FEW), HOURLY, HOUR, 0, id="a few old items"),
        pytest.param(aged(*[200 * DAY] * 60, HOUR / 2), HOURLY, HOUR, 60, id="news among old items passes"),
        pytest.param(aged(*[HOUR / 2] * MANY), UNKNOWN, HOUR, 0, id="a busy morning"),
        pytest.param(aged(*[HOUR / 2] * (MANY + 1)), UNKNOWN, HOUR, MANY + 1, id="far more than likely"),
        pytest.param(aged(*[HOUR / 2] * 100), Pace(gap=timedelta(minutes=1)), HOUR, 0, id="a wire that brings so many"),
        pytest.param(aged(*[n * HOUR for n in range(72)]), UNKNOWN, 3 * DAY, 0, id="a backlog of three days"),
        pytest.param(aged(*[n * HOUR for n in range(72)]), HOURLY, 3 * DAY, 0, id="a backlog in its rhythm"),
        pytest.param(aged(*[HOUR] * 72), UNKNOWN, 3 * DAY, 72, id="an absence, then all of one hour"),
        pytest.param([entry(f"{n}", at=None) for n in range(FEW + 1)], UNKNOWN, HOUR, FEW + 1, id="undated, unknown"),
        pytest.param([entry(f"{n}", at=None) for n in range(40)], UNKNOWN, DAY, 0, id="undated, after an absence"),
        pytest.param([entry(f"{n}", at=None) for n in range(40)], Pace(gap=HOUR / 30), HOUR, 0, id="undated, usual"),
    ],
)
def test_what_is_more_than_likely_is_held(entries: list[Entry], pace: Pace, away: timedelta, held: int) -> None:
    found = find_held(entries, pace, NOW - away, NOW)
    assert len(found) == held
    assert all(entries[place].published_at != NOW - HOUR / 2 for place in found) or held == MANY + 1


ages = st.timedeltas(timedelta(days=-2), timedelta(days=500))
gaps = st.none() | st.timedeltas(timedelta(), timedelta(days=30))


@given(st.lists(st.none() | ages, max_size=120), gaps, st.timedeltas(timedelta(), timedelta(days=90)))
def test_a_few_entries_are_never_held_and_holding_is_all_or_nothing_of_a_kind(
    given_ages: list[timedelta | None], gap: timedelta | None, away: timedelta
) -> None:
    entries = [entry(str(n), at=None if age is None else NOW - age) for n, age in enumerate(given_ages)]
    held = find_held(entries, Pace(gap=gap), NOW - away, NOW)
    assert held <= set(range(len(entries)))
    assert len(held) > FEW or not held


@given(st.integers(1, 200), st.timedeltas(DAY, 60 * DAY), gaps)
def test_a_backlog_that_is_spread_over_the_absence_is_never_held(
    count: int, away: timedelta, gap: timedelta | None
) -> None:
    entries = [entry(str(n), at=NOW - away * (n / count)) for n in range(count)]
    assert find_held(entries, Pace(gap=gap), NOW - away, NOW) == set()


@given(st.permutations(TITLES), st.integers(1, 40))
def test_a_feed_published_again_under_new_guids_hosts_and_dates_is_all_known(titles: list[str], count: int) -> None:
    before = [known(n, title) for n, title in enumerate(TITLES)]
    again = [entry(title, link=f"https://new.example/{n}") for n, title in enumerate(titles[:count])]
    assert match_alike(again, before) == {n: TITLES.index(title) for n, title in enumerate(titles[:count])}


def test_what_a_feed_brings_at_once_every_day_is_news() -> None:
    gazette = [known(n, "Act", at=NOW - day * DAY + n * timedelta(seconds=9)) for day in (1, 2) for n in range(150)]
    daily, few_hours = Pace(gap=DAY / 150, newest_at=NOW - DAY), 2 * HOUR
    assert find_batch(gazette) == 150
    issue = aged(*([HOUR / 2] * 200))
    assert find_held(issue, daily, NOW - few_hours, NOW, batch=find_batch(gazette)) == set()
    assert len(find_held(issue, daily, NOW - few_hours, NOW, batch=find_batch(gazette[150:]))) == 200, (
        "once is no habit"
    )
    much = aged(*([HOUR / 2] * (LARGER * 150 + 1)))
    assert len(find_held(much, daily, NOW - few_hours, NOW, batch=find_batch(gazette))) == len(much)
    held = [KnownArticle(id=a.id, title="", url=None, published_at=a.published_at, is_held=True) for a in gazette]
    assert find_batch(held) == find_batch([]) == 0
