"""Random cases of a French city that lean on every boundary of the book, as plain facts, as tenders and for the oracle."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import product
from random import Random
from typing import Any

from oracle import france
from procurelib.law import law
from procurelib.models import CATEGORIES, City, Lot, Tender
from procurelib.models.grounds import grounds_of
from procurelib.models.tender import FORMAL_PROCEDURES, FRAMEWORKS
from procurelib.money import Money, MoneyRange
from procurelib.unknown import UNKNOWN

CASES = int(os.environ.get("PROCURELIB_CASES", "1"))
"""How many times the usual number of random cases; 1 keeps these files under 45 seconds."""

CENT, DAY = Decimal("0.01"), timedelta(1)
FIRST = law["fr/regime"].versions[0].start
CITY = City(id="fr/rennes", name="Rennes")
GROUNDS = grounds_of("fr")
MOST = Decimal(10) ** 12
"""The highest amount a tender may have, which stands for an amount of which nothing is known."""
IN_TIME, TOO_LATE = date(2021, 7, 10), date(2021, 7, 11)
"""The last day on which works launched in 2020 could be concluded under the temporary ceiling, and the day after."""
CLAIMED_ON_LAW = ("fr/small-lot", "fr/innovative-purchase", "fr/emergency-food", "fr/library-books", "fr/pointless-competition")
"""The grounds that hold below an amount or until a day, which deserve more cases than the others."""
Facts = dict[str, Any]

PLAIN: Facts = {
    "launched": date(2024, 5, 1),
    "category": "goods",
    "value": Decimal(300_000),
    "options": None,
    "need": None,
    "duration": 12,
    "total_price": True,
    "utility": False,
    "framework": None,
    "formal_procedure": None,
    "electronic": True,
    "concludes": None,
    "grounds": frozenset(),
    "uncertain": frozenset(),
}
"""A purchase of supplies under a formal procedure, of which everything is known."""


def entries() -> list[Any]:
    """The entries of the book that French rules may read."""
    return [law[id] for id in law if id.startswith(("fr/", "eu/"))]


@cache
def amounts_of_the_book() -> tuple[Decimal, ...]:
    """Every amount of money these entries hold, one reading or another."""
    values = [v.value for entry in entries() for v in (*entry.versions, *entry.readings)]
    return tuple(sorted({value.amount for value in values if isinstance(value, Money)}))


@cache
def changes_of_the_book() -> tuple[date, ...]:
    """Every day on which something in these entries begins or ends, from the first day covered."""
    days: set[date] = set()
    for entry in entries():
        for version in entry.versions:
            days |= {version.start, *(version.from_window or ())}
            days |= {version.known_until + DAY} if version.known_until is not None else set()
            days |= {version.end} if version.end is not None else set()
        for gap in entry.gaps:
            days |= {gap.start} | ({gap.end} if gap.end is not None else set())
    return tuple(sorted(day for day in days if day >= FIRST))


@cache
def days_of_the_book() -> tuple[date, ...]:
    """Those days, their eves and the days after."""
    near = {day + shift for day in changes_of_the_book() for shift in (-DAY, timedelta(0), DAY)}
    return tuple(sorted(day for day in near if day >= FIRST))


# --- cases ------------------------------------------------------------------------------------------------------------


def some_day(r: Random) -> date:
    """A day covered: near a boundary two times in three."""
    if r.random() < 0.67:
        return r.choice(days_of_the_book())
    return FIRST + timedelta(r.randrange(17 * 366))


def some_amount(r: Random, most: Decimal | None = None) -> Decimal:
    """An amount, at most the one given: near one of the book's four times in five."""
    if r.random() < 0.8:
        near = [a for a in amounts_of_the_book() if a > 0 and (most is None or a <= most)]
        found = r.choice(near) + r.choice((-CENT, Decimal(0), CENT)) if near else CENT
    else:
        found = Decimal(r.randrange(1, 12_000_000_00)) / 100
    return found if most is None else min(found, most)


