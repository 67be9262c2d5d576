"""Conditions: small trees of seven kinds of node over facts, and how one case reads them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import field, frozen

from procurelib.tables.facts import Between, Case, Fact, OneOf, known
from procurelib.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from procurelib.tables.table import Table


@frozen
class Step:
    """One stretch of a dated series, from ``start`` until the next step.

    ``value`` is what is compared (``None`` for a rule that is simply in force), ``scope`` a code that tells versions
    apart. ``gap`` is why the law of that stretch is not modelled; ``absent`` says that nothing is in force. ``ref`` is
    handed back to whoever made the series.
    """

    start: date
    value: Hashable = None
    scope: str | None = None
    gap: Hashable = None
    absent: bool = False
    ref: Any = field(default=None, eq=False)


@frozen(eq=False)
class Series:
    """A value that changes with time, under an id; where texts compete, one list of steps for each reading."""

    id: str
    steps: tuple[Step, ...]
    reading: Fact | None = None
    others: tuple[tuple[Hashable, tuple[Step, ...]], ...] = ()

    def at(self, day: date) -> Step | None:
        """The step of the default reading on a day, or ``None`` before the first one."""
        return _at(self.steps, day)

    def versions(self) -> Iterator[tuple[Hashable, tuple[Step, ...]]]:
        """Each reading with its steps; one entry under ``None`` when there is nothing to read differently."""
        if self.reading is None:
            yield None, self.steps
        else:
            yield self.reading.default, self.steps
            yield from self.others

    def read(self, day: date, case: Case) -> Step | None:
        """The step on a day under the reading that a case chooses."""
        if self.reading is not None:
            chosen = known(self.reading, case)
            for reading, steps in self.others:
                if reading == chosen:
                    return _at(steps, day)
        return _at(self.steps, day)


def _at(steps: tuple[Step, ...], day: date) -> Step | None:
    found = None
    for step in steps:
        if step.start > day:
            break
        found = step
    return found


class Condition:
    """What every node of a condition can do: combine with ``&``, ``|`` and ``~``."""

    __slots__ = ()

    def __and__(self, other: Condition) -> AllOf:
        return AllOf((self, other))

    def __or__(self, other: Condition) -> AnyOf:
        return AnyOf((self, other))

    def __invert__(self) -> Not:
        return Not(self)


@frozen(eq=False)
class Compare(Condition):
    """The fact is at least ``bound``: a number, or a series read on the day of its named ``clock``."""

    fact: Fact
    bound: Series | Hashable
    clock: Fact | None = None


@frozen(eq=False)
class Within(Condition):
    """The fact is one of ``values``."""

    fact: Fact
    values: frozenset[Hashable]


@frozen(eq=False)
class InForce(Condition):
    """On the day of the clock the series has a version, and (when ``scopes`` is given) one of these scopes."""

    clock: Fact
    series: Series
    scopes: frozenset[str] | None = None


@frozen(eq=False)
class AllOf(Condition):
    """Every part holds."""

    parts: tuple[Condition, ...]


@frozen(eq=False)
class AnyOf(Condition):
    """At least one part holds."""

    parts: tuple[Condition, ...]


@frozen(eq=False)
class Not(Condition):
    """The part does not hold."""

    part: Condition


@frozen(eq=False)
class Use(Condition):
    """Another table's outcome is one of ``outcomes``."""

    table: Table
    outcomes: frozenset[Hashable]


def all_of(*parts: Condition) -> AllOf:
    """Every one of the parts; of none, true."""
    return AllOf(parts)


def any_of(*parts: Condition) -> AnyOf:
    """At least one of the parts; of none, false."""
    return AnyOf(parts)


def children(node: Condition) -> tuple[Condition, ...]:
    """The nodes directly below a node."""
    if isinstance(node, AllOf | AnyOf):
        return node.parts
    return (node.part,) if isinstance(node, Not) else ()


def walk(node: Condition) -> Iterator[Condition]:
    """A node and everything below it, the tables it uses left closed."""
    yield node
    for child in children(node):
        yield from walk(child)


# --- reading one case -------------------------------------------------------------------------------------------

Truth: TypeAlias = Literal["true", "false", "unknown", "open", "undefined"]
"""``unknown``: a fact is missing; ``open``: the law is not modelled; ``undefined``: a comparison with no value."""


@frozen
class Trace:
    """One node as one case reads it, with what was compared and the nodes below."""

    node: Condition = field(eq=False)
    truth: Truth
    value: Hashable = None
    step: Step | None = None
    gaps: frozenset[Hashable] = frozenset()
    below: tuple[Trace, ...] = ()


