"""Numbers as the command line takes them."""

from __future__ import annotations

import argparse

MOST_DAYS = 36_500


def read_days(text: str) -> int:
    """Read a number of days, a century of them at most; raises ArgumentTypeError, which argparse tells."""
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 9 and 1 <= int(text) <= MOST_DAYS):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 to {MOST_DAYS}")
    return int(text)


def read_count(text: str) -> int:
    """Read how many of something; raises ArgumentTypeError, which argparse tells."""
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 9 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)
