"""Developments: what a later article adds, and the many ways to say nothing new."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from bot.stories.novelty import find_development
from bot.stories.numbers import find_quantities
from tests.stories.invented import article

FIRST = (
    "ZTE wins rail contract in Velmark",
    "ZTE will supply radio equipment to the Velmark railway: 300 million euros for 25 stations, it said.",
)


def names(text: str) -> Collection[str]:
    """Find three companies by their names in two scripts, as packs would."""
    known = {"ZTE": ("zte", "中兴"), "Huawei": ("huawei", "华为"), "Norvia": ("norvia",)}
    return {name for name, terms in known.items() if any(term in text.casefold() for term in terms)}


@pytest.mark.parametrize(
    "language, title, text, told",
    [
        ("en", "ZTE contract in Velmark covers 40 stations", "", "new: 40 stations"),
        ("en", "Velmark rail deal: ZTE to hire 120 new engineers", "", "new: 120 new engineers"),
        ("en", "ZTE counts 31 rail contracts in Velmark", "", "new: 31 rail contracts"),
        ("en", "Velmark rail works pause for ZTE: a stop of 90 days", "", "new: 90 days"),
        ("zh", "中兴铁路合同暂停90天", "", "new: 90天; stage: suspends"),
        ("en", "ZTE shares rise 7% on Velmark deal", "", "new: 7%"),
        ("en", "Norvia contests ZTE rail contract in Velmark", "", "names Norvia"),
        ("en", "Norvia offers 12% less than ZTE in Velmark", "", "new: 12% less; names Norvia"),
        ("nl", "Spoorcontract ZTE in Velmark telt 40 stations", "", "new: 40 stations"),
        ("de", "ZTE-Auftrag in Velmark: 1.200 Stellen entstehen", "", "new: 1.200 Stellen"),
        ("fr", "ZTE à Velmark : un contrat de 450 millions d'euros", "", "new: 450 millions d'euros"),
        ("es", "ZTE suministrará radios a 60 estaciones de Velmark", "", "new: 60 estaciones"),
        ("zh", "中兴与韦尔马克铁路签署40份合同", "", "new: 40份合同"),
        ("zh", "华为对中兴铁路合同提出异议", "", "names Huawei"),
        ("en", "ZTE to serve 40 stations", "It is to serve 40 stations, Velmark said.", "new: 40 stations"),
        ("en", "Velmark and ZTE sign", "The contract, signed on Monday, adds 80 trains. It runs on.", "new: 80 trains"),
    ],
)
def test_a_new_number_or_name_is_a_development(language: str, title: str, text: str, told: str) -> None:
    assert find_development(article(title, text, language=language), [article(*FIRST)], names) == told


@pytest.mark.parametrize(
    "language, title, text",
    [
        ("en", "Velmark railway chooses ZTE for radio system", "ZTE will equip 25 stations, the railway said."),
        ("en", "ZTE lands €300m rail deal", ""),
        ("en", "ZTE lands rail deal worth 0.3 billion euros", ""),
        ("nl", "ZTE krijgt spoororder van 300 miljoen euro", ""),
        ("de", "ZTE erhält Bahnauftrag über 300 Mio. Euro", ""),
        ("zh", "中兴获韦尔马克铁路3亿欧元合同", ""),
        ("en", "ZTE rail deal in Velmark signed on 12 May at 14:30, runs until 2031", ""),
        ("en", "By 2031 Velmark railways will use ZTE radio", ""),
        ("en", "ZTE won the Velmark contract 3 weeks ago, starts in 40 days", ""),
        ("zh", "中兴3天前赢得铁路合同", ""),
        ("en", "5 things to know about ZTE and Velmark", ""),
        ("en", "ZTE, G20 and 5G: what the No. 2 maker won in Velmark (about $330m)", ""),
        ("en", "ZTE wins rail contract in Velmark", "One. Two. Three. And much further down 900 workers are named."),
        ("en", "中兴赢得铁路合同", ""),
        ("en", "", ""),
    ],
)
def test_a_rewrite_adds_nothing(language: str, title: str, text: str) -> None:
    assert find_development(article(title, text, language=language), [article(*FIRST)], names) is None


def test_the_first_article_of_a_story_is_no_development() -> None:
    assert find_development(article(*FIRST), [], names) is None


def test_a_longer_report_after_a_bare_headline_adds_nothing() -> None:
    longer = article("ZTE chosen for Velmark rail", FIRST[1])
    assert find_development(longer, [article(FIRST[0])], names) is None


def test_the_same_number_is_told_once() -> None:
    second = article("ZTE contract in Velmark covers 40 stations", number=2)
    third = article("Now 40 stations in ZTE's Velmark contract", number=3)
    assert find_development(second, [article(*FIRST)], names) == "new: 40 stations"
    assert find_development(third, [article(*FIRST), second], names) is None


@pytest.mark.parametrize(
    "earlier, later, is_new",
    [
        ("Fire kills 100 people", "Fire kills 103 people", True),
        ("Fire kills 10 people", "Fire kills 12 people", True),
        ("Ten vendors named", "10 vendors named", False),
        ("Fine of $4.97bn", "Fine of $5bn", False),
        ("Fine of about $5bn", "Fine of $4.97bn", False),
        ("Output up 12%", "Output up 12.3 percent", False),
        ("Output up 12%", "Output up 13 percent", True),
        ("Some 42,300 homes dark", "Some 43,100 homes dark", False),
        ("Some 40,000 homes dark", "Some 60,000 homes dark", True),
        ("Tariff of 25%", "Tariff on 25 goods", True),
        ("Tariff of 25%", "Tariff of a quarter", False),
    ],
)
def test_estimates_and_roundings_are_rewrites_and_counts_are_exact(earlier: str, later: str, is_new: bool) -> None:
    assert (find_development(article(later), [article(earlier)], names) is not None) == is_new


@pytest.mark.parametrize(
    "language, text, values",
    [
        ("en", "1,200 jobs and 4.975 million units", [1200, 4_975_000]),
        ("de", "1.200 Stellen und 4,5 Mrd. Euro", [1200, 4_500_000_000]),
        ("fr", "1 200 emplois, 12 billions d'euros", [1200, 12_000_000_000_000]),
        ("zh", "价值12亿美元，增长12.5%，300名工人", [1_200_000_000, 12.5, 300]),
        ("zh", "1亿2000万元，3万5G基站", [120_000_000, 30_000]),
        ("ja", "6億ドル、1万5000人、15パーセント", [600_000_000, 15_000, 15]),
        ("ko", "6억 달러, 15퍼센트", [600_000_000, 15]),
        ("ru", "5,2 млрд рублей, 600 миллионов долларов", [5_200_000_000, 600_000_000]),
        ("ar", "400 مليون دولار و15 في المئة", [400_000_000, 15]),
        ("it", "6 miliardi di euro", [6_000_000_000]),
        ("zh", "2028年5月12日14时，第3届", []),
        ("en", "F-16, P30, 45-year-old, 2-1, 14:30, 12.05.2026, 3 pm, May 12, Section 301", []),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(language: str, text: str, values: list[float]) -> None:
    assert [q.value for q in find_quantities(text, language)] == pytest.approx(values)


def test_a_particle_is_no_part_of_an_amount() -> None:
    assert [quantity.shown for quantity in find_quantities("계약 9억 달러로 확대", "ko")] == ["9억 달러"]
