"""What a city may steer, over random ledgers: parts that add up, bounds that hold, and never against what the law requires."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from procurelib import assess, cities, strategies
from procurelib.citations import Text
from procurelib.models import CATEGORIES, City, Tender
from procurelib.models.commitment import Commitment
from procurelib.models.purchase import Purchase
from procurelib.money import Money
from procurelib.promises.bounds import Bounds
from procurelib.promises.deliverable import STANDINGS, Deliverable, SteeredContract, deliverable
from procurelib.unknown import UNKNOWN
from properties import purchase_cases as cases
from properties.quebec_cases import CASES, bylaw_pool, model_of

LONGUEUIL, AGGLOMERATION = cities["ca-qc/longueuil"], cities["ca-qc/agglomeration-longueuil"]
LCOM = date(2026, 4, 1)
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2013-01-01", "2013-12-31", "2014-01-01", "2017-02-02", "2017-12-31", "2018-01-01", "2018-04-18", "2018-04-19"),
        *("2020-08-12", "2020-08-13", "2022-10-07", "2024-01-01", "2026-03-31", "2026-04-01", "2026-10-01", "2028-01-02"),
    )
)
AMOUNTS = ("1.01", "12000", "24999.99", "25000", "60000", "99999.99", "100000", "101099.99", "101100", "138999.99", "139000")
MICRO = Decimal("0.000001")
PROMISE = Commitment(
    id="p",
    verb="buy",
    object=Text("les EES", "SSEs"),
    counts=(cases.ACT, cases.MARK),
    source="text",
    confidence="official",
)
FRENCH = attrs.evolve(PROMISE, counts=("fr/reserved-disability", "fr/ess"))


def few(number: int) -> settings:
    return settings(max_examples=number * CASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@cache
def ruled() -> tuple[City, ...]:
    """Longueuil with no by-law, and with a few of them."""
    some = [one for one in bylaw_pool(31, 9) if isinstance(one, tuple)][:4]
    return (LONGUEUIL.with_bylaw(None), *(LONGUEUIL.with_bylaw(*(model_of(one) for one in bylaw)) for bylaw in some))


@cache
def buyers() -> tuple[City, ...]:
    return (LONGUEUIL, AGGLOMERATION, *ruled())


@st.composite
def plain(draw: st.DrawFn, *, buyer: str = LONGUEUIL.id, tax: Any = None, currency: Any = "CAD") -> Purchase:
    """One purchase of the city of which everything but perhaps the tax basis is known, and no two are equal."""
    basis = draw(cases.bases()) if tax is None else tax
    amount = draw(st.sampled_from(AMOUNTS)) if draw(st.booleans()) else str(draw(st.integers(200, 40_000_000)) / Decimal(100))
    return Purchase(
        buyer=buyer,
        supplier=draw(st.sampled_from((*cases.SUPPLIERS,))) if currency == "CAD" else UNKNOWN,
        amount=Money(amount, currency, tax=basis),
        day=draw(st.sampled_from(cases.DAYS)),
        category=draw(st.sampled_from([one for one in CATEGORIES if one not in ("outside", "concession")])),
    )


def numbered(found: Iterable[Purchase], contracts: Iterable[str | None]) -> tuple[Purchase, ...]:
    """The same purchases with ids, so that none may be another's double, and with contract numbers."""
    pairs = zip(found, contracts, strict=False)
    return tuple(attrs.evolve(one, id=f"p{place}", contract=number) for place, (one, number) in enumerate(pairs))


@st.composite
def tidy(draw: st.DrawFn, **fixed: Any) -> tuple[Purchase, ...]:
    """A ledger of which everything is known but tax bases, a category or two, and who the suppliers are."""
    found = draw(st.lists(plain(**fixed), min_size=1, max_size=5))
    numbers = draw(st.lists(st.sampled_from((None, None, "c1", "c2")), min_size=len(found), max_size=len(found)))
    return numbered(found, numbers)


