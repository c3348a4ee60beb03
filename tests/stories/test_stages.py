"""Stages, places and names as texts of many languages tell them."""

from __future__ import annotations

import pytest

from bot.alerts import reasons
from bot.stories.countries import find_places, say_place
from bot.stories.proper_names import find_names, is_known
from bot.stories.stages import OPPOSITES, RANKS, find_stages
from bot.stories.turn_words import TURN_WORDS


@pytest.mark.parametrize(
    "language, text, keys",
    [
        ("en", "Senate approves bill", ["decides"]),
        ("en", "President to sign bill", []),
        ("en", "President has not signed the bill", []),
        ("en", "Court strikes down ban that took effect in May", ["struck_down", "in_force"]),
        ("en", "Signs of a storm, and rules of the game", []),
        ("nl", "Minister stelt nieuwe wet voor", ["proposes"]),
        ("nl", "Kabinet trekt omstreden wet in", ["withdraws"]),
        ("nl", "Kabinet stelt keuze over luchthaven uit\nDe keuze komt later.", ["delays"]),
        ("nl", "Hof spreekt Vermeer vrij", ["acquits"]),
        ("de", "Bundestag winkt höhere Steuer durch", ["decides"]),
        ("en", "Profit drops, retailer drops plan", ["falls", "withdraws"]),
        ("en", "Pilots walk out", ["strikes"]),
        ("fr", "Randonneur retrouvé mort", ["dies"]),
        ("es", "Norvia cierra la compra de Alto", ["completes"]),
        ("zh", "航空公司申请破产", ["insolvent"]),
        ("nl", "Minister wil wet niet ondertekend zien", []),
        ("de", "Regierung lehnt den Vorschlag ab", ["rejects"]),
        ("de", "Gesetz soll unterschrieben werden", []),
        ("fr", "L'accord est entré en vigueur", ["in_force"]),
        ("fr", "Le Sénat n'adopte pas la loi", []),
        ("es", "El Congreso no aprueba la ley", []),
        ("es", "El Supremo anula la ley", ["struck_down"]),
        ("it", "Il tribunale annulla la legge", ["struck_down"]),
        ("pt", "Presidente sancionou a lei", ["signs"]),
        ("pl", "Prezydent podpisał ustawę", ["signs"]),
        ("ru", "Президент подписал закон", ["signs"]),
        ("zh", "总统签署法案", ["signs"]),
        ("zh", "总统将签署法案", []),
        ("ja", "法案に署名する方針", []),
        ("ja", "法案に署名", ["signs"]),
        ("ko", "대통령 법안 서명", ["signs"]),
        ("ar", "الرئيس وقع القانون", ["signs"]),
        ("en-GB", "Bill signed", ["signs"]),
        (None, "Präsident unterzeichnet Gesetz", ["signs"]),
        ("en", "", []),
    ],
)
def test_a_stage_is_told_where_it_happened_and_not_where_it_may(
    language: str | None, text: str, keys: list[str]
) -> None:
    assert [stage.key for stage in find_stages(text, language)] == keys


def test_every_stage_can_be_said_in_every_language() -> None:
    keys = {*RANKS, *OPPOSITES, "delays", "resigns", "ends", "arrests", "freed", *TURN_WORDS}
    assert [key for key in sorted(keys) if len(set(reasons._STAGES[key])) < 3] == []


@pytest.mark.parametrize(
    "text, places",
    [
        ("Norway joins U.S. ban; the Dutch follow", ["Norway", "United States", "Netherlands"]),
        ("中国和荷兰签署协议", ["China", "Netherlands"]),
        ("中美恢复谈判", ["United States", "China"]),
        ("Россия и Китай", ["Russia", "China"]),
        ("وفي الصين اليوم", ["China"]),
        ("독일 정부", ["Germany"]),
        ("في ألمانيا وبالقاهرة", ["Germany", "Egypt"]),
        ("الخارجية الألمانية", ["Germany"]),
        ("Швейцарию и Канаду", ["Switzerland", "Canada"]),
        ("Герман Греф, вены", []),
        ("ロンドンで協議", ["United Kingdom"]),
        ("It is no use of us, says a turkey farmer", ["Turkey"]),
        ("", []),
    ],
)
def test_places_are_found_in_many_languages(text: str, places: list[str]) -> None:
    found = find_places(text)
    assert set(found) == set(places)
    assert len(found) == len(places)


@pytest.mark.parametrize("language, said", [("nl-BE", "Duitsland"), ("zh-Hant", "德国"), ("fi", "Germany")])
def test_a_place_is_said_in_the_channels_language(language: str, said: str) -> None:
    assert say_place("Germany", language) == said


@pytest.mark.parametrize(
    "language, title, text, names",
    [
        ("en", "Huawei rival is Quelltec, sources say", "", ["Quelltec"]),
        ("en", "Norland Picks Quelltec Over Rivals", "", []),
        (
            "en",
            "Norland Picks Quelltec Over Rivals",
            "The firm said on Monday that Quelltec " + "won it " * 12,
            ["Quelltec"],
        ),
        ("nl", "Opdracht gaat naar Piet de Wit in mei", "", ["Piet", "Wit"]),
        ("de", "Neuer Auftrag geht an ASML", "", ["ASML"]),
        ("de", "Neuer Auftrag geht an Firma", "", []),
        ("ru", "Контракт достался Квелтеку", "", ["Квелтеку"]),
        ("zh", "华为签约", "", []),
        ("en", "", "", []),
    ],
)
def test_names_are_told_by_their_capitals(language: str, title: str, text: str, names: list[str]) -> None:
    assert find_names(title, text, language) == names


@pytest.mark.parametrize(
    "name, is_said", [("Velmark", True), ("Velmarker", True), ("Quelltec", False), ("Jan Velmark", True), ("", False)]
)
def test_another_form_of_a_name_is_known(name: str, is_said: bool) -> None:
    assert is_known(name, {"velmark", "rail"}) is is_said
