"""Queries in words."""

from __future__ import annotations

import pytest

from bot.domain.query import parse_query
from bot.topics.wording import describe


@pytest.mark.parametrize(
    "query, told",
    [
        ("huawei", "“huawei”"),
        ("huawei OR zte", "any of: “huawei”, “zte”"),
        ("huawei ban*", "“huawei”; and a word that begins with “ban”"),
        ("*overleg NOT football", "a word that ends in “overleg”; but not “football”"),
        ("*chip*", "a word that holds “chip”"),
        ("han*overleg", "words like “han*overleg” (* stands for any letters)"),
        ("=VS", "“VS”, with these capitals"),
        ("(a OR b) c", "(any of: “a”, “b”); and “c”"),
        ("us NEAR/8 china", "“us” within 8 words of “china”"),
        ("title:5g lang:nl", "in the title: “5g”; and the article is in the language “nl”"),
        ("@us", "a term of the group @us"),
        ("outlet:reuters OR feed:heise", "any of: the outlet is “reuters”, it came by the feed “heise”"),
    ],
)
def test_a_query_is_told_in_words(query: str, told: str) -> None:
    assert describe(parse_query(query)) == told
