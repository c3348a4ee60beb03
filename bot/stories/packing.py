"""An open story as bytes: head, weights, and the words they belong to."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from sys import intern

from bot.stories.centres import WEIGHTS, Centre

_HEAD = struct.Struct("<dddIIII")
_BETWEEN = "\0"


def pack(centre: Centre) -> bytes:
    """Write a centre; its number is not part of it."""
    head = _HEAD.pack(
        centre.first, centre.last, centre.touched, centre.count, centre.texts, centre.checked, len(centre.terms)
    )
    return head + _little(centre.weights).tobytes() + _BETWEEN.join(centre.terms).encode()


def unpack(number: int, packed: bytes) -> Centre:
    """Read a centre as `pack` wrote it; raises ValueError where the bytes are something else."""
    try:
        first, last, touched, count, texts, checked, terms = _HEAD.unpack_from(packed)
        end = _HEAD.size + 4 * terms
        weights: array[float] = array(WEIGHTS)
        weights.frombytes(packed[_HEAD.size : end])
        words = packed[end:].decode().split(_BETWEEN) if len(packed) > end else []
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
    )


def _little(weights: array[float]) -> array[float]:
    """Turn weights between this machine's order of bytes and the little-endian one that is kept."""
    if sys.byteorder == "little":
        return weights
    turned = array(WEIGHTS, weights)
    turned.byteswap()
    return turned
