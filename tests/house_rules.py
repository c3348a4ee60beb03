"""The house rules that no linter knows: lengths, nesting, names, mocks and what pure rooms may ask for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
MAX_NESTING = 3
# One mock in twenty tests.
TESTS_PER_MOCK = 20

# Names that say nothing about what is inside, so that anything ends up there.
EMPTY_NAMES = frozenset({"base", "helper", "helpers", "manager", "managers", "service", "services", "util", "utils"})
MOCKS = frozenset({"AsyncMock", "MagicMock", "Mock", "NonCallableMock", "PropertyMock", "create_autospec", "patch"})
# A clock, a file, the terminal: what the import contracts cannot see because the module itself is allowed.
IMPURE_CALLS = frozenset(
    {"now", "utcnow", "today", "open", "read_text", "read_bytes", "write_text", "urlopen", "print"}
)

Function = ast.FunctionDef | ast.AsyncFunctionDef
# What a function or a block may stand in; no expression holds one.
HOLDERS = (ast.stmt, ast.ExceptHandler, ast.match_case)
NESTS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A broken rule: where, and what was found."""

    place: str
    found: str

    def __str__(self) -> str:
        return f"{self.place}: {self.found}"


def find_long_file(path: str, source: str) -> Iterator[Fault]:
    """Yield a fault where a file has more lines than a reader holds in mind."""
    lines = len(source.splitlines())
    if lines > MAX_FILE_LINES:
        yield Fault(place=path, found=f"{lines} lines, at most {MAX_FILE_LINES}")


def find_long_functions(path: str, source: str) -> Iterator[Fault]:
    """Yield a fault for each function, docstring included and decorators not, that is too long."""
    for function in _functions(source):
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        if lines > MAX_FUNCTION_LINES:
            yield Fault(place=f"{path}:{function.lineno}", found=f"{function.name} has {lines} lines")


def find_deep_functions(path: str, source: str) -> Iterator[Fault]:
    """Yield a fault for each function whose blocks nest too deep; elif is no level, inner functions start anew."""
    for function in _functions(source):
        depth = max((_depth(statement) for statement in function.body), default=0)
        if depth > MAX_NESTING:
            yield Fault(place=f"{path}:{function.lineno}", found=f"{function.name} nests {depth} levels")


def find_empty_names(path: str, source: str) -> Iterator[Fault]:
    """Yield a fault where a module or folder is named for nothing in particular."""
    for part in path.removesuffix(".py").split("/"):
        empty = EMPTY_NAMES.intersection(part.split("_"))
        if empty:
            yield Fault(place=path, found=f"{part!r} says nothing about its content")


def find_impure_calls(path: str, source: str) -> Iterator[Fault]:
    """Yield a fault for each call in a pure room that reads a clock or a file, or prints."""
    for node in ast.walk(_parse(source)):
        if isinstance(node, ast.Call) and _called_name(node) in IMPURE_CALLS:
            yield Fault(place=f"{path}:{node.lineno}", found=f"calls {ast.unparse(node.func)}")


def count_tests(source: str) -> int:
    """Count test functions; a parametrised one counts once."""
    return sum(function.name.startswith("test_") for function in _functions(source))


def count_mocks(source: str) -> int:
    """Count mocks made: unittest.mock in any spelling, and attributes replaced by monkeypatch."""
    calls = [node for node in ast.walk(_parse(source)) if isinstance(node, ast.Call)]
    return sum(_is_mock(call) for call in calls)


def _is_mock(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    parts = name.split(".")
    return not MOCKS.isdisjoint(parts) or name == "monkeypatch.setattr"


# Several rules ask for one file in a row; the trees of all files would be hundreds of megabytes.
@lru_cache(maxsize=1)
def _parse(source: str) -> ast.Module:
    return ast.parse(source)


def _functions(source: str) -> Iterator[Function]:
    waiting: list[ast.AST] = [_parse(source)]
    while waiting:
        node = waiting.pop()
        waiting += _held(node)
        if isinstance(node, Function):
            yield node


def _held(node: ast.AST) -> list[ast.AST]:
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, HOLDERS)]


def _called_name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _depth(node: ast.AST) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return 0
    own = 1 if isinstance(node, NESTS) else 0
    elif_branch = node.orelse[0] if isinstance(node, ast.If) and _has_elif(node) else None
    below = [_depth(child) - (1 if child is elif_branch else 0) for child in _held(node)]
    return own + max(below, default=0)


def _has_elif(node: ast.If) -> bool:
    """Tell whether the else branch is written as elif: an `if` alone, in the column of its parent."""
    return len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If) and node.orelse[0].col_offset == node.col_offset
