"""Folding, its way back, and cutting into words."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import text as text_module
from bot.domain.text import FoldedSpans, clean, fold, fold_keeping_letters, fold_offsets, shorten, tokens

TRICKY = st.one_of(st.text(), st.text(alphabet="aß ıİéÉe\u0301ﬁ½…™ｶﾞがガ한ᄒ\u1161\u11ab\u00ad\u200bŁأى", max_size=20))


@pytest.mark.parametrize(
    "written,folded",
    [
        ("ZTE", "zte"),
        ("ＺＴＥ", "zte"),
        ("États-Unis", "etats-unis"),
        ("Zölle", "zolle"),
        ("STRASSE straße", "strasse strasse"),
        ("Łódź, Ærø, cœur, İzmir", "lodz, aero, coeur, izmir"),
        ("Huawei™", "huawei"),
        ("5G‑net – ja", "5g-net - ja"),
        ("Huawei’s", "huawei's"),
        ("han\u00addel", "handel"),
        ("Сочинский й ё", "сочинский й е"),
        ("ガード", "ガード"),
        ("ｶﾞ", "ガ"),
        ("أمريكا ـ هواوى", "امريكا  هواوي"),
        ("٣٫٥ مُحَمَّد", "٣٫٥ محمد"),
    ],
)
def test_folding_makes_one_of_spellings_that_a_reader_takes_for_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_folding_may_keep_capitals_and_the_accents_of_latin() -> None:
    assert fold_keeping_letters("ＶＳ – É™ Łódź Ёлка") == "VS - É Łódź Ёлка"


@given(TRICKY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TRICKY)
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    offsets = fold_offsets(text)
    assert len(offsets) == len(fold(text)) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


@given(TRICKY, st.data())
def test_the_original_of_a_folded_piece_folds_to_it(text: str, data: st.DataObject) -> None:
    text = " ".join(text.split())
    folded = fold(text)
    start = data.draw(st.integers(0, max(len(folded) - 1, 0)))
    end = data.draw(st.integers(start, len(folded)))
    if start == end:
        return
    begin, stop = FoldedSpans(text).original(start, end)
    assert folded[start:end] in fold(text[begin:stop])


@pytest.mark.parametrize(
    "text,piece,original",
    [
        ("Een straße hier", "ss", "ß"),
        ("De\u0301sire\u0301e zegt", "desiree", "De\u0301sire\u0301e"),
        ("x ½ y", "1⁄2", "½"),
        ("han\u00addel nu", "handel", "han\u00addel"),
        ("新しいガード", "ガード", "ガード"),
    ],
)
def test_a_piece_is_shown_as_it_was_written(text: str, piece: str, original: str) -> None:
    start = fold(text).index(piece)
    begin, stop = FoldedSpans(text).original(start, start + len(piece))
    assert text[begin:stop] == original


@pytest.mark.parametrize(
    "text,words",
    [
        ("5G-netwerken, nu!", ["5g", "netwerken", "nu"]),
        ("华为5G网络", ["华为", "5g", "网络"]),
        ("贸易战 美", ["贸易", "易战", "美"]),
        ("LG유플러스는", ["lg", "유플러스는"]),
        ("", []),
    ],
)
def test_words_are_cut_at_hyphens_and_where_the_script_changes(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text(st.sampled_from("aB1_-.\x1f\x1c \u00e9\u0434\u534e\u4e3a\u30cf\uc720\u0e01\u0301\u00b2"), max_size=12))
def test_words_of_one_script_are_cut_as_those_of_several(text: str) -> None:
    several = tokens(f"{text} \u534e")
    assert tokens(text) == several[:-1]


@pytest.mark.parametrize(
    "joined",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525",
        "\U0001f3c3\U0001f3fd\u200d\u2640\ufe0f",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
    ],
)
def test_joined_emoji_stay_one_and_a_joiner_elsewhere_goes(joined: str) -> None:
    assert clean(f"a \u200d{joined}\u200d b\u200dc") == f"a {joined} bc"
    assert clean(f"{joined}\u200b\u200d\u200d{joined}") == f"{joined}{joined}"
    assert fold(clean(joined + "x")).endswith("x")


def test_cleaning_takes_what_harms_and_keeps_one_space() -> None:
    assert clean("a\x00b\u202e  c\u200b\n\td") == "ab c d"


def test_nothing_is_done_about_a_letter_that_is_taken_for_harmless() -> None:
    harmless = [char for char in map(chr, range(sys.maxunicode + 1)) if text_module._HARMLESS.fullmatch(char)]
    assert len(harmless) > 30_000
    kept = [char for char in harmless if not char.isspace()]
    assert "".join(kept).translate(text_module._CLEAN) == "".join(kept)
    assert not any(map(unicodedata.combining, kept))


@pytest.mark.parametrize(
    "text,limit,short",
    [
        ("kort", 10, "kort"),
        ("een lang verhaal", 10, "een lang…"),
        ("中国华为公司", 4, "中国华…"),
        ("woordwoord", 5, "woor…"),
    ],
)
def test_shortening_ends_at_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize("letter", ["e\u0301", "👩\u200d🚀", "👍\U0001f3fd", "🇳🇱", "❤\ufe0f", "कि"])
@pytest.mark.parametrize("limit", range(9, 16))
def test_shortening_parts_no_letter(letter: str, limit: int) -> None:
    short = shorten(letter * 20, limit)
    assert len(short) > limit - len(letter) - 1
    assert short == letter * (len(short) // len(letter)) + "…"


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0316", "\u05b0\u0591", "\u0344\U0001d165"])
def test_marks_beyond_what_any_writing_needs_are_cut(marks: str) -> None:
    began = time.perf_counter()
    cleaned = clean("a" + marks * 100_000 + "b")
    fold(cleaned)
    assert time.perf_counter() - began < 2
    assert len(cleaned) == 32
    assert (cleaned[0], cleaned[-1]) == ("a", "b")


@pytest.mark.parametrize("text", ["e\u0301" * 500, "·–…" * 100, "👨👩👧👦" * 50, "مُحَمَّد " * 50 + "x", "🇳🇱" * 300])
def test_marks_and_signs_that_a_reader_needs_stay(text: str) -> None:
    assert clean(text) == text


def test_no_mark_is_a_character_that_would_end_a_run_of_marks() -> None:
    marks = "".join(char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.combining(char))
    assert len(clean("a" + marks)) == 31


@given(st.text())
def test_clean_text_is_clean_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    rest = cleaned.replace("\u200d", "")
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} for char in rest)
    assert "  " not in cleaned
