"""Where a term begins and ends, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.query import Term
from bot.topics.terms import read_pattern
from bot.topics.texts import Section
from tests.topics.making import is_hit

HITS = [
    ("zte", "Boete voor ZTE."),
    ("zte", "Huawei/ZTE: een tijdlijn"),
    ("zte", "ZTE's topman"),
    ("zte", "“ZTE”"),
    ("zte", "中国ZTE公司"),
    ("zte", "ZTE가 웃었다"),
    ("5g", "Veiling van 5G-netwerken"),
    ("5g", "中国5G网络"),
    ("5G-net*", "5G netwerken"),
    ("5g", "5G망에서"),
    ("heffing*", "importheffing en heffingen"),
    ("*overleg", "Handelsoverleg mislukt"),
    ("*overleg", "overleg"),
    ("*netz*", "Kernnetzes"),
    ("Strafz*ll*", "neue Strafzölle"),
    ("chinesisch* Komponent*", "von chinesischen Komponenten im Netz"),
    ("aus dem *netz ausbau*", "muss aus dem Kernnetz ausbauen"),
    ("trade talks", "Trade-talks resume"),
    ("US-China trade talks", "US–China trade talks"),
    ("us china trade talks", "US/China trade talks"),
    ("=VS", "VS en China"),
    ("=VS", "tussen de VS-delegatie"),
    ("=Trade*", "the Trademark"),
    ('="Witte Huis"', "het Witte Huis zwijgt"),
    ("U.S.", "the U.S.-China row"),
    ("U.S.", "in the U.S."),
    ("at&t", "AT&T buys"),
    ("Etats Unis", "États-Unis"),
    ("zolle", "ZÖLLE"),
    ("华为", "以华为例看出海"),
    ("华为5G", "消息称华为 5G 基站"),
    ("鸿蒙 OS", "鸿蒙OS发布"),
    ("ファーウェイ", "米、ファーウェイへの規制"),
    ("화웨이", "화웨이는 성장했다"),
    ("화웨이", "화웨이에서도"),
    ("미·중 무역협상", "미중이 아니라 미·중 무역협상을"),
    ("هواوي", "معدات لهواوي من"),
    ("الصين", "والصين تقول"),
    ("أمريكا", "في امريكا"),
    ("Хуавэй*", "Хуавэя нет, Хуавэйем"),
    ("е", "ё"),
    ("Sino-*", "Sino-American talks"),
    ("Sino-*", "a Sino/Russian pact"),
    ("U.S.-*", "U.S.-China talks"),
    ("*-gate", "the water-gate affair"),
    ("anti-*-act", "an anti-trust-act"),
    ("=Sino-*", "Sino-Indian border"),
    ("=cel", "jeden cel"),
    ("=ceł", "bez ceł"),
    ("=Élysée", "a\u0300 l'E\u0301lyse\u0301e"),
    ("=Huawei’s", "Huawei's plan"),
    ("จีน", "รัฐมนตรีจีนเยือนสหรัฐ"),
    ("*สหรัฐ", "รัฐมนตรีจีนเยือนสหรัฐ"),
    ("ຈີນ", "ລັດຖະບານຈີນ"),
]
MISSES = [
    ("zte", "De laatste zette"),
    ("zte", "Aztec ruins"),
    ("zte", "ztex"),
    ("zte", "3zte"),
    ("vs", "VSA"),
    ("=VS", "Ajax vs Feyenoord"),
    ("=VS", "Vs"),
    ('="Witte Huis"', "een witte huis"),
    ("heffing*", "importheffing"),
    ("*overleg", "overlegt"),
    ("trade talks", "trade. Talks"),
    ("trade talks", "trade, talks"),
    ("trade talks", "the trade talksy"),
    ("U.S.", "tell us"),
    ("at&t", "at t"),
    ("จีน", "รัฐมนตรีไทย"),
    ("chinesisch* Komponent*", "chinesische und andere Komponenten"),
    ("aus dem *netz ausbau*", "das Netz ausbauen"),
    ("Strafz*ll*", "Straffall"),
    ("华为", "中华民族"),
    ("华为5G", "华为的5G"),
    ("화웨이", "신화웨이터"),
    ("칩", "칩거"),
    ("الصين", "الصينية"),
    ("صين", "تحصين"),
    ("й", "и"),
    ("か", "が"),
    ("Sino-*", "the Sino"),
    ("Sino-*", "Sinologists"),
    ("*-gate", "the Partygate row"),
    ("=Sino-*", "sino-indian border"),
    ("=cel", "bez ceł"),
    ("=ceł", "jeden cel"),
    ("=Élysée", "Elysée"),
]


@pytest.mark.parametrize("term,text", HITS)
def test_a_term_hits(term: str, text: str) -> None:
    query = term if term.startswith("=") else f'"{term}"'
    assert is_hit(query, text)


@pytest.mark.parametrize("term,text", MISSES)
def test_a_term_passes_by(term: str, text: str) -> None:
    query = term if term.startswith("=") else f'"{term}"'
    assert not is_hit(query, text)


@pytest.mark.parametrize(
    "term,text,marked",
    [
        ("*overleg", "Het handelsoverleg loopt", "handelsoverleg"),
        ("heffing*", "alle heffingen weg", "heffingen"),
        ("chinesisch* Komponent*", "mit chinesischen Komponenten gebaut", "chinesischen Komponenten"),
        ("straße", "In der Straße hier", "Straße"),
        ("华为", "以华为例", "华为"),
        ("الصين", "قالت والصين", "والصين"),
    ],
)
def test_a_hit_is_the_whole_word_as_it_was_written(term: str, text: str, marked: str) -> None:
    section = Section(text, is_title=True)
    pattern = read_pattern(Term(term))
    start = section.folded.index(pattern.core)
    span = pattern.verify(section, start, start + len(pattern.core))
    assert span is not None
    snippet, (begin, stop) = section.snippet(*span)
    assert snippet[begin:stop] == marked


LETTERS = st.text(alphabet="abcßéZ ИжНдё中国华为가나هو-'. ́", max_size=40)


@given(LETTERS, LETTERS, st.sampled_from(["zte", "华为", "화웨이", "heffing*", "*overleg", "a*b"]))
def test_checking_an_edge_never_fails(before: str, after: str, term: str) -> None:
    section = Section(f"{before}{term.replace('*', 'x')}{after}", is_title=False)
    pattern = read_pattern(Term(term))
    start = section.folded.find(pattern.core)
    span = pattern.verify(section, start, start + len(pattern.core)) if start > 0 else None
    if span is not None:
        snippet, (begin, stop) = section.snippet(*span)
        assert 0 <= begin < stop <= len(snippet)
