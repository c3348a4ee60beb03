"""How fast texts are matched: `python -m benchmarks.match [TEXTS.jsonl …] [--texts N] [--topics N]`.

Topics of two terms each over texts of two kilobytes, made of invented words or cut from {"title", "text"} lines. All
of ours (normalise, automaton, edges, tree) stands beside normalising and a bare automaton over the same terms, and
beside a naive loop, one `re` alternation and, where it is installed, flashtext. Processor time, the parts taking turns
text by text so that a busy machine slows all of them; the best of several rounds.

Exit code 1 where ours takes more than twice the bare automaton on any kind of text, or building more than two seconds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import ahocorasick

from bot.domain.models import Clause, Topic, TopicId
from bot.domain.query import Term
from bot.domain.text import is_han_or_kana
from bot.topics.library import Library
from bot.topics.matcher import Matcher, build_matcher
from bot.topics.terms import read_pattern
from bot.topics.texts import ArticleText, read_sections

try:
    from flashtext import KeywordProcessor
except ImportError:
    KeywordProcessor = None

SIZE = 2_000
"""Bytes of a text, as UTF-8: two thousand letters, or a third as many of Han."""
TITLE = 80
MOST_RATIO = 2.0
MOST_SECONDS = 2.0
ROUNDS = 9
SLOW_TEXTS = 3
"""The alternation takes a fifth of a second a text."""
_WORD = re.compile(r"[^\W\d_]{3,}")
Match = Callable[[ArticleText], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Texts, and the words that all of them are made of, commonest first."""

    name: str
    texts: Sequence[ArticleText]
    words: Sequence[str]


def invent(name: str, letters: Sequence[str], rng: random.Random, *, gap: str = " ", count: int = 100) -> Corpus:
    """Write texts of invented words that are as unevenly common as words are."""
    words = list(dict.fromkeys("".join(rng.choices(letters, k=rng.randint(1, 4))) for _ in range(60_000)))
    weights = [1 / (rank + 3) for rank in range(len(words))]
    texts = []
    for _ in range(count):
        drawn = rng.choices(words, weights, k=SIZE)
        texts.append(_article(_cut(gap.join(w + ("." if rng.random() < 0.07 else "") for w in drawn), 0)))
    return Corpus(name=name, texts=texts, words=words)


def read(path: Path, count: int) -> Corpus:
    """Cut texts out of a file; shorter ones are joined."""
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    whole = " ".join(" ".join(f"{row.get('title') or ''}. {row.get('text') or ''}".split()) for row in rows)
    texts: list[ArticleText] = []
    start = 0
    while len(texts) < count and start < len(whole):
        cut = _cut(whole, start)
        texts.append(_article(cut))
        start += len(cut)
    counts: Counter[str] = Counter()
    for run in _WORD.findall(whole.lower()):
        counts.update(run[i : i + 2] for i in range(len(run) - 1)) if is_han_or_kana(run[0]) else counts.update([run])
    return Corpus(name=path.stem, texts=texts, words=[word for word, _ in counts.most_common()])


def _cut(text: str, start: int) -> str:
    """Cut out as much as two kilobytes hold."""
    return text[start : start + SIZE].encode()[:SIZE].decode(errors="ignore")


def _article(text: str) -> ArticleText:
    return ArticleText(title=text[:TITLE], text=text[TITLE:])


def draw_pairs(corpus: Corpus, count: int, *, is_common: bool, rng: random.Random) -> list[tuple[str, str]]:
    """Draw two different terms for each topic: the commonest words there are, or any."""
    words = list(corpus.words)
    missing = 2 * count - len(words)
    words += [" ".join(rng.sample(corpus.words, 2)) for _ in range(missing)]
    drawn = words[: 2 * count] if is_common else rng.sample(words, 2 * count)
    rng.shuffle(drawn)
    return list(zip(drawn[::2], drawn[1::2], strict=True))


def build(pairs: Iterable[tuple[str, str]], operator: str) -> Matcher:
    """Make topics of the pairs and a matcher of the topics."""
    return build_matcher(Library(), [_topic(n, f'"{a}" {operator} "{b}"') for n, (a, b) in enumerate(pairs)])


def _topic(number: int, query: str) -> Topic:
    name = f"topic-{number}"
    return Topic(id=TopicId(name), name=name, title=name, clauses=(Clause(query=query, score=0.9),))


def make_bare(pairs: Iterable[tuple[str, str]]) -> Match:
    """Normalise, then run an automaton over the terms as they are, looking at nothing."""
    automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for number, core in enumerate({read_pattern(Term(term)).core for pair in pairs for term in pair}):
        automaton.add_word(core, number)
    automaton.make_automaton()

    def match(text: ArticleText) -> None:
        for section in read_sections(text):
            deque(automaton.iter(section.folded), maxlen=0)

    return match


