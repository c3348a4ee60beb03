"""Numbers that a text tells: their value, their unit and what they count; no dates, times, years or numbering."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.text import is_han_or_kana
from bot.stories.function_words import MOMENTS, WORDS
from bot.stories.number_words import (
    CLOCK_WORDS,
    CURRENCIES,
    HARM,
    LIST_WORDS,
    MODIFIERS,
    MULTIPLIERS,
    NUMBERING_WORDS,
    OWN_MULTIPLIERS,
    PERCENT,
    PERIOD_WORDS,
    RELATIVE_WORDS,
    SHORT_MOMENTS,
    SMALL_NUMBERS,
    TOLL_WORDS,
)

POINT_LANGUAGES = frozenset({"en", "zh", "ja", "ko", "he", "th"})
"""Languages that write 1,000.5; the others write 1.000,5."""
MOST_SHOWN = 40

_LATIN = r"A-Za-z\u00c0-\u024f"
_TENS = "万萬만亿億억兆조"
"""What East Asian numbers count in, larger before smaller: 1亿2000万."""


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_SYMBOLS = _alternatives(
    word for word in CURRENCIES if not word.isalpha() or word in {"usd", "eur", "gbp", "cny", "rmb"}
)
_NUMBER = re.compile(
    rf"(?<![\d_{_LATIN}])(?<![\d{_LATIN}][-–/:.,])(?P<currency>{_SYMBOLS})?\s?"
    r"(?P<digits>\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?)"
    rf"(?:[\s-]?(?P<multiplier>{_alternatives(MULTIPLIERS)})\.?(?![{_LATIN}]))?"
    rf"(?:(?<=[{_TENS}])(?P<rest>\d{{1,4}}(?P<rest_multiplier>[{_TENS}])?)(?![{_LATIN}\d.,]))?"
    rf"(?:[\s-]?(?P<percent>{_alternatives(PERCENT)})(?![{_LATIN}]))?"
    rf"(?:\s?(?:d['’]|d[ei]\s)?(?P<unit>{_alternatives(CURRENCIES)})(?![{_LATIN}]))?"
    rf"(?:(?<=[{_TENS}])|(?![_{_LATIN}\d]|[-–/:.,]\d|[-–][{_LATIN}]))",
    re.IGNORECASE,
)
_HUNDREDTHS = re.compile(r"百分之(\d+(?:\.\d+)?)")
_PARENTHESIS = re.compile(r"\([^()]*\)|（[^（）]*）")
_BEFORE = re.compile(rf"([{_LATIN}.°']+|[#§第])\s?$")
_AFTER = re.compile(r"\s?((?:\d[A-Z][\s-])?[^\W\d_]+(?:['’-][^\W\d_]+)*)")
_CLOCK_HAN = re.compile(r"\s?(?:[年月日号號时時点點分秒届屆期次岁歲]|[天周週][前后後内內])")
_TOLL = re.compile(rf"(?:{_alternatives(TOLL_WORDS)})[^.;!?\n]{{0,40}}$", re.IGNORECASE)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[.;:!?\n—–|。；：！？]")
_HARMED_HAN = re.compile(r"([二三四五六七八九十两兩])[人名]")
_ALL_SMALL = {word: value for known in SMALL_NUMBERS.values() for word, value in known.items()}
_YEARS = range(1900, 2101)
_MOMENT_WORDS = MOMENTS | SHORT_MOMENTS | {"may", "march", "mars"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number; `unit` is %, a currency or "" (a count), `shown` what stands in the text, with the thing it counts."""

    value: float
    unit: str
    shown: str


def find_quantities(text: str, language: str | None) -> list[Quantity]:
    """List the numbers that say how many or how much; those in parentheses are conversions and asides."""
    found = [quantity for match in _matches(text) if (quantity := _read(match, text, language)) is not None]
    return found + list(_find_harmed(text, language))


