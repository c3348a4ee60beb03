"""Search over our own words, in several scripts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import tokens
from bot.storage.search import match_expression
from bot.storage.store import SqlStore
from tests.storage.making import HERE, HOUR, MINUTE, NOW, THERE, add_feed, arrival, poll_of

ENTRIES = [
    arrival(
        "en", title="Huawei wins 5G contract", text="The trade talks resumed; talks on trade were dull.", at=NOW - HOUR
    ),
    arrival(
        "nl", title="Handelsoverleg VS en China hervat", text="Het élan keert terug_in het overleg.", at=NOW - 2 * HOUR
    ),
    arrival("zh", title="华为公司发布新手机", text="中美贸易谈判重新开始。", at=NOW - 3 * HOUR),
    arrival("ja", title="ファーウェイ、5G契約", text="貿易交渉", at=NOW - 4 * HOUR),
    arrival("odd", title='Quotes " AND OR NEAR (x)', text="0'; DROP TABLE feeds; --", at=NOW - 5 * HOUR),
]


async def filled(store: SqlStore) -> SqlStore:
    feed = await add_feed(store, "wire", HERE)
    await store.save_poll(poll_of(feed, *ENTRIES))
    return store


def term(text: str) -> str:
    """Say a term as the query language would."""
    return " ".join(tokens(text)) + ("*" if text.endswith("*") else "")


@pytest.mark.parametrize(
    "asked, found",
    [
        ([["huawei"]], ["en"]),
        ([["HUAWEI"]], ["en"]),
        ([["handelsoverleg"]], ["nl"]),
        ([["handels"]], []),
        ([["handels*"]], ["nl"]),
        ([["elan"]], ["nl"]),
        ([["terug_in"]], ["nl"]),
        ([["华为"]], ["zh"]),
        ([["华为公司"]], ["zh"]),
        ([["为华"]], []),
        ([["贸易谈判"]], ["zh"]),
        ([["谈判贸易"]], []),
        ([["契約"]], ["ja"]),
        ([["trade talks"]], ["en"]),
        ([["talks trade"]], []),
        ([["trade tal*"]], ["en"]),
        ([["5g"]], ["en", "ja"]),
        ([["5g"], ["huawei", "ファーウェイ"]], ["en", "ja"]),
        ([["5g"], ["zte"]], []),
        ([["huawei", "handelsoverleg", "华为"]], ["en", "nl", "zh"]),
        ([["near"]], ["odd"]),
        ([["drop table feeds"]], ["odd"]),
        ([[""]], []),
        ([["*"]], []),
        ([], ["en", "nl", "zh", "ja", "odd"]),
    ],
)
async def test_words_phrases_and_word_starts_are_found(
    store: SqlStore, asked: list[list[str]], found: list[str]
) -> None:
    await filled(store)
    lines = await store.search(HERE, [[term(t) for t in group] for group in asked], 10)
    assert [(line.link or "").split("/")[-1].split("?")[0] for line in lines] == found


async def test_the_newest_are_found_first_and_the_limit_holds(store: SqlStore) -> None:
    feed = await add_feed(store, "wire", HERE)
    entries = [replace(arrival(str(n), title="zte again"), published_at=NOW - n * MINUTE) for n in range(30)]
    await store.save_poll(poll_of(feed, *reversed(entries[:10])))
    await store.save_poll(poll_of(feed, *entries[10:]))
    lines = await store.search(HERE, [["zte"]], 5)
    assert [line.published_at for line in lines] == [NOW - n * MINUTE for n in range(5)]
    assert await store.search(THERE, [["zte"]], 5) == []


@given(st.lists(st.lists(st.text(alphabet='ab"*() :^-+\x00华', max_size=6), max_size=3), max_size=3))
def test_every_word_of_an_expression_is_quoted(asked: list[list[str]]) -> None:
    outside = "".join(part for n, part in enumerate(match_expression(asked).split('"')) if n % 2 == 0)
    assert set(outside.replace("AND", "").replace("OR", "")) <= set("() *")


@pytest.mark.parametrize("asked", ['"', '""', "a\x00b", "(((", "^a", "a:b", "-a", "…", "*a", "a**", "{x}"])
async def test_nothing_that_is_typed_breaks_the_search(store: SqlStore, asked: str) -> None:
    await filled(store)
    assert isinstance(await store.search(HERE, [[asked, "zte"]], 10), list)
