"""How far a thing has come, as a text tells it: stages of decisions, cases and talks, in thirteen languages.

text -> the words of a stage -> not where they are only planned, possible or denied
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.text import fold, is_han_or_kana
from bot.stories.court_words import COURT_WORDS
from bot.stories.lexicon import Hit, Lexicon
from bot.stories.police_words import POLICE_WORDS
from bot.stories.stage_words import LAW_WORDS
from bot.stories.turn_words import TURN_WORDS

_WORDS = LAW_WORDS | COURT_WORDS | TURN_WORDS | POLICE_WORDS
RANKS: dict[str, tuple[str, int]] = {
    "considers": ("law", 1),
    "proposes": ("law", 2),
    "agrees": ("law", 3),
    "decides": ("law", 4),
    "signs": ("law", 5),
    "wins": ("law", 5),
    "in_force": ("law", 6),
    "investigates": ("court", 1),
    "sues": ("court", 2),
    "rules": ("court", 3),
    "appeals": ("court", 4),
}
"""The stages that follow one another, on their track; the others are turns, which can come at any time."""
MOTIONS = frozenset({"rises", "falls", "confirms", "wins"})
"""What tells nothing by itself, only against its opposite."""
OPPOSITES: dict[str, frozenset[str]] = {
    "rises": frozenset({"falls"}),
    "falls": frozenset({"rises"}),
    "suspends": frozenset({"resumes"}),
    "resumes": frozenset({"suspends", "collapses"}),
    "collapses": frozenset({"agrees", "resumes"}),
    "freed": frozenset({"arrests"}),
    "rejects": frozenset({"decides", "agrees"}),
    "agrees": frozenset({"rejects", "collapses"}),
    "decides": frozenset({"rejects", "withdraws"}),
    "withdraws": frozenset({"decides", "proposes", "signs", "in_force"}),
    "struck_down": frozenset({"decides", "signs", "in_force", "rules"}),
    "acquits": frozenset({"rules", "sues"}),
    "confirms": frozenset({"denies"}),
    "denies": frozenset({"confirms"}),
}
"""What a stage turns round, where the story told that before."""

_PLANNED = """
en: to, will, would, may, might, could, should, must, can, not, never, plans, plan, set to, expected, if, unless, until,
    before, soon, due to, about to,
    won't, doesn't, didn't, isn't, hasn't, refuses, wants, hopes, likely, yet, without, urged
nl: zal, zullen, wil, willen, moet, moeten, kan, kunnen, zou, zouden, mag, niet, nog, als, geen, voordat, mogelijk,
    gaat, binnenkort, straks
de: soll, sollen, bald, demnächst, will, wollen, könnte, könnten, kann, muss, nicht, kein, keine, bevor, wenn, falls,
    möchte
fr: va, vont, doit, doivent, devrait, devraient, pourrait, pourraient, peut, veut, ne, n', avant, si, bientôt,
    prochainement, sera
es: va a, van a, debe, debería, podría, podrían, puede, quiere, no, si, antes, sin, será, planea, pronto
it: potrebbe, potrebbero, dovrebbe, deve, vuole, non, prima, se, sarà
pt: vai, vão, deve, deveria, poderia, pode, quer, não, antes, se, será
pl: może, mogą, ma, chce, nie, jeśli, zanim, będzie, planuje
ru: может, могут, будет, будут, хочет, планирует, намерен, намерена, не, если, должен, должна
ar: قد, لن, لم, سوف, لا, إذا, قبل
"""
_PLANNED_HAN = (
    "将",
    "將",
    "拟",
    "擬",
    "可能",
    "不",
    "未",
    "没有",
    "計画",
    "计划",
    "准备",
    "若",
    "如",
    "望",
    "或",
    "即将",
    "要求",
    "呼吁",
    "促",
)
_PLANNED_AFTER = (
    "予定",
    "方針",
    "見通し",
    "へ",
    "も検討",
    "예정",
    "방침",
    "계획",
    "할 듯",
    "하지 않",
    "圧力",
    "要求",
    "求め",
)
_MUST = frozenset({"must", "moet", "moeten", "muss", "müssen", "doit", "doivent", "debe", "deben", "deve", "devono"})
_CLAUSE = re.compile(r"[,;:.!?–—|()\"“”«»]")
_AGREEING: dict[str, dict[str, tuple[str, ...]]] = {
    "fr": {"é": ("és", "ée", "ées"), "du": ("dus", "due", "dues")},
    "es": {"ado": ("ada", "ados", "adas"), "ido": ("ida", "idos", "idas")},
    "it": {"ato": ("ata", "ati", "ate"), "ito": ("ita", "iti", "ite"), "uto": ("uta", "uti", "ute")},
    "pt": {"ado": ("ada", "ados", "adas"), "ido": ("ida", "idos", "idas")},
    "ru": {
        "ил": ("ила", "ило", "или"),
        "ал": ("ала", "ало", "али"),
        "ен": ("ена", "ено", "ены"),
        "ан": ("ана", "ано", "аны"),
    },
}
_NOUN_AFTER = re.compile(r"\s(?:of|van|von)\s")
"""«signs of», «reviews of»: things and not what somebody does."""
BEFORE_WORDS = 3
BEFORE_CHARS = 60
BEFORE_HAN = 4
AFTER_CHARS = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage told in a text; `shown` is the word that tells it."""

    key: str
    shown: str

    @property
    def track(self) -> str:
        """Return the track of a stage that follows others, "" of a turn."""
        return RANKS.get(self.key, ("", 0))[0]

    @property
    def rank(self) -> int:
        """Return how far on its track a stage is, 0 for a turn."""
        return RANKS.get(self.key, ("", 0))[1]


