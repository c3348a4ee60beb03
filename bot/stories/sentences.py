"""Cut text into sentences, for languages with spaces and for Chinese and Japanese."""

from __future__ import annotations

import re

_END = re.compile(r"(?:[.!?]+|…)[\"'”’»)\]]*(?=\s)|[。！？]+[”’」』）\"']*")
_LAST_WORD = re.compile(r"(\S+)$")
_OPENING = "\"'“‘«([¿¡„‚–— "
_TITLES_AND_SUCH = """
mr mrs ms dr prof st sr jr gen sen rep gov lt col maj capt sgt rev hon inc ltd co corp llc plc vs etc approx u.s u.k
u.n e.u a.m p.m i.e e.g ph.d d.c dhr mevr mw drs ing bijv bv nv enz o.a d.w.z m.b.t n.a.v t.a.v v.a i.p.v a.u.b z.g.n
mld mln ca resp z.b d.h u.a bzw usw ggf evtl inkl zzgl hrsg str mio mrd tsd i.d.r o.ä s.o s.u vgl geb gest mm mme mlle
p.ex cf c.-à-d j.-c sra srta dña ud uds ee.uu aprox avda c.v s.a
"""
_BEFORE_DIGITS = """
no nr art fig vol abs bd tel núm pág blz jan feb mar apr jun jul aug sep sept oct nov dec okt dez
"""
_ABBREVIATIONS = frozenset(_TITLES_AND_SUCH.split())
_NUMBERING = frozenset(_BEFORE_DIGITS.split())
_MONTHS_AFTER_ORDINALS = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\b")


def split_sentences(text: str) -> list[str]:
    """Cut at . ! ? … and 。！？, not after abbreviations, initials, ordinals or inside numbers; quotes stay closed."""
    sentences: list[str] = []
    start = 0
    has_case = any(char.isupper() for char in text)
    for found in _END.finditer(text):
        if found[0][0] in "。！？" or _ends_here(text, start, found, has_case=has_case):
            sentences.append(text[start : found.end()].strip())
            start = found.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends_here(text: str, start: int, found: re.Match[str], *, has_case: bool) -> bool:
    """Tell whether a full stop ends a sentence, by what stands before and behind it."""
    following = text[found.end() :].lstrip(_OPENING)[:24]
    if has_case and following[:1].islower():
        return False
    if found[0][0] != "." or found[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text[start : found.start()])
    last = word[1].lstrip(_OPENING) if word else ""
    if last.isdigit():
        return not (len(last) <= 2 and _MONTHS_AFTER_ORDINALS.match(following) is not None)
    if last.casefold() in _NUMBERING and following[:1].isdigit():
        return False
    return not (last.casefold() in _ABBREVIATIONS or _is_initial(last))


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word.isupper()
