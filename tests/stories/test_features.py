"""What an article is compared by."""

from __future__ import annotations

import pytest

from bot.stories.features import extract_features, is_written_in, read_terms, strip_title, tell_language, title_key


@pytest.mark.parametrize(
    "text, label, language",
    [
        ("Orlanda bars Huawei", "en-GB", "en"),
        ("De wind van de dag komt uit het noorden", "en", "nl"),
        ("De la Fuente names Spain squad", "en", "en"),
        ("Die Bahn streicht Züge wegen der Bauarbeiten und des Sturms", None, "de"),
        ("奥兰达禁止华为", "en", "zh"),
        ("ファーウェイを排除", None, "ja"),
        ("Суд отменил решение", None, "ru"),
        ("Huawei", None, "und"),
        ("Huawei wins", "zh", "und"),
        ("", "nl", "nl"),
    ],
)
def test_the_label_holds_unless_script_or_function_words_say_another(
    text: str, label: str | None, language: str
) -> None:
    assert tell_language(text, label) == language


@pytest.mark.parametrize(
    "title, outlet, rest",
    [
        ("Orlanda bars Huawei - The Courant", "The Courant", "Orlanda bars Huawei"),
        ("Orlanda's operators must drop Huawei | Courant Online", "", "Orlanda's operators must drop Huawei"),
        ("Live: Orlanda bars Huawei …", "", "Orlanda bars Huawei"),
        ("快讯：奥兰达禁止华为", "", "奥兰达禁止华为"),
        ("US - China talks open", "The Courant", "US - China talks open"),
    ],
)
def test_outlets_and_labels_come_off_a_title(title: str, outlet: str, rest: str) -> None:
    assert strip_title(title, outlet) == rest


def test_numbers_and_elisions_read_alike_in_every_spelling() -> None:
    assert read_terms("1,200 jobs", "en")[0] == read_terms("1.200 Stellen", "de")[0]
    assert read_terms("l'accord de l’Orlande", "fr") == ["accord", "orland"]


def test_titles_that_differ_by_date_and_number_have_one_key() -> None:
    assert title_key("Stocks today: November 3, up 12") == title_key("Stocks today: November 4, up 7")


@pytest.mark.parametrize(
    "language, text, may_be",
    [
        ("en", "The council of the town has read the decision of the minister in the paper.", True),
        ("en-GB", "De raad van de stad heeft het besluit van de minister in de krant gelezen.", False),
        ("nl", "De raad van de stad heeft het besluit van de minister in de krant gelezen.", True),
        ("de", "The council of the town has read the decision of the minister in the paper.", False),
        ("zh", "市议会周二决定禁止该供应商参与网络建设。", True),
        ("zh", "The council bars the vendor.", False),
        ("fr", "市议会周二决定禁止该供应商参与网络建设。", False),
        ("ru", "Городской совет во вторник принял решение.", True),
        ("uk", "Міська рада у вівторок ухвалила рішення.", True),
        ("it", "Il consiglio della città ha letto la decisione del ministro sul giornale.", True),
        ("en", "Huawei wint", True),
    ],
)
def test_what_is_clearly_in_another_language_is_told(language: str, text: str, may_be: bool) -> None:
    assert is_written_in(text, language) == may_be


@pytest.mark.parametrize(
    "language, one, other",
    [
        ("ru", "Пожар на складе в Велмарке", "После пожара на складах Велмарка"),
        ("ar", "الحكومة تدرس ضريبة", "ضريبة للحكومة"),
        ("pl", "pożar magazynu w stolicy", "pożary magazynów"),
        ("tr", "limanda yangın", "limandaki yangının"),
    ],
)
def test_the_forms_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert len({*read_terms(one, language)} & {*read_terms(other, language)}) >= 2


def test_the_year_an_article_is_of_tells_nothing_another_does() -> None:
    found = extract_features("Orlanda games 2026 and 2030", "Seen in 2026.", label="en", year=2026)
    assert {"2026", "2030"} & found.strengths.keys() == {"2030"} == {"2026", "2030"} & found.title_terms


def test_only_the_lead_of_a_long_text_is_read() -> None:
    long = "Operators must act. " + "filler words here " * 20_000
    assert len(extract_features("Orlanda bars Huawei", long, label="en").strengths) < 60
