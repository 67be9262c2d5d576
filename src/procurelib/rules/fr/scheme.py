"""Whether a French buyer has to adopt a scheme for responsible purchasing (loi 2014-856, art. 13; CCP, L. 2111-3)."""

from __future__ import annotations

from typing import Final

from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import Answer, DerivedStep, Outcome
from procurelib.rules.series import gap_on
from procurelib.rules.sources import caveats_of, used_on
from procurelib.rules.worked_out import worked_out
from procurelib.unknown import UNKNOWN

NAME: Final = "purchasing_scheme"
TITLE: Final = Text("Schéma de promotion des achats responsables", "Scheme for responsible purchasing")
DUTY, FLOOR = "fr/purchasing-scheme", "fr/spaser-floor"

_YEAR: Final = Text(
    "Le texte parle du montant annuel des achats sans dire quelle année : la dernière année civile entière est lue.",
    "The text speaks of the yearly amount of purchases without saying which year: the last whole calendar year is read.",
)


def purchasing_scheme(tender: Tender) -> Answer:
    """Whether the buyer must have a scheme on the day of the launch, from what it spent the year before."""
    on = tender.launched
    duty = law[DUTY]
    gap = gap_on(duty, on)
    if gap is not None:
        outcome = Outcome(NAME, "not_modelled", UNKNOWN, frozenset((False, True)))
        return worked_out(outcome, TITLE, "fr", on, gaps=(gap,))
    if duty.at(on) is None:
        return worked_out(Outcome(NAME, "answered", False, frozenset((False,))), TITLE, "fr", on)
    used = used_on(on, DUTY, FLOOR)
    cited = tuple(dict.fromkeys(c for one in used for c in law[one.series.id].on(on).citations))
    floor = law[FLOOR].on(on).value
    assert isinstance(floor, Money)
    year = on.year - 1
    spent = dict(tender.buyer.annual_purchases).get(year)
    known = _above(spent, floor)
    if known is None:
        outcome = Outcome(NAME, "unknown", UNKNOWN, frozenset((False, True)), frozenset(("annual_purchases",)))
    else:
        outcome = Outcome(NAME, "answered", known, frozenset((known,)))
    steps = (
        DerivedStep("start", Text(f"achats de {year}", f"purchases of {year}"), UNKNOWN if spent is None else spent),
        DerivedStep("start", Text("montant à dépasser", "amount to exceed"), floor, law[FLOOR].on(on).citations),
    )
    caveats = (*caveats_of(used, on), Caveat("note", DUTY, _YEAR))
    return worked_out(outcome, TITLE, "fr", on, steps=steps, caveats=caveats, citations=cited)


def _above(spent: Money | MoneyRange | None, floor: Money) -> bool | None:
    """Whether an amount is strictly above another, ``None`` when it is not known well enough."""
    if spent is None:
        return None
    low, high = (spent.low, spent.high) if isinstance(spent, MoneyRange) else (spent, spent)
    return True if low > floor else False if high <= floor else None
