"""Topicwire: a self-hosted news-alert bot for Discord and Slack."""

from __future__ import annotations

__version__ = "0.1.0"
