"""Topics that a workspace adds itself, from what is published to what its channels are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.answers import Reply
from bot.domain.models import Clause, Mode, Sensitivity, Topic, TopicId
from tests.newsroom import WORKSPACE, Newsroom, newsroom

HEADLINE = "Lanterns light the harbour again"
LEAD = "Harbour opens its second quay"
PASSING = "Market square repaved after ten years"


async def add_topic(room: Newsroom, name: str, query: str) -> None:
    """Save a topic of the workspace, as the chat does."""
    topic = Topic(
        id=TopicId(f"{name}@{WORKSPACE}"),
        name=name,
        title=name.title(),
        clauses=(Clause(query=query, score=0.9),),
        owner=WORKSPACE,
    )
    await room.store.save_topic(topic, actor="ann", now=room.clock())
    room.bells.topics.set()


@pytest.mark.parametrize(
    "sensitivity, titles",
    [
        (Sensitivity.STRICT, {HEADLINE}),
        (Sensitivity.NORMAL, {HEADLINE, LEAD}),
        (Sensitivity.WIDE, {HEADLINE, LEAD, PASSING}),
    ],
)
async def test_a_digest_holds_what_reaches_the_sensitivity_of_its_own_channel(
    tmp_path: Path, sensitivity: Sensitivity, titles: set[str]
) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Ledger", "Wire", "Courant")
        await add_topic(room, "lanterns", "lantern*")
        await room.subscribe(f"lanterns@{WORKSPACE}", mode=Mode.DIGEST, sensitivity=sensitivity)
        await room.subscribe(f"lanterns@{WORKSPACE}", channel="other", mode=Mode.DIGEST, sensitivity=Sensitivity.STRICT)
        room.publish("Ledger", HEADLINE, "Boats came in at dusk.")
        room.publish("Wire", LEAD, "A row of lanterns marks where ferries moor from Monday.")
        room.publish(
            "Courant", PASSING, "Workers laid grey stone from the well to the inn. " * 20 + "One lantern stayed."
        )
        await room.tick()
        answer = await room.ask("digest preview")
        assert isinstance(answer, Reply)
        told = str(answer.card)
        assert {title for title in (HEADLINE, LEAD, PASSING) if title in told} == titles


async def test_a_query_that_names_a_feed_fires_for_that_feed_alone(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        await room.open_outlets("Harbour Ledger", "Wire")
        await add_topic(room, "ferries", "feed:ledger ferr*")
        await add_topic(room, "everything", "feed:ledger")
        await room.subscribe(f"ferries@{WORKSPACE}")
        await room.subscribe(f"everything@{WORKSPACE}", channel="all")
        room.publish("Harbour Ledger", "Ferries stay in port")
        room.publish("Harbour Ledger", "Bakers raise the price of rye")
        room.publish("Wire", "Ferry builder hires forty welders")
        await room.tick()
        told = {(m.place.channel, m.card.title) for m in room.platform.shown}
        assert told == {
            ("news", "Ferries stay in port"),
            ("all", "Ferries stay in port"),
            ("all", "Bakers raise the price of rye"),
        }
