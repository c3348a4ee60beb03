"""Whom to tell what, and how a story becomes a card; pure."""
