"""Near misses: which words of the archive look like a topic's terms."""

from __future__ import annotations

import pytest

from bot.domain.query import format_query, parse_query
from bot.topics.aliases import add_alias, differs_by_one, find_aliases, list_stems, list_terms, list_word_parts
from tests.topics.making import LIBRARY


def near(query: str, *words: str) -> list[str]:
    parts = list_word_parts(list_terms(parse_query(query), LIBRARY))
    return [alias.word for alias in find_aliases([(word, 3) for word in words], parts, 10)]


@pytest.mark.parametrize(
    "query, word, is_near",
    [
        ("huawei", "huaweis", True),
        ("huawei", "huawei", False),
        ("huawei", "huawai", True),
        ("huawei", "hauwei", True),
        ("huawei", "hwuaei", False),
        ("huawei", "xuawei", False),
        ("tarief*", "importtarief", True),
        ("zte", "letzte", False),
        ("opec", "propects", False),
        ("opec", "opecs", True),
        ("huawei", "antihuaweibeleid", True),
        ("huawei NOT tariff", "tariffs", False),
        ('"trade talks"', "tradetalks", False),
        ("华为", "华为手机", False),
        ("handel", "handelsovereenkomstgesprekken", False),
    ],
)
def test_a_word_is_near_a_term_by_its_letters(query: str, word: str, is_near: bool) -> None:
    assert (near(query, word) == [word]) is is_near


def test_those_of_most_articles_come_first() -> None:
    parts = {"huawei": "huawei"}
    found = find_aliases([("huaweis", 2), ("huaweii", 9), ("huawei", 99)], parts, 1)
    assert [(alias.word, alias.articles) for alias in found] == [("huaweii", 9)]


@pytest.mark.parametrize(
    "one, other, is_one",
    [("chips", "chip", True), ("chips", "ships", True), ("chips", "hcips", True), ("chips", "chips", False),
     ("chips", "shops", False), ("abcd", "dbca", False)],
)  # fmt: skip
def test_one_change_is_a_slip(one: str, other: str, is_one: bool) -> None:
    assert differs_by_one(one, other) is is_one


def test_the_archive_is_asked_for_parts_that_a_slip_leaves_whole() -> None:
    assert list_stems(["huawei"]) == ["hua", "wei"]
    assert list_stems(["zte", "markt"]) == ["zte", "markt"]


@pytest.mark.parametrize(
    "query, term, wider",
    [
        ("chips", "chips", "chips OR chipz"),
        ("chips AND asml", "chips", "(chips OR chipz) AND asml"),
        ("chips OR asml", "chips", "chips OR chipz OR asml"),
        ("title:chips", "chips", "title:(chips OR chipz)"),
        ("chips NEAR/3 asml", "chips", "(chips OR chipz) NEAR/3 asml"),
        ("asml NOT chips", "chips", "asml AND NOT chips"),
        ("@china chips", "China", "(@china OR chipz) AND chips"),
    ],
)
def test_an_alias_stands_beside_its_term(query: str, term: str, wider: str) -> None:
    written = format_query(add_alias(parse_query(query), term, "chipz", LIBRARY))
    assert written == wider
    assert parse_query(written) == add_alias(parse_query(query), term, "chipz", LIBRARY)
