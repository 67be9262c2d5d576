"""Every cell of a compiled table says what trying that cell says.

With ``PROCURELIB_CASES=6`` that is 1,800 tables and 2,184,420 cells.
"""

from __future__ import annotations

from typing import Any

import pytest

from procurelib.tables.diagram import NONE, UNDEFINED, Diagram, Overlap, Remains
from properties.brute_force import Brute, Leaf, Point, brute
from properties.small_tables import CASES

SEEDS = range(150 * CASES)


def leaf_at(diagram: Diagram, point: Point) -> Any:
    """The leaf a full case leads to, by walking down the nodes."""
    arena, node = diagram.arena, diagram.root
    while not arena.is_leaf(node):
        bit = 1 << diagram.axes[arena.var[node]].cell(point[diagram.axes[arena.var[node]].fact.id])
        (node,) = [kid for mask, kid in arena.kids[node] if mask & bit]
    return arena.leaf_of[node]


def said(leaf: Any) -> Leaf:
    """A leaf of a diagram in the words of the brute-force reader."""
    if isinstance(leaf, Remains):
        # Open rows with nothing certain below them: the law may turn out to leave no row at all.
        return Leaf("gap") if leaf.lower else Leaf("ok", leaf.outcomes, anything=leaf.anything)
    if isinstance(leaf, Overlap):
        return Leaf("overlap")
    return Leaf({NONE: "gap", UNDEFINED: "undefined"}[leaf])


def differences(work: Brute) -> list[tuple[Point, Leaf, Leaf]]:
    diagram = Diagram(work.table)
    found = []
    for key, point in work.point.items():
        expected, got = work.leaf[key]._replace(rows=frozenset(), gaps=frozenset()), said(leaf_at(diagram, point))
        if expected != got:
            found.append((point, expected, got))
    return found


@pytest.mark.parametrize("tame", [False, True])
def test_every_cell_is_what_trying_it_gives(tame: bool) -> None:
    for seed in SEEDS:
        found = differences(brute(seed, tame=tame))
        assert not found, f"make({seed}, {tame=}): {len(found)} cells differ, first {found[0]}"


@pytest.mark.parametrize("tame", [False, True])
def test_a_diagram_is_reduced(tame: bool) -> None:
    """No node with one child, none twice: without it `missing` would name facts that do not matter."""
    for seed in SEEDS:
        diagram = Diagram(brute(seed, tame=tame).table)
        arena = diagram.arena
        seen: set[Any] = set()
        for node in range(len(arena.var)):
            if arena.is_leaf(node):
                identity: Any = (type(arena.leaf_of[node]), arena.leaf_of[node])
            else:
                masks = [m for m, _ in arena.kids[node]]
                assert len({k for _, k in arena.kids[node]}) == len(masks) > 1
                assert sum(masks) == diagram.axes[arena.var[node]].full, "the children do not cover the axis once"
                assert all(arena.var[k] > arena.var[node] for _, k in arena.kids[node])
                identity = (arena.var[node], frozenset(arena.kids[node]))
            assert identity not in seen
            seen.add(identity)