def find_stages(text: str, language: str | None) -> list[Stage]:
    """List the stages that a text tells as happening or happened, in its order, each once.

    The words of its own language count; where that is not known, those of all.
    """
    found: dict[str, Stage] = {}
    primary = (language or "").replace("_", "-").split("-")[0].casefold()
    for hit in _lexicon(primary).find(text):
        is_noun = _NOUN_AFTER.match(text, hit.end) is not None
        if hit.key not in found and not is_noun and (hit.key == "considers" or not _is_planned(text, hit, primary)):
            found[hit.key] = Stage(hit.key, text[hit.start : hit.end])
    return list(found.values())


def _is_planned(text: str, hit: Hit, language: str) -> bool:
    """Tell by the words just before, or in Japanese and Korean after, that something has not happened (yet)."""
    first = text[hit.start]
    if is_han_or_kana(first) or "\uac00" <= first <= "\ud7a3":
        before = text[max(0, hit.start - BEFORE_HAN) : hit.start]
        after = text[hit.end : hit.end + AFTER_CHARS]
        return any(word in before for word in _PLANNED_HAN) or any(word in after for word in _PLANNED_AFTER)
    clause = _CLAUSE.split(fold(text[max(0, hit.start - BEFORE_CHARS) : hit.start]))[-1]
    # «Must» is what a court says of who was found guilty.
    near = [word for word in clause.split()[-BEFORE_WORDS:] if hit.key != "rules" or word not in _MUST]
    return _planned(language).search(" ".join(near)) is not None


@lru_cache(maxsize=32)
def _planned(language: str) -> re.Pattern[str]:
    spoken = _lines(_PLANNED)
    words = {word for line in ([spoken[language]] if language in spoken else spoken.values()) for word in line}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?:(?!\w)|(?<='))")


@lru_cache(maxsize=32)
def _lexicon(language: str) -> Lexicon:
    """Make the words of a language, or of all where we do not know it."""
    spoken = {key: _lines(rows) for key, rows in _WORDS.items()}
    languages = {code for rows in spoken.values() for code in rows}
    asked = {language} if language in languages else languages
    return Lexicon(
        (word, key) for key, rows in spoken.items() for code, words in rows.items() if code in asked for word in words
    )


def _agree(word: str, language: str) -> list[str]:
    """List the forms of a participle, or of a Russian past, that agree with one or many, he or she."""
    for end, others in _AGREEING.get(language, {}).items():
        if word.endswith(end) and " " not in word and len(word) > len(end) + 2:
            return [word, *(word.removesuffix(end) + other for other in others)]
    return [word]


def _lines(rows: str) -> dict[str, list[str]]:
    """Read rows «en: word, two words» (which may go on on the next line) as words by language."""
    read: dict[str, list[str]] = {}
    for code, words in re.findall(r"([a-z]{2}): ((?:(?!\n\s*[a-z]{2}: ).)*)", rows, re.DOTALL):
        forms = [form for word in words.split(",") if word.strip() for form in _agree(" ".join(word.split()), code)]
        read[code] = list(dict.fromkeys(map(fold, forms)))
    return read