def some_grounds(r: Random, most: int = 3) -> frozenset[str]:
    """Grounds claimed, none of them most often; small lots and what holds below an amount more often than the rest."""
    if r.random() < 0.45:
        return frozenset()
    weighed = (*GROUNDS, *CLAIMED_ON_LAW, *CLAIMED_ON_LAW)
    return frozenset(r.choice(weighed) for _ in range(r.randint(1, most)))


def some_case(r: Random) -> Facts:
    """One case of which everything is known but what ``None`` leaves unknown: ``electronic`` and ``concludes``."""
    launched = some_day(r)
    category = r.choice((*CATEGORIES, "goods", "works", "other_works", "services"))
    # The window of the ceiling by conclusion is short: it would be met too seldom.
    window = r.random() < 0.06
    if window:
        launched, category = date(2020, 7, 24) + timedelta(r.randrange(138)), r.choice(("works", "other_works"))
    options = r.choice((None, None, None, CENT, Decimal(5_000), some_amount(r)))
    if r.random() < 0.4:
        need = some_amount(r)
        own = some_amount(r, most=need)
        options = None if options is None or options >= own else options
        value = own - (options or 0)
    else:
        need = None
        value = Decimal(r.randrange(39_999_00, 70_001_00)) / 100 if window else some_amount(r)
        # Half the time it is the sum that lies near an amount of the book.
        value -= options if options is not None and options < value and r.random() < 0.5 else 0
    total_price = r.random() < 0.85
    if not total_price and need is None and r.random() < 0.5:
        value *= 2  # so that half of it, for a contract of 96 months, is near an amount of the book
    concludes = None
    if r.random() < 0.5:
        concludes = max(launched, r.choice((IN_TIME, TOO_LATE, launched + timedelta(r.randrange(800)))))
    return {
        "launched": launched,
        "category": category,
        "value": value,
        "options": options,
        "need": need,
        "duration": r.choice((1, 47, 48, 49, 96, 96, 480)),
        "total_price": total_price,
        "utility": r.random() < 0.3,
        "framework": r.choice((None, None, None, *FRAMEWORKS)),
        "formal_procedure": r.choice((None, *FORMAL_PROCEDURES)),
        "electronic": r.choice((None, True, False)),
        "concludes": concludes,
        "grounds": some_grounds(r),
        "uncertain": frozenset(),
    }


def less_known(r: Random, case: Facts) -> Facts:
    """The same case of which less is known: its amounts between two others or not at all, its grounds in doubt."""
    out = dict(case)
    for name in ("value", "need"):
        if case[name] is not None and r.random() < 0.6:
            out[name] = r.choice((_around(r, case[name]), _around(r, case[name]), UNKNOWN))
    if not case["total_price"] and r.random() < 0.5:
        out["duration"] = UNKNOWN
    doubted = frozenset(ground for ground in case["grounds"] if r.random() < 0.5)
    out["grounds"], out["uncertain"] = case["grounds"] - doubted, doubted
    out["electronic"] = None if r.random() < 0.5 else case["electronic"]
    out["concludes"] = None if r.random() < 0.5 else case["concludes"]
    if need_may_be_too_low(out):
        out["need"] = UNKNOWN
    return out


def need_may_be_too_low(case: Facts) -> bool:
    """Whether the model would refuse the case: its whole need is below its contract."""
    value, need = case["value"], case["need"]
    if need is None or UNKNOWN in (value, need):
        return False
    low = value[0] if isinstance(value, tuple) else value
    return low + (case["options"] or 0) > (need[1] if isinstance(need, tuple) else need)


def _around(r: Random, amount: Decimal) -> tuple[Decimal, Decimal]:
    """A range that holds the amount, an end of which is often near an amount of the book."""
    low, high = sorted((some_amount(r), some_amount(r)))
    return max(min(low, amount), CENT), max(high, amount)


