"""Thousands of feeds due at the same moment, and one host that takes half a minute for an answer."""
