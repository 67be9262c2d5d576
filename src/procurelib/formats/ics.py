"""Deadlines, duties and timelines as an iCalendar file (RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias

from attrs import frozen

from procurelib.calendars import Deadline
from procurelib.citations import Citation, Text, language_of
from procurelib.dated import Caveat
from procurelib.errors import Fault, InputError, InputTypeError, MissingExtra
from procurelib.rules.duties import Duty
from procurelib.rules.timeline import Timeline

Writable: TypeAlias = Timeline | Iterable[Deadline | Duty | Timeline]

_PRODUCT: Final = "-//procurelib//calendar//EN"
_ONE_DAY: Final = timedelta(1)
_DEADLINE: Final = Text("Échéance", "Deadline")
_LATEST: Final = Text("au plus tard", "at the latest")
_EARLIEST: Final = Text("au plus tôt", "at the earliest")
_NOT_MODELLED: Final = Text("droit non modélisé", "law not modelled")


@frozen(kw_only=True)
class _Entry:
    """One entry of the calendar: an event of a whole day, or a task when no day is known."""

    key: str
    summary: str
    lines: tuple[str, ...]
    day: date | None


def write(what: Writable, *, stamp: datetime, locale: str) -> bytes:
    """The bytes of an iCalendar file that holds deadlines, duties or a timeline.

    ``what`` is a timeline, or deadlines, duties and timelines in any number. A day is an event of that whole day; a duty
    without a day is a task without a date, so that nothing is left out. ``stamp`` is the moment the file says it was made:
    given and not read from the clock, the same input gives the same bytes. Texts are in the language of ``locale``.

    Identifiers are stable: a duty keeps its own for a body and a year, an event of a timeline for a tender, also when its
    day moves, so that a calendar program updates an entry instead of adding one.

    >>> from procurelib.calendars import deadline
    >>> found = deadline(date(2024, 6, 1), days=15, calendar="ca-qc/I-16")
    >>> b"DTSTART;VALUE=DATE:20240617" in write([found], stamp=datetime(2024, 6, 1, tzinfo=UTC), locale="fr_CA")
    True

    Raises:
        MissingExtra: icalendar is not installed (``pip install 'procurelib[ics]'``).
        InputTypeError: something else to write, or a stamp that is no ``datetime``.
        InputError: a stamp without a time zone, or a locale that is neither French nor English.
    """
    try:
        from icalendar import Calendar, Event, Todo
    except ImportError:
        raise MissingExtra("ics") from None
    language = language_of(locale)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    moment = _moment(stamp)
    seen: dict[str, int] = {}
    for entry in _entries(what, locale):
        seen[entry.key] = seen.get(entry.key, 0) + 1
        part: Any = Todo() if entry.day is None else Event()
        part.add("uid", _uid(entry.key, seen[entry.key]))
        part.add("dtstamp", moment)
        part.add("summary", entry.summary, parameters={"language": language})
        if entry.lines:
            part.add("description", "\n".join(entry.lines), parameters={"language": language})
        if entry.day is not None:
            part.add("dtstart", entry.day)
            part.add("dtend", entry.day + _ONE_DAY)
            part.add("transp", "TRANSPARENT")
        calendar.add_component(part)
    written: bytes = calendar.to_ical()
    return written


def _moment(stamp: object) -> datetime:
    if not isinstance(stamp, datetime):
        raise InputTypeError([Fault("stamp", repr(stamp), "a datetime with a time zone")])
    if stamp.utcoffset() is None:
        remedy = "Write datetime(…, tzinfo=UTC)."
        raise InputError([Fault("stamp", repr(stamp), "a datetime with a time zone", remedy)])
    return stamp.astimezone(UTC).replace(microsecond=0)


def _uid(key: str, place: int) -> str:
    """An identifier made of what an entry is about; two entries about the same thing are told apart by their order."""
    from uuid import NAMESPACE_URL, uuid5

    return f"{uuid5(NAMESPACE_URL, f'procurelib:{key}:{place}')}@procurelib"


def _entries(what: object, locale: str) -> Iterator[_Entry]:
    parts: list[object] = [what] if isinstance(what, Timeline | Deadline | Duty) else _listed(what)
    for place, part in enumerate(parts):
        if isinstance(part, Timeline):
            yield from _of_timeline(part, locale)
        elif isinstance(part, Duty):
            yield _of_duty(part, locale)
        elif isinstance(part, Deadline):
            yield _of_deadline(part, locale)
        else:
            raise InputTypeError([Fault(f"what[{place}]", repr(part), "a Deadline, a Duty or a Timeline")])


def _listed(what: object) -> list[object]:
    if isinstance(what, Iterable) and not isinstance(what, str | bytes):
        return list(what)
    raise InputTypeError([Fault("what", repr(what), "a Timeline, or deadlines, duties and timelines")])


def _of_duty(duty: Duty, locale: str) -> _Entry:
    year = "" if duty.due is None else str(duty.due.year)
    summary = f"{duty.who} : {duty.what.in_(locale)}" if _french(locale) else f"{duty.who}: {duty.what.in_(locale)}"
    if duty.status == "not_modelled":
        summary = f"{summary} ({_NOT_MODELLED.in_(locale)})"
    lines = (f"{duty.to.in_(locale)} ({duty.trigger.in_(locale)})", *_rests_on(duty.citations, duty.caveats, locale))
    return _Entry(key=f"duty:{duty.who}:{duty.id}:{year}:{duty.status}", summary=summary, lines=lines, day=duty.due)


def _of_timeline(timeline: Timeline, locale: str) -> Iterator[_Entry]:
    name = timeline.tender or ""
    # Without an id a process is known by its first day, which replanning does not move.
    first = timeline.events[0].day.isoformat() if timeline.events else ""
    for event in timeline.events:
        bound = {"latest": _LATEST, "earliest": _EARLIEST}.get(event.kind)
        summary = event.what.in_(locale)
        if bound is not None:
            summary = f"{summary} ({bound.in_(locale)})"
        yield _Entry(
            key=f"timeline:{name or first}:{event.id}",
            summary=summary if not name else f"{name} – {summary}",
            lines=tuple(_rests_on(event.citations, event.caveats, locale)),
            day=event.day,
        )


def _of_deadline(found: Deadline, locale: str) -> _Entry:
    key = f"deadline:{found.calendar}:{found.rule}:{found.direction}:{found.given}:{found.count}:{found.unit}"
    return _Entry(key=key, summary=_DEADLINE.in_(locale), lines=tuple(found.explain(locale).splitlines()), day=found.date)


def _rests_on(citations: tuple[Citation, ...], caveats: tuple[Caveat, ...], locale: str) -> Iterator[str]:
    cited = "; ".join(dict.fromkeys(c.text(locale) for c in citations))
    if cited:
        yield cited
    yield from (caveat.text.in_(locale) for caveat in caveats)


def _french(locale: str) -> bool:
    return language_of(locale) == "fr"
