"""What is written to standard error: shapes, levels, and never a secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.cli import logs
from bot.domain.settings import LogSettings
from bot.pipeline.events import EVENTS, emit, problem


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, events = root.handlers[:], root.level, EVENTS.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    EVENTS.setLevel(events)


def test_json_is_one_object_a_line_with_event_and_fields(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(format="json"), [])
    emit("poll", level=logging.DEBUG, feed=3, host="a.example", outcome="not_modified", new=0, ms=12)
    row = json.loads(capsys.readouterr().err)
    assert row["event"] == "poll"
    assert (row["feed"], row["host"], row["outcome"], row["new"], row["ms"]) == (3, "a.example", "not_modified", 0, 12)


def test_text_leaves_quiet_polls_out_and_tells_a_failing_feed_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(), [])
    emit("poll", level=logging.DEBUG, feed=3, host="a.example", outcome="not_modified", new=0, ms=12)
    emit("poll", level=logging.WARNING, feed=3, host="a.example", outcome="failed", new=0, ms=12, reason="no such host")
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].endswith("feed a.example: no such host")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_secret_is_never_written(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(format="json" if form == "json" else "text"), ["xoxb-very-secret"])
    problem("refused xoxb-very-secret", address="https://x/?t=xoxb-very-secret")
    try:
        raise ValueError("xoxb-very-secret")
    except ValueError:
        logging.getLogger("bot").exception("failed with xoxb-very-secret")
    written = capsys.readouterr().err
    assert "very-secret" not in written
    assert logs.HIDDEN in written


def test_an_unforeseen_message_is_a_problem_event_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(format="json"), [])
    logging.getLogger("bot.any").warning("odd")
    row = json.loads(capsys.readouterr().err)
    assert (row["event"], row["what"]) == ("problem", "odd")


def test_a_quiet_log_tells_one_of_the_feeds_that_fail_for_one_reason(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(LogSettings(), [], is_quiet=True)
    for host in ("a.example", "b.example"):
        emit("poll", level=logging.WARNING, feed=3, host=host, outcome="failed", new=0, ms=12, reason="no such host")
    emit("poll", level=logging.WARNING, feed=4, host="c.example", outcome="failed", new=0, ms=12, reason="404")
    logging.getLogger("bot").info("nothing that a newcomer needs")
    told = [row.partition(" ")[2] for row in capsys.readouterr().err.splitlines()]
    hint = "what else fails: /news feed health"
    assert told == [f"feed a.example: no such host; {hint}", f"feed c.example: 404; {hint}"]
