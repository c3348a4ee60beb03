"""An open story as bytes: head, weights, and the words they belong to; of a grown one also what it was before."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from sys import intern

from bot.stories.centres import WEIGHTS, Centre, Core

_HEAD = struct.Struct("<dddIIII")
_CORE = struct.Struct("<II")
_BETWEEN = "\0"
_END = b"\1"


def pack(centre: Centre) -> bytes:
    """Write a centre; its number is not part of it."""
    head = _HEAD.pack(
        centre.first, centre.last, centre.touched, centre.count, centre.texts, centre.checked, len(centre.terms)
    )
    known = head + _little(centre.weights).tobytes() + _BETWEEN.join(centre.terms).encode()
    return known if centre.core is None else known + _END + _pack_core(centre.core)


def unpack(number: int, packed: bytes) -> Centre:
    """Read a centre as `pack` wrote it; raises ValueError where the bytes are something else."""
    try:
        first, last, touched, count, texts, checked, terms = _HEAD.unpack_from(packed)
        end = _HEAD.size + 4 * terms
        weights: array[float] = array(WEIGHTS)
        weights.frombytes(packed[_HEAD.size : end])
        told, _, core = packed[end:].partition(_END)
        words = told.decode().split(_BETWEEN) if told else []
    except (struct.error, UnicodeDecodeError) as error:
        raise ValueError("these bytes are no open story") from error
    if len(words) != terms or len(weights) != terms:
        raise ValueError("these bytes are no open story")
    weights = _little(weights)
    return Centre(
        id=number,
        first=first,
        last=last,
        touched=touched,
        count=count,
        texts=texts,
        terms=tuple(map(intern, words)),
        weights=weights,
        length=math.sqrt(sum(weight * weight for weight in weights)),
        checked=checked,
        core=_unpack_core(core) if core else None,
    )


def _pack_core(core: Core) -> bytes:
    words = _BETWEEN.join(core.terms).encode()
    return _CORE.pack(core.count, len(core.terms)) + _little(core.weights).tobytes() + words


def _unpack_core(packed: bytes) -> Core | None:
    """Read what a story was when it was looked at last; None where that cannot be read, which only lets it be anew."""
    weights: array[float] = array(WEIGHTS)
    try:
        count, terms = _CORE.unpack_from(packed)
        end = _CORE.size + 4 * terms
        weights.frombytes(packed[_CORE.size : end])
        words = packed[end:].decode().split(_BETWEEN)
    except (struct.error, ValueError):
        return None
    return Core(count, tuple(map(intern, words)), _little(weights)) if len(words) == len(weights) == terms else None


def _little(weights: array[float]) -> array[float]:
    """Turn weights between this machine's order of bytes and the little-endian one that is kept."""
    if sys.byteorder == "little":
        return weights
    turned = array(WEIGHTS, weights)
    turned.byteswap()
    return turned
