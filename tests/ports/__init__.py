"""Tests of bot.ports."""

from __future__ import annotations
