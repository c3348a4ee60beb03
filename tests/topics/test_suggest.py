"""Words that go with hits: the ratio, and what is worth offering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.topics.suggest import Words, key_of, log_likelihood


@pytest.mark.parametrize(
    "both, first, second, total, ratio",
    [
        # the table of Dunning's paper for «the swiss»: 110, 2442, 111, 29114 as its cells
        (110, 221, 2552, 31777, 270.72),
        (10, 10, 10, 1000, 112.0),
        (5, 10, 500, 1000, 0.0),
        (1, 10, 500, 1000, 0.0),
        (0, 10, 500, 1000, 0.0),
        (5, 0, 0, 0, 0.0),
    ],
)
def test_the_ratio_is_dunnings(both: int, first: int, second: int, total: int, ratio: float) -> None:
    assert log_likelihood(both, first, second, total) == pytest.approx(ratio, abs=0.01)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 500), st.integers(1, 1000))
def test_the_ratio_grows_with_what_the_hits_share(both: int, first: int, second: int, rest: int) -> None:
    total = both + first + second + rest
    less = log_likelihood(both, both + first + 1, both + second, total + 1)
    more = log_likelihood(both + 1, both + first + 1, both + second + 1, total + 1)
    assert 0.0 <= less <= more + 1e-9


def words(*texts: tuple[str, str], language: str = "en") -> Words:
    found = Words()
    for title, text in texts:
        found.add(title, text, language)
    return found


def suggest(found: Words, archive: dict[str, int], *known: str, most: int = 8) -> list[str]:
    counted = {key: archive.get(key, 0) for key in found.candidates({"the", "of"})}
    return [s.term for s in found.suggest(counted, {"en": 10_000, "zh": 10_000}, known=set(known), most=most)]


def test_what_goes_with_the_hits_is_offered_and_what_is_common_is_not() -> None:
    found = words(*((f"Title {n}", "Kirin and the market") for n in range(10)))
    assert suggest(found, {"kirin": 12, "market": 9_000, "and": 9_900, "title": 9_000}) == ["Kirin"]


def test_a_name_of_two_words_is_offered_whole() -> None:
    found = words(*((f"Title {n}", f"said Ren Zhengfei in part {n}") for n in range(10)))
    archive = {"ren": 10, "zhengfei": 10, "ren zhengfei": 10, "said": 9_000, "part": 9_000, "title": 9_000}
    assert suggest(found, archive) == ["Ren Zhengfei"]


def test_a_name_is_not_offered_with_a_word_that_binds() -> None:
    found = words(*((f"Title {n}", "The Kirin Of") for n in range(10)))
    assert "the kirin" not in found.candidates({"the", "of"})
    assert "kirin of" not in found.candidates({"the", "of"})


def test_what_the_topic_has_is_not_offered() -> None:
    found = words(*((f"Title {n}", "Kirin Nine") for n in range(10)))
    assert suggest(found, {"kirin": 10, "nine": 10, "kirin nine": 10, "title": 9_000}, "kirin") == ["Nine"]


def test_a_wire_copy_counts_once() -> None:
    found = words(*(("The same title", "Kirin") for _ in range(10)))
    assert found.texts == 1
    assert found.candidates(set()) == []


def test_a_word_is_held_against_its_own_language() -> None:
    """A hundred of a hundred Dutch articles hold «het»: that it stands in all hits says nothing."""
    found = words(*((f"Kop {n}", "het telefoontje") for n in range(10)), language="nl-NL")
    counted = {"het": 100, "telefoontje": 11}
    offered = found.suggest(counted, {"en": 100_000, "nl": 100}, known=set(), most=8)
    assert [one.term for one in offered] == ["telefoontje"]


def test_runs_of_han_are_offered_once_and_not_piece_by_piece() -> None:
    found = words(*((f"第{n}号", "任正非谈话") for n in range(10)), language="zh")
    pieces = [s for s in found.candidates(set()) if "任" in s]
    assert pieces
    offered = suggest(found, dict.fromkeys(found.candidates(set()), 10))
    assert len([term for term in offered if set(term) & set("任正非谈话")]) == 1


def test_a_key_is_how_the_archive_counts_it() -> None:
    assert key_of("Ren Zhengfei") == "ren zhengfei"
    assert key_of("任正非") == "任正 正非"