def evaluate(node: Condition, case: Case) -> Trace:
    """Read a condition on one case by walking its tree; this is the reader that explains."""
    if isinstance(node, Compare):
        return _compare(node, case)
    if isinstance(node, Within):
        value = known(node.fact, case)
        if value is UNKNOWN:
            return Trace(node, "unknown", value)
        here = value.values if isinstance(value, OneOf) else frozenset((value,))
        inside = {v for v in here if _same(v, node.values)}
        return Trace(node, "true" if len(inside) == len(here) else "unknown" if inside else "false", value)
    if isinstance(node, InForce):
        return _in_force(node, case)
    if isinstance(node, Use):
        return _use(node, case)
    if isinstance(node, Not):
        below = evaluate(node.part, case)
        flipped: dict[Truth, Truth] = {"true": "false", "false": "true"}
        return Trace(node, flipped.get(below.truth, below.truth), gaps=below.gaps, below=(below,))
    if isinstance(node, AllOf | AnyOf):
        parts = tuple(evaluate(part, case) for part in node.parts)
        strong: Truth = "false" if isinstance(node, AllOf) else "true"
        weak: Truth = "true" if isinstance(node, AllOf) else "false"
        truth = _combine([p.truth for p in parts], strong, weak)
        doubtful = truth in ("open", "unknown")
        gaps = (
            frozenset[Hashable]().union(*(p.gaps for p in parts if p.truth in ("open", "unknown"))) if doubtful else frozenset()
        )
        return Trace(node, truth, gaps=gaps, below=parts)
    raise TypeError(f"{type(node).__name__} is not one of the seven kinds of condition")


def _combine(truths: Sequence[Truth], strong: Truth, weak: Truth) -> Truth:
    if strong in truths:
        return strong
    for doubtful in ("unknown", "undefined", "open"):
        if doubtful in truths:
            return doubtful
    return weak


def _same(value: Hashable, values: frozenset[Hashable]) -> bool:
    return any(type(v) is type(value) and v == value for v in values)


def day_of(clock: Fact | None, case: Case) -> date | None:
    """The day a clock shows in a case, or ``None`` when it is not known to the day."""
    if clock is None:
        return None
    day = known(clock, case)
    return day if type(day) is date else None


def moment(series: Series, clock: Fact | None, case: Case) -> date | None:
    """The day on which a series is read, or ``None`` when the day is not known, or which of competing texts to read."""
    if series.reading is not None and isinstance(known(series.reading, case), Unknown | OneOf):
        return None
    return day_of(clock, case)


def _compare(node: Compare, case: Case) -> Trace:
    value = known(node.fact, case)
    if isinstance(node.bound, Series):
        day = moment(node.bound, node.clock, case)
        if day is None:
            return Trace(node, "unknown", value, gaps=_any_gap(node.bound))
        step = node.bound.read(day, case)
        if step is None or step.absent:
            return Trace(node, "undefined", value, step)
        if step.gap is not None:
            return Trace(node, "open", value, step, frozenset((step.gap,)))
        bound: Any = step.value
    else:
        step, bound = None, node.bound
    if value is UNKNOWN:
        return Trace(node, "unknown", value, step)
    low, high = _ends(value)
    if low is not None and low >= bound:
        return Trace(node, "true", value, step)
    return Trace(node, "false" if high is not None and high < bound else "unknown", value, step)


def _any_gap(series: Series) -> frozenset[Hashable]:
    """Every gap a series may have when the day is not known."""
    return frozenset(step.gap for _, steps in series.versions() for step in steps if step.gap is not None)


def _ends(value: Any) -> tuple[Any, Any]:
    if isinstance(value, OneOf):
        values: list[Any] = sorted(value.values)
        return values[0], values[-1]
    return (value.low, value.high) if isinstance(value, Between) else (value, value)


def _in_force(node: InForce, case: Case) -> Trace:
    day = moment(node.series, node.clock, case)
    if day is None:
        return Trace(node, "unknown", gaps=_any_gap(node.series))
    step = node.series.read(day, case)
    if step is not None and step.gap is not None:
        return Trace(node, "open", day, step, frozenset((step.gap,)))
    holds = step is not None and not step.absent and (node.scopes is None or step.scope in node.scopes)
    return Trace(node, "true" if holds else "false", day, step)


def _use(node: Use, case: Case) -> Trace:
    from procurelib.tables.read import read  # a table reads conditions, and a condition may read a table

    found = read(node.table, case)
    inside = {o for o in found.outcomes if _same(o, node.outcomes)}
    if found.undefined:
        truth: Truth = "undefined"
    elif len(inside) == len(found.outcomes) and not found.anything:
        truth = "true"
    elif not inside and not found.anything:
        truth = "false"
    else:
        truth = "unknown" if found.unknown else "open"
    value = next(iter(found.outcomes)) if len(found.outcomes) == 1 else UNKNOWN
    return Trace(node, truth, value, gaps=found.gaps if truth in ("open", "unknown") else frozenset())
