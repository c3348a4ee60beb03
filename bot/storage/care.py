"""The columns of `feeds` that its pace, health, moves and held articles are kept in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Integer, String, Text

from bot.domain.feeds import Outcome
from bot.storage.columns import Instant, Span


def care_columns() -> list[Column[Any]]:
    """Make the columns anew, as a table needs them."""
    return [
        # Whether its rhythm decides over the pause; the usual gap between entries, the newest, what the document asks.
        Column("is_adaptive", Boolean, nullable=False, server_default="1"),
        Column("gap", Span),
        Column("newest_at", Instant),
        Column("asked", Span),
        # What kind of failure the last poll met, and as what trouble people were told of it.
        Column("trouble", String),
        Column("told_as", String),
        # Where permanent redirects lead, and how many polls in a row saw that.
        Column("moved_to", Text),
        Column("moved_times", Integer, nullable=False, server_default="0"),
        # The address that stands in the feeds file, once the feed has moved on from it.
        Column("declared_as", Text),
        Column("held", Integer, nullable=False, server_default="0"),
        # How its polls ended, by outcome word.
        *(Column(f"polls_{word}", Integer, nullable=False, server_default="0") for word in Outcome),
    ]
