"""What tells entries apart, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.feeds import Entry, EntryKeys
from bot.feeds.identity import document_keys, entry_keys

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENTRY = Entry(guid="c-1", link="https://courier.example/talks", title="Talks resume", text="…", published_at=DAY)


def _entry(number: int, **changes: str | None) -> Entry:
    base = Entry(
        guid=f"g{number}", link=f"https://courier.example/{number}", title=f"Story {number}", text="", published_at=DAY
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_guid_and_canonical_url_identify_an_entry_and_the_title_does_not() -> None:
    keys = entry_keys(ENTRY)
    assert keys.guid is not None
    assert "c-1" not in keys.guid
    assert keys.url == "https://courier.example/talks"
    assert keys.title_day is None
    assert entry_keys(replace(ENTRY, title="Talks resume (updated)", published_at=DAY + timedelta(days=2))) == keys


def test_the_raw_guid_counts_however_the_link_is_dressed() -> None:
    dressed = replace(ENTRY, link="http://www.courier.example/talks/?utm_source=rss#top")
    assert entry_keys(dressed) == entry_keys(ENTRY)


def test_title_and_day_identify_where_guid_and_link_are_missing() -> None:
    bare = replace(ENTRY, guid=None, link=None)
    keys = entry_keys(bare)
    assert keys.guid is None
    assert keys.url is None
    assert keys.title_day is not None
    assert entry_keys(replace(bare, title="  TALKS resume ".strip(), published_at=DAY + timedelta(hours=3))) == keys
    assert entry_keys(replace(bare, published_at=DAY + timedelta(days=1))) != keys
    assert entry_keys(replace(bare, title="Talks stall")) != keys
    assert entry_keys(replace(bare, published_at=None)) != keys


def test_a_link_to_the_home_page_or_to_the_feed_is_no_identity() -> None:
    assert entry_keys(replace(ENTRY, link="https://courier.example/")).url is None
    assert entry_keys(replace(ENTRY, link="https://courier.example/feed"), "https://courier.example/feed").url is None


def test_entries_that_share_one_url_do_not_swallow_each_other() -> None:
    shared = "https://courier.example/live"
    keys = document_keys([_entry(1, link=shared), _entry(2, link=shared + "#two"), _entry(3)])
    assert [key.url for key in keys] == [None, None, "https://courier.example/3"]
    assert len({key.guid for key in keys}) == 3


def test_entries_that_share_one_guid_are_told_apart_by_their_links() -> None:
    keys = document_keys([_entry(number, guid="same") for number in range(5)])
    assert {key.guid for key in keys} == {None}
    assert len({key.url for key in keys}) == 5


def test_entries_that_share_everything_but_the_title_are_told_apart_by_it() -> None:
    keys = document_keys([_entry(number, guid="same", link="https://courier.example/") for number in range(3)])
    assert len({key.title_day for key in keys}) == 3
    keys = document_keys([_entry(number, guid="same", link="https://courier.example/live") for number in range(3)])
    assert len({key.title_day for key in keys}) == 3
    keys = document_keys([_entry(number, guid=None, link="https://courier.example/live") for number in range(2)])
    assert len({key.title_day for key in keys}) == 2


def test_an_item_and_its_newer_version_stay_one() -> None:
    keys = document_keys([ENTRY, replace(ENTRY, title="Talks resume (2)")])
    assert keys[0] == keys[1] == entry_keys(ENTRY)


def test_the_same_item_twice_is_one() -> None:
    assert len(set(document_keys([ENTRY, ENTRY]))) == 1
    assert document_keys([]) == []


def test_keys_are_in_the_order_of_the_entries() -> None:
    entries = [_entry(number) for number in (3, 1, 2)]
    assert document_keys(entries) == [entry_keys(entry) for entry in entries]
    assert isinstance(document_keys(entries)[0], EntryKeys)
