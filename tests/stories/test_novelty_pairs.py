"""The labelled pairs: over fourteen languages, a development is told with the reader's reason and a rewrite is not."""

from __future__ import annotations

import pytest

from benchmarks.novelty import Pair, read_pairs
from tests.shared_data import ROOT

PAIRS = list(read_pairs(ROOT / "tests" / "data" / "novelty_pairs.txt"))


def test_there_are_enough_pairs_of_both_kinds() -> None:
    assert len(PAIRS) >= 80
    assert sum(not pair.reason for pair in PAIRS) >= 30


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair.language}: {pair.comes[0]}" for pair in PAIRS])
def test_a_pair_is_told_as_a_reader_tells_it(pair: Pair) -> None:
    told = pair.tell()
    assert pair.is_right(told), told


def test_most_of_what_was_written_blind_is_told_right() -> None:
    blind = list(read_pairs(ROOT / "tests" / "data" / "novelty_blind.txt"))
    rewrites = [pair for pair in blind if not pair.reason]
    assert len(rewrites) >= 30
    assert sum(pair.tell() is not None for pair in rewrites) <= 2
    assert sum(pair.is_right(pair.tell()) for pair in blind) >= 0.9 * len(blind)
