"""Proving a table: for every case, every day of its span, exactly one outcome wins."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Any, Literal, TypeAlias

from attrs import frozen

from procurelib.errors import TableError
from procurelib.tables.diagram import NONE, UNDEFINED, Diagram, Overlap, Remains
from procurelib.tables.facts import Axis, Fact
from procurelib.tables.read import read
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN

Kind: TypeAlias = Literal["gap", "overlap", "undefined", "dead"]


@frozen
class Finding:
    """One thing wrong with a table, with a case that shows it (a dead row has no case: nothing reaches it).

    ``gap``: no row applies. ``overlap``: rows of one layer disagree. ``undefined``: a row compares with a value that
    does not exist that day. ``dead``: a row never decides anything. ``rows`` are the rows concerned.
    """

    kind: Kind
    table: str
    rows: tuple[str, ...]
    witness: tuple[tuple[str, Hashable], ...]

    def __str__(self) -> str:
        case = ", ".join(f"{name}={value!s}" for name, value in self.witness)
        rows = ", ".join(self.rows)
        return {
            "gap": f"{self.table}: no row applies when {case}",
            "overlap": f"{self.table}: the rows {rows} apply together and disagree when {case}",
            "undefined": f"{self.table}: the rows {rows} compare with a value that does not exist when {case}",
            "dead": f"{self.table}: the row {rows} never decides",
        }[self.kind]


def check(table: Table) -> tuple[Finding, ...]:
    """Everything that is wrong with a table, over every case and every day of its span; nothing, when it is sound.

    The answer is exact: a finding of ``gap``, ``overlap`` or ``undefined`` comes with a case you can paste into a test.

    Raises:
        TableError: the table needs more nodes than the bound.
    """
    diagram = Diagram(table)
    arena = diagram.arena
    root = diagram.possible_root()
    findings: list[Finding] = []
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for box in arena.paths(root, _is_wrong):
        witness = _witness(diagram, box)
        kind, rows = _explain(table, arena_leaf(diagram, root, box), witness)
        if (kind, rows) not in seen:
            seen.add((kind, rows))
            findings.append(Finding(kind, table.id, rows, tuple(witness.items())))
    findings += [Finding("dead", table.id, (row,), ()) for row in _dead(diagram)]
    return tuple(findings)


def require_sound(table: Table) -> None:
    """Raise what ``check`` finds.

    Raises:
        TableError: the table has a gap, an overlap, an undefined comparison or a dead row.
    """
    findings = check(table)
    if findings:
        raise TableError(table.id, findings)


def _is_wrong(leaf: Any) -> bool:
    return leaf in (NONE, UNDEFINED) or isinstance(leaf, Overlap) or (isinstance(leaf, Remains) and leaf.lower)


def arena_leaf(diagram: Diagram, node: int, box: dict[int, int]) -> Any:
    """The leaf a box leads to."""
    arena = diagram.arena
    while not arena.is_leaf(node):
        low = box[arena.var[node]] & -box[arena.var[node]]
        node = next(kid for mask, kid in arena.kids[node] if mask & low)
    return arena.leaf_of[node]


def _explain(table: Table, leaf: Any, witness: dict[str, Hashable]) -> tuple[Kind, tuple[str, ...]]:
    rows = read(table, witness).rows
    if isinstance(leaf, Overlap):
        return "overlap", tuple(r.row.id for r in rows if r.decides and r.trace.truth == "true")
    if leaf == UNDEFINED:
        at_fault = [r.row for r in rows if r.undefined]
        # Only the highest layer of them matters: what lies below it was never reached.
        top = max(row.layer for row in at_fault)
        return "undefined", tuple(row.id for row in at_fault if row.layer == top)
    return "gap", ()


def representative(axis: Axis, cell: int) -> Hashable:
    """A value of a cell: the choice itself, or the lowest point of the interval."""
    start: Hashable = axis.start(cell)
    if start is not None:
        return start
    end = axis.end(cell)
    if end is None:
        # Nothing ever tests where on this scale the fact lies.
        return UNKNOWN
    return date.fromordinal(end.toordinal() - 1) if isinstance(end, date) else end - 1


def _witness(diagram: Diagram, box: dict[int, int]) -> dict[str, Hashable]:
    """A full case inside a box: the lowest cell of each axis, its default where the box says nothing."""
    case: dict[str, Hashable] = {}
    for i, axis in enumerate(diagram.axes):
        mask = box.get(i, axis.full)
        case[axis.fact.id] = representative(axis, (mask & -mask).bit_length() - 1)
        fact: Fact = axis.fact
        if i not in box and fact.default is not UNKNOWN:
            case[fact.id] = fact.default
    return case


def _dead(diagram: Diagram) -> list[str]:
    """The rows that decide in no case: false everywhere, or always under a higher layer."""
    arena = diagram.arena
    table = diagram.table
    above = arena.leaf("false")
    dead: list[str] = []
    for layer in table.layers:
        rows = [row for row in table.rows if row.layer == layer]
        fired = above
        for row in rows:
            when = diagram.condition(row.when)
            alive = arena.apply(_alive, when, above)
            for condition in table.impossible:
                alive = arena.apply(_kept, alive, diagram.condition(condition))
            if all(arena.leaf_of[leaf] is not True for leaf in arena.leaves(alive)):
                dead.append(row.id)
            fired = arena.apply(_either, fired, when)
        above = fired
    return dead


def _alive(when: Any, above: Any) -> Any:
    return when in ("true", "open") and above != "true"


def _kept(alive: Any, impossible: Any) -> Any:
    return alive and impossible != "true"


def _either(a: Any, b: Any) -> Any:
    return "true" if "true" in (a, b) else "false"
