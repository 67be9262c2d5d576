"""France: what a local body publishes and declares about its contracts (CCP, R. 2183-1, R. 2196-1, L. 2111-3; CMP 85, 133)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import evolve

from procurelib.calendars import deadline
from procurelib.calendars.holidays import calendar_of
from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.law import law
from procurelib.models.city import City
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer
from procurelib.rules.duties import Duty
from procurelib.rules.duty_rules import DutyRule, DutyRules, floor_on, reaches
from procurelib.rules.fr.amount import amount_compared
from procurelib.rules.fr.facts import THRESHOLD
from procurelib.rules.sources import number
from procurelib.tables.facts import Between

_PUBLIC: Final = Text("le public", "the public")

RULES: Final = (
    DutyRule(
        "fr/yearly-contract-list",
        Text(
            "Publier la liste des marchés conclus l’année précédente et de leurs titulaires",
            "Publish the list of the contracts made the year before and of their holders",
        ),
        _PUBLIC,
        Text("au cours du premier trimestre", "during the first quarter"),
    ),
    DutyRule(
        "fr/small-contract-list",
        Text(
            "Publier la liste des marchés de l’année précédente que leur montant dispensait de publicité et de mise en "
            "concurrence, à partir de {floor}, quand leurs données essentielles n’ont pas été publiées",
            "Publish the list of the contracts of the year before that their amount exempted from publicity and competition, "
            "from {floor} up, when their essential data were not published",
        ),
        Text("le public, sur le support de son choix", "the public, on the medium of its choice"),
        Text("au cours du premier trimestre", "during the first quarter"),
        {"floor": "fr/small-contract-list-floor"},
        readings=("fr/small-contract-list-reach",),
    ),
    DutyRule(
        "fr/economic-census",
        Text(
            "Déclarer les marchés de l’année précédente à partir de {floor}",
            "Declare the contracts of the year before from {floor} up",
        ),
        Text("l’Observatoire économique de la commande publique", "the Observatoire économique de la commande publique"),
        Text("fin de l’année civile", "end of the calendar year"),
        {"floor": "fr/economic-census-floor"},
    ),
    DutyRule(
        "fr/essential-data",
        Text(
            "Publier les données essentielles de chaque marché répondant à un besoin d’une valeur à partir de {floor}",
            "Publish the essential data of each contract that meets a need of a value from {floor} up",
        ),
        Text("le public, {scope}", "the public, {scope}"),
        Text("dans les {months} qui suivent la notification du marché", "within {months} of the notification of the contract"),
        {"floor": "fr/essential-data-floor", "months": "fr/essential-data"},
        {
            "buyer_profile": Text("sur le profil d’acheteur", "on the buyer profile"),
            "national_portal": Text("sur le portail national des données ouvertes", "on the national open-data portal"),
        },
    ),
    DutyRule(
        "fr/award-notice",
        Text(
            "Envoyer l’avis d’attribution de chaque marché passé selon une procédure formalisée",
            "Send the award notice of each contract awarded under a formal procedure",
        ),
        _PUBLIC,
        Text("dans les {days} qui suivent la {scope} du marché", "within {days} of the {scope} of the contract"),
        {"days": "fr/award-notice"},
        {
            "notification": Text("notification", "notification"),
            "signature": Text("signature", "signature"),
        },
    ),
    DutyRule(
        "fr/purchasing-scheme",
        Text(
            "Adopter et rendre public un schéma de promotion des achats responsables, si les achats d’une année civile "
            "dépassent {floor}",
            "Adopt and make public a scheme for responsible purchasing, if the purchases of a calendar year exceed {floor}",
        ),
        Text("le public, notamment sur son site", "the public, notably on its website"),
        Text("dès que le montant est dépassé", "once the amount is exceeded"),
        {"floor": "fr/spaser-floor"},
    ),
    DutyRule(
        "fr/spaser-indicators",
        Text(
            "Publier les indicateurs du schéma de promotion des achats responsables, si les achats d’une année civile "
            "dépassent {floor}",
            "Publish the indicators of the scheme for responsible purchasing, if the purchases of a calendar year exceed "
            "{floor}",
        ),
        Text("le public, notamment sur son site", "the public, notably on its website"),
        Text("tous les {years}", "every {years}"),
        {"floor": "fr/spaser-floor", "years": "fr/spaser-indicators"},
    ),
)


def _who(city: City) -> str:
    return city.name


def _nothing_more(_: object) -> Iterator[Caveat]:
    return iter(())


_DUTIES: Final = DutyRules(RULES, _who, _nothing_more, _nothing_more)


def duties_of(city: City, start: date, end: date) -> Iterator[Duty]:
    """The duties of a body in the days from ``start`` until the day before ``end``."""
    return _DUTIES.duties_of(city, start, end)


# --- the duties that one contract calls -----------------------------------------------------------------------------

NOTICE, DATA, LIST = "fr/award-notice", "fr/essential-data", "fr/small-contract-list"
LIST_FLOOR: Final = "fr/small-contract-list-floor"
_RULE: Final = {rule.id: rule for rule in RULES}


def duties_of_tender(tender: Tender, procedure: Answer) -> tuple[Duty, ...]:
    """The duties that the contract of a tender will call, by the law of the day it is made, or of the launch.

    The contract is made on ``concludes``, taken as the day it is signed and notified; without it no day can be told.
    """
    if tender.category in ("outside", "concession"):
        return ()
    on = tender.concludes or tender.launched
    found: list[Duty] = []
    if "formal" in procedure.possible or _social_notice(tender, on):
        due = _after(tender, days=number(NOTICE, on))
        duty = _DUTIES.made(_RULE[NOTICE], tender.buyer, on, due)
        duty = duty if due is not None else _provided(duty, "concludes", _NO_DAY)
        found.append(
            duty
            if len(procedure.possible) == 1 or "formal" not in procedure.possible
            else _provided(duty, "procedure", _FORMAL)
        )
    if law[DATA].at(on) is not None:
        months = number(DATA, on)
        found += _from(tender, DATA, "fr/essential-data-floor", _after(tender, months=months), on)
    # The list of a year is that of the contracts of the year before: the first was due the year after it became possible.
    due = _RULE[LIST].due_in(tender.concludes.year + 1) if tender.concludes is not None else None
    listed = law[LIST_FLOOR].at(on) is not None and law[LIST].at(due or on) is not None
    if listed and _reaches(tender, "fr/essential-data-floor", on)[1] is not True:
        found += _from(tender, LIST, LIST_FLOOR, due, on)
    return tuple(found)


def _social_notice(tender: Tender, on: date) -> bool:
    """Whether a contract of services under article 30 of the Code of 2006 reached the amount of the notice (CMP 85)."""
    old = law["fr/regime"].on(on).value == "cmp"
    return old and tender.category == "social_services" and _reaches(tender, THRESHOLD, on)[1] is True


def data_due(tender: Tender, on: date) -> bool:
    """Whether the essential data of a contract may have to be published."""
    return law[DATA].at(on) is not None and _reaches(tender, "fr/essential-data-floor", on)[0] is not False


_FORMAL: Final = Text("À condition que la procédure soit formalisée.", "Provided the procedure is a formal one.")
_NO_DAY: Final = Text(
    "Le jour où le marché sera conclu n’est pas donné : le droit du lancement est cité, et aucune échéance ne peut être dite.",
    "The day the contract will be made is not given: the law of the launch is cited, and no due day can be told.",
)


def _after(tender: Tender, *, days: int | None = None, months: int | None = None) -> date | None:
    if tender.concludes is None:
        return None
    return deadline(tender.concludes, days=days, months=months, calendar=calendar_of("fr")).date


def _reaches(tender: Tender, floor: str, on: date) -> tuple[bool | None, bool | None]:
    """Whether the need reaches an amount at the most, and at the least."""
    known = amount_compared(tender).known
    low, high = (known.low, known.high) if isinstance(known, Between) else (known, known)
    amount = floor_on(floor, on)
    return reaches(high, amount), reaches(low, amount)


def _from(tender: Tender, id: str, floor: str, due: date | None, on: date) -> Iterator[Duty]:
    """The duty a contract calls from an amount on; when it is not certain that it does, the duty says so."""
    most, least = _reaches(tender, floor, on)
    if most is False:
        return
    duty = _DUTIES.made(_RULE[id], tender.buyer, due if due is not None and id == LIST else on, due)
    if least is not True:
        shown = floor_on(floor, on)
        text = Text(
            f"À condition que le besoin atteigne {shown.format('fr_FR')}.",
            f"Provided the need reaches {shown.format('en_GB')}.",
        )
        duty = _provided(duty, floor, text)
    yield duty if due is not None else _provided(duty, "concludes", _NO_DAY)


def _provided(duty: Duty, id: str, text: Text) -> Duty:
    return evolve(duty, caveats=(*duty.caveats, Caveat("note", id, text)))
