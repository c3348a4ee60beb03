"""Tests of charts as pictures."""

from __future__ import annotations
