"""Tests of bot.domain."""

from __future__ import annotations
