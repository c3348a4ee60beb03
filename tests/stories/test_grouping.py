"""Grouping: what joins, what must not, and what bad input does."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.models import WorkspaceId
from bot.stories.grouping import Grouper, GroupId, GroupItem
from tests.stories.invented import AFFAIR, START, item

BAN = AFFAIR[0]
OTHER_WORDS = "Operators in Orlanda have until 2028 to replace Huawei gear in core networks."


def place_all(items: list[GroupItem]) -> list[GroupId]:
    return list(Grouper().take(items).groups)


@pytest.mark.parametrize("seed", range(12))
def test_an_affair_in_four_languages_falls_into_its_events_from_an_empty_stream(seed: int) -> None:
    rows = list(AFFAIR)
    random.Random(seed).shuffle(rows)
    items = [
        item(title, text, language=language, hours=i / 6, outlet=f"Outlet {i}")
        for i, (_, language, title, text) in enumerate(rows)
    ]
    placed = list(zip(rows, place_all(items), strict=True))
    for (one, its), (other, others) in itertools.combinations(placed, 2):
        assert (its == others) == (one[:2] == other[:2]), (one[2], other[2])


@pytest.mark.parametrize(
    "language, first, second",
    [
        ("en", "Orlanda bars Huawei from its 5G core network", "Orlanda bars Huawei from 5G core network"),
        ("nl", "Orlanda weert Huawei uit kern van 5G-netwerk", "Orlanda weert Huawei uit de kern van het 5G-netwerk"),
        ("de", "Orlanda verbannt Huawei aus dem Kern der 5G-Netze", "Orlanda verbannt Huawei aus 5G-Netzen"),
        ("zh", "奥兰达禁止华为参与5G核心网建设", "奥兰达禁止华为参与5G核心网"),
        ("en", "Velmark rail picks ZTE - The Courant", "Velmark rail picks ZTE ..."),
    ],
)
def test_the_second_article_ever_joins_the_first_when_titles_are_nearly_the_same(
    language: str, first: str, second: str
) -> None:
    one, other = place_all([item(first, language=language), item(second, language=language, outlet="Daily Orlander")])
    assert one == other


@pytest.mark.parametrize(
    "first, second",
    [
        (item("Huawei opens store in Velmark"), item("Huawei sues patent rival over chips")),
        (item("Huawei"), item("Huawei", outlet="Daily Orlander")),
        (item(""), item("", outlet="Daily Orlander")),
        (item("华为", language="zh"), item("华为", language="zh", outlet="Daily Orlander")),
        (item("Van de dag", language="en"), item("Van de week", language="en", outlet="Daily Orlander")),
        (item("奥兰达选举", language="zh"), item("奥兰达暴雨", language="zh", outlet="Daily Orlander")),
        (item("Live: storm hits coast"), item("Live: talks open in Geneva")),
        (item("Morning briefing", "Storms and trains."), item("Morning briefing", "Trade and chips.", hours=24)),
        (item("Stock market today: November 3"), item("Stock market today: November 4", hours=24)),
        (
            item("Orlanda bars Huawei", "Sign up for our daily letter and follow us."),
            item("Trains cancelled in Zwolle", "Sign up for our daily letter and follow us."),
        ),
    ],
)
def test_what_shares_only_a_name_a_template_or_nothing_stays_apart(first: GroupItem, second: GroupItem) -> None:
    one, other = place_all([first, second])
    assert one != other


@pytest.mark.parametrize("name, joins", [("Quillon", False), ("Zyxfirm", True)], ids=["another firm", "the same one"])
def test_two_firms_that_do_the_same_are_two_stories(name: str, joins: bool) -> None:
    filings = [
        item("Zyxfirm files for bankruptcy", outlet="Courant"),
        item("Retail chain Zyxfirm files for bankruptcy protection", outlet="Daily Orlander"),
        item(f"{name} files for bankruptcy again after three years", outlet="Velmark Post"),
    ]
    first, second, third = place_all(filings)
    assert first == second
    assert (third == first) is joins


def test_a_text_of_200_kilobytes_groups_by_its_title_and_lead() -> None:
    long = "Weather, sport and markets follow. " * 6000
    one, rewrite, other = place_all(
        [item(BAN[2], BAN[3] + long), item(AFFAIR[1][2], OTHER_WORDS + long), item("Storm Ada leaves homes dark", long)]
    )
    assert one == rewrite != other


def test_a_wrong_language_label_does_not_glue_by_function_words() -> None:
    dutch = [
        ("De wind van de dag is er een uit het noorden", "Het is een van de koudste dagen die er in het land zijn."),
        ("De prijs van het brood is een van de zorgen", "Het is een van de zaken die er in het land zijn."),
    ]
    one, other = place_all([item(title, text, language="en") for title, text in dutch])
    assert one != other


def test_public_and_private_articles_never_share_a_story() -> None:
    scopes = (None, WorkspaceId("discord:1"), WorkspaceId("discord:2"))
    groups = place_all([item(BAN[2], BAN[3], scope=scope, outlet=str(scope)) for scope in scopes])
    assert len(set(groups)) == 3


def test_300_articles_with_one_title_from_one_feed_are_no_story_of_300() -> None:
    deals = [item("Velmark coupon codes for you today", f"Deal {n} {n * 7}", hours=n / 60) for n in range(300)]
    assert Counter(place_all(deals)).most_common(1)[0][1] <= 6


def test_300_offers_under_one_title_are_no_story_of_300_though_their_texts_are_alike_too() -> None:
    told = "Model {0} is now {1} percent cheaper in our shop, with free delivery to every town until the week ends."
    offers = [item("Huawei watch offers this week", told.format(n, n % 60 + 5), hours=n / 10) for n in range(300)]
    taken = Grouper().take(offers)
    assert Counter(taken.groups).most_common(1)[0][1] <= 6
    assert len(taken.repeats) >= 290, "nobody need hear of them"


def test_an_outlet_that_titles_everything_alike_is_heard_while_its_texts_differ() -> None:
    grouper = Grouper()
    told = ["Storm Ada leaves 40,000 homes dark.", "Trains stand still in Zwolle after a fire in a signal box.",
            "The mayor of Velmark counts votes again.", "A museum in Lyon hands a statue back to Belmar.",
            "Chemists of Orlanda grow a crystal in space.", "Fishing crews block the port of Torvik over quotas.",
            "Judges free a banker who was held for a year."]  # fmt: skip
    taken = grouper.take([item("Press release", text, hours=n / 10) for n, text in enumerate(told)])
    assert len(set(taken.groups)) == 7
    assert taken.repeats == frozenset()
    story, *_ = grouper.take([item(BAN[2], BAN[3], hours=1, outlet="Other")]).groups
    later = grouper.take([item("Press release", BAN[3], hours=2 + n) for n in range(2)])
    assert later.groups[0] == story != later.groups[1]
    assert later.repeats == {1}


def test_many_outlets_with_one_title_are_one_story() -> None:
    groups = place_all([item(BAN[2], BAN[3], outlet=f"Outlet {n}", hours=n / 60) for n in range(40)])
    assert len(set(groups)) == 1


@pytest.mark.parametrize("hours, joins", [(71, True), (73, False)])
def test_a_story_waits_72_hours_for_its_next_article(hours: float, joins: bool) -> None:
    one, other = place_all(
        [item(BAN[2], BAN[3]), item(AFFAIR[1][2], AFFAIR[1][3], hours=hours, outlet="Daily Orlander")]
    )
    assert (one == other) == joins


def test_a_story_spans_seven_days_at_most() -> None:
    groups = place_all([item(BAN[2], BAN[3], outlet=f"Outlet {n}", hours=48 * n) for n in range(6)])
    assert groups[0] == groups[3] != groups[4]


def test_a_clock_in_the_future_does_not_hold_a_story_open() -> None:
    ahead = item(BAN[2], BAN[3], published_at=START + timedelta(days=400))
    later = item(AFFAIR[1][2], AFFAIR[1][3], hours=80, outlet="Daily Orlander")
    same_day = item(AFFAIR[1][2], AFFAIR[1][3], hours=2, outlet="Daily Orlander")
    assert len(set(place_all([ahead, later]))) == 2
    assert len(set(place_all([ahead, same_day]))) == 1


def test_old_articles_of_a_first_poll_gather_by_their_own_time() -> None:
    old, near, far = (START - timedelta(days=days) for days in (30, 29, 20))
    groups = place_all([item(BAN[2], BAN[3], published_at=at, outlet=str(at.day)) for at in (old, near, far)])
    assert groups[0] == groups[1] != groups[2]


def test_groups_that_closed_are_no_longer_held() -> None:
    grouper = Grouper()
    (first,) = grouper.take([item(BAN[2], BAN[3])]).groups
    assert first in grouper.open_groups
    grouped = grouper.take([item("Storm Ada leaves 40,000 homes without power", hours=100)])
    assert grouped.closed == {first}
    assert first not in grouper.open_groups


def test_articles_taken_over_from_before_groups_were_kept_find_the_next_of_their_story() -> None:
    stored = [
        (event, item(title, text, language=language)) for event, language, title, text in AFFAIR if language == "en"
    ]
    grouper = Grouper()
    stories = grouper.recall(stored)
    assert set(stories.values()) == {event for event, _ in stored}
    late = item("Orlanda's operators must drop Huawei from 5G core", OTHER_WORDS, hours=5, outlet="Late Post")
    other = item("Velmark elects a new mayor after recount", hours=5)
    found, new = grouper.take([late, other]).groups
    assert stories[found] == "ban"
    assert new not in stories


def test_an_article_taken_over_stays_in_a_story_that_grouping_would_have_parted() -> None:
    grouper = Grouper()
    stories = grouper.recall(
        [("one", item(BAN[2], BAN[3])), ("one", item("Storm Ada leaves 40,000 homes without power"))]
    )
    assert set(stories) == grouper.open_groups
    (group,) = grouper.take([item("Storm Ada leaves 40,000 homes in the dark", outlet="Late Post")]).groups
    assert stories[group] == "one"


words = st.lists(st.sampled_from(["ban", "core", "storm", "rail", "talks", "chips", "mayor", "train"]), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(words, words, st.integers(0, 400), st.sampled_from(["A", "B", "C"])), max_size=25))
def test_the_same_items_always_give_the_same_groups(rows: list[tuple[list[str], list[str], int, str]]) -> None:
    items = [item(" ".join(t), " ".join(x), hours=h, outlet=o) for t, x, h, o in sorted(rows, key=lambda row: row[2])]
    assert place_all(items) == place_all(items)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=12))
def test_any_text_finds_a_group(rows: list[tuple[str, str]]) -> None:
    assert len(place_all([item(title, text, language=None) for title, text in rows])) == len(rows)
