"""What must hold of deadlines, calendars and reporting periods, whatever the day."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from procurelib import Deadline, ReportingPeriod, calendars, deadline, reporting_periods
from procurelib.calendars.counting import CountingRule, counting_rules
from procurelib.errors import AmbiguousDate

ONE_DAY = timedelta(days=1)
IDS = sorted(calendars)
days_of_year = st.tuples(st.integers(1, 12), st.integers(1, 28))
anywhere = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@st.composite
def counted(draw: st.DrawFn) -> tuple[date, dict[str, Any]]:
    """A day well inside the span of a calendar, and how to count from it."""
    calendar = calendars[draw(st.sampled_from(IDS))]
    first, last = calendar.span
    assert last is not None
    margin = timedelta(days=400)
    day = draw(st.dates(first + margin, last - margin))
    own = st.builds(
        CountingRule,
        first_in=st.booleans(),
        last_in=st.booleans(),
        roll=st.sampled_from(["forward", "none"]),
        closed=st.frozensets(st.sampled_from(["saturday", "sunday", "monday"])),
        month_end=st.sampled_from(["refuse", "last_day"]),
        least=st.integers(0, 3),
    )
    unit, most = draw(st.sampled_from([("days", 60), ("business_days", 20), ("months", 9)]))
    how = {
        unit: draw(st.integers(1, most)),
        "calendar": calendar,
        "rule": draw(st.one_of(st.none(), st.sampled_from(sorted(counting_rules)), own)),
    }
    return day, how


def end(day: date, how: dict[str, Any], direction: str = "forward") -> date:
    try:
        return deadline(day, **how, direction=direction).date
    except AmbiguousDate:
        assume(False)
        raise


@given(counted(), st.integers(0, 70))
def test_a_later_trigger_never_has_an_earlier_deadline(case: tuple[date, dict[str, Any]], later: int) -> None:
    day, how = case
    assert end(day, how) <= end(day + timedelta(days=later), how)


@given(counted())
def test_a_deadline_is_not_before_its_trigger(case: tuple[date, dict[str, Any]]) -> None:
    day, how = case
    assert end(day, how) >= day


@given(counted())
def test_the_deadline_of_the_latest_trigger_does_not_pass_the_date(case: tuple[date, dict[str, Any]]) -> None:
    day, how = case
    trigger = end(day, how, "backward")
    assert end(trigger, how) <= day
    assert end(trigger + ONE_DAY, how) > day


@given(counted())
def test_the_latest_trigger_of_a_deadline_is_not_before_the_one_it_came_from(case: tuple[date, dict[str, Any]]) -> None:
    day, how = case
    assert end(end(day, how), how, "backward") >= day


@given(counted(), st.lists(st.integers(-90, 90), min_size=1, max_size=4))
def test_one_more_holiday_never_helps_the_one_who_is_late(case: tuple[date, dict[str, Any]], around: list[int]) -> None:
    day, how = case
    more = how["calendar"].with_days(*(day + timedelta(days=n) for n in around))
    assert end(day, {**how, "calendar": more}) >= end(day, how)
    assert end(day, {**how, "calendar": more}, "backward") <= end(day, how, "backward")


@given(counted())
def test_a_deadline_that_rolls_is_no_holiday_and_every_day_it_left_is_one(case: tuple[date, dict[str, Any]]) -> None:
    day, how = case
    try:
        found = deadline(day, **how)
    except AmbiguousDate:
        assume(False)
        raise
    rule = how["rule"] if isinstance(how["rule"], CountingRule) else counting_rules[found.rule or ""].on(day)
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    def closed(one: date) -> bool:
        return one in how["calendar"] or names[one.weekday()] in rule.closed

    if rule.roll == "forward":
        assert not closed(found.date)
    for step in found.steps:
        if step.kind in ("roll", "skip"):
            assert closed(step.day)
    rolled = [step.day for step in found.steps if step.kind == "roll"]
    assert rolled == [found.date - timedelta(days=n) for n in range(len(rolled), 0, -1)]


@given(counted(), st.sampled_from(["forward", "backward"]))
def test_a_deadline_survives_being_written_down(case: tuple[date, dict[str, Any]], direction: Any) -> None:
    day, how = case
    try:
        found = deadline(day, **how, direction=direction)
    except AmbiguousDate:
        assume(False)
        raise
    assert Deadline.from_dict(found.to_dict()) == found
    assert pickle.loads(pickle.dumps(found)) == found
    for locale in ("fr_CA", "en_CA"):
        assert len(found.explain(locale).splitlines()) == len(found.steps) + len(found.caveats)


@given(st.sampled_from(IDS), st.data())
def test_the_nearest_business_days_enclose_holidays_only(id: str, data: st.DataObject) -> None:
    calendar = calendars[id]
    first, last = calendar.span
    assert last is not None
    day = data.draw(st.dates(first + timedelta(days=10), last - timedelta(days=10)))
    after, before = calendar.next_business_day(day), calendar.previous_business_day(day)
    assert before <= day <= after
    assert after not in calendar
    assert before not in calendar
    between = (before + timedelta(days=n) for n in range(1, (after - before).days))
    assert all(one in calendar for one in between)
    assert (before == after) == (day not in calendar)
    why = calendar.why(day)
    assert (why is not None) == (day in calendar) == (day in calendar.holidays(day.year))
    if why is not None:
        assert why.citations
        assert why.text == calendar.holidays(day.year)[day]


# --- reporting periods


@st.composite
def spans(draw: st.DrawFn) -> tuple[Any, date, date, dict[str, Any]]:
    cadence = draw(st.sampled_from(["month", "quarter", "half-year", "year", "edition"]))
    start = draw(anywhere)
    until = start + timedelta(days=draw(st.integers(1, 2_000)))
    if draw(st.booleans()) and start.day <= 28:
        return cadence, start, until, {"anniversary": True}
    return cadence, start, until, {"fiscal_start": draw(days_of_year)}


@given(spans())
def test_periods_partition_the_span(case: tuple[Any, date, date, dict[str, Any]]) -> None:
    cadence, start, until, options = case
    periods = reporting_periods(cadence, start, until=until, **options)
    assert periods[0].start == start
    assert periods[-1].end == until
    assert all(one.end == two.start for one, two in pairwise(periods))
    assert sum(one.days for one in periods) == (until - start).days
    assert not any(one.partial for one in periods[1:-1])
    longest = {"month": 31, "quarter": 92, "half-year": 184, "year": 366}
    if cadence != "edition":
        assert all(one.days <= longest[cadence] for one in periods)
        assert all(one.days >= longest[cadence] - 3 for one in periods if not one.partial)


@given(spans())
def test_an_open_series_begins_as_a_closed_one_does(case: tuple[Any, date, date, dict[str, Any]]) -> None:
    cadence, start, until, options = case
    assume(cadence != "edition")
    closed = reporting_periods(cadence, start, until=until, **options)
    opened = tuple(islice(reporting_periods(cadence, start, **options), len(closed)))
    assert opened[:-1] == closed[:-1]
    assert opened[-1].start == closed[-1].start
    assert opened[-1].end >= closed[-1].end


@given(spans())
def test_a_cut_period_is_marked_and_a_whole_one_begins_where_the_calendar_says(
    case: tuple[Any, date, date, dict[str, Any]],
) -> None:
    cadence, start, until, options = case
    assume(cadence != "edition")
    wide = reporting_periods(cadence, start, until=until + timedelta(days=800), **options)
    for period in reporting_periods(cadence, start, until=until, **options):
        whole = [one for one in wide if one.start == period.start]
        assert period.partial == (whole[0].partial or whole[0].end != period.end)
    fiscal = options.get("fiscal_start", (start.month, start.day))
    for period in wide[1:-1]:
        assert period.start.day == fiscal[1]
        if cadence == "year":
            assert period.start.month == fiscal[0]


@given(spans())
def test_a_period_survives_being_written_down(case: tuple[Any, date, date, dict[str, Any]]) -> None:
    cadence, start, until, options = case
    for period in reporting_periods(cadence, start, until=until, **options)[:3]:
        assert ReportingPeriod.from_dict(period.to_dict()) == period
        assert pickle.loads(pickle.dumps(period)) == period
        assert period.start in period
        assert period.last in period
        assert period.end not in period
        assert str(period) == f"{period.start}/{period.end - ONE_DAY}"
        assert period.label("fr_CA")
        assert period.label("en_CA")
