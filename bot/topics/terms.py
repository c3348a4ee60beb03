"""Where a term may begin and end, by script: what an automaton's candidate must pass to be a hit.

Latin, Cyrillic and the like: whole words, a hyphen or a change of script is an edge. Han and kana, Thai, Lao, Burmese
and Khmer: anywhere. Hangul: a word may go on with particles. Arabic: a word may begin with the usual clitics. A * lets
any letters follow or precede.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.domain.query import Term
from bot.domain.text import HAN_KANA, HANGUL, UNSPACED
from bot.topics.texts import Section, join_words, join_words_keeping_letters, part_scripts

_LETTER = rf"[^\W{HAN_KANA}{HANGUL}]"
_ARABIC = "\u0620-\u06ff\u0750-\u077f"
_STAR = r"\w{0,60}"
_JOINT_AT_STAR = re.compile(r"(?<=[\w.])[-/'·・](?=\*)|(?<=\*)[-/'·・](?=\w)")
_NO_WORD = re.compile(r"[^\w ]")
_ASCII_MARKED = {code: " " for code in range(128) if _NO_WORD.match(chr(code))}
_IS_LETTER = re.compile(_LETTER)
_IS_HANGUL = re.compile(f"[{HANGUL}]")
_IS_UNSPACED = re.compile(f"[{HAN_KANA}{UNSPACED}]")
_IS_ARABIC = re.compile(f"[{_ARABIC}]")
_REST_OF_WORD = re.compile(rf"{_LETTER}*")
_REST_OF_HANGUL = re.compile(f"[{HANGUL}]*")
_PARTICLE = (
    "은|는|이|가|을|를|의|에|에서|에게|에도|에는|에게서|께|께서|와|과|도|로|으로|로부터|으로부터|만|부터|까지|보다|처럼|마저|조차|이나|나|"
    "이라|라|이란|란|이며|며|이고|고|이다|다|인|들|측|산|식|사|발|용|서|엔|에겐|에선|한테|이랑|랑|뿐|밖에|대로|으론|론|이든|든|끼리|간|내|제|계|행"
)
_PARTICLES = re.compile(rf"(?:{_PARTICLE}){{0,3}}(?![{HANGUL}])")
CLITICS = ("و", "ف", "ب", "ك", "ل", "س", "ال", "وال", "فال", "بال", "كال", "لل", "ولل", "وب", "ول", "فب", "فل", "وبال")
"""What Arabic writes together with the word that follows; لل is ل with the article."""
_LONGEST_CLITIC = max(map(len, CLITICS))


class Edge(Enum):
    """What must stand beside a core: nothing asked, any letters (a star), a word's end, or a script's own rule."""

    NONE = "none"
    STAR = "star"
    WORD = "word"
    HANGUL = "hangul"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term made ready: `core` is what the automaton looks for, `before` and `after` what surrounds it in the term.

    `exact` is the term as it is written, capitals and accents, where these count.
    """

    core: str
    left: Edge
    right: Edge
    before: str = ""
    after: str = ""
    exact: str = ""

    @property
    def key(self) -> str:
        """What the automaton looks for in a text that went through `mark_words`: the core with the edges it can see."""
        left = " " if self.left in (Edge.WORD, Edge.HANGUL) else ""
        right = " " if self.right is Edge.WORD else ""
        return f"{left}{mark_words(self.core)}{right}"

    @property
    def indent(self) -> int:
        """How many characters of the key stand before the core."""
        return 1 if self.left in (Edge.WORD, Edge.HANGUL) else 0

    @property
    def is_sure(self) -> bool:
        """Tell whether the key alone is proof: no phrase, no capitals, no inner star, no particle, no clitic."""
        is_plain = self.core.replace("_", "a").isalnum() and not (self.before or self.after or self.exact)
        return is_plain and self.left is not Edge.ARABIC and self.right is not Edge.HANGUL

    def may_share(self, other: Pattern) -> bool:
        """Tell whether a hit of one may lie within a hit of the other: Huawei and Huawei*, trade and trade talks."""
        if self._has_star and other._has_star:
            return True
        return other.core in self._all_of_it or self.core in other._all_of_it

    @property
    def _has_star(self) -> bool:
        return Edge.STAR in (self.left, self.right)

    @property
    def _all_of_it(self) -> str:
        return f"{self.before} {self.core} {self.after}"

    def verify(self, section: Section, start: int, end: int) -> tuple[int, int] | None:
        """Check a candidate (offsets of `section.folded`) and return the whole hit, or None."""
        text = section.folded
        if not text.startswith(self.core, start):
            return None
        begin: int | None = start
        stop: int | None = end
        if self.after:
            stop = _match_ahead(text, end, self.after)
        elif self.right is not Edge.NONE:
            stop = _right_end(text, end, self.right)
        if stop is None:
            return None
        if self.before:
            begin = _match_behind(text, start, self.before)
        elif self.left is not Edge.NONE:
            begin = _left_end(text, start, self.left)
        if (
            begin is None
            or self._lacks_word(start, end, begin, stop)
            or (self.exact and not self._is_exact(section, begin, stop))
        ):
            return None
        return begin, stop

    def _lacks_word(self, start: int, end: int, begin: int, stop: int) -> bool:
        """Tell whether no word stands where a hyphen and a star ask for one."""
        return (begin == start and self.core[0] == " ") or (stop == end and self.core[-1] == " ")

    def _is_exact(self, section: Section, begin: int, stop: int) -> bool:
        first, last = section.original_span(begin, stop)
        written = part_scripts(join_words_keeping_letters(section.plain[first:last]))
        return written == self.exact or ("*" in self.exact and bool(_exact_shape(self.exact).fullmatch(written)))


