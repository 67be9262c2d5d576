"""France's levers: reservations, lots, clauses, criteria and the procedures themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from attrs import evolve

from procurelib.citations import Text
from procurelib.law import law
from procurelib.models.categories import covers
from procurelib.models.scheme import one_adopted_by
from procurelib.models.tender import Tender
from procurelib.rules.fr.facts import ENTITY_THRESHOLD, THRESHOLD, WORKS_CATEGORIES, WORKS_THRESHOLD
from procurelib.rules.fr.lots import SHARE, ceiling_in
from procurelib.rules.sources import number
from procurelib.social.lever import BELOW, Case, LeverRule, Reach, Reached, always, limit, members

SERVICES: Final = "fr/reserved-ess-services"
YEARS: Final = "fr/reserved-ess-years"
ENTITY_CEILING: Final = "fr/direct-ceiling-entity"
RENNES: Final = ("fr/rennes", "fr/rennes-metropole")
_MONTHS: Final = 12
_CODE: Final = re.compile(r"cpv_(\d{8})(?:_to_(\d{8}))?")

_SHARE_OF_LOTS: Final = Text("part de tous les lots, en %", "share of all the lots, in %")
_AT_MOST: Final = Text("durée, en années, au plus", "length, in years, at most")
_NOTICE: Final = Text(
    "L’avis, ou à défaut les documents de la consultation, mentionne la réservation; les seuils de publicité et de procédure "
    "ne changent pas.",
    "The notice, or failing one the procurement documents, mentions the reservation; the thresholds of publicity and procedure "
    "do not change.",
)
_DUTIES: Final = Text(
    "L’acheteur choisit une offre pertinente, emploie bien l’argent public et ne prend pas toujours la même entreprise.",
    "The buyer chooses a relevant offer, uses public money well, and does not always contract with the same firm.",
)
_NOT_DUE: Final = Text("Rien ne l’impose ici : moins est permis.", "Nothing requires it here: less is allowed.")
_DUE: Final = {
    "environmental_condition": Text(
        "Une condition environnementale est obligatoire.", "An environmental condition is compulsory."
    ),
    "social_condition": Text("Une condition sociale est due.", "A social condition is compulsory."),
}
_CRITERION_DUE: Final = Text(
    "Un critère environnemental est obligatoire aussi.", "An environmental criterion is compulsory too."
)
_ANNOUNCED: Final = Text(
    "Une annonce est exigée, et aucun effet discriminatoire.", "An announcement is required, and no discriminatory effect."
)
_TIED: Final = Text(
    "Un lien avec l’objet du marché et une annonce sont exigés.", "A link with the subject and an announcement are required."
)
_TIED_CRITERION: Final = Text(
    "Le critère doit se lier à l’objet du marché ou à son exécution et être annoncé.",
    "The criterion has to be linked to the subject of the contract or to its performance, and announced.",
)
_OBJECT: Final = Text(
    "L’objet du marché doit être l’insertion elle-même.", "The subject of the contract has to be integration itself."
)
_EQUAL: Final = Text(
    "À égalité de prix ou à équivalence d’offres seulement, en faveur des sociétés et entreprises que l’article nomme.",
    "Only at equal price or for equivalent tenders, in favour of the companies and enterprises the article names.",
)
_DEFINED: Final = Text(
    "L’acheteur définit les prestations avant la mise en concurrence.",
    "The buyer defines the services concerned before competition.",
)
_NEEDLESS: Final = Text("La procédure n’est pas formalisée de toute façon.", "The procedure is no formal one in any case.")
_NO_LOTS: Final = Text("Le marché n’a pas de lots.", "The contract has no lots.")
_SMALL: Final = Text(
    "Chaque petit lot est sous le plafond, et tous ensemble dans la part.",
    "Each small lot is below the ceiling, and all of them together within the share.",
)
_SERVICES_ONLY: Final = Text("Services d’une liste seulement.", "Services of a list only.")
_WIDER: Final = Text(
    "La liste nomme un code plus large : qu’elle couvre les codes plus étroits n’a pas été lu.",
    "The list names a wider code: whether it covers narrower ones has not been read.",
)
_TOO_LONG: Final = Text("Le marché est plus long que la durée permise.", "The contract is longer than is allowed.")
_SHORT: Final = Text("La durée doit rester dans la limite.", "The length has to stay within the limit.")
_ENTITY: Final = Text("L’acheteur agit comme entité adjudicatrice.", "The buyer acts as a contracting entity.")
_ADOPTED: Final = Text("L’acheteur doit avoir adopté un schéma.", "The buyer has to have adopted a scheme.")
_UNSEEN: Final = Text("Le texte de ses schémas n’a pas été lu.", "The text of its schemes has not been read.")
_OWN_POLICY: Final = Text("C’est une politique de Rennes.", "It is a policy of Rennes.")
_NOT_VOTED: Final = Text("L’acheteur n’avait pas encore voté son schéma.", "The buyer had not voted its scheme yet.")


def _procedure_is(wanted: str, ceiling: Callable[[Tender], str | None]) -> Reached:
    """A lever that is one of the procedures: open where it is the least open the law allows."""

    def reach(case: Case) -> Reach:
        procedure, tender = case.plain, case.tender
        id = ceiling(tender)
        closed = Reach(False, limits=() if id is None else limit(id, BELOW, tender.launched))
        if procedure.settled and procedure.value == wanted:
            return evolve(closed, open=True, notices=(_DUTIES,) if wanted == "direct" else ())
        if procedure.settled:
            less = wanted == "adapted" and procedure.value == "direct"
            return evolve(closed, open=True, notices=(_NOT_DUE,)) if less else closed
        if procedure.possible and wanted not in procedure.possible:
            return closed
        if wanted == "adapted" and "formal" not in procedure.possible and procedure.possible:
            return evolve(closed, open=True)
        return closed.waiting(procedure)

    return reach


def _direct_ceiling(tender: Tender) -> str:
    """Below which amount nothing has to be published; contracting entities had their own until 2015-09-30 (CMP 146)."""
    if tender.utility and law[ENTITY_CEILING].at(tender.launched) is not None:
        return ENTITY_CEILING
    return "fr/direct-ceiling-works" if tender.category in WORKS_CATEGORIES else "fr/direct-ceiling-supplies-services"


def _formal_threshold(tender: Tender) -> str | None:
    """Below which amount the procedure is adapted; of social services it is at any amount."""
    if tender.category == "social_services":
        return None
    if tender.category in WORKS_CATEGORIES:
        return WORKS_THRESHOLD
    return ENTITY_THRESHOLD if tender.utility else THRESHOLD


def _reserved_ess(case: Case) -> Reach:
    """Health, social and cultural services of a list, by a contracting authority, for three years (CCP, L. 2113-15 and 16)."""
    tender = case.tender
    closed = Reach(False, limits=limit(YEARS, _AT_MOST, tender.launched), entries=(SERVICES, YEARS))
    if not covers("services", tender.category):
        return evolve(closed, conditions=(_SERVICES_ONLY,))
    if tender.utility:
        return evolve(closed, conditions=(_ENTITY,))
    if isinstance(tender.duration, int) and tender.duration > number(YEARS, tender.launched) * _MONTHS:
        return evolve(closed, conditions=(_TOO_LONG,))
    listed, wider = _listed(tender.classification, law[SERVICES].on(tender.launched).value)
    if listed is None:
        return evolve(closed, open=None, missing=("classification",), conditions=(_WIDER if wider else _SERVICES_ONLY,))
    if not listed:
        return evolve(closed, conditions=(_SERVICES_ONLY,))
    return evolve(closed, open=True, conditions=(_NOTICE,) if isinstance(tender.duration, int) else (_NOTICE, _SHORT))


def _listed(classification: object, codes: object) -> tuple[bool | None, bool]:
    """Whether a CPV code is in the list, ``None`` when nobody can tell, and whether that is for a wider code of the list."""
    if not isinstance(classification, str) or not classification.startswith("cpv:"):
        return None, False
    code = classification.removeprefix("cpv:")
    assert isinstance(codes, tuple)
    spans: list[tuple[str, str]] = []
    for one in codes:
        found = _CODE.fullmatch(str(one))
        assert found is not None
        spans.append((found[1], found[2] or found[1]))
    if any(first <= code <= last for first, last in spans):
        return True, False
    return (None, True) if any(code.startswith(last.rstrip("0")) for _, last in spans) else (False, False)


def _small_lot(case: Case) -> Reach:
    """Small lots leave the formal procedure, each below its ceiling, together within a share (CCP, R. 2123-1 2°)."""
    tender, procedure = case.tender, case.plain
    ceiling = ceiling_in(tender.category)
    limits = (*limit(ceiling, BELOW, tender.launched), *limit(SHARE, _SHARE_OF_LOTS, tender.launched))
    closed = Reach(False, limits=limits, entries=(ceiling, SHARE))
    if procedure.possible and "formal" not in procedure.possible:
        return evolve(closed, conditions=(_NEEDLESS,))
    if not tender.lots:
        return evolve(closed, conditions=(_NO_LOTS,))
    if procedure.possible != {"formal"}:
        return closed.waiting(procedure)
    if not any(lot.small for lot in tender.lots):
        return evolve(closed, open=True, conditions=(_SMALL,))
    fits = case.assessed.small_lots
    return evolve(closed, open=bool(fits.value)) if fits.settled else closed.waiting(fits)


def _insertion_services(case: Case) -> Reach:
    """A contract whose subject is integration itself is one of social services."""
    return Reach(covers("services", case.tender.category))


def _clauses(case: Case) -> Reach:
    """Conditions of performance: some are compulsory, and until the ordonnance no link with the subject was asked for."""
    required = members(case.assessed.sustainability)
    of_2006 = law["fr/regime"].on(case.tender.launched).value == "cmp"
    notices = tuple(text for member, text in _DUE.items() if member in required)
    return Reach(True, conditions=(_ANNOUNCED if of_2006 else _TIED,), notices=notices)


def _criterion(case: Case) -> Reach:
    """A social criterion, beside the environmental one where that is compulsory."""
    due = "environmental_criterion" in members(case.assessed.sustainability)
    return Reach(True, notices=(_CRITERION_DUE,) if due else ())


def _scheme(case: Case) -> Reach:
    """A scheme for responsible purchasing: due above an amount of yearly purchases, free below it."""
    adopted = one_adopted_by(case.tender.buyer.schemes, case.tender.launched)
    return Reach(True, conditions=(_UNSEEN if adopted else _ADOPTED,))


def _consultation(case: Case) -> Reach:
    """Rennes consults enterprises of the social economy in each purchase, by the scheme of each of the two buyers."""
    buyer = case.tender.buyer
    if buyer.id not in RENNES:
        return Reach(False, conditions=(_OWN_POLICY,))
    adopted = one_adopted_by(buyer.schemes, case.tender.launched)
    return Reach(adopted, conditions=(_UNSEEN if adopted else _NOT_VOTED,))


def _reservation(id: str, *schemes: str) -> LeverRule:
    return LeverRule(id, id, "reserves", always, schemes, (_NOTICE,))


LEVERS: Final = (
    LeverRule(
        "fr/direct-award",
        "fr/direct-below-ceiling",
        "exempts",
        _procedure_is("direct", _direct_ceiling),
    ),
    LeverRule(
        "fr/adapted-procedure",
        "fr/adapted",
        "lightens",
        _procedure_is("adapted", _formal_threshold),
    ),
    _reservation("fr/reserved-disability", "fr/reserved-disability"),
    _reservation("fr/reserved-insertion", "fr/reserved-insertion"),
    _reservation("fr/reserved-both", "fr/reserved-disability", "fr/reserved-insertion"),
    _reservation("fr/reserved-prison", "fr/reserved-prison"),
    LeverRule("fr/reserved-ess", "fr/reserved-ess", "reserves", _reserved_ess, ("fr/reserved-ess",)),
    LeverRule("fr/lots-rule", "fr/lots-rule", "invites", always),
    LeverRule("fr/small-lot", "fr/small-lot", "lightens", _small_lot),
    LeverRule("fr/performance-clause", "fr/optional-conditions", "requires", _clauses),
    LeverRule("fr/social-criterion", "fr/social-criterion", "weighs", _criterion, conditions=(_TIED_CRITERION,)),
    LeverRule("fr/insertion-services", "fr/insertion-services", "lightens", _insertion_services, conditions=(_OBJECT,)),
    LeverRule("fr/equal-offers-preference", "fr/equal-offers-preference", "prefers", always, conditions=(_EQUAL,)),
    LeverRule("fr/quarter-preference", "fr/quarter-preference", "prefers", always, conditions=(_EQUAL, _DEFINED)),
    LeverRule("fr/labels", "fr/labels", "requires", always, conditions=(_TIED,)),
    LeverRule("fr/purchasing-scheme", "fr/purchasing-scheme", "requires", _scheme),
    LeverRule("fr/systematic-consultation", "fr/systematic-consultation", "invites", _consultation),
)
