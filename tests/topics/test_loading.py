"""A pack whose examples fail is left out; the others stay, and nothing of its topics is lost."""

from __future__ import annotations

import pytest

from bot.domain.errors import PackError
from bot.topics.library import PackSource, load_library
from bot.topics.loading import load_sound_packs

GOOD = """
format = 1
[groups.tea]
en = ["tea", "oolong"]
[topics.tea]
title = "Tea"
clauses = [{ query = "@tea", score = 0.9 }]
examples = [{ lang = "en", text = "Oolong harvest begins", expect = true }]
"""
BAD = """
format = 1
[groups.chips]
en = ["chip*"]
[topics.chips]
title = "Chips"
clauses = [{ query = "@chips", score = 0.9 }]
mask = { en = ["chip shop"] }
examples = [
  { lang = "en", text = "Chip exports grow", expect = true },
  { lang = "en", text = "Crisp exports grow", expect = true },
]
"""
USES_BAD = """
format = 1
[topics.snacks]
clauses = [{ query = "@chips AND @tea", score = 0.9 }]
"""


def test_a_pack_with_a_failing_example_is_left_out_and_the_others_stay() -> None:
    library = load_sound_packs([PackSource("tea.toml", GOOD), PackSource("chips.toml", BAD)])
    assert [topic.id for topic in library.topics] == ["tea"]
    assert library.groups.keys() == {"tea"}
    assert [(topic.id, topic.title, topic.clauses) for topic in library.withheld] == [("chips", "Chips", ())]
    (told,) = library.problems
    assert told.startswith(
        "the pack chips.toml is left out, since an example fails: chips.toml: topics.chips.examples[1]"
    )
    assert "“Crisp exports grow” must match chips, but it reaches nothing; remedy: " in told


def test_sound_packs_are_all_there() -> None:
    packs = [PackSource("tea.toml", GOOD), PackSource("chips.toml", BAD.replace("Crisp", "Chip"))]
    assert load_sound_packs(packs) == load_library(packs)


def test_a_pack_that_needs_one_that_is_left_out_is_told_with_it() -> None:
    packs = [PackSource("tea.toml", GOOD), PackSource("chips.toml", BAD), PackSource("snacks.toml", USES_BAD)]
    with pytest.raises(
        PackError, match=r"(?s)chips\.toml is left out.*without it: snacks\.toml: .*no term group @chips"
    ):
        load_sound_packs(packs)
