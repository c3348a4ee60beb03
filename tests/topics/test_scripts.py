"""One word, however its script sets it: wide and narrow forms, marks, variants of a letter, particles."""

from __future__ import annotations

import unicodedata

import pytest

from bot.topics.texts import Section
from tests.topics.making import is_hit

SAME = [
    # full-width Latin and digits, half-width and decomposed kana
    ("huawei", "Ｈｕａｗｅｉ、新製品を発表"),
    ("=ZTE", "ＺＴＥ株が急落"),
    ("5G", "５Ｇ禁令生效"),
    ("ファーウェイ", "ﾌｧｰｳｪｲ製ﾙｰﾀｰ"),
    ("トランプ", "ﾄﾗﾝﾌﾟ氏"),
    ("ﾌｧｰｳｪｲ", "米、ファーウェイに禁輸"),
    ("グリア", unicodedata.normalize("NFD", "グリア代表")),
    # Arabic: alef, yeh, kaf, teh marbuta, hamza, tatweel, tashkeel, presentation forms
    ("أمريكا", "امريكا ترد"),
    ("امريكا", "في أمريكا"),
    ("آسيا", "أسواق اسيا"),
    ("هواوي", "شركة هواوى"),
    ("هواوي", "شركة هواوی"),
    ("بكين", "بکین تحذر"),
    ("الصينية", "الشركات الصينيه"),
    ("الصينيه", "الشركات الصينية"),
    ("تجارية", "حرب تجاريه"),
    ("مسؤول", "قال مسئول"),
    ("هواوي", "هـــواوي"),
    ("هواوي", "هُوَاوِيّ تردّ"),
    ("الصين", "الصِّين"),
    ("هواوي", "ﻫﻮﺍﻭﻱ"),
    # Hangul in syllables and in jamo
    ("화웨이", unicodedata.normalize("NFD", "화웨이는 성장했다")),
    (unicodedata.normalize("NFD", "관세"), "관세를 올렸다"),
    # Han: glyphs of one character; compatibility ideographs
    ("華為", "華爲年報"),
    ("台積電", "臺積電停止代工"),
    ("關稅", "美國關税政策"),
    ("稅率", "提高稅\uf9db"),
    ("說明", "説明會"),
    ("說明", "說明會"),
    # Cyrillic: yo, and й in two characters
    ("соединённые", "СОЕДИНЕННЫЕ Штаты"),
    ("соединенные", "Соединённые Штаты"),
    ("Хуавей", unicodedata.normalize("NFD", "ХУАВЕЙ отрицает")),
]
DIFFERENT = [
    ("й", "и"),
    ("ハ", "パ"),
    ("か", "が"),
    ("华为", "华　为"),
    ("华为", "華為"),
    ("화웨이", "화왜이"),
    ("كلب", "قلب"),
    ("ى", "ا"),
]
PARTICLES = [
    "서",
    "엔",
    "에겐",
    "에선",
    "한테",
    "랑",
    "뿐",
    "밖에",
    "대로",
    "론",
    "든",
    "간",
    "내",
    "제",
    "에서도",
    "와의",
    "측은",
]


@pytest.mark.parametrize("term,text", SAME)
def test_a_word_is_found_in_every_form_of_its_script(term: str, text: str) -> None:
    assert is_hit(term if term.startswith("=") else f'"{term}"', text)


@pytest.mark.parametrize("term,text", DIFFERENT)
def test_what_readers_tell_apart_stays_apart(term: str, text: str) -> None:
    assert not is_hit(f'"{term}"', text)


@pytest.mark.parametrize("particle", PARTICLES)
def test_a_korean_word_goes_on_with_its_particles(particle: str) -> None:
    assert is_hit("화웨이", f"중국 화웨이{particle} 반응이 없다")


@pytest.mark.parametrize("text", ["화웨이터", "화웨이브", "신화웨이"])
def test_a_longer_korean_word_is_another(text: str) -> None:
    assert not is_hit("화웨이", text)


@pytest.mark.parametrize("text", ["حرب تجاريه", "美國關稅政策", "قال مسؤول", "ﾌｧｰｳｪｲ製"])
def test_a_snippet_shows_the_letters_that_were_written(text: str) -> None:
    section = Section(text, is_title=True)
    snippet, (begin, stop) = section.snippet(1, len(section.folded) - 1)
    assert snippet[begin:stop] == text
