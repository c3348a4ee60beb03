"""From text to topics: the boolean tree, scores by place, masks and reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.models import Reason, Where
from bot.domain.query import parse_query
from bot.topics.explain import explain_topic
from bot.topics.library import Library, TermGroup
from bot.topics.matcher import ArticleText, build_matcher, matches
from tests.topics.making import LIBRARY, NOW, is_hit, scores, topic

FAR = "woord " * 100
LATE = "woord " * 60
TEASER = "woord " * 45


@pytest.mark.parametrize(
    "query,title,text,expected",
    [
        ("huawei OR zte", "ZTE groeit", "", True),
        ("huawei zte", "ZTE groeit", "", False),
        ("huawei zte", "ZTE groeit", "net als Huawei", True),
        ("huawei NOT football", "Huawei signs football deal", "", False),
        ("huawei NOT football", "Huawei signs a deal", "", True),
        ("huawei NOT title:football", "Huawei signs a deal", "a football club", True),
        ("title:huawei", "A deal", "Huawei signs", False),
        ("body:huawei", "Huawei signs", "", False),
        ("body:huawei", "A deal", "Huawei signs", True),
        ("title:(a b)", "a", "b", False),
        ("@us @china", "VS en China", "", True),
        ("@us @china", "美国与中国", "", True),
        ("@us @china", "vs China", "", False),
        ("NOT (a OR b) c", "c a", "", False),
        ("us NEAR/3 china", "US and China", "", True),
        ("us NEAR/3 china", "US one two three China", "", False),
        ("us NEAR/3 china", "China says the US", "", True),
        ("us NEAR/3 china", "US", "China", False),
        ("us NEAR/1 china", "", f"US {FAR} US China", True),
        ("(us OR eu) NEAR/2 china", "EU, China", "", True),
        ("美国 NEAR/3 关税", "美国对华关税", "", True),
        ("美国 NEAR/3 关税", "美国总统昨天宣布了新的一轮关税", "", False),
    ],
)
def test_a_query_is_asked_of_title_and_text(query: str, title: str, text: str, expected: bool) -> None:
    assert is_hit(query, title, text) is expected


@pytest.mark.parametrize(
    "query,expected",
    [
        ("lang:zh", True),
        ("lang:zh-hans", True),
        ("lang:zh-Hant", False),
        ("lang:zz", False),
        ("outlet:planet", True),
        ('outlet:"daily planet"', True),
        ("outlet:plan", False),
        ("outlet:plan*", True),
        ("feed:example", True),
        ("feed:heise", False),
        ("since:2d", True),
        ("since:12h", False),
        ("after:2026-11-22", True),
        ("after:2026-11-23", False),
        ("before:2026-11-23", True),
        ("before:2026-11-22", False),
    ],
)
def test_source_and_day_are_asked_of_what_is_known(query: str, expected: bool) -> None:
    article = ArticleText(
        title="x",
        language="zh-Hans",
        outlet="The Daily Planet",
        feed="Example News https://news.example.org/rss",
        published_at=NOW - timedelta(days=1),
    )
    assert matches(parse_query(query), article, LIBRARY, now=NOW) is expected
    assert not matches(parse_query(query), ArticleText(title="x"), LIBRARY, now=NOW)


@pytest.mark.parametrize(
    "title,text,score",
    [
        ("Huawei groeit", "", 0.9),
        ("Nieuws", "Huawei groeit", 0.81),
        ("Nieuws", f"{FAR} Huawei groeit", 0.45),
        ("Nieuws", f"{LATE} Huawei groeit, Huawei krimpt", 0.63),
        ("Nieuws", f"{LATE} Huawei groeit {FAR} Huawei krimpt", 0.63),
        ("Nieuws", f"{FAR} woord Huawei groeit, Huawei krimpt", 0.45),
        ("Nieuws", f"{FAR} woord Huawei groeit, Huawei krimpt, Huawei blijft", 0.63),
        ("Nieuws", f"{FAR}{FAR} Huawei groeit, Huawei krimpt, Huawei blijft", 0.45),
        ("Nieuws", f"{TEASER} Huawei groeit", 0.81),
        ("Huawei groeit", f"{FAR} Huawei groeit", 0.9),
        ("Nieuws", f"Huawei groeit {FAR}{FAR}{FAR}", 0.45),
        ("Nieuws", f"Huawei groeit {FAR}{FAR}{FAR} Huawei krimpt", 0.81),
    ],
)
def test_a_title_counts_more_than_the_lead_that_more_than_a_repeated_name_and_that_more_than_a_passing_one(
    title: str, text: str, score: float
) -> None:
    found = scores([topic("t", ("huawei", 0.9))], ArticleText(title=title, text=text))
    assert found == {"t": score}


@pytest.mark.parametrize(
    "query,score",
    [("huawei zte", 0.5), ("huawei OR zte", 1.0), ("huawei NOT nokia", 1.0), ("zte NEAR/3 beurs", 0.7)],
)
def test_all_of_is_as_strong_as_its_weakest_place_and_any_of_as_its_strongest(query: str, score: float) -> None:
    text = ArticleText(title="Huawei groeit", text=f"{FAR} ZTE op de beurs")
    assert scores([topic("t", (query, 1.0))], text) == {"t": score}


def test_names_joined_by_or_count_together() -> None:
    text = ArticleText(title="Nieuws", text=f"{LATE} Huawei groeit, ZTE krimpt")
    assert scores([topic("t", ("huawei OR zte", 1.0)), topic("u", ("huawei", 1.0))], text) == {"t": 0.7, "u": 0.5}


def test_a_topic_has_its_best_clauses_score_and_the_best_topic_comes_first() -> None:
    topics = [
        topic("b", ("huawei", 0.4), ("huawei ban*", 0.9)),
        topic("a", ("huawei", 0.5)),
        topic("c", ("nokia", 1.0)),
    ]
    hits = build_matcher(LIBRARY, topics).match(ArticleText(title="Huawei banned"))
    assert [(hit.topic_id, hit.score) for hit in hits] == [("b", 0.9), ("a", 0.5)]


def test_a_wrong_sense_does_not_count_for_its_topic_alone() -> None:
    library = Library(masks={topic("one").id: ("中华为", "ZTE FC")})
    topics = [topic("one", ("华为 OR zte", 0.9)), topic("two", ("华为 OR zte", 0.9))]
    assert scores(topics, ArticleText(title="振兴中华为己任"), library) == {"two": 0.9}
    assert scores(topics, ArticleText(title="振兴中华为己任，华为说"), library) == {"one": 0.9, "two": 0.9}
    assert scores(topics, ArticleText(title="ZTE FC wins"), library) == {"two": 0.9}


def test_a_reason_names_term_group_and_place_and_marks_the_hit() -> None:
    text = ArticleText(title="Wat nu?", text="Het Handelsoverleg tussen de VS en een ander land loopt.")
    (hit,) = build_matcher(LIBRARY, [topic("t", ("@talks @us overleg* OR @talks", 1.0))]).match(text)
    assert hit.reasons == (
        Reason(
            term="handels*overleg",
            group="talks",
            where=Where.LEAD,
            snippet="Het Handelsoverleg tussen de VS en een ander land loopt.",
            hit=(4, 18),
        ),
    )


def test_every_part_of_a_query_gives_its_reason() -> None:
    (hit,) = build_matcher(LIBRARY, [topic("t", ("@us NEAR/4 @china (=x OR trade*)", 1.0))]).match(
        ArticleText(title="Washington warns China", text="Of trade.")
    )
    assert [(r.term, r.group, r.where) for r in hit.reasons] == [
        ("Washington", "us", Where.TITLE),
        ("China", "china", Where.TITLE),
        ("trade*", None, Where.LEAD),
    ]


def test_a_long_text_is_cut_around_the_hit_at_words_ends() -> None:
    (hit,) = build_matcher(LIBRARY, [topic("t", ("Straße", 1.0))]).match(
        ArticleText(title="", text=f"{FAR}an der Straße {FAR}")
    )
    (reason,) = hit.reasons
    start, end = reason.hit
    assert reason.snippet[start:end] == "Straße"
    assert reason.snippet.startswith("…woord ")
    assert reason.snippet.endswith(" woord…")
    assert len(reason.snippet) < 180


def test_a_topic_of_one_feed_matches_all_that_it_brings_and_says_so() -> None:
    (hit,) = build_matcher(LIBRARY, [topic("t", ("feed:heise", 0.9))]).match(
        ArticleText(title="Iets", feed="heise online")
    )
    assert hit.score == 0.9
    assert hit.reasons == (Reason(term="feed:heise", group=None, where=Where.TITLE, snippet="Iets", hit=(0, 0)),)


def test_an_alternative_that_names_no_word_is_tried_on_every_text() -> None:
    assert scores([topic("t", ("huawei OR feed:heise", 0.9))], ArticleText(title="Iets", feed="heise")) == {"t": 0.9}


def test_a_clause_that_cannot_be_read_is_named_and_the_rest_still_watches() -> None:
    matcher = build_matcher(LIBRARY, [topic("t", ("@gone", 0.9), ("huawei", 0.8)), topic("u", ("NOT x", 0.9))])
    assert [hit.topic_id for hit in matcher.match(ArticleText(title="Huawei"))] == ["t"]
    assert len(matcher.problems) == 2
    assert "topic t: the clause “@gone”" in matcher.problems[0]
    assert "there is no term group @gone; there are @china, @talks, @us" in matcher.problems[0]


def test_nothing_to_watch_and_nothing_to_read_are_no_trouble() -> None:
    assert not build_matcher(Library(), []).match(ArticleText(title="x"))
    assert not build_matcher(LIBRARY, [topic("t", ("x", 1.0))]).match(ArticleText(title="", text=""))


WORDS = st.lists(st.sampled_from(["us", "US", "china", "talks", "trade", "华为", "中华为", "ß", "é", "."]), max_size=12)
QUERIES = [
    "us",
    "=US",
    "@us",
    "us china",
    "us NEAR/2 china",
    "us NOT china",
    "us OR 华为",
    "title:us",
    "NOT us talks",
    '"trade talks"',
]


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_topics_together_match_as_each_would_alone(title: list[str], text: list[str]) -> None:
    article = ArticleText(title=" ".join(title), text="".join(text))
    together = scores([topic(query, (query, 1.0)) for query in QUERIES], article)
    for query in QUERIES:
        assert (query in together) == matches(parse_query(query), article, LIBRARY, now=NOW)


SHAPES = [
    "us OR china",
    "us OR china OR talks",
    "us talks",
    "(us OR china) (trade OR talks)",
    "us china NOT talks",
    "(us OR talks) NOT (china OR trade)",
    '(us OR "trade talks")',
    "us OR (china talks)",
    "@us OR talks",
    "us NEAR/4 china",
    "@name",
    "@name talks",
    "为 中华",
    "talks 贸 NOT us",
    "易 NEAR/6 华为",
    "title:(战 贸易)",
    "战 为",
    "us* OR us",
    '(talks OR "trade talks" OR tal*)',
    "(华为 OR 中华) (us* OR *us)",
    "贸易 OR 贸易战",
]
NAMED = replace(
    LIBRARY, groups={**LIBRARY.groups, "name": TermGroup(name="name", by_language={"any": ("华为", "china")})},
    names={"name": "Name"},
)  # fmt: skip
LONG = st.lists(st.sampled_from(["us", "US", "china", "talks", "trade", "华为", "贸易战", FAR, LATE, "."]), max_size=9)


@settings(max_examples=150, deadline=None)
@given(WORDS, LONG)
def test_what_is_ranked_at_once_is_what_the_trees_say_one_by_one(title: list[str], text: list[str]) -> None:
    article = ArticleText(title=" ".join(title), text=" ".join(text))
    topics = [topic(query, (query, 0.9)) for query in SHAPES]
    together = scores(topics, article, NAMED)
    alone = {t.id: explain_topic(t, article, NAMED).score for t in topics}
    assert together == {name: score for name, score in alone.items() if score}


@pytest.mark.parametrize(
    "query,text,score",
    [
        ("huawei OR huawei*", f"{TEASER * 2} Huawei", 0.45),
        ("huawei OR huawei*", f"{TEASER} Huawei of Huawei {TEASER}", 0.63),
        ('talks OR "trade talks" OR trade*', f"{TEASER * 2} trade talks", 0.45),
        ("handels* OR *overleg", f"{TEASER * 2} handelsoverleg", 0.45),
        ("handels* OR *overleg", f"{TEASER} handelshuis overleg {TEASER}", 0.63),
        ("贸易 OR 贸易战", f"{TEASER * 2} 贸易战", 0.45),
    ],
)
def test_two_terms_on_one_word_are_one_mention(query: str, text: str, score: float) -> None:
    article = ArticleText(title="x", text=text)
    assert scores([topic("t", (query, 0.9))], article) == {"t": score}
    assert explain_topic(topic("t", (query, 0.9)), article, LIBRARY).score == score


def test_a_name_counts_in_passing_where_a_word_does_not() -> None:
    text = ArticleText(title="Nieuws", text=f"{FAR} china {FAR}")
    assert scores([topic("a", ("@name", 0.9)), topic("b", ("china", 0.9))], text, NAMED) == {"a": 0.63, "b": 0.45}


def test_near_is_found_in_a_long_text_without_trying_every_pair() -> None:
    text = ArticleText(title="", text="us trade " * 4000 + "woord " * 9 + "china " * 4000)
    assert scores([topic("t", ("us NEAR/3 china", 1.0)), topic("u", ("us NEAR/11 china", 1.0))], text) == {"u": 0.7}
