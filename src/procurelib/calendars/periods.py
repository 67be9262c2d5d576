"""Reporting periods: a span of days cut by the fiscal calendar, or by the anniversaries of its first day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, TypeAlias, cast, final, get_args, overload

from attrs import frozen

from procurelib.calendars.days import MONTHS, spoken
from procurelib.calendars.faults import Faults
from procurelib.citations import Text, language_of
from procurelib.errors import Fault, InputTypeError

Cadence: TypeAlias = Literal["month", "quarter", "half-year", "year", "edition"]
CADENCES: Final[tuple[Cadence, ...]] = get_args(Cadence)
_MONTHS_IN: Final[Mapping[Cadence, int]] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_ONE_DAY: Final = timedelta(days=1)
_ORDINALS: Final = (("1er", "First"), ("2e", "Second"), ("3e", "Third"), ("4e", "Fourth"))
_NOUNS: Final[Mapping[Cadence, tuple[str, str]]] = {"quarter": ("trimestre", "quarter"), "half-year": ("semestre", "half")}
_PART_OF: Final[Mapping[Cadence, tuple[str, str]]] = {
    "month": ("mois incomplet", "part of a month"),
    "quarter": ("trimestre incomplet", "part of a quarter"),
    "half-year": ("semestre incomplet", "part of a half-year"),
    "year": ("année incomplète", "part of a year"),
    "edition": ("édition incomplète", "part of an edition"),
}


@final
@frozen(order=True)
class ReportingPeriod:
    """A span of days on which something is reported: from ``start`` up to, but not including, ``end``.

    ``partial`` says that it is cut short by the span it belongs to. ``cadence`` is ``month``, ``quarter``,
    ``half-year``, ``year`` or ``edition``. A day that is no ``date``, or an end that is not after the start, raises
    ``InputError``.

    >>> period = ReportingPeriod(date(2026, 1, 1), date(2026, 7, 1), False, "half-year")
    >>> str(period), period.days, date(2026, 6, 30) in period
    ('2026-01-01/2026-06-30', 181, True)
    """

    start: date
    end: date
    partial: bool
    cadence: Cadence

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        given: dict[str, object] = {name: getattr(self, name) for name in ("start", "end", "partial", "cadence")}
        days = [faults.day(name, given[name]) for name in ("start", "end")]
        if all(days) and self.end <= self.start:
            faults.add("end", given["end"], "a day after the start: it is the first day that is no longer in the period")
        if not isinstance(given["partial"], bool):
            faults.add("partial", given["partial"], "True or False", of_type=True)
        _known_cadence(faults, given["cadence"])
        faults.refuse()

    @property
    def last(self) -> date:
        """The last day of the period."""
        return self.end - _ONE_DAY

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.end - self.start).days

    def __contains__(self, day: object) -> bool:
        if isinstance(day, datetime) or not isinstance(day, date):
            raise InputTypeError([Fault("day", repr(day), "a datetime.date")])
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start.isoformat()}/{self.last.isoformat()}"

    def label(self, locale: str) -> str:
        """The period as a person names it in a French or English locale.

        A month, quarter, half-year or year of the civil calendar has its name; any other is told by its first and last
        day, and one that is cut short says so.

        >>> first = ReportingPeriod(date(2026, 1, 1), date(2026, 7, 1), False, "half-year")
        >>> first.label("fr_CA"), first.label("en_CA")
        ('1er semestre 2026', 'First half of 2026')
        """
        french = language_of(locale) == "fr"
        name = None if self.partial else self._civil_name()
        if name is not None:
            return name.fr if french else name.en
        start, last = spoken(self.start), spoken(self.last)
        if self.days == 1:
            told = Text(f"le {start.fr}", start.en)
        else:
            told = Text(f"du {start.fr} au {last.fr}", f"{start.en} to {last.en}")
        if self.partial:
            part = _PART_OF[self.cadence]
            told = Text(f"{told.fr} ({part[0]})", f"{told.en} ({part[1]})")
        elif self.cadence == "edition":
            told = Text(f"édition, {told.fr}", f"Edition, {told.en}")
        return told.fr if french else told.en

    def _civil_name(self) -> Text | None:
        months = _MONTHS_IN.get(self.cadence)
        if months is None or self.start.day != 1 or (self.start.month - 1) % months:
            return None
        if self.end != _plus_months(self.start, months):
            return None
        year, place = self.start.year, (self.start.month - 1) // months
        if self.cadence == "year":
            return Text(f"année {year}", f"Year {year}")
        if self.cadence == "month":
            english, french = MONTHS[place]
            return Text(f"{french} {year}", f"{english.title()} {year}")
        (ordinal_fr, ordinal_en), (noun_fr, noun_en) = _ORDINALS[place], _NOUNS[self.cadence]
        return Text(f"{ordinal_fr} {noun_fr} {year}", f"{ordinal_en} {noun_en} of {year}")

    def to_dict(self) -> dict[str, Any]:
        """The period as JSON-safe values; ``end`` is the first day after it."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "partial": self.partial,
            "cadence": self.cadence,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReportingPeriod:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


