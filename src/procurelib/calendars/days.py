"""The days a code of the law book names in a year, and how such days are spoken of in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

from procurelib.citations import Text
from procurelib.errors import UnknownId

MONTHS: Final = (
    ("january", "janvier"),
    ("february", "février"),
    ("march", "mars"),
    ("april", "avril"),
    ("may", "mai"),
    ("june", "juin"),
    ("july", "juillet"),
    ("august", "août"),
    ("september", "septembre"),
    ("october", "octobre"),
    ("november", "novembre"),
    ("december", "décembre"),
)
WEEKDAYS: Final = (
    ("monday", "lundi"),
    ("tuesday", "mardi"),
    ("wednesday", "mercredi"),
    ("thursday", "jeudi"),
    ("friday", "vendredi"),
    ("saturday", "samedi"),
    ("sunday", "dimanche"),
)
_ORDINALS: Final = (("first", "premier"), ("second", "deuxième"), ("third", "troisième"), ("fourth", "quatrième"))
# Days from Easter Sunday.
_FEASTS: Final = {
    "good_friday": (-2, Text("Vendredi saint", "Good Friday")),
    "easter_monday": (1, Text("lundi de Pâques", "Easter Monday")),
    "ascension": (39, Text("Ascension", "Ascension Day")),
    "whit_monday": (50, Text("lundi de Pentecôte", "Whit Monday")),
}
_MONTH_NUMBER: Final = {name: place for place, (name, _) in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBER: Final = {name: place for place, (name, _) in enumerate(WEEKDAYS)}
_MONTH: Final = "|".join(_MONTH_NUMBER)
_WEEKDAY: Final = "|".join(_WEEKDAY_NUMBER)
_DATE: Final = re.compile(rf"({_MONTH})_([1-9]\d?)")
_MOVED: Final = re.compile(rf"((?:{_MONTH})_[1-9]\d?)_or_next_day_if_({_WEEKDAY})")
_BEFORE: Final = re.compile(rf"({_WEEKDAY})_before_((?:{_MONTH})_[1-9]\d?)")
_NTH: Final = re.compile(rf"({'|'.join(n for n, _ in _ORDINALS)})_({_WEEKDAY})_of_({_MONTH})")
_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)


def month_day(code: str) -> tuple[int, int]:
    """The month and the day of a code such as ``march_31``; ``UnknownId`` when it is none.

    >>> month_day("march_31")
    (3, 31)
    """
    found = _DATE.fullmatch(code)
    if found is None or not _exists(_MONTH_NUMBER[found[1]], int(found[2])):
        raise UnknownId("day of the year", code)
    return _MONTH_NUMBER[found[1]], int(found[2])


def _exists(month: int, day: int) -> bool:
    return _day_in(date.max.year, month, day) is not None or (month, day) == (2, 29)


def _day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def weekday(code: str) -> int | None:
    """The number of a day of the week, Monday 0, or ``None`` when the code is of another form.

    >>> weekday("sunday"), weekday("january_1")
    (6, None)
    """
    return _WEEKDAY_NUMBER.get(code)


@cache
def day_in(code: str, year: int) -> date | None:
    """The one day that a code names in a year, ``None`` in a year that lacks it.

    A day of the week has no single day: ``UnknownId``, as for a code of no known form.

    >>> day_in("good_friday", 2026), day_in("july_1_or_next_day_if_sunday", 2029)
    (datetime.date(2026, 4, 3), datetime.date(2029, 7, 2))
    """
    if code in _FEASTS:
        from dateutil.easter import easter

        return easter(year) + timedelta(days=_FEASTS[code][0])
    if found := _MOVED.fullmatch(code):
        day = _day_in(year, *month_day(found[1]))
        return day + _ONE_DAY if day is not None and day.weekday() == _WEEKDAY_NUMBER[found[2]] else day
    if found := _BEFORE.fullmatch(code):
        day = _day_in(year, *month_day(found[2]))
        return None if day is None else _on_or_before(day - _ONE_DAY, _WEEKDAY_NUMBER[found[1]])
    if found := _NTH.fullmatch(code):
        place = [name for name, _ in _ORDINALS].index(found[1])
        first_week_ends = date(year, _MONTH_NUMBER[found[3]], 7)
        return _on_or_before(first_week_ends, _WEEKDAY_NUMBER[found[2]]) + place * _WEEK
    return _day_in(year, *month_day(code))


def days_in(code: str, year: int) -> Iterator[date]:
    """Every day of a year that a code names."""
    number = weekday(code)
    if number is None:
        one = day_in(code, year)
        if one is not None:
            yield one
        return
    day = date(year, 1, 1)
    day += timedelta(days=(number - day.weekday()) % 7)
    week = timedelta(days=7)
    while day.year == year:
        yield day
        day += week


def _on_or_before(day: date, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def name(code: str) -> Text:
    """How a person calls the day a code names.

    >>> name("monday_before_may_25").fr, name("january_1").en
    ('lundi qui précède le 25 mai', '1 January')
    """
    if code in _FEASTS:
        return _FEASTS[code][1]
    if code in _WEEKDAY_NUMBER:
        return _weekday_name(code)
    if found := _MOVED.fullmatch(code):
        day, moved = name(found[1]), _weekday_name(found[2])
        return Text(
            f"{day.fr}, ou le lendemain si c’est un {moved.fr}",
            f"{day.en}, or the day after when that is a {moved.en}",
        )
    if found := _BEFORE.fullmatch(code):
        which, day = _weekday_name(found[1]), name(found[2])
        return Text(f"{which.fr} qui précède le {day.fr}", f"{which.en} before {day.en}")
    if found := _NTH.fullmatch(code):
        which, month = _weekday_name(found[2]), MONTHS[_MONTH_NUMBER[found[3]] - 1]
        of = "d’" if month[1][0] in "ao" else "de "
        return Text(f"{dict(_ORDINALS)[found[1]]} {which.fr} {of}{month[1]}", f"{found[1]} {which.en} of {month[0].title()}")
    month_number, number = month_day(code)
    return _month_and_day(month_number, number)


def _weekday_name(code: str) -> Text:
    english, french = WEEKDAYS[_WEEKDAY_NUMBER[code]]
    return Text(french, english.title())


def _month_and_day(month: int, day: int) -> Text:
    english, french = MONTHS[month - 1]
    return Text(f"{'1er' if day == 1 else day} {french}", f"{day} {english.title()}")


def spoken(day: date) -> Text:
    """A day as a person writes it.

    >>> spoken(date(2024, 6, 1)).fr
    '1er juin 2024'
    """
    text = _month_and_day(day.month, day.day)
    return Text(f"{text.fr} {day.year}", f"{text.en} {day.year}")


def counted(number: int, french: str, english: str) -> Text:
    """A number of things; each word is given in the singular.

    >>> counted(1, "jour", "day").en, counted(3, "mois", "month").fr, counted(2, "jour ouvrable", "business day").fr
    ('1 day', '3 mois', '2 jours ouvrables')
    """
    fr = " ".join(word if number < 2 or word.endswith("s") else f"{word}s" for word in french.split())
    return Text(f"{number} {fr}", f"{number} {english}" if number == 1 else f"{number} {english}s")
