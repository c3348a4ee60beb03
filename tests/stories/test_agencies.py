"""Agencies: a byline is one wherever an agency puts it, and a mention in passing is none."""

from __future__ import annotations

import pytest

from bot.stories.agencies import find_agency

LONG = "The minister said so on Monday. " * 8


@pytest.mark.parametrize(
    "outlet, text, agency",
    [
        ("Courant", "VELMARK (Reuters) - The minister said", "Reuters"),
        ("Courant", "LAKESIDE, Nov 3 (AFP) — Officials", "AFP"),
        ("Courant", "DEN HAAG (ANP) - De minister", "ANP"),
        ("Courant", "Berlin (dpa/lsw) - Das Land", "dpa"),
        ("Courant", "新华社北京11月3日电 奥兰达政府", "Xinhua"),
        ("Courant", "（新华社）奥兰达政府", "Xinhua"),
        ("Courant", "据路透社报道，奥兰达", "Reuters"),
        ("Courant", "【ロンドン共同】政府は", "Kyodo"),
        ("Courant", "(서울=연합뉴스) 정부는", "Yonhap"),
        ("Courant", "МОСКВА, 3 ноября. /ТАСС/. Правительство", "TASS"),
        ("Courant", "Москва. 3 ноября. Интерфакс - Суд", "Interfax"),
        ("Courant", "دبي (رويترز) - قالت الحكومة", "Reuters"),
        ("Courant", "Madrid, 3 nov (EFE).- El gobierno", "EFE"),
        ("Courant", "(ANSA) - ROMA, 03 NOV - Il governo", "ANSA"),
        ("Courant", "PARIS -- AFP: Le gouvernement", "AFP"),
        ("Courant", f"{LONG}(AP)", "AP"),
        ("Courant", f"{LONG}Bron: ANP", "ANP"),
        ("AP News", "Anything", "AP"),
        ("reuters.com", "Anything", "Reuters"),
        ("Courant", "The minister said Reuters had asked (twice) for it.", None),
        ("Courant", "The apa was here (Map) - so they say", None),
        ("Courant", f"{LONG}(Reporting by Ann Lee; Editing by Bo Hu)", None),
        ("Courant", "", None),
    ],
)
def test_a_byline_names_the_agency(outlet: str, text: str, agency: str | None) -> None:
    assert find_agency(outlet, text) == agency
