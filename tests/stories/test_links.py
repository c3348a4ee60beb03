"""Stories of one event in two languages: pairs that are, and pairs that only look so."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from bot.domain.models import StoryId
from bot.domain.settings import Settings
from bot.packs import load_library
from bot.stories.links import Likeness, Link, Sketch, find_link, sketch
from bot.topics.concepts import ConceptFinder
from tests.shared_data import ROOT
from tests.stories.invented import article

FILES = (
    ROOT / f"tests/data/stories/{name}.toml"
    for name in ("cross_lingual", "cross_lingual_fresh", "cross_lingual_scripts")
)
PAIRS = [pair for file in FILES for pair in tomllib.loads(file.read_text(encoding="utf8"))["pair"]]
SAME = [pair for pair in PAIRS if pair["same"]]
OTHER = [pair for pair in PAIRS if not pair["same"]]
HOUR = timedelta(hours=1)


@cache
def concepts() -> ConceptFinder:
    return ConceptFinder(load_library(Settings()))


def draw(number: int, told: Mapping[str, str]) -> Sketch:
    written = article(told["title"], told["text"], language=told["language"], number=number)
    return sketch(StoryId(number), [written], concepts(), concepts().names)


def link(pair: Mapping[str, Any]) -> Link | None:
    return find_link(draw(2, pair["b"]), [draw(1, pair["a"])])


def name(pair: Mapping[str, Any]) -> str:
    return str(pair["a"]["language"] + " " + pair["b"]["title"])


@pytest.mark.parametrize("pair", SAME, ids=name)
def test_reports_of_one_event_in_two_languages_are_linked(pair: Mapping[str, Any]) -> None:
    assert link(pair) is not None


@pytest.mark.parametrize("pair", OTHER, ids=name)
def test_events_that_only_look_alike_are_never_joined(pair: Mapping[str, Any]) -> None:
    found = link(pair)
    assert found is None or found.likeness is Likeness.POSSIBLE
