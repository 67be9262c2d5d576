"""The facts French rules test, and the conditions they share."""

from __future__ import annotations

from typing import Final

from procurelib.models.grounds import grounds_of
from procurelib.models.tender import FORMAL_PROCEDURES, FRAMEWORKS
from procurelib.rules.facts import CATEGORY, LAUNCHED, SUBJECT, UTILITY, category, in_force, reaches
from procurelib.rules.series import KNOWN, term
from procurelib.tables.conditions import AnyOf, Condition, InForce, Within, all_of, any_of
from procurelib.tables.facts import Fact

AMOUNT: Final = Fact("amount_compared", "need", base="value of the need", unit="EUR")
CONTRACT: Final = Fact("contract_amount", "need", base="value", unit="EUR")
CONCLUDED: Final = Fact("concluded", "date", base="concludes")
FRAMEWORK: Final = Fact("framework", "claim", ("none", *FRAMEWORKS), default="none")
FORMAL_PROCEDURE: Final = Fact("formal_procedure", "claim", FORMAL_PROCEDURES, default="open")
CLAIMS: Final = {ground: Fact(ground, "claim", (False, True), default=False) for ground in grounds_of("fr")}

YES: Final = frozenset((True,))
ENTITY: Final = Within(UTILITY, YES)
"""The buyer acts as a contracting entity (entité adjudicatrice): the purchase serves a network activity."""
SUPPLIES: Final = category("goods", "services", "insurance")
WORKS_CATEGORIES: Final = ("works", "other_works")
WORKS: Final = category(*WORKS_CATEGORIES)
SOCIAL: Final = category("social_services")
"""Social and other specific services, whose procedure is adapted at any amount."""

THRESHOLD: Final = "fr/formal-threshold-supplies-services"
ENTITY_THRESHOLD: Final = "fr/formal-threshold-supplies-services-entity"
WORKS_THRESHOLD: Final = "fr/formal-threshold-works"
TERM: Final = InForce(LAUNCHED, term(THRESHOLD), frozenset((KNOWN,)))
"""The European thresholds are known on the day: they are set for two years at a time."""


DEEMED: Final = all_of(category(*SUBJECT), Within(FRAMEWORK, frozenset(("no_maximum",))), in_force("fr/framework-no-maximum"))
"""A framework agreement without a maximum is deemed above the thresholds (CMP 27-VI; first R. 2121-8)."""


def claimed(ground: str) -> Within:
    """The buyer claims this ground."""
    return Within(CLAIMS[f"fr/{ground}"], YES)


def below(fact: Fact, id: str) -> Condition:
    """An amount is under the value of the day of the launch."""
    return ~reaches(fact, id)


def at_threshold() -> AnyOf:
    """The compared amount is equal to or above the European threshold of its kind of contract, or deemed to be."""
    return any_of(
        all_of(SUPPLIES, ~ENTITY, TERM, reaches(AMOUNT, THRESHOLD)),
        all_of(SUPPLIES, ENTITY, TERM, reaches(AMOUNT, ENTITY_THRESHOLD)),
        all_of(WORKS, TERM, reaches(AMOUNT, WORKS_THRESHOLD)),
        DEEMED,
    )


__all__ = [
    "AMOUNT",
    "CATEGORY",
    "CLAIMS",
    "CONCLUDED",
    "CONTRACT",
    "DEEMED",
    "ENTITY",
    "ENTITY_THRESHOLD",
    "FORMAL_PROCEDURE",
    "FRAMEWORK",
    "LAUNCHED",
    "SOCIAL",
    "SUPPLIES",
    "TERM",
    "THRESHOLD",
    "UTILITY",
    "WORKS",
    "WORKS_CATEGORIES",
    "WORKS_THRESHOLD",
    "YES",
    "at_threshold",
    "below",
    "category",
    "claimed",
    "in_force",
    "reaches",
]
