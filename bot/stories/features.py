"""What an article is compared by: the words of its title and, lightly, of its lead; and the language they are in."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.text import HAN_KANA, fold, is_han_or_kana, tokens
from bot.stories.function_words import MOMENTS, WORDS
from bot.stories.stems import stem

TITLE_CHARS = 400
LEAD_CHARS = 750
LEAD_TERMS = 50
LEAD_STRENGTH = 1.0
LEAST_TOLD = 8
"""Fewer words may happen to be those of another language."""

_FUNCTION_WORDS = {language: frozenset(fold(word) for word in words) for language, words in WORDS.items()}
_MOMENTS = frozenset(fold(word) for word in MOMENTS)
_LANGUAGES_OF = {
    word: tuple(language for language, known in _FUNCTION_WORDS.items() if word in known)
    for word in frozenset().union(*_FUNCTION_WORDS.values())
}
_THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_ELISION = re.compile(r"\b(?:[ldjnsc]|qu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_HAN_PARTICLE = re.compile(r"[的了]")
_ELLIPSIS = re.compile(r"\s*(?:\.\.\.|…)\s*$")
_TAIL = re.compile(r"\s+[-–—|]\s+([^-–—|]{2,40})$")
_HEAD = re.compile(
    r"^(?:live(?:blog| updates?)?|breaking(?: news)?|update(?: \d+)?|exclusive|opinion|analysis|video|watch|podcast|"
    r"explainer|eilmeldung|kommentar|analyse|liveticker|exclusief|column|beeld|en direct|direct|exclusif|tribune|"
    r"en vivo|directo|última hora|opinión|快讯|快訊|直播|视频|視頻|独家|獨家|突发|突發)\s*[:：|\-–—]\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN_KANA = re.compile(f"[{HAN_KANA}]")
_SCRIPTS = tuple(
    (name, re.compile(f"[{letters}]"))
    for name, letters in (("ru", "\u0400-\u052f"), ("ar", "\u0600-\u06ff"), ("ko", "\uac00-\ud7af"))
)
_OWN_SCRIPTS = frozenset({"zh", "ja", *(name for name, _ in _SCRIPTS)})
_OTHER_SCRIPT = re.compile(f"[\u0400-\u052f\u0600-\u06ff\uac00-\ud7af{HAN_KANA}]")


@dataclass(frozen=True, slots=True)
class Features:
    """Terms with their strength in the article (before any frequency is known); title terms count most."""

    language: str
    strengths: dict[str, float]
    title_terms: frozenset[str]


def extract_features(
    title: str, text: str, *, label: str | None, outlet: str = "", year: int | None = None
) -> Features:
    """Read an article's terms, but for the year it is of itself; a 200 kB text costs no more than its lead."""
    title, lead = title[:TITLE_CHARS], text[:LEAD_CHARS]
    language = tell_language(f"{title} {lead}", label)
    in_title = Counter(read_terms(strip_title(title, outlet), language))
    strengths = {term: 1.0 + math.log(count) for term, count in in_title.items()}
    for term in dict.fromkeys(read_terms(lead, language)[:LEAD_TERMS]):
        strengths[term] = strengths.get(term, 0.0) + LEAD_STRENGTH
    strengths.pop(str(year), None)
    in_title.pop(str(year), None)
    return Features(language=language, strengths=strengths, title_terms=frozenset(in_title))


def read_terms(text: str, language: str) -> list[str]:
    """Cut into comparable words: no function words, dates or single letters; Han and kana as bigrams."""
    text = _DECIMAL.sub("_", _THOUSANDS.sub("", text))
    text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    ignored = _FUNCTION_WORDS.get(language, frozenset())
    found = []
    for word in tokens(_HAN_PARTICLE.sub(" ", text)):
        if word in ignored or word in _MOMENTS or (len(word) < 2 and not word.isdigit()):
            continue
        found.append(stem(word, language))
    return found


def strip_title(title: str, outlet: str = "") -> str:
    """Take off what a title carries besides its news: «Live:», an ellipsis, the outlet's name at the end."""
    title = _HEAD.sub("", _ELLIPSIS.sub("", title.strip()))
    tail = _TAIL.search(title)
    if tail is None:
        return title
    words = set(_WORD.findall(fold(tail[1])))
    is_outlet = bool(words & set(_WORD.findall(fold(outlet))))
    is_name = "|" in tail[0] and all(word[:1].isupper() for word in _WORD.findall(tail[1]))
    return title[: tail.start()] if is_outlet or (is_name and len(title[: tail.start()].split()) >= 4) else title


def title_key(title: str, outlet: str = "") -> str:
    """Return what stays the same in a title that an outlet uses again and again: without numbers, dates and case."""
    words = (word for word in _WORD.findall(_DIGITS.sub(" ", fold(strip_title(title, outlet)))))
    return " ".join(word for word in words if word not in _MOMENTS)


def tell_language(text: str, label: str | None) -> str:
    """Tell the language that a text is compared in: the label, unless script or function words clearly say another."""
    return _tell_language(text, label, None)


def is_written_in(text: str, language: str) -> bool:
    """Tell whether a text may be in a language: whether neither script nor function words clearly say another."""
    primary = language.replace("_", "-").split("-", 1)[0].casefold()
    script = _script(text)
    if script != "latin":
        return script == primary or primary not in _OWN_SCRIPTS | WORDS.keys()
    if primary in _OWN_SCRIPTS:
        return False
    return primary not in WORDS or len(tokens(text)) < LEAST_TOLD or tell_language(text, language) == primary


def _tell_language(text: str, label: str | None, words: Sequence[str] | None) -> str:
    labelled = (label or "").replace("_", "-").split("-", 1)[0].casefold()
    script = _script(text)
    if script != "latin":
        return script if script in {"zh", "ja"} else labelled or script
    if labelled in {"zh", "ja"}:
        labelled = ""
    words = tokens(text) if words is None else words
    counts = dict.fromkeys(WORDS, 0)
    for word in words:
        for language in _LANGUAGES_OF.get(word, ()):
            counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    lead = counts[best] - counts.get(labelled, 1)
    is_clear = (lead >= 3 and 4 * counts[best] >= len(words)) or (lead >= 2 and 2 * counts[best] >= len(words))
    if labelled and not is_clear:
        return labelled
    return best if counts[best] >= 2 else labelled or "und"


def weigh_evidence(terms: Iterable[str]) -> float:
    """Count terms as words: a Han or kana bigram is half a word, since bigrams overlap."""
    return sum(0.5 if is_han_or_kana(term[0]) else 1.0 for term in terms)


def _script(text: str) -> str:
    if text.isascii() or not _OTHER_SCRIPT.search(text):
        return "latin"
    letters = len(_LETTER.findall(text))
    kana, han = len(_KANA.findall(text)), len(_HAN_KANA.findall(text))
    if han * 4 >= letters:
        return "ja" if kana * 5 >= han else "zh"
    for name, letter in _SCRIPTS:
        if 2 * len(letter.findall(text)) >= letters:
            return name
    return "latin"
