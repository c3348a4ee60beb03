"""Lines as people type them."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.desk import load_registry
from bot.commands.lines import MAX_LENGTH, read_line
from bot.domain.cards import Call
from bot.domain.errors import InputError

REGISTRY = load_registry()


@pytest.mark.parametrize(
    "text, path, arguments",
    [
        ("", "help", {}),
        ("   ", "help", {}),
        ("/news", "help", {}),
        ("/news help topic", "help", {"command": "topic"}),
        ("Subscribe Huawei", "subscribe", {"topic": "Huawei"}),
        ("Topic  ADD", "topic add", {}),
        (
            "subscribe huawei both wide 3 ",
            "subscribe",
            {"topic": "huawei", "mode": "both", "sensitivity": "wide", "outlets": "3"},
        ),
        ("subscribe huawei wide", "subscribe", {"topic": "huawei", "sensitivity": "wide"}),
        ("subscribe trade talks digest", "subscribe", {"topic": "trade talks", "mode": "digest"}),
        ('subscribe "trade talks" digest', "subscribe", {"topic": "trade talks", "mode": "digest"}),
        ("subscribe “trade talks” digest", "subscribe", {"topic": "trade talks", "mode": "digest"}),
        ("subscribe --Mode=both huawei --outlets 3", "subscribe", {"topic": "huawei", "mode": "both", "outlets": "3"}),
        ("subscribe huawei —mode both", "subscribe", {"topic": "huawei", "mode": "both"}),
        ("subscribe --topic='trade talks'", "subscribe", {"topic": "trade talks"}),
        ("latest 7", "latest", {"count": "7"}),
        ("latest huawei 7", "latest", {"topic": "huawei", "count": "7"}),
        (
            "feed add https://a.example/rss My own feed",
            "feed add",
            {"url": "https://a.example/rss", "name": "My own feed"},
        ),
        ("feed remove Don't Panic", "feed remove", {"feed": "Don't Panic"}),
        ("help topic add", "help", {"command": "topic add"}),
        ("topic add --help", "help", {"command": "topic add"}),
        ("story #12", "story", {"story": "#12"}),
    ],
)
def test_a_line_becomes_a_call(text: str, path: str, arguments: dict[str, str]) -> None:
    call = read_line(text, REGISTRY)
    assert (call.command, dict(call.arguments)) == (path, arguments)


@pytest.mark.parametrize(
    "text, query",
    [
        ('search "trade talks" OR zte -football', '"trade talks" OR zte -football'),
        ("search “trade talks” since:7d", "“trade talks” since:7d"),
        ("search don't stop", "don't stop"),
        ("search title:(a OR b) --c", "title:(a OR b) --c"),
        ('search --query "trade talks"', '"trade talks"'),
        ('search --query "trade OR talks"', "trade OR talks"),
        ("search --query='\"trade talks\" OR zte'", '"trade talks" OR zte'),
        ('topic add chips chip* OR "trade talks"', 'chip* OR "trade talks"'),
        ("topic add chips 'chip* OR \"trade talks\"'", 'chip* OR "trade talks"'),
        ("topic add chips 'chip*' OR 'zte'", "'chip*' OR 'zte'"),
        ('topic add chips chip* OR "trade talks" --sensitivity wide', 'chip* OR "trade talks"'),
        ('topic add chips --sensitivity wide --query chip* OR "trade talks"', 'chip* OR "trade talks"'),
        ('topic add --name chips --query="chip* OR zte" --sensitivity wide', "chip* OR zte"),
    ],
)
def test_a_query_keeps_its_quotes(text: str, query: str) -> None:
    assert dict(read_line(text, REGISTRY).arguments)["query"] == query


@pytest.mark.parametrize(
    "text, told",
    [
        ("subcribe huawei", "“subscribe”"),
        ("sub huawei", "“subscribe”"),
        ("topic ad x", "“topic add”"),
        ("topic", "“topic” goes on: “topic list”"),
        ("nonsense", "“/news help” lists them all"),
        ("status now", "cannot use “now”. Usage: /news status"),
        ("trend huawei 0", "cannot use “0”. Here days takes a whole number from"),
        ("subscribe huawei digset", "mode takes one of live, digest, both"),
        ("subscribe huawei --mode", "--mode needs a value"),
        ("x" * (MAX_LENGTH + 1), "at most"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_can(text: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_line(text, REGISTRY)
    assert told in caught.value.message


PIECES = st.sampled_from(
    ["--", "—", "=", '"', "'", "“", "«", "a", "topic", "add", "name", " ", "query", "5", "\\", "\n"]
)


@given(st.sampled_from(["", *REGISTRY.paths()]), st.lists(PIECES).map("".join) | st.text())
def test_any_line_is_read_or_refused(path: str, rest: str) -> None:
    try:
        call = read_line(f"{path} {rest}", REGISTRY)
    except InputError:
        return
    command = REGISTRY.find(call.command)
    assert command is not None
    assert isinstance(call, Call)


def test_many_open_quotes_are_read_in_no_time() -> None:
    for opening in "«“'\"(":
        began = process_time()
        assert read_line("search " + opening * (MAX_LENGTH - 10), REGISTRY).command == "search"
        assert process_time() - began < 2
