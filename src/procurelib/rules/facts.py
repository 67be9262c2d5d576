"""The facts that the rules of several jurisdictions test, and the conditions on them."""

from __future__ import annotations

from typing import Final

from procurelib.models.categories import CATEGORIES, covers
from procurelib.rules.series import series
from procurelib.tables.conditions import AllOf, Compare, InForce, Within
from procurelib.tables.facts import Fact

LAUNCHED: Final = Fact("launched", "date")
CATEGORY: Final = Fact("category", "need", CATEGORIES)
ELECTRONIC: Final = Fact("electronic", "need", (False, True))
UTILITY: Final = Fact("utility", "claim", (False, True), default=False)

SUBJECT: Final = tuple(code for code in CATEGORIES if code not in ("outside", "concession"))
"""The categories of contract the rules on competition are about."""

ALWAYS: Final = AllOf(())


def under(*codes: str) -> frozenset[str]:
    """The categories these codes cover, themselves and those below them."""
    return frozenset(other for code in codes for other in CATEGORIES if covers(code, other))


def category(*codes: str) -> Within:
    """The purchase is of one of these categories, or of one below them."""
    return Within(CATEGORY, frozenset(under(*codes)))


def reaches(fact: Fact, id: str) -> Compare:
    """An amount is equal to or above the value of the day of the launch."""
    return Compare(fact, series(id), LAUNCHED)


def in_force(id: str, *scopes: str) -> InForce:
    """The entry is in force on the day of the launch, in one of these scopes if any is given."""
    return InForce(LAUNCHED, series(id), frozenset(scopes) if scopes else None)
