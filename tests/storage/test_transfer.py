"""Export and import: what leaves comes in again the same, once; a bad line takes nothing in."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.cli import main
from bot.domain.errors import InputError
from bot.domain.models import TopicId, WorkspaceId
from bot.storage.exports import Line, list_lines, write_line
from bot.storage.imports import read_lines, take
from bot.storage.store import SqlStore, open_store
from tests.prepared import lay_database
from tests.storage.filling import count, fill
from tests.storage.making import LEASE, NOW

VIEWER = WorkspaceId("test")
Result = TypeVar("Result")


@pytest.fixture
def lines(path: Path) -> list[Line]:
    """Export a small newsroom."""
    fill(path)
    return list(list_lines(path, NOW))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Lay another, empty database."""
    lay_database(tmp_path / "empty.db")
    return tmp_path / "empty.db"


def rows_of(lines: list[Line]) -> list[str]:
    return [write_line(line) for line in lines]


def asked(path: Path, work: Callable[[SqlStore], Awaitable[Result]]) -> Result:
    """Ask a database as the program does."""

    async def ask() -> Result:
        store = await open_store(path, exclusive=True)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(ask())


def without_numbers(lines: list[Line]) -> list[Line]:
    """Leave out what is given anew."""
    return [{k: v for k, v in line.items() if k not in {"id", "at"}} for line in lines]


def test_what_leaves_comes_in_again_the_same_and_only_once(lines: list[Line], empty: Path) -> None:
    taken = take(empty, read_lines(rows_of(lines)))
    assert taken.new == {"topic": 2, "article": 2, "story": 1, "subscription": 1}
    assert without_numbers(list(list_lines(empty, NOW))) == without_numbers(lines)
    before = count(empty)
    again = take(empty, read_lines(rows_of(lines)))
    assert (set(again.new.values()), again.known) == ({0}, 6)
    assert count(empty) == before


def test_what_came_in_is_found_and_told_to_nobody(lines: list[Line], empty: Path) -> None:
    take(empty, read_lines(rows_of(lines)))

    async def look(store: SqlStore) -> tuple[list[str], list[str], int, int]:
        stories = await store.latest(VIEWER, TopicId("huawei"), 5)
        found = await store.search(VIEWER, [["march"]], 5)
        waiting = await store.claim_due_deliveries(NOW + timedelta(days=999), LEASE, 5)
        feeds = await store.claim_due_feeds(NOW + timedelta(days=999), LEASE, 5)
        return [s.headline for s in stories], [a.title for a in found], len(waiting), len(feeds)

    headline, title = "Huawei is told to leave the network", "Huawei has until March"
    assert asked(empty, look) == ([headline], [title], 0, 0)


@pytest.mark.parametrize(
    "number, change, said",
    [
        (3, "{nonsense", "no JSON"),
        (3, '{"kind":"poem"}', "its kind is none of topicwire, topic, article"),
        (3, '{"kind":"article","id":1}', "article.outlet: text is expected"),
        (1, '{"kind":"end","lines":0}', "the first line, and no other, is the head"),
        (1, '{"kind":"topicwire","format":99}', "is of a newer Topicwire"),
        (4, '{"kind":"topicwire","format":1}', "the first line, and no other, is the head"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken(
    lines: list[Line], empty: Path, number: int, change: str, said: str
) -> None:
    rows, before = rows_of(lines), count(empty)
    rows[number - 1] = change
    with pytest.raises(InputError, match=rf"line {number}: .*{re.escape(said)}.*Nothing of the file was taken"):
        take(empty, read_lines(rows))
    assert count(empty) == before


@pytest.mark.parametrize(
    "kind, name, value, said",
    [
        ("topic", "clauses", [{"query": "((", "score": 1}], "queries that can be read"),
        ("topic", "clauses", [{"query": "zte", "score": "much"}], "a score from 0 to 1"),
        ("topic", "sensitivity", "loose", "one of strict, normal, wide"),
        ("topic", "name", "  ", "a name"),
        ("article", "title", "\x00", "text"),
        ("article", "title", "\ud800", "text"),
        ("article", "seen_at", "2026-11-01T08:00:00", "an instant with a zone"),
        ("article", "matches", [{"topic": "zte", "score": 1, "reasons": [["x"]]}], "reasons"),
        ("article", "id", 1 << 70, "a number"),
        ("story", "articles", ["1"], "a list of numbers"),
        ("story", "developments", [{"article": 1}], "each with a reason and an instant"),
        ("subscription", "mode", "always", "one of live, digest, both"),
        ("subscription", "filters", {"langs": []}, "no more than languages"),
        ("subscription", "filters", {"languages": "nl"}, "no more than languages"),
    ],
)
def test_what_the_program_could_not_read_back_is_not_taken(
    lines: list[Line], empty: Path, kind: str, name: str, value: object, said: str
) -> None:
    before = count(empty)
    at = next(n for n, line in enumerate(lines) if line["kind"] == kind)
    lines[at] = lines[at] | {name: value}
    rows = [json.dumps(line) for line in lines]
    with pytest.raises(InputError, match=rf"line {at + 1}: {kind}\.{name}: .*{re.escape(said)}.* expected"):
        take(empty, read_lines(rows))
    assert count(empty) == before


def test_an_article_without_an_address_comes_in_once(lines: list[Line], empty: Path) -> None:
    bare = [line | {"url": None, "link": None} if line["kind"] == "article" else line for line in lines]
    take(empty, read_lines(rows_of(bare)))
    before = count(empty)
    assert set(take(empty, read_lines(rows_of(bare))).new.values()) == {0}
    assert count(empty) == before


def test_a_line_that_does_not_fit_is_named_too(lines: list[Line], empty: Path) -> None:
    before = count(empty)
    story = next(n for n, line in enumerate(lines) if line["kind"] == "story")
    lines[story] = lines[story] | {"articles": [77]}
    with pytest.raises(
        InputError, match=rf"line {story + 1}: it names article 77, which no line before it has.*Nothing of the file"
    ):
        take(empty, read_lines(rows_of(lines)))
    assert count(empty) == before


def test_a_file_that_was_cut_off_is_refused(lines: list[Line], empty: Path) -> None:
    rows, before = rows_of(lines), count(empty)
    for cut in (rows[:-1], [*rows[:2], *rows[3:]], []):
        with pytest.raises(InputError, match=r"cut off|lines should stand before it|the file is empty"):
            take(empty, read_lines(cut))
    assert count(empty) == before


def test_the_command_line_writes_checks_and_takes(
    path: Path, empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path)
    file = path.with_name("news.jsonl")
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("TOPICWIRE_DATABASE", str(path))
    assert main(["export", str(file)]) == 0
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[-1])["kind"] == "end"
    monkeypatch.setenv("TOPICWIRE_DATABASE", str(empty))
    assert main(["import", "--dry-run", str(file)]) == 0
    assert count(empty)["articles"] == 0
    assert main(["import", str(file)]) == 0
    assert "2 topics, 2 articles, 1 story, 1 subscription came in; 0 were there already" in capsys.readouterr().out
    file.write_text("\ufeff" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["import", str(file)]) == 0, "an editor put its mark before the first line"
    file.write_text("{}\n")
    assert main(["import", str(file)]) == 1
    assert "line 1: its kind is none of" in capsys.readouterr().err
    store = asyncio.run(open_store(empty, exclusive=True))
    assert main(["import", str(file)]) == 1
    assert "in use by another `topicwire run`" in capsys.readouterr().err
    asyncio.run(store.close())
