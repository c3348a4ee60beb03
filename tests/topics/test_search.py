"""What the full-text search is asked for: enough to miss nothing that a query hits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.query import parse_query
from bot.domain.text import tokens
from bot.topics.matcher import ArticleText, matches
from bot.topics.search import search_terms
from tests.topics.making import LIBRARY, NOW


@pytest.mark.parametrize(
    "query,terms",
    [
        ("huawei", [["huawei"]]),
        ("huawei zte", [["huawei"], ["zte"]]),
        ("huawei OR zte", [["huawei", "zte"]]),
        ('"Trade talk*"', [["trade talk*"]]),
        ("5G-netwerken", [["5g netwerken"]]),
        ("heffing*", [["heffing*"]]),
        ("*overleg", []),
        ("*overleg zte", [["zte"]]),
        ("*overleg OR zte", []),
        ("strafz*ll*", [["strafz*"]]),
        ('"chinesisch* Komponent*"', [["chinesisch*"], ["komponent*"]]),
        ("=VS", [["vs"]]),
        ("华为", [["华为"]]),
        ("贸易战", [["贸易 易战"]]),
        ("美", []),
        ("5G网", [["5g 网*"]]),
        ("화웨이", [["화웨이*"]]),
        ("us NEAR/3 china", [["us"], ["china"]]),
        ("title:huawei lang:nl", [["huawei"]]),
        ("huawei NOT zte", [["huawei"]]),
        ("(a b) OR c", [["a", "c"]]),
        ("@china", [["china", "中国"]]),
        ("outlet:reuters", []),
    ],
)
def test_a_query_is_turned_into_what_must_be_there(query: str, terms: list[list[str]]) -> None:
    assert search_terms(parse_query(query), LIBRARY) == terms


def test_an_arabic_word_is_looked_for_with_its_clitics() -> None:
    (alternatives,) = search_terms(parse_query("هواوي"), LIBRARY)
    assert "هواوي" in alternatives
    assert "لهواوي" in alternatives


@pytest.mark.parametrize("query", ["NOT huawei", "-a -b", "NOT (a OR b)", "title:(NOT a)", "NOT @us", "*overleg"])
def test_a_query_without_a_word_to_begin_with_asks_for_nothing(query: str) -> None:
    assert search_terms(parse_query(query), LIBRARY) == []


PIECES = [
    "us",
    "US ",
    "china",
    " ",
    "-",
    "trade",
    "talks",
    "处",
    "华为",
    "贸易",
    "战",
    "5G",
    "handels",
    "overleg",
    "화웨이",
    "는",
    "ل",
    "هواوي",
    ".",
    "ß",
]
QUERIES = st.sampled_from(
    [
        "us", "=US", "@us @china", "@talks", '"trade talks"', "trade* NEAR/3 china", "*talks us", "handels*overleg",
        "华为", "贸易战", "华为5G", "5G华", "美 OR us", "화웨이", "هواوي", "us NOT china", "title:us", "ss",
        '"5g handels*"', "战5g",
    ]
)  # fmt: skip


def _holds(words: list[str], term: str) -> bool:
    wanted = term.removesuffix("*").split(" ")
    for at in range(len(words) - len(wanted) + 1):
        window = words[at : at + len(wanted)]
        last = window[-1].startswith(wanted[-1]) if term.endswith("*") else window[-1] == wanted[-1]
        if last and window[:-1] == wanted[:-1]:
            return True
    return False


@settings(max_examples=300)
@given(QUERIES, st.lists(st.sampled_from(PIECES), max_size=8))
def test_whatever_a_query_hits_the_search_finds(query: str, pieces: list[str]) -> None:
    tree = parse_query(query)
    article = ArticleText(title="".join(pieces))
    if matches(tree, article, LIBRARY, now=NOW):
        words = tokens(article.title)
        for alternatives in search_terms(tree, LIBRARY):
            assert any(_holds(words, term) for term in alternatives), (alternatives, words)
