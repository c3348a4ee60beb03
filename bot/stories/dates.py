"""Days that a text names, as dates: 12 May, 12. Mai, 5月12日, last Tuesday, yesterday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.text import fold

_MONTHS = """
january jan januari januar janvier enero ene gennaio gen janeiro stycznia styczen января январь يناير
february feb februari februar fevrier fevr febrero febbraio fevereiro fev lutego luty февраля февраль فبراير
march mar maart marz mars marzo marco marca marzec марта март مارس
april apr avril avr abril aprile abr kwietnia kwiecien апреля апрель أبريل ابريل
may mei mai mayo maggio mag maio maja maj мая май مايو
june jun juni juin junio giugno giu junho czerwca czerwiec июня июнь يونيو
july jul juli juillet juil julio luglio lug julho lipca lipiec июля июль يوليو
august aug augustus aout agosto ago sierpnia sierpien августа август أغسطس اغسطس
september sep sept septembre septiembre settembre set setembro wrzesnia wrzesien сентября сентябрь سبتمبر
october oct oktober okt octobre octubre ottobre ott outubro out pazdziernika pazdziernik октября октябрь أكتوبر اكتوبر
november nov novembre noviembre novembro listopada listopad ноября ноябрь نوفمبر
december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien декабря декабрь ديسمبر
"""
_WEEKDAYS = """
monday maandag montag lundi lunes lunedi segunda-feira poniedzialek понедельник
tuesday dinsdag dienstag mardi martes martedi terca-feira wtorek вторник
wednesday woensdag mittwoch mercredi miercoles mercoledi quarta-feira sroda среду
thursday donderdag donnerstag jeudi jueves giovedi quinta-feira czwartek четверг
friday vrijdag freitag vendredi viernes venerdi sexta-feira piatek пятницу
saturday zaterdag samstag samedi sabado sabato sobota субботу
sunday zondag sonntag dimanche domingo domenica niedziela воскресенье
"""
_DAYS_AWAY_ROWS = """
today tonight vandaag heute aujourd'hui hoy oggi hoje dzis сегодня
yesterday gisteren gestern hier ayer ieri ontem wczoraj вчера
"""
_AFTER_WORDS = """
next komende volgende nachsten kommenden prochain proximo prossimo
"""


def _number(rows: str, first: int, step: int = 1) -> dict[str, int]:
    """Give the words of each row a number."""
    lines = rows.strip().splitlines()
    return {word: first + step * index for index, line in enumerate(lines) for word in line.split()}


_MONTH = _number(_MONTHS, 1)
_WEEKDAY = _number(_WEEKDAYS, 0)
_DAYS_AWAY = _number(_DAYS_AWAY_ROWS, 0, -1)
_AFTER = _AFTER_WORDS.split()


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_DAY = r"(?P<day{n}>[0-3]?\d)"
_DATE = re.compile(
    rf"(?<![\w.,])(?:{_DAY.format(n=1)}(?:st|nd|rd|th|er|o|º|\.)?\s(?:de\s|of\s|d')?(?P<month1>{_any_of(_MONTH)})\b\.?"
    r"(?:,?\s(?:de\s)?(?P<year1>(?:19|20)\d\d))?"
    rf"|(?P<month2>{_any_of(_MONTH)})\.?\s{_DAY.format(n=2)}(?:st|nd|rd|th)?(?!\d|[.,]\d|\s?%)(?:\s?,?\s(?P<year2>(?:19|20)\d\d))?"
    rf"|(?P<year3>(?:19|20)\d\d)-(?P<month3>[01]?\d)-{_DAY.format(n=3)}"
    rf"|{_DAY.format(n=4)}\.(?P<month4>[01]?\d)\.(?P<year4>(?:19|20)\d\d))(?!\w)"
)
_DATE_EAST = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?[年년]\s?)?(?P<month>1?\d)\s?[月월]\s?(?P<day>[0-3]?\d)\s?[日号號일]"
)
_NEAR = re.compile(rf"(?:(?P<after>{'|'.join(_AFTER)})\s)?(?<!\w)(?P<word>{_any_of(_WEEKDAY | _DAYS_AWAY)})(?!\w)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names; `start` is where, `is_near` of one told by its weekday or by yesterday."""

    date: date
    start: int
    is_near: bool = False


def find_days(text: str, published: date) -> list[Day]:
    """List the days that a text names, in its order. A day without a year is the nearest one to the publication."""
    folded = fold(text)
    days = [_read_date(found, published) for found in _DATE.finditer(folded)]
    if not folded.isascii():
        days += [
            _read_parts(f["year"], f["month"], f["day"], f.start(), published) for f in _DATE_EAST.finditer(folded)
        ]
    days += [_read_near(found, published) for found in _NEAR.finditer(folded)]
    return sorted((day for day in days if day is not None), key=lambda day: day.start)


def find_years(text: str, published: date) -> list[int]:
    """List the years to come that a text names."""
    years = (int(found) for found in re.findall(r"(?<![\d.,-])20\d\d(?![\d%]|[.,-]\d)", text))
    return [year for year in dict.fromkeys(years) if published.year < year <= published.year + 60]


def _read_date(found: re.Match[str], published: date) -> Day | None:
    number = next(n for n in "1234" if found[f"day{n}"] is not None)
    month = found[f"month{number}"]
    return _read_parts(
        found[f"year{number}"], str(_MONTH.get(month, month)), found[f"day{number}"], found.start(), published
    )


def _read_parts(year: str | None, month: str, day: str, start: int, published: date) -> Day | None:
    try:
        if year is not None:
            return Day(date(int(year), int(month), int(day)), start)
        near = [date(published.year + step, int(month), int(day)) for step in (-1, 0, 1)]
    except ValueError:
        return None
    return Day(min(near, key=lambda one: abs(one - published)), start)


def _read_near(found: re.Match[str], published: date) -> Day:
    word = found["word"]
    if word in _DAYS_AWAY:
        return Day(published + timedelta(days=_DAYS_AWAY[word]), found.start(), is_near=True)
    back = (published.weekday() - _WEEKDAY[word]) % 7
    day = published - timedelta(days=back)
    return Day(day + timedelta(days=7) if found["after"] else day, found.start(), is_near=True)
