"""What old_rdf.xml says: windows-1252 that calls itself iso-8859-1."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title="Blätter von gestern",
    language="de",
    entries=(
        Entry(
            guid="https://blatt.example/1",
            link="https://blatt.example/1",
            title="Zölle für Möbel steigen – „sofort“",
            text="Der Aufschlag beträgt 5 €.",
            language="de",
            published_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        ),
    ),
)
