"""Sentences are cut where a reader would, whatever full stops stand inside them."""

from __future__ import annotations

import pytest

from bot.stories.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. J. K. Rowe met Sen. Smith at 3.5 p.m. on Nov. 4.", "He left."],
        ['"We will not pay," said Mr. Lee.', '"Never!"', "He sat down."],
        ["See https://example.com/a.b?c=1 for more.", "It costs $1.5bn."],
        ["The U.S. Army moved.", "The U.S. said no."],
        ["Wait... what happened?", "Nobody knows!"],
        ["The firm, Acme Inc., fell.", "Acme Inc. Chairman Bo Ray quit.", "He came in No. 3."],
        [
            "Volgens prof. dr. Jansen is dat o.a. te wijten aan het weer.",
            "'t Is voorbij.",
            "'s Avonds bleef het rustig.",
        ],
        ["Het gaat om art. 12 lid 3 en ca. 3,5 mln. euro.", "De rechter was het eens."],
        ["Am 3. Oktober traf sich Dr. Weber mit z. B. Prof. Kuhn.", "Sie sprachen lange."],
        ["Der 1. FC Velmark gewann mit 2:1.", "Das gab es im 21. Jh. nicht."],
        ["„Das geht nicht“, sagte er.", "„Wirklich?“, fragte sie.", "Ja."],
        ["M. Dupont et Mme. Leroy ont signé p. ex. « hier ».", "« Pourquoi ? » a-t-il demandé."],
        ["El Sr. López llegó a EE. UU. el lunes.", "¿Por qué?", "¡Volvió de EE. UU.!"],
        ["Los precios caen en EE. UU.", "El dólar sube."],
        [
            "В 2020 г. компания А. Б. Иванова заработала 3,5 млрд руб. прибыли.",
            "Цены выросли на 5 тыс. руб.",
            "Рынок упал.",
        ],
        ["Cela coûte 3,5 millions pour l'art. 5 du texte.", "Le 1er janv. 2026, J.-P. Roux est parti."],
        ["Il dott. Rossi e la sig.ra Bianchi sono qui.", "Costa ca. 3,5 mln. di euro."],
        ["Prof. Nowak powiedział, że to np. 3,5 tys. zł.", "Kto zapłaci?"],
        ["قال د. أحمد إن النسبة 3.5 في المئة.", "هل انتهى الأمر؟", "لا."],
    ],
)
def test_spaced_scripts(sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "lines, sentences",
    [
        (["Huawei plans a depot", "The firm will build it. It opens in May."],
         ["Huawei plans a depot", "The firm will build it.", "It opens in May."]),
        (["The regulator of Norland said on Tuesday that operators will", "have until 2029 to act. They agreed."],
         ["The regulator of Norland said on Tuesday that operators will\nhave until 2029 to act.", "They agreed."]),
        (["He left.", "and came back."], ["He left.", "and came back."]),
        (["背景", "监管机构表示将审查设备。"], ["背景", "监管机构表示将审查设备。"]),
    ],
)  # fmt: skip
def test_lines_part_headings_and_paragraphs_but_not_what_was_wrapped(lines: list[str], sentences: list[str]) -> None:
    assert split_sentences("\n".join(lines)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["甲公司称：“我们不会退出。”", "乙公司未回应。"],
        ["他说：“真的吗？”", "没人知道！", "价格为3.5元。"],
        ["谁付钱?", "没有人!", '"我们输了,"他说。', "会议(第3次。)结束了。", "华为(Huawei)!", "好。"],
        ["「中止する。」と社長は述べた。", "株価は3.5％下落した。", "本当か？"],
    ],
)
def test_scripts_without_spaces(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences
