"""Random cases of a Québec city that lean on every boundary of the book, as plain facts and as tenders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from procurelib.law import law
from procurelib.models import CATEGORIES, FLOATING, SERVICES, ByLaw, City, Tender, covers, grounds_of
from procurelib.models.grounds import contradictions
from procurelib.money import Money
from procurelib.unknown import UNKNOWN

CASES = int(os.environ.get("PROCURELIB_CASES", "1"))
"""How many times the usual number of random cases; 1 keeps these files under 90 seconds."""

CENT, DAY = Decimal("0.01"), timedelta(1)
FIRST = law["ca-qc/regime"].versions[0].start
CITY = City(id="ca-qc/longueuil", name="Longueuil")
"""A buyer of which little is known, its by-laws included, so that a failing case is short to read."""
GROUNDS = grounds_of("ca-qc")
Facts = dict[str, Any]


@cache
def amounts_of_the_book() -> tuple[Decimal, ...]:
    """Every amount of money in dollars that the book holds, one reading or another."""
    values = [v.value for id in law for v in (*law[id].versions, *law[id].readings)]
    return tuple(sorted({value.amount for value in values if isinstance(value, Money) and value.currency == "CAD"}))


@cache
def days_of_the_book() -> tuple[date, ...]:
    """Every day on which something that is not French begins or ends, and its eve, from the first day covered."""
    days: set[date] = set()
    for id in law:
        if id.startswith("fr/"):
            continue
        entry = law[id]
        for version in entry.versions:
            days |= {version.start, *(version.from_window or ())}
            days |= {version.known_until} if version.known_until is not None else set()
            days |= {version.end} if version.end is not None else set()
        for gap in entry.gaps:
            days |= {gap.start} | ({gap.end} if gap.end is not None else set())
    near = {day + shift for day in days for shift in (-DAY, timedelta(0), DAY)}
    return tuple(sorted(day for day in near if day >= FIRST))


def some_day(r: Random) -> date:
    """A day covered: near a boundary two times in three."""
    if r.random() < 0.67:
        return r.choice(days_of_the_book())
    return FIRST + timedelta(r.randrange(16 * 366))


def some_amount(r: Random) -> Decimal:
    """An amount: near one of the book's four times in five."""
    if r.random() < 0.8:
        return r.choice(amounts_of_the_book()) + r.choice((-CENT, Decimal(0), CENT))
    return Decimal(r.randrange(1, 20_000_000_00)) / 100


def some_grounds(r: Random, most: int = 3) -> frozenset[str]:
    """Grounds one supplier may satisfy together, none of them most often."""
    claimed: frozenset[str] = frozenset()
    if r.random() < 0.5:
        return claimed
    for ground in r.sample(GROUNDS, r.randint(1, most)):
        if not contradictions(claimed | {ground}):
            claimed |= {ground}
    return claimed


def some_bylaw(r: Random, since: date | None = None) -> Facts:
    """One by-law as plain facts, of the kind the model accepts."""
    printed = [amount for amount in amounts_of_the_book() if Decimal(25_000) <= amount <= Decimal(400_000)]
    pin = r.choice([a for a in printed if a >= Decimal(100_000)]) if r.random() < 0.4 else None
    ceilings: dict[str, Any] = {}
    named = [code for code in CATEGORIES if code not in ("outside", "concession")]
    for code in r.sample(named, r.randint(0, 4)):
        allowed = [a for a in printed if pin is None or a <= pin]
        ceilings[code] = "floating" if r.random() < 0.4 else str(r.choice(allowed))
    made = Plain(since=since or r.choice(days_of_the_book()), direct_below=ceilings)
    if pin is not None:
        made["public_from"] = str(pin)
    elif r.random() < 0.3:
        made["public_from"] = "floating"
    return made


@cache
def bylaw_pool(seed: int, size: int) -> tuple[Any, ...]:
    """By-laws to draw from: none, unknown, and series of one to three; few, since each is compiled into every table."""
    r = Random(seed)
    pool: list[Any] = [None, None, "unknown", "unknown"]
    while len(pool) < size:
        days = r.sample(days_of_the_book(), r.choice((1, 1, 2, 3)))
        pool.append(tuple(some_bylaw(r, since) for since in sorted(days)))
    return tuple(pool)


def some_case(r: Random, pool: tuple[Any, ...]) -> Facts:
    """One case: everything known of the need, except what ``None`` leaves unknown."""
    category = r.choice(CATEGORIES)
    service = r.choice((None, *SERVICES)) if covers("services", category) else None
    return {
        "launched": some_day(r),
        "category": category,
        "amount": some_amount(r),
        "bylaw": r.choice(pool),
        "grounds": some_grounds(r),
        "service": service,
        "electronic": r.choice((None, True, False)),
    }


def some_cases(seed: int, number: int, pool: tuple[Any, ...]) -> Iterator[Facts]:
    """Many cases, the same for a seed every time."""
    r = Random(seed)
    for _ in range(number * CASES):
        yield some_case(r, pool)


def money(amount: Decimal | str) -> Money:
    return Money(amount, "CAD", tax="net")


def _printed(text: str) -> Any:
    return FLOATING if text == "floating" else money(text)


class Plain(dict[str, Any]):
    """A by-law as plain facts, told apart by being itself: the pool holds each one once."""

    __hash__ = object.__hash__


def model_of(bylaw: Facts) -> ByLaw:
    """The model of a by-law written as plain facts."""
    pin = bylaw.get("public_from")
    return ByLaw(
        bylaw["since"],
        {code: _printed(text) for code, text in bylaw["direct_below"].items()},
        public_from=None if pin is None else _printed(pin),
    )


@cache
def buyer_with(bylaw: Any) -> City:
    """The city with these by-laws: none, unknown, or a series."""
    if isinstance(bylaw, str):
        return CITY
    return CITY.with_bylaw(None) if bylaw is None else CITY.with_bylaw(*(model_of(one) for one in bylaw))


def tender_of(case: Facts) -> Tender:
    """The tender of a case."""
    return Tender(
        buyer=buyer_with(case["bylaw"]),
        category=case["category"],
        value=money(case["amount"]),
        launched=case["launched"],
        grounds=case["grounds"],
        service=UNKNOWN if case["service"] is None else case["service"],
        electronic=UNKNOWN if case["electronic"] is None else case["electronic"],
    )
