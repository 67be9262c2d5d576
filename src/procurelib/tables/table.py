"""A decision table: rows in layers, of which the highest that applies decides."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any, TypeAlias

from attrs import field, frozen

from procurelib.errors import TableError
from procurelib.tables.conditions import Compare, Condition, InForce, Series, Use, Within, walk
from procurelib.tables.facts import Fact


@frozen
class Open:
    """The outcome of law that is not modelled: one of ``outcomes`` (any at all when empty), and why we cannot say."""

    outcomes: frozenset[Hashable]
    gap: Hashable


Outcome: TypeAlias = Hashable


@frozen(eq=False)
class Row:
    """One line of a table: when ``when`` holds, the outcome is ``then``.

    ``then`` is an outcome, ``Open``, or a series whose version of the day is the outcome. Within a layer all rows that
    apply must agree; a row of a higher ``layer`` derogates from those below. ``cites`` are the provisions it rests on.
    """

    id: str
    when: Condition
    then: Any
    layer: int = 0
    cites: tuple[Series, ...] = ()


@frozen(eq=False)
class Table:
    """Rows over facts, and the days it covers.

    ``facts`` is also the order in which the table is compiled: the clock first, claims last, or compiling explodes.
    ``span`` holds the first and the last day covered, both included. ``impossible`` conditions only remove witnesses
    from ``check`` and regions from ``compare``; they never change an answer.

    Raises:
        TableError: a fact is tested but not listed or asked what it cannot answer, a row id is used twice, there is no row,
            or a table uses itself; everything that is wrong is listed.
    """

    id: str
    clock: Fact
    span: tuple[date, date]
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    impossible: tuple[Condition, ...] = ()
    _layers: tuple[int, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        problems: list[str] = []
        ids = [row.id for row in self.rows]
        problems += [
            f"the row id {i!r} is used {ids.count(i)} times; give each row its own"
            for i in sorted(set(ids))
            if ids.count(i) > 1
        ]
        if not self.rows:
            problems.append("it has no row; give at least one")
        # Equal outcomes of two types (True and 1) would merge in every set of outcomes that an answer holds.
        kinds: dict[Hashable, type] = {}
        problems += [
            f"its outcomes {o!r} and {kinds[o](o)!r} are equal but not the same; use one of them"
            for o in self.outcomes()
            if kinds.setdefault(o, type(o)) is not type(o)
        ]
        if self.span[0] > self.span[1]:
            problems.append(f"its span ends ({self.span[1]}) before it begins ({self.span[0]})")
        listed = {f.id for f in self.facts}
        if self.clock.id not in listed:
            problems.append(f"its clock {self.clock.id!r} is not among its facts; list it first")
        try:
            tested = {f.id for f in self.tested()}
            problems += [f"the fact {i!r} is tested but not listed among its facts" for i in sorted(tested - listed)]
        except RecursionError:
            problems.append("it uses itself, directly or through another table; break the circle")
        problems += self._misused()
        if problems:
            raise TableError(self.id, problems)
        object.__setattr__(self, "_layers", tuple(sorted({row.layer for row in self.rows}, reverse=True)))

    def _misused(self) -> Iterator[str]:
        """What its own conditions and outcomes ask of a fact that the fact cannot answer."""
        compared: dict[str, Series] = {row.then.id: row.then for row in self.rows if isinstance(row.then, Series)}
        for node in (n for root in (*(row.when for row in self.rows), *self.impossible) for n in walk(root)):
            if isinstance(node, Compare) and node.fact.values:
                yield f"it compares the fact {node.fact.id!r}, which is a choice; ask with Within"
            elif isinstance(node, Within) and not node.fact.values:
                yield f"it asks whether the fact {node.fact.id!r} is one of some values, but it has none; ask with Compare"
            elif isinstance(node, Within) and not node.values <= set(node.fact.values):
                strange = sorted(map(repr, node.values - set(node.fact.values)))
                yield f"the fact {node.fact.id!r} has no value {', '.join(strange)}; its values are {node.fact.values!r}"
            if isinstance(node, Compare) and isinstance(node.bound, Series):
                compared[node.bound.id] = node.bound
                if node.clock is None:
                    yield f"a comparison with the series {node.bound.id!r} names no clock; say on which day it is read"
            elif isinstance(node, InForce):
                compared[node.series.id] = node.series
        for series in compared.values():
            reading = series.reading
            if any(a.start >= b.start for _, steps in series.versions() for a, b in pairwise(steps)):
                yield f"the steps of the series {series.id!r} are not in the order of their days"
            if reading is not None and {r for r, _ in series.versions()} != set(reading.values):
                yield f"the series {series.id!r} must have steps for each reading of {reading.values!r}, its default included"

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers, the highest first."""
        return self._layers

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome some row gives, with repetitions."""
        for row in self.rows:
            if isinstance(row.then, Series):
                yield from (s.value for _, steps in row.then.versions() for s in steps if s.gap is None and not s.absent)
            elif isinstance(row.then, Open):
                yield from row.then.outcomes
            else:
                yield row.then

    def conditions(self) -> Iterator[Condition]:
        """Every node of every row and of the impossible combinations, and those of the tables it uses."""
        for root in (*(row.when for row in self.rows), *self.impossible):
            for node in walk(root):
                yield node
                if isinstance(node, Use):
                    yield from node.table.conditions()

    def rows_and_used(self) -> Iterator[Row]:
        """The rows of this table and of every table it uses."""
        yield from self.rows
        for node in self.conditions():
            if isinstance(node, Use):
                yield from node.table.rows

    def tested(self) -> Iterator[Fact]:
        """Every fact some row depends on, with repetitions."""
        for node in self.conditions():
            if isinstance(node, Compare | Within):
                yield node.fact
            if isinstance(node, Compare | InForce):
                series = node.series if isinstance(node, InForce) else node.bound
                if node.clock is not None:
                    yield node.clock
                if isinstance(series, Series) and series.reading is not None:
                    yield series.reading
        for row in self.rows_and_used():
            if isinstance(row.then, Series):
                yield self.clock
                if row.then.reading is not None:
                    yield row.then.reading

    def series(self) -> Iterator[tuple[Series, Fact]]:
        """Every dated series that is compared, in force or given as outcome, with the clock it is read on."""
        for node in self.conditions():
            if isinstance(node, InForce):
                yield node.series, node.clock
            elif isinstance(node, Compare) and isinstance(node.bound, Series):
                assert node.clock is not None  # checked when the table was made
                yield node.bound, node.clock
        for row in self.rows_and_used():
            if isinstance(row.then, Series):
                yield row.then, self.clock
