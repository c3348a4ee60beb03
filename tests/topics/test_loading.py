"""A pack that is not sound gives way to its last good text, or is left out; what the others say stays."""

from __future__ import annotations

import re

import pytest

from bot.domain.errors import PackError
from bot.domain.models import TopicId
from bot.topics.library import Library, PackSource, load_library
from bot.topics.loading import load_sound_packs

TEA = """
format = 1
[groups.tea]
en = ["tea", "oolong"]
[topics.tea]
title = "Tea"
clauses = [{ query = "@tea", score = 0.9 }]
examples = [{ lang = "en", text = "Oolong harvest begins", expect = true }]
"""
CHIPS = """
format = 1
[groups.chips]
en = ["chip*"]
[topics.chips]
title = "Chips"
clauses = [{ query = "@chips", score = 0.9 }]
mask = { en = ["chip shop"] }
examples = [
  { lang = "en", text = "Chip exports grow", expect = true },
  { lang = "en", text = "A chip shop burns", expect = false },
]
"""
FAILING = CHIPS.replace("Chip exports", "Crisp exports")
SNACKS = """
format = 1
[topics.snacks]
clauses = [{ query = "@chips AND @tea", score = 0.9 }]
examples = [{ lang = "en", text = "Chips with tea", expect = true }]
"""
UNREADABLE = {
    "no TOML": (CHIPS.replace('["chip*"]', '["chip*"'), r"this is not TOML: .*line \d+.*remedy: mend it at that line"),
    "a bad query": (CHIPS.replace('"@chips"', '"(@chips"'), r"clauses\[0\]\.query: column 8 .*missing \)"),
    "a bad term": (CHIPS.replace("chip*", "*"), r"groups\.chips\.en\[0\]: column 1"),
    "no such group": (CHIPS.replace('"@chips"', '"@crisps"'), "no term group @crisps"),
    "a failing example": (FAILING, r"topics\.chips\.examples\[0\]: “Crisp exports grow” must match chips"),
}


def load(chips: str, *others: PackSource, kept: dict[str, str] | None = None) -> Library:
    return load_sound_packs([PackSource("tea.toml", TEA), PackSource("chips.toml", chips), *others], kept or {})


def test_sound_packs_are_all_there() -> None:
    packs = [PackSource("tea.toml", TEA), PackSource("chips.toml", CHIPS)]
    assert load(CHIPS) == load_library(packs)
    assert load(CHIPS, kept={"chips.toml": FAILING}).problems == ()


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_pack_that_is_not_sound_gives_way_to_its_last_good_text(kind: str) -> None:
    text, told = UNREADABLE[kind]
    library = load(text, kept={"chips.toml": CHIPS})
    assert library.groups.keys() == {"tea", "chips"}
    assert library.topics == load(CHIPS).topics
    assert library.masks[TopicId("chips")] == ("chip shop",)
    assert [(source.name, source.text) for source in library.sources] == [("tea.toml", TEA), ("chips.toml", CHIPS)]
    (problem,) = library.problems
    assert problem.startswith("the pack chips.toml does not load, and its last good text stays in force, since ")
    assert re.search(told, problem, re.DOTALL)
    assert "remedy: " in problem


@pytest.mark.parametrize("kind", UNREADABLE)
def test_a_pack_without_a_good_text_is_left_out_and_the_others_stay(kind: str) -> None:
    library = load(UNREADABLE[kind][0])
    assert [topic.id for topic in library.topics] == ["tea"]
    assert library.groups.keys() == {"tea"}
    (problem,) = library.problems
    assert problem.startswith("the pack chips.toml is left out, since ")


def test_topics_that_are_left_out_keep_their_place_without_their_clauses() -> None:
    library = load(FAILING)
    assert library.is_whole
    assert [(topic.id, topic.title, topic.clauses) for topic in library.withheld] == [("chips", "Chips", ())]


def test_a_pack_whose_topics_nobody_can_tell_leaves_the_library_without_a_whole() -> None:
    library = load(UNREADABLE["no TOML"][0])
    assert (library.withheld, library.is_whole) == ((), False)


def test_every_pack_that_gives_way_is_told() -> None:
    bad = PackSource("soup.toml", "format = 2")
    library = load(FAILING, bad, kept={"chips.toml": CHIPS})
    assert sorted(problem.split()[2] for problem in library.problems) == ["chips.toml", "soup.toml"]


def test_a_pack_that_needs_one_that_is_left_out_goes_with_it() -> None:
    library = load(FAILING, PackSource("snacks.toml", SNACKS))
    assert [topic.id for topic in library.topics] == ["tea"]
    assert "no term group @chips" in library.problems[1]
    assert [topic.id for topic in library.withheld] == ["chips", "snacks"]


@pytest.mark.parametrize(
    "changed",
    [
        CHIPS.replace("groups.chips", "groups.crisps").replace("@chips", "@crisps"),
        CHIPS.replace("chip*", "crisp*").replace("Chip exports", "Crisp exports"),
    ],
    ids=["its group has another name", "its group has other terms"],
)
def test_who_changed_gives_way_and_not_who_was_good_before(changed: str) -> None:
    kept = {"chips.toml": CHIPS, "snacks.toml": SNACKS, "tea.toml": TEA}
    library = load(changed, PackSource("snacks.toml", SNACKS), kept=kept)
    assert [topic.id for topic in library.topics] == ["tea", "chips", "snacks"]
    (problem,) = library.problems
    assert problem.startswith("the pack chips.toml does not load, ")
    assert "it does not go with what the other packs say: " in problem
    assert "snacks" in problem


def test_a_last_good_text_that_fails_as_well_is_left_out() -> None:
    library = load(UNREADABLE["no TOML"][0], kept={"chips.toml": FAILING})
    assert [topic.id for topic in library.topics] == ["tea"]
    assert library.problems[0].startswith("the pack chips.toml is left out, since chips.toml: this is not TOML")


def test_where_nothing_is_left_every_problem_is_told() -> None:
    packs = [PackSource("chips.toml", FAILING), PackSource("soup.toml", "", "it cannot be read: no right")]
    with pytest.raises(PackError, match=r"(?s)soup\.toml: the file: it cannot be read: no right.*chips\.toml is left"):
        load_sound_packs(packs)
    assert load_sound_packs([]) == Library()
