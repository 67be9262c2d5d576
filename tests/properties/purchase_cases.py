"""Small ledgers, with everything a ledger may leave unsaid, and commitments to hold against them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from procurelib.calendars.periods import ReportingPeriod, reporting_periods
from procurelib.citations import Text
from procurelib.models.commitment import Commitment
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Accreditation, Enterprise, Evidence, LegalForm
from procurelib.models.purchase import Purchase
from procurelib.money import Money, MoneyRange
from procurelib.unknown import UNKNOWN

ACT = "ca-qc/E-1.1.1"
ADAPTED = "ca-qc/adapted-enterprise"
MARK = "social_element"
ONE_DAY = timedelta(days=1)
TURN = date(2015, 6, 1)
PRINCIPLES = ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
A, B, C = "ca-qc/longueuil", "ca-qc/brossard", "ca-qc/longueuil-agglomeration"


def proof(holds: bool = True, **days: Any) -> list[Evidence]:
    return [Evidence(f"ca-qc/social-economy-{one}", holds, source="by-laws", **days) for one in PRINCIPLES]


def enterprise(name: str, form: str | None = None, evidence: Any = (), **rest: Any) -> Enterprise:
    return Enterprise(name=name, country="CA", forms=[LegalForm(form)] if form else [], evidence=evidence, **rest)


YES = enterprise("Coop", "cooperative", proof(), id="s/yes")
NO = enterprise("Inc.", "business_corporation", id="s/no", accreditations_complete=True)
MAYBE = enterprise("OBNL", "nonprofit_corporation", id="s/maybe")
SINCE = enterprise("Since", "cooperative", proof(start=TURN), id="s/since")
TURNS = enterprise(
    "Turns",
    "cooperative",
    [
        *(one for one in proof() if not one.criterion.endswith("-surplus")),
        Evidence("ca-qc/social-economy-surplus", False, source="old by-laws", end=TURN),
        Evidence("ca-qc/social-economy-surplus", True, source="new by-laws", start=TURN),
    ],
    identifiers={"neq": "1148693667"},
)
ACCREDITED = enterprise(
    "Adapted", id="s/adapted", accreditations=[Accreditation(ADAPTED, start=TURN)], accreditations_complete=True
)
NAMELESS = enterprise("A name alone")
NAMELESS_YES = enterprise("A name and its by-laws", "cooperative", proof())
IDENTIFIED = (YES, NO, MAYBE, SINCE, TURNS, ACCREDITED)
SUPPLIERS = (*IDENTIFIED, NAMELESS, NAMELESS_YES, UNKNOWN)

DAYS = (
    date(2012, 12, 31),
    date(2013, 1, 1),
    date(2013, 10, 9),
    date(2013, 10, 10),
    date(2014, 6, 30),
    date(2014, 7, 1),
    date(2015, 5, 31),
    date(2015, 6, 1),
    date(2015, 12, 31),
    date(2016, 1, 1),
    date(2016, 3, 3),
)
AMOUNTS = ("100", "1149.75", "0.07", "1", "1.01", "999.99", "5000", "999999999.99", "1000000000")
PERIODS: tuple[tuple[ReportingPeriod, ...], ...] = (
    reporting_periods("year", date(2013, 1, 1), until=date(2016, 1, 1)),
    reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1)),
    reporting_periods("half-year", date(2014, 7, 1), until=date(2016, 4, 1)),
    (
        ReportingPeriod(date(2013, 1, 1), date(2013, 10, 10), False, "edition"),
        ReportingPeriod(date(2015, 6, 1), date(2016, 1, 1), True, "year"),
    ),
)
ON = (date(2015, 5, 31), date(2015, 12, 30), date(2015, 12, 31), date(2016, 3, 2), date(2017, 6, 1))


def bases(*, unknown: bool = True) -> st.SearchStrategy[Any]:
    known = ("excluded", "net", "included")
    return st.sampled_from((*known, UNKNOWN) if unknown else known)


@st.composite
def amounts(draw: st.DrawFn, *, plain: bool = False, foreign: bool = True) -> Any:
    """An amount as a ledger states it; ``plain`` is one that is certain but for its basis."""
    kind = "exact" if plain else draw(st.sampled_from(("exact", "exact", "exact", "range", "unknown", "foreign")))
    tax = draw(bases())
    if kind == "unknown":
        return UNKNOWN
    if kind == "foreign" and foreign:
        return Money(draw(st.sampled_from(AMOUNTS)), "EUR", tax=tax)
    if kind == "range":
        low, high = draw(st.sampled_from((("0", "40"), ("40", "100.5"), ("100.5", "3000"), ("100.5", "100.5"))))
        return MoneyRange(Money(low, "CAD", tax=tax), Money(high, "CAD", tax=tax))
    number = draw(st.sampled_from(AMOUNTS[:1] + AMOUNTS[4:8] if plain else AMOUNTS))
    return Money(number, "CAD", tax=tax)


@st.composite
def whens(draw: st.DrawFn) -> Any:
    kind = draw(st.sampled_from(("day", "day", "day", "range", "open", "unknown")))
    if kind == "unknown":
        return UNKNOWN
    first, last = sorted((draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))))
    if kind == "day":
        return first
    if kind == "open":
        return draw(st.sampled_from((DayRange(first, None), DayRange(None, last), DayRange())))
    return DayRange(first, last)


def marks(counts: tuple[str, ...]) -> st.SearchStrategy[dict[str, bool]]:
    return st.dictionaries(st.sampled_from(counts), st.booleans(), max_size=2)


@st.composite
def purchases(
    draw: st.DrawFn,
    counts: tuple[str, ...],
    *,
    buyers: tuple[Any, ...] = (A, B, UNKNOWN),
    joint: bool = True,
    ids: bool = True,
    suppliers: tuple[Any, ...] = SUPPLIERS,
    contracts: bool = True,
    outside: bool = True,
    days: st.SearchStrategy[Any] | None = None,
    foreign: bool = True,
) -> Purchase:
    amount = draw(amounts(foreign=foreign))
    buyer = draw(st.sampled_from(buyers))
    group: tuple[str, ...] = ()
    parts: dict[str, Money] = {}
    if joint and draw(st.integers(0, 3)) == 0:
        group = tuple(one for one in draw(st.sampled_from(((A,), (B,), (B, C), (C,)))) if one != buyer)
        whole = isinstance(amount, Money) and amount.amount > 1 and amount.amount < 10**9
        if group and whole and draw(st.booleans()):
            part = draw(st.sampled_from((amount.amount / 4, amount.amount / 2)))
            parts[group[0]] = Money(part, amount.currency, tax=amount.tax)
            if buyer is not UNKNOWN and draw(st.booleans()):
                parts[buyer] = Money(amount.amount / 2, amount.currency, tax=amount.tax)
                if len(group) == 1:
                    parts[buyer] = Money(amount.amount - part, amount.currency, tax=amount.tax)
    kinds: tuple[Any, ...] = ("goods", "services", "insurance", UNKNOWN, *(("outside",) if outside else ()))
    return Purchase(
        buyer=buyer,
        supplier=draw(st.sampled_from(suppliers)),
        amount=amount,
        day=draw(whens() if days is None else days),
        category=draw(st.sampled_from(kinds)),
        contract=draw(st.sampled_from((None, None, None, "c1", "c2"))) if contracts else None,
        id=draw(st.sampled_from((None, None, None, "p1", "p2"))) if ids else None,
        group=group,
        parts=parts,
        marks=draw(marks(counts)),
        amount_checked=draw(st.integers(0, 4)) == 0,
    )


TARGETS: dict[str, tuple[Any, ...]] = {
    "amount": tuple(Money(a, "CAD", tax=b) for a in ("100", "1000", "5000") for b in ("excluded", "net", "included")),
    "contracts": (1, 2, 3),
    "suppliers": (1, 2),
    "share_of_amount": ("10", "50", "100"),
    "share_of_contracts": ("10", "50", "100"),
}


@st.composite
def commitments(draw: st.DrawFn, *, counts: tuple[str, ...] | None = None, metric: str | None = None) -> Commitment:
    counts = draw(st.sampled_from(((ACT,), (ACT, MARK), (MARK,), (ACT, ADAPTED)))) if counts is None else counts
    metric = draw(st.sampled_from(sorted(TARGETS))) if metric is None else metric
    target = draw(st.sampled_from(TARGETS[metric]))
    increase = draw(st.integers(0, 3)) == 0
    day = st.sampled_from(DAYS)
    kind = draw(st.sampled_from(("none", "day", "day", "range")))
    first, last = sorted((draw(day), draw(day)))
    return Commitment(
        id="p",
        verb="increase" if increase else "buy",
        object=Text("les EES", "SSEs"),
        metric=metric,
        target=None if increase else target,
        baseline=target if increase else None,
        deadline={"none": None, "day": DayRange.on(last), "range": DayRange(first, last)}[kind],
        cadence=draw(st.sampled_from((None, None, "year", "half-year", "edition"))),
        counts=counts,
        source="text",
        confidence="official",
    )
