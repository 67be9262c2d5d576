"""Random cases, most of them within a cent or a day of a boundary, the same for every peer."""

import random
from datetime import date, timedelta
from decimal import Decimal

import baseline
from baseline import Case

SEED = 20170202
_CENT = Decimal("0.01")
_THRESHOLDS = [
    baseline.FLOOR,
    baseline.T_ACT,
    baseline.T_2018,
    baseline.T_2020,
    baseline.T_2022,
    baseline.T_2024,
    baseline.T_2026,
]
_STARTS = [
    baseline.BY_REGULATION,
    baseline.AMENDED_2022,
    baseline.BY_REFERENCE_2024,
    baseline.BY_REFERENCE_2026,
]
# The first day of the amount of 2020 is not certain: the days it may lie among are left out.
_DOUBTFUL = (date(2020, 7, 14), date(2020, 8, 31))


def days(rng: random.Random) -> list[date]:
    """The days used: each boundary, its eve, and a spread of others."""
    span = (baseline.LAST_DAY - baseline.FIRST_DAY).days
    spread = [baseline.FIRST_DAY + timedelta(days=rng.randrange(span + 1)) for _ in range(150)]
    edges = [s - timedelta(days=d) for s in _STARTS for d in (0, 1)] + [baseline.FIRST_DAY, baseline.LAST_DAY]
    return [d for d in spread + edges * 10 if not _DOUBTFUL[0] <= d <= _DOUBTFUL[1]]


def cases(count: int) -> list[Case]:
    """The first ``count`` cases of one fixed sequence."""
    rng = random.Random(SEED)
    some_days = days(rng)
    categories = sorted(baseline.COVERED)
    found: list[Case] = []
    for _ in range(count):
        if rng.random() < 0.7:
            amount = rng.choice(_THRESHOLDS) + _CENT * rng.choice((-1, 0, 1))
        else:
            amount = Decimal(rng.randrange(100_000, 2_000_000_000)).scaleb(-2)
        found.append(Case(rng.choice(categories), amount, rng.choice(some_days)))
    return found