@overload
def reporting_periods(
    cadence: Cadence, start: date, *, until: date, fiscal_start: tuple[int, int] = (1, 1), anniversary: bool = False
) -> tuple[ReportingPeriod, ...]: ...
@overload
def reporting_periods(
    cadence: Cadence, start: date, *, until: None = None, fiscal_start: tuple[int, int] = (1, 1), anniversary: bool = False
) -> Iterator[ReportingPeriod]: ...
def reporting_periods(
    cadence: Cadence,
    start: date,
    *,
    until: date | None = None,
    fiscal_start: tuple[int, int] = (1, 1),
    anniversary: bool = False,
) -> tuple[ReportingPeriod, ...] | Iterator[ReportingPeriod]:
    """The reporting periods that cover the days from ``start`` up to, but not including, ``until``.

    ``cadence`` is ``month``, ``quarter``, ``half-year`` or ``year``: periods of the fiscal calendar that begins on
    ``fiscal_start`` (month, day), the first and the last one cut to the span and marked ``partial``; with
    ``anniversary`` they begin on the dates of ``start`` instead. An ``edition`` has the bounds its organiser gives it:
    it is one period, the whole span, and needs ``until``. Without ``until`` the periods are worked out as they are
    read.

    Raises:
        InputError: an end that is not after the start, an unknown cadence, a day of the year that some years lack (29
            February, or the 31st of a month for periods that begin in shorter ones); every fault is reported.
        InputTypeError: a ``datetime``, or another value of the wrong type.

    >>> [str(period) for period in reporting_periods("half-year", date(2026, 1, 1), until=date(2027, 1, 1))]
    ['2026-01-01/2026-06-30', '2026-07-01/2026-12-31']
    """
    faults = Faults()
    _check(faults, cadence, start, until, fiscal_start, anniversary)
    faults.refuse()
    if cadence == "edition":
        assert until is not None
        return (ReportingPeriod(start, until, False, cadence),)
    months = _MONTHS_IN[cadence]
    first = start if anniversary else _latest_start(start, fiscal_start, months)
    cut = _cut(cadence, first, months, start, until)
    return cut if until is None else tuple(cut)


def _cut(cadence: Cadence, first: date, months: int, start: date, until: date | None) -> Iterator[ReportingPeriod]:
    begins = first
    while until is None or begins < until:
        try:
            ends = _plus_months(begins, months)
        except ValueError:  # the calendar of the machine ends here
            return
        low, high = max(begins, start), ends if until is None else min(ends, until)
        yield ReportingPeriod(low, high, (low, high) != (begins, ends), cadence)
        begins = ends


def _plus_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; the checks have made sure that there is one."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)


def _latest_start(start: date, fiscal_start: tuple[int, int], months: int) -> date:
    """The last first day of a fiscal period that is not after a day."""
    month, number = fiscal_start
    starts = [(month - 1 + step) % 12 + 1 for step in range(0, 12, months)]
    this_year = [day for m in starts if (day := start.replace(month=m, day=number)) <= start]
    return max(this_year) if this_year else start.replace(year=start.year - 1, month=max(starts), day=number)


_SHORTEST: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _known_cadence(faults: Faults, value: object) -> bool:
    if value not in CADENCES:
        faults.add("cadence", value, f"one of {', '.join(CADENCES)}")
        return False
    return True


def _check(faults: Faults, cadence: object, start: object, until: object, fiscal_start: object, anniversary: object) -> None:
    known = _known_cadence(faults, cadence)
    has_start = faults.day("start", start)
    if until is not None and faults.day("until", until) and has_start and cast("date", until) <= cast("date", start):
        faults.add("until", until, "a day after the start: it is the first day that is no longer covered")
    if not isinstance(anniversary, bool):
        faults.add("anniversary", anniversary, "True or False", of_type=True)
    fiscal = _month_and_day(fiscal_start)
    if fiscal is None:
        faults.add("fiscal_start", fiscal_start, "a month and a day that exist, such as (4, 1)")
    elif anniversary is True and fiscal != (1, 1):
        faults.add("fiscal_start", fiscal_start, "nothing: with anniversary the periods begin on the dates of start")
    if not known or fiscal is None:
        return
    if cadence == "edition":
        if until is None:
            faults.add(
                "until", until, "the day after the edition ends", "Nobody but its organiser can say when an edition ends."
            )
        return
    months = _MONTHS_IN[cast("Cadence", cadence)]
    if anniversary is True and has_start:
        day = cast("date", start)
        _exists_always(faults, "start", start, (day.month, day.day), months)
    elif anniversary is not True:
        _exists_always(faults, "fiscal_start", fiscal_start, fiscal, months)


def _month_and_day(given: object) -> tuple[int, int] | None:
    """A month and a day of a leap year, or ``None`` when the value is no such pair."""
    if not isinstance(given, tuple):
        return None
    pair = cast("tuple[object, ...]", given)
    if len(pair) != 2 or not all(isinstance(n, int) and not isinstance(n, bool) for n in pair):
        return None
    month, day = cast("tuple[int, int]", pair)
    if not 1 <= month <= 12 or not (1 <= day <= _SHORTEST[month - 1] or (month, day) == (2, 29)):
        return None
    return month, day


def _exists_always(faults: Faults, path: str, value: object, day: tuple[int, int], months: int) -> None:
    """Refuse periods some of which would begin on a day that does not exist."""
    month, number = day
    lacking = [m for m in range(12) if (m - month + 1) % months == 0 and number > _SHORTEST[m]]
    if lacking:
        names = ", ".join(MONTHS[m][0].title() for m in lacking)
        expected = f"a day that every period can begin on; {names} has no day {number} every year"
        faults.add(path, value, expected, "Choose a day up to the 28th, and say yourself where such a period begins.")
