"""Québec's levers: what a city may do for a social-economy enterprise under municipal law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from attrs import evolve

from procurelib.citations import Text
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.money import Money, ends_of
from procurelib.rules.ask import assess
from procurelib.rules.ca_qc.case import facts_of
from procurelib.rules.ca_qc.facts import SUBJECT, below, category
from procurelib.social.lever import BELOW, Case, LeverRule, Reach, Reached, always, claiming, in_window, limit, members
from procurelib.tables.conditions import Condition, evaluate
from procurelib.unknown import UNKNOWN, Unknown

FLOOR, THRESHOLD = "ca-qc/invitation-floor", "ca-qc/public-call-threshold"
CETA_GOODS, CETA_SERVICES = "trade/ceta-goods", "trade/ceta-services"
AGGLOMERATION: Final = "ca-qc/agglomeration-longueuil"
CEILING, MARGIN = "ca-qc/longueuil-preference-ceiling", "ca-qc/longueuil-preference-margin"
LONGUEUIL: Final = "ca-qc/longueuil"

_ROTATION: Final = Text(
    "Le règlement sur la gestion contractuelle doit le permettre, avec des mesures de rotation à partir du plancher.",
    "The by-law on contract management has to allow it, with rotation measures from the floor up.",
)
_TIED: Final = Text("Les critères se rattachent directement au contrat.", "The criteria are tied directly to the contract.")
_NO_CETA: Final = Text(
    "Là où l’AECG vise l’achat, il n’a pas d’exception générale pour les organismes à but non lucratif ni les coopératives : "
    "l’accord lie l’État, la ville suit la Loi.",
    "Where CETA covers the purchase, it has no general exception for non-profit bodies or cooperatives: the agreement binds "
    "the Party, the city follows the Act.",
)
_TWO: Final = Text("Au moins deux entreprises sont invitées.", "At least two firms are invited.")
_BYLAW_SILENT: Final = Text(
    "Le règlement de la ville ne le prévoit pas; le conseil peut l’y mettre.",
    "The city’s by-law does not provide for it; the council may put it in.",
)
_NO_PREFERENCE: Final = Text(
    "Une politique ne donne aucune préférence dans un appel d’offres public.",
    "A policy gives no preference in a public call for tenders.",
)
_MEASURES: Final = Text("Selon les mesures du règlement de la ville.", "As the measures of the city’s by-law provide.")
_ROTATION_DUE: Final = Text(
    "Le règlement prévoit des mesures de rotation des entreprises.", "The by-law has measures to rotate the firms."
)
_NEEDLESS: Final = Text(
    "Sous le plancher, le gré à gré est permis sans ce motif.", "Below the floor a direct contract is allowed without it."
)
_ALREADY: Final = Text("Le gré à gré est permis sans ce motif.", "A direct contract is allowed without it.")
_WINDOW: Final = Text("Le jour du changement de plafond n’est pas certain.", "The day the ceiling changed is not certain.")
_OWN_POLICY: Final = Text("C’est une règle de la Ville de Longueuil.", "It is a rule of the City of Longueuil.")
_EQUAL: Final = Text(
    "À qualité équivalente, d’une entreprise d’économie sociale établie dans l’agglomération.",
    "At equivalent quality, from a social economy enterprise located in the agglomeration.",
)
_OF_PRICE: Final = Text("part du meilleur prix, en %", "share of the best price, in %")

_EVERY_TAX: Final = Decimal("1.15")
"""More than all taxes together ever added to a price in the days covered."""
_WEIGHTED: Final = frozenset(("one_envelope", "two_envelopes", "discussions"))
"""The award methods that have criteria beside the price."""


def _open(condition: Condition, case: Case) -> bool | None:
    """Whether a condition of the tables holds in a tender."""
    truth = evaluate(condition, facts_of(case.tender).case).truth
    return {"true": True, "false": False}.get(truth)


def _direct_below_floor(case: Case) -> Reach:
    found = _open(category(*SUBJECT) & below(FLOOR), case)
    reach = Reach(found, limits=limit(FLOOR, BELOW, case.tender.launched), entries=(FLOOR,))
    return reach if found is not None else reach.waiting(case.plain)


def _bylaw(case: Case) -> Reach:
    """The by-law's own rules between the floor and the threshold: a direct award where it says so."""
    plain = case.plain
    closed = Reach(False, limits=limit(THRESHOLD, BELOW, case.tender.launched))
    if _open(below(FLOOR), case):
        return evolve(closed, conditions=(_NEEDLESS,))
    if not plain.settled and "direct" not in plain.possible:
        return closed
    closed = evolve(closed, entries=(THRESHOLD,))
    if not plain.settled:
        return evolve(closed, conditions=(_ROTATION,)).waiting(plain)
    if plain.value == "direct":
        return evolve(closed, open=True, notices=(_ROTATION_DUE,))
    return evolve(closed, conditions=(_BYLAW_SILENT,)) if plain.value == "invitation" else closed


