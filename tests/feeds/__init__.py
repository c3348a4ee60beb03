"""Tests of bot.feeds."""

from __future__ import annotations
