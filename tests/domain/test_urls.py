"""Two links mean one article, or they do not."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.urls import canonical_url, is_web_url, shown_host, shown_url

ARTICLE = "https://outlet.example/world/chips-held-up"


@pytest.mark.parametrize(
    "link",
    [
        "http://outlet.example/world/chips-held-up",
        "HTTPS://Outlet.Example/world/chips-held-up",
        "https://www.outlet.example/world/chips-held-up",
        "https://m.outlet.example/world/chips-held-up",
        "https://amp.outlet.example/world/chips-held-up",
        "https://outlet.example:443/world/chips-held-up",
        "http://outlet.example:80/world/chips-held-up",
        "https://outlet.example./world/chips-held-up",
        "https://reader:secret@outlet.example/world/chips-held-up",
        "https://outlet.example/world/chips-held-up/",
        "https://outlet.example/world/chips-held-up#comments",
        "https://outlet.example/world/chips-held-up?",
        "https://outlet.example/world/chips-held-up?utm_source=rss&utm_medium=feed",
        "https://outlet.example/world/chips-held-up?fbclid=abc&wt_mc=rss.red",
        "https://outlet.example/world/chips-held-up?gbraid=1&_hsenc=p2&mtm_campaign=x&igsh=a&PHPSESSID=1",
        "https://outlet.example/world/chips-held-up/amp",
        "https://outlet.example/world/chips-held-up/amp/",
        "https://outlet.example/world/chips-held-up?amp=1",
        "https://outlet.example/world/chips%2Dheld-up",
        "https://outlet.example/world/chips-held-up/amp//",
        "https://outlet.example/world/chips-held-up.amp",
        "https://outlet.example/world/chips-held-up;jsessionid=0A1B",
        "https://outlet.example/world/chips-held-up?WT.mc_id=rss&amp_js_v=0.1",
        "https://www.m.outlet.example/world/chips-held-up",
        "https://touch.outlet.example/world/chips-held-up",
        "http://outlet.example:443/world/chips-held-up",
        "https://www.google.com/amp/s/outlet.example/world/chips-held-up",
        "https://outlet-example.cdn.ampproject.org/c/s/outlet.example/world/chips-held-up",
    ],
)
def test_forms_of_one_address_are_one_article(link: str) -> None:
    assert canonical_url(link) == ARTICLE


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://outlet.example/a", "https://outlet.example/b"),
        ("https://outlet.example/a?id=1", "https://outlet.example/a?id=2"),
        ("https://outlet.example/a", "https://outlet.example/A"),
        ("https://one.example/a", "https://two.example/a"),
        ("https://outlet.example:8443/a", "https://outlet.example/a"),
        ("https://outlet.example/a%2Fb", "https://outlet.example/a/b"),
        ("https://outlet.example/camp", "https://outlet.example/c"),
        ("https://outlet.example/%BB%AA", "https://outlet.example/%BB%AB"),
        ("https://outlet.example/?t=%BB%AA", "https://outlet.example/?t=%BB%AB"),
        ("https://news.google.com/rss/articles/A?oc=5", "https://news.google.com/rss/articles/B?oc=5"),
    ],
)
def test_addresses_that_mean_different_things_stay_different(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_parameters_and_the_spelling_of_letters_do_not_matter() -> None:
    assert canonical_url("https://o.example/?b=2&a=1") == canonical_url("https://o.example/?a=1&b=2")
    assert canonical_url("https://o.example/华为") == canonical_url("https://o.example/%E5%8D%8E%E4%B8%BA")
    assert canonical_url("https://bücher.example/a") == canonical_url("https://xn--bcher-kva.example/a")
    assert canonical_url("https://o.example/cafe\u0301") == canonical_url("https://o.example/caf\u00e9")


@pytest.mark.parametrize(
    "link",
    ["", "https://outlet.example", "https://outlet.example/", "https://outlet.example/?utm_source=rss", "tag:o,1:2",
     "urn:uuid:1", "javascript:alert(1)", "/world/a", "//outlet.example/a", "https://", "https:///a", "https://./a", "ftp://o.example/a",
     "https://[", "https://o.example:99999/a", "mailto:a@o.example"],
)  # fmt: skip
def test_what_names_no_article_has_no_canonical_form(link: str) -> None:
    assert canonical_url(link) is None


@given(st.text(max_size=60))
def test_no_text_makes_the_functions_raise(text: str) -> None:
    for link in (text, f"https://{text}", f"https://outlet.example/{text}"):
        canonical_url(link)
        is_web_url(link)
        shown_host(link)
        shown_url(link)


@given(
    st.from_regex(
        r"https?://(www\.)?[a-z]{1,8}\.example/[a-zA-Z0-9%/_.-]{0,20}(\?[a-z]=[0-9]&utm_source=x)?", fullmatch=True
    )
)
def test_a_canonical_form_is_its_own_canonical_form(link: str) -> None:
    canonical = canonical_url(link)
    assert canonical is None or canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "link",
    [
        "https://news.google.com/rss/articles/CBMi?oc=5&hl=en-US&gl=US&ceid=US:en",
        "https://news.google.com/articles/CBMi",
    ],
)
def test_an_article_of_google_news_is_known_by_its_number(link: str) -> None:
    assert canonical_url(link) == "https://news.google.com/articles/CBMi"


_PARTS = [
    "amp", "m", "www", "mobile", ".", "/", "%2F", "%", "%e4%b8", "é", "华", ":80", ":443", "?", "&", "=", "#", ";", "a",
    "amp=1", "utm_source=x", ".html", "//", "..", "jsessionid=1", "+", "%20", "cdn.ampproject.org/c/s/o.example",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_PARTS), max_size=12).map("".join), st.sampled_from(["o.example/", "www.m.o.example/", ""])
)
def test_whatever_it_is_made_of_a_canonical_form_is_its_own(tail: str, host: str) -> None:
    canonical = canonical_url(f"http://{host}{tail}")
    assert canonical is None or canonical_url(canonical) == canonical


@given(st.text(max_size=40))
def test_scheme_fragment_and_tracking_never_tell_articles_apart(tail: str) -> None:
    path = quote(tail)
    canonical = canonical_url(f"https://o.example/x{path}")
    for other in (
        f"http://o.example/x{path}",
        f"https://o.example/x{path}#top",
        f"https://O.EXAMPLE/x{path}?utm_source=a",
    ):
        assert canonical_url(other) == canonical


def test_shown_forms_hide_credentials_and_queries() -> None:
    link = "https://reader:secret@outlet.example:8443/feed?token=secret"
    assert shown_host(link) == "outlet.example:8443"
    assert shown_url(link) == "https://outlet.example:8443/feed"
    assert shown_host("http://[2001:DB8::1]:8080/feed") == "[2001:db8::1]:8080"
    assert shown_url("http://[2001:db8::1]/feed") == "http://[2001:db8::1]/feed"
