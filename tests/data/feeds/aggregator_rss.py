"""What aggregator_rss.xml says: the outlet is the source, not the aggregator."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title='"trade talks" - Gatherer',
    language="en",
    entries=(
        Entry(
            guid="CBMi1",
            link="https://gatherer.example/articles/CBMi1?oc=5",
            title="Envoys return home - Harbour Courier",
            text="Envoys return home Harbour Courier",
            language="en",
            outlet="Harbour Courier",
            published_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        ),
        Entry(
            guid="CBMi2",
            link="https://gatherer.example/articles/CBMi2?oc=5",
            title="Envoys return home - draad.example",
            text="",
            language="en",
            outlet="draad.example",
        ),
    ),
)
