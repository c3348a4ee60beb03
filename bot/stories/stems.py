"""The commonest endings off a word, in every language alike, so that its forms meet."""

from __future__ import annotations


def stem(word: str) -> str:
    """Take off a plural s, then -ing, -ed and a last e on long words; takes a folded word."""
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 5 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word
