"""What is wrong with settings beyond their types."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from bot.domain.settings import HeartbeatSettings, SummarizerSettings, WebSettings
from bot.domain.urls import is_web_url

PREFIX = "TOPICWIRE_"
"""What every variable begins with that the program reads."""
LIKENESS = 0.9
"""How like a variable must be to one that is read to be taken for a slip of the finger."""


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
    if web.bind and split_bind(web.bind) is None:
        yield "web.bind", "should be host:port, such as 127.0.0.1:8420, or empty for no pages"
    parts = urlsplit(web.public_url)
    if web.public_url and (not is_web_url(web.public_url) or "@" in parts.netloc or parts.query or parts.fragment):
        yield "web.public_url", "should be an http or https address such as https://news.example.org"
    if web.public_url and not web.bind:
        yield "web.public_url", "leads nowhere while web.bind is empty; set both or neither"
    if web.proxy_header and not web.proxies:
        yield "web.proxies", "is empty, so that nobody's header is believed; name the proxy's address"


def find_heartbeat_faults(heartbeat: HeartbeatSettings | None) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the address of a watcher, with the setting's name."""
    if heartbeat is not None and heartbeat.url and not is_web_url(heartbeat.url):
        yield "heartbeat.url", "should be an http or https address, or empty for none"


def split_bind(bind: str) -> tuple[str, int] | None:
    """Split host:port; None where it is not that."""
    host, _, port = bind.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or len(port) > 5 or int(port) > 65535:
        return None
    return host.strip("[]"), int(port)


def find_mistyped(variables: Iterable[str], read: Collection[str]) -> Iterator[str]:
    """Yield a word on each variable that is not among those that are read, but is so like one that this was meant.

    What a feed's credentials or a further workspace name is the operator's own.
    """
    known = {name.removeprefix(PREFIX) for name in read}
    for variable in sorted(name for name in variables if name.startswith(PREFIX) and "__" not in name):
        bare = variable.removeprefix(PREFIX).removesuffix("_FILE")
        near = [] if bare in known else get_close_matches(bare, known, 1, LIKENESS)
        if near and not _has_a_word_more(bare, near[0]):
            yield f"{variable} in the environment is read by nothing: did you mean {PREFIX}{near[0]}?"


def _has_a_word_more(variable: str, name: str) -> bool:
    """Tell whether it is a name with a word put in: TOPICWIRE_SLACK_DESK_BOT_TOKEN is read for a further workspace."""
    words = name.split("_")
    heads = ("_".join(words[:cut]) for cut in range(1, len(words)))
    return any(variable.startswith(f"{head}_") and variable.endswith(name.removeprefix(head)) for head in heads)
