"""Addresses: the canonical form that tells whether two links mean one article, and forms that are safe to show."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"^(utm_\w+|(fb|g|d|tt|tw|y)clid|(g|w)braid|msclkid|mc_[ce]id|igsh(id)?|wt[._]?mc(_id)?|wt_zmc|amp_\w+|usqp|"
    r"ns_\w+|at_(medium|campaign)\w*|cmp|cmpid|ito|xtor|rss|ref|ref_src|source|src|feed|spm|share|smid|partner|guccounter|traffic_source|ocid|icid|"
    r"gad_source|srsltid|li_fat_id|trk|mibextid|sfnsn|(pk|mtm|piwik|matomo|hss|oly|vero)_\w+|_hs(enc|mi)|phpsessid|"
    r"_ga|_gl|s_cid|mkt_tok|ncid|sr_share|taid|__twitter_impression|amp|outputtype)$",
    re.IGNORECASE,
)
_MOBILE_HOST = re.compile(r"^((www|m|mobile|touch|amp)\.)+(?=[^.]+\.)")
_AMP_TAIL = re.compile(r"(/amp|\.amp|/amp\.html)$|\.amp(?=\.html$)")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_GOOGLE_NEWS = re.compile(r"^(/rss)?(?=/articles/)")
_AMP_CACHE = re.compile(
    r"^https?://(?:www\.google\.[a-z.]+/amp|[\w-]+\.cdn\.ampproject\.org/[acv])/(s/)?(?=[\w-]+\.)", re.IGNORECASE
)
_PLAIN_PATH = re.compile(r"[\w/:@!$&'()*+,;=~.-]*", re.ASCII)
"""A path that has one spelling only."""
_ESCAPED_SLASH = re.compile("%2f", re.IGNORECASE)
_DEFAULT_PORT = {"http": 80, "https": 443}


@lru_cache(maxsize=1_024)
def is_web_url(url: str) -> bool:
    """Tell whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower() in _DEFAULT_PORT and bool(parts.hostname)
    except ValueError:
        return False


@lru_cache(maxsize=1_024)
def canonical_url(url: str) -> str | None:
    """Return the form under which an article is known across feeds, or None where the address is no article's.

    Scheme (http and https are one), host case, default port, fragment, tracking parameters, AMP and mobile forms and a
    trailing slash do not tell articles apart. A bare host is a home page, not an article.
    """
    if not is_web_url(url):
        return None
    try:
        parts = urlsplit(_AMP_CACHE.sub("https://", url))
        host = _canonical_host(parts)
        path = _strip_amp(_canonical_path(_SESSION.sub("", parts.path)))
        query = _canonical_query(parts.query)
    except ValueError:
        return None
    if host == "news.google.com" and _GOOGLE_NEWS.match(path):
        # The article's number says all; the rest is the reader's language and place.
        path, query = _GOOGLE_NEWS.sub("", path), ""
    if not host or not (path or query):
        return None
    return f"https://{host}{path}" + (f"?{query}" if query else "")


def _canonical_query(query: str) -> str:
    if not query:
        return ""
    # Escapes that are no UTF-8 (of GBK, of Latin-1) must stay what they are: turned into one sign, they would be alike.
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    return urlencode(sorted(pair for pair in pairs if not _TRACKING.match(pair[0])), errors="surrogateescape")


def _strip_amp(path: str) -> str:
    while (shorter := _AMP_TAIL.sub("", path.rstrip("/"))) != path:
        path = shorter
    return path


def _canonical_path(path: str) -> str:
    """Write a path with one spelling of each character; an escaped slash stays escaped (RFC 3986 section 6.2.2)."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    pieces = (
        unicodedata.normalize("NFC", unquote(piece, errors="surrogateescape")) for piece in _ESCAPED_SLASH.split(path)
    )
    return "%2F".join(quote(piece, safe="/:@!$&'()*+,;=~-._", errors="surrogateescape") for piece in pieces)


def _canonical_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise ValueError("no host name") from error
    host = _MOBILE_HOST.sub("", host)
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    # http and https are one here, and so are their ports.
    return host if port is None or port in _DEFAULT_PORT.values() else f"{host}:{port}"


@lru_cache(maxsize=4_096)
def shown_host(url: str) -> str:
    """Return the host (and unusual port) alone: userinfo, path and query never reach logs or pages."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "?"
    host = f"[{host}]" if ":" in host else host
    return host if port is None or port == _DEFAULT_PORT.get(parts.scheme.lower()) else f"{host}:{port}"


def shown_url(url: str) -> str:
    """Return the address without userinfo and query, for people."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "?"
    return f"{parts.scheme}://{shown_host(url)}{parts.path}"
