"""What news_rss.xml says."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title="Harbour Courier & Sons",
    language="en",
    entries=(
        Entry(
            guid="c-1001",
            link="https://courier.example/talks?utm_source=rss",
            title="Talks on 5G-masts resume & stall",
            text="Envoys met for the third time. Nothing was signed but a lunch bill.",
            language="en",
            published_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
            image_url="https://courier.example/img/talks.jpg",
        ),
        Entry(
            guid="/cafe",
            link="https://courier.example/cafe",
            title="Café owners fear tariff\ufffd",
            text="Beans get dearer.",
            language="en",
            published_at=datetime(2026, 3, 1, 7, 0, tzinfo=UTC),
            image_url="https://courier.example/cafe.png",
        ),
        Entry(
            guid="https://courier.example/by-guid",
            link="https://courier.example/by-guid",
            title="An item without a title or link of its own, told in one sentence.",
            text="An item without a title or link of its own, told in one sentence.",
            language="en",
        ),
        Entry(guid="tag:courier.example,2026:4", link=None, title="A tag is no address", text="", language="en"),
    ),
)