@st.composite
def messy(draw: st.DrawFn) -> tuple[Purchase, ...]:
    """A ledger with everything one may leave unsaid: doubles, other buyers and currencies, grants, no amounts."""
    found = draw(st.lists(st.one_of(cases.purchases(PROMISE.counts), plain()), min_size=1, max_size=5))
    if draw(st.integers(0, 2)) == 0:
        again = draw(st.sampled_from(found))
        change: dict[str, Any] = draw(
            st.sampled_from(
                ({}, {"category": "services"}, {"buyer": cases.B}, {"amount": Money("30000", "CAD", tax="net"), "parts": ()})
            )
        )
        if not (again.group and "buyer" in change):
            found.append(attrs.evolve(again, **change))
    return tuple(found)


LEDGERS = st.one_of(tidy(), messy())
ON = st.sampled_from(DAYS)


def asked(purchases: Iterable[Purchase], city: City, on: date, **more: Any) -> Deliverable:
    return deliverable(PROMISE, purchases, city, on=on, **more)


def ends(found: Bounds | None) -> tuple[Decimal, Decimal] | None:
    return None if found is None else (Decimal(found.low), Decimal(found.high))


def inside(narrow: Bounds | None, wide: Bounds | None) -> bool:
    """Whether bounds lie within others, save for the last digit kept."""
    first, second = ends(narrow), ends(wide)
    if first is None or second is None:
        return first is second
    return second[0] <= first[0] <= first[1] <= second[1]


def known_as(one: SteeredContract) -> tuple[Any, ...]:
    """A contract without its places."""
    return (one.standing, one.free, one.amount, one.levers, one.helps, one.missing, one.gaps)


# --- the shape --------------------------------------------------------------------------------------------------------


def check_parts(found: Deliverable) -> None:
    """Parts are the contracts, each in one of them, and their amounts add up to what was bought."""
    keys = [(one.standing, one.levers[0].id if one.levers else None) for one in found.contracts]
    assert [(part.standing, part.lever) for part in found.parts] == sorted(
        set(keys), key=lambda key: (STANDINGS.index(key[0]), key[1] or "")
    )
    assert [part.contracts for part in found.parts] == [keys.count((part.standing, part.lever)) for part in found.parts]
    assert sum(part.contracts for part in found.parts) == len(found.contracts)
    for amounts in ([part.amount for part in found.parts], [one.amount for one in found.contracts]):
        slack = len(amounts) * MICRO
        assert abs(sum(one.low.amount for one in amounts) - found.spend.low.amount) <= slack
        highs = [one.high for one in amounts]
        assert (found.spend.high is None) == (None in highs)
        if found.spend.high is not None:
            assert abs(sum(one.amount for one in highs) - found.spend.high.amount) <= slack
        assert all((one.low.currency, one.low.tax) == (found.currency, found.basis) for one in amounts)


def check_contract(one: SteeredContract) -> None:
    assert one.standing in STANDINGS
    assert one.free in (True, False, UNKNOWN)
    assert (one.free is True) == (one.standing == "steerable")
    assert list(one.purchases) == sorted(set(one.purchases))
    assert all(lever.effect in ("reserves", "exempts") for lever in one.levers)
    statuses = {"steerable": "available", "conditional": "conditional", "unknown": "unknown", "not_modelled": "unknown"}
    assert {lever.status for lever in one.levers} <= {statuses.get(one.standing)}
    if one.standing in ("steerable", "conditional"):
        assert one.levers
        # What is missing can only lift the conditions.
        assert (one.missing, one.gaps) == ((), ()) or one.free is UNKNOWN
    if one.standing == "unknown":
        assert one.missing or any("not certain" in text.en for lever in one.levers for text in lever.conditions)
    if one.standing == "not_modelled":
        assert (one.missing, one.free) == ((), False)
        assert one.gaps
    if one.standing == "barred":
        assert (one.levers, one.missing, one.gaps, one.free) == ((), (), (), False)
    assert not {lever.id for lever in one.levers} & set(one.helps)


def check_shares(found: Deliverable) -> None:
    shares = (found.free_share, found.largest_share, found.counted_share)
    if not found.contracts:
        assert shares == (None, None, None)
        return
    for share in shares:
        if share is not None:
            assert 0 <= share.low <= share.high <= 100
    free, largest = ends(found.free_share), ends(found.largest_share)
    if free is not None and largest is not None:
        assert free[0] <= largest[0]
        assert free[1] <= largest[1]


