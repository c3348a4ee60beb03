"""What is wrong with settings beyond their types."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.settings import SummarizerSettings, WebSettings
from bot.domain.urls import is_web_url


def find_summarizer_faults(summarizer: SummarizerSettings | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an endpoint, each with the setting's name."""
    if summarizer is None or not summarizer.url:
        return
    if not is_web_url(summarizer.url) or "@" in urlsplit(summarizer.url).netloc:
        yield "summarizer.url", "should be an http or https address without a login, up to /v1"
    if not summarizer.model:
        yield "summarizer.model", "is missing; name the endpoint's model"


def find_web_faults(web: WebSettings | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the pages' settings, each with the setting's name."""
    if web is None:
        return
    parts = urlsplit(web.public_url)
    if web.public_url and (not is_web_url(web.public_url) or "@" in parts.netloc or parts.query or parts.fragment):
        yield "web.public_url", "should be an http or https address such as https://news.example.org"
    if web.public_url and not web.bind:
        yield "web.public_url", "leads nowhere while web.bind is empty; set both or neither"
    if web.proxy_header and not web.proxies:
        yield "web.proxies", "is empty, so that nobody's header is believed; name the proxy's address"