def some_cases(seed: int, number: int, *, unknown: bool = False) -> Iterator[Facts]:
    """Many cases, the same for a seed every time."""
    r = Random(seed)
    for _ in range(number * CASES):
        case = some_case(r)
        yield less_known(r, case) if unknown else case


# --- as tenders -------------------------------------------------------------------------------------------------------


def money(amount: Decimal | str | int) -> Money:
    return Money(amount, "EUR", tax="excluded")


def estimate(known: Any) -> Any:
    """An amount as the model takes it: exact, a range, unknown or absent."""
    if known is None or known is UNKNOWN:
        return known
    return MoneyRange(money(known[0]), money(known[1])) if isinstance(known, tuple) else money(known)


def tender_of(case: Facts, **more: Any) -> Tender:
    """The tender of a case."""
    return Tender(
        buyer=CITY,
        category=case["category"],
        value=estimate(case["value"]),
        launched=case["launched"],
        options=estimate(case["options"]),
        need=estimate(case["need"]),
        duration=case["duration"],
        total_price=case["total_price"],
        utility=case["utility"],
        framework=case["framework"],
        formal_procedure=case["formal_procedure"],
        electronic=UNKNOWN if case["electronic"] is None else case["electronic"],
        concludes=case["concludes"],
        grounds=case["grounds"],
        uncertain_grounds=case["uncertain"],
        **more,
    )


def some_lots(r: Random, category: str) -> tuple[Decimal, tuple[Lot, ...]]:
    """A value and lots of it, some claimed small: their amounts, and their share of the whole, near what the law allows."""
    ceiling = Decimal(1_000_000) if category in france.WORKS else Decimal(80_000)
    near = (ceiling, ceiling / 2, ceiling / 4, *(a for a in amounts_of_the_book() if a <= 2 * ceiling))
    small = [r.choice(near) + r.choice((-CENT, Decimal(0), CENT)) for _ in range(r.randint(0, 3))]
    # The rest makes the small ones a fifth of the whole to the cent, or is any amount of the book.
    rest = sum(small) * 4 + r.choice((-CENT, Decimal(0), CENT)) if small and r.random() < 0.6 else some_amount(r)
    cut = Decimal(r.randrange(1, 100)) / 100
    rests = [part for part in (rest * cut, rest * (1 - cut)) if part > 0] if r.random() < 0.5 else [rest]
    lots = [Lot(money(amount), small=True) for amount in small] + [Lot(money(amount)) for amount in rests]
    r.shuffle(lots)
    return sum((amount for amount in (*small, *rests)), Decimal(0)), tuple(lots)


# --- for the oracle ---------------------------------------------------------------------------------------------------


def _ends(known: Any) -> tuple[Decimal, Decimal]:
    if known is UNKNOWN:
        return CENT, MOST
    return known if isinstance(known, tuple) else (known, known)


def by_months(case: Facts) -> bool:
    """Whether at most 48 of the months of a contract count."""
    return not case["total_price"] and case["category"] not in france.WORKS and case["launched"] >= france.ORDONNANCE


def contract_of(case: Facts) -> tuple[Decimal, Decimal]:
    """Between what the estimated value of the contract lies: at most 48 of its months, its options added."""
    if case["value"] is UNKNOWN:
        return CENT, MOST
    low, high = _ends(case["value"])
    if by_months(case):
        longest, shortest = (1200, 48) if case["duration"] is UNKNOWN else (max(case["duration"], 48),) * 2
        low, high = low * 48 / longest, high * 48 / shortest
    return low + (case["options"] or 0), high + (case["options"] or 0)


def need_of(case: Facts) -> tuple[Decimal, Decimal]:
    """Between what the value compared with the thresholds lies."""
    own = contract_of(case)
    if case["need"] is None:
        return own
    # A need of which nothing is known holds the contract at least.
    return (own[0], MOST) if case["need"] is UNKNOWN else _ends(case["need"])