def check_places(found: Deliverable, purchases: tuple[Purchase, ...]) -> None:
    """Nothing that was given is dropped without a word."""
    places = {place for one in found.contracts for place in one.purchases}
    flagged = {flag.code: set(flag.purchases) for flag in found.flags}
    left_out = flagged.get("other_buyer", set()) | flagged.get("outside", set())
    assert places | left_out == set(range(len(purchases)))
    for place, purchase in enumerate(purchases):
        if purchase.buyer == found.city and not purchase.is_outside and purchase.id is None and purchase.contract is None:
            assert place in places
        if purchase.is_outside:
            assert place in flagged["outside"]


@few(90)
@given(LEDGERS, st.data())
def test_parts_shares_and_places(purchases: tuple[Purchase, ...], data: st.DataObject) -> None:
    found = asked(purchases, data.draw(st.sampled_from(buyers())), data.draw(ON))
    check_parts(found)
    check_shares(found)
    check_places(found, purchases)
    for one in found.contracts:
        check_contract(one)


@few(60)
@given(st.data())
def test_parts_shares_and_places_in_france(data: st.DataObject) -> None:
    purchases = data.draw(tidy(buyer="fr/rennes", currency="EUR"))
    found = deliverable(FRENCH, purchases, cities["fr/rennes"], on=data.draw(ON))
    check_parts(found)
    check_shares(found)
    check_places(found, purchases)
    for one in found.contracts:
        check_contract(one)
        assert one.standing != "barred"


@few(40)
@given(LEDGERS, st.data())
def test_the_order_of_purchases_changes_nothing_but_places(purchases: tuple[Purchase, ...], data: st.DataObject) -> None:
    city, on = data.draw(st.sampled_from(buyers())), data.draw(ON)
    order = list(range(len(purchases)))
    random.Random(data.draw(st.integers(0, 99))).shuffle(order)
    found, mixed = asked(purchases, city, on), asked([purchases[place] for place in order], city, on)
    for name in ("spend", "parts", "free_share", "largest_share", "counted_share", "basis"):
        assert getattr(found, name) == getattr(mixed, name), name
    assert set(found.assumptions) == set(mixed.assumptions)
    assert set(found.citations) == set(mixed.citations)
    back = dict(enumerate(order))
    assert sorted((one.purchases, str(known_as(one))) for one in found.contracts) == sorted(
        (tuple(sorted(back[place] for place in one.purchases)), str(known_as(one))) for one in mixed.contracts
    )
    assert {flag.code: set(flag.purchases) for flag in found.flags} == {
        flag.code: {back[place] for place in flag.purchases} for flag in mixed.flags
    }


@few(25)
@given(LEDGERS, st.data())
def test_it_travels_and_is_explained(purchases: tuple[Purchase, ...], data: st.DataObject) -> None:
    found = asked(purchases, data.draw(st.sampled_from(buyers())), data.draw(ON))
    assert Deliverable.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert pickle.loads(pickle.dumps(found)) == found
    assert json.loads(json.dumps(found.rows())) == found.rows()
    for format in ("text", "markdown", "html"):
        french, english = (found.explain(locale, format=format) for locale in ("fr", "en"))
        assert french != english
        assert "{" not in french + english


# --- the law ----------------------------------------------------------------------------------------------------------


@few(150)
@given(st.data())
def test_steerable_is_direct_without_a_ground(data: st.DataObject) -> None:
    """Of exact amounts, before the LCOM, with a by-law that is known: free exactly when the procedure is direct."""
    city = data.draw(st.sampled_from(ruled()))
    on = data.draw(st.one_of(st.sampled_from([day for day in DAYS if day < LCOM]), strategies.days()))
    assume(on < LCOM)
    purchase = data.draw(plain(tax="net"))
    (one,) = asked([purchase], city, on).contracts
    procedure = assess(Tender(buyer=city, category=purchase.category, value=purchase.amount, launched=on)).procedure
    certain = procedure.settled and procedure.value == "direct"
    assert (one.standing == "steerable") == certain
    assert (one.free is True) == certain
    if one.free is False and procedure.status != "not_modelled":
        assert "direct" not in procedure.possible
    if procedure.settled and procedure.value == "public":
        assert one.standing != "steerable"


