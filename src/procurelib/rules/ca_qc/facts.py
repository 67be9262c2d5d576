"""The facts Québec's rules test, and the conditions they share."""

from __future__ import annotations

from typing import Final

from procurelib.models.categories import CATEGORIES, SERVICES, covers
from procurelib.models.grounds import GROUNDS
from procurelib.rules.series import series
from procurelib.tables.conditions import AllOf, Compare, Condition, InForce, Within, all_of
from procurelib.tables.facts import Fact

LAUNCHED: Final = Fact("launched", "date")
CATEGORY: Final = Fact("category", "need", CATEGORIES)
AMOUNT: Final = Fact("amount_compared", "need", base="value")
SERVICE: Final = Fact("service", "need", SERVICES)
ELECTRONIC: Final = Fact("electronic", "need", (False, True))
BYLAW_DIRECT: Final = Fact("bylaw_direct", "buyer", (False, True), base="bylaw")
BYLAW_PUBLIC: Final = Fact("bylaw_public", "buyer", (False, True), base="bylaw")
UTILITY: Final = Fact("utility", "claim", (False, True), default=False)
POWER: Final = Fact("power", "claim", ("local", "agglomeration"), default="local")
CLAIMS: Final = {ground: Fact(ground, "claim", (False, True), default=False) for ground in GROUNDS}

SUBJECT: Final = tuple(code for code in CATEGORIES if code not in ("outside", "concession"))
"""The categories of contract the rules on competition are about."""


def under(*codes: str) -> frozenset[str]:
    """The categories these codes cover, themselves and those below them."""
    return frozenset(other for code in codes for other in CATEGORIES if covers(code, other))


def category(*codes: str) -> Within:
    """The purchase is of one of these categories, or of one below them."""
    return Within(CATEGORY, frozenset(under(*codes)))


def service(*codes: str) -> Within:
    """The service is one of these kinds."""
    return Within(SERVICE, frozenset(codes))


def at_least(id: str) -> Compare:
    """The compared amount is equal to or above the value of the day."""
    return Compare(AMOUNT, series(id), LAUNCHED)


def below(id: str) -> Condition:
    """The compared amount is under the value of the day."""
    return ~at_least(id)


def between(low: str, high: str) -> AllOf:
    """The compared amount is at least the first value of the day and under the second."""
    return all_of(at_least(low), below(high))


def in_force(id: str, *scopes: str) -> InForce:
    """The entry is in force on the day of the launch, in one of these scopes if any is given."""
    return InForce(LAUNCHED, series(id), frozenset(scopes) if scopes else None)


def regime(*codes: str) -> InForce:
    """The regime of municipal contracts on the day of the launch is one of these."""
    return in_force("ca-qc/regime", *codes)


def claimed(ground: str) -> Within:
    """The buyer claims this ground."""
    return Within(CLAIMS[ground], frozenset((True,)))
