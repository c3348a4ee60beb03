"""Sentences and the summaries made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.sentences import split_sentences
from bot.stories.summary import summarize

TEXT = (
    "The digital ministry of Orlanda published its order on Tuesday. Operators must act by 2028. Weather was mild. "
    "Is that enough? Huawei said it will appeal against the order in court. Read more on our site."
)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Jansen paid $4.5 million.", "The U.S. government agreed.", "“It is done!” he said.", "He left!"],
        ["Dat kost ca. 4,5 mln. euro, o.a. voor huizen.", "De minister, mw. Bakker, zweeg.", "Klaar?"],
        ["Am 12. Mai kam es z.B. zu Streit.", "Rund 3 Mio. Euro kostet das.", "Dr. Vogel schwieg."],
        ["M. Dupré a dit « oui ».", "Les prix montent.", "Et alors ?"],
        ["La Sra. Ruiz viajó a EE.UU. para negociar.", "¿Habrá acuerdo?", "¡Sí!"],
        ["J. R. Holm wrote it in No. 5 of the paper.", "He said no.", "Nobody asked...", "Then silence"],
    ],
)
def test_text_is_cut_where_a_reader_would(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. Senate agreed on Jan. 5 at 3 p.m. Eastern time.", "Growth was 2.5 percent.", "Fine."],
        ["He moved to the U.S.", "The firm stayed.", "Acme Inc. sued Beta Ltd. over it.", "It lost."],
        ["“Stop!”", "She left at 4.", "“Why?” he asked.", "Nobody knew… and so it ended."],
        ["J.R.R. Holm and A. B. Cole spoke.", "Mrs. Dale (aged 5.5) did not.", "See Fig. 3 for more."],
        [
            "Volgens prof. dr. J. de Wit is dat o.m. te duur.",
            "Dhr. Smit betaalt € 1.200,50 p.p. per jaar.",
            "“Ja!” zei hij.",
        ],
        ["De N.V. Nederlandse Spoorwegen zwijgt.", "Op 3 jan. 2027 begint het.", "En dan…", "Niets."],
        [
            "Das kostet 1.200,50 Euro, d.h. mehr als am 3. Oktober.",
            "Der 2. Platz ging an K. Vogel.",
            "„Nein!“, sagte sie.",
        ],
        ["Im 19. Jahrhundert war das anders.", "Die Nr. 5 gewann ggf. später.", "So war es 2026.", "Ende."],
        [
            "Mme Dupré et M. Leroy, p. ex., ont dit « non ! » hier.",
            "Cela coûte 1 200,50 €.",
            "Art. 5 s'applique.",
            "Fin.",
        ],
        ["Le n° 3 a gagné.", "J.-P. Morel a perdu…", "Qui sait ?", "« Personne. »"],
        [
            "El Sr. Gil y la Dra. Paz llegaron el 3 de enero.",
            "Cuesta 1.200,50 € aprox. por persona.",
            "«¡Basta!», dijo.",
        ],
        ["EE.UU. negoció con Velmark.", "¿Y ahora?", "Según el art. 5, p. ej., no.", "Fin."],
        [
            "А. С. Иванов приехал в г. Москву 5 янв. утром.",
            "Это стоит 2,5 млн руб. в год.",
            "«Нет!» — сказал он.",
            "Всё…",
        ],
        ["Он родился в 1970 г. в селе.", "Так, т. е. иначе, бывает.", "См. рис. 3 и ст. 5.", "Почему?", "Потому."],
        ["قال الوزير إن القرار نهائي.", "هل يكفي ذلك؟", "بلغت الكلفة 2.5 مليون دولار.", "انتهى الأمر!"],
        ["وصل د. أحمد صباحا.", "ثم غادر؟", "نعم."],
    ],
)
def test_abbreviations_initials_numbers_and_quotes_end_no_sentence(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["増税は3.5％だった。", "首相は「必要だ。すぐ行う。」と述べた。", "なぜか？", "不明だ。"],
        ["『本当か！』と叫んだ。", "沈黙が続いた……。", "終わり。"],
        ["他说：“我不同意。”", "然后离开了！", "增长2.5%。", "真的吗？"],
        ["“我们反对。”他说。", "会议（第3次。）结束。", "完。"],
    ],
)
def test_chinese_and_japanese_marks_and_quotes(parts: list[str]) -> None:
    assert split_sentences("".join(parts)) == parts


def test_chinese_is_cut_without_spaces_and_quotes_stay_closed() -> None:
    parts = ["奥兰达政府说：“这是必要的。”", "运营商反对！", "真的吗？", "是。"]
    assert split_sentences("".join(parts)) == parts


def test_a_summary_is_the_lead() -> None:
    told = summarize("Orlanda bars Huawei from 5G", TEXT, sentences=2)
    assert told == "The digital ministry of Orlanda published its order on Tuesday. Operators must act by 2028."


def test_topic_terms_draw_a_later_sentence_in_and_the_order_stays() -> None:
    text = "The order came on a Tuesday. Nobody spoke of it. Huawei and ZTE must leave by 2028."
    told = summarize("An order", text, terms=["huawei", "ZTE"], sentences=2)
    assert told == "The order came on a Tuesday. Huawei and ZTE must leave by 2028."


@pytest.mark.parametrize(
    "title, text",
    [
        ("Orlanda bars Huawei", ""),
        ("Orlanda bars Huawei", "   "),
        ("Orlanda bars Huawei from 5G core", "Orlanda bars Huawei from 5G core."),
        ("Orlanda bars Huawei", "Read more on our site."),
        ("奥兰达禁止华为参与5G建设", "奥兰达禁止华为参与5G建设。"),
    ],
)
def test_a_text_that_says_no_more_than_its_title_has_no_summary(title: str, text: str) -> None:
    assert summarize(title, text) == ""


def test_a_sentence_is_not_cut_where_a_shorter_one_fits() -> None:
    text = f"The order of the ministry {'goes on ' * 60}for ever. Operators must act by 2028."
    assert summarize("An order", text) == "Operators must act by 2028."


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    told = summarize("An order", f"The order {'goes on ' * 60}for ever.", limit=100)
    assert len(told) <= 100
    assert told.endswith("…")
    assert told.removesuffix("…").split()[-1] in {"goes", "on"}


def test_a_dateline_is_left_out() -> None:
    assert summarize("An order", "VELM (Reuters) - Operators must act by 2028.") == "Operators must act by 2028."


def test_chinese_sentences_join_without_a_space() -> None:
    text = "运营商须在2028年前更换设备。华为表示将提起上诉。天气晴朗。"
    assert summarize("奥兰达发布命令", text) == "运营商须在2028年前更换设备。华为表示将提起上诉。"


@given(st.text(max_size=40), st.text(max_size=600), st.integers(40, 320))
def test_any_text_gives_a_summary_within_the_limit(title: str, text: str, limit: int) -> None:
    assert len(summarize(title, text, limit=limit)) <= limit


def test_a_heading_of_a_page_is_no_sentence_of_its_summary() -> None:
    told = "Huawei will build a depot in Narvik. It opens in May."
    text = f"Depot in Narvik planned for May\n{told}\nBackground to the plan\nThe town voted."
    assert summarize("Huawei plans depot", text).startswith(told)
    assert "Background" not in summarize("Huawei plans depot", text)
