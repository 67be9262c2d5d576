"""What a body has to publish, table or send, and by when: duties, each by the law of the day it falls due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Final, Literal, Protocol, TypeAlias, cast, final, runtime_checkable

from attrs import frozen

from procurelib.calendars.holidays import calendar_of
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.models.city import City
from procurelib.models.convert import Faults

DutyStatus: TypeAlias = Literal["due", "standing", "not_modelled"]
STATUSES: Final = ("due", "standing", "not_modelled")

JURISDICTIONS: Final = {"ca-qc": "procurelib.rules.ca_qc.duties", "fr": "procurelib.rules.fr.duties"}
"""Where the duties of a jurisdiction are; one that is not here has none read, which is refused, never answered empty."""


@runtime_checkable
class Period(Protocol):
    """Anything with a first day and a first day after: a ``ReportingPeriod`` is one."""

    @property
    def start(self) -> date:
        """The first day."""
        ...

    @property
    def end(self) -> date:
        """The first day after."""
        ...


@final
@frozen(kw_only=True)
class Duty:
    """Something a body has to publish, table or send.

    ``id`` is permanent (``ca-qc/annual-contract-list``); ``who`` names the body; ``what`` and ``to`` say what is done, and
    for whom; ``trigger`` says what makes it due. ``status`` is ``due`` (on or before the day ``due``, which the text
    states), ``standing`` (in force, without a day of the calendar: ``due`` is ``None`` and the trigger says when) or
    ``not_modelled`` (the book does not hold the law of those days; the caveat says what held before).

    A duty of your own has the same shape, and needs no citation:

    >>> report = Duty(
    ...     id="own/half-year-report", who="Longueuil", due=date(2026, 7, 31), status="due",
    ...     what=Text("Rapport semestriel", "Half-year report"), to=Text("le Pôle", "the Pôle"),
    ...     trigger=Text("fin du semestre", "end of the half-year"),
    ... )
    >>> report.what.in_("en_CA"), Duty.from_dict(report.to_dict()) == report
    ('Half-year report', True)
    """

    id: str
    who: str
    what: Text
    to: Text
    trigger: Text
    due: date | None
    status: DutyStatus
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("id", self.id, optional=False)
        faults.text("who", self.who, optional=False)
        for name in ("what", "to", "trigger"):
            given: object = getattr(self, name)
            if not isinstance(given, Text):
                faults.add_type(name, given, "a Text", "Write Text(fr, en).")
        dated = faults.day("due", self.due, optional=True) and self.due is not None
        if self.status not in STATUSES:
            faults.add("status", self.status, f"one of {', '.join(STATUSES)}")
        elif (self.status == "due") != dated:
            remedy = "A duty with a day has the status 'due'; one without has another."
            faults.add("status", self.status, "'due' exactly when due is a day", remedy)
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """The duty as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Duty:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def duties(city: City, period: Period | tuple[date, date], *, own: Iterable[Duty] = ()) -> tuple[Duty, ...]:
    """What a body has to publish, table or send in a period.

    ``period`` is a ``ReportingPeriod``, or its first day and the first day after it. First come the duties with a day that
    lies in the period, by day; then those in force without a day; then, once each, those whose law in the period the book
    does not hold. ``own`` are duties of your own: those with a day outside the period are left out.

    A day is the one the text states. When it is a holiday of the Interpretation Act, a caveat says to which day that Act
    extends it: the stated day is the safe one.

    >>> from procurelib.places import cities
    >>> [d.due.isoformat() for d in duties(cities["ca-qc/longueuil"], (date(2025, 1, 1), date(2026, 1, 1))) if d.due]
    ['2025-03-31', '2025-06-30']

    Raises:
        InputTypeError, InputError: a day that is not a date, an end that is not after the start, something that is not a
            duty in ``own``, or a body whose jurisdiction has no duties in this edition.
        NotYetInForce, NoLongerInForce: part of the period is outside the days covered, those of the holidays.
    """
    start, end = span_of(city, period)
    mine: list[Duty] = []
    faults = Faults()
    given: object = own
    if not isinstance(given, Iterable):
        faults.add_type("own", given, "duties of your own", "Leave it out when there is none.")
        faults.refuse()
    for place, duty in enumerate(cast("Iterable[object]", given)):
        if isinstance(duty, Duty):
            mine.append(duty)
        else:
            faults.add_type(f"own[{place}]", duty, "a Duty")
    faults.refuse()
    found: tuple[Duty, ...] = (*_module(city).duties_of(city, start, end), *mine)
    kept = [d for d in found if d.due is None or start <= d.due < end]
    return tuple(sorted(kept, key=_order))


def span_of(city: object, period: object) -> tuple[date, date]:
    """The first day of a period and the first day after it, after every check of the two arguments."""
    faults = Faults()
    if not isinstance(city, City):
        faults.add_type("city", city, "a City", "Take one from procurelib.cities, or build a City.")
    elif city.jurisdiction not in JURISDICTIONS:
        remedy = "Duties of other jurisdictions come with later editions."
        faults.add("city", city.id, f"a body of {', '.join(JURISDICTIONS)}", remedy)
    start: object = None
    end: object = None
    if isinstance(period, tuple) and len(period) == 2:
        start, end = period
    elif isinstance(period, Period):
        start, end = period.start, period.end
    else:
        faults.add_type("period", period, "a ReportingPeriod, or its first day and the first day after it")
        faults.refuse()
    if faults.day("period.start", start) and faults.day("period.end", end):
        assert isinstance(start, date)
        assert isinstance(end, date)
        if end <= start:
            faults.add("period.end", end, f"a day after the start, {start.isoformat()}")
        faults.refuse()
        assert isinstance(city, City)
        # Before the first day the book covers and after its last, no duty is not the same as no known duty.
        calendar = calendar_of(city.jurisdiction)
        calendar.require(start, "period.start")
        calendar.require(end - timedelta(1), "period.end")
        return start, end
    faults.refuse()
    raise AssertionError("a day that is not one was refused")


def _module(city: City) -> Any:
    return import_module(JURISDICTIONS[city.jurisdiction])


def _order(duty: Duty) -> tuple[int, date]:
    return STATUSES.index(duty.status), duty.due or date.min
