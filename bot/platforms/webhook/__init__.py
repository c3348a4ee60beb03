"""Incoming webhooks of Discord and Slack: places that are told things and cannot ask."""