def _ground(name: str, *, limits: tuple[str, ...] = ()) -> Reached:
    """A ground of the Act: open where the procedure is direct with it; a notice says where it is so without it too.

    ``limits`` are entries for the amount it holds below; the first that the book holds on the day is shown.
    """
    id = f"ca-qc/{name}"

    def reach(case: Case) -> Reach:
        tender, plain = case.tender, case.plain
        shown = next((found for entry in limits if (found := limit(entry, BELOW, tender.launched))), ())
        closed = Reach(False, limits=shown)
        notices = _ceta_notice(case)
        if plain.settled and plain.value == "direct":
            notices = (_NEEDLESS if _open(below(FLOOR), case) else _ALREADY, *notices)
            lifts, missing = _lifts(id, tender)
            if not lifts:
                return evolve(closed, open=None, missing=missing) if missing else closed
        claimed = assess(claiming(tender, id)).procedure
        if claimed.settled:
            return evolve(closed, open=claimed.value == "direct", notices=notices)
        if "direct" not in claimed.possible and claimed.possible:
            return closed
        if claimed.possible == plain.possible and _lifts(id, tender) == (False, ()):
            return closed
        return evolve(closed, notices=notices).waiting(claimed)

    return reach


def _lifts(id: str, tender: Tender) -> tuple[bool, tuple[str, ...]]:
    """Whether a ground lifts anything at some amount, for this subject and day; if not, the facts that would tell."""
    anything = tender.replace(value=UNKNOWN, options=None)
    without, claimed = assess(claiming(anything)).procedure, assess(claiming(anything, id)).procedure
    return claimed.possible < without.possible, tuple(sorted(claimed.missing - without.missing))


def _ceta_notice(case: Case) -> tuple[Text, ...]:
    """That CETA covers a purchase from a non-profit body at or above its amount, which the Act exempts all the same."""
    agreements = case.assessed.agreements
    return (_NO_CETA,) if "CETA" in members(agreements) or "CETA" in agreements.uncertain else ()


def _invitation(case: Case) -> Reach:
    """Whom to invite is the city's choice, as long as a public call is not what the law asks for."""
    procedure = case.plain
    reach = Reach(True, limits=limit(THRESHOLD, BELOW, case.tender.launched))
    if procedure.possible and "public" not in procedure.possible:
        return evolve(reach, notices=(_TWO,))
    return evolve(reach, open=False) if procedure.possible == {"public"} else reach.waiting(procedure)


def _price_request(case: Case) -> Reach:
    """Asking prices of chosen enterprises, where a direct contract is allowed."""
    procedure = case.plain
    reach = Reach(procedure.value == "direct")
    if procedure.settled or (procedure.possible and "direct" not in procedure.possible):
        return reach
    return reach.waiting(procedure)


def _weighting(case: Case) -> Reach:
    """Criteria beside the price, where some award method has them."""
    methods = case.assessed.award_method
    reach = Reach(bool(members(methods) & _WEIGHTED))
    return reach if reach.open or methods.settled else reach.waiting(methods)


def _margin(case: Case) -> Reach:
    """A margin in the by-law or policy holds for direct awards below the threshold only."""
    procedure = case.plain
    reach = Reach(procedure.value == "direct", limits=limit(THRESHOLD, BELOW, case.tender.launched))
    if procedure.possible == {"public"} or (procedure.settled and reach.open):
        return reach
    return evolve(reach, conditions=(_BYLAW_SILENT,)) if procedure.settled else reach.waiting(procedure)


def _longueuil(case: Case) -> Reach:
    """Longueuil's own preference: 5 % at equal quality, for an enterprise of the agglomeration, below its ceiling."""
    tender = case.tender
    shown = (*limit(CEILING, BELOW, tender.launched), *limit(MARGIN, _OF_PRICE, tender.launched))
    if tender.buyer.id not in (LONGUEUIL, AGGLOMERATION):
        return Reach(False, limits=shown, conditions=(_OWN_POLICY,))
    reach = Reach(None, limits=shown, entries=(CEILING, MARGIN))
    ceilings = _ceilings(tender.launched)
    low, high = _on_every_basis(tender)
    if high is not None and high < min(ceilings):
        return evolve(reach, open=True)
    if low >= max(ceilings):
        return evolve(reach, open=False)
    if len(ceilings) > 1:
        return evolve(reach, conditions=(_WINDOW,))
    missing = "value.tax" if isinstance(tender.value, Money) and tender.value.tax is UNKNOWN else "value"
    return evolve(reach, missing=(missing,))


