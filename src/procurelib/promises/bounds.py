"""A quantity known only to lie between two others, and the arithmetic that keeps the truth between them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, Final, final

from attrs import frozen

_DIGITS: Final = Context(prec=60)
_CUT: Final = Decimal("0.000001")
_KEPT: Final = int(1 / _CUT)
_HUNDRED: Final = 100


@final
@frozen
class Bounds:
    """At least ``low`` and at most ``high``, both of one kind: ``Money``, a whole number, or a share in percent.

    ``high`` is ``None`` when nothing bounds it. Both are rounded outwards at the sixth decimal, and only there.

    >>> Bounds(3, 7).exact, Bounds(3, 3).exact
    (False, True)
    """

    low: Any
    high: Any

    @property
    def exact(self) -> bool:
        """Whether nothing is left to know."""
        return bool(self.low == self.high)


@frozen
class Span:
    """An exact amount between two others; without ``high`` it has no upper bound."""

    low: Fraction
    high: Fraction | None

    def __add__(self, other: Span) -> Span:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high)

    def scaled(self, by: Span) -> Span:
        """The amount times a factor that is itself between two others, none of them below zero."""
        high = None if self.high is None or by.high is None else self.high * by.high
        return Span(self.low * by.low, high)

    def hull(self, other: Span) -> Span:
        """The least span that holds both."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Span(min(self.low, other.low), high)


def hull_of(spans: Iterable[Span]) -> Span:
    """The least span that holds them all; there is at least one."""
    return reduce(Span.hull, spans)


NOTHING: Final = Span(Fraction(0), Fraction(0))


def share_of(counted: Span, rest: Span) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest share of a whole that is counted; ``None`` when there is no whole.

    ``counted.low`` is what certainly counts, ``counted.high`` what may; ``rest`` likewise what does not.
    """
    if counted.high == 0 and rest.high == 0:
        return None
    if rest.high is None:
        low = Fraction(0)
    else:
        low = counted.low / (counted.low + rest.high) if counted.low + rest.high else Fraction(1)
    if counted.high is None:
        high = Fraction(1)
    else:
        high = counted.high / (counted.high + rest.low) if counted.high + rest.low else Fraction(0)
    return low, high


def decimal_low(value: Fraction) -> Decimal:
    """A number cut at the sixth decimal, downwards."""
    return _cut(value, ROUND_FLOOR)


def decimal_high(value: Fraction) -> Decimal:
    """A number cut at the sixth decimal, upwards."""
    return _cut(value, ROUND_CEILING)


def percent_bounds(share: tuple[Fraction, Fraction] | None) -> Bounds | None:
    """A share as percentages."""
    if share is None:
        return None
    return Bounds(decimal_low(share[0] * _HUNDRED), decimal_high(share[1] * _HUNDRED))


def _cut(value: Fraction, rounding: str) -> Decimal:
    # Whole numbers of the last digit kept, so that the direction of the rounding is exact.
    scaled, rest = divmod(value.numerator * _KEPT, value.denominator)
    if rest and rounding == ROUND_CEILING:
        scaled += 1
    text = format(_DIGITS.multiply(Decimal(scaled), _CUT), "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
