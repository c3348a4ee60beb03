"""What a changed version of an article says otherwise: retracted, corrected, another number, another headline."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.models import Article
from bot.domain.text import fold, tokens
from bot.stories.features import read_terms, strip_title, tell_language
from bot.stories.novelty import find_news
from bot.stories.numbers import Quantity, find_quantities, is_restated
from bot.stories.said import Names, Said
from bot.stories.sentences import split_sentences
from bot.stories.stages import find_stages

HEADLINE_AT = 0.5
"""The share of a headline's words that must be new before it counts as another one."""
SAME_SENTENCE_AT = 0.6
LEAST_COUNT = 10
LEAD_CHARS = 400
_RETRACTED = re.compile(
    r"\b(?:retract(?:ed|ion|s)|withdrawn by the (?:editors|paper)|rectificatie|teruggetrokken artikel|zurückgezogener|"
    r"artikel zurückgezogen|article retiré|dépublié|rétractation|artículo retirado|retractación|ritrattazione|"
    r"retratação|sprostowanie|опровержение)\b|撤稿|撤回报道|撤回此文|記事を取り消|記事の取り消し|기사 철회|기사 삭제",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:correct(?:ed|ion)|corrigendum|erratum|gecorrigeerd|correctie|korrektur|korrigiert|berichtigung|rectificatif|"
    r"corrigé|corrección|corregido|rectificación|rettifica|correzione|correção|korekta|исправлен\w*|уточнение)\b|更正|勘误|"
    r"訂正|정정|تصحيح",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"\b(?:comments?|times|views|reads|shares?|likes|minutes?|reacties|keer|kommentare|mal|minuten|commentaires|fois|"
    r"comentarios|veces|lecturas)\b|评论|阅读|次",
    re.IGNORECASE,
)
_UPDATE_MARK = re.compile(r"^(?:update\s?\d*|wrapup\s?\d*|refile|recast)\s?[-–—:]\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """What another wording changed: `kind` is retraction, correction, number or headline."""

    kind: str
    before: str
    after: str

    @property
    def reason(self) -> str:
        """Return the reason of the development that the change is."""
        return f"changed: {self.kind}"


def find_change(before: Article, after: Article, names: Names) -> Change | None:
    """Tell what matters of a change between two wordings of one article, None for one of style."""
    marks = (("retraction", _RETRACTED), ("correction", _CORRECTED))
    old, new = (f"{one.title}\n{one.text[:LEAD_CHARS]}" for one in (before, after))
    for kind, pattern in marks:
        if pattern.search(new) and not pattern.search(f"{old}\n{before.text}"):
            return Change(kind, before.title, _told_by(pattern, after))
    return _compare_titles(before, after, names) or _compare_leads(before, after)


def _told_by(pattern: re.Pattern[str], article: Article) -> str:
    if pattern.search(article.title) or not article.text:
        return article.title
    return next((s for s in split_sentences(article.text[: 2 * LEAD_CHARS]) if pattern.search(s)), article.title)


def _compare_titles(before: Article, after: Article, names: Names) -> Change | None:
    old, new = (_UPDATE_MARK.sub("", strip_title(one.title, one.outlet)) for one in (before, after))
    if tokens(old) == tokens(new):
        return None
    numbers = _find_new(find_quantities(new, after.language), find_quantities(old, before.language))
    if numbers and not _is_counter(new):
        return Change("number", before.title, after.title)
    said = Said(names)
    said.take(replace(before, text=""))
    is_news = not _is_counter(new) and find_news(replace(after, title=new, text=""), said) is not None
    if is_news or _has_other_stage(old, new, after.language) or _is_another(old, new, after.language):
        return Change("headline", before.title, after.title)
    return None


def _has_other_stage(old: str, new: str, language: str | None) -> bool:
    """Tell whether a headline says another stage: «considers» where it said «bans», too."""
    was, now = ({stage.key for stage in find_stages(text, language)} for text in (old, new))
    return bool(was and now) and was.isdisjoint(now)


def _is_another(old: str, new: str, language: str | None) -> bool:
    spoken = tell_language(new, language)
    was, now = set(read_terms(old, spoken)), set(read_terms(new, spoken))
    return bool(now) and len(now - was) >= HEADLINE_AT * len(now) and len(was - now) >= HEADLINE_AT * len(was)


def _compare_leads(before: Article, after: Article) -> Change | None:
    """Find a sentence of the lead that says another number of the same."""
    was = split_sentences(before.text[:LEAD_CHARS])[:2]
    for sentence in split_sentences(after.text[:LEAD_CHARS])[:2]:
        for old in was:
            is_alike = fold(old) != fold(sentence) and _is_alike(old, sentence) and not _is_counter(sentence)
            if is_alike and _find_new(_weighty(sentence, after), _weighty(old, before)):
                return Change("number", old, sentence)
    return None


def _weighty(sentence: str, article: Article) -> list[Quantity]:
    return [q for q in find_quantities(sentence, article.language) if q.unit or q.value >= LEAST_COUNT]


def _find_new(new: list[Quantity], old: list[Quantity]) -> list[Quantity]:
    """List the numbers that stand where others stood: an added one is news of another kind."""
    gone = [quantity for quantity in old if not any(is_restated(quantity, other) for other in new)]
    return [q for q in new if not any(is_restated(q, other) for other in old)] if gone else []


def _is_alike(old: str, new: str) -> bool:
    was, now = set(tokens(old)), set(tokens(new))
    return len(was & now) >= SAME_SENTENCE_AT * max(1, min(len(was), len(now)))


def _is_counter(text: str) -> bool:
    return _COUNTER.search(text) is not None
