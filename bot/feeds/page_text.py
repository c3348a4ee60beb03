"""A page's bytes -> its article's text; runs in a worker that can be killed."""

from __future__ import annotations

from bot.domain.text import clean
from bot.feeds.document import TEXT_LIMIT

MAX_HTML = 1_000_000
"""The reader's time grows with the square of a page's inline tags; the text of an article stands before this."""


def extract_text(body: bytes, url: str) -> str:
    """Return the article's own text, a paragraph a line, "" where there is none; markup and menus are left out."""
    from trafilatura import extract

    found = extract(
        body[:MAX_HTML], url=url, include_comments=False, include_tables=False, include_images=False,
        include_formatting=False, include_links=False, favor_precision=True,
    )  # fmt: skip
    paragraphs = (clean(row) for row in (found or "").splitlines())
    return "\n".join(row for row in paragraphs if row)[:TEXT_LIMIT]


def load() -> None:
    """Import what reads pages, in the worker alone: it takes a second and forty megabytes."""
    import trafilatura  # noqa: F401


def is_installed() -> bool:
    """Tell whether the extra that reads pages is installed, without importing it."""
    from importlib.util import find_spec

    return find_spec("trafilatura") is not None and find_spec("protego") is not None
