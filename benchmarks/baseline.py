"""The hand-written peer: what a city's own developer would write for one question, the Québec procedure.

No by-law, no exceptions, calls launched from 2013-01-01 to 2026-03-31. Amounts are exact, constants are built once.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """A need: what is bought, for how much net of rebated taxes, and the day the procedure began."""

    category: str
    amount: Decimal
    launched: date


@dataclass(frozen=True, slots=True)
class Decision:
    """The least open procedure, the threshold of the day and the article."""

    procedure: str
    threshold: Decimal
    article: str


FIRST_DAY = date(2013, 1, 1)
LAST_DAY = date(2026, 3, 31)
FLOOR = Decimal(25_000)

BY_REGULATION = date(2018, 4, 19)
AMENDED_2020 = date(2020, 8, 13)
AMENDED_2022 = date(2022, 10, 7)
BY_REFERENCE_2024 = date(2024, 1, 1)
BY_REFERENCE_2026 = date(2026, 1, 1)

T_ACT = Decimal(100_000)
T_2018 = Decimal(101_100)
T_2020 = Decimal(105_700)
T_2022 = Decimal(121_200)
T_2024 = Decimal(133_800)
T_2026 = Decimal(139_000)

COVERED = frozenset({"goods", "services", "professional_services", "insurance", "works", "other_works"})


def decide(case: Case) -> Decision:
    """The procedure for one case; a ``ValueError`` outside the days and categories covered."""
    launched = case.launched
    if case.category not in COVERED:
        raise ValueError(f"category {case.category!r} is not covered")
    if launched < FIRST_DAY or launched > LAST_DAY:
        raise ValueError(f"{launched} is not covered")
    if launched < BY_REGULATION:
        threshold = T_ACT
    elif launched < AMENDED_2020:
        threshold = T_2018
    elif launched < AMENDED_2022:
        threshold = T_2020
    elif launched < BY_REFERENCE_2024:
        threshold = T_2022
    elif launched < BY_REFERENCE_2026:
        threshold = T_2024
    else:
        threshold = T_2026
    if case.amount < FLOOR:
        return Decision("direct", threshold, "573.1")
    if case.amount < threshold:
        return Decision("invitation", threshold, "573.1")
    return Decision("public", threshold, "573")