def mark_words(folded: str) -> str:
    """Make every sign that belongs to no word a space, keeping every offset."""
    return folded.translate(_ASCII_MARKED) if folded.isascii() else _NO_WORD.sub(" ", folded)


def read_pattern(term: Term) -> Pattern:
    """Make a term ready."""
    exact = _trim(part_scripts(join_words_keeping_letters(term.text))) if term.is_exact else ""
    return _read_pattern(_trim(part_scripts(join_words(term.text))), exact)


def _trim(text: str) -> str:
    """Drop signs at the ends: no edge is kept for them ("U.S." is looked for as "u.s").

    A hyphen beside a star becomes the space that it is in a text: Sino-*, *-gate.
    """
    text = _JOINT_AT_STAR.sub(" ", text)
    start = next(i for i, c in enumerate(text) if c.isalnum() or c in "*_")
    stop = next(i for i in range(len(text), 0, -1) if text[i - 1].isalnum() or text[i - 1] in "*_")
    return " ".join(text[start:stop].split())


def _read_pattern(folded: str, exact: str) -> Pattern:
    pieces = folded.split("*")
    index = max(range(len(pieces)), key=lambda i: len(pieces[i]))
    core = pieces[index]
    before = "*".join(pieces[:index])
    after = "*".join(pieces[index + 1 :])
    left = Edge.STAR if index else _left_edge(core)
    right = Edge.STAR if index + 1 < len(pieces) else _right_edge(core)
    return Pattern(core, left, right, before, after, exact)


def _left_edge(core: str) -> Edge:
    if _IS_UNSPACED.match(core[0]):
        return Edge.NONE
    if _IS_HANGUL.match(core[0]):
        return Edge.HANGUL
    return Edge.ARABIC if _IS_ARABIC.match(core[0]) else Edge.WORD


def _right_edge(core: str) -> Edge:
    if _IS_UNSPACED.match(core[-1]):
        return Edge.NONE
    return Edge.HANGUL if _IS_HANGUL.match(core[-1]) else Edge.WORD


def _right_end(text: str, end: int, edge: Edge) -> int | None:
    """Find where a hit ends whose core ends here; None where the word goes on as it must not."""
    if edge is Edge.WORD:
        return None if _IS_LETTER.match(text, end) else end
    if edge is Edge.STAR:
        return _rest_of_word(text, end)
    return end if _PARTICLES.match(text, end) else None


def _rest_of_word(text: str, end: int) -> int:
    rest = _REST_OF_HANGUL if _IS_HANGUL.match(text, end - 1) else _REST_OF_WORD
    found = rest.match(text, end)
    return found.end() if found else end


def _left_end(text: str, start: int, edge: Edge) -> int | None:
    if edge is Edge.STAR:
        return _word_start(text, start)
    if edge is Edge.HANGUL:
        return None if _IS_HANGUL.match(text, start - 1) else start
    if not _IS_LETTER.match(text, start - 1):
        return start
    if edge is Edge.ARABIC:
        begin = _word_start(text, start)
        return begin if start - begin <= _LONGEST_CLITIC and text[begin:start] in CLITICS else None
    return None


def _word_start(text: str, start: int) -> int:
    while start > 0 and _IS_LETTER.match(text, start - 1):
        start -= 1
    return start


def _match_ahead(text: str, end: int, after: str) -> int | None:
    found = _ahead(after).match(text, end)
    return found.end() if found else None


def _match_behind(text: str, start: int, before: str) -> int | None:
    found = _behind(before).match(text[max(start - 200, 0) : start][::-1])
    return start - found.end() if found else None


@lru_cache(maxsize=4096)
def _ahead(after: str) -> re.Pattern[str]:
    """Build the pattern of what follows the core; it begins with a star."""
    end = "" if after.endswith("*") or _IS_UNSPACED.match(after[-1]) else rf"(?!{_LETTER})"
    return re.compile(_STAR + _STAR.join(map(re.escape, after.split("*"))) + end)


@lru_cache(maxsize=4096)
def _behind(before: str) -> re.Pattern[str]:
    """Build the pattern of what precedes the core, read backwards; it ends (so begins) with a star."""
    end = "" if before.startswith("*") or _IS_UNSPACED.match(before[0]) else rf"(?!{_LETTER})"
    return re.compile(_STAR + _STAR.join(re.escape(piece[::-1]) for piece in before.split("*")[::-1]) + end)


@lru_cache(maxsize=4096)
def _exact_shape(exact: str) -> re.Pattern[str]:
    return re.compile(_STAR.join(map(re.escape, exact.split("*"))))
