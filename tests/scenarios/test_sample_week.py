"""The sample week as a channel sees it, told like the log of a newsroom: alerts, edits, developments, context.

`python -m tests.scenarios.test_sample_week` writes the log anew: read the difference before it is kept.
"""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.cards import Card
from bot.sample.affair import Report, load_affair
from tests.newsroom import Newsroom, Shown, newsroom
from tests.shared_data import ROOT

LOG = ROOT / "tests" / "data" / "sample_week.log"


class Log:
    """What a channel shows, told as it changes."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._edits: dict[str, int] = {}
        self.lines: list[str] = []

    def note(self, outlet: str, title: str) -> None:
        """Tell a report that came in, and what the channel made of it."""
        self.lines.append(f"{self._room.clock():%a %H:%M}  {outlet}: {title}")
        before = len(self.lines)
        for shown in self._room.platform.shown:
            self._note_message(shown)
        if len(self.lines) == before:
            self.lines.append("           silence")

    def _note_message(self, shown: Shown) -> None:
        edits = self._edits.get(shown.id)
        self._edits[shown.id] = shown.edits
        if edits is None and shown.reply_to is None:
            self._say("ALERT", shown.card.title)
            self._say_parts(shown.card, "Before")
        elif edits is None:
            self._say("REPLY", f"{shown.card.title}  (on: {_plain(shown.card)})")
        elif edits != shown.edits:
            self._say("EDIT", next((one for one in _lines(shown.card) if one.startswith("Also: ")), "no others yet"))

    def _say_parts(self, card: Card, heading: str) -> None:
        for section in card.sections:
            if section.heading == heading:
                for one in section.lines:
                    self._say("before", "".join(span.text for span in one))

    def _say(self, what: str, told: str) -> None:
        self.lines.append(f"           {what:7}{told}")


def _lines(card: Card) -> list[str]:
    return ["".join(span.text for span in one) for section in card.sections for one in section.lines]


def _plain(card: Card) -> str:
    return "".join(span.text for span in card.footer)


async def _tell_week(room: Newsroom) -> list[str]:
    affair = load_affair()
    titles = {outlet.key: outlet for outlet in affair.outlets}
    for topic in ("huawei", "zte", "trade-talks", "5g-bans"):
        await room.subscribe(topic)
    start = room.clock()
    for outlet in affair.outlets:
        room.outlets[outlet.title] = f"https://{outlet.key}.example/feed"
    for report in affair.history:
        outlet = titles[report.outlet]
        at = start - (report.age or timedelta())
        room.publish(outlet.title, report.title, report.text, published_at=at, language=outlet.language)
    await room.open_outlets()
    log = Log(room)
    for report in affair.live:
        outlet = titles[report.outlet]
        if report.replaces is None:
            room.publish(outlet.title, report.title, report.text, language=outlet.language)
        else:
            _replace(room, outlet.title, report)
        await room.tick(timedelta(hours=3))
        log.note(outlet.title, report.title)
    return log.lines


def _replace(room: Newsroom, outlet: str, report: Report) -> None:
    """Let an article read otherwise from now on; a scripted feed is only looked into where it has grown."""
    entries = room.fetcher.entries[room.outlets[outlet]]
    entries[:] = [
        replace(one, title=report.title, text=report.text) if one.title == report.replaces else one for one in entries
    ]
    room.publish(outlet, "Quiet day at the harbour museum", "Few came; the tea was good.", language="en")


async def _write() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with newsroom(Path(folder)) as room:
            LOG.write_text("\n".join(await _tell_week(room)) + "\n", encoding="utf-8")


async def test_the_sample_week_reads_like_the_log_of_a_newsroom(tmp_path: Path) -> None:
    async with newsroom(tmp_path) as room:
        lines = await _tell_week(room)
    assert lines == LOG.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    asyncio.run(_write())
