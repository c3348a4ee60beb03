"""Which feeds are one, what a tag is, and which addresses may leave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed_lists import MAX_TAG, MOST_TAGS, ListedFeed, feed_key, fold_feeds, may_leave, read_tags, tag_key

URL = "https://news.example/feed?format=rss"


@pytest.mark.parametrize(
    "other",
    [
        "http://news.example/feed?format=rss",
        "https://www.news.example/feed?format=rss",
        "https://NEWS.example:443/feed/?format=rss",
        "https://news.example/feed?format=rss#top",
        "https://news.example/feed?utm_source=x&format=rss",
    ],
)
def test_spellings_of_one_address_are_one_feed(other: str) -> None:
    assert feed_key(other) == feed_key(URL)


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/feed?format=atom",
        "https://news.example/feed",
        "https://news.example/Feed?format=rss",
        "https://news.example:8080/feed?format=rss",
        "https://m.news.example/feed?format=rss",
    ],
)
def test_other_addresses_are_other_feeds(other: str) -> None:
    assert feed_key(other) != feed_key(URL)


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert feed_key(text) == feed_key(text)
    may_leave(text)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/feed",
        URL,
        "https://blog.example/?feed=rss2",
        "https://video.example/feeds/videos.xml?channel_id=UC4w1YQAJMWOz4qtxinq55LQ",
        "https://news.example/rss?hl=en-US&gl=US&ceid=US:en&q=trade+talks",
        "https://forum.example/?rss",
        "https://news.example/feed?utm_source=rss",
    ],
)
def test_an_address_whose_query_names_a_feed_may_leave(url: str) -> None:
    assert may_leave(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/feed?key=abc",
        "https://news.example/feed?format=rss&token=abc",
        "https://news.example/feed?c2VjcmV0",
        "https://news.example/feed?q=a;token=abc",
        "https://news.example/feed?q=https://other.example/?key=abc",
        "https://news.example/feed?user=ann@example.org",
        "https://news.example/feed?feed=" + "a" * 500,
        "https://news.example/feed?&",
        "https://ann:secret@news.example/feed",
        "https://ann@news.example/feed",
        "ftp://news.example/feed",
        "https://[::1/feed",
    ],
)
def test_an_address_that_may_hold_a_secret_stays(url: str) -> None:
    assert not may_leave(url)


def test_tags_are_cleaned_and_each_is_kept_once() -> None:
    assert read_tags(["#Asia ", "asia", "News, world", "a/b", "", "\u202e", "Économie", "economie"]) == (
        "Asia",
        "News world",
        "a b",
        "Économie",
    )


@given(st.lists(st.text(max_size=60), max_size=20))
def test_reading_tags_again_changes_nothing(names: list[str]) -> None:
    tags = read_tags(names)
    assert read_tags(tags) == tags
    assert len(tags) <= MOST_TAGS
    assert all(0 < len(tag) <= MAX_TAG for tag in tags)
    assert len(set(map(tag_key, tags))) == len(tags)


def test_folding_keeps_the_first_and_brings_the_tags_together() -> None:
    feeds = [
        ListedFeed(url="https://a.example/rss", tags=("News",)),
        ListedFeed(url="https://b.example/rss", title="B"),
        ListedFeed(url="http://www.a.example/rss/", title="A", tags=("Asia", "news")),
    ]
    folded, count = fold_feeds(feeds)
    assert folded == (ListedFeed(url="https://a.example/rss", title="A", tags=("News", "Asia")), feeds[1])
    assert count == 1
