"""Comparing two days, two by-laws or two tables exactly: where the answer differs, and on what it rests on each side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, TypeAlias

from attrs import frozen

from procurelib.citations import Citation
from procurelib.errors import Fault, InputError, InputTypeError
from procurelib.models.bylaw import ByLaw
from procurelib.models.city import City
from procurelib.money import Money
from procurelib.rules.explained import shown_value
from procurelib.rules.question import Question
from procurelib.rules.sources import citations, weakness
from procurelib.tables.basis import basis
from procurelib.tables.compare import Region, Side, compare_rows, compare_sides
from procurelib.tables.facts import require_day
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN, Unknown

Bound: TypeAlias = "City | ByLaw | tuple[ByLaw, ...] | Unknown | None"


@frozen
class Where:
    """One fact of a region: some ``values`` of a choice, or an interval from ``low`` (included) to ``high`` (excluded)."""

    fact: str
    values: tuple[Any, ...] = ()
    low: Any = None
    high: Any = None


@frozen
class Difference:
    """A region of cases: what is possible on each side, where it lies, where each side is written, and one case inside.

    ``claim`` is the ground claimed throughout, ``None`` when none is. In ``Comparison.basis`` both sides give the same
    outcome, and only what it rests on differs.
    """

    before: frozenset[Any]
    after: frozenset[Any]
    claim: str | None
    where: tuple[Where, ...]
    cited_before: tuple[Citation, ...]
    cited_after: tuple[Citation, ...]
    witness: Mapping[str, Any]


@frozen
class Comparison:
    """The result of a comparison: the regions whose outcome differs, and apart those where only the basis does.

    No region means that the two sides are proven to give the same outcome in every case considered.
    """

    question: str
    regions: tuple[Difference, ...]
    basis: tuple[Difference, ...]
    jurisdiction: str = ""

    def __bool__(self) -> bool:
        return bool(self.regions)

    @property
    def grouped(self) -> Mapping[tuple[frozenset[Any], frozenset[Any]], tuple[Difference, ...]]:
        """The regions by pair of outcomes."""
        out: dict[tuple[frozenset[Any], frozenset[Any]], tuple[Difference, ...]] = {}
        for region in self.regions:
            key = (region.before, region.after)
            out[key] = (*out.get(key, ()), region)
        return out

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The comparison as a person reads it."""
        from procurelib.explain import render_comparison

        return render_comparison(self, locale, format=format)

    def _repr_html_(self) -> str:
        return self.explain("fr_CA", format="html")


def compare(
    rule: Question | Table | None,
    a: date | Table | Bound,
    b: date | Table | Bound,
    *,
    given: Mapping[str, Hashable] | None = None,
    bylaw: Bound = UNKNOWN,
    on: date | None = None,
) -> Comparison:
    """Where a rule answers differently on two days, for two by-laws, or in two tables over the same facts.

    ``a`` and ``b`` are two dates; or two by-laws (a ``City``, a ``ByLaw``, a series of them, ``None`` for a city that
    sets no rule of its own, ``UNKNOWN``), or two tables with ``rule=None``, and then ``on`` is the day. With two dates
    ``bylaw`` is the by-law that applies on both, not known unless given. Claims are not made, then each one alone is;
    ``given`` pins facts by id.

    Raises:
        InputError: the two sides are not of one kind, ``on`` is missing or out of place, or ``given`` names no fact.
        TableError: the tables do not ask the same facts of the need, as those of two countries do not.
        NotYetInForce, NoLongerInForce: a day is outside the days covered.
    """
    sides = _sides(rule, a, b, bylaw, on)
    units = {fact.id: fact.unit for fact in sides[0].table.facts}
    pinned = {fact: _pinned(value, units.get(fact, "")) for fact, value in (given or {}).items()}
    regions = tuple(_difference(region, sides, units) for region in compare_sides(*sides, pinned))
    same = []
    for region, before, after in compare_rows(*sides, pinned):
        found = _difference(region, sides, units)
        if before != after or found.cited_before != found.cited_after or _confidence(region, sides):
            same.append(found)
    if isinstance(rule, Question):
        return Comparison(rule.name, regions, tuple(same), rule.id.partition("/")[0])
    return Comparison(sides[0].table.id, regions, tuple(same))