def find_values(text: str, language: str | None) -> list[Quantity]:
    """List every number of a text, whatever it stands for, small number words too: what has been said."""
    values = [Quantity(_value(found, language), _unit(found), found[0]) for found in _NUMBER.finditer(text)]
    values += [Quantity(float(found[1]), "%", found[0]) for found in _HUNDREDTHS.finditer(text)]
    small = _small_numbers(language)
    for word in _WORD.findall(text.casefold()):
        numerals = [word] if word in small else [c for c in word if is_han_or_kana(c)]
        values += [Quantity(float(small[n]), "", n) for n in numerals if n in small]
    return values


def _find_harmed(text: str, language: str | None) -> Iterator[Quantity]:
    """Find numbers in words that count people who came to harm: «three workers killed»; of others they are no news."""
    primary = (language or "").split("-")[0].casefold()
    small, harm = SMALL_NUMBERS.get(primary, {}), HARM.get(primary, ())
    for clause in _CLAUSE.split(text):
        if primary == "zh":
            found = _HARMED_HAN.search(clause)
            if found and any(word in clause for word in harm):
                yield Quantity(float(small[found[1]]), "", found[0])
            continue
        words = _WORD.findall(clause)
        if not any(word.casefold().startswith(harm) for word in words):
            continue
        for index, word in enumerate(words):
            if word.casefold() in small and not _is_period(words, index):
                yield Quantity(float(small[word.casefold()]), "", " ".join(words[index : index + 2]))


def _is_period(words: Sequence[str], index: int) -> bool:
    following = words[index + 1].casefold() if index + 1 < len(words) else ""
    return following in PERIOD_WORDS or following in CLOCK_WORDS


def _small_numbers(language: str | None) -> Mapping[str, int]:
    """Return the numbers in words of a language, of all where we do not know it."""
    return SMALL_NUMBERS.get((language or "").split("-")[0].casefold(), _ALL_SMALL)


def is_restated(new: Quantity, said: Quantity) -> bool:
    """Tell whether a number only says again what was said: the same, rounded, more exact, or another estimate."""
    if new.unit != said.unit and ((new.unit and said.unit) or "%" in {new.unit, said.unit}):
        return False
    if math.isclose(new.value, said.value, rel_tol=1e-6):
        return True
    is_coarse = new.value >= 100 or not new.value.is_integer() or not said.value.is_integer()
    if is_coarse and math.isclose(_round_like(said.value, new.value), new.value, rel_tol=1e-6):
        return True
    is_fine = new.value >= 1e4 or not new.value.is_integer()
    if is_fine and math.isclose(_round_like(new.value, said.value), said.value, rel_tol=1e-6):
        return True
    return new.value >= 1000 and abs(new.value - said.value) <= 0.05 * new.value


def _matches(text: str) -> Iterator[re.Match[str]]:
    asides = [found.span() for found in _PARENTHESIS.finditer(text)]
    for found in _NUMBER.finditer(text):
        if not any(start <= found.start() < end for start, end in asides):
            yield found


def _read(found: re.Match[str], text: str, language: str | None) -> Quantity | None:
    value, unit = _value(found, language), _unit(found)
    if text[: found.start()].endswith("百分之"):
        return Quantity(value, "%", f"{found[0].strip()}%")
    if unit or found["multiplier"]:
        return Quantity(value, unit, _shown(found, text, language, is_measured=True))
    if value < 2 or _is_numbering(found, text) or _is_moment(found, text):
        return None
    if found["digits"].isdigit() and int(value) in _YEARS:
        return None
    shown = _shown(found, text, language, is_measured=False)
    return Quantity(value, unit, shown) if shown else None


