"""`make play`: the real program between the fakes, told as a conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.play.__main__ import Conversation, play
from tests.play.shown import discord_lines, slack_lines


@pytest.mark.slow
async def test_the_week_is_told_on_both_platforms_and_ends_by_itself() -> None:
    rows: list[str] = []
    assert await play(rows.append, step=timedelta(seconds=0.2), quiet=8) == 0
    told = "\n".join(rows)
    for platform in ("Discord", "Slack"):
        for what in ("alert", "edit", "reply"):
            assert f"── {platform} · {what}" in told
    assert "#news" in told
    assert "(Discord and Slack, to them alone)" in told
    assert "somebody presses Context" in told
    assert "<http" not in told
    assert "](http" not in told


def test_native_messages_are_told_alike() -> None:
    slack = {
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "<https://x.example/1|Ban &amp; more*>"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "Bote [nl] · <!date^0^{time}|then>"}},
            {"type": "actions", "elements": [{"type": "button", "text": {"text": "Context"}}]},
        ]
    }
    discord = {
        "embeds": [{"title": r"**Ban** & more\*", "description": r"[Bote](https://x.example) \[nl] · <t:0:R>"}],
        "components": [{"components": [{"label": "Context"}]}],
    }
    lines = ["Ban & more*", "Bote [nl] · Thu 00:00", "[Context]"]
    assert list(slack_lines(slack)) == list(discord_lines(discord)) == lines


def test_what_was_told_is_not_told_again_and_an_edit_tells_what_changed() -> None:
    rows: list[str] = []
    talk = Conversation(rows.append)
    assert talk.look("Slack", [("1", "", ["Ban", "one outlet"])])
    assert not talk.look("Slack", [("1", "", ["Ban", "one outlet"])])
    assert talk.look("Slack", [("1", "", ["Ban", "two outlets"]), ("2", "1", ["New: 12 ships"])])
    told = "\n".join(rows)
    assert told.count("one outlet") == 1
    assert "    ── Slack · reply" in told
