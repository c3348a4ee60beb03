"""Loaded packs: term groups, topics over them, and masks; immutable, shared by matcher, commands and check."""

from __future__ import annotations


class Library:
    """Placeholder type until the topics room is furnished."""
