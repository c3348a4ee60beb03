"""What an article adds to a story: what the story has not yet told, said in words.

A new number, name, place, day or stage, or a reversal. Only the title and the first sentences of the lead can bring
news, since every longer report of one event has more of everything further down; the lead counts only where an earlier
article had text to say the same in. A reason reads «new: 25 contracts; names ZTE; stage: signs < proposes»;
bot.alerts.reasons says it in a language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.models import Article
from bot.stories.countries import find_places
from bot.stories.dates import find_days, find_years
from bot.stories.numbers import Quantity, find_quantities, is_restated
from bot.stories.proper_names import find_names, is_known
from bot.stories.said import Names, Said, take_lead
from bot.stories.stages import MOTIONS, OPPOSITES, Stage, find_stages

LEAST_LEAD_COUNT = 10
MOST_TOLD = 3
LEAST_AHEAD = timedelta(days=2)
"""A day sooner than this is when the report was written, or the event itself."""


def find_development(article: Article, earlier: Sequence[Article], names: Names) -> str | None:
    """Tell what an article adds to earlier ones, None for a rewrite; `find_news` does it against a kept memory."""
    said = Said(names)
    for one in earlier:
        said.take(one)
    return find_news(article, said)


def find_news(article: Article, said: Said) -> str | None:
    """Tell what an article adds to what its story said, None for a rewrite.

    The first article of a story adds nothing: it is the story.
    """
    if not said.articles:
        return None
    lead = take_lead(article.text) if said.has_text else ""
    stages = find_stages(article.title, article.language)
    parts = (
        _tell("new:", (quantity.shown for quantity in _new_numbers(article, lead, said))),
        _tell("names", _new_names(article, lead, said)),
        _tell("places", (place for place in find_places(article.title) if place not in said.places)),
        _tell("date:", _new_days(article, lead, said)),
        _tell_stage(stages, find_stages(lead, article.language), said),
    )
    return "; ".join(part for part in parts if part) or None


def _tell(key: str, things: Iterable[str]) -> str:
    told = ", ".join(thing.replace(";", ",") for thing in list(things)[:MOST_TOLD])
    return f"{key} {told}" if told else ""


def _new_numbers(article: Article, lead: str, said: Said) -> list[Quantity]:
    candidates = find_quantities(article.title, article.language)
    candidates += [q for q in find_quantities(lead, article.language) if q.unit or q.value >= LEAST_LEAD_COUNT]
    new: list[Quantity] = []
    for quantity in candidates:
        if not any(is_restated(quantity, other) for other in (*said.values.values(), *new)):
            new.append(quantity)
    return new


def _new_names(article: Article, lead: str, said: Said) -> list[str]:
    """Names that packs know count in title and lead, others in the title alone, and where the story told its own in
    the same language: another writes names in other ways.
    """
    found = sorted(set(said.find_names(f"{article.title}\n{lead}")) - said.names)
    if (article.language or "").split("-")[0].casefold() not in said.languages:
        return found
    known = {name.casefold() for name in said.find_names(article.title)}
    for name in find_names(article.title, article.text[:3_000], article.language):
        if not is_known(name, said.words) and not find_places(name) and name.casefold() not in known:
            found.append(name)
    return found


def _new_days(article: Article, lead: str, said: Said) -> list[str]:
    """Days ahead that nobody named; a year alone only where the story gave another one for the same."""
    published = article.published_at.date()
    days = [day.date for text in (article.title, lead) for day in find_days(text, published) if not day.is_near]
    ahead = [day for day in dict.fromkeys(days) if day >= published + LEAST_AHEAD and day not in said.days]
    told = [day.isoformat() for day in ahead]
    if said.years and not told:
        told = [str(year) for year in find_years(article.title, published) if year not in said.years]
    return told


def _tell_stage(in_title: Sequence[Stage], in_lead: Sequence[Stage], said: Said) -> str:
    """Tell the furthest new stage: of the title, or of the lead where an earlier one of its track was told."""
    for stage in sorted(in_title, key=lambda stage: -stage.rank):
        if told := _compare(stage, said, is_title=True):
            return told
    for stage in sorted(in_lead, key=lambda stage: -stage.rank):
        if stage.rank and (told := _compare(stage, said, is_title=False)):
            return told
    return ""


def _compare(stage: Stage, said: Said, *, is_title: bool) -> str:
    if stage.key in said.stages:
        return ""
    turned = next((key for key in said.stages if key in OPPOSITES.get(stage.key, ())), None)
    if turned is not None and is_title:
        return f"reversal: {stage.key} < {turned}"
    if stage.key in MOTIONS:
        return ""
    if not stage.rank:
        return f"stage: {stage.key}" if is_title else ""
    before = [one for one in said.stages.values() if one.track == stage.track]
    if any(one.rank >= stage.rank for one in before) or not (before or is_title):
        return ""
    last = max(before, key=lambda one: one.rank, default=None)
    return f"stage: {stage.key}" + (f" < {last.key}" if last is not None else "")
