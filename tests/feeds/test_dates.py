"""Every form of date that feeds write, and what names no real instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import parse_date


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written, expected",
    [
        ("Mon, 06 Jan 2025 10:00:00 GMT", "2025-01-06 10:00"),
        ("Mon, 06 Jan 2025 10:00:00 +0100", "2025-01-06 09:00"),
        ("Mon, 06 Jan 2025 10:00:00 -05:30", "2025-01-06 15:30"),
        ("Mon, 06 Jan 2025 10:00:00 CET", "2025-01-06 09:00"),
        ("Sun, 06 Jul 2025 10:00:00 CEST", "2025-07-06 08:00"),
        ("Sun, 06 Jul 2025 10:00:00 BST", "2025-07-06 09:00"),
        ("Mon, 06 Jan 2025 10:00:00 JST", "2025-01-06 01:00"),
        ("Mon, 06 Jan 2025 10:00:00 HKT", "2025-01-06 02:00"),
        ("Mon, 06 Jan 2025 10:00:00 MSK", "2025-01-06 07:00"),
        ("Mon, 06 Jan 2025 10:00:00 IST", "2025-01-06 04:30"),
        ("понедельник, 6 января 2025 г., 10:00", "2025-01-06 10:00"),
        ("1. července 2025", "2025-07-01 00:00"),
        ("6 marraskuuta 2025 klo 10.00", "2025-11-06 10:00"),
        ("Mon, 06 Jan 2025 10:00:00 EST", "2025-01-06 15:00"),
        ("Mon, 06 Jan 2025 10:00:00 PDT", "2025-01-06 17:00"),
        ("Mon, 06 Jan 2025 10:00:00 GMT+0800", "2025-01-06 02:00"),
        ("Mon, 06 Jan 2025 10:00:00 +0100 (CET)", "2025-01-06 09:00"),
        ("Mon, 06 Jan 2025 10:00:00 XYZ", "2025-01-06 10:00"),
        ("Mon, 06 Jan 2025 10:00:00", "2025-01-06 10:00"),
        ("Mon,06 Jan 2025 10:00:00 GMT", "2025-01-06 10:00"),
        ("06 Jan 25 10:00 GMT", "2025-01-06 10:00"),
        ("06 Jan 99 10:00 GMT", "1999-01-06 10:00"),
        ("Mon, 06 Jan 2025 1:00:00 PM", "2025-01-06 13:00"),
        ("Mon, 06 Jan 2025 12:30 a.m.", "2025-01-06 00:30"),
        ("Sat, Dec 16 2023 02:02:33 PM", "2023-12-16 14:02:33"),
        ("January 6, 2025 10:30 PM EST", "2025-01-07 03:30"),
        ("Sept. 6, 2025", "2025-09-06 00:00"),
        ("Mon Jan  6 10:00:00 2025", "2025-01-06 10:00"),
        ("Mon Jan  6 10:00:00 CET 2025", "2025-01-06 09:00"),
        ("2025-01-06T10:00:00Z", "2025-01-06 10:00"),
        ("2025-01-06T10:00:00.123456+01:00", "2025-01-06 09:00"),
        ("2025-01-06 10:00:00 +0800 CST", "2025-01-06 02:00"),
        ("2025-01-06T10:00Z", "2025-01-06 10:00"),
        ("2025-01-06", "2025-01-06 00:00"),
        ("20250106T100000Z", "2025-01-06 10:00"),
        ("2025-006", "2025-01-06 00:00"),
        ("2025-01-06T24:00:00Z", "2025-01-07 00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31 23:59:59"),
        ("2016/10/26 21:53:13", "2016-10-26 21:53:13"),
        ("2025/1/6 10:00", "2025-01-06 10:00"),
        ("26/10/2016 21:53", "2016-10-26 21:53"),
        ("10/26/2016 21:53", "2016-10-26 21:53"),
        ("Fri, 05/03/2019 - 15:21", "2019-05-03 15:21"),
        ("06.01.2025 10:30", "2025-01-06 10:30"),
        ("2025年1月6日", "2025-01-06 00:00"),
        ("2025年1月6日 10:00", "2025-01-06 10:00"),
        ("2025年01月06日 下午3:05", "2025-01-06 15:05"),
        ("2025년 1월 6일 (월) 오후 3:05", "2025-01-06 15:05"),
        ("1736157600", "2025-01-06 10:00"),
        ("1736157600000", "2025-01-06 10:00"),
        ("ma, 06 jan 2025 10:00:00 +0100", "2025-01-06 09:00"),
        ("maandag 6 maart 2025 om 10:30", "2025-03-06 10:30"),
        ("do, 06 mrt 2025 10:30:00", "2025-03-06 10:30"),
        ("Di, 06 Mai 2025 10:00:00 +0200", "2025-05-06 08:00"),
        ("6. Oktober 2025, 10:30 Uhr", "2025-10-06 10:30"),
        ("8 März 2025", "2025-03-08 00:00"),
        ("lun., 06 janv. 2025 10:00:00 +0100", "2025-01-06 09:00"),
        ("12 août 2024 à 08h30", "2024-08-12 08:30"),
        ("1er février 2025", "2025-02-01 00:00"),
        ("6 de enero de 2025 10:30", "2025-01-06 10:30"),
        ("mié, 06 ago 2025 10:30:00 GMT", "2025-08-06 10:30"),
        ("6 gennaio 2025 alle 10:30", "2025-01-06 10:30"),
        ("mar, 08 lug 2025 10:30:00 +0200", "2025-07-08 08:30"),
        ("3 de março de 2024 às 10:05", "2024-03-03 10:05"),
        ("3 de março de 2024 às 10h", "2024-03-03 10:00"),
        ("6 gennaio 2025 ore 10:30", "2025-01-06 10:30"),
        ("Mo., 3. Mrz. 2025 10:30", "2025-03-03 10:30"),
        ("2 марта 2025 г. 10:30", "2025-03-02 10:30"),
        ("2 марта 2025 г., в 10:30", "2025-03-02 10:30"),
        ("Mon, 06 Jan 2025 10:00:00 America/New_York", "2025-01-06 15:00"),
        ("2025-07-06 10:00 Europe/Berlin", "2025-07-06 08:00"),
        ("2025-07-06 10:00 Nowhere/At_All", "2025-07-06 10:00"),
        ("5 out 2024", "2024-10-05 00:00"),
        ("sexta-feira, 3 de janeiro de 2025", "2025-01-03 00:00"),
        ("sábado, 4 de janeiro de 2025 às 10h30", "2025-01-04 10:30"),
        ("zo 5 jan. 2025 10:30", "2025-01-05 10:30"),
        ("domenica 5 gennaio 2025, 10:30", "2025-01-05 10:30"),
        ("dom, 05 ene 2025 10:30:00 +0100", "2025-01-05 09:30"),
        ("dimanche 5 janvier 2025 - 10:30", "2025-01-05 10:30"),
        ("Sonntag, 5. Januar 2025 um 10:30 Uhr", "2025-01-05 10:30"),
        ("3. 1. 2025 10:00", "2025-01-03 10:00"),
        ("2025. 1. 6.", "2025-01-06 00:00"),
        ("2025年1月6日10时30分", "2025-01-06 10:30"),
        ("1736157600.5", "2025-01-06 10:00"),
        ("Пн, 06 янв 2025 10:00:00 +0300", "2025-01-06 07:00"),
    ],
)
def test_a_date_is_read_as_its_writer_meant_it(written: str, expected: str) -> None:
    assert parse_date(written) == _utc(expected)


@pytest.mark.parametrize(
    "written",
    [None, "", "   ", "&nbsp;", "yesterday", "10:00", "0000-00-00 00:00:00", "2025-02-30", "2025-13-01", "2025-00-10",
     "Tue, 29 Feb 2023 10:00:00 GMT", "Mon, 32 Jan 2025 10:00:00 GMT", "Mon, 06 Jan 2025 25:61:61 GMT",
     "2025-01-06T10:00:00+99:99", "-0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "99999-01-01T00:00:00Z",
     "Thu, 01 Jan 1970 00:00:00 GMT", "2025-W02", "2025-366", "06/01/2025 10:00", "Mon, 06 Foo 2025 10:00:00 GMT",
     "1" * 200_000, "Mon, " + "1" * 200_000 + " Jan 2025 10:00:00 GMT"],
)  # fmt: skip
def test_what_names_no_real_instant_is_none(written: str | None) -> None:
    assert parse_date(written) is None


_INSTANTS = st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 12, 30))  # noqa: DTZ001
_OFFSETS = st.integers(min_value=-12 * 60, max_value=14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(_INSTANTS, _OFFSETS)
def test_standard_forms_come_back_as_they_were_written(moment: datetime, zone: timezone) -> None:
    written = moment.replace(tzinfo=zone, microsecond=0)
    for form in (format_datetime(written), written.isoformat(), written.isoformat(" ")):
        assert parse_date(form) == written


@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    found = parse_date(text)
    assert found is None or found.tzinfo is UTC


@given(
    st.from_regex(
        r"[A-Za-z]{3}, \d{1,2} [A-Za-z]{3} \d{2,4} \d{1,2}:\d\d(:\d\d)?( [+-]\d{4}| [A-Z]{1,5})?", fullmatch=True
    )
)
def test_what_looks_like_a_date_never_raises(text: str) -> None:
    parse_date(text)
