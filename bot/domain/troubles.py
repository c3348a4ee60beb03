"""What can happen to a feed: events that are told, the kinds of trouble, and what a person can do about each."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What kind of failure a poll met."""

    CHALLENGE = "challenge"
    LOGIN = "login"
    REFUSED = "refused"
    MISSING = "missing"
    GONE = "gone"
    TOO_OFTEN = "too_often"
    SERVER = "server"
    STATUS = "status"
    REDIRECTS = "redirects"
    PAGE = "page"
    NO_FEED = "no_feed"
    EMPTY = "empty"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    HEAVY = "heavy"
    TLS = "tls"
    NO_HOST = "no_host"
    DNS = "dns"
    UNREACHABLE = "unreachable"
    CUT = "cut"
    GUARD = "guard"
    ADDRESS = "address"
    UNKNOWN = "unknown"

    @property
    def is_of_network(self) -> bool:
        """Whether our own side may be to blame as well: many feeds that meet it together are one outage."""
        return self in _OF_NETWORK


class FeedEvent(StrEnum):
    """What happened to a feed. OUTAGE: it failed together with most others; told once for all of them."""

    BAD = "bad"
    OUTAGE = "outage"
    WELL = "well"
    GONE = "gone"
    MOVED = "moved"
    HELD = "held"


_OF_NETWORK = {Trouble.NO_HOST, Trouble.DNS, Trouble.UNREACHABLE, Trouble.CUT, Trouble.TOO_SLOW, Trouble.TLS}

_REMEDIES = {
    Trouble.CHALLENGE: "Ask the publisher to let feed readers through, or look for another feed of theirs.",
    Trouble.LOGIN: "The operator can declare the feed in the feeds file with its login (headers, basic or cookie).",
    Trouble.REFUSED: "Set fetch.contact so that the publisher can see who asks, or ask them to let us in.",
    Trouble.MISSING: "Look for the feed's new address on its site, add that, and remove this one.",
    Trouble.GONE: "The publisher ended it. Look for a successor on its site, and remove this one.",
    Trouble.TOO_OFTEN: "Nothing has to be done: it is asked less often now. If it stays, give it a longer interval.",
    Trouble.SERVER: "Nothing can be done here: the server has to be mended. It is tried again.",
    Trouble.STATUS: "Open its address in a browser; if there is no feed, look for its new address.",
    Trouble.REDIRECTS: "Open its address in a browser, and add the address where it ends.",
    Trouble.PAGE: "Open its address in a browser; the page may name the feed's new address.",
    Trouble.NO_FEED: "The address must lead to an RSS, Atom or JSON feed; look for another one on its site.",
    Trouble.EMPTY: "The server sends nothing. If that stays, tell the publisher.",
    Trouble.BROKEN: "The publisher has to mend the document; tell them.",
    Trouble.TOO_LARGE: "If it is to be read all the same, the operator can raise fetch.max_bytes.",
    Trouble.TOO_SLOW: "If the host is known to be slow, the operator can raise fetch.timeout.",
    Trouble.HEAVY: "If it is to be read all the same, the operator can raise fetch.parse_timeout.",
    Trouble.TLS: "The publisher has to mend the certificate; check this machine's clock and certificates too.",
    Trouble.NO_HOST: "Check the address for a typing error; the site may have ended.",
    Trouble.DNS: "Check this machine's name server (DNS).",
    Trouble.UNREACHABLE: "The host may be down. If many feeds fail, check this machine's network.",
    Trouble.CUT: "Nothing has to be done at first: it is tried again. If it stays, tell the publisher.",
    Trouble.GUARD: "Only the operator can let it through, by naming its host:port in fetch.allow.",
    Trouble.ADDRESS: "Remove it, and add it with its right address.",
    Trouble.UNKNOWN: "The log says more. Please report it as a fault of this program.",
}


def remedy(trouble: Trouble) -> str:
    """Say in a sentence what a person can do about a kind of trouble."""
    return _REMEDIES[trouble]
