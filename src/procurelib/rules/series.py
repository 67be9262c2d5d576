"""From an entry of the law book to what the kernel compares: a dated series whose steps remember their version."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, timedelta
from functools import cache
from typing import Final

from attrs import evolve

from procurelib.dated import Parameter, Version
from procurelib.law import law
from procurelib.money import Money
from procurelib.rules.answer import Gap, Text
from procurelib.tables.conditions import Series, Step, Use, walk
from procurelib.tables.facts import Fact
from procurelib.tables.table import Row

STATED, EARLIER, LATER = "stated", "earlier", "later"
KNOWN, BEYOND = "known", "beyond"
TERM_SUFFIX: Final = "#term"


@cache
def series(id: str) -> Series:
    """The entry of the book with this id, as the kernel compares it.

    A version that holds only for a term, and a stretch the book says it does not cover, become gaps; a repeal ends the
    series. Where the first day of a version is not certain, the days of doubt become two readings.

    Raises:
        UnknownId: the book has no such entry.
    """
    return series_of(law[id])


def series_of(entry: Parameter) -> Series:
    """Any value of a book of law, the library's or your own, as the kernel compares it.

    >>> from procurelib.law import law
    >>> [str(step.value) for step in series_of(law["ca-qc/invitation-floor"]).steps]
    ['25000', '25000']
    """
    stated = _steps(entry, {})
    if entry.readings:
        return _disputed(entry, stated)
    unsure = [v for v in entry.versions if v.from_window is not None]
    if not unsure:
        return Series(entry.id, stated)
    earlier = _steps(entry, {v.start: v.from_window[0] for v in unsure if v.from_window})
    later = _steps(entry, {v.start: v.from_window[1] for v in unsure if v.from_window})
    reading = Fact(f"{entry.id}#start", "reading", (STATED, EARLIER, LATER), default=STATED)
    return Series(entry.id, stated, reading, ((EARLIER, earlier), (LATER, later)))


def term(id: str) -> Series:
    """Whether a value set for a term is known on a day: after its term no amount may be compared."""
    known = series(id)
    steps = [Step(known.steps[0].start, scope=KNOWN)]
    steps += [Step(step.start, scope=BEYOND) for step in known.steps if step.gap is not None]
    return Series(f"{id}{TERM_SUFFIX}", tuple(steps))


def beyond_term(id: str) -> tuple[date, Hashable]:
    """The first day after the term of a value, and why nothing is known from then on."""
    return next((step.start, step.gap) for step in series(id).steps if step.gap is not None)


def _disputed(entry: Parameter, stated: tuple[Step, ...]) -> Series:
    """The entry with a list of steps for each reading; outside the days of dispute all of them are the same."""
    default = next(r for r in entry.readings if r.default)
    others = []
    for reading in entry.readings:
        if not reading.default:
            kept = [s for s in stated if not reading.start <= s.start or (reading.end is not None and s.start >= reading.end)]
            during = [s for s in stated if s not in kept]
            value = reading.value.amount if isinstance(reading.value, Money) else reading.value
            scope = reading.value if isinstance(reading.value, str) else None
            starts = sorted({reading.start, *(s.start for s in during)})
            moved = [Step(start, value, scope, ref=_ref(stated, start)) for start in starts]
            if reading.end is not None and all(s.start != reading.end for s in kept):
                # After the dispute what the default reading gives goes on, though nothing begins on that day.
                resumed = next(s for s in reversed(stated) if s.start <= reading.end)
                kept.append(evolve(resumed, start=reading.end))
            others.append((reading.id, tuple(sorted((*kept, *moved), key=lambda s: s.start))))
    values = tuple(r.id for r in entry.readings)
    return Series(entry.id, stated, Fact(f"{entry.id}#reading", "reading", values, default=default.id), tuple(others))


def _ref(steps: tuple[Step, ...], day: date) -> object:
    return next((s.ref for s in reversed(steps) if s.start <= day), None)


def _steps(entry: Parameter, moved: dict[date, date]) -> tuple[Step, ...]:
    steps: dict[date, Step] = {}
    for version in entry.versions:
        start = moved.get(version.start, version.start)
        steps[start] = Step(start, compared(version), version.scope or _code(version), ref=version)
        if version.known_until is not None and version.end is None:
            after = version.known_until + timedelta(1)
            steps[after] = Step(after, gap=_beyond(entry, version, after))
    for entry_gap in entry.gaps:
        steps[entry_gap.start] = Step(entry_gap.start, gap=gap_on(entry, entry_gap.start))
        ends = entry_gap.end
        if ends is not None and ends not in steps:
            steps[ends] = Step(ends, absent=True)
    for version in entry.versions:
        if version.end is not None and version.end not in steps and version.end not in moved:
            steps[version.end] = Step(version.end, absent=True)
    if entry.repealed is not None and entry.repealed not in steps:
        steps[entry.repealed] = Step(entry.repealed, absent=True)
    return tuple(steps[start] for start in sorted(steps))


def compared(version: Version) -> Hashable:
    """The value of a version as it is compared: an amount without its currency, a number, a code."""
    value = version.value
    return value.amount if isinstance(value, Money) else value


def _code(version: Version) -> str | None:
    return version.value if isinstance(version.value, str) else None


def _title(entry: Parameter) -> Text:
    return Text(entry.title_fr, entry.title_en)


def _beyond(entry: Parameter, version: Version, after: date) -> Gap:
    found = entry.gap(after)
    reason = (
        Text(found.reason_fr, found.reason_en)
        if found is not None
        else Text(
            "La valeur n’était fixée que pour un terme, maintenant passé.",
            "The value was set for a term that has passed.",
        )
    )
    return Gap(entry.id, after, None, reason, _title(entry), version.citations)


def gap_on(entry: Parameter, day: date) -> Gap | None:
    """Why the book holds nothing under an entry on a day, or ``None`` when it does not say."""
    found = entry.gap(day)
    if found is None:
        return None
    before = [v for v in entry.versions if v.start < found.start]
    cites = before[-1].citations if found.held_before and before else ()
    return Gap(entry.id, found.start, found.end, Text(found.reason_fr, found.reason_en), _title(entry), cites)


def require_gap(id: str, day: date) -> Gap:
    """The gap of an entry on a day on which a rule relies on there being one.

    Raises:
        LookupError: the book says nothing of a gap there.
    """
    found = gap_on(law[id], day)
    if found is None:
        raise LookupError(f"{id} has no gap on {day.isoformat()}")
    return found


def readings_in(rows: tuple[Row, ...]) -> tuple[Fact, ...]:
    """The disputed readings that rows depend on, each once, those of the tables they use included."""
    found: dict[str, Fact] = {}
    for row in rows:
        dated = [row.then] if isinstance(row.then, Series) else []
        for node in walk(row.when):
            if isinstance(node, Use):
                found.update({f.id: f for f in readings_in(node.table.rows)})
            dated += [x for x in (getattr(node, "series", None), getattr(node, "bound", None)) if isinstance(x, Series)]
        found.update({s.reading.id: s.reading for s in dated if s.reading is not None})
    return tuple(found[id] for id in sorted(found))
