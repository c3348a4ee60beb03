"""A topic explained."""

from __future__ import annotations

from bot.alerts.topic_detail import topic_card
from bot.domain.models import Clause, Sensitivity, Topic, TopicId, WorkspaceId
from bot.topics.library import Library, TermGroup

FIRM = TermGroup(name="firm", by_language={"any": ("Acme",), "zh-Hans": ("极致",), "zh-Hant": ("極致",)})
DEEDS = TermGroup(name="deeds", by_language={"en": ("sale", "sales", "deal*", "merger", "offer", "bid")})
LIBRARY = Library(groups={"firm": FIRM, "deeds": DEEDS}, masks={TopicId("acme"): ("acme of skill",)})
ACME = Topic(
    id=TopicId("acme"),
    name="acme",
    title="Acme",
    clauses=(Clause(query="@firm AND @deeds", score=0.9), Clause(query="@firm", score=0.6)),
)


def _rows(topic: Topic) -> list[str]:
    rows = []
    for section in topic_card(topic, LIBRARY).sections:
        rows += [section.heading] if section.heading else []
        rows += ["".join(span.text for span in row) for row in section.lines]
    return rows


def test_a_packs_topic_shows_its_queries_words_and_wrong_senses() -> None:
    assert _rows(ACME) == [
        "Sensitivity: normal: a main subject counts, a passing mention does not",
        "From a topic pack; its name is acme",
        "Looks for",
        "@firm AND @deeds · score 0.9",
        "@firm · score 0.6, from normal on",
        "@firm",
        "Everywhere: Acme",
        "中文 (zh-Hans): 极致",
        "中文 (zh-Hant): 極致",
        "@deeds",
        "English: sale, sales, deal*, merger +2",
        "Passes over",
        "acme of skill",
    ]


def test_a_workspaces_topic_says_so_and_a_query_that_cannot_be_read_names_no_words() -> None:
    own = Topic(
        id=TopicId("x@here"),
        name="x",
        title="X",
        clauses=(Clause(query="@gone AND (", score=0.2),),
        sensitivity=Sensitivity.STRICT,
        owner=WorkspaceId("here"),
    )
    assert _rows(own) == [
        "Sensitivity: strict: only sure matches count",
        "From this workspace; its name is x",
        "Looks for",
        "@gone AND ( · score 0.2, never by itself",
    ]
    assert topic_card(own, LIBRARY).text == "X: 1 query"
