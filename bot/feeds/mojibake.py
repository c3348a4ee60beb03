"""Repair of UTF-8 that somebody read as windows-1252 and saved again ("Ã¼" for "ü"), where that is beyond doubt."""

from __future__ import annotations

import re

_SPECIALS = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0))
_NEXT = f"[\u0080-\u00bf{_SPECIALS}]"
_TWO = f"[\u00c2-\u00df]{_NEXT}"
_THREE = f"[\u00e0-\u00ef]{_NEXT}{{2}}"
_FOUR = f"[\u00f0-\u00f4]{_NEXT}{{3}}"
_RUN = re.compile(f"(?:{_TWO}|{_THREE}|{_FOUR})+")
_PIECE = re.compile(f"{_TWO}|{_THREE}|{_FOUR}")
# Single pieces that no real text has: Latin letters and signs, dashes and quotes, the euro and the trade mark.
_CERTAIN = re.compile(
    f"[\u00c2\u00c3]{_NEXT}|\u00e2[\u20ac\u201e\u201a]{_NEXT}|[\u00c4\u00c5](?![\u2018-\u201d\u00bb]){_NEXT}"
)
_LEADS = "ÂÃÄÅÐÑâãï"
_MARK = re.compile(f"[{_LEADS}]{_NEXT}")
"""What nearly every garbled text holds; looking for it is quicker than looking for every form."""
# One garbled Cyrillic letter could be meant; in a document full of garbled Cyrillic words it is not.
_CYRILLIC_WORD = re.compile(f"(?:[\u00d0\u00d1]{_NEXT}){{3}}")
_CYRILLIC_LETTER = re.compile(f"[\u00d0\u00d1]{_NEXT}")
_MANY = 5
_BYTE = {bytes([code]).decode("cp1252", "ignore") or chr(code): code for code in range(0x80, 0xA0)}
_BYTE.update({chr(code): code for code in range(0x80, 0x100)})


def repair_mojibake(text: str) -> str:
    """Put back what was garbled; text that could be meant as it stands ("Spaß“") is left alone."""
    if not any(lead in text for lead in _LEADS) or not _MARK.search(text):
        return text
    repaired = _RUN.sub(_repair, text)
    if len(_CYRILLIC_WORD.findall(text)) >= _MANY:
        repaired = _CYRILLIC_LETTER.sub(_decode, repaired)
    return repaired


def _repair(found: re.Match[str]) -> str:
    run = found[0]
    is_alone = len(_PIECE.findall(run)) == 1
    return run if is_alone and not _CERTAIN.fullmatch(run) else _decode(found)


def _decode(found: re.Match[str]) -> str:
    run = found[0]
    try:
        return bytes(_BYTE[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run
