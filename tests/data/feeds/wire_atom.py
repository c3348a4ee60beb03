"""What wire_atom.xml says."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title="Draad & Kabel",
    language="nl",
    entries=(
        Entry(
            guid="tag:draad.example,2026:1",
            link="https://draad.example/nieuws/overleg",
            title="Handelsoverleg hervat",
            text="De ministers spreken elkaar weer. Over 5G-masten werd gezwegen.",
            language="nl",
            published_at=datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
            image_url="https://draad.example/nieuws/foto/overleg.jpg",
        ),
        Entry(
            guid="tag:draad.example,2026:2",
            link="https://draad.example/nieuws/zoelle",
            title="Zölle: was <jetzt> gilt",
            text="Die Liste ist da.",
            language="de",
            outlet="Kabelblatt",
            published_at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        ),
    ),
)
