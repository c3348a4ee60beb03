"""Packs are read whole or refused with file, place and remedy."""

from __future__ import annotations

import pytest

from bot.domain.errors import PackError, QueryError
from bot.domain.models import Clause, Sensitivity, TopicId
from bot.topics.examples import find_failed_examples
from bot.topics.library import Library, PackSource, load_library
from tests.topics.making import LIBRARY

PACK = """
format = 1

[names]
chips = "Chips"

[groups.chips]
en = ["chip*", "=ASML"]
nl = ["halfgeleider*", "chip*"]

[groups.shopping]
en = ["discount*"]

[topics.chips]
title = "Chip makers"
sensitivity = "strict"
clauses = [
  { query = "@chips NOT title:@shopping", score = 0.9 },
  { query = "@chips", score = 0.4 },
]
mask = { en = ["fish and chips"] }
examples = [
  { lang = "en", text = "Chipmaker expands", expect = true },
  { lang = "en", text = "Lunch", body = "Fish and chips", expect = false },
]
"""


def test_a_pack_gives_groups_topics_masks_names_and_examples() -> None:
    library = load_library([PackSource("chips.toml", PACK)])
    assert library.groups["chips"].by_language["nl"] == ("halfgeleider*", "chip*")
    assert library.groups["chips"].terms == ("chip*", "=ASML", "halfgeleider*")
    (topic,) = library.topics
    assert (topic.id, topic.name, topic.title, topic.owner) == ("chips", "chips", "Chip makers", None)
    assert topic.sensitivity is Sensitivity.STRICT
    assert topic.clauses[1] == Clause(query="@chips", score=0.4)
    assert library.masks[TopicId("chips")] == ("fish and chips",)
    assert library.names == {"chips": "Chips"}
    assert [(e.title, e.body, e.is_expected) for e in library.examples] == [
        ("Chipmaker expands", "", True),
        ("Lunch", "Fish and chips", False),
    ]
    assert list(find_failed_examples(library)) == []


def test_no_packs_make_an_empty_library() -> None:
    assert load_library([]) == Library()


def test_packs_share_their_groups() -> None:
    other = 'format = 1\n[topics.lunch]\nclauses = [{ query = "@chips fries", score = 1 }]\n'
    library = load_library([PackSource("lunch.toml", other), PackSource("chips.toml", PACK)])
    assert [topic.name for topic in library.topics] == ["lunch", "chips"]


@pytest.mark.parametrize(
    "old,new,place,problem",
    [
        ("format = 1", "format = 2", "format", "not a format known"),
        ("format = 1", "format 1", "this is not TOML", "line 2"),
        ("[groups.shopping]", "[groups.Shopping]", "groups.Shopping", "small letters"),
        ('["discount*"]', '"discount*"', "groups.shopping", "lists of terms"),
        ('["discount*"]', "[3]", "groups.shopping.en[0]", "text is expected, not 3"),
        ('["discount*"]', '["ok", "*"]', "groups.shopping.en[1]: column 1 of “*”", "a * alone stands for no word"),
        ("[topics.chips]", "[topic.chips]", "topic", "nothing has this name here"),
        ('title = "Chip makers"', 'titel = "Chip makers"', "topics.chips.titel", "nothing has this name here"),
        ('"strict"', '"sharp"', "topics.chips.sensitivity", "one of strict, normal, wide"),
        ("score = 0.4", "score = 4", "topics.chips.clauses[1].score", "4 is no score"),
        ("score = 0.4", "score = true", "topics.chips.clauses[1].score", "True is no score"),
        (
            'query = "@chips",',
            'query = "@chips AND",',
            "topics.chips.clauses[1].query: column 8",
            "AND needs something",
        ),
        (
            'query = "@chips",',
            'query = "a @crisps",',
            "topics.chips.clauses[1].query: column 3",
            "no term group @crisps",
        ),
        ('query = "@chips",', 'query = "NOT @chips",', "topics.chips.clauses[1].query", "nearly everything"),
        ('query = "@chips",', 'query = "a since:7d",', "topics.chips.clauses[1].query: column 9", "are for searching"),
        ('en = ["fish and chips"]', 'en = ["***"]', "topics.chips.mask.en[0]", "a * alone stands for no word"),
        ("expect = false", 'expect = "no"', "topics.chips.examples[1].expect", "expect = true or false"),
        ('chips = "Chips"', 'crisps = "Chips"', "names.crisps", "there is no such group"),
    ],
)
def test_a_fault_is_named_with_file_place_and_remedy(old: str, new: str, place: str, problem: str) -> None:
    with pytest.raises(PackError) as caught:
        load_library([PackSource("packs/chips.toml", PACK.replace(old, new, 1))])
    message = str(caught.value)
    assert message.startswith(f"packs/chips.toml: {place}")
    assert problem in message
    assert "remedy: " in message


@pytest.mark.parametrize("part", ["groups.chips", "topics.chips"])
def test_a_name_stands_for_one_thing_over_all_packs(part: str) -> None:
    other = 'format = 1\n[topics.chips]\nclauses = [{ query = "x1", score = 1 }]\n'
    if part.startswith("groups"):
        other = 'format = 1\n[groups.chips]\nen = ["crisps"]\n'
    with pytest.raises(PackError, match=rf"second.toml: {part}: another .* has this name; remedy: rename"):
        load_library([PackSource("first.toml", PACK), PackSource("second.toml", other)])


def test_a_failing_example_says_what_fired() -> None:
    pack = PACK.replace('mask = { en = ["fish and chips"] }', "").replace('"Fish and chips"', '"Chips"')
    pack = pack.replace('sensitivity = "strict"', 'sensitivity = "normal"')
    (failed,) = find_failed_examples(load_library([PackSource("chips.toml", pack)]))
    assert str(failed) == (
        "chips.toml: topics.chips.examples[1]: “Lunch” must not match chips, but it reaches 0.81 by chip* (@chips)"
    )


@pytest.mark.parametrize(
    "text,column,message",
    [
        ("a OR @eu", 5, "there is no term group @eu; there are @china, @talks, @us"),
        ("@chinna", 0, "there is no term group @chinna; did you mean @china?"),
        ("a after:2026-01-01", 8, "are for searching"),
        ("NOT a OR b", 0, "nearly everything"),
        ("lang:nl OR NOT a", 0, "nearly everything"),
    ],
)
def test_a_topic_query_is_refused_where_it_cannot_be_watched(text: str, column: int, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        LIBRARY.read_topic_query(text)
    assert caught.value.column == column
    assert message in caught.value.message


@pytest.mark.parametrize("text", ["feed:heise", "a NOT b", "title:@us", "us NEAR/3 china", "a OR b"])
def test_a_topic_query_may_be_anything_that_is_bounded(text: str) -> None:
    assert str(LIBRARY.read_topic_query(text))
