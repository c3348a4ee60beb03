"""Words into headlines and paragraphs, from a seeded generator: nothing here means anything, except the affairs."""

from __future__ import annotations

import html
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

AFFAIRS_PER_LANGUAGE = 40
"""How many watched events there are to tell of in one language and version."""
RARE_SHARE = 0.4
"""Of a hundred words, how many are drawn from thousands of made-up ones: else all the news would be one story."""
_DATA = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What is written in a language; `share` is of a hundred feeds."""

    code: str
    share: int
    is_spaced: bool
    words: tuple[str, ...]
    letters: str
    affairs: tuple[str, ...]


@cache
def _load() -> tuple[tuple[Language, ...], tuple[str, ...]]:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    languages = tuple(
        Language(
            code=code,
            share=row["share"],
            is_spaced=row["spaced"],
            words=tuple(row["words"].split()),
            letters="".join(sorted(set(row["words"]) - set(" \n"))),
            affairs=tuple(row["affairs"]),
        )
        for code, row in data["languages"].items()
    )
    return languages, tuple(data["syllables"].split())


def choose_language(random: Random) -> Language:
    """Draw a language by its share."""
    languages, _ = _load()
    return random.choices(languages, [language.share for language in languages])[0]


def make_name(random: Random) -> str:
    """Make up a name of two or three syllables."""
    _, syllables = _load()
    return "".join(random.choices(syllables, k=random.randint(2, 3))).capitalize()


def make_affair(seed: int, version: int, language: Language, number: int) -> str:
    """Tell the headline of a watched event: the same in every feed that tells of it."""
    random = Random(f"{seed}/affair/{version}/{language.code}/{number}")
    template = random.choice(language.affairs)
    return template.format(place=make_name(random), year=random.randint(2027, 2035), number=random.randint(2, 90))


def make_headline(random: Random, language: Language) -> str:
    """Make a headline of five to eleven words, one of them a name."""
    words = [_draw(random, language) for _ in range(random.randint(5, 11))]
    words[random.randrange(len(words))] = make_name(random)
    if not language.is_spaced:
        return "".join(words)
    line = " ".join(words)
    line = line[0].upper() + line[1:]
    return line.replace(" ", " & ", 1) if random.random() < 0.08 else line


def make_text(random: Random, language: Language, size: int) -> str:
    """Make sentences of about `size` bytes in UTF-8, with names and numbers among the words."""
    sentences: list[str] = []
    while size > 0:
        sentences.append(_make_sentence(random, language))
        size -= len(sentences[-1].encode()) + 1
    return (" " if language.is_spaced else "").join(sentences)


def make_body(random: Random, language: Language, size: int, site: str) -> str:
    """Make paragraphs of HTML of about `size` bytes, now and then with an image, a link, bold or entities."""
    parts: list[str] = []
    if random.random() < 0.5:
        parts.append(f'<p><img src="{site}/img/{random.randrange(10**6)}.jpg" width="640" height="360" alt="" /></p>')
    while size > 0:
        text = html.escape(make_text(random, language, random.randint(150, 500)), quote=False)
        parts.append(f"<p>{_dress(random, text, site)}</p>\n")
        size -= len(parts[-1].encode())
    return "".join(parts)


def _make_sentence(random: Random, language: Language) -> str:
    words = [_draw(random, language) for _ in range(random.randint(6, 16))]
    if random.random() < 0.8:
        words[random.randrange(len(words))] = make_name(random)
    if random.random() < 0.3:
        words[random.randrange(len(words))] = str(random.randint(2, 2030))
    return " ".join(words).capitalize() + "." if language.is_spaced else "".join(words) + "。"


def _dress(random: Random, text: str, site: str) -> str:
    kind = random.random()
    if kind < 0.3:
        tag = f"{site}/tag/{random.randrange(999)}?utm_source=rss&amp;utm_medium=feed"
        return f'{text} <a href="{tag}">{make_name(random)}</a>'
    if kind < 0.45:
        return f"<strong>{text}</strong>"
    return f"{text}&nbsp;&hellip;" if kind < 0.55 else text


def _draw(random: Random, language: Language) -> str:
    """Draw a word: a rare one, or an everyday one, the first of the list more often."""
    if random.random() >= RARE_SHARE:
        return language.words[int(len(language.words) * random.random() ** 1.4)]
    if not language.is_spaced:
        return "".join(random.choices(language.letters, k=2))
    _, syllables = _load()
    return "".join(random.choices(syllables, k=3))
