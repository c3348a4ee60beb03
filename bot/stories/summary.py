"""Two or three sentences that tell an article, taken from the article itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.text import fold, shorten, tokens
from bot.stories.features import weigh_evidence
from bot.stories.sentences import is_heading, split_sentences

READ_CHARS = 6_000
READ_SENTENCES = 12
SENTENCES = 3
LIMIT = 480
LEAST_EVIDENCE = 3.0
LEAD_BONUS = (1.2, 1.1, 1.0)
TERM_BONUS = 0.3
NUMBER_BONUS = 0.15
NAME_BONUS = 0.05
MOST_NAMES = 3

_DATELINE = re.compile(
    r"^[^()（）.!?]{0,40}[(（]\s?(?:reuters|ap|afp|dpa|anp|belga|efe|ansa|xinhua|bloomberg|cnn)\s?[)）]\s?(?:[-–—]{1,2}\s)?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<=[^.!?…:\"“„«] )[^\W\d_][\w’'-]+")
_MORE = re.compile(
    r"^(?:read (?:more|on|the full)|continue reading|click here|sign up|subscribe|follow us|lees (?:meer|verder)|"
    r"weiterlesen|mehr (?:lesen|dazu)|lire (?:la suite|aussi)|leer más|sigue leyendo|阅读全文|閱讀全文|更多)",
    re.IGNORECASE,
)


def summarize(
    title: str, text: str, *, terms: Sequence[str] = (), sentences: int = SENTENCES, limit: int = LIMIT
) -> str:
    """Choose the sentences that tell most, in their order: the lead first, then those with topic terms and numbers.

    `limit` counts characters. A sentence is cut only where none fits whole; what only repeats the title is left out,
    and a text that says no more than its title gives "".
    """
    return _join(choose_sentences(title, text, terms=terms, sentences=sentences, limit=limit))


def choose_sentences(
    title: str, text: str, *, terms: Sequence[str] = (), sentences: int = SENTENCES, limit: int = LIMIT
) -> list[str]:
    """Return the sentences of a summary one by one; see `summarize`."""
    candidates = _candidates(title, text)
    if not candidates:
        return []
    folded_terms = [fold(term) for term in terms if term.strip()]
    ranked = sorted(range(len(candidates)), key=lambda i: (-_score(i, candidates[i], folded_terms), i))
    chosen: list[int] = []
    for index in ranked:
        if len(chosen) == sentences:
            break
        if _length(candidates, [*chosen, index]) <= limit and not _repeats(candidates, chosen, index):
            chosen.append(index)
    return [candidates[i] for i in sorted(chosen)] if chosen else [shorten(candidates[0], limit)]


def _candidates(title: str, text: str) -> list[str]:
    """Return the first sentences that are no repetition of the title and no call to read on."""
    found = split_sentences(_DATELINE.sub("", text[:READ_CHARS]))
    if len(text) > READ_CHARS and len(found) > 1:
        found.pop()
    title_words = set(tokens(title))
    said: list[str] = []
    for sentence in found[: 2 * READ_SENTENCES]:
        words = tokens(sentence)
        is_title = bool(words) and _share(words, title_words) > 0.9
        if is_heading(sentence) and len(found) > 1:
            continue
        if weigh_evidence(words) >= LEAST_EVIDENCE and not is_title and not _MORE.match(sentence):
            said.append(sentence)
    return said[:READ_SENTENCES]


def _score(index: int, sentence: str, terms: Sequence[str]) -> float:
    position = LEAD_BONUS[index] if index < len(LEAD_BONUS) else 0.3 / (index - 1)
    folded = fold(sentence)
    hits = sum(term in folded for term in terms)
    is_question = sentence.rstrip("\"'”’」』")[-1:] in "?？"
    return (
        position
        + TERM_BONUS * min(hits, 2)
        + (NUMBER_BONUS if _DIGIT.search(sentence) else 0.0)
        + NAME_BONUS * min(sum(found[0][0].isupper() for found in _NAME.finditer(sentence)), MOST_NAMES)
        - (0.4 if is_question else 0.0)
    )


def _repeats(candidates: Sequence[str], chosen: Sequence[int], index: int) -> bool:
    words = tokens(candidates[index])
    return any(_share(words, set(tokens(candidates[i]))) > 0.8 for i in chosen)


def _share(words: Sequence[str], known: set[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _length(candidates: Sequence[str], chosen: Sequence[int]) -> int:
    return len(_join([candidates[i] for i in sorted(chosen)]))


def _join(sentences: Sequence[str]) -> str:
    """Put sentences together, without a space after Chinese and Japanese marks."""
    joined = ""
    for sentence in sentences:
        space = "" if not joined or (joined[-1] in "。！？”」』" and not sentence[0].isascii()) else " "
        joined += space + sentence
    return joined
