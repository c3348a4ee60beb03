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


def test_chinese_is_cut_without_spaces_and_quotes_stay_closed() -> None:
    parts = ["奥兰达政府说：“这是必要的。”", "运营商反对！", "真的吗？", "是。"]
    assert split_sentences("".join(parts)) == parts


def test_a_summary_is_the_lead() -> None:
    told = summarize("Orlanda bars Huawei from 5G", TEXT)
    assert told == "The digital ministry of Orlanda published its order on Tuesday. Operators must act by 2028."


def test_topic_terms_draw_a_later_sentence_in_and_the_order_stays() -> None:
    text = "The order came on a Tuesday. Nobody spoke of it. Huawei and ZTE must leave by 2028."
    told = summarize("An order", text, terms=["huawei", "ZTE"])
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
