"""Holds the house rules over every source file, and proves that each rule can be broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import house_rules
from tests.house_rules import Fault
from tests.shared_data import ROOT

Finder = Callable[[str, str], Iterator[Fault]]

EVERYWHERE = (
    house_rules.find_long_file,
    house_rules.find_long_functions,
    house_rules.find_deep_functions,
    house_rules.find_empty_names,
)
PURE_ROOMS = ("alerts", "domain", "stories", "topics")
LOCKS = ("requirements.lock", "requirements-charts.lock", "requirements-dev.lock")
"""Each holds the one before."""


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _faults(paths: list[Path], *finders: Finder) -> list[str]:
    sources = ((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)
    return [str(fault) for path, source in sources for finder in finders for fault in finder(path, source)]


def test_every_source_file_keeps_the_house_rules() -> None:
    assert _faults(_sources("bot", "tests", "benchmarks"), *EVERYWHERE) == []


def test_the_pure_rooms_have_no_clock_and_read_nothing() -> None:
    paths = [path for room in PURE_ROOMS for path in _sources(f"bot/{room}")]
    assert _faults(paths, house_rules.find_impure_calls) == []


def test_mocks_stay_under_one_in_twenty_tests() -> None:
    texts = [path.read_text(encoding="utf-8") for path in _sources("tests")]
    counts = [(house_rules.count_tests(text), house_rules.count_mocks(text)) for text in texts]
    tests, mocks = (sum(each) for each in zip(*counts, strict=True))
    assert mocks * house_rules.TESTS_PER_MOCK < tests, f"{mocks} mocks in {tests} tests"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_no_folder(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "/" in line or ("--" in line and "--hash=sha256:" not in line)] == []


def test_the_locks_agree_so_that_one_environment_holds_all() -> None:
    run, charts, dev = ({line for line in (ROOT / n).read_text().splitlines() if "==" in line} for n in LOCKS)
    assert run < charts < dev


LONG_FUNCTION = "def f():\n" + "    x = 1\n" * house_rules.MAX_FUNCTION_LINES
DEEP = """
def f(a):
    for b in a:
        with b:
            try:
                c = 1
            finally:
                if c:
                    pass
"""


@pytest.mark.parametrize(
    "finder, path, source",
    [
        (house_rules.find_long_file, "bot/a.py", "x = 1\n" * (house_rules.MAX_FILE_LINES + 1)),
        (house_rules.find_long_functions, "bot/a.py", LONG_FUNCTION),
        (house_rules.find_long_functions, "bot/a.py", LONG_FUNCTION.replace("def", "async def")),
        (house_rules.find_deep_functions, "bot/a.py", DEEP),
        (house_rules.find_deep_functions, "bot/a.py", f"class A:{DEEP.replace(chr(10), chr(10) + '    ')}"),
        (house_rules.find_empty_names, "bot/feeds/utils.py", ""),
        (house_rules.find_empty_names, "bot/service/feeds.py", ""),
        (house_rules.find_empty_names, "bot/feed_manager.py", ""),
        (house_rules.find_impure_calls, "bot/domain/a.py", "at = datetime.now(UTC)"),
        (house_rules.find_impure_calls, "bot/topics/a.py", "pack = Path('a').read_text()"),
        (house_rules.find_impure_calls, "bot/topics/a.py", "with open('a') as pack: pass"),
    ],
)
def test_bad_source_is_found(finder: Finder, path: str, source: str) -> None:
    assert len(list(finder(path, source))) == 1


@pytest.mark.parametrize(
    "finder, path, source",
    [
        (house_rules.find_long_file, "bot/a.py", "x = 1\n" * house_rules.MAX_FILE_LINES),
        (house_rules.find_long_functions, "bot/a.py", LONG_FUNCTION.removesuffix("    x = 1\n")),
        (
            house_rules.find_deep_functions,
            "bot/a.py",
            DEEP.replace("with b:", "def g():"),
        ),
        (house_rules.find_deep_functions, "bot/a.py", "def f(a):\n    if a: pass\n" + "    elif a: pass\n" * 9),
        (house_rules.find_deep_functions, "bot/a.py", "def f(a):\n    if a:\n        def g(): return a\n"),
        (house_rules.find_empty_names, "bot/feeds/database.py", ""),
        (house_rules.find_impure_calls, "bot/domain/a.py", "def f(now): return parse(now)"),
    ],
)
def test_good_source_is_left_alone(finder: Finder, path: str, source: str) -> None:
    assert list(finder(path, source)) == []


@pytest.mark.parametrize(
    "source, mocks",
    [
        ("client = Mock()", 1),
        ("client = mock.AsyncMock(spec=Client)", 1),
        ("with mock.patch.object(a, 'b'): pass", 1),
        ("@patch('a.b')\ndef test_a(b): ...", 1),
        ("monkeypatch.setattr(a, 'b', c)", 1),
        ("monkeypatch.setenv('A', 'b')\nclient.patch_message()", 0),
    ],
)
def test_mocks_are_counted(source: str, mocks: int) -> None:
    assert house_rules.count_mocks(source) == mocks


def test_tests_are_counted_in_classes_too() -> None:
    source = "def test_a(): ...\nclass TestB:\n    async def test_c(self): ...\ndef build(): ..."
    assert house_rules.count_tests(source) == 2
