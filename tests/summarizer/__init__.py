"""Tests of summarizers."""

from __future__ import annotations
