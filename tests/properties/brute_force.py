"""A second reader of tables that shares no code with the first: it tries every cell, and is slow on purpose."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any, NamedTuple

from procurelib.tables.conditions import AllOf, AnyOf, Compare, Condition, InForce, Not, Series, Step, Use, Within
from procurelib.tables.facts import Between, Fact, OneOf
from procurelib.tables.table import Open, Row, Table
from procurelib.unknown import UNKNOWN
from properties.small_tables import AMOUNTS, DAYS, make

Point = dict[str, Any]
Key = tuple[int, ...]


class Leaf(NamedTuple):
    """What a table says at a point: ``ok``, ``gap``, ``overlap`` or ``undefined``, and the rows that make it so."""

    kind: str
    outcomes: frozenset[tuple[type, Hashable]] = frozenset()
    gaps: frozenset[Hashable] = frozenset()
    anything: bool = False
    rows: frozenset[str] = frozenset()

    @property
    def answer(self) -> tuple[Any, ...]:
        return (self.outcomes, self.anything) if self.kind == "ok" else (self.kind,)


# --- one point ------------------------------------------------------------------------------------------------------


def version(series: Series, day: date, point: Point) -> Step | None:
    steps = series.steps
    if series.reading is not None:
        steps = dict(series.others).get(point[series.reading.id], steps)
    begun = [s for s in steps if s.start <= day]
    return max(begun, key=lambda s: s.start) if begun else None


def truth(node: Condition, point: Point) -> Any:
    """True, False, None for undefined, or the set of gaps that leave it open."""
    match node:
        case Within():
            return any(type(v) is type(point[node.fact.id]) and v == point[node.fact.id] for v in node.values)
        case InForce():
            step = version(node.series, point[node.clock.id], point)
            if step is None or step.absent:
                return False
            if step.gap is not None:
                return frozenset((step.gap,))
            return node.scopes is None or step.scope in node.scopes
        case Compare():
            if not isinstance(node.bound, Series):
                return bool(point[node.fact.id] >= node.bound)
            assert node.clock is not None
            step = version(node.bound, point[node.clock.id], point)
            if step is None or step.absent:
                return None
            if step.gap is not None:
                return frozenset((step.gap,))
            return bool(point[node.fact.id] >= step.value)
        case Not():
            inner = truth(node.part, point)
            return not inner if isinstance(inner, bool) else inner
        case AllOf() | AnyOf():
            stopper = isinstance(node, AnyOf)
            inner = [truth(p, point) for p in node.parts]
            if any(i is stopper for i in inner):
                return stopper
            if None in inner:
                return None
            doubts = [i for i in inner if isinstance(i, frozenset)]
            return frozenset.union(*doubts) if doubts else not stopper
        case Use():
            leaf = at(node.table, point)
            if leaf.kind != "ok":
                return None
            wanted = {(type(o), o) for o in node.outcomes}
            if leaf.anything or (leaf.outcomes & wanted and leaf.outcomes - wanted):
                return leaf.gaps
            return bool(leaf.outcomes & wanted)
    raise AssertionError(node)


def outcome(row: Row, table: Table, point: Point) -> tuple[frozenset[Any], frozenset[Any], bool] | None:
    then = row.then
    if isinstance(then, Series):
        step = version(then, point[table.clock.id], point)
        if step is None or step.absent:
            return None
        then = step.value if step.gap is None else Open(frozenset(), step.gap)
    if isinstance(then, Open):
        return frozenset((type(o), o) for o in then.outcomes), frozenset((then.gap,)), not then.outcomes
    return frozenset(((type(then), then),)), frozenset(), False


def at(table: Table, point: Point) -> Leaf:
    """Down the layers: a certain row ends the descent, an open one adds its outcomes and goes on."""
    outcomes: set[Any] = set()
    gaps: set[Hashable] = set()
    rows: set[str] = set()
    anything = False
    for layer in sorted({r.layer for r in table.rows}, reverse=True):
        here = [(r, truth(r.when, point)) for r in table.rows if r.layer == layer]
        found = [(r, t, outcome(r, table, point)) for r, t in here if t is not False and t is not None]
        undefined = {r.id for r, t in here if t is None} | {r.id for r, _, o in found if o is None}
        if undefined:
            return Leaf("undefined", rows=frozenset(undefined))
        certain = [(r, o) for r, t, o in found if t is True]
        if len({(o[0], o[2]) for _, o in certain}) > 1:
            return Leaf("overlap", rows=frozenset(r.id for r, _ in certain))
        for r, t, o in found:
            outcomes |= o[0]
            gaps |= o[1] | (t if isinstance(t, frozenset) else frozenset())
            anything = anything or o[2]
            rows.add(r.id)
        if certain:
            settled = len(outcomes) == 1 and not anything
            return Leaf("ok", frozenset(outcomes), frozenset() if settled else frozenset(gaps), anything, frozenset(rows))
    return Leaf("gap")


# --- every cell -----------------------------------------------------------------------------------------------------


class Line:
    """A fact as a list of cells; an ordered one is cut at every day or amount the generator may use."""

    def __init__(self, fact: Fact, span: tuple[date, date] | None) -> None:
        self.fact = fact
        self.cells: list[tuple[Any, Any]] = []
        """Of an ordered fact: the first and the last point of each cell."""
        if fact.values:
            self.size = len(fact.values)
            return
        cuts: list[Any] = list(DAYS if fact.role == "date" else AMOUNTS)
        one: Any = timedelta(days=1) if fact.role == "date" else 1
        starts = [cuts[0] - 50 * one, *cuts]
        ends = [*(c - one for c in cuts), cuts[-1] + 50 * one]
        self.cells = list(zip(starts, ends, strict=True))
        if span is not None:
            self.cells = [(max(a, span[0]), min(b, span[1])) for a, b in self.cells if a <= span[1] and b >= span[0]]
        self.size = len(self.cells)

    def points(self, random: Random) -> list[Any]:
        """One point of each cell: its first or its last."""
        return list(self.fact.values) or [random.choice(c) for c in self.cells]

    def cell(self, value: Any) -> int:
        if self.fact.values:
            return next(i for i, v in enumerate(self.fact.values) if type(v) is type(value) and v == value)
        found = [i for i, (a, b) in enumerate(self.cells) if a <= value <= b]
        if found:
            return found[0]
        return 0 if value < self.cells[0][0] else self.size - 1

    def reached(self, known: Any) -> list[int]:
        """The cells in which a fact known this far may lie."""
        if known is UNKNOWN:
            return list(range(self.size))
        if isinstance(known, OneOf):
            return sorted({self.cell(v) for v in known.values})
        if isinstance(known, Between):
            low, high = known.low, known.high
            return [i for i, (a, b) in enumerate(self.cells) if (low is None or low <= b) and (high is None or high >= a)]
        return [self.cell(known)]


class Brute:
    """Every cell of a table, with what holds there."""

    def __init__(self, table: Table, seed: int = 0) -> None:
        self.table = table
        self.facts = table.facts
        self.lines = [Line(f, table.span if f.id == table.clock.id else None) for f in table.facts]
        points = [line.points(Random(seed)) for line in self.lines]
        self.point: dict[Key, Point] = {}
        self.leaf: dict[Key, Leaf] = {}
        self.possible: dict[Key, bool] = {}
        for key in product(*(range(line.size) for line in self.lines)):
            point = {f.id: points[i][c] for i, (f, c) in enumerate(zip(self.facts, key, strict=True))}
            self.point[key] = point
            self.leaf[key] = at(table, point)
            self.possible[key] = not any(truth(c, point) is True for c in table.impossible)

    def key(self, point: Point) -> Key:
        return tuple(line.cell(point[line.fact.id]) for line in self.lines)

    def reached(self, case: Point) -> Iterator[Key]:
        """Every cell a partly known case may lie in."""
        return product(*(line.reached(case.get(line.fact.id, line.fact.default)) for line in self.lines))

    def left(self, case: Point) -> tuple[frozenset[Any], frozenset[str], bool] | None:
        """Possible outcomes, missing facts and whether anything goes; None if some completion has no answer."""
        leaves = {key: self.leaf[key] for key in self.reached(case)}
        if any(leaf.kind != "ok" for leaf in leaves.values()):
            return None
        missing: set[str] = set()
        for i, fact in enumerate(self.facts):
            seen: dict[Key, Any] = {}
            for key, leaf in leaves.items():
                if seen.setdefault(key[:i] + key[i + 1 :], leaf.answer) != leaf.answer:
                    missing.add(fact.base)
                    break
        every = leaves.values()
        return (
            frozenset(v for leaf in every for _, v in leaf.outcomes),
            frozenset(missing),
            any(leaf.anything for leaf in every),
        )

    def dead(self) -> set[str]:
        """The rows that decide nowhere: never true or open where no higher row is certain."""
        rows = self.table.rows
        alive: set[str] = set()
        for key, point in self.point.items():
            if not self.possible[key]:
                continue
            truths = {r.id: truth(r.when, point) for r in rows}
            top = max((r.layer for r in rows if truths[r.id] is True), default=min(r.layer for r in rows))
            alive |= {r.id for r in rows if r.layer >= top and truths[r.id] is not False and truths[r.id] is not None}
        return {r.id for r in rows} - alive


@lru_cache(maxsize=600)
def brute(seed: int, *, tame: bool = False) -> Brute:
    """The table of a seed with every cell worked out, kept for the next test."""
    return Brute(make(seed, tame=tame), seed)


def random_knowledge(random: Random, work: Brute, *, exact: float) -> Point:
    """A case in which each fact is known with some chance, in part with some chance, and else not at all."""
    target = work.point[random.choice(list(work.point))]
    case: Point = {}
    for line in work.lines:
        fact, value = line.fact, target[line.fact.id]
        luck = random.random()
        if luck < exact:
            case[fact.id] = value
        elif luck < exact + (1 - exact) / 2:
            case[fact.id] = UNKNOWN
        elif fact.values:
            others = [v for v in fact.values if random.random() < 0.5]
            case[fact.id] = OneOf(frozenset((value, *others)))
        else:
            ends = sorted((value, random.choice(random.choice(line.cells))))
            case[fact.id] = Between(*(e if random.random() < 0.8 else None for e in ends))
    return case
