"""Headroom: the nearest change of a single fact that changes the outcome."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Literal, TypeAlias

from attrs import frozen

from procurelib.tables.facts import Axis, Between, Case, Fact, OneOf, Role, known
from procurelib.tables.plan import Plan, Resolved
from procurelib.unknown import UNKNOWN

Direction: TypeAlias = Literal["up", "down", "other"]
Moved: TypeAlias = Callable[[Fact, Hashable], Case]


@frozen
class Flip:
    """The smallest change of one fact after which the outcome is another.

    Going ``up``, the outcome changes from ``boundary`` on; going ``down``, for anything below ``boundary``; for a choice
    (``other``) ``boundary`` is the other value. ``after`` is what remains possible then.
    """

    fact: Fact
    direction: Direction
    boundary: Hashable
    after: Resolved


def flips(plan: Plan, case: Case, roles: frozenset[Role], moved: Moved | None = None) -> tuple[Flip, ...]:
    """Every nearest single change that flips the outcome of a case: amounts and days both ways, then choices.

    An ordered fact known to lie in an interval is moved from its nearer end; a choice is moved only when it is known.
    ``moved`` says how the whole case looks when one fact is moved, for cases in which other facts follow from it; without
    it nothing else changes.
    """
    change: Moved = moved or (lambda fact, value: {**case, fact.id: value})
    now = plan.resolve(case)
    return tuple(
        flip
        for axis in plan.diagram.axes
        if axis.fact.role in roles and _movable(axis, known(axis.fact, case))
        for flip in (_along if axis.fact.ordered else _among)(plan, axis, known(axis.fact, case), now, change)
    )


def _movable(axis: Axis, value: Hashable) -> bool:
    return value is not UNKNOWN and not isinstance(value, OneOf) and (axis.fact.ordered or not isinstance(value, Between))


def _differs(a: Resolved, b: Resolved) -> bool:
    return a.possible != b.possible or a.anything != b.anything


def _along(plan: Plan, axis: Axis, value: Any, now: Resolved, moved: Moved) -> Iterator[Flip]:
    low, high = (value.low, value.high) if isinstance(value, Between) else (value, value)
    for cell in range(axis.cell(high) + 1, axis.size) if high is not None else ():
        after = plan.resolve(moved(axis.fact, axis.start(cell)))
        if _differs(after, now):
            yield Flip(axis.fact, "up", axis.start(cell), after)
            break
    for cell in range(axis.cell(low) - 1, -1, -1) if low is not None else ():
        inside = axis.start(cell)
        if inside is None:
            # The lowest interval has no lower end; anything below its upper end will do, and its end less one is below it.
            inside = _below(axis.end(cell))
        after = plan.resolve(moved(axis.fact, inside))
        if _differs(after, now):
            yield Flip(axis.fact, "down", axis.end(cell), after)
            break


def _below(end: Any) -> Any:
    return end.fromordinal(end.toordinal() - 1) if hasattr(end, "toordinal") else end - 1


def _among(plan: Plan, axis: Axis, value: Hashable, now: Resolved, moved: Moved) -> Iterator[Flip]:
    for other in axis.fact.values:
        if (type(other), other) != (type(value), value):
            after = plan.resolve(moved(axis.fact, other))
            if _differs(after, now):
                yield Flip(axis.fact, "other", other, after)
