"""Tests over larger sample data, where it is at hand."""

from __future__ import annotations
