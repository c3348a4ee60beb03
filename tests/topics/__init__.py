"""Tests of why an article matters."""
