"""Holds the generated feeds to what they promise: the same for the same seed, and only what changed is changed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from benchmarks.feeds_generator.corpus import VERSIONS, Corpus, build_corpus, version_folder
from benchmarks.floor.bare import read_items

FEEDS = 12
CHANGED = {0, 10}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Generate a few feeds once."""
    return build_corpus(tmp_path_factory.mktemp("corpus"), feeds=FEEDS, seed=3, watched=0.5)


def _path(corpus: Corpus, number: int, version: int) -> Path:
    return version_folder(corpus.folder, version) / f"{corpus.feeds[number].file}.gz"


def _titles(corpus: Corpus, number: int, version: int) -> dict[str, str]:
    """Read a version's titles by id."""
    rows = read_items("", gzip.decompress(_path(corpus, number, version).read_bytes()))
    return {row[1]: row[2] for row in rows}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(corpus: Corpus, tmp_path: Path) -> None:
    again = build_corpus(tmp_path / "again", feeds=FEEDS, seed=3, watched=0.5)
    other = build_corpus(tmp_path / "other", feeds=FEEDS, seed=4, watched=0.5)
    for number in range(FEEDS):
        for version in VERSIONS:
            assert _path(again, number, version).read_bytes() == _path(corpus, number, version).read_bytes()
        assert _path(other, number, 1).read_bytes() != _path(corpus, number, 1).read_bytes()


def test_what_is_there_already_is_taken_as_it_stands(corpus: Corpus) -> None:
    before = _path(corpus, 0, 1).stat().st_mtime_ns
    assert build_corpus(corpus.folder, feeds=FEEDS, seed=3, watched=0.5) == corpus
    assert _path(corpus, 0, 1).stat().st_mtime_ns == before


@pytest.mark.parametrize("number", range(FEEDS))
def test_a_version_shows_as_many_new_items_as_it_says(corpus: Corpus, number: int) -> None:
    known: dict[str, str] = {}
    for version in VERSIONS:
        shown = _titles(corpus, number, version)
        assert len(shown.keys() - known.keys()) == corpus.feeds[number].fresh[version - 1]
        assert {known[guid] for guid in shown.keys() & known.keys()} <= set(shown.values())
        known |= shown


@pytest.mark.parametrize("number", range(FEEDS))
def test_an_unchanged_feed_keeps_its_file_and_so_its_validators(corpus: Corpus, number: int) -> None:
    is_same = _path(corpus, number, 1).samefile(_path(corpus, number, 2))
    assert is_same == (number not in CHANGED)
    assert not _path(corpus, number, 2).samefile(_path(corpus, number, 3))


def test_both_kinds_and_several_languages_are_there(corpus: Corpus) -> None:
    assert {feed.kind for feed in corpus.feeds} == {"rss", "atom"}
    assert len({feed.language for feed in corpus.feeds}) >= 3


def test_one_affair_is_told_by_several_feeds(corpus: Corpus) -> None:
    told: dict[str, set[int]] = {}
    for number in range(FEEDS):
        for title in _titles(corpus, number, 1).values():
            told.setdefault(title, set()).add(number)
    assert max(len(feeds) for feeds in told.values()) >= 3