def _sides(rule: Question | Table | None, a: Any, b: Any, bylaw: Bound, on: date | None) -> tuple[Side, Side]:
    if type(a) is date and type(b) is date:
        if on is not None:
            raise InputError([Fault("on", repr(on), "nothing, since two dates are compared")])
        table = rule if isinstance(rule, Table) else _question(rule).plan(_overlay(bylaw)).table
        return Side(table, a), Side(table, b)
    if type(a) is date or type(b) is date:
        name, other = ("b", b) if type(a) is date else ("a", a)
        raise InputTypeError([Fault(name, repr(other), "a datetime.date, like the other side", "Both sides are of one kind.")])
    if isinstance(a, Table) and isinstance(b, Table):
        day = _one_day(on)
        return Side(a, day), Side(b, day)
    overlays = (_overlay(a), _overlay(b))
    day = _one_day(on)
    before, after = (Side(_question(rule).plan(overlay).table, day) for overlay in overlays)
    return before, after


def _one_day(on: date | None) -> date:
    if on is None:
        raise InputError([Fault("on", "None", "the day on which the two are compared", "Or compare two dates.")])
    return require_day("on", on)


def _pinned(value: Hashable, unit: str) -> Hashable:
    """A compared amount as the kernel reads it; one shown by a comparison is money."""
    if not isinstance(value, Money):
        return value
    if shown_value(value.amount, unit) != value:
        expected = f"an amount on the basis that is compared, such as {shown_value(value.amount, unit)!r}"
        raise InputError([Fault("given", repr(value), expected, "State the amount on that basis.")])
    return value.amount


def _question(rule: object) -> Question:
    if not isinstance(rule, Question):
        expected = "a question answered by one table, such as rules.ca_qc.procedure"
        raise InputTypeError([Fault("rule", repr(rule), expected, "Compare the members of a question one by one.")])
    return rule


def _overlay(bound: Any) -> Hashable:
    if isinstance(bound, City):
        return bound.bylaws
    if isinstance(bound, ByLaw):
        return (bound,)
    if bound is None or bound is UNKNOWN or (isinstance(bound, tuple) and all(isinstance(x, ByLaw) for x in bound)):
        return bound
    expected = "a date, or a City, a ByLaw, a tuple of them, None or UNKNOWN"
    raise InputTypeError([Fault("a, b", repr(bound), expected, "Both sides are of one kind.")])


def _difference(region: Region, sides: tuple[Side, Side], units: Mapping[str, str]) -> Difference:
    def shown(fact: str, value: Any) -> Any:
        # A number of a fact that states no unit, as in somebody's own table, is itself.
        return shown_value(value, units.get(fact, ""))

    where = tuple(
        Where(e.fact.id, tuple(shown(e.fact.id, v) for v in e.values), shown(e.fact.id, e.low), shown(e.fact.id, e.high))
        for e in region.extents
    )
    before, after = (citations(_used(region, side)) for side in sides)
    witness = {id: shown(id, value) for id, value in region.witness}
    return Difference(region.before, region.after, region.claim, where, before, after, witness)


def _used(region: Region, side: Side) -> Any:
    return basis(side.table, {**dict(region.witness), side.table.clock.id: side.day}).used


def _confidence(region: Region, sides: tuple[Side, Side]) -> bool:
    """Whether one side rests on something less sure than the other does."""
    weak = [{(weakness(one, s.day), one.series.id) for one in _used(region, s) if weakness(one, s.day)} for s in sides]
    return weak[0] != weak[1]
