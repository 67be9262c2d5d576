"""The same amount on another tax basis: exact when the bases agree, else between what no tax and full tax would make it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, cast

from procurelib.law import law
from procurelib.models.purchase import Purchase
from procurelib.money import TAX_BASES, Currency, Money, TaxBasis, ends_of
from procurelib.promises.bounds import Bounds, Span, decimal_high, decimal_low, hull_of
from procurelib.unknown import UNKNOWN, Unknown

FACTORS: Final = {"included": "ca-qc/gross-tax-factor", "net": "ca-qc/net-tax-factor"}
"""The entries that say how far a price with all taxes, or a net expenditure, can be above the price before tax."""
BASIS_COMPARED: Final[Mapping[Currency, TaxBasis]] = {"CAD": "net", "EUR": "excluded"}
"""The basis on which the law of a currency's country compares amounts."""
_ORDER: Final = ("excluded", "net", "included")
_ONE: Final = Fraction(1)


def amount_of(purchase: Purchase, currency: Currency, basis: str, days: tuple[date | None, date | None]) -> Span:
    """What a purchase was for, in one currency and on one basis; an amount that tells nothing is between zero and anything."""
    amount = purchase.amount
    if isinstance(amount, Unknown) or amount.currency != currency:
        return Span(Fraction(0), None)
    low, high = ends_of(amount)
    factor = _factor(str(amount.tax) if amount.tax in TAX_BASES else None, basis, purchase, days)
    span = Span(Fraction(low.amount), Fraction(high.amount)).scaled(factor)
    if purchase.unlikely is None:
        return span
    return Span(Fraction(0), None if purchase.unlikely == "placeholder" else span.high)


def part_of(purchase: Purchase, part: Money, currency: Currency, basis: str, days: tuple[date | None, date | None]) -> Span:
    """What one buyer pays of a joint purchase; a part in another currency tells nothing."""
    if part.currency != currency:
        return Span(Fraction(0), None)
    factor = _factor(str(part.tax) if part.tax in TAX_BASES else None, basis, purchase, days)
    return Span(Fraction(part.amount), Fraction(part.amount)).scaled(factor)


def money_bounds(span: Span, currency: Currency, basis: str) -> Bounds:
    """An amount between two others, as money on a basis."""
    tax = cast("TaxBasis", basis)
    low = Money(decimal_low(span.low), currency, tax=tax)
    return Bounds(low, None if span.high is None else Money(decimal_high(span.high), currency, tax=tax))


def _factor(given: str | None, wanted: str, purchase: Purchase, days: tuple[date | None, date | None]) -> Span:
    """By how much an amount grows from one basis to another: from no tax at all on the purchase to tax on all of it."""
    if given == wanted:
        return Span(_ONE, _ONE)
    taxed = {"excluded": Span(_ONE, _ONE), **_taxed(purchase, days)}
    return hull_of(_ratio(one, wanted, taxed) for one in ((given,) if given is not None else _ORDER))


def _ratio(given: str, wanted: str, taxed: dict[str, Span]) -> Span:
    above, below = taxed[wanted], taxed[given]
    if given == wanted:
        return Span(_ONE, _ONE)
    if _ORDER.index(wanted) > _ORDER.index(given):
        return Span(_ONE, None if above.high is None else above.high / below.low)
    return Span(Fraction(0) if below.high is None else above.low / below.high, _ONE)


def _taxed(purchase: Purchase, days: tuple[date | None, date | None]) -> dict[str, Span]:
    """How far a fully taxed price is above the price before tax, on each basis; where no factor is known it is open."""
    gross = _known("included", purchase, days)
    net = _known("net", purchase, days)
    most = None if gross is None else gross
    return {
        "included": Span(_ONE, None) if gross is None else Span(gross, gross),
        "net": Span(_ONE, most) if net is None else Span(net, net),
    }


def _known(basis: str, purchase: Purchase, days: tuple[date | None, date | None]) -> Fraction | None:
    """A factor that is the same on every day the purchase may be of, when its tax is the usual one: insurance has its own."""
    amount = purchase.amount
    if isinstance(amount, Unknown) or amount.currency != "CAD" or purchase.category in ("insurance", UNKNOWN):
        return None
    first, last = days
    if first is None or last is None:
        return None
    versions = {law[FACTORS[basis]].at(day) for day in (first, last)}
    version = versions.pop()
    value = version.value if version is not None and not versions else None
    return Fraction(value) if isinstance(value, Decimal) else None
