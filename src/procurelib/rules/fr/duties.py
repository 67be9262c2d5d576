"""France: what a local body publishes and declares about its contracts (CCP, R. 2183-1, R. 2196-1, L. 2111-3; CMP 85, 133)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.models.city import City
from procurelib.rules.duties import Duty
from procurelib.rules.duty_rules import DutyRule, DutyRules

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
