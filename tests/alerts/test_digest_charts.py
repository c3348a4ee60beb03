"""The small chart of a digest shows what its text tells, and nothing where that tells nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.alerts.digest_charts import MOST_DRAWN, describe_digest, digest_chart
from bot.domain.digests import Assurance, Digest, DigestSpike, DigestStory, DigestTopic
from bot.domain.models import StoryId, TopicId
from tests.alerts.invented import channel, story_line

SPIKE = DigestSpike(day=date(2026, 11, 23), articles=9, usual=2.0, story=StoryId(1))
AMSTERDAM = channel(zone="Europe/Amsterdam")


def topic(name: str, *days: int, unknown: int = 0, spikes: tuple[DigestSpike, ...] = ()) -> DigestTopic:
    return DigestTopic(id=TopicId(name), title=name.title(), days=days, unknown=unknown, spikes=spikes)


def digest(*topics: DigestTopic, stories: int = 1) -> Digest:
    until = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight of the next day in Amsterdam
    told = tuple(DigestStory(id=StoryId(n + 1), topic=topics[0].id) for n in range(stories))
    sure = Assurance(polled=1, failing=0, blind_hours=0, held=0)
    return Digest(since=until, until=until, stories=told, topics=topics, assurance=sure)


def test_the_chart_is_of_the_channels_days_and_names_what_stands_out() -> None:
    made = digest_chart(
        digest(topic("zte", 1, 2, 9, 0, spikes=(SPIKE,)), topic("huawei", 3, 1, 1, 0)),
        {StoryId(1): story_line(1, "Orlanda bars\u202e ZTE")},
        AMSTERDAM,
    )
    assert made is not None
    assert made.days == tuple(date(2026, 11, day) for day in (21, 22, 23, 24))
    assert [(line.name, line.values) for line in made.lines] == [("Zte", (1, 2, 9, 0)), ("Huawei", (3, 1, 1, 0))]
    assert [(mark.number, mark.line, mark.day, mark.text) for mark in made.marks] == [
        (1, 0, date(2026, 11, 23), "Orlanda bars ZTE")
    ]
    assert made.is_small


@pytest.mark.parametrize(
    "bare",
    [
        digest(topic("zte", 1, 2, 9, 0), stories=0),
        digest(topic("zte", 0, 0, 0, 0)),
        digest(topic("zte", 0, 0, 9, 0, unknown=2)),
        digest(topic("zte")),
    ],
    ids=["nothing to tell", "no articles", "too few days were read", "no trend"],
)
def test_where_there_is_nothing_to_see_there_is_no_chart(bare: Digest) -> None:
    assert digest_chart(bare, {}, AMSTERDAM) is None


def test_no_more_topics_are_drawn_than_can_be_told_apart() -> None:
    made = digest_chart(digest(*(topic(name, 1, 2, 3) for name in "abcde")), {}, AMSTERDAM)
    assert made is not None
    assert len(made.lines) == MOST_DRAWN


def test_a_screen_reader_says_the_same() -> None:
    said = describe_digest(digest(topic("zte", 1, 2, 9, 0), topic("quiet", 0, 0, 0, 0)), AMSTERDAM)
    assert said == "articles a day, 2026-11-21 – 2026-11-24. Zte: 12 articles, most: 9 on 2026-11-23"
