"""What an answer rests on: the rows that decide it, the versions they compare, and the rows that nearly applied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from procurelib.tables.conditions import AllOf, AnyOf, Compare, InForce, Series, Step, Trace, Use, day_of
from procurelib.tables.facts import Case, Fact, known
from procurelib.tables.read import Reading, RowReading, outcome_step, read
from procurelib.tables.table import Table


@frozen
class Used:
    """One dated version an answer rests on: the series, the step of the day, and whether it was compared or cited."""

    series: Series
    step: Step
    compared: bool


@frozen
class Basis:
    """What an answer of one table rests on.

    ``rows`` decide, or may decide when facts are missing, the concurring ones all of them; ``near`` are rows in force
    that fail by one test alone, those that need no further claim first. ``used`` holds every version compared or cited
    by a deciding row, and the versions on which a near row failed: a small change of those would change the answer.
    """

    reading: Reading
    rows: tuple[RowReading, ...]
    near: tuple[RowReading, ...]
    used: tuple[Used, ...]


def basis(table: Table, case: Case) -> Basis:
    """What the answer of a table in a case rests on, found by evaluating its rows."""
    reading = read(table, case)
    rows = tuple(r for r in reading.rows if r.decides)
    near = tuple(
        sorted((r for r in reading.rows if not r.decides and _is_near(r, case)), key=lambda r: needs_claim(r.trace, case))
    )
    found: dict[tuple[str, date], Used] = {}
    for used in (*_used(table, rows, case), *_failed(near, case)):
        key = (used.series.id, used.step.start)
        if key not in found or used.compared:
            found[key] = used
    return Basis(reading, rows, near, tuple(found.values()))


def _is_near(row: RowReading, case: Case) -> bool:
    return row.trace.truth == "false" and failing(row.trace) == 1 and _in_force(row.trace)


def _in_force(trace: Trace) -> bool:
    """Whether what makes the row fail is a fact of the case rather than what is in force that day."""
    return not any(isinstance(test.node, InForce) for test in decisive(trace))


def failing(trace: Trace) -> int:
    """How many tests would have to come out otherwise for a false condition to hold, at the least."""
    if trace.truth != "false":
        return 0
    if isinstance(trace.node, AllOf):
        return sum(failing(part) for part in trace.below)
    if isinstance(trace.node, AnyOf):
        return min((failing(part) for part in trace.below), default=1)
    return 1


def failed_leaf(trace: Trace) -> Trace:
    """The test on which a condition that fails by one test fails."""
    for part in trace.below:
        if part.truth == "false" and isinstance(trace.node, AllOf | AnyOf):
            return failed_leaf(part)
    return trace


def leaves(trace: Trace) -> Iterator[Trace]:
    """The tests of an evaluated condition, without the nodes that join them."""
    if trace.below:
        for part in trace.below:
            yield from leaves(part)
    else:
        yield trace


def needs_claim(trace: Trace, case: Case) -> bool:
    """Whether a row that nearly applies waits only for a claim that nobody made."""
    fact = getattr(failed_leaf(trace).node, "fact", None)
    return isinstance(fact, Fact) and fact.role == "claim" and known(fact, case) == fact.default


def _used(table: Table, rows: tuple[RowReading, ...], case: Case) -> Iterator[Used]:
    day = day_of(table.clock, case)
    for row in rows:
        for cited in row.row.cites:
            step = cited.read(day, case) if day is not None else None
            if step is not None and not step.absent:
                yield Used(cited, step, compared=False)
        yield from _compared(row.trace, case)
        step = outcome_step(row.row, table, case)
        if step is not None and isinstance(row.row.then, Series):
            yield Used(row.row.then, step, compared=True)


def decisive(trace: Trace) -> Iterator[Trace]:
    """The tests that make a condition what it is: of an ``any`` that holds those that hold, and so on down."""
    if not trace.below:
        yield trace
        return
    one_is_enough = (isinstance(trace.node, AnyOf) and trace.truth == "true") or (
        isinstance(trace.node, AllOf) and trace.truth == "false"
    )
    for part in trace.below:
        if not one_is_enough or part.truth == trace.truth:
            yield from decisive(part)


def _compared(trace: Trace, case: Case) -> Iterator[Used]:
    for leaf in decisive(trace):
        node = leaf.node
        if isinstance(node, Compare) and isinstance(node.bound, Series) and leaf.step is not None:
            yield Used(node.bound, leaf.step, compared=True)
        elif isinstance(node, InForce) and leaf.step is not None and leaf.truth != "false":
            yield Used(node.series, leaf.step, compared=False)
        elif isinstance(node, Use):
            yield from basis(node.table, case).used


def _failed(near: tuple[RowReading, ...], case: Case) -> Iterator[Used]:
    for row in near:
        if needs_claim(row.trace, case):
            continue
        leaf = failed_leaf(row.trace)
        # A negated comparison fails on the comparison under it.
        while leaf.below:
            leaf = leaf.below[0]
        if isinstance(leaf.node, Compare) and isinstance(leaf.node.bound, Series) and leaf.step is not None:
            yield Used(leaf.node.bound, leaf.step, compared=True)
