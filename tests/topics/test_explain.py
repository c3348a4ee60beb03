"""Explaining: what fired, what is there, what is missing and why, the nearest clause first."""

from __future__ import annotations

import pytest

from bot.topics.explain import TopicReading, explain_topic
from bot.topics.matcher import ArticleText
from tests.topics.making import LIBRARY, topic

PORTS = topic(
    "ports",
    ("title:(ferr* strike*)", 0.9),
    ("ferr* AND harbour AND (dues OR tolls) NOT title:museum", 0.8),
    ("pilot* NEAR/3 tug*", 0.7),
    ("@us handels*overleg", 0.7),
)


def read(title: str, text: str = "") -> TopicReading:
    return explain_topic(PORTS, ArticleText(title=title, text=text), LIBRARY)


def test_what_fired_comes_first_the_best_of_it_in_front() -> None:
    reading = read("Ferry strike in the harbour", "Higher dues are why.")
    assert [(c.score, c.missing) for c in reading.nearest()[:2]] == [(0.9, ()), (0.72, ())]
    assert reading.alike == ()


def test_the_nearest_miss_is_the_clause_that_is_short_of_least() -> None:
    nearest = read("Ferries leave the harbour").nearest()
    assert [clause.missing for clause in nearest[:2]] == [("dues OR tolls",), ("title:strike*",)]
    assert [reason.term for reason in nearest[0].there] == ["ferr*", "harbour"]


@pytest.mark.parametrize(
    "title,text,told",
    [
        ("Ferries stop", "The strike goes on.", "title:strike*, which is there, but not in the title"),
        ("A pilot waits four hours for a tug", "", "pilot* NEAR/3 tug*, which are there, but not within 3 words"),
        ("Ferries and harbour dues in a museum", "", "title:museum is there, and must not be: “museum”"),
        ("Calm seas", "", "pilot* NEAR/3 tug*"),
    ],
)
def test_what_is_missing_says_why(title: str, text: str, told: str) -> None:
    assert told in [part for clause in read(title, text).clauses for part in clause.missing]


def test_a_word_like_a_missing_term_is_a_near_miss() -> None:
    assert [(a.word, a.term) for a in read("Ferries leave the habrour over dues").alike] == [("habrour", "harbour")]
    assert [a.word for a in read("Die VS en het handelstopoverlegje").alike] == []
