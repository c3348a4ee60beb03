"""What notes_json.json says."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title="Harbour notes",
    language="en",
    entries=(
        Entry(
            guid="17",
            link="https://notes.example/17",
            title="Masts & taxes",
            text="First. Second.",
            language="en",
            published_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
            image_url="https://notes.example/17.png",
        ),
        Entry(
            guid="https://notes.example/16",
            link="https://notes.example/16",
            title="A note with no title",
            text="A note with no title",
            language="fr",
            published_at=datetime(2026, 3, 1, 0, 0, tzinfo=UTC),
        ),
    ),
)
