"""JSON Feed 1.0 and 1.1, good and bad."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.feeds import Entry
from tests.feeds.fetching import read

ONE = {"version": "https://jsonfeed.org/version/1", "title": "Outlet", "home_page_url": "https://outlet.example/"}
ITEM = {"id": "1", "url": "https://outlet.example/1", "title": "Chips held up", "content_text": "At the border."}


def feed(*items: Any, **head: Any) -> str:
    return json.dumps(ONE | head | {"items": list(items)})


def only(**fields: Any) -> Entry:
    (entry,) = read(feed(ITEM | fields)).entries
    return entry


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_both_versions_are_read(version: str) -> None:
    document = read(feed(ITEM, version=version, language="nl-NL", hubs=[{"type": "x", "url": "y"}]))
    assert (document.title, document.problem) == ("Outlet", "")
    (entry,) = document.entries
    assert (entry.guid, entry.link, entry.title) == ("1", "https://outlet.example/1", "Chips held up")
    assert entry.text == "At the border."


@pytest.mark.parametrize(
    "fields, expected",
    [
        ({"id": 7}, {"guid": "7"}),
        ({"id": 7.5}, {"guid": "7.5"}),
        ({"id": True}, {"guid": None}),
        ({"id": None}, {"guid": None}),
        ({"id": " "}, {"guid": None}),
        ({"id": float("nan")}, {"guid": None}),
        ({"id": float("inf")}, {"guid": None}),
        ({"id": "\ud800x"}, {"guid": "x"}),
        ({"id": "https://outlet.example/g", "url": None}, {"link": "https://outlet.example/g"}),
        ({"url": "2"}, {"link": "https://outlet.example/2"}),
        ({"url": "", "external_url": "https://other.example/"}, {"link": "https://other.example/"}),
        ({"external_url": "https://other.example/"}, {"link": "https://outlet.example/1"}),
        ({"url": "javascript:alert(1)"}, {"link": None}),
        ({"url": ["x"], "id": "a"}, {"link": None}),
        ({"title": "a &amp; <b>b</b>\u202e"}, {"title": "a & b"}),
        ({"title": None}, {"title": "At the border."}),
        ({"title": {"x": 1}}, {"title": "At the border."}),
        ({"content_html": "<p>One</p><p>Two <b>three</b></p>"}, {"text": "One Two three"}),
        ({"content_html": "<script>x()</script>"}, {"text": "At the border."}),
        ({"content_html": 5, "content_text": None}, {"text": "5"}),
        ({"date_published": "2026-03-02T10:00:00+01:00"}, {"published_at": datetime(2026, 3, 2, 9, tzinfo=UTC)}),
        ({"date_modified": "2026-03-02T09:00:00Z"}, {"published_at": datetime(2026, 3, 2, 9, tzinfo=UTC)}),
        ({"date_published": "soon"}, {"published_at": None}),
        ({"image": "i.png"}, {"image_url": "https://outlet.example/i.png"}),
        ({"image": "data:image/png,x", "banner_image": "/b.png"}, {"image_url": "https://outlet.example/b.png"}),
        (
            {
                "attachments": [
                    {"url": "/a.mp3", "mime_type": "audio/mpeg"},
                    {"url": "/a.jpg", "mime_type": "image/jpeg"},
                ]
            },
            {"image_url": "https://outlet.example/a.jpg"},
        ),
        ({"attachments": {"url": "/a.jpg", "mime_type": "image/jpeg"}}, {"image_url": None}),
        ({"attachments": ["x", None, {"mime_type": "image/png"}]}, {"image_url": None}),
        ({"authors": [{"name": "Ann"}], "author": "Ann", "tags": ["a"]}, {"outlet": None}),
        ({"language": "nl"}, {"language": "nl"}),
    ],
)
def test_an_item_is_read_field_by_field(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    entry = only(**fields)
    assert {name: getattr(entry, name) for name in expected} == expected


@pytest.mark.parametrize("item", [None, 1, "x", [], {}, {"id": "1"}, {"title": "\u200b"}])
def test_an_item_that_says_nothing_is_passed_over(item: Any) -> None:
    assert [entry.title for entry in read(feed(item, ITEM)).entries] == ["Chips held up"]


@pytest.mark.parametrize(
    "text, told",
    [
        ("{", "broken"),
        ("[" * 100_000, "broken"),
        ('{"version": ' + "9" * 5_000 + "}", "broken"),
        ("[]", "not a JSON Feed"),
        ("{}", "not a JSON Feed"),
        ('{"version": 1, "items": []}', "not a JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "without a list of items"),
        ('{"version": "https://jsonfeed.org/version/1", "items": {}}', "without a list of items"),
    ],
)
def test_what_is_no_json_feed_says_so(text: str, told: str) -> None:
    assert told in read(text).problem


def test_only_so_many_items_are_read() -> None:
    assert len(read(feed(*(ITEM | {"id": n} for n in range(2_500)))).entries) == 2_000
