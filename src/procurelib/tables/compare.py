"""Comparing two days, or two tables over the same facts, exactly: the regions where the outcome differs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from functools import partial
from operator import eq
from typing import Any

from attrs import frozen

from procurelib.errors import Fault, InputError, TableError
from procurelib.tables.check import representative
from procurelib.tables.diagram import Arena, Diagram, Node, Remains, axes_of, pair, require_covered
from procurelib.tables.facts import Axis, Fact, letters
from procurelib.tables.table import Row, Table


@frozen
class Side:
    """One side of a comparison: a table, on a day."""

    table: Table
    day: date


@frozen
class Extent:
    """Where a region lies along one fact: some values of a choice, or an interval ``[low, high)`` (``None``: no bound)."""

    fact: Fact
    values: tuple[Hashable, ...] = ()
    low: Hashable = None
    high: Hashable = None


@frozen
class Region:
    """A set of cases in which both sides give the same pair of outcomes; regions are disjoint, not minimal.

    ``claim`` is the claim made throughout, if any. ``witness`` is one case inside; on the days of the two sides its
    outcomes are ``before`` and ``after``.
    """

    before: frozenset[Hashable]
    after: frozenset[Hashable]
    claim: str | None
    extents: tuple[Extent, ...]
    witness: tuple[tuple[str, Hashable], ...]


def compare_sides(a: Side, b: Side, given: Mapping[str, Hashable]) -> tuple[Region, ...]:
    """The regions where the outcomes of two sides differ; none means that they are proven equal.

    Claims are not made, then each one alone is; readings keep their default. ``given`` pins facts by id.

    Raises:
        TableError: the sides have no fact in common, or one of them is unsound where it matters.
        InputError: ``given`` names a fact that neither side has, or an impossible value.
        NotYetInForce, NoLongerInForce: a day is outside the span of its table.
    """
    return _Comparison(a, b, given).regions(_outcomes_differ)


def compare_rows(
    a: Side, b: Side, given: Mapping[str, Hashable]
) -> tuple[tuple[Region, tuple[str, ...], tuple[str, ...]], ...]:
    """The regions where the outcome is the same but the deciding rows, or the gaps, are others; claims are not made."""
    return _Comparison(a, b, given).same_outcome_regions()


class _Comparison:
    def __init__(self, a: Side, b: Side, given: Mapping[str, Hashable]) -> None:
        for side in (a, b):
            require_covered(side.table, side.day)
        if {f.id for f in a.table.facts if f.role == "need"} != {f.id for f in b.table.facts if f.role == "need"}:
            raise TableError(
                a.table.id, [f"it cannot be compared with {b.table.id}: they do not ask the same facts of the need"]
            )
        self.sides = (a, b)
        self.axes = axes_of([a.table, b.table])
        self.arena = Arena(self.axes)
        self.vars = {axis.fact.id: i for i, axis in enumerate(self.axes)}
        faults = [
            Fault(f"given[{name!r}]", repr(value), f"one of {', '.join(sorted(self.vars))}", "Pin a fact of the table.")
            for name, value in given.items()
            if name not in self.vars
        ]
        if faults:
            raise InputError(faults)
        self.given = given
        self.diagrams = [Diagram(side.table, self.axes, self.arena) for side in self.sides]

    def _allowed(self, side: Side, claim: str | None) -> dict[int, int]:
        allowed = {
            i: axis.mask(axis.fact.default) for i, axis in enumerate(self.axes) if axis.fact.role in ("claim", "reading")
        }
        if claim is not None:
            var = self.vars[claim]
            allowed[var] = self.axes[var].full & ~allowed[var]
        for name, value in self.given.items():
            allowed[self.vars[name]] = self.axes[self.vars[name]].mask(value)
        allowed[self.vars[side.table.clock.id]] = self.axes[self.vars[side.table.clock.id]].mask(side.day)
        return allowed

    def _claims(self) -> tuple[str | None, ...]:
        free = (x.fact.id for x in self.axes if x.fact.role == "claim" and x.fact.id not in self.given)
        return (None, *free)

    def regions(self, wanted: Any) -> tuple[Region, ...]:
        out: list[Region] = []
        plain: Node | None = None
        for claim in self._claims():
            roots = [
                self.arena.restrict(d.root, self._allowed(side, claim))
                for d, side in zip(self.diagrams, self.sides, strict=True)
            ]
            both = self._blot(self.arena.apply(pair, *roots), claim)
            if plain is None:
                plain = both
            else:
                # A claim is worth a section only where it changes what is compared.
                both = self.arena.apply(_unlike, both, plain)
            out += [self._region(leaf, box, claim) for leaf, box in self._boxes(both, wanted)]
        return tuple(sorted(out, key=lambda r: (r.claim or "", _key(r.before), _key(r.after))))

    def _blot(self, both: Node, claim: str | None) -> Node:
        """Take out the combinations either table declares impossible."""
        for diagram, side in zip(self.diagrams, self.sides, strict=True):
            for condition in side.table.impossible:
                node = self.arena.restrict(diagram.condition(condition), self._allowed(side, claim))
                both = self.arena.apply(_take_out, both, node)
        return both

    def _boxes(self, both: Node, wanted: Any) -> list[tuple[Any, dict[int, int]]]:
        found = []
        for leaf_node in self.arena.leaves(both):
            leaf = self.arena.leaf_of[leaf_node]
            if leaf is not None and wanted(*leaf):
                found += [(leaf, box) for box in self.arena.paths(both, partial(eq, leaf))]
        return found

    def _region(self, leaf: tuple[Any, Any], box: dict[int, int], claim: str | None) -> Region:
        before, after = (self._values(side, half) for side, half in zip(self.sides, leaf, strict=True))
        return Region(before, after, claim, self._extents(box), self._witness(box, claim))

    def _values(self, side: Side, leaf: Any) -> frozenset[Hashable]:
        if not isinstance(leaf, Remains):
            raise TableError(side.table.id, ["it has no single outcome here; run check() on it"])
        return leaf.values()

    def _extents(self, box: dict[int, int]) -> tuple[Extent, ...]:
        out = []
        for var, mask in sorted(box.items()):
            axis = self.axes[var]
            if axis.fact.role in ("claim", "date") and axis.fact.id in {s.table.clock.id for s in self.sides}:
                continue
            if not axis.fact.ordered:
                out.append(Extent(axis.fact, tuple(v for i, v in enumerate(axis.fact.values) if mask >> i & 1)))
            else:
                out += [Extent(axis.fact, (), axis.start(low), axis.end(high)) for low, high in _runs(mask)]
        return tuple(out)

    def _witness(self, box: dict[int, int], claim: str | None) -> tuple[tuple[str, Hashable], ...]:
        allowed = self._allowed(self.sides[0], claim)
        out: list[tuple[str, Hashable]] = []
        for var, axis in enumerate(self.axes):
            if axis.fact.id in {s.table.clock.id for s in self.sides}:
                continue
            mask = box.get(var, allowed.get(var, axis.full))
            out.append((axis.fact.id, _lowest(axis, mask)))
        return tuple(out)

    def same_outcome_regions(self) -> tuple[tuple[Region, tuple[str, ...], tuple[str, ...]], ...]:
        outcome = [self.arena.restrict(d.root, self._allowed(s, None)) for d, s in zip(self.diagrams, self.sides, strict=True)]
        deciding = [self._deciding(d, s) for d, s in zip(self.diagrams, self.sides, strict=True)]
        both = self._blot(self.arena.apply(pair, self.arena.apply(pair, *outcome), self.arena.apply(pair, *deciding)), None)
        out = []
        for leaf_node in self.arena.leaves(both):
            leaf = self.arena.leaf_of[leaf_node]
            if leaf is None:
                continue
            (before, after), (left, right) = leaf
            if isinstance(before, Remains) and isinstance(after, Remains) and not _outcomes_differ(before, after):
                rows = (tuple(sorted(left)), tuple(sorted(right)))
                out += [(self._region((before, after), box, None), *rows) for box in self.arena.paths(both, partial(eq, leaf))]
        return tuple(out)

    def _deciding(self, diagram: Diagram, side: Side) -> Node:
        """The diagram of the rows that decide, claims and day fixed first so that it stays small."""
        arena, allowed = self.arena, self._allowed(side, None)
        result = arena.leaf((frozenset(), False))
        for layer in reversed(side.table.layers):
            here = arena.leaf((frozenset(), False))
            for row in (r for r in side.table.rows if r.layer == layer):
                when = arena.restrict(diagram.condition(row.when), allowed)
                here = arena.apply(_gather, here, arena.map(("decides", id(row)), _named(row), when))
            result = arena.apply(_cover, here, result)
        return arena.map("row ids", lambda leaf: leaf[0], result)


def _named(row: Row) -> Any:
    def decides(truth: Any) -> Any:
        return (frozenset((row.id,)), truth == "true") if truth in ("true", "open") else (frozenset(), False)

    return decides


def _gather(a: Any, b: Any) -> Any:
    return (a[0] | b[0], a[1] or b[1])


def _cover(upper: Any, lower: Any) -> Any:
    return upper if upper[1] else (upper[0] | lower[0], lower[1])


def _outcomes_differ(a: Any, b: Any) -> bool:
    if isinstance(a, Remains) and isinstance(b, Remains):
        return a.outcomes != b.outcomes or a.anything != b.anything
    return bool(a != b)


def _unlike(both: Any, plain: Any) -> Any:
    return None if both == plain else both


def _take_out(both: Any, impossible: Any) -> Any:
    return None if impossible == "true" else both


def _runs(mask: int) -> list[tuple[int, int]]:
    """The stretches of neighbouring cells in a set of cells."""
    out: list[tuple[int, int]] = []
    for cell in range(mask.bit_length()):
        if mask >> cell & 1:
            if out and out[-1][1] == cell - 1:
                out[-1] = (out[-1][0], cell)
            else:
                out.append((cell, cell))
    return out


def _lowest(axis: Axis, mask: int) -> Hashable:
    return representative(axis, (mask & -mask).bit_length() - 1)


def _key(outcomes: frozenset[Hashable]) -> tuple[str, ...]:
    return tuple(sorted(map(letters, outcomes)))
