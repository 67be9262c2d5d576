"""Headroom: the nearest change of a single fact that changes the outcome."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date
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


def flips(
    plan: Plan, case: Case, roles: frozenset[Role], moved: Moved | None = None, days: tuple[date, ...] = ()
) -> tuple[Flip, ...]:
    """Every nearest single change that flips the outcome of a case: amounts and days both ways, then choices.

    An ordered fact known to lie in an interval is moved up from its low end and down from its high end, so a boundary
    inside the interval is found too; a choice is moved only when it is known. ``moved`` says how the whole case looks when
    the clock is moved, for cases in which other facts follow from the day, and ``days`` when they change; without it
    nothing else changes.
    """
    if not roles & {"claim", "reading"}:
        plan = plan.suited(case)
    now = plan.resolve(case)
    out: list[Flip] = []
    for axis in plan.diagram.axes:
        value = known(axis.fact, case)
        if axis.fact.role not in roles or not _movable(axis, value):
            continue
        if axis.fact.ordered:
            clock = axis.fact.id == plan.table.clock.id
            out += _along(axis, value, _mover(plan, case, axis.fact, moved), days if clock else ())
        else:
            out += _among(plan, axis, value, now, case)
    return tuple(out)


def _mover(plan: Plan, case: Case, fact: Fact, moved: Moved | None) -> Callable[[Any], Resolved]:
    """How to find what remains when one ordered fact has another value."""
    if moved is not None and fact.id == plan.table.clock.id:
        return lambda value: plan.resolve(moved(fact, value))
    here = known(fact, case)
    if isinstance(here, Between):
        return lambda value: plan.resolve({**case, fact.id: value})
    # Only the point moves: the pattern, and so the small table, is the same all along.
    pattern, point = plan.split(case)
    place = plan.ordered.index(fact)
    axis = plan.diagram.axes[plan.diagram.vars[fact.id]]
    return lambda value: plan.at(pattern, (*point[:place], axis.mark(value), *point[place + 1 :]))


def _movable(axis: Axis, value: Hashable) -> bool:
    return value is not UNKNOWN and not isinstance(value, OneOf) and (axis.fact.ordered or not isinstance(value, Between))


def _differs(a: Resolved, b: Resolved) -> bool:
    return a.possible != b.possible or a.anything != b.anything


def _along(axis: Axis, value: Any, at: Callable[[Any], Resolved], more: tuple[Any, ...]) -> Iterator[Flip]:
    low, high = (value.low, value.high) if isinstance(value, Between) else (value, value)
    cuts = sorted({*axis.cuts, *(c for c in more if axis.first is None or c > axis.first)})
    if low is not None:
        now = at(low)
        for cut in cuts:
            if cut > low and _differs(after := at(cut), now):
                yield Flip(axis.fact, "up", cut, after)
                break
    if high is not None:
        now = at(high)
        for before, cut in reversed(list(zip((None, *cuts), cuts, strict=False))):
            if cut <= high and _differs(after := at(_just_below(cut, before, axis.first)), now):
                yield Flip(axis.fact, "down", cut, after)
                break


def _just_below(cut: Any, before: Any, first: Any) -> Any:
    """A point of the interval that ends at a cut: its start, or the day before when the scale has no lower end."""
    if before is not None:
        return before
    return first if first is not None else _below(cut)


def _below(end: Any) -> Any:
    return end.fromordinal(end.toordinal() - 1) if hasattr(end, "toordinal") else end - 1


def _among(plan: Plan, axis: Axis, value: Hashable, now: Resolved, case: Case) -> Iterator[Flip]:
    for other in axis.fact.values:
        if (type(other), other) != (type(value), value):
            after = plan.resolve({**case, axis.fact.id: other})
            if _differs(after, now):
                yield Flip(axis.fact, "other", other, after)
