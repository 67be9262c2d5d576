"""Reading a table on one case by walking its rows: slow, plain, and the source of every explanation."""

from __future__ import annotations

from collections.abc import Hashable

from attrs import frozen

from procurelib.tables.conditions import Series, Step, Trace, day_of, evaluate, moment
from procurelib.tables.facts import Case
from procurelib.tables.table import Open, Row, Table


@frozen
class RowReading:
    """One row as one case reads it; ``decides`` when its outcome is among those that remain.

    ``undefined`` when no higher layer spares it a comparison, or an outcome, that has no value that day.
    """

    row: Row
    trace: Trace
    decides: bool
    undefined: bool = False


@frozen
class Reading:
    """A table as one case reads it.

    ``outcomes`` are those that remain, ``gaps`` why the law leaves more than one, ``unknown`` whether a missing fact
    does. With every fact known the outcomes are exact; with some unknown they may be too many, never too few.
    ``anything`` says that unmodelled law allows outcomes nobody can list. ``undefined`` says that the table has no answer
    here, a fault that ``check`` finds: a comparison had no value, rows disagree, or none applies.
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


def _outcomes(row: Row, table: Table, case: Case) -> tuple[frozenset[Hashable], frozenset[Hashable], bool] | None:
    """What a row leaves, its gaps, and whether anything goes; ``None`` when its outcome has no version that day."""
    if isinstance(row.then, Open):
        return row.then.outcomes, frozenset((row.then.gap,)), not row.then.outcomes
    if not isinstance(row.then, Series):
        return frozenset((row.then,)), frozenset(), False
    day = moment(row.then, table.clock, case)
    if day is None:
        every = [s for _, steps in row.then.versions() for s in steps if not s.absent]
        gaps = frozenset(s.gap for s in every if s.gap is not None)
        return frozenset(s.value for s in every if s.gap is None), gaps, bool(gaps)
    step = row.then.read(day, case)
    if step is None or step.absent:
        return None
    if step.gap is not None:
        return frozenset(), frozenset((step.gap,)), True
    return frozenset((step.value,)), frozenset(), False


def _typed(outcomes: frozenset[Hashable]) -> frozenset[Hashable]:
    return frozenset((type(o), o) for o in outcomes)


def read(table: Table, case: Case) -> Reading:
    """Read every row of a table on one case, the highest layer first, and say what remains."""
    outcomes: set[Hashable] = set()
    gaps: set[Hashable] = set()
    rows: list[RowReading] = []
    unknown = undefined = anything = settled = False
    for layer in table.layers:
        # A row that may yet apply higher up may spare the rows here whatever is wrong with them.
        spared = unknown
        certain: set[tuple[frozenset[Hashable], bool]] = set()
        for row in (r for r in table.rows if r.layer == layer):
            trace = evaluate(row.when, case)
            if settled or trace.truth == "false":
                rows.append(RowReading(row, trace, decides=False))
                continue
            found = None if trace.truth == "undefined" else _outcomes(row, table, case)
            at_fault = found is None and trace.truth != "unknown" and not spared
            rows.append(RowReading(row, trace, found is not None, at_fault))
            undefined = undefined or at_fault
            if found is not None:
                outcomes |= found[0]
                gaps |= found[1] | trace.gaps
                anything = anything or found[2]
            undated = isinstance(row.then, Series) and moment(row.then, table.clock, case) is None
            unknown = unknown or trace.truth == "unknown" or undated
            if trace.truth == "true":
                certain.add((_typed(found[0]), found[2]) if found is not None else (frozenset(), False))
        undefined = undefined or (len(certain) > 1 and not spared and not unknown)
        settled = settled or bool(certain)
    undefined = undefined or not (settled or unknown)
    if len(outcomes) == 1 and not anything:
        gaps.clear()
        unknown = False
    return Reading(frozenset(outcomes), frozenset(gaps), unknown, anything, undefined, tuple(rows))
