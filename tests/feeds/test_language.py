"""Which language an entry is in."""

from __future__ import annotations

import pytest

from bot.feeds.language import decide_language, normalise_language


@pytest.mark.parametrize(
    "tag, expected",
    [("nl-BE", "nl"), ("EN", "en"), ("zh_CN", "zh"), ("zh-Hant-TW", "zh"), ("dut", "nl"), ("Deutsch", "de"),
     ("nb-NO", "no"), ("cn", "zh"), ("und", None), ("", None),
     (None, None), ("x", None), ("en us please", None), ("1234", None)],
)  # fmt: skip
def test_a_tag_becomes_its_language(tag: str | None, expected: str | None) -> None:
    assert normalise_language(tag) == expected


@pytest.mark.parametrize(
    "text, declared, expected",
    [
        ("Talks resume", ["en"], "en"),
        ("Overleg hervat", [None, "nl-NL", "en"], "nl"),
        ("Overleg hervat", ["fr", "nl"], "fr"),
        ("中兴手机出口受阻", ["en"], "zh"),
        ("中兴手机出口受阻", [], "zh"),
        ("関税の交渉が始まる", ["zh"], "ja"),
        ("関税交渉", ["ja"], "ja"),
        ("화웨이 관세 협상", ["en"], "ko"),
        ("Торговые переговоры", ["uk"], "uk"),
        ("Торговые переговоры", ["en"], "ru"),
        ("مفاوضات تجارية", ["fa"], "fa"),
        ("5G 中兴 talks resume in the harbour today", ["en"], "en"),
        ("Café Zürich", [], None),
    ],
)
def test_the_nearest_tag_counts_unless_the_letters_contradict(
    text: str, declared: list[str | None], expected: str | None
) -> None:
    assert decide_language(text, *declared) == expected
