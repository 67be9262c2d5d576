"""Reading a table on one case by walking its rows: slow, plain, and the source of every explanation."""

from __future__ import annotations

from collections.abc import Hashable

from attrs import frozen

from procurelib.tables.conditions import Series, Step, Trace, day_of, evaluate
from procurelib.tables.facts import Case
from procurelib.tables.table import Open, Row, Table


@frozen
class RowReading:
    """One row as one case reads it; ``decides`` when its outcome is among those that remain."""

    row: Row
    trace: Trace
    decides: bool


@frozen
class Reading:
    """A table as one case reads it.

    ``outcomes`` are those that remain, ``gaps`` why the law leaves more than one, ``unknown`` whether a missing fact
    does. With every fact known the outcomes are exact; with some unknown they may be too many, never too few.
    ``anything`` says that unmodelled law allows outcomes nobody can list, ``undefined`` that a comparison had no value.
    """

    outcomes: frozenset[Hashable]
    gaps: frozenset[Hashable]
    unknown: bool
    anything: bool
    undefined: bool
    rows: tuple[RowReading, ...]


def outcome_step(row: Row, table: Table, case: Case) -> Step | None:
    """The version of a dated outcome that holds in a case, or ``None`` when the outcome is not dated."""
    day = day_of(table.clock, case)
    return row.then.read(day, case) if isinstance(row.then, Series) and day is not None else None


def _outcomes(row: Row, table: Table, case: Case) -> tuple[frozenset[Hashable], frozenset[Hashable], bool]:
    if isinstance(row.then, Open):
        return row.then.outcomes, frozenset((row.then.gap,)), not row.then.outcomes
    if not isinstance(row.then, Series):
        return frozenset((row.then,)), frozenset(), False
    day = day_of(table.clock, case)
    if day is None:
        every = frozenset(s.value for _, steps in row.then.versions() for s in steps if s.gap is None and not s.absent)
        return every, frozenset(), False
    step = row.then.read(day, case)
    if step is None or step.absent:
        return frozenset(), frozenset(), False
    if step.gap is not None:
        return frozenset(), frozenset((step.gap,)), True
    return frozenset((step.value,)), frozenset(), False


def read(table: Table, case: Case) -> Reading:
    """Read every row of a table on one case, the highest layer first, and say what remains."""
    outcomes: set[Hashable] = set()
    gaps: set[Hashable] = set()
    rows: list[RowReading] = []
    unknown = undefined = anything = settled = False
    for layer in table.layers:
        fired = False
        for row in (r for r in table.rows if r.layer == layer):
            trace = evaluate(row.when, case)
            possible = trace.truth in ("true", "open", "unknown") and not settled
            rows.append(RowReading(row, trace, possible))
            if settled:
                continue
            undefined = undefined or trace.truth == "undefined"
            if possible:
                found, why, any_at_all = _outcomes(row, table, case)
                outcomes |= found
                gaps |= why | trace.gaps
                anything = anything or any_at_all
                unknown = unknown or trace.truth == "unknown"
                fired = fired or trace.truth == "true"
        settled = settled or fired
    if len(outcomes) == 1 and not anything:
        gaps.clear()
        unknown = False
    return Reading(frozenset(outcomes), frozenset(gaps), unknown, anything, undefined, tuple(rows))
