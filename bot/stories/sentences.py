"""Cut text into sentences, for languages with spaces and for Chinese and Japanese.

A mark ends a sentence unless an abbreviation, an initial, an ordinal or a number stands before it, or the text goes on
in small letters behind it. Quotes and brackets that close behind a mark belong to it; in Chinese and Japanese a mark
inside quotes that the text goes on after (「…。」と述べた) ends nothing.
"""

from __future__ import annotations

import re

from bot.domain.text import HAN_KANA

_END = re.compile(
    r"(?:[.!?؟۔]+|…+)(?:[\"'”’»)\]›]|\s»)*(?=\s|$)|[。！？｡]+[”’」』）\"'】]*|……[”’」』]*(?=[^，、。！？）」』”])|؟[\"'”’»)]*"
    rf"|(?<=[{HAN_KANA}”’」』）)])[!?]+[\"'”’」』）]*(?=[{HAN_KANA}“‘「『（\"])"
)
_OPENING = "\"'“‘«([¿¡„‚–—‹ "
_TITLES_AND_SUCH = """
mr mrs ms dr prof st sr jr gen sen rep gov lt col maj capt sgt rev hon inc ltd co corp llc plc vs etc approx u.s u.k
u.n e.u a.m p.m i.e e.g ph.d d.c ave blvd dept est fig messrs pres supt v
dhr mevr mw drs ing ir bijv bv nv enz o.a d.w.z m.b.t n.a.v t.a.v v.a i.p.v a.u.b z.g.n mld mln ca resp t.o.v m.a.w
m.u.v o.l.v n.v b.v jhr mr.dr zgn incl excl
z.b d.h u.a bzw usw ggf evtl inkl zzgl hrsg str mio mrd tsd i.d.r o.ä s.o s.u vgl geb gest u.u z.t i.a o.g a.d v.chr
n.chr abs aufl ev bspw einschl gem hl lt max min rd sog stv tägl u.ä zz
mm mme mlle mgr me p.ex cf c.-à-d j.-c env éd ex hab min tél
sra srta dra dras sres dña ud uds ee.uu uu aprox avda c.v s.a d dª pág ej p.ej s.l a.c d.c gral cía
dott dott.ssa sig sig.ra sigg avv ing geom mons ecc ca mln
exmo exma sto sta eng
np tzw tys im ul godz m.in tj itp itd prof hab inż ks gen płk wg
т.е т.д т.п т.к т.н т.ч г гг в вв ул д им руб коп млн млрд тыс см стр напр др проф акад и.о н.э обл р-н св тел кв
ул пер пл проч
ب م د أ هـ ق.م
"""
_BEFORE_DIGITS = """
no nr art fig vol abs bd tel núm pág blz jan feb mar apr jun jul aug sep sept oct nov dec okt dez
janv févr avr juil déc ene abr gen lug ott dic fev mai п пп ст рис № гл р c p
pp s
"""
_MARKS = frozenset(".!?…。！？｡؟\"'”’»」』）)")
LONGEST_HEADING = 50
LONGEST_QUOTE = 200
LONGEST_WORD = 40
_ABBREVIATIONS = frozenset(_TITLES_AND_SUCH.split())
_NUMBERING = frozenset(_BEFORE_DIGITS.split())
_MAY_END = """
u.s u.k u.n e.u etc enz usw inc ltd co corp plc a.m p.m ee.uu uu s.a т.д т.п г гг руб d.c v.chr n.chr
"""
_ENDS_TOO = frozenset(_MAY_END.split())
"""Abbreviations after which a sentence may well end: it does where a capital follows that is no part of a name."""
_ENDS_AT_CAPITAL = frozenset({"руб", "коп", "etc", "enz", "usw", "т.д", "т.п"})
"""Those after which no name comes: any capital is the next sentence's."""
_BEGINS = re.compile(
    r"(?:The|A|An|It|He|She|They|We|But|And|In|On|At|This|That|His|Her|Their|Its|De|Het|Een|Hij|Zij|Dat|Die|Der|Die|Das|"
    r"Er|Sie|Es|Ein|Eine|Le|La|Les|Il|Elle|Un|Une|El|Los|Las|Su|В|На|Он|Она|Они|Это|Но|И|По|При|Как)\b"
)
_AFTER_ORDINALS = re.compile(
    r"(?:(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Jahrestag|Platz|Mal|Runde|Quartal|Halbjahr|Tag|"
    r"Woche|Monat|Kammer|Senat|Etage|Klasse|Weltkrieg|Liga|Bundesliga|Geburtstag|Etappe|Spieltag|Stock)[a-zäß]*|"
    r"Jh|FC|SC|SV|FSV|VfB|TSV)\b"
)
_ELIDED = re.compile(r"^(?:[ldnsjcm]|qu|un|dell|all|nell|sull)['’](?=\w{2})")
_DUTCH_CLITIC = re.compile(r"\s+['’][stnkm]\s+(?=[A-Z])")
_SPEECH_GOES_ON = re.compile(
    r"[とのなをにがはも、，,]|(?:他|她|该|他们|他們)?(?:说|說|表示|称|稱|指出|写道|强调|問|问)"
)


