"""Origins: wire copy folds into one, in every script, at the same cost however large the story is."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

import pytest

from bot.domain.models import Article, ArticleId
from bot.stories.origins import Origins
from tests.stories.invented import article

COPIES = {
    "en": "The ministry of Norland said on Monday that operators must remove the equipment by 2028 or pay a fine.",
    "zh": "诺兰政府周一表示，运营商须在2028年前从核心网中移除有关设备，否则将面临高额罚款。",
    "ru": "Правительство Норландии заявило в понедельник, что операторы обязаны убрать оборудование до 2028 года.",
    "ar": "قالت حكومة نورلاند يوم الاثنين إن على المشغلين إزالة المعدات قبل عام 2028 وإلا دفعوا غرامة كبيرة",
    "ko": "노를란드 정부는 월요일 사업자들이 2028년까지 해당 장비를 모두 제거해야 하며 어기면 벌금을 낸다고 밝혔다",
    "ja": "ノルランド政府は月曜日、事業者は2028年までに当該機器を撤去しなければならないと発表した。",
    "th": "รัฐบาลนอร์แลนด์กล่าวเมื่อวันจันทร์ว่าผู้ให้บริการต้องถอดอุปกรณ์ออกก่อนปี2028มิฉะนั้นต้องจ่ายค่าปรับ",
}


def report(number: int, text: str, outlet: str = "Courant") -> Article:
    return replace(article(f"Report {number}", text, number=number), outlet=outlet)


@pytest.mark.parametrize("language", COPIES)
def test_copies_are_one_origin_in_every_script(language: str) -> None:
    text = COPIES[language]
    cut = text[: int(len(text) * 0.85)]
    assert Origins().count([report(1, text), report(2, f"{text} "), report(3, cut)]) == 1


def test_an_agency_is_named_once_its_copy_names_it() -> None:
    origins = Origins()
    copies = [report(1, COPIES["en"]), report(2, f"VELMARK (Reuters) - {COPIES['en']}"), report(3, "An own report.")]
    assert origins.count(copies) == 2
    assert origins.agencies(copies) == ("Reuters",)


def test_two_reports_of_one_agency_may_differ_more() -> None:
    more = (
        " It is the third order of the kind in a year, and the industry expects further ones to follow before spring."
    )
    other = " Critics in the capital called it rushed, costly, unclear and hard to carry out for smaller firms there."
    alike = [f"{COPIES['en']}{more}", f"{COPIES['en']}{other}"]
    assert Origins().count([report(n, f"VELMARK (Reuters) - {text}") for n, text in enumerate(alike)]) == 1
    assert Origins().count([report(n, text[60:]) for n, text in enumerate(alike)]) == 2


def test_an_article_keeps_its_origin() -> None:
    origins = Origins()
    first = origins.add(report(1, COPIES["en"]))
    assert origins.add(report(1, "Quite another text by now.")) == first
    assert ArticleId(1) in origins


def _spend(count: int) -> float:
    rng = random.Random(7)
    words = [f"word{n}" for n in range(3_000)]
    texts = [" ".join(rng.choices(words, k=200)) for _ in range(count)]
    origins = Origins()
    began = process_time()
    for number, text in enumerate(texts):
        origins.add(report(number, text))
    return (process_time() - began) / count


def test_the_cost_of_an_article_does_not_grow_with_the_story() -> None:
    _spend(20)
    assert _spend(400) < 4 * _spend(50)
