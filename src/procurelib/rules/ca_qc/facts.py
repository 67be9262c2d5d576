"""The facts Québec's rules test, and the conditions they share."""

from __future__ import annotations

from typing import Final

from procurelib.models.categories import SERVICES
from procurelib.models.grounds import grounds_of
from procurelib.rules.facts import CATEGORY, ELECTRONIC, LAUNCHED, SUBJECT, UTILITY, category, in_force, reaches, under
from procurelib.tables.conditions import AllOf, Compare, Condition, InForce, Within, all_of
from procurelib.tables.facts import Fact

__all__ = [
    "AMOUNT",
    "BYLAW_DIRECT",
    "BYLAW_PUBLIC",
    "CATEGORY",
    "CLAIMS",
    "ELECTRONIC",
    "LAUNCHED",
    "POWER",
    "SERVICE",
    "SUBJECT",
    "UTILITY",
    "at_least",
    "below",
    "between",
    "category",
    "claimed",
    "in_force",
    "regime",
    "service",
    "under",
]

AMOUNT: Final = Fact("amount_compared", "need", base="value", unit="CAD")
SERVICE: Final = Fact("service", "need", SERVICES)
BYLAW_DIRECT: Final = Fact("bylaw_direct", "buyer", (False, True), base="bylaw")
BYLAW_PUBLIC: Final = Fact("bylaw_public", "buyer", (False, True), base="bylaw")
POWER: Final = Fact("power", "claim", ("local", "agglomeration"), default="local")
CLAIMS: Final = {ground: Fact(ground, "claim", (False, True), default=False) for ground in grounds_of("ca-qc")}


def service(*codes: str) -> Within:
    """The service is one of these kinds."""
    return Within(SERVICE, frozenset(codes))


def at_least(id: str) -> Compare:
    """The compared amount is equal to or above the value of the day."""
    return reaches(AMOUNT, id)


def below(id: str) -> Condition:
    """The compared amount is under the value of the day."""
    return ~at_least(id)


def between(low: str, high: str) -> AllOf:
    """The compared amount is at least the first value of the day and under the second."""
    return all_of(at_least(low), below(high))


def regime(*codes: str) -> InForce:
    """The regime of municipal contracts on the day of the launch is one of these."""
    return in_force("ca-qc/regime", *codes)


def claimed(ground: str) -> Within:
    """The buyer claims this ground."""
    return Within(CLAIMS[ground], frozenset((True,)))
