"""Answering: what remains possible in a case, which facts are missing, exactly and fast."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from procurelib.errors import TableError
from procurelib.tables.diagram import Arena, Diagram, Node, Remains, has_default
from procurelib.tables.facts import Between, Case, Fact, OneOf, known
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN


@frozen(eq=False)
class Resolved:
    """What a table leaves in one case.

    ``possible`` is exact. ``missing`` names the facts on which the outcome still depends: one is in it when two
    completions that differ in it alone give different outcomes. ``anything`` says that unmodelled law leaves outcomes
    nobody can list. When more than one outcome remains and nothing is missing, the law itself leaves the choice.
    """

    possible: frozenset[Hashable]
    missing: frozenset[str]
    anything: bool

    @property
    def settled(self) -> bool:
        """Whether one outcome remains, and no other can."""
        return len(self.possible) == 1 and not self.anything


UNSOUND = Resolved(frozenset(), frozenset(), anything=True)

# A small table: (which ordered fact, the marks of its cuts, what comes next in each interval), down to what is left.
Small: TypeAlias = "tuple[int, list[int], list[Any]] | Resolved"
Pattern: TypeAlias = tuple[tuple[int, int], ...]

_KEPT = 256
_FIRST_SIGHT = 2


class Plan:
    """A table ready to answer: its diagram, and the small tables it has been restricted to so far.

    A case is split into a *pattern* (which cells each choice, claim or vague fact may lie in) and a *point* (the marks of
    the ordered facts known exactly). For a pattern seen twice the diagram is restricted to a small table over the ordered
    facts, kept in a bounded cache; before that it is walked. A ``plain`` plan is for cases that make no claim and choose
    no reading.
    """

    __slots__ = ("_claims", "_diagram", "_interned", "_plain", "_seen", "_small", "ordered", "plain", "table")

    def __init__(self, table: Table, *, plain: bool = False) -> None:
        self.table = table
        self.plain = plain
        self._plain: Plan | None = None
        self._diagram: Diagram | None = None
        self._small: dict[Pattern, Small] = {}
        self._seen: dict[Pattern, int] = {}
        self._interned: dict[Hashable, Resolved] = {}
        self._claims = tuple(f for f in table.facts if has_default(f))
        self.ordered = tuple(f for f in table.facts if f.ordered)

    @property
    def diagram(self) -> Diagram:
        """The compiled table, made when first needed."""
        if self._diagram is None:
            self._diagram = Diagram(self.table, plain=self.plain)
        return self._diagram

    def suited(self, case: Case) -> Plan:
        """The plan to ask for a case: the plain one of the same table, unless the case makes a claim."""
        if self.plain or any(_is_said(f, case) for f in self._claims):
            return self
        if self._plain is None:
            self._plain = Plan(self.table, plain=True)
        return self._plain

    def split(self, case: Case) -> tuple[Pattern, tuple[Any, ...]]:
        """The pattern and the point of a case.

        Raises:
            NotYetInForce, NoLongerInForce: the clock is outside the span of the table.
        """
        masks = self.diagram.masks(case)
        point: list[Any] = []
        for fact in self.ordered:
            value = known(fact, case)
            exact = value is not UNKNOWN and not isinstance(value, OneOf | Between)
            axis = self.diagram.axes[self.diagram.vars[fact.id]]
            point.append(axis.mark(value) if exact else None)
            if exact:
                masks[self.diagram.vars[fact.id]] = -1
        return tuple(sorted(masks.items())), tuple(point)

    def resolve(self, case: Case) -> Resolved:
        """What the table leaves in a case."""
        plan = self.suited(case)
        return plan.at(*plan.split(case))

    def at(self, pattern: Pattern, point: tuple[Any, ...]) -> Resolved:
        """What the table leaves for a case already split."""
        node: Any = self.seen(pattern)
        if node is None:
            return self._walk(pattern, point)
        while type(node) is tuple:
            i, cuts, below = node
            node = below[bisect_right(cuts, point[i])]
        return self.sound(node)

    def seen(self, pattern: Pattern) -> Small | None:
        """The small table of a pattern; ``None`` the first time it is seen, when walking the diagram costs less."""
        node = self._small.get(pattern)
        if node is None and self._seen.get(pattern, 0) >= _FIRST_SIGHT - 1:
            node = self.small(pattern)
        elif node is None:
            self._note(pattern)
        return node

    def sound(self, found: Resolved) -> Resolved:
        """The same result, unless the table is at fault there.

        Raises:
            TableError: the table has no single outcome there.
        """
        if found is UNSOUND:
            raise TableError(self.table.id, ["it has no single outcome here; run check() on it"])
        return found

    def _note(self, pattern: Pattern) -> None:
        if len(self._seen) >= _KEPT * 4:
            self._seen.clear()
        self._seen[pattern] = self._seen.get(pattern, 0) + 1

    def _walk(self, pattern: Pattern, point: tuple[Any, ...]) -> Resolved:
        axes, index = self.diagram.axes, self.diagram.vars
        allowed = {var: mask for var, mask in pattern if mask != -1}
        for fact, mark in zip(self.ordered, point, strict=True):
            if mark is not None:
                allowed[index[fact.id]] = 1 << bisect_right(axes[index[fact.id]].marks, mark)
        return self.sound(self._resolved(*self._restricted(allowed)))

    def _restricted(self, allowed: Mapping[int, int]) -> tuple[Arena, Node]:
        """What remains, in an arena of its own: answering must not fill the one that proves."""
        own = Arena(self.diagram.axes)
        return own, self.diagram.arena.restrict(self.diagram.root, allowed, own)

    def small(self, pattern: Pattern) -> Small:
        """The table that remains for a pattern, over the ordered facts known exactly; kept for the next time."""
        found = self._small.get(pattern)
        if found is None:
            if len(self._small) >= _KEPT:
                del self._small[next(iter(self._small))]
            allowed = {var: mask for var, mask in pattern if mask != -1}
            points = [var for var, mask in pattern if mask == -1]
            found = self._nest(*self._restricted(allowed), points)
            self._small[pattern] = found
        return found

    def _nest(self, arena: Arena, node: Node, points: list[int]) -> Small:
        axes = self.diagram.axes
        used = arena.support(node)
        for n, var in enumerate(points):
            if var not in used:
                continue
            axis = axes[var]
            runs: list[tuple[int, Node]] = []
            for cell in range(axis.size):
                here = _cofactor(arena, node, var, cell)
                if not runs or runs[-1][1] != here:
                    runs.append((cell, here))
            below = [self._nest(arena, here, points[n + 1 :]) for _, here in runs]
            position = next(i for i, fact in enumerate(self.ordered) if fact.id == axis.fact.id)
            return (position, [axis.marks[cell - 1] for cell, _ in runs[1:]], below)
        return self._resolved(arena, node)

    def _resolved(self, arena: Arena, node: Node) -> Resolved:
        possible: set[tuple[type, Hashable]] = set()
        anything = False
        for leaf in (arena.leaf_of[n] for n in arena.leaves(node)):
            if not isinstance(leaf, Remains) or leaf.lower:
                return UNSOUND
            possible |= leaf.outcomes
            anything = anything or leaf.anything
        missing = frozenset(self.diagram.axes[var].fact.base for var in arena.support(node))
        key = (frozenset(possible), missing, anything)
        found = self._interned.get(key)
        if found is None:
            found = Resolved(frozenset(v for _, v in possible), missing, anything)
            self._interned[key] = found
        return found


def _is_said(fact: Fact, case: Case) -> bool:
    value = known(fact, case)
    # The type counts: 0 is no answer to a yes-or-no fact, and the full plan refuses it.
    return type(value) is not type(fact.default) or value != fact.default


def _cofactor(arena: Arena, node: Node, var: int, cell: int) -> Node:
    if arena.var[node] == var:
        return next(kid for mask, kid in arena.kids[node] if mask >> cell & 1)
    return arena.restrict(node, {var: 1 << cell}) if arena.var[node] < var else node
