"""Reduced decision diagrams: a table as a finite object, on which everything about it can be proved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from procurelib.errors import NoLongerInForce, NotYetInForce, TableError
from procurelib.tables.conditions import AllOf, AnyOf, Compare, Condition, InForce, Not, Series, Step, Use, Within
from procurelib.tables.facts import Axis, Case, Fact, known
from procurelib.tables.table import Open, Row, Table
from procurelib.unknown import UNKNOWN

NODE_BOUND: Final = 100_000
"""The most nodes a table may need; a table above it is refused rather than left to fill the memory."""

_LEAF = 1 << 30
Node: TypeAlias = int

# Leaves of a condition. A third and a fourth truth: UNDEFINED compares with a value that does not exist that day (a
# fault of the table), OPEN rests on law that is not modelled (a fact about the world). Which law is not part of the
# leaf: the combinations of reasons would multiply the nodes; reading the rows of one case finds them.
_TRUE, _FALSE, OPEN, UNDEFINED = "true", "false", "open", "undefined"
IMPOSSIBLE = "impossible"
NONE = "none"
"""The leaf where no row of a layer applies; left over at the end it is a gap in the table."""


@frozen
class Remains:
    """The leaf of a table: the outcomes that remain; more than one where the law is not modelled.

    ``anything`` when unmodelled law allows outcomes nobody can list; ``lower`` while the layers below still count;
    ``certain`` while its own layer is being put together: what the rows that certainly apply say.
    """

    outcomes: frozenset[tuple[type, Hashable]]
    anything: bool = False
    lower: bool = False
    certain: tuple[frozenset[tuple[type, Hashable]], bool] | None = None

    def values(self) -> frozenset[Hashable]:
        """The outcomes without the type they are keyed by (True and 1 are different outcomes)."""
        return frozenset(v for _, v in self.outcomes)


@frozen
class Overlap:
    """The leaf where rows of one layer give different outcomes."""

    outcomes: frozenset[tuple[type, Hashable]]


class Arena:
    """A store of shared nodes over a fixed order of axes; equal diagrams are the same number."""

    __slots__ = ("_memo", "_unique", "axes", "kids", "leaf_of", "var")

    def __init__(self, axes: tuple[Axis, ...]) -> None:
        self.axes = axes
        self.var: list[int] = []
        self.kids: list[tuple[tuple[int, Node], ...]] = []
        self.leaf_of: list[Any] = []
        self._unique: dict[Hashable, Node] = {}
        self._memo: dict[Hashable, Node] = {}

    def leaf(self, value: Hashable) -> Node:
        """The node of a final value."""
        return self._add((type(value), value), _LEAF, (), value)

    def node(self, var: int, kids: Iterable[tuple[int, Node]]) -> Node:
        """The node that sends each set of cells (bits) to its child; equal children are merged."""
        merged: dict[Node, int] = {}
        for mask, kid in kids:
            merged[kid] = merged.get(kid, 0) | mask
        if len(merged) == 1:
            return next(iter(merged))
        # The lowest cell orders the children, so that the same function is always the same tuple.
        ordered = tuple(sorted(((m, k) for k, m in merged.items()), key=lambda mk: mk[0] & -mk[0]))
        return self._add((var, ordered), var, ordered, None)

    def _add(self, key: Hashable, var: int, kids: tuple[tuple[int, Node], ...], value: Any) -> Node:
        found = self._unique.get(key)
        if found is None:
            found = len(self.var)
            if found >= NODE_BOUND:
                raise TableError("(compiling)", [f"it needs more than {NODE_BOUND} nodes; put the clock first and claims last"])
            self._unique[key] = found
            self.var.append(var)
            self.kids.append(kids)
            self.leaf_of.append(value)
        return found

    def is_leaf(self, node: Node) -> bool:
        """Whether a node is a final value."""
        return self.var[node] == _LEAF

    def apply(self, op: Callable[[Any, Any], Hashable], a: Node, b: Node) -> Node:
        """Combine two diagrams cell by cell with an operation on their leaves."""
        key = (op, a, b)
        found = self._memo.get(key)
        if found is not None:
            return found
        va, vb = self.var[a], self.var[b]
        if va == vb == _LEAF:
            found = self.leaf(op(self.leaf_of[a], self.leaf_of[b]))
        elif va == vb:
            found = self.node(
                va,
                [(ma & mb, self.apply(op, ka, kb)) for ma, ka in self.kids[a] for mb, kb in self.kids[b] if ma & mb],
            )
        elif va < vb:
            found = self.node(va, [(m, self.apply(op, k, b)) for m, k in self.kids[a]])
        else:
            found = self.node(vb, [(m, self.apply(op, a, k)) for m, k in self.kids[b]])
        self._memo[key] = found
        return found

    def map(self, key: Hashable, fn: Callable[[Any], Hashable], a: Node) -> Node:
        """Replace each leaf by a function of it; ``key`` names the function for the memo."""
        memo_key = (key, a)
        found = self._memo.get(memo_key)
        if found is None:
            if self.is_leaf(a):
                found = self.leaf(fn(self.leaf_of[a]))
            else:
                found = self.node(self.var[a], [(m, self.map(key, fn, k)) for m, k in self.kids[a]])
            self._memo[memo_key] = found
        return found

    def restrict(
        self, a: Node, allowed: Mapping[int, int], into: Arena | None = None, memo: dict[Node, Node] | None = None
    ) -> Node:
        """The diagram that remains when some axes are confined to some of their cells, made in this arena or another."""
        into = self if into is None else into
        memo = {} if memo is None else memo
        found = memo.get(a)
        if found is None:
            if self.is_leaf(a):
                found = into.leaf(self.leaf_of[a])
            else:
                mask = allowed.get(self.var[a], -1)
                found = into.node(
                    self.var[a], [(m & mask, self.restrict(k, allowed, into, memo)) for m, k in self.kids[a] if m & mask]
                )
            memo[a] = found
        return found

    def leaves(self, a: Node) -> frozenset[Node]:
        """Every leaf that can be reached."""
        seen, todo, out = {a}, [a], set()
        while todo:
            n = todo.pop()
            if self.is_leaf(n):
                out.add(n)
            for _, k in self.kids[n]:
                if k not in seen:
                    seen.add(k)
                    todo.append(k)
        return frozenset(out)

    def support(self, a: Node) -> frozenset[int]:
        """The axes a reduced diagram still depends on: exactly its essential facts."""
        seen, todo, out = {a}, [a], set()
        while todo:
            n = todo.pop()
            if not self.is_leaf(n):
                out.add(self.var[n])
            for _, k in self.kids[n]:
                if k not in seen:
                    seen.add(k)
                    todo.append(k)
        return frozenset(out)

    def size(self, a: Node) -> int:
        """How many nodes a diagram has, leaves included."""
        seen, todo = {a}, [a]
        while todo:
            for _, k in self.kids[todo.pop()]:
                if k not in seen:
                    seen.add(k)
                    todo.append(k)
        return len(seen)

    def paths(self, a: Node, want: Callable[[Any], bool]) -> Iterator[dict[int, int]]:
        """The disjoint boxes (axis to cells) that lead to the leaves that are wanted."""
        memo: dict[Node, bool] = {}

        def reaches(n: Node) -> bool:
            if n not in memo:
                memo[n] = want(self.leaf_of[n]) if self.is_leaf(n) else any(reaches(k) for _, k in self.kids[n])
            return memo[n]

        def down(n: Node, box: dict[int, int]) -> Iterator[dict[int, int]]:
            if not reaches(n):
                return
            if self.is_leaf(n):
                yield dict(box)
                return
            for m, k in self.kids[n]:
                box[self.var[n]] = m
                yield from down(k, box)
                del box[self.var[n]]

        yield from down(a, {})


# --- operations on leaves -------------------------------------------------------------------------------------------


def _and(a: Any, b: Any) -> Any:
    if _FALSE in (a, b):
        return _FALSE
    return _doubt(a, b) or _TRUE


def _or(a: Any, b: Any) -> Any:
    if _TRUE in (a, b):
        return _TRUE
    return _doubt(a, b) or _FALSE


def _doubt(a: Any, b: Any) -> Any:
    return next((doubt for doubt in (UNDEFINED, OPEN) if doubt in (a, b)), None)


def _not(a: Any) -> Any:
    return {_TRUE: _FALSE, _FALSE: _TRUE}.get(a, a)


def _beside(a: Any, b: Any) -> Any:
    """Two rows of one layer."""
    if UNDEFINED in (a, b):
        return UNDEFINED
    if a == NONE or b == NONE:
        return b if a == NONE else a
    if isinstance(a, Overlap) or isinstance(b, Overlap):
        return Overlap(a.outcomes | b.outcomes)
    if a.certain is not None and b.certain is not None and a.certain != b.certain:
        return Overlap(a.certain[0] | b.certain[0])
    certain = a.certain if a.certain is not None else b.certain
    return Remains(a.outcomes | b.outcomes, a.anything or b.anything, certain is None, certain)


def _layer_done(a: Any) -> Any:
    return evolve(a, certain=None) if isinstance(a, Remains) else a


def _above(a: Any, b: Any) -> Any:
    """A higher layer on the layers below it."""
    if a == NONE:
        return b
    if not isinstance(a, Remains) or not a.lower:
        return a
    if not isinstance(b, Remains):
        return a if b == NONE else b
    return Remains(a.outcomes | b.outcomes, a.anything or b.anything, b.lower)


def _unless_impossible(a: Any, b: Any) -> Any:
    return IMPOSSIBLE if b == _TRUE else a


def pair(a: Any, b: Any) -> Any:
    """Both leaves side by side."""
    return (a, b)


# --- compiling ------------------------------------------------------------------------------------------------------


def has_default(fact: Fact) -> bool:
    """Whether a plain diagram takes this fact at its default."""
    return fact.role in ("claim", "reading") and fact.default is not UNKNOWN


def axes_of(tables: Iterable[Table], *, plain: bool = False) -> tuple[Axis, ...]:
    """One axis for each fact of the tables, cut wherever any of them can change its mind."""
    order: dict[str, Fact] = {}
    cuts: dict[str, set[Any]] = {}
    spans: dict[str, tuple[date, date]] = {}
    for table in tables:
        for fact in table.facts:
            if not (plain and has_default(fact)):
                order.setdefault(fact.id, fact)
            cuts.setdefault(fact.id, set())
        first, last = spans.get(table.clock.id, table.span)
        spans[table.clock.id] = (min(table.span[0], first), max(table.span[1], last))
        for series, clock in table.series():
            for _, steps in series.versions():
                cuts[clock.id].update(s.start for s in steps)
        for node in table.conditions():
            if isinstance(node, Compare):
                if isinstance(node.bound, Series):
                    values = [s.value for _, steps in node.bound.versions() for s in steps]
                    cuts[node.fact.id].update(v for v in values if v is not None)
                else:
                    cuts[node.fact.id].add(node.bound)
    return tuple(Axis(f, tuple(sorted(cuts[i])), *spans.get(i, (None, None))) for i, f in order.items())


class Diagram:
    """A table compiled over its axes: ``root`` leads each cell to what remains there.

    A ``plain`` diagram takes every claim and reading at its default, and has no axis for them: it is several times
    smaller, and most cases need no other.
    """

    __slots__ = ("_conditions", "_tables", "arena", "axes", "plain", "root", "table", "vars")

    def __init__(
        self, table: Table, axes: tuple[Axis, ...] | None = None, arena: Arena | None = None, *, plain: bool = False
    ) -> None:
        self.table = table
        self.plain = plain
        self.axes = axes if axes is not None else axes_of([table], plain=plain)
        self.arena = arena if arena is not None else Arena(self.axes)
        self.vars = {axis.fact.id: i for i, axis in enumerate(self.axes)}
        # The condition is kept beside its node: an id means something only while its object lives.
        self._conditions: dict[int, tuple[Condition, Node]] = {}
        self._tables: dict[int, Node] = {}
        try:
            self.root = self._table(table)
        except TableError as error:
            raise TableError(table.id, error.findings) from None

    # conditions

    def condition(self, node: Condition) -> Node:
        """The diagram of one condition."""
        found = self._conditions.get(id(node))
        if found is None:
            found = (node, self._condition(node))
            self._conditions[id(node)] = found
        return found[1]

    def _condition(self, node: Condition) -> Node:
        arena = self.arena
        if isinstance(node, Within):
            if self.plain and has_default(node.fact):
                inside = any(type(v) is type(node.fact.default) and v == node.fact.default for v in node.values)
                return arena.leaf(_TRUE if inside else _FALSE)
            var = self.vars[node.fact.id]
            return self._choose(var, self.axes[var].within(node.values))
        if isinstance(node, Compare):
            return self._compare(node)
        if isinstance(node, InForce):

            def holds(step: Step | None) -> Node:
                if step is not None and step.gap is not None:
                    return arena.leaf(OPEN)
                yes = step is not None and not step.absent and (node.scopes is None or step.scope in node.scopes)
                return arena.leaf(_TRUE if yes else _FALSE)

            return self._dated(node.series, node.clock, holds)
        if isinstance(node, Use):
            wanted = frozenset((type(o), o) for o in node.outcomes)

            def used(leaf: Any) -> Any:
                if not isinstance(leaf, Remains) or leaf.lower:
                    return UNDEFINED
                if leaf.outcomes <= wanted and not leaf.anything:
                    return _TRUE
                return _FALSE if not leaf.outcomes & wanted and not leaf.anything else OPEN

            return arena.map(("use", wanted), used, self._table(node.table))
        if isinstance(node, Not):
            return arena.map("not", _not, self.condition(node.part))
        if isinstance(node, AllOf | AnyOf):
            op, result = (_and, arena.leaf(_TRUE)) if isinstance(node, AllOf) else (_or, arena.leaf(_FALSE))
            for part in node.parts:
                result = arena.apply(op, result, self.condition(part))
            return result
        raise TypeError(f"{type(node).__name__} is not one of the seven kinds of condition")

    def _choose(self, var: int, mask: int) -> Node:
        yes, no = self.arena.leaf(_TRUE), self.arena.leaf(_FALSE)
        rest = self.axes[var].full & ~mask
        return self.arena.node(var, [(m, n) for m, n in ((mask, yes), (rest, no)) if m])

    def _at_least(self, var: int, bound: Any) -> Node:
        axis = self.axes[var]
        return self._choose(var, axis.full & ~((1 << axis.cell(bound)) - 1))

    def _compare(self, node: Compare) -> Node:
        var = self.vars[node.fact.id]
        if not isinstance(node.bound, Series):
            return self._at_least(var, node.bound)
        if node.clock is None:
            raise TableError(self.table.id, [f"a comparison with {node.bound.id} names no clock"])

        def compare(step: Step | None) -> Node:
            if step is None or step.absent:
                return self.arena.leaf(UNDEFINED)
            if step.gap is not None:
                return self.arena.leaf(OPEN)
            return self._at_least(var, step.value)

        return self._dated(node.bound, node.clock, compare)

    def _dated(self, series: Series, clock: Fact, then: Callable[[Step | None], Node]) -> Node:
        """A diagram that depends on the version of the day, and on the reading where texts compete."""
        if series.reading is None or self.plain:
            return self._by_day(series.steps, clock, then)
        by_reading = [(reading, self._by_day(steps, clock, then)) for reading, steps in series.versions()]
        var = self.vars[series.reading.id]
        axis = self.axes[var]
        return self._cases(var, [(axis.mask(reading), node) for reading, node in by_reading])

    def _by_day(self, steps: tuple[Step, ...], clock: Fact, then: Callable[[Step | None], Node]) -> Node:
        var = self.vars[clock.id]
        axis = self.axes[var]
        masks: dict[Step | None, int] = {}
        plain = Series("", steps)
        for cell in range(axis.size):
            day = axis.start(cell)
            # Below the first cut of a clock that has no first day, nothing has started.
            step = plain.at(day) if day is not None else None
            masks[step] = masks.get(step, 0) | 1 << cell
        return self._cases(var, [(mask, then(step)) for step, mask in masks.items()])

    def _cases(self, var: int, cases: list[tuple[int, Node]]) -> Node:
        """The diagram that is one or another of several, by the cell of one axis."""
        arena = self.arena
        if all(arena.var[node] > var for _, node in cases):
            return arena.node(var, cases)
        result = cases[0][1]
        for mask, node in cases[1:]:
            result = arena.apply(_instead, arena.apply(_where, self._choose(var, mask), node), result)
        return result

    # tables

    def _table(self, table: Table) -> Node:
        found = self._tables.get(id(table))
        if found is None:
            found = self.arena.leaf(NONE)
            for layer in reversed(table.layers):
                found = self.arena.apply(_above, self._layer(table, layer), found)
            self._tables[id(table)] = found
        return found

    def _layer(self, table: Table, layer: int) -> Node:
        arena = self.arena
        result = arena.leaf(NONE)
        for row in (r for r in table.rows if r.layer == layer):
            result = arena.apply(_beside, result, self._row(table, row))
        return arena.map("layer done", _layer_done, result)

    def _row(self, table: Table, row: Row) -> Node:
        arena = self.arena
        when = self.condition(row.when)
        if not isinstance(row.then, Series):
            return arena.map(("row", id(row)), lambda leaf: _fires(leaf, _remains(row.then)), when)

        def outcome(step: Step | None) -> Node:
            if step is None or step.absent:
                return arena.leaf(UNDEFINED)
            return arena.leaf(_remains(Open(frozenset(), step.gap) if step.gap is not None else step.value))

        return arena.apply(_fires, when, self._dated(row.then, table.clock, outcome))

    def possible_root(self) -> Node:
        """The root with the combinations that cannot happen blotted out (leaf ``IMPOSSIBLE``)."""
        root = self.root
        for condition in self.table.impossible:
            root = self.arena.apply(_unless_impossible, root, self.condition(condition))
        return root

    # answering

    def masks(self, case: Case) -> dict[int, int]:
        """The cells each axis is confined to in a case; axes nothing is known of are left out.

        Raises:
            NotYetInForce, NoLongerInForce: the clock is outside the days the table covers.
        """
        out: dict[int, int] = {}
        for i, axis in enumerate(self.axes):
            value = known(axis.fact, case)
            mask = axis.mask(value)
            if mask != axis.full:
                out[i] = mask
            if axis.fact.id == self.table.clock.id and type(value) is date:
                require_covered(self.table, value)
        return out


def require_covered(table: Table, day: date) -> None:
    """Refuse a day outside the span of a table.

    Raises:
        NotYetInForce: the day is before the first one covered.
        NoLongerInForce: the day is after the last one covered.
    """
    first, last = table.span
    if day < first:
        raise NotYetInForce(table.id, day, first, last)
    if day > last:
        raise NoLongerInForce(table.id, day, first, last)


def _remains(then: Any) -> Remains:
    values = then.outcomes if isinstance(then, Open) else (then,)
    outcomes = frozenset((type(o), o) for o in values)
    return Remains(outcomes, not outcomes, certain=(outcomes, not outcomes))


def _fires(when: Any, then: Any) -> Any:
    """What a row leaves where its condition has this truth."""
    if when == _FALSE:
        return NONE
    if when == UNDEFINED or not isinstance(then, Remains):
        return UNDEFINED
    return then if when == _TRUE else evolve(then, lower=True, certain=None)


def _where(chosen: Any, a: Any) -> Any:
    return a if chosen == _TRUE else NONE


def _instead(a: Any, b: Any) -> Any:
    return b if a == NONE else a
