"""Pictures: a chart -> a PNG, drawn in a thread by the room of charts, where the extra for it is installed."""

from __future__ import annotations

import asyncio
import logging
from functools import lru_cache
from threading import Lock

from bot.alerts.digest_cards import Lines
from bot.alerts.digest_charts import describe_digest, digest_chart
from bot.domain.cards import Picture
from bot.domain.charts import Chart
from bot.domain.digests import Digest
from bot.domain.models import Channel

log = logging.getLogger(__name__)
KEPT = 16
"""Charts that are kept drawn: channels of one zone that watch the same are told the same, at the same hour."""
_turn = Lock()


async def draw_picture(chart: Chart, *, name: str, alt: str) -> Picture | None:
    """Draw a chart; None where the extra is not installed: what the picture is to go with says the same in text."""
    content = await asyncio.to_thread(_draw_in_turn, chart)
    if content is None:
        return None
    safe = "".join(char if char.isascii() and char.isalnum() else "-" for char in name).strip("-")
    return Picture(name=f"{safe}.png", content=content, alt=alt, title=chart.title)


async def draw_digest(digest: Digest, lines: Lines, channel: Channel) -> Picture | None:
    """Draw the small chart of a digest; None where there is nothing to draw, or nothing to draw it with."""
    chart = digest_chart(digest, lines, channel)
    if chart is None:
        return None
    return await draw_picture(chart, name="digest", alt=describe_digest(digest, channel))


def _draw_in_turn(chart: Chart) -> bytes | None:
    with _turn:  # the second of two that ask for the same chart finds it drawn
        return _draw(chart)


@lru_cache(maxsize=KEPT)
def _draw(chart: Chart) -> bytes | None:
    try:
        from bot.charts.draw import draw_chart
    except ImportError:
        log.debug("no chart: the extra topicwire[charts] is not installed")
        return None
    return draw_chart(chart, "png")