def _ceilings(on: date) -> list[Decimal]:
    """The ceilings that may hold on a day: two of them while the first day of the second is not certain."""
    amounts = [v.value for v in law[CEILING].versions if v.covers(on) or in_window(v, on)]
    return [amount.amount for amount in amounts if isinstance(amount, Money)]


def _on_every_basis(tender: Tender) -> tuple[Decimal, Decimal | None]:
    """What an expenditure is at least and at most, whatever taxes are counted in: the policy does not say which are."""
    value = tender.value
    if isinstance(value, Unknown):
        return Decimal(0), None
    low, high = ends_of(value)
    more = tender.options.amount if tender.options is not None else Decimal(0)
    if not tender.taxable:
        return low.amount, high.amount + more
    least = low.amount if low.tax == "excluded" else low.amount / _EVERY_TAX
    most = high.amount if high.tax == "included" else high.amount * _EVERY_TAX
    return least, most + more * _EVERY_TAX


def _preference(id: str) -> Reached:
    """A measure of the preferences of the tender."""

    def reach(case: Case) -> Reach:
        found = case.assessed.preferences
        if id in members(found):
            return Reach(True)
        if id in found.uncertain:
            gaps = tuple(gap for gap in found.gaps if gap.id in found.uncertain[id])
            return Reach(None, tuple(m for m in found.uncertain[id] if m in found.missing), gaps)
        return Reach(False)

    return reach


LEVERS: Final = (
    LeverRule("ca-qc/direct-award", "ca-qc/direct-below-floor", "exempts", _direct_below_floor),
    LeverRule("ca-qc/bylaw-direct", "ca-qc/bylaw-award-rules", "exempts", _bylaw),
    LeverRule("ca-qc/nonprofit-body", "ca-qc/nonprofit-body", "exempts", _ground("nonprofit-body"), ("ca-qc/nonprofit-body",)),
    LeverRule(
        "ca-qc/nonprofit-listed-services",
        "ca-qc/nonprofit-listed-services",
        "exempts",
        _ground("nonprofit-listed-services", limits=("ca-qc/territory-ceiling-goods-services", CETA_SERVICES)),
        ("ca-qc/nonprofit-body",),
    ),
    LeverRule(
        "ca-qc/nonprofit-goods",
        "ca-qc/nonprofit-goods",
        "exempts",
        _ground("nonprofit-goods", limits=(CETA_GOODS,)),
        ("ca-qc/nonprofit-body",),
    ),
    LeverRule(
        "ca-qc/qualified-solidarity-cooperative",
        "ca-qc/qualified-solidarity-cooperative",
        "exempts",
        _ground("qualified-solidarity-cooperative"),
        ("ca-qc/qualified-solidarity-cooperative",),
    ),
    LeverRule("ca-qc/invitation-lists", "ca-qc/invitation-lists", "invites", _invitation),
    LeverRule("ca-qc/price-requests", "ca-qc/price-requests", "invites", _price_request),
    LeverRule("ca-qc/tied-criteria", "ca-qc/tied-criteria", "weighs", _weighting, conditions=(_TIED,)),
    LeverRule("ca-qc/bylaw-social-margin", "ca-qc/bylaw-social-margin", "prefers", _margin, ("ca-qc/E-1.1.1",), (_ROTATION,)),
    LeverRule(
        "ca-qc/longueuil-preference",
        "ca-qc/longueuil-preference-margin",
        "prefers",
        _longueuil,
        ("ca-qc/E-1.1.1",),
        (_EQUAL,),
    ),
    LeverRule(
        "ca-qc/quebec-preference-duty",
        "ca-qc/quebec-preference-duty",
        "prefers",
        _preference("ca-qc/quebec-preference-duty"),
        conditions=(_MEASURES,),
    ),
    LeverRule("ca-qc/canadian-provenance", "ca-qc/canadian-provenance", "prefers", _preference("ca-qc/canadian-provenance")),
    LeverRule(
        "ca-qc/responsible-procurement-policy",
        "ca-qc/responsible-procurement-policy",
        "requires",
        always,
        conditions=(
            Text(
                "La municipalité doit avoir adopté une telle politique.", "The municipality has to have adopted such a policy."
            ),
        ),
    ),
    LeverRule("ca-qc/reserved-contracts", "ca-qc/reserved-contracts", "reserves", always),
    LeverRule("ca-qc/performance-clauses", "ca-qc/performance-clauses", "requires", always),
    LeverRule("ca-qc/lots-quebec", "ca-qc/lots-quebec", "invites", always),
)