def _value(found: re.Match[str], language: str | None) -> float:
    digits = found["digits"].replace("’", "'").replace("'", "").replace(" ", "")
    point = "." if (language or "").split("-")[0].casefold() in POINT_LANGUAGES else ","
    parts = re.split(r"[.,]", digits)
    is_decimal = len(parts) > 1 and (
        len(parts[-1]) != 3 or (digits[-4] == point and len(parts) == 2) or parts[0] == "0"
    )
    number = float("".join(parts[:-1]) + "." + parts[-1]) if is_decimal else float("".join(parts))
    rest = found["rest"]
    more = float(rest.rstrip(_TENS)) * _multiplier(found["rest_multiplier"], language) if rest else 0.0
    return number * _multiplier(found["multiplier"], language) + more


def _multiplier(word: str | None, language: str | None) -> float:
    if word is None:
        return 1.0
    own = OWN_MULTIPLIERS.get((language or "").split("-")[0], {})
    return own.get(word.casefold(), MULTIPLIERS[word.casefold()])


def _unit(found: re.Match[str]) -> str:
    if found["percent"]:
        return "%"
    name = (found["currency"] or found["unit"] or "").casefold()
    return CURRENCIES.get(name, "")


def _is_numbering(found: re.Match[str], text: str) -> bool:
    before = _BEFORE.search(text[: found.start("digits")])
    after = _AFTER.match(text, found.end())
    counted = after[1].casefold() if after else ""
    if before is not None and (before[1] in "#§第" or before[1].casefold() in NUMBERING_WORDS):
        return True
    return counted in LIST_WORDS or any(counted.startswith(word) for word in LIST_WORDS if is_han_or_kana(word[0]))


def _is_moment(found: re.Match[str], text: str) -> bool:
    """Tell a date or a clock time by the words around it."""
    if _CLOCK_HAN.match(text, found.end()):
        return True
    before = _BEFORE.search(text[: found.start("digits")])
    if before is not None and before[1].casefold().rstrip(".") in _MOMENT_WORDS:
        return True
    rest = text[found.end() :].removeprefix(".")
    after = re.match(rf"\s?(?:de\s)?([{_LATIN}.']+)(?:\s([{_LATIN}]+))?", rest)
    if after is None:
        return False
    word = after[1].casefold()
    if word in PERIOD_WORDS:
        beside = {before[1].casefold() if before else "", (after[2] or "").casefold()}
        return not beside.isdisjoint(RELATIVE_WORDS)
    return word in CLOCK_WORDS or word.rstrip(".") in _MOMENT_WORDS


def _shown(found: re.Match[str], text: str, language: str | None, *, is_measured: bool) -> str:
    """Return the number with the thing it counts, "" for a bare number that counts nothing."""
    end = found.end()
    function_words = WORDS.get((language or "en").split("-")[0], WORDS["en"])
    counted = _AFTER.match(text, end)
    if is_measured and _HANGUL.match(text, end):  # a particle: «9억 달러로»
        return text[found.start() : end].strip()[:MOST_SHOWN]
    if counted is not None and is_han_or_kana(counted[1][0]):
        end = end if is_measured else min(counted.end(), counted.start(1) + 3)
    elif counted is not None and counted[1].casefold() not in function_words:
        end = counted.end()
        further = _AFTER.match(text, end)
        is_more = counted[1].casefold() in MODIFIERS
        if further is not None and (is_more or _is_compound(counted[1], further[1], language)):
            end = further.end()
    elif not is_measured and not _TOLL.search(text[: found.start()]):
        return ""
    return text[found.start() : end].strip()[:MOST_SHOWN]


def _is_compound(first: str, second: str, language: str | None) -> bool:
    """Tell an English compound («network contracts»): the counted thing is the plural that follows."""
    return (language or "").startswith("en") and not first.endswith("s") and second.endswith("s") and second.islower()


def _round_like(value: float, model: float) -> float:
    """Round a value to as many significant digits as the model is written with."""
    digits = f"{model:.10g}".replace(".", "").strip("0").lstrip("0") or "0"
    significant = len(digits.split("e")[0])
    if value == 0:
        return 0.0
    return round(value, significant - 1 - math.floor(math.log10(abs(value))))