@few(60)
@given(st.data())
def test_a_contract_is_judged_by_what_its_purchases_add_up_to(data: st.DataObject) -> None:
    """Purchases under one number stand as one purchase of their total does."""
    tax = data.draw(cases.bases())
    found = data.draw(st.lists(plain(tax=tax), min_size=2, max_size=3))
    category = found[0].category
    parts = numbered((attrs.evolve(one, category=category) for one in found), ("c", "c", "c"))
    total = Money(sum((one.amount.amount for one in found), Decimal(0)), "CAD", tax=tax)  # type: ignore[union-attr]
    whole = attrs.evolve(parts[0], amount=total)
    city, on = data.draw(st.sampled_from((LONGUEUIL, *ruled()))), data.draw(ON)
    (split,), (one,) = asked(parts, city, on).contracts, asked([whole], city, on).contracts
    assert attrs.evolve(split, amount=one.amount, purchases=(0,)) == one


@few(70)
@given(LEDGERS, st.data())
def test_knowing_the_bylaw_narrows(purchases: tuple[Purchase, ...], data: st.DataObject) -> None:
    on = data.draw(ON)
    before, after = asked(purchases, LONGUEUIL, on), asked(purchases, data.draw(st.sampled_from(ruled())), on)
    assert inside(after.free_share, before.free_share)
    assert inside(after.largest_share, before.largest_share)
    assert (before.spend, before.counted_share) == (after.spend, after.counted_share)


@st.composite
def hidden(draw: st.DrawFn, whole: Purchase) -> tuple[tuple[Purchase, ...], tuple[Purchase, ...]]:
    """What a ledger says of one purchase, and one way things may truly have been: ``whole``, something else, or it twice."""
    kind = draw(st.sampled_from(("category", "amount", "tax", "buyer", "double", "reports")))
    if kind == "double":
        same = attrs.evolve(whole, id=None)
        return (same, same), draw(st.sampled_from(((whole,), (whole, attrs.evolve(whole, id="again")))))
    if kind == "reports":
        other = attrs.evolve(
            whole, **draw(st.sampled_from(({"amount": Money("30000", "CAD", tax="net")}, {"category": "works"})))
        )
        return draw(st.permutations((whole, other))), (draw(st.sampled_from((whole, other))),)
    if kind == "buyer":
        return (attrs.evolve(whole, buyer=UNKNOWN),), (attrs.evolve(whole, buyer=draw(st.sampled_from((cases.A, cases.B)))),)
    if kind == "tax":
        assert isinstance(whole.amount, Money)
        return (attrs.evolve(whole, amount=Money(whole.amount.amount, "CAD", tax=UNKNOWN)),), (whole,)
    return (attrs.evolve(whole, **{kind: UNKNOWN}),), (whole,)


@few(80)
@given(st.data())
def test_knowing_more_narrows(data: st.DataObject) -> None:
    """Whatever a category, an amount, a basis, a buyer or a second report turns out to be, the truth lies within the bounds."""
    first, *rest = data.draw(tidy())
    city, on = data.draw(st.sampled_from((LONGUEUIL, *ruled()))), data.draw(ON)
    less, truth = data.draw(hidden(first))
    before, after = (asked((*some, *rest), city, on, tax="net") for some in (less, truth))
    assert before.spend.low <= after.spend.low
    assert before.spend.high is None or (after.spend.high is not None and after.spend.high <= before.spend.high)
    if after.largest_share is not None:
        assert inside(after.free_share, before.free_share)
        assert inside(after.largest_share, before.largest_share)


