"""feedparser's own test documents: each says in a comment what is to be read from it, as an expression.

The expression is run only after every node of it was found to be harmless: no names but ours, no calls but plain ones.
"""

from __future__ import annotations

import ast
import io
import re
import tarfile
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import feedparser

from bot.feeds.decode import decode, unpack
from bot.feeds.mend import mend
from bot.feeds.mojibake import repair_mojibake

_NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.Compare, ast.Eq, ast.NotEq, ast.In,
    ast.NotIn, ast.Is, ast.IsNot, ast.Lt, ast.Gt, ast.GtE, ast.LtE, ast.Subscript, ast.Slice, ast.Attribute, ast.Name,
    ast.Load, ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Call, ast.BinOp, ast.Add, ast.Mod,
)  # fmt: skip
_CALLS = {
    "ord": ord, "len": len, "type": type, "isinstance": isinstance, "any": any, "all": all, "bool": bool, "str": str,
    "int": int,
}  # fmt: skip
_METHODS = {"get", "endswith", "startswith", "find", "count", "has_key", "decode", "encode", "strip"}
_SAID = re.compile(r"Description:\s*(.*?)\s*(?:Expect|Expected):\s*(.*?)\s*-->", re.DOTALL)
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE | re.IGNORECASE)
_LARGEST = 10_000_000

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A document, the headers it is to be answered with, and what must hold of the result."""

    name: str
    body: bytes
    headers: Mapping[str, str]
    words: str
    code: CodeType


def list_expectations(archive: Path) -> Iterator[Expectation]:
    """Yield the documents of the archive that say what they expect in an expression of plain kind."""
    with tarfile.open(archive) as packed:
        documents = (member for member in packed if member.isfile() and member.name.endswith(".xml"))
        found = (_expectation(member.name, _extract(packed, member)) for member in documents)
        yield from (expectation for expectation in found if expectation is not None)


def _extract(packed: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = packed.extractfile(member)
    return b"" if opened is None else opened.read()


def _expectation(name: str, body: bytes) -> Expectation | None:
    for codec in ("utf-8", "utf-16", "utf-32", "latin-1"):
        text = body.decode(codec, "ignore")
        said = _SAID.search(text)
        if said is not None:
            break
    else:
        return None
    headers = {key.lower(): value for key, value in _HEADER.findall(text[:4000])}
    headers.setdefault("content-type", "application/xml")
    headers.setdefault("content-location", f"http://127.0.0.1:8097/{name}")
    try:
        tree = ast.parse(said[2].strip(), mode="eval")
    except SyntaxError:
        return None
    if not all(map(_is_harmless, ast.walk(tree))):
        return None
    return Expectation(name=name, body=body, headers=headers, words=said[2], code=compile(tree, name, "eval"))


def _is_harmless(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
        return False
    if not isinstance(node, ast.Call):
        return isinstance(node, _NODES)
    called = node.func
    if isinstance(called, ast.Name):
        return called.id in _CALLS
    return isinstance(called, ast.Attribute) and called.attr in _METHODS


def parse_plainly(expectation: Expectation) -> Result:
    """Read the document with feedparser alone."""
    return _parse(expectation.body, expectation.headers)


def parse_decoded(expectation: Expectation, plain: Result) -> Result:
    """Read the document as Topicwire hands it to feedparser: decoded, repaired and mended, and called UTF-8.

    What is said of the document as it came is taken from the `plain` result: whether it was well-formed and honestly
    labelled (bozo), and its encoding, provided that our text is what this encoding makes of the bytes.
    """
    text = repair_mojibake(decode(unpack(expectation.body, _LARGEST), expectation.headers["content-type"]))
    headers = {**expectation.headers, "content-type": "application/xml; charset=utf-8"}
    result = dict(_parse(mend(text).encode("utf-8", "replace"), headers))
    encoding = plain.get("encoding") or "utf-8"
    if expectation.body.decode(encoding, "replace").removeprefix("\ufeff") == text:
        result["encoding"] = encoding
    if plain["bozo"]:
        result |= {"bozo": plain["bozo"], "bozo_exception": plain["bozo_exception"]}
    return result


def _parse(body: bytes, headers: Mapping[str, str]) -> Result:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Result = feedparser.parse(io.BytesIO(body), response_headers=dict(headers))
        return found


def holds(expectation: Expectation, result: Result) -> bool:
    """Tell whether what the document expects is true of a result."""
    names = {**result, **_CALLS, "__builtins__": {}, "feedparser": feedparser}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(eval(expectation.code, names))  # noqa: S307 - every node was checked before it was compiled
    except (AttributeError, IndexError, KeyError, NameError, TypeError, ValueError):
        return False
