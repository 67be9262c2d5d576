"""A slow second count of days, written from the texts: it looks at every day, one by one, and imports nothing of the library.

Interpretation Act of Québec (I-16) ss. 52 and 61(23); the section on complaints (Saturday, 2 January and 26 December besides);
Labour Code of France art. L. 3133-1 and L. 3134-13; Regulation 1182/71 art. 3.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
# The paschal full moon by golden number, 1900 to 2199, as prayer books print it (month, day).
_FULL_MOONS = (
    *((4, 14), (4, 3), (3, 23), (4, 11), (3, 31), (4, 18), (4, 8), (3, 28), (4, 16), (4, 5)),
    *((3, 25), (4, 13), (4, 2), (3, 22), (4, 10), (3, 30), (4, 17), (4, 7), (3, 27)),
)
MON, SAT, SUN = 0, 5, 6


@cache
def easter(year: int) -> date:
    day = date(year, *_FULL_MOONS[year % 19]) + DAY
    while day.weekday() != SUN:
        day += DAY
    return day


def quebec(day: date) -> bool:
    """Whether a day is a holiday under the Interpretation Act."""
    first_of_july_is_sunday = date(day.year, 7, 1).weekday() == SUN
    since_easter = (day - easter(day.year)).days
    return (
        day.weekday() == SUN
        or (day.month, day.day) in {(1, 1), (6, 24), (12, 25)}
        or since_easter in {-2, 1}
        or (day.month == 7 and day.day == (2 if first_of_july_is_sunday else 1))
        or (day.weekday() == MON and day.month == 9 and day.day <= 7)
        or (day.weekday() == MON and day.month == 10 and 8 <= day.day <= 14)
        or (day.weekday() == MON and day.month == 5 and 18 <= day.day <= 24)
    )


def complaints(day: date) -> bool:
    """The same, with the days the section on complaints adds."""
    return quebec(day) or day.weekday() == SAT or (day.month, day.day) in {(1, 2), (12, 26)}


def france(day: date) -> bool:
    """Whether a day is a public holiday in France."""
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    return (day.month, day.day) in fixed or (day - easter(day.year)).days in {1, 39, 50}


def alsace_moselle(day: date) -> bool:
    """The same, with the days of Alsace and Moselle."""
    return france(day) or (day.month, day.day) == (12, 26) or (day - easter(day.year)).days == -2


CALENDARS = {
    "ca-qc/I-16": quebec,
    "ca-qc/complaints": complaints,
    "fr/L3133-1": france,
    "fr/L3133-1-alsace-moselle": alsace_moselle,
}


class Ambiguous(Exception):
    """The last month has no such day."""


class Oracle:
    """One way to count on one calendar."""

    def __init__(self, calendar: str, rule: str) -> None:
        self.holiday = CALENDARS[calendar]
        self.european = rule == "eu/1182-71"
        self.clear = rule == "clear-days"

    @cache  # noqa: B019
    def closed(self, day: date) -> bool:
        return self.holiday(day) or (self.european and day.weekday() in {SAT, SUN})

    def forward(self, trigger: date, unit: str, count: int) -> date:
        """The deadline; the trigger is never counted."""
        day, seen, working = trigger, 0, 0
        while not self._over(trigger, day, unit, count, seen):
            day += DAY
            open_day = not self.closed(day)
            working += open_day
            seen += open_day if unit == "business_days" else 1
        if self.clear:
            return day + DAY
        wanted = 2 if self.european and unit != "business_days" and (unit == "months" or count >= 2) else 0
        while working < wanted or self.closed(day):
            day += DAY
            working += not self.closed(day)
        return day

    def _over(self, trigger: date, day: date, unit: str, count: int, seen: int) -> bool:
        if unit != "months":
            return seen == count
        gone = (day.year - trigger.year) * 12 + day.month - trigger.month
        if gone == count and (day + DAY).month != day.month and day.day < trigger.day:
            if not self.european:
                raise Ambiguous
            return True
        return gone == count and day.day == trigger.day

    def backward(self, limit: date, unit: str, count: int) -> date:
        """The latest trigger whose deadline does not pass a date."""
        trigger = limit
        while True:
            try:
                if self.forward(trigger, unit, count) <= limit:
                    return trigger
            except Ambiguous:
                # It may mean the last day of the month, which may not pass the date.
                last = trigger + DAY * 28
                while (last.year - trigger.year) * 12 + last.month - trigger.month <= count:
                    last += DAY
                last -= DAY
                while not self.clear and self.closed(last):
                    last += DAY
                if last + DAY * self.clear <= limit:
                    raise
            trigger -= DAY
