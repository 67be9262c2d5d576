"""Reporting periods: what they are, what they are called, what they refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import pytest

from procurelib import ReportingPeriod, reporting_periods
from procurelib.errors import InputError, InputTypeError

START, UNTIL = date(2026, 1, 1), date(2027, 1, 1)


def told(*arguments: Any, **options: Any) -> list[str]:
    return [f"{period}{' partial' if period.partial else ''}" for period in reporting_periods(*arguments, **options)]


def test_half_years() -> None:
    assert told("half-year", START, until=UNTIL) == ["2026-01-01/2026-06-30", "2026-07-01/2026-12-31"]


def test_quarters_of_a_fiscal_year_that_begins_in_april() -> None:
    assert told("quarter", date(2025, 4, 1), until=date(2026, 4, 1), fiscal_start=(4, 1)) == [
        "2025-04-01/2025-06-30",
        "2025-07-01/2025-09-30",
        "2025-10-01/2025-12-31",
        "2026-01-01/2026-03-31",
    ]


def test_the_first_and_the_last_are_cut() -> None:
    assert told("year", date(2025, 11, 2), until=date(2027, 2, 1)) == [
        "2025-11-02/2025-12-31 partial",
        "2026-01-01/2026-12-31",
        "2027-01-01/2027-01-31 partial",
    ]
    assert told("year", date(2026, 2, 1), until=date(2026, 2, 2)) == ["2026-02-01/2026-02-01 partial"]
    assert told("year", date(2026, 3, 31), until=date(2027, 4, 1), fiscal_start=(4, 1)) == [
        "2026-03-31/2026-03-31 partial",
        "2026-04-01/2027-03-31",
    ]


def test_months_may_begin_on_another_day() -> None:
    assert told("month", date(2026, 1, 10), until=date(2026, 3, 15), fiscal_start=(1, 15)) == [
        "2026-01-10/2026-01-14 partial",
        "2026-01-15/2026-02-14",
        "2026-02-15/2026-03-14",
    ]


def test_anniversaries_count_from_the_start() -> None:
    assert told("half-year", date(2026, 3, 15), until=date(2027, 5, 1), anniversary=True) == [
        "2026-03-15/2026-09-14",
        "2026-09-15/2027-03-14",
        "2027-03-15/2027-04-30 partial",
    ]
    assert told("quarter", date(2026, 1, 30), until=date(2026, 7, 30), anniversary=True) == [
        "2026-01-30/2026-04-29",
        "2026-04-30/2026-07-29",
    ]


def test_an_edition_is_one_period() -> None:
    (edition,) = reporting_periods("edition", date(2017, 1, 23), until=date(2018, 4, 1))
    assert (str(edition), edition.partial) == ("2017-01-23/2018-03-31", False)
    with pytest.raises(InputError) as caught:
        reporting_periods("edition", date(2017, 1, 23))
    assert caught.value.faults[0].path == "until"


def test_an_open_series_is_worked_out_as_it_is_read() -> None:
    found = reporting_periods("year", date(2026, 7, 1))
    assert isinstance(found, Iterator)
    assert [str(period) for period in islice(found, 2)] == ["2026-07-01/2026-12-31", "2027-01-01/2027-12-31"]
    assert isinstance(reporting_periods("year", START, until=UNTIL), tuple)
    assert len(list(reporting_periods("year", date(9990, 1, 1)))) == 9


@pytest.mark.parametrize(
    ("cadence", "start", "options", "paths"),
    [
        ("week", START, {"until": UNTIL}, {"cadence"}),
        ("year", START, {"until": START}, {"until"}),
        ("year", START, {"until": date(2025, 12, 31)}, {"until"}),
        ("year", START, {"fiscal_start": (2, 29)}, {"fiscal_start"}),
        ("year", START, {"fiscal_start": (2, 30)}, {"fiscal_start"}),
        ("year", START, {"fiscal_start": (13, 1)}, {"fiscal_start"}),
        ("year", START, {"fiscal_start": (4, 0)}, {"fiscal_start"}),
        ("year", START, {"fiscal_start": [4, 1]}, {"fiscal_start"}),
        ("year", START, {"fiscal_start": (True, 1)}, {"fiscal_start"}),
        ("month", START, {"fiscal_start": (1, 31)}, {"fiscal_start"}),
        ("month", START, {"fiscal_start": (1, 29)}, {"fiscal_start"}),
        ("quarter", START, {"fiscal_start": (1, 31)}, {"fiscal_start"}),
        ("half-year", START, {"fiscal_start": (8, 29)}, {"fiscal_start"}),
        ("year", date(2024, 2, 29), {"anniversary": True}, {"start"}),
        ("month", date(2024, 1, 30), {"anniversary": True}, {"start"}),
        ("year", START, {"anniversary": True, "fiscal_start": (4, 1)}, {"fiscal_start"}),
        (
            "week",
            START,
            {"until": START, "fiscal_start": (0, 0), "anniversary": 1},
            {"cadence", "until", "fiscal_start", "anniversary"},
        ),
    ],
)
def test_what_cannot_be_is_refused(cadence: Any, start: date, options: dict[str, Any], paths: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        reporting_periods(cadence, start, **options)
    assert {fault.path for fault in caught.value.faults} == paths


def test_29_february_is_refused_in_plain_words() -> None:
    with pytest.raises(InputError, match="February has no day 29 every year"):
        reporting_periods("year", date(2024, 2, 29), anniversary=True)


def test_a_day_that_every_period_can_begin_on_is_accepted() -> None:
    assert told("year", date(2026, 1, 1), until=date(2026, 12, 31), fiscal_start=(12, 31)) == ["2026-01-01/2026-12-30 partial"]
    assert told("half-year", date(2026, 1, 31), until=date(2026, 7, 31), anniversary=True) == ["2026-01-31/2026-07-30"]
    assert told("month", date(2026, 1, 28), until=date(2026, 3, 28), fiscal_start=(6, 28)) == [
        "2026-01-28/2026-02-27",
        "2026-02-28/2026-03-27",
    ]


@pytest.mark.parametrize("wrong", [datetime(2026, 1, 1), "2026-01-01", None])
def test_only_dates_bound_a_period(wrong: Any) -> None:
    with pytest.raises(InputTypeError):
        reporting_periods("year", wrong, until=UNTIL)
    if wrong is not None:
        with pytest.raises(InputTypeError):
            reporting_periods("year", START, until=wrong)
    with pytest.raises(InputTypeError):
        wrong in ReportingPeriod(START, UNTIL, False, "year")  # noqa: B015
    with pytest.raises(InputTypeError):
        ReportingPeriod(wrong, UNTIL, False, "year")


def test_a_period_holds_its_first_and_its_last_day() -> None:
    period = ReportingPeriod(START, UNTIL, False, "year")
    assert (period.last, period.days) == (date(2026, 12, 31), 365)
    assert [day in period for day in (date(2025, 12, 31), START, date(2026, 12, 31), UNTIL)] == [False, True, True, False]
    assert period.to_dict() == {"start": "2026-01-01", "end": "2027-01-01", "partial": False, "cadence": "year"}
    assert ReportingPeriod.from_dict(period.to_dict()) == period
    assert period < ReportingPeriod(UNTIL, date(2028, 1, 1), False, "year")


def test_a_period_made_by_hand_is_checked_whole() -> None:
    with pytest.raises(InputError) as caught:
        ReportingPeriod(START, START, 0, "fortnight")
    assert {fault.path for fault in caught.value.faults} == {"end", "partial", "cadence"}
    with pytest.raises(InputError) as caught:
        ReportingPeriod.from_dict({"start": "2026-01-01", "end": "2026", "partial": False, "cadence": "year"})
    assert {fault.path for fault in caught.value.faults} == {"$.end"}


@pytest.mark.parametrize(
    ("period", "french", "english"),
    [
        (("month", date(2026, 2, 1), date(2026, 3, 1)), "février 2026", "February 2026"),
        (("quarter", date(2026, 1, 1), date(2026, 4, 1)), "1er trimestre 2026", "First quarter of 2026"),
        (("quarter", date(2026, 10, 1), date(2027, 1, 1)), "4e trimestre 2026", "Fourth quarter of 2026"),
        (("half-year", date(2026, 7, 1), date(2027, 1, 1)), "2e semestre 2026", "Second half of 2026"),
        (("year", START, UNTIL), "année 2026", "Year 2026"),
        (("year", date(2026, 4, 1), date(2027, 4, 1)), "du 1er avril 2026 au 31 mars 2027", "1 April 2026 to 31 March 2027"),
        (
            ("quarter", date(2026, 2, 1), date(2026, 5, 1)),
            "du 1er février 2026 au 30 avril 2026",
            "1 February 2026 to 30 April 2026",
        ),
        (
            ("edition", date(2017, 1, 23), date(2018, 4, 1)),
            "édition, du 23 janvier 2017 au 31 mars 2018",
            "Edition, 23 January 2017 to 31 March 2018",
        ),
    ],
)
def test_a_period_is_called_as_a_person_would(period: tuple[Any, date, date], french: str, english: str) -> None:
    cadence, start, end = period
    found = ReportingPeriod(start, end, False, cadence)
    assert (found.label("fr_CA"), found.label("en_CA")) == (french, english)


def test_a_cut_period_is_never_called_by_the_name_of_the_whole() -> None:
    cut = ReportingPeriod(date(2026, 1, 1), date(2026, 1, 2), True, "half-year")
    assert cut.label("fr_CA") == "le 1er janvier 2026 (semestre incomplet)"
    assert cut.label("en_CA") == "1 January 2026 (part of a half-year)"
    assert "2026 (année incomplète)" in ReportingPeriod(START, UNTIL, True, "year").label("fr")
    with pytest.raises(InputError):
        cut.label("de")