def telling(case: Facts, ends: tuple[Decimal, Decimal]) -> list[Decimal]:
    """Amounts between two ends of which one lies on each side of every amount the law compares with that day."""
    low, high = ends
    if low == high:
        return [low]
    day, category, utility = (case[name] for name in ("launched", "category", "utility"))
    cuts = {france.direct_ceiling(day, category, utility, in_time) for in_time in (True, False)}
    cuts |= {Decimal(fixed) for fixed in (80_000, 90_000, 100_000, 750_000, 1_000_000)}
    threshold = france.formal_threshold(day, category, utility)
    cuts |= {threshold} if threshold is not None else set()
    near = {cut - step for cut in cuts for step in (Decimal(0), CENT)}
    return sorted({low, high, *(amount for amount in near if low < amount < high)})


Point = tuple[Any, ...]


def points(case: Facts) -> tuple[list[list[Any]], list[Any]]:
    """What each unknown fact may turn out to be, fact by fact, and the name under which each is missing."""
    own = "duration" if case["duration"] is UNKNOWN and by_months(case) and case["value"] is not UNKNOWN else "value"
    axes = [
        telling(case, need_of(case)),
        telling(case, contract_of(case)),
        [IN_TIME, TOO_LATE] if case["concludes"] is None else [case["concludes"]],
        [True, False] if case["electronic"] is None else [case["electronic"]],
        *([False, True] for _ in case["uncertain"]),
    ]
    return axes, [own if case["need"] is None else "need", own, "concludes", "electronic", *sorted(case["uncertain"])]


def given(case: Facts, point: Point) -> Facts:
    """The facts of the oracle at one point of a case."""
    need, own, concluded, electronic, *held = point
    doubted = {ground for ground, holds in zip(sorted(case["uncertain"]), held, strict=True) if holds}
    return {
        "amount": need,
        "contract_amount": own,
        "concluded": concluded,
        "electronic": electronic,
        "grounds": case["grounds"] | doubted,
        **{name: case[name] for name in ("launched", "category", "utility", "framework", "formal_procedure")},
    }


def may_be(case: Facts, point: Point) -> bool:
    """Whether the two amounts of a point can be those of one tender: the contract is the need, or a part of it."""
    need, own = point[:2]
    least = case["options"] or 0
    return own >= least and bool(need == own if case["need"] is None else need >= own)


class Expected:
    """What the oracle leaves for a case: at every point its unknown facts allow, and at those only.

    ``loose`` also holds the points whose two amounts, each possible, cannot be those of one tender, and reads no floor in
    the options of a contract of unknown value: the library reads the need and the contract as two facts, so its answer lies
    between the two, and they are nearly always the same.
    """

    def __init__(self, question: Callable[..., Any], case: Facts) -> None:
        axes, self.names = points(case)
        grid = {point: question(**given(case, point)) for point in product(*axes)}
        self.grid = {point: frozenset(found["possible"]) for point, found in grid.items()}
        self.tight = self._union(point for point in grid if may_be(case, point))
        self.loose = self._union(grid)
        self.missing = self._missing(axes)
        if "duration" in self.missing and isinstance(case["value"], tuple):
            # The share of the months is not known, and neither is what it is a share of.
            self.missing.add("value")
        self.doubtful = any(found["status"] == france.NOT_MODELLED for found in grid.values())

    def _union(self, found: Any) -> frozenset[Any]:
        return frozenset[Any]().union(*(self.grid[point] for point in found))

    def _missing(self, axes: list[list[Any]]) -> set[str]:
        """The facts on which what is possible depends, whatever the others are."""
        out = set()
        for place, name in enumerate(self.names):
            rest = [axis for other, axis in enumerate(axes) if other != place]
            for others in product(*rest):
                ways = {self.grid[(*others[:place], value, *others[place:])] for value in axes[place]}
                if len(ways) > 1:
                    out.add(name)
                    break
        return out

    @property
    def status(self) -> str:
        """The status of an answer that leaves this."""
        if self.missing:
            return "unknown"
        if self.doubtful:
            return france.NOT_MODELLED
        return "not_applicable" if self.loose == {None} else "answered"
