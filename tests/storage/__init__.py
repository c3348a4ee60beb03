"""Tests of bot/storage, on real SQLite in temporary files."""
