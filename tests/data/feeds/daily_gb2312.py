"""What daily_gb2312.xml says: its letters are Chinese, whatever its language tag claims."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.feeds import Entry
from bot.feeds.document import Document

EXPECTED = Document(
    title="港口日报",
    language="en",
    entries=(
        Entry(
            guid=None,
            link="http://ribao.example/2026/1.shtml",
            title="中兴手机出口受阻，关税谈判延期",
            text="代表团周一返回。 下轮会谈未定。",
            language="zh",
            outlet="港口通讯社",
            published_at=datetime(2026, 3, 2, 18, 5, tzinfo=UTC),
        ),
        Entry(
            guid=None,
            link="http://ribao.example/2026/2.shtml",
            title="工厂停工",
            text="",
            language="zh",
            published_at=datetime(2026, 3, 1, 16, 30, tzinfo=UTC),
        ),
    ),
)
