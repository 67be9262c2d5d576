"""The lots of a French tender: each follows the procedure of the whole, unless its claim to be a small lot fits.

Small lots may leave the formal procedure, or competition, each below its ceiling and all of them together within a share
of all the lots (CMP 27-III; decree 2016-360, art. 22; CCP, R. 2123-1 2° and R. 2122-8).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from attrs import evolve, frozen

from procurelib.citations import Text
from procurelib.law import law
from procurelib.models.tender import Lot, Tender
from procurelib.money import Money, MoneyRange, ends_of
from procurelib.rules.answer import Answer, DerivedStep, Outcome
from procurelib.rules.fr.amount import amount_compared, contract_amount
from procurelib.rules.fr.facts import WORKS_CATEGORIES
from procurelib.rules.series import require_gap
from procurelib.rules.sources import caveats_of, number, used_on
from procurelib.rules.worked_out import worked_out
from procurelib.tables.facts import Between
from procurelib.unknown import UNKNOWN, Unknown

NAME: Final = "small_lots"
TITLE: Final = Text("Dérogation des petits lots", "Derogation for small lots")
CLAIM: Final = "fr/small-lot"
SHARE: Final = "fr/small-lot-share"
SUPPLIES_CEILING, WORKS_CEILING = "fr/small-lot-ceiling-supplies-services", "fr/small-lot-ceiling-works"
MINIMUM: Final = "fr/small-lot-minimum"
FRAMEWORK: Final = "fr/small-lot-framework"
_HUNDRED: Final = 100


@frozen
class Bounds:
    """An amount before tax known to lie between two others; ``high`` is ``None`` when nothing bounds it."""

    low: Decimal
    high: Decimal | None

    def __add__(self, other: Bounds) -> Bounds:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Bounds(self.low + other.low, high)

    @property
    def shown(self) -> Money | MoneyRange | Unknown:
        """The amount as a reader knows it."""
        if self.high is None:
            return UNKNOWN
        low, high = (Money(end, "EUR", tax="excluded") for end in (self.low, self.high))
        return low if low == high else MoneyRange(low, high)


@frozen
class Fit:
    """How the claims of the lots of a tender fit: which are below their ceiling, and how they stand to all the lots.

    ``within`` says whether the small ones together stay within the share; like ``sure`` it is ``None`` when an amount that
    is not known decides. ``allowed`` is that share of all the lots.
    """

    claimed: int
    too_large: tuple[Lot, ...]
    sure: bool
    small: Bounds
    whole: Bounds
    allowed: Bounds
    within: bool | None

    @property
    def value(self) -> bool | None:
        """Whether every claim fits, ``None`` when an amount that is not known decides."""
        if self.too_large or self.within is False:
            return False
        return True if self.sure and self.within else None


def fit(tender: Tender) -> Fit:
    """How the claims of the small lots of a tender fit together (CMP 27-III; CCP, R. 2123-1 2°)."""
    share = number(SHARE, tender.launched)
    below = [(lot, _below_ceiling(tender, lot)) for lot in tender.lots if lot.small]
    small = total(_bounds(lot) for lot, is_below in below if is_below is not False)
    rest = total(_bounds(lot) for lot in tender.lots if not lot.small or any(lot is other and b is False for other, b in below))
    whole = small + rest
    # Small lots are within the share when they are within it of themselves and the rest: more rest leaves more room.
    most = _within(share, small.high, rest.low)
    least = _within(share, small.low, rest.high)
    allowed = Bounds(whole.low * share / _HUNDRED, None if whole.high is None else whole.high * share / _HUNDRED)
    return Fit(
        claimed=len(below),
        too_large=tuple(lot for lot, is_below in below if is_below is False),
        sure=all(is_below for _, is_below in below),
        small=small,
        whole=whole,
        allowed=allowed,
        within=most if most is least else None,
    )


def _within(share: int, small: Decimal | None, rest: Decimal | None) -> bool:
    """Whether some small lots are at most the share of themselves and of the rest; ``None`` is without bound."""
    if small is None:
        return False
    return rest is None or small * _HUNDRED <= (small + rest) * share


def total(amounts: Iterable[Bounds]) -> Bounds:
    """The sum of some amounts."""
    return sum(amounts, Bounds(Decimal(0), Decimal(0)))


def _bounds(lot: Lot) -> Bounds:
    """What is known of a lot before tax: an amount with tax, or on a basis nobody knows, bounds it from above."""
    value = lot.value
    if isinstance(value, Unknown):
        return Bounds(Decimal(0), None)
    low, high = ends_of(value)
    return Bounds(low.amount if low.tax == "excluded" else Decimal(0), high.amount)


def _below_ceiling(tender: Tender, lot: Lot) -> bool | None:
    ceiling = law[ceiling_of(tender, lot)].on(tender.launched).value
    assert isinstance(ceiling, Money)
    known = _bounds(lot)
    if known.high is not None and known.high < ceiling.amount:
        return True
    return False if known.low >= ceiling.amount else None


def ceiling_of(tender: Tender, lot: Lot) -> str:
    """The entry of the book below whose amount a lot is small."""
    return ceiling_in(lot.category or tender.category)


def ceiling_in(category: str) -> str:
    """The entry of the book below whose amount a lot of a category is small."""
    return WORKS_CEILING if category in WORKS_CATEGORIES else SUPPLIES_CEILING


def small_lots(tender: Tender) -> Answer:
    """Whether the claims of the small lots of a tender fit together, and by how much they do not."""
    on = tender.launched
    if not any(lot.small for lot in tender.lots):
        return worked_out(Outcome(NAME, "not_applicable", None, frozenset((None,))), TITLE, "fr", on)
    used = used_on(on, SHARE, *dict.fromkeys(ceiling_of(tender, lot) for lot in tender.lots if lot.small))
    cited = tuple(dict.fromkeys(c for one in used for c in law[one.series.id].on(on).citations))
    caveats = tuple(caveats_of(used, on))
    if tender.framework is not None and law[MINIMUM].at(on) is not None:
        found = fit(tender)
        if found.value is not False:
            gap = require_gap(FRAMEWORK, on)
            outcome = Outcome(NAME, "not_modelled", UNKNOWN, frozenset((False, True)))
            return worked_out(
                outcome, TITLE, "fr", on, steps=_steps(tender, found), gaps=(gap,), caveats=caveats, citations=cited
            )
    found = fit(tender)
    if found.value is None:
        outcome = Outcome(NAME, "unknown", UNKNOWN, frozenset((False, True)), frozenset(("lots",)))
    else:
        outcome = Outcome(NAME, "answered", found.value, frozenset((found.value,)))
    return worked_out(outcome, TITLE, "fr", on, steps=_steps(tender, found), caveats=caveats, citations=cited)


def _steps(tender: Tender, found: Fit) -> tuple[DerivedStep, ...]:
    on = tender.launched
    share = number(SHARE, on)
    cited = law[SHARE].on(on).citations
    steps = [
        DerivedStep(
            "start",
            Text(
                f"lot « {lot.title or '?'} », qui n’est pas sous son plafond",
                f"lot “{lot.title or '?'}”, not below its ceiling",
            ),
            lot.value,
            law[ceiling_of(tender, lot)].on(on).citations,
        )
        for lot in found.too_large
    ]
    steps += [
        DerivedStep("start", Text("les petits lots, ensemble", "the small lots, together"), found.small.shown),
        DerivedStep("start", Text("tous les lots", "all the lots"), found.whole.shown),
        DerivedStep("start", Text(f"{share} % de tous les lots", f"{share} % of all the lots"), found.allowed.shown, cited),
    ]
    if found.within is False and found.small.low == found.small.high and found.whole.low == found.whole.high:
        over = Money(found.small.low - found.allowed.low, "EUR", tax="excluded")
        steps.append(DerivedStep("start", Text("dépassement", "in excess"), over))
    return tuple(steps)


def of_lot(tender: Tender, lot: Lot) -> Tender:
    """The tender of one lot: the need it is a part of stays the whole, and its claim holds when the claims fit."""
    grounds, uncertain = tender.grounds - {CLAIM}, tender.uncertain_grounds - {CLAIM}
    # The need of a lot of another kind is still that of the whole, and so are its thresholds. Whether such a lot is small is
    # settled by its own ceiling; below which amount it may be direct, by a ceiling the whole does not have.
    foreign = ceiling_of(tender, lot) != ceiling_in(tender.category)
    if lot.small and _below_ceiling(tender, lot) is not False:
        within = fit(tender).within
        grounds |= {CLAIM} if within and not foreign else frozenset()
        uncertain |= {CLAIM} if within is None or (within and foreign) else frozenset()
    value = lot.value
    if not tender.total_price:
        value = _as_money(contract_amount(evolve(tender, value=lot.value, options=None, need=None, lots=())).known)
    return evolve(
        tender,
        value=value,
        need=whole_of(tender),
        category=tender.category if foreign else lot.category or tender.category,
        service=UNKNOWN,
        reserved=lot.reserved or tender.reserved,
        grounds=grounds,
        uncertain_grounds=uncertain,
        lots=(),
        options=None,
        total_price=True,
    )


def whole_of(tender: Tender) -> Money | MoneyRange | Unknown:
    """The need a lot is a part of: the tender's own, or the tender with its options."""
    if tender.need is not None:
        return tender.need
    if not tender.total_price:
        return _as_money(amount_compared(tender).known)
    value, options = tender.value, tender.options
    if options is None or isinstance(value, Unknown):
        return value
    if isinstance(value, MoneyRange):
        return MoneyRange(value.low + options, value.high + options)
    return value + options


def _as_money(known: Decimal | Between | Unknown) -> Money | MoneyRange | Unknown:
    """A compared amount as a tender states it; one without a bound is not known."""
    if isinstance(known, Between):
        return UNKNOWN if known.low is None or known.high is None else Bounds(known.low, known.high).shown
    return known if isinstance(known, Unknown) else Bounds(known, known).shown
