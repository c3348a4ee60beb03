"""What feedparser promises of its own two thousand test documents still holds behind our decoding."""

from __future__ import annotations

import pytest

from tests.corpus.expectations import holds, list_expectations, parse_decoded, parse_plainly
from tests.shared_data import SHARED

ARCHIVE = SHARED / "data" / "expect" / "feedparser.tar.gz"

# One bad byte: feedparser reads the whole document as windows-1252 and expects the garbled letters that this gives.
EXPECTED_GARBLED = {"encoding/bozo_linenoise.xml"}


@pytest.mark.skipif(not ARCHIVE.exists(), reason="the folder shared/data/expect is not beside the checkout")
def test_no_expectation_that_feedparser_alone_meets_is_lost() -> None:
    passed, lost = 0, {}
    for expectation in list_expectations(ARCHIVE):
        plain = parse_plainly(expectation)
        ours = parse_decoded(expectation, plain)
        name = expectation.name.partition("/")[2]
        if not holds(expectation, plain):
            continue
        if holds(expectation, ours):
            passed += 1
        else:
            lost[name] = expectation.words
    print(f"held with feedparser alone and with us: {passed:,}; lost: {len(lost)}")
    assert passed > 2_100
    assert set(lost) == EXPECTED_GARBLED, lost
