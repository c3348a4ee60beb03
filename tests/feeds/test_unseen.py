"""Only what is new in a document is read, and reading it in two steps gives what reading it at once gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feeds import EntryKeys
from bot.feeds.document import Document, Source
from bot.feeds.identity import Mark
from bot.feeds.parse import parse_document
from bot.feeds.unseen import Memory
from tests.feeds.fetching import LIMITS, rss
from tests.feeds.splitting import read_without

URL = "https://outlet.example/feed.xml"


def item(name: str, *, guid: str | None = None, link: str | None = None, text: str = "") -> str:
    """Write an item."""
    address = link or f"https://outlet.example/{name}"
    return f"<title>{name}</title><link>{address}</link><guid>{guid or name}</guid><description>{text}</description>"


def read(body: str, seen: bytes = b"", *, max_entries: int = 100) -> Document:
    """Read a document after another one left its memory."""
    source = Source(body=body.encode(), url=URL, seen=seen)
    return parse_document(source, replace(LIMITS, max_entries=max_entries))


def titles(document: Document) -> list[str]:
    """List the titles of what was read."""
    return [entry.title for entry in document.entries]


def test_only_new_items_are_read() -> None:
    first = read(rss(item("b"), item("a")))
    second = read(rss(item("c"), item("b"), item("a")), first.seen)
    assert titles(first) == ["b", "a"]
    assert titles(second) == ["c"]
    assert second.keys == read(rss(item("c"))).keys
    assert titles(read(rss(item("c"), item("b"), item("a")), second.seen)) == []


def test_an_item_whose_text_changed_is_read_again() -> None:
    first = read(rss(item("a"), item("b", text="before")))
    assert titles(read(rss(item("a"), item("b", text="after")), first.seen)) == ["b"]


def test_only_what_the_document_holds_now_is_remembered() -> None:
    first = read(rss(*(item(str(n)) for n in range(20))))
    second = read(rss(item("new"), item("3")), first.seen)
    assert len(Memory.read(second.seen).items) == 2
    assert len(second.seen) < 120


def test_a_document_of_which_nothing_is_new_still_has_its_memory() -> None:
    first = read(rss(item("a")))
    second = read(rss(item("a")), first.seen)
    assert (second.entries, second.problem, second.seen) == ((), "", first.seen)


def test_a_changed_head_is_read_though_no_item_is_new() -> None:
    first = read(rss(item("a")))
    second = read(rss(item("a"), head="<language>nl</language>"), first.seen)
    assert (titles(second), second.title, second.language) == ([], "Outlet", "nl")


def test_items_beyond_the_most_are_never_read() -> None:
    body = rss(*(item(str(n)) for n in range(6)))
    first = read(body, max_entries=4)
    assert titles(first) == ["0", "1", "2", "3"]
    assert titles(read(body, first.seen, max_entries=4)) == []


@pytest.mark.parametrize("seen", [b"x", b"\x01", b"\x01" + b"a" * 30, b"\x02" + b"a" * 40])
def test_a_memory_that_is_not_ours_is_none(seen: bytes) -> None:
    assert titles(read(rss(item("a")), seen)) == ["a"]


def test_a_document_that_is_not_split_is_read_whole_each_time() -> None:
    broken = rss(item("a") + "<zz:x/>", item("b"))
    first = read(broken)
    assert titles(first) == ["a", "b"]
    assert first.seen == b""
    assert titles(read(broken, read(rss(item("a"))).seen)) == ["a", "b"]


def test_an_item_that_says_nothing_is_not_looked_at_again() -> None:
    first = read(rss("<title></title>", item("a")))
    assert titles(first) == ["a"]
    assert titles(read(rss(item("b"), "<title></title>", item("a")), first.seen)) == ["b"]


def test_a_guid_that_known_items_share_tells_a_new_one_from_none_of_them() -> None:
    """Read alone, the new item would be taken for the one that is known under that guid."""
    shared = [item(name, guid="same") for name in "cba"]
    second = read(rss(*shared), read(rss(*shared[1:])).seen)
    assert second.keys == read(rss(*shared)).keys[:1]
    assert second.keys[0].guid is None


def test_an_address_that_known_items_share_is_no_identity_of_a_new_one() -> None:
    shared = [item(name, link="https://outlet.example/live") for name in "cba"]
    second = read(rss(*shared), read(rss(*shared[1:])).seen)
    assert second.keys == read(rss(*shared)).keys[:1]
    assert second.keys[0].url is None


def test_json_feeds_have_identities_too() -> None:
    document = read('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "a"}]}')
    assert len(document.keys) == 1
    assert isinstance(document.keys[0], EntryKeys)


@given(st.binary(max_size=8), st.lists(st.tuples(*(st.binary(min_size=8, max_size=8),) * 4), max_size=5))
def test_a_memory_is_unpacked_as_it_was_packed(head: bytes, items: list[tuple[bytes, bytes, bytes, bytes]]) -> None:
    memory = Memory(head=head.ljust(8, b"\0"), items={digest: Mark(*mark) for digest, *mark in items})
    assert Memory.read(memory.pack()) == memory


names = st.lists(st.sampled_from("abcdef"), max_size=6)
guids = st.sampled_from([None, "same", "other"])
links = st.sampled_from([None, "https://outlet.example/live", URL])
some_items = st.lists(
    st.builds(lambda name, guid, link: item(name, guid=guid, link=link), st.sampled_from("abcdef"), guids, links),
    max_size=6,
)


@given(some_items, some_items)
def test_what_is_read_in_two_steps_has_the_identities_of_the_whole(new: list[str], old: list[str]) -> None:
    fresh = [each for each in new if each not in old]
    whole = read(rss(*fresh, *old))
    second = read(rss(*fresh, *old), read(rss(*old)).seen)
    assert second.entries == whole.entries[: len(fresh)]
    assert second.keys == whole.keys[: len(fresh)]


def test_each_item_alone_gives_the_entry_that_it_is_within_the_whole() -> None:
    body = rss(*(item(name, text=f"text of {name}") for name in "abc"))
    source = Source(body=body.encode(), url=URL)
    whole = parse_document(source, LIMITS)
    assert [read_without(source, number) for number in range(3)] == [(entry,) for entry in whole.entries]