@few(50)
@given(LEDGERS, st.data())
def test_law_that_is_not_known_is_never_counted(purchases: tuple[Purchase, ...], data: st.DataObject) -> None:
    """The largest share leaves room for what is not modelled or barred, and is everything when there is no such contract."""
    found = asked(purchases, data.draw(st.sampled_from(buyers())), data.draw(ON))
    largest = ends(found.largest_share)
    if largest is None or not found.contracts:
        return
    standings = {one.standing for one in found.contracts}
    closed = [part.amount for part in found.parts if part.standing in ("not_modelled", "barred")]
    lawful = [part.amount for part in found.parts if part.standing in ("steerable", "conditional", "unknown")]
    if not standings & {"steerable", "conditional", "unknown"}:
        assert largest == (0, 0)
    if standings <= {"steerable", "conditional"}:
        assert largest == (100, 100)
    if any(one.low.amount for one in closed) and all(one.high is not None for one in lawful):
        kept = sum(one.low.amount for one in closed)
        most = sum(one.high.amount for one in lawful)
        assert largest[1] <= 100 * most / (most + kept) + MICRO
        assert largest[1] < 100 or not most or kept < most * MICRO


@few(60)
@given(st.data())
def test_exact_shares_are_those_of_plain_addition(data: st.DataObject) -> None:
    """With nothing left unsaid both shares are one sum over another."""
    purchases = data.draw(tidy(tax="net"))
    numbers: dict[Any, set[Any]] = {}
    for one in purchases:
        numbers.setdefault(one.contract, set()).add(one.category)
    assume(all(len(kinds) == 1 for number, kinds in numbers.items() if number is not None))
    found = asked(purchases, data.draw(st.sampled_from(ruled())), data.draw(ON))
    total = sum(one.amount.amount for one in purchases)  # type: ignore[union-attr]
    assert found.spend == Bounds(Money(total, "CAD", tax="net"), Money(total, "CAD", tax="net"))
    amounts = {standing: Decimal(0) for standing in STANDINGS}
    for one in found.contracts:
        amounts[one.standing] += sum(purchases[place].amount.amount for place in one.purchases)  # type: ignore[union-attr]
    assert sum(amounts.values()) == total
    free, largest = ends(found.free_share), ends(found.largest_share)
    assert free is not None
    assert largest is not None
    surely = amounts["steerable"] + amounts["conditional"]
    assert abs(free[0] - 100 * amounts["steerable"] / total) <= MICRO
    assert abs(largest[0] - 100 * surely / total) <= MICRO
    assert abs(largest[1] - 100 * (surely + amounts["unknown"]) / total) <= MICRO


def test_many_ledgers() -> None:
    """Each standing and each kind of lever is met, so that what was checked of it was checked of something."""
    chance = random.Random(7)
    met: set[tuple[str, str | None]] = set()
    kinds = [one for one in CATEGORIES if one not in ("outside", "concession")]
    for number in range(100 * CASES):
        purchases = [
            Purchase(
                id=f"p{place}",
                buyer=LONGUEUIL.id,
                amount=Money(chance.choice(AMOUNTS), "CAD", tax="net"),
                day=chance.choice(cases.DAYS),
                category=chance.choice(kinds),
                contract=chance.choice((None, None, "c")),
            )
            for place in range(4)
        ]
        found = asked(purchases, chance.choice(buyers()), chance.choice(DAYS))
        check_parts(found)
        check_shares(found)
        check_places(found, tuple(purchases))
        met |= {(part.standing, part.lever) for part in found.parts}
        assert number >= 0
    assert {standing for standing, _ in met} == set(STANDINGS) - {"barred"}
    levers = {lever for _, lever in met}
    assert levers >= {
        *("ca-qc/direct-award", "ca-qc/bylaw-direct", "ca-qc/nonprofit-body", "ca-qc/nonprofit-goods"),
        *("ca-qc/qualified-solidarity-cooperative", "ca-qc/reserved-contracts", None),
    }


@pytest.mark.parametrize("city", [LONGUEUIL, AGGLOMERATION], ids=["city", "agglomeration"])
def test_an_agglomeration_has_its_own_ledger(city: City) -> None:
    purchases = [
        Purchase(buyer=one.id, amount=Money("12000", "CAD", tax="net"), day=DAYS[0], category="goods") for one in buyers()[:2]
    ]
    (one,) = asked(purchases, city, date(2025, 3, 3)).contracts
    assert purchases[one.purchases[0]].buyer == city.id
