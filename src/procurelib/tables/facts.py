"""A fact: what it can be, which part it plays, and what is known of it in one case."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from procurelib.errors import Fault, InputError
from procurelib.unknown import UNKNOWN, Unknown

_WIDE: Final = Context(prec=200)

Role: TypeAlias = Literal["date", "need", "buyer", "claim", "reading"]


@frozen
class Fact:
    """One thing a rule may test.

    A *choice* lists its ``values``; an *ordered* fact (a day, an amount) has none and is cut into intervals by the
    rules that test it. ``role`` says what kind of thing it is: the ``date`` that fixes the law, a fact of the ``need``
    or of the ``buyer``, a ``claim`` the buyer makes, or a ``reading`` of a disputed text. ``default`` is what holds
    when nothing is said: a claim nobody made is false, a reading nobody chose is the usual one. ``base`` names the
    fact a user would have to give when this one is missing. ``unit`` says what an amount is counted in, for whoever
    shows it.
    """

    id: str
    role: Role
    values: tuple[Hashable, ...] = ()
    default: Hashable = UNKNOWN
    base: str = field(default="")
    unit: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.base:
            object.__setattr__(self, "base", self.id)

    @property
    def ordered(self) -> bool:
        """Whether the fact is a point on a scale rather than one of a list."""
        return not self.values


@frozen
class OneOf:
    """A fact known only to be one of several values."""

    values: frozenset[Hashable]


@frozen
class Between:
    """A fact known only to lie between two points, both included; ``None`` is no bound on that side."""

    low: Any
    high: Any


Case: TypeAlias = Mapping[str, Hashable]
"""What is known, by fact id: a value, ``OneOf``, ``Between`` or ``UNKNOWN``; an id not named is the fact's default."""


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


class Axis:
    """The finite set of cells a fact is cut into by one table; cells are numbered from 0.

    A choice has a cell for each value. An ordered fact has the half-open cells ``[cut, next cut)``, the first of them
    unbounded below unless ``first`` says where the covered span begins, and cuts after ``last``, its end, are left out.
    """

    __slots__ = ("_places", "cuts", "fact", "first", "full", "index", "marks", "size")

    def __init__(self, fact: Fact, cuts: tuple[Any, ...] = (), first: Any = None, last: Any = None) -> None:
        self.fact = fact
        self.first = first
        self.cuts = tuple(c for c in cuts if (first is None or c > first) and (last is None or c <= last))
        self.size = len(fact.values) if fact.values else len(self.cuts) + 1
        self.full = (1 << self.size) - 1
        # Amounts are compared as whole numbers of the smallest decimal any cut has: to be at least a cut, an amount's
        # digits beyond that decimal do not matter.
        self._places = max((0, *(_places(c) for c in self.cuts if isinstance(c, Decimal))))
        self.marks = tuple(self.mark(c) for c in self.cuts)
        # The type is part of the key: True and 1 are different values of a fact.
        self.index = {(type(v), v): i for i, v in enumerate(fact.values)}

    def mark(self, value: Any) -> int:
        """A whole number that lies among the marks of the cuts as the value lies among the cuts."""
        if isinstance(value, date):
            return require_day(self.fact.id, value).toordinal()
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise InputError([Fault(self.fact.id, repr(value), "an int or a Decimal", "Give an exact number, or UNKNOWN.")])
        return int(Decimal(value).scaleb(self._places, _WIDE).to_integral_value(ROUND_FLOOR, _WIDE))

    def cell(self, value: Any) -> int:
        """The cell a known value falls in."""
        if self.fact.values:
            try:
                return self.index[type(value), value]
            except (KeyError, TypeError):
                raise InputError([self._fault(value)]) from None
        return bisect_right(self.marks, self.mark(value))

    def mask(self, known: Hashable) -> int:
        """The set of cells, as bits, in which a fact known this far may lie."""
        if known is UNKNOWN:
            return self.full
        if isinstance(known, OneOf):
            if not known.values:
                raise InputError([Fault(self.fact.id, repr(known), "at least one value", "Give UNKNOWN instead.")])
            return sum({1 << self.cell(v) for v in known.values})
        if isinstance(known, Between):
            low = 0 if known.low is None else self.cell(known.low)
            high = self.size - 1 if known.high is None else self.cell(known.high)
            if known.low is not None and known.high is not None and known.low > known.high:
                raise InputError([Fault(self.fact.id, repr(known), "a low end not above the high end", "Swap them.")])
            return (1 << (high + 1)) - (1 << low)
        return 1 << self.cell(known)

    def within(self, values: frozenset[Hashable]) -> int:
        """The cells of several values of a choice."""
        return sum(1 << self.cell(v) for v in values)

    def start(self, cell: int) -> Any:
        """The value of a choice, or the lowest point of an interval (``None`` when it has none)."""
        if self.fact.values:
            return self.fact.values[cell]
        return self.cuts[cell - 1] if cell else self.first

    def end(self, cell: int) -> Any:
        """The first point above an interval, or ``None`` for the last one."""
        return self.cuts[cell] if cell < len(self.cuts) else None

    def _fault(self, value: object) -> Fault:
        allowed = ", ".join(sorted(map(str, self.fact.values)))
        return Fault(self.fact.id, repr(value), f"one of {allowed}", "Give one of these values, or UNKNOWN.")


def letters(value: object) -> str:
    """What a value is ordered by among others: its letters, and those of a set in an order that no run changes."""
    return ",".join(sorted(map(letters, value))) if isinstance(value, frozenset) else str(value)


def known(fact: Fact, case: Case) -> Hashable:
    """What a case says of a fact, or the fact's default."""
    value = case.get(fact.id, fact.default)
    return UNKNOWN if isinstance(value, Unknown) else value


def require_day(path: str, value: object) -> date:
    """The value as a plain date; anything else, a ``datetime`` included, is refused.

    Raises:
        InputError: the value is not a ``datetime.date``.
    """
    if type(value) is date:
        return value
    raise InputError([Fault(path, repr(value), "a datetime.date", "Give the day, without a time or a time zone.")])
