"""The library and the slow count of days agree on the holidays of every year, and on thousands of random deadlines."""

from __future__ import annotations

import os
import random
from datetime import date, timedelta

import pytest

from oracle.days import CALENDARS, DAY, Ambiguous, Oracle
from procurelib import calendars, deadline
from procurelib.errors import AmbiguousDate

# PROCURELIB_CASES=20 makes it the hundred thousand of a release.
CASES = 5_000 * int(os.environ.get("PROCURELIB_CASES", "1"))


@pytest.mark.parametrize("id", CALENDARS)
def test_every_day_of_the_span_is_a_holiday_for_both_or_for_neither(id: str) -> None:
    calendar, holiday = calendars[id], CALENDARS[id]
    day, last = calendar.span
    assert last is not None
    while day <= last:
        assert (day in calendar) == holiday(day), day
        day += DAY


def ask(wanted: random.Random, oracles: dict[tuple[str, str], Oracle]) -> None:
    id = wanted.choice(list(CALENDARS))
    rule = wanted.choice(["ca-qc/I-16-52", "eu/1182-71", "clear-days"])
    unit, most = wanted.choice([("days", 60), ("business_days", 25), ("months", 14)])
    direction = wanted.choice(["forward", "forward", "forward", "backward"])
    count = wanted.randint(1, most if direction == "forward" else max(3, most // 3))
    first, last = calendars[id].span
    assert last is not None
    margin = timedelta(days=500)
    day = first + margin + timedelta(days=wanted.randrange((last - first - 2 * margin).days))
    oracle = oracles.setdefault((id, rule), Oracle(id, rule))
    case = f"{direction} {day} {unit}={count} {id} {rule}"
    try:
        expected: date | None = getattr(oracle, direction)(day, unit, count)
    except Ambiguous:
        expected = None
    try:
        found = deadline(day, **{unit: count}, calendar=id, rule=rule, direction=direction).date
    except AmbiguousDate:
        found = None
    assert found == expected, case


@pytest.mark.parametrize("seed", range(10))
def test_deadlines_are_those_of_counting_day_by_day(seed: int) -> None:
    wanted, oracles = random.Random(seed), dict[tuple[str, str], Oracle]()
    for _ in range(CASES // 10):
        ask(wanted, oracles)