def make_rivals(pairs: Sequence[tuple[str, str]]) -> dict[str, Match]:
    """Make what else there is to find terms with."""
    terms = sorted({term.lower() for pair in pairs for term in pair}, key=len, reverse=True)
    alternation = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)")
    rivals: dict[str, Match] = {
        "naive loop": lambda text: [term for term in terms if term in f"{text.title} {text.text}".lower()],
        "re alternation": lambda text: alternation.findall(f"{text.title} {text.text}".lower()),
    }
    if KeywordProcessor is not None:
        processor = KeywordProcessor()
        processor.add_keywords_from_list(terms)
        rivals["flashtext"] = lambda text: processor.extract_keywords(f"{text.title} {text.text}")
    return rivals


def clock(parts: Sequence[Match], texts: Sequence[ArticleText], rounds: int = ROUNDS) -> list[float]:
    """Measure microseconds a text of each part: the best that each text took in any round, so that noise falls out."""
    best = [[float("inf")] * len(texts) for _ in parts]
    for _ in range(rounds):
        for index, text in enumerate(texts):
            for row, part in zip(best, parts, strict=True):
                began = process_time()
                part(text)
                row[index] = min(row[index], process_time() - began)
    return [sum(row) / len(texts) * 1e6 for row in best]


def compare(corpus: Corpus, count: int, rng: random.Random) -> list[float]:
    """Print how ours compares with the bare automaton on a corpus; returns the ratios."""
    ratios = []
    for is_common in (False, True):
        pairs = draw_pairs(corpus, count, is_common=is_common, rng=rng)
        bare = make_bare(pairs)
        for operator in ("AND", "OR"):
            matcher = build(pairs, operator)
            least, ours, told = clock([bare, matcher.match, _telling(matcher)], corpus.texts)
            hits = sum(len(matcher.match(text)) for text in corpus.texts) / len(corpus.texts)
            kind = f"{corpus.name}, {'common' if is_common else 'any'} words, {operator}"
            print(
                f"{kind:44} {hits:7.1f} topics  bare {least:7.0f} µs  ours {ours:7.0f} µs"
                f"  ratio {ours / least:4.2f}  with reasons {told:7.0f} µs"
            )
            ratios.append(ours / least)
    return ratios


def _telling(matcher: Matcher) -> Match:
    return lambda text: [hit.reasons for hit in matcher.match(text)]


def compare_rivals(corpus: Corpus, count: int, rng: random.Random) -> None:
    """Print what the other ways take for a text."""
    pairs = draw_pairs(corpus, count, is_common=False, rng=rng)
    rivals = make_rivals(pairs)
    parts = {"ours": build(pairs, "OR").match, "normalise + bare automaton": make_bare(pairs), **rivals}
    taken = clock(list(parts.values()), corpus.texts[:SLOW_TEXTS], rounds=2)
    for name, micros in zip(parts, taken, strict=True):
        print(f"    {name:28} {micros:10.0f} µs a text")
    if "flashtext" not in rivals:
        print("    ABSENT flashtext: it is not installed; python -m pip install flashtext")


def measure_growth(corpus: Corpus, most: int, rng: random.Random) -> None:
    """Print what a text costs with few topics and with many."""
    for count in (size for size in (100, 300, 1_000, 3_000, 10_000) if size <= most):
        matcher = build(draw_pairs(corpus, count, is_common=False, rng=rng), "OR")
        print(f"    {count:6} topics {clock([matcher.match], corpus.texts)[0]:8.0f} µs a text")


def measure_build(corpus: Corpus, count: int, rng: random.Random) -> float:
    """Print and return the seconds that building takes, the best of three."""
    pairs = draw_pairs(corpus, count, is_common=False, rng=rng)
    taken = []
    for _ in range(3):
        began = process_time()
        build(pairs, "OR")
        taken.append(process_time() - began)
    print(f"building {count} topics: {min(taken):.2f} s")
    return min(taken)


def main() -> int:
    """Measure; returns 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="TEXTS.jsonl")
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--topics", type=int, default=10_000)
    options = parser.parse_args()
    rng = random.Random(7)
    latin = ["ba", "den", "ka", "lo", "mer", "ni", "or", "pul", "ra", "sti", "tu", "vel", "wo", "zin", "ge", "ha"]
    han = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]
    corpora = [read(path, options.texts) for path in options.files] or [
        invent("latin", latin, rng, count=options.texts),
        invent("with accents", [*latin, "ü", "é", "ß", "ö"], rng, count=options.texts),
        invent("han", han, rng, gap="", count=options.texts),
    ]
    seconds = measure_build(corpora[0], options.topics, rng)
    ratios = [ratio for corpus in corpora for ratio in compare(corpus, options.topics, rng)]
    print(f"cost by the number of topics, {corpora[0].name}:")
    measure_growth(corpora[0], options.topics, rng)
    print(f"beside other ways, {corpora[0].name}:")
    compare_rivals(corpora[0], options.topics, rng)
    print(
        f"worst ratio {max(ratios):.2f} (at most {MOST_RATIO:g}), building {seconds:.2f} s (at most {MOST_SECONDS:g})"
    )
    return int(max(ratios) > MOST_RATIO or seconds > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