def split_sentences(text: str) -> list[str]:
    """Cut at . ! ? … and their Arabic, Chinese and Japanese kin, where a reader would; and behind headings."""
    return [sentence for block in _list_blocks(text) for sentence in _split_block(block)]


def _list_blocks(text: str) -> list[str]:
    """Part what lines part: paragraphs, and headings, which are short and have no mark at their end.

    A line that is long and ends in the middle of a sentence was only wrapped there.
    """
    blocks: list[str] = []
    ends = True
    for line in text.split("\n"):
        if not line.strip():
            ends = True
        elif ends:
            blocks.append(line)
            ends = is_heading(line) or line.rstrip()[-1] in _MARKS
        else:
            blocks[-1] += f"\n{line}"
            ends = line.rstrip()[-1] in _MARKS
    return blocks


def is_heading(line: str) -> bool:
    """Tell a line that is too short to have been wrapped and ends no sentence."""
    line = line.strip()
    return bool(line) and len(line) < LONGEST_HEADING and line[-1] not in _MARKS


def _split_block(text: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    has_case = any(char.isupper() for char in text)
    for found in _END.finditer(text):
        if found[0][0] in "。！？｡" or found[0].startswith("……") or _is_between_han(text, found):
            ends = not _goes_on(text, start, found)
        else:
            ends = _ends_here(text, start, found, has_case=has_case)
        if ends:
            end = found.end() - _opens_next(text, start, found)
            sentences.append(text[start:end].strip())
            start = end
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _opens_next(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether the straight quote at the end of a mark opens the next sentence: no other is open before it."""
    is_quote = found[0].endswith('"') and text[found.end() : found.end() + 1].strip() != ""
    return is_quote and text.count('"', start, found.start()) % 2 == 0


def _is_between_han(text: str, found: re.Match[str]) -> bool:
    """Tell a mark of ASCII that stands in Chinese or Japanese, where no space follows."""
    return found[0][0] in "!?" and found.end() < len(text) and not text[found.end()].isspace()


def _goes_on(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a mark stands inside quotes or brackets of a longer Chinese or Japanese sentence."""
    last = found[0][-1]
    if last == "）":
        return text[start : start + 1] != "（"
    if last in "”’」』":
        return _SPEECH_GOES_ON.match(text, found.end()) is not None
    before = text[max(start, found.start() - LONGEST_QUOTE) : found.start()]
    for opening, closing in ("「」", "『』", "（）", "()"):
        if before.count(opening) > before.count(closing):
            return closing in text[found.end() : found.end() + LONGEST_QUOTE]
    return False


def _ends_here(text: str, start: int, found: re.Match[str], *, has_case: bool) -> bool:
    """Tell whether a full stop ends a sentence, by what stands before and behind it."""
    clitic = _DUTCH_CLITIC.match(text, found.end())
    following = text[clitic.end() if clitic else found.end() :][:LONGEST_WORD].lstrip(_OPENING)[:24]
    if has_case and following[:1].islower():
        return False
    if found[0][0] != "." or found[0].startswith(".."):
        return True
    words = text[max(start, found.start() - LONGEST_WORD) : found.start()].split(" ")
    last = words[-1].lstrip(_OPENING)
    if last.isdigit():
        return not (len(last) <= 2 and _AFTER_ORDINALS.match(following) is not None)
    plain = _ELIDED.sub("", last.casefold())
    if plain in _NUMBERING and following[:1].isdigit():
        return False
    if plain in _ENDS_AT_CAPITAL or (plain == "ee" and following.startswith("UU")):
        return plain != "ee"
    if plain in _ENDS_TOO and _BEGINS.match(following):
        return True
    return not (plain in _ABBREVIATIONS or _is_initial(last))


def _is_initial(word: str) -> bool:
    """Tell an initial, several (J.R., А.С.), or the letter of an abbreviation with spaces in it (z. B., p. ex.)."""
    is_letter = len(word) == 1 and word.isalpha()
    return (is_letter or all(len(part) == 1 and part.isupper() for part in re.split(r"\.-?|-", word))) and word != "I"
