"""What the law lets a city steer, by hand: each amount to the cent, each day of change, and what a ledger leaves unsaid.

The answers are worked out from the law: in Québec LCV 573, 573.1, 573.3(2.1) to (2.3), 573.3.1.2 and 573.3.3.1.1, and since
1 April 2026 LCOM 3, 5, 9 and 30; in France CMP 15 and 28-III, D. 30-I 8°, CCP L. 2113-12 to L. 2113-16 and R. 2122-8.
"""

from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from procurelib import UNKNOWN, Bounds, Commitment, Deliverable, Money, MoneyRange, Purchase, Text, cities, declarations
from procurelib import deliverable as ask
from procurelib.errors import InputError, NotYetInForce, UnknownId
from procurelib.models import ByLaw, City
from procurelib.models.enterprise import Enterprise, LegalForm
from procurelib.promises.deliverable import STANDINGS, SteeredContract
from procurelib.social.lever import levers

LONGUEUIL, RENNES = cities["ca-qc/longueuil"], cities["fr/rennes"]
PROMISE = declarations["ca-qc/longueuil-2013"]["lon-1"]
DISABILITY = declarations["fr/rennes-2018"]["disability"]
NONE = LONGUEUIL.with_bylaw(None)
RULED = LONGUEUIL.with_bylaw(ByLaw(date(2018, 1, 1), {"services": Money("80000", "CAD", tax="net")}))
BUYERS = {"unknown": LONGUEUIL, "none": NONE, "rule": RULED}
THEN = date(2025, 3, 3)
ALL, NOTHING, OPEN = Bounds(Decimal(100), Decimal(100)), Bounds(Decimal(0), Decimal(0)), Bounds(Decimal(0), Decimal(100))


def cad(amount: str, tax: Any = "net") -> Money:
    return Money(amount, "CAD", tax=tax)


def bought(amount: Any, category: Any = "goods", **more: Any) -> Purchase:
    amount = cad(amount, more.pop("tax", "net")) if isinstance(amount, str) else amount
    return Purchase(buyer=more.pop("buyer", LONGUEUIL.id), amount=amount, day=more.pop("day", THEN), category=category, **more)


def paid(amount: Any, category: Any = "goods", tax: Any = "excluded", **more: Any) -> Purchase:
    amount = Money(amount, "EUR", tax=tax) if isinstance(amount, str) else amount
    return Purchase(buyer=more.pop("buyer", RENNES.id), amount=amount, day=THEN, category=category, **more)


def here(*purchases: Purchase, on: date = THEN, city: City = NONE, **more: Any) -> Deliverable:
    return ask(more.pop("commitment", PROMISE), purchases, city, on=on, **more)


def there(*purchases: Purchase, on: date = THEN, **more: Any) -> Deliverable:
    return ask(DISABILITY, purchases, more.pop("city", RENNES), on=on, **more)


def only(found: Deliverable) -> SteeredContract:
    (one,) = found.contracts
    return one


def ids(one: SteeredContract) -> list[str]:
    return [lever.id.partition("/")[2] for lever in one.levers]


def flagged(found: Deliverable) -> dict[str, tuple[int, ...]]:
    return {flag.code: flag.purchases for flag in found.flags}


# --- Québec -----------------------------------------------------------------------------------------------------------

DIRECT, RULE, NONPROFIT = "direct-award", "bylaw-direct", "nonprofit-body"
COOP, GOODS, RESERVED = "qualified-solidarity-cooperative", "nonprofit-goods", "reserved-contracts"
BYLAW, SERVICE = ("bylaw",), ("service",)
QUEBEC: list[tuple[str, str, str, str, str, str, tuple[str, ...], Any]] = [
    # 25 000 $ is the floor of invitations (LCV 573.1): strictly below it the city buys from whom it likes.
    *(
        (day, category, "24999.99", bylaw, "steerable", DIRECT, (), True)
        for day in ("2013-01-01", "2017-02-02", "2018-04-18", "2018-04-19", "2023-01-10", "2026-03-31", "2026-10-01")
        for category in ("goods", "services", "works", "insurance", "professional_services")
        for bylaw in BUYERS
    ),
    # Goods and works from the floor up, before a by-law may say otherwise: invitation, then public call. Nothing steers.
    *(
        (day, category, amount, bylaw, "not_modelled", RESERVED, (), False)
        for day in ("2013-01-01", "2017-02-02")
        for category in ("goods", "works")
        for amount in ("25000", "99999.99", "100000", "500000")
        for bylaw in BUYERS
    ),
    # Since 2018 a by-law may allow direct contracts below the threshold of the day (LCV 573.3.1.2); this one does for services.
    *(
        (day, category, amount, bylaw, *answer)
        for day, threshold, cent_below in (
            ("2018-04-18", "100000", "99999.99"),
            ("2018-04-19", "101100", "101099.99"),
            ("2023-01-10", "121200", "121199.99"),
            ("2026-03-31", "139000", "138999.99"),
        )
        for category in ("goods", "works")
        for amount, bylaw, answer in (
            ("25000", "unknown", ("unknown", RULE, BYLAW, UNKNOWN)),
            (cent_below, "unknown", ("unknown", RULE, BYLAW, UNKNOWN)),
            (threshold, "unknown", ("not_modelled", RESERVED, (), False)),
            ("25000", "none", ("not_modelled", RESERVED, (), False)),
            (cent_below, "none", ("not_modelled", RESERVED, (), False)),
            (threshold, "none", ("not_modelled", RESERVED, (), False)),
            ("25000", "rule", ("not_modelled", RESERVED, (), False)),
            (cent_below, "rule", ("not_modelled", RESERVED, (), False)),
        )
    ),
    # Services until 2018-04-18: a non-profit body needs no competition, save on residual materials (LCV 573.3(2.1)).
    *(
        (day, "services", amount, bylaw, "unknown", NONPROFIT, SERVICE, False)
        for day in ("2013-01-01", "2017-02-02")
        for amount in ("25000", "99999.99", "100000", "500000")
        for bylaw in BUYERS
    ),
    ("2018-04-18", "services", "25000", "unknown", "unknown", RULE, ("bylaw", "service"), UNKNOWN),
    ("2018-04-18", "services", "100000", "unknown", "unknown", NONPROFIT, SERVICE, False),
    ("2018-04-18", "services", "25000", "none", "unknown", NONPROFIT, SERVICE, False),
    ("2018-04-18", "services", "25000", "rule", "steerable", RULE, (), True),
    ("2018-04-18", "services", "79999.99", "rule", "steerable", RULE, (), True),
    ("2018-04-18", "services", "80000", "rule", "unknown", NONPROFIT, SERVICE, False),
    # Insurance: a non-profit body may have it directly, at any amount, until the LCOM.
    ("2017-02-02", "insurance", "25000", "none", "conditional", NONPROFIT, (), False),
    ("2026-03-31", "insurance", "500000", "none", "conditional", NONPROFIT, (), False),
    # Services since 2018-04-19: the designated solidarity cooperative, at any amount (LCV 573.3(2.2); LCOM 5(2)).
    *(
        (day, "services", amount, bylaw, *answer)
        for day, threshold, cent_below in (
            ("2018-04-19", "101100", "101099.99"),
            ("2023-01-10", "121200", "121199.99"),
            ("2026-03-31", "139000", "138999.99"),
            ("2026-10-01", "139000", "138999.99"),
        )
        for amount, bylaw, answer in (
            ("25000", "unknown", ("conditional", COOP, ("bylaw",), UNKNOWN)),
            (cent_below, "unknown", ("conditional", COOP, ("bylaw",), UNKNOWN)),
            (threshold, "unknown", ("conditional", COOP, (), False)),
            ("25000", "none", ("conditional", COOP, (), False)),
            (threshold, "none", ("conditional", COOP, (), False)),
            ("25000", "rule", ("steerable", RULE, (), True)),
            ("79999.99", "rule", ("steerable", RULE, (), True)),
            ("80000", "rule", ("conditional", COOP, (), False)),
            (threshold, "rule", ("conditional", COOP, (), False)),
        )
    ),
    # Since the LCOM a non-profit body may sell goods below the amount of CETA, 368 000 $ (LCOM 3(1)).
    ("2026-10-01", "goods", "25000", "unknown", "conditional", GOODS, ("bylaw",), UNKNOWN),
    ("2026-10-01", "goods", "138999.99", "unknown", "conditional", GOODS, ("bylaw",), UNKNOWN),
    ("2026-10-01", "goods", "139000", "unknown", "conditional", GOODS, (), False),
    ("2026-10-01", "goods", "25000", "none", "conditional", GOODS, (), False),
    ("2026-10-01", "goods", "367999.99", "none", "conditional", GOODS, (), False),
    ("2026-10-01", "goods", "368000", "none", "not_modelled", RESERVED, (), False),
]


@pytest.mark.parametrize(("day", "category", "amount", "bylaw", "standing", "first", "missing", "free"), QUEBEC)
def test_quebec_by_hand(
    day: str, category: str, amount: str, bylaw: str, standing: str, first: str, missing: tuple[str, ...], free: Any
) -> None:
    on = date.fromisoformat(day)
    found = here(bought(amount, category), on=on, city=BUYERS[bylaw])
    one = only(found)
    assert (one.standing, ids(one)[0], one.missing, one.free) == (standing, first, missing, free)
    assert found.largest_share == {"steerable": ALL, "conditional": ALL, "unknown": OPEN}.get(standing, NOTHING)
    assert found.free_share == {True: ALL, False: NOTHING}.get(free, OPEN)
    if standing == "not_modelled":
        assert "ca-qc/reserved-contracts" in [gap.id for gap in one.gaps]
    if standing in ("steerable", "conditional"):
        # What is missing can only lift the conditions.
        assert (one.missing, one.gaps) == ((), ()) or one.free is UNKNOWN


def test_every_other_lever_is_one_the_law_may_open() -> None:
    """A by-law may open direct contracts for goods and works; the exceptions for services and insurance never do."""
    for on in (date(2018, 4, 18), date(2023, 1, 10), date(2026, 3, 31)):
        for category in ("goods", "works"):
            assert ids(only(here(bought("60000", category), on=on, city=LONGUEUIL))) == [RULE]


def test_the_lcom_leaves_works_to_law_that_is_not_known() -> None:
    one = only(here(bought("60000", "works"), on=date(2026, 10, 1)))
    assert one.standing == "not_modelled"
    assert {"ca-qc/nonprofit-other-categories", "ca-qc/reserved-contracts"} <= {gap.id for gap in one.gaps}
    assert only(here(bought("60000", "works"), on=date(2026, 10, 1), city=LONGUEUIL)).missing == BYLAW


@pytest.mark.parametrize(
    ("day", "category", "amount", "helps", "not_helps"),
    [
        ("2017-02-02", "goods", "24999.99", {"invitation-lists", "price-requests"}, {"bylaw-social-margin", "tied-criteria"}),
        ("2017-02-02", "goods", "60000", {"invitation-lists"}, {"price-requests", "tied-criteria"}),
        ("2017-02-02", "goods", "100000", {"tied-criteria"}, {"invitation-lists", "price-requests"}),
        ("2018-04-18", "goods", "20000", {"bylaw-social-margin"}, {"longueuil-preference"}),  # since 2018-01-01; 2019-04-11
        ("2023-01-10", "goods", "60000", {"quebec-preference-duty"}, {"canadian-provenance"}),  # 2021-06-25 to 2024-06-24
        ("2025-03-03", "goods", "5000", {"longueuil-preference"}, {"quebec-preference-duty"}),
        ("2025-03-03", "goods", "60000", {"invitation-lists"}, {"longueuil-preference"}),
        ("2026-03-31", "goods", "200000", {"canadian-provenance"}, {"invitation-lists"}),
        ("2026-10-01", "goods", "60000", set(), {"invitation-lists", "tied-criteria", "canadian-provenance"}),
    ],
)
def test_what_only_helps_is_beside(day: str, category: str, amount: str, helps: set[str], not_helps: set[str]) -> None:
    one = only(here(bought(amount, category), on=date.fromisoformat(day)))
    found = {id.removeprefix("ca-qc/") for id in one.helps}
    assert helps <= found
    assert not found & (not_helps | {DIRECT, RULE, NONPROFIT, COOP, RESERVED})
    assert not {lever.id for lever in one.levers} & set(one.helps)


def test_a_margin_alone_is_not_steering() -> None:
    """A preference at parity decides nothing: 60 000 $ of goods may be helped, and are not steered."""
    found = here(bought("60000"))
    assert only(found).helps
    assert found.largest_share == NOTHING


@pytest.mark.parametrize(
    ("amount", "tax", "standing"),
    [
        ("23812.35", "excluded", "steerable"),  # x 1.049875 = 24 999.99 $ net
        ("23812.36", "excluded", "not_modelled"),  # 25 000.00 $ net
        ("27378.25", "included", "steerable"),  # / 1.14975 x 1.049875 = 24 999.99 $ net
        ("27378.26", "included", "not_modelled"),  # 25 000.0006 $ net
        ("20000", UNKNOWN, "steerable"),
        ("26000", UNKNOWN, "unknown"),
        ("28000", UNKNOWN, "not_modelled"),  # even with every tax in it, 25 567.95 $ net
    ],
)
def test_the_net_expenditure_decides(amount: str, tax: Any, standing: str) -> None:
    one = only(here(bought(amount, tax=tax)))
    assert one.standing == standing
    if standing == "unknown":
        assert "value.tax" in one.missing


def test_a_range_and_an_amount_that_is_not_known() -> None:
    inside = MoneyRange(cad("10000"), cad("24999.99"))
    across = MoneyRange(cad("10000"), cad("25000"))
    assert only(here(bought(inside))).standing == "steerable"
    for amount in (across, UNKNOWN, Money("5000", "EUR", tax="net")):
        one = only(here(bought(amount)))
        assert (one.standing, one.missing, one.free) == ("unknown", ("value",), UNKNOWN)
        assert DIRECT in ids(one)
    found = here(bought(UNKNOWN))
    assert found.spend == Bounds(cad("0"), None)
    assert (found.free_share, found.largest_share) == (OPEN, OPEN)
    assert only(found).amount == found.spend == found.parts[0].amount


def test_an_amount_nobody_entered() -> None:
    found = here(bought("1"))
    assert (only(found).standing, only(found).missing) == ("unknown", ("value",))
    assert flagged(found)["placeholder"] == (0,)
    assert (found.spend, found.largest_share) == (Bounds(cad("0"), None), OPEN)
    checked = here(bought("1", amount_checked=True))
    assert (only(checked).standing, checked.spend) == ("steerable", Bounds(cad("1"), cad("1")))
    assert only(here(bought("1.01"))).standing == "steerable"


def test_an_amount_of_a_billion() -> None:
    found = here(bought("1000000000"))
    assert (only(found).standing, found.spend) == ("unknown", Bounds(cad("0"), cad("1000000000")))
    assert flagged(found)["implausible"] == (0,)
    assert only(here(bought("1000000000", amount_checked=True))).standing == "not_modelled"
    assert only(here(bought("999999999.99"))).standing == "not_modelled"


@pytest.mark.parametrize("amount", ["0", "1000000000001"], ids=["nothing", "more than a tender may be"])
def test_an_amount_that_was_checked_is_never_refused(amount: str) -> None:
    found = here(bought(amount, amount_checked=True), bought("12000"))
    assert found.spend == Bounds(cad(str(Decimal(amount) + 12000)), cad(str(Decimal(amount) + 12000)))
    assert found.contracts[1].standing == "steerable"


@pytest.mark.parametrize(
    ("amount", "category", "tax", "day"),
    [
        ("5000", "goods", UNKNOWN, "2013-04-02"),  # no factor gives a net expenditure in 2013
        ("20000", "goods", "excluded", "2013-04-02"),
        ("20000", "insurance", "excluded", "2026-10-01"),  # none does for insurance either
    ],
)
def test_a_net_amount_nobody_can_work_out_is_not_known(amount: str, category: str, tax: Any, day: str) -> None:
    """The law is known, LCV 573.1 and LCOM 30: what is not is the net expenditure, which the city can say."""
    found = here(bought(amount, category, tax=tax), on=date.fromisoformat(day))
    assert (found.free_share, found.largest_share) == (OPEN, OPEN)
    assert only(found).standing == "unknown"


def test_a_category_that_is_not_known() -> None:
    found = here(bought("12000", UNKNOWN))
    one = only(found)
    assert (one.standing, one.missing, one.levers, one.helps, one.gaps) == ("unknown", ("category",), (), (), ())
    assert (one.free, found.largest_share) == (UNKNOWN, OPEN)
    assert (found.parts[0].lever, found.parts[0].title) == (None, None)


def test_a_concession_is_not_modelled() -> None:
    """Concessions are no part of the book: no fact of the contract decides, law that is missing might."""
    one = only(here(bought("12000", "concession")))
    assert (one.standing, one.free, one.missing) == ("not_modelled", False, ())


# --- contracts --------------------------------------------------------------------------------------------------------


def test_purchases_under_one_number_are_one_contract() -> None:
    below = here(bought("12000", contract="c"), bought("12999.99", contract="c"))
    at = here(bought("12000", contract="c"), bought("13000", contract="c"))
    apart = here(bought("12000", contract="c"), bought("13000", contract="d"))
    free = here(bought("12000"), bought("13000"))
    assert [one.standing for one in below.contracts] == ["steerable"]
    assert [one.standing for one in at.contracts] == ["not_modelled"]
    assert only(at).purchases == (0, 1)
    assert only(at).amount == Bounds(cad("25000"), cad("25000"))
    for found in (apart, free):
        assert [(one.purchases, one.standing) for one in found.contracts] == [((0,), "steerable"), ((1,), "steerable")]
    assert [part.contracts for part in free.parts] == [2]


def test_a_contract_with_a_purchase_nobody_priced() -> None:
    for other in ("1", UNKNOWN, Money("5", "EUR", tax="net")):
        one = only(here(bought("12000", contract="c"), bought(other, contract="c")))
        assert (one.standing, one.missing) == ("unknown", ("value",))


@pytest.mark.parametrize(
    ("first", "second", "standing"),
    [
        (cad("12000"), cad("900", "excluded"), "steerable"),  # at most 12 944.89 $ net
        (cad("12000"), cad("12000", UNKNOWN), "steerable"),  # at most 24 598.50 $ net
        (cad("12000"), cad("13000", UNKNOWN), "unknown"),
        (cad("99999.99"), cad("1866.88", UNKNOWN), "not_modelled"),  # at least 99 999.99 $ net: never below the floor
        (cad("24000", "excluded"), cad("2000", "included"), "not_modelled"),
    ],
)
def test_a_contract_on_two_bases_is_worth_what_each_is_worth_on_one(first: Money, second: Money, standing: str) -> None:
    """Otherwise learning that the tax is in one of two amounts would widen what is known of their total."""
    assert only(here(bought(first, contract="c"), bought(second, contract="c"))).standing == standing


def test_a_contract_whose_purchases_are_of_two_kinds() -> None:
    for other in ("services", UNKNOWN):
        one = only(here(bought("30000", contract="c"), bought("5000", other, contract="c")))
        assert (one.standing, one.missing) == ("unknown", ("category",))


def test_ranges_under_one_number_add_up() -> None:
    two = [bought(MoneyRange(cad("4000"), cad(high)), contract="c") for high in ("12000", "12999.99")]
    assert only(here(*two)).standing == "steerable"
    assert only(here(two[0], bought(MoneyRange(cad("4000"), cad("13000")), contract="c"))).standing == "unknown"


def test_equal_reports_that_may_be_one_purchase() -> None:
    """One contract of 12 000 $ or two: each may be steered, whichever it is."""
    found = here(bought("12000"), bought("12000"))
    assert flagged(found)["duplicate"] == (0, 1)
    assert found.spend == Bounds(cad("12000"), cad("24000"))
    assert (found.free_share, found.largest_share) == (ALL, ALL)
    assert {one.standing for one in found.contracts} == {"steerable"}
    assert not any(one.missing for one in found.contracts)


def test_equal_reports_under_one_number_may_pass_the_floor() -> None:
    """A contract of 15 000 $, or of 30 000 $ if both reports are purchases: the floor may be passed."""
    found = here(bought("15000", contract="c"), bought("15000", contract="c"))
    assert found.spend == Bounds(cad("15000"), cad("30000"))
    assert only(found).standing == "unknown"
    assert found.largest_share == OPEN


@pytest.mark.parametrize("amounts", [("20000", "30000"), ("30000", "20000")])
def test_reports_that_differ_leave_the_amount_open(amounts: tuple[str, str]) -> None:
    found = here(*(bought(amount, id="p") for amount in amounts))
    assert flagged(found)["reports_differ"] == (0, 1)
    assert found.spend == Bounds(cad("20000"), cad("30000"))
    assert only(found).standing == "unknown"
    assert found.largest_share == OPEN


@pytest.mark.parametrize("categories", [("goods", "services"), ("services", "goods")])
def test_reports_that_differ_leave_the_category_open(categories: tuple[str, str]) -> None:
    found = here(*(bought("60000", category, id="p") for category in categories))
    assert (only(found).standing, only(found).missing) == ("unknown", ("category",))


def test_a_grant_is_no_purchase() -> None:
    found = here(bought("12000"), bought("90000", "outside"))
    assert (only(found).purchases, found.spend) == ((0,), Bounds(cad("12000"), cad("12000")))
    assert flagged(found)["outside"] == (1,)
    nothing = here(bought("90000", "outside"))
    assert (nothing.contracts, nothing.parts) == ((), ())
    assert (nothing.free_share, nothing.largest_share, nothing.counted_share) == (None, None, None)
    perhaps = here(bought("12000", id="p"), bought("12000", "outside", id="p"))
    assert perhaps.spend == Bounds(cad("0"), cad("12000"))


def test_nothing_at_all() -> None:
    found = here()
    assert (found.contracts, found.parts, found.flags, found.largest_share) == ((), (), (), None)
    assert found.spend == Bounds(cad("0"), cad("0"))


# --- whose purchases --------------------------------------------------------------------------------------------------


def test_what_another_body_buys_is_flagged_and_left_out() -> None:
    found = here(bought("12000"), bought("90000", buyer="ca-qc/brossard"), bought("7000", buyer="the mayor’s office"))
    assert flagged(found)["other_buyer"] == (1, 2)
    assert (only(found).purchases, found.spend) == ((0,), Bounds(cad("12000"), cad("12000")))


def test_a_joint_purchase_is_that_of_its_lead() -> None:
    led = here(bought("12000", group=("ca-qc/brossard", "ca-qc/unheard-of")))
    assert (only(led).standing, led.spend) == ("steerable", Bounds(cad("12000"), cad("12000")))
    joined = here(bought("12000", buyer="ca-qc/brossard", group=(LONGUEUIL.id,)))
    assert (joined.contracts, flagged(joined)["other_buyer"]) == ((), (0,))
    # The by-law is the lead's: that of another buyer of the group, which is not known, decides nothing.
    mine = here(bought("60000", "services", group=("ca-qc/brossard",)), city=RULED)
    assert only(mine).standing == "steerable"


def test_a_buyer_that_is_not_known_may_be_another() -> None:
    found = here(bought("12000", buyer=UNKNOWN))
    assert flagged(found)["no_buyer"] == (0,)
    assert found.spend == Bounds(cad("0"), cad("12000"))


def test_a_purchase_nobody_signed_is_judged_all_the_same() -> None:
    found = here(bought("12000"), bought("13000", buyer=UNKNOWN))
    assert [(one.purchases, one.standing) for one in found.contracts] == [((0,), "steerable"), ((1,), "steerable")]
    assert "other_buyer" not in flagged(found)


@pytest.mark.parametrize("shared", [{"id": "p"}, {"contract": "c"}], ids=["one id", "one number"])
def test_what_the_city_itself_reports_is_not_lost_to_another_report(shared: dict[str, str]) -> None:
    """Who leads is not known when each of two bodies reports the purchase as its own."""
    found = here(bought("12000", **shared), bought("12000", buyer="ca-qc/brossard", **shared))
    assert found.spend.high is not None
    assert found.spend.high.amount >= 12000
    assert found.largest_share is not None


# --- shares, parts, and what is said beside ---------------------------------------------------------------------------


def test_shares_and_parts_of_a_small_ledger() -> None:
    found = here(
        bought("12000", "services"),
        bought("50000", "services"),
        bought("38000", "goods"),
        on=THEN,
    )
    assert [(part.standing, part.lever, part.amount.low.amount, part.contracts) for part in found.parts] == [
        ("steerable", "ca-qc/direct-award", 12000, 1),
        ("conditional", "ca-qc/qualified-solidarity-cooperative", 50000, 1),
        ("not_modelled", "ca-qc/reserved-contracts", 38000, 1),
    ]
    assert [part.title.en for part in found.parts if part.title] == [one.levers[0].title.en for one in found.contracts]
    assert found.free_share == Bounds(Decimal(12), Decimal(12))
    assert found.largest_share == Bounds(Decimal(62), Decimal(62))


def test_what_is_not_known_makes_bounds() -> None:
    found = here(bought("12000"), bought("36000", UNKNOWN))
    assert found.free_share == found.largest_share == Bounds(Decimal(25), Decimal(100))
    unruled = here(bought("12000"), bought("36000"), city=LONGUEUIL)
    assert unruled.free_share == unruled.largest_share == Bounds(Decimal(25), Decimal(100))
    thirds = here(bought("10000"), bought("20000"), bought("30000"))
    assert thirds.free_share == Bounds(Decimal(50), Decimal(50))
    sevenths = here(bought("10000"), bought("60000"))
    assert sevenths.free_share == Bounds(Decimal("14.285714"), Decimal("14.285715"))


def test_what_already_counts() -> None:
    yes, no = {"ca-qc/E-1.1.1": True}, {"ca-qc/E-1.1.1": False}
    found = here(bought("12000", marks=yes), bought("24000", marks=no))
    assert found.counted_share == Bounds(Decimal("33.333333"), Decimal("33.333334"))
    assert here(bought("12000", marks=yes), bought("12000.01")).counted_share.low > 49  # type: ignore[union-attr]
    assert here(bought("12000")).counted_share == OPEN


def test_the_basis_of_the_figures() -> None:
    assert here(bought("12000", tax="excluded")).basis == "excluded"
    both = here(bought("12000", tax="excluded"), bought("12000.01"))
    assert (both.basis, flagged(both)["other_basis"]) == ("net", (0,))
    asked = here(bought("10000", tax="excluded"), tax="net")
    assert asked.spend == Bounds(cad("10000"), cad("10498.75"))
    assert asked.spend.low.tax == "net"
    assert (there(paid("5000")).currency, there(paid("5000")).basis) == ("EUR", "excluded")


def test_what_is_assumed() -> None:
    plain = [text.en for text in here(bought("12000")).assumptions]
    assert len(plain) == 3
    both = [text.en for text in here(bought("60000", "services")).assumptions]
    assert both[:3] == plain
    assert "both" in both[3]
    unread = here(bought("60000"), bought("70000", "services")).assumptions[-1]
    titles = [gap.title for gap in here(bought("60000")).contracts[0].gaps]
    assert all(title.fr in unread.fr and title.en in unread.en for title in titles)
    assert "opens nothing" in unread.en
    # Nor is a gap beside a fact that would decide: of services of 2013, whether residual materials are among them.
    waiting = here(bought("60000", "services"), on=date(2013, 4, 2))
    assert only(waiting).gaps
    assert not any("opens nothing" in text.en for text in waiting.assumptions)
    # A gap that another lever makes harmless is not among what is assumed.
    assert not any("opens nothing" in text.en for text in here(bought("12000")).assumptions)


def test_the_sources_are_those_of_the_levers() -> None:
    found = here(bought("12000"), bought("60000", "services"))
    cited = [citation for one in found.contracts for lever in one.levers for citation in lever.citations]
    assert list(found.citations) == list(dict.fromkeys(cited))
    assert any("573.1" in citation.text("en") for citation in found.citations)
    assert any("573.3" in citation.text("en") for citation in found.citations)
    assert list(found.caveats) == list(dict.fromkeys(c for o in found.contracts for v in o.levers for c in v.caveats))


# --- France -----------------------------------------------------------------------------------------------------------

DISABLED, INSERTION, BOTH, PRISON = "reserved-disability", "reserved-insertion", "reserved-both", "reserved-prison"
TWO, FOUR = [DISABLED, INSERTION], [BOTH, DISABLED, INSERTION, PRISON]
CEILINGS = [
    # Below the ceiling nothing has to be published; above it the four reservations, each from its own first day.
    ("2013-01-01", "goods", "15000", [DISABLED]),  # CMP 28-III: 15 000 € until 2015-09-30
    ("2015-09-30", "goods", "15000", [DISABLED]),
    ("2015-10-01", "goods", "25000", [DISABLED]),
    ("2016-03-31", "goods", "25000", [DISABLED]),  # CMP 15: disability only
    ("2016-03-31", "works", "25000", [DISABLED]),
    ("2016-04-01", "goods", "25000", TWO),  # D. 30-I 8°; ordonnance, 36
    ("2017-01-24", "goods", "25000", TWO),
    ("2017-01-24", "works", "25000", TWO),
    ("2019-12-31", "goods", "25000", TWO),
    ("2020-01-01", "goods", "40000", TWO),  # CCP R. 2122-8
    ("2020-06-01", "works", "40000", TWO),
    ("2020-12-10", "works", "100000", [BOTH, DISABLED, INSERTION]),  # Act 2020-1525, 142 and 141
    ("2023-01-01", "works", "100000", FOUR),
    ("2026-03-31", "goods", "40000", FOUR),
    ("2026-04-01", "goods", "60000", FOUR),
    ("2026-04-01", "works", "100000", FOUR),
    ("2026-12-31", "works", "100000", FOUR),
]


@pytest.mark.parametrize(("day", "category", "ceiling", "reservations"), CEILINGS)
def test_france_around_the_ceiling_of_the_day(day: str, category: str, ceiling: str, reservations: list[str]) -> None:
    on = date.fromisoformat(day)
    below = there(paid(str(Decimal(ceiling) - Decimal("0.01")), category), on=on)
    assert (only(below).standing, ids(only(below)), only(below).free) == ("steerable", ["direct-award"], True)
    assert (below.free_share, below.largest_share) == (ALL, ALL)
    for amount in (ceiling, str(Decimal(ceiling) + 1), "900000"):
        found = there(paid(amount, category), on=on)
        assert (only(found).standing, ids(only(found)), only(found).free) == ("conditional", reservations, False)
        assert (found.free_share, found.largest_share) == (NOTHING, ALL)
        assert found.parts[0].lever == f"fr/{reservations[0]}"


def test_france_a_lighter_procedure_steers_nothing() -> None:
    """An adapted procedure is still competition: neither it, small lots nor integration services are among the levers."""
    one = only(there(paid("70000", "services"), on=date(2026, 4, 1)))
    lighter = {"adapted-procedure", "small-lot", "insertion-services"}
    assert not lighter & set(ids(one))
    assert not {f"fr/{id}" for id in lighter} & set(one.helps)
    assert {"fr/social-criterion", "fr/lots-rule", "fr/systematic-consultation"} <= set(one.helps)


def test_france_the_other_helps() -> None:
    before = only(there(paid("70000"), on=date(2016, 3, 31))).helps
    after = only(there(paid("70000"), on=date(2016, 4, 1))).helps
    assert {"fr/equal-offers-preference", "fr/quarter-preference"} <= set(before)
    assert not {"fr/equal-offers-preference", "fr/quarter-preference"} & set(after)
    # The consultation is the city's own policy, from its vote of 16 April 2018.
    for day, expected in (("2017-01-24", False), ("2018-04-15", False), ("2018-04-16", True)):
        helps = only(there(paid("70000"), on=date.fromisoformat(day))).helps
        assert ("fr/systematic-consultation" in helps) is expected


def test_france_works_of_2020_wait_for_the_day_of_conclusion() -> None:
    """Between 40 000 € and 70 000 € the day of conclusion decides (décret 2020-893): reserved, or free altogether."""
    found = there(paid("60000", "works"), on=date(2020, 9, 1))
    assert (only(found).standing, ids(only(found)), only(found).free) == ("conditional", TWO, UNKNOWN)
    assert (found.free_share, found.largest_share) == (OPEN, ALL)
    assert only(there(paid("70000", "works"), on=date(2020, 9, 1))).free is False


def test_france_a_price_with_tax_is_an_upper_bound() -> None:
    low = there(paid("59999.99", tax="included"), on=date(2026, 4, 1))
    high = there(paid("60000", tax="included"), on=date(2026, 4, 1))
    assert (only(low).standing, only(low).free) == ("steerable", True)
    assert (only(high).standing, only(high).free) == ("conditional", UNKNOWN)


def test_france_who_has_to_be_both() -> None:
    """A reservation for prison work is for a third kind of enterprise; for the two that count, no such assumption is made."""
    assert any("both" in text.en for text in there(paid("70000"), on=date(2026, 4, 1)).assumptions)
    assert not any("both" in text.en for text in there(paid("70000"), on=date(2017, 1, 24)).assumptions)


def test_france_after_the_thresholds_end() -> None:
    """Of 2028 the formal thresholds are not known: reservations stand all the same."""
    one = only(there(paid("100000"), on=date(2028, 2, 1)))
    assert (one.standing, one.free) == ("conditional", False)


# --- refusals ---------------------------------------------------------------------------------------------------------


def promise(*counts: str) -> Commitment:
    return Commitment(
        id="p", verb="buy", object=Text("des achats", "purchases"), counts=counts, source="text", confidence="official"
    )


@pytest.mark.parametrize("commitment", [declarations["fr/rennes-2018"]["elements"], promise(), promise("social_element")])
def test_a_commitment_without_schemes_is_refused(commitment: Commitment) -> None:
    with pytest.raises(InputError, match=r"commitment\.counts.*scheme of their suppliers"):
        ask(commitment, [], RENNES, on=THEN)


@pytest.mark.parametrize(
    ("commitment", "city"),
    [(PROMISE, RENNES), (DISABILITY, LONGUEUIL), (promise("ca-qc/E-1.1.1", "fr/ess"), LONGUEUIL)],
)
def test_a_commitment_of_another_country_is_refused(commitment: Commitment, city: City) -> None:
    with pytest.raises(InputError, match=r"commitment\.counts.*the country of the city"):
        ask(commitment, [], city, on=THEN)


def test_a_mark_beside_a_scheme_is_fine() -> None:
    found = here(bought("12000", marks={"social_element": True}), commitment=promise("ca-qc/E-1.1.1", "social_element"))
    assert found.counted_share == ALL
    assert only(found).standing == "steerable"


def test_a_scheme_nobody_knows() -> None:
    with pytest.raises(UnknownId, match=r"ca-qc/E-9"):
        ask(promise("ca-qc/E-9"), [], LONGUEUIL, on=THEN)


def test_every_fault_is_told_at_once() -> None:
    bad: Any = None
    with pytest.raises(InputError) as caught:
        ask(bad, [bought("1"), bad], bad, on=bad, tax="gross")
    assert [fault.path for fault in caught.value.faults] == ["commitment", "purchases[1]", "city", "on", "tax"]
    with pytest.raises(InputError) as caught:
        ask(declarations["fr/rennes-2018"]["elements"], bad, RENNES, on=THEN, tax="gross")
    assert [fault.path for fault in caught.value.faults] == ["commitment.counts", "purchases", "tax"]
    with pytest.raises(InputError) as caught:
        ask(PROMISE, [bought("1")], RENNES, on=bad)
    assert [fault.path for fault in caught.value.faults] == ["commitment.counts", "on"]


@pytest.mark.parametrize("purchases", [[bought("12000")], [bought("12000", UNKNOWN)], []], ids=["one", "unknown", "none"])
def test_a_day_before_the_book(purchases: list[Purchase]) -> None:
    assert ask(PROMISE, purchases, NONE, on=date(2013, 1, 1))
    with pytest.raises(NotYetInForce):
        ask(PROMISE, purchases, NONE, on=date(2012, 12, 31))


# --- travelling -------------------------------------------------------------------------------------------------------

MIXED = (
    bought("12000", "services"),
    bought("60000", "services"),
    bought("60000", "works", tax=UNKNOWN),
    bought("60000", UNKNOWN),
    bought(UNKNOWN, "goods"),
    bought("9", buyer="ca-qc/brossard"),
    bought("9", "outside"),
)
RESULTS = {
    "nothing": here(),
    "mixed": here(*MIXED),
    "mixed, by-law unknown": here(*MIXED, city=LONGUEUIL),
    "after the LCOM": here(*MIXED, on=date(2026, 10, 1)),
    "Rennes": there(paid("5000"), paid("70000", "services"), paid("60000", "works", tax="included"), on=date(2026, 4, 1)),
}
each_result = pytest.mark.parametrize("found", RESULTS.values(), ids=RESULTS)


@each_result
def test_it_travels(found: Deliverable) -> None:
    assert Deliverable.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert pickle.loads(pickle.dumps(found)) == found
    again = Deliverable.from_dict(found.to_dict())
    assert again.to_dict() == found.to_dict()


def test_a_fault_in_json_is_told_by_its_path() -> None:
    data = RESULTS["mixed"].to_dict()
    data["contracts"][0]["standing"] = "fine"
    with pytest.raises(InputError, match=r"\$\.contracts\[0\]\.standing"):
        Deliverable.from_dict(data)


@each_result
def test_rows_are_plain(found: Deliverable) -> None:
    rows = found.rows()
    assert json.loads(json.dumps(rows)) == rows
    assert len(rows) == len(found.contracts)
    for row, one in zip(rows, found.contracts, strict=True):
        assert list(row) == [
            *("commitment", "city", "on", "purchases", "standing", "amount_low", "amount_high", "currency", "tax"),
            *("levers", "helps", "missing", "gaps"),
        ]
        assert (row["commitment"], row["city"], row["on"]) == (found.commitment.id, found.city, found.on.isoformat())
        assert (row["standing"], row["purchases"]) == (one.standing, list(one.purchases))
        assert Decimal(row["amount_low"]) == one.amount.low.amount
        assert (row["amount_high"] is None) == (one.amount.high is None)
        assert one.amount.high is None or Decimal(row["amount_high"]) == one.amount.high.amount
        assert row["levers"] == [lever.id for lever in one.levers]
        assert row["gaps"] == [gap.id for gap in one.gaps]
        assert (row["helps"], row["missing"]) == (list(one.helps), list(one.missing))
        assert (row["currency"], row["tax"]) == (found.currency, found.basis)


def test_every_standing_but_barred_is_met_here() -> None:
    met = {one.standing for found in RESULTS.values() for one in found.contracts}
    assert met == set(STANDINGS) - {"barred"}


def test_the_levers_are_those_of_the_tender() -> None:
    from procurelib import Tender

    tender = Tender(buyer=NONE, category="services", value=cad("60000"), launched=THEN)
    known = {lever.id: lever for lever in levers(tender)}
    one = only(here(bought("60000", "services")))
    assert [known[lever.id] for lever in one.levers] == list(one.levers)
    assert all(lever.status == "conditional" and lever.effect in ("reserves", "exempts") for lever in one.levers)


def test_what_is_given_is_kept() -> None:
    found = here(bought("12000"), on=date(2025, 6, 2))
    assert (found.commitment, found.city, found.on) == (PROMISE, LONGUEUIL.id, date(2025, 6, 2))
    assert ask(PROMISE, iter([bought("12000")]), NONE, on=date(2025, 6, 2)) == found
    assert attrs.asdict(found, recurse=False)["edition"] == found.edition


def test_what_counts_on_an_unknown_day_may_be_of_before_the_book() -> None:
    """A company is no non-profit body since the book begins; before that, nothing is known of it."""
    company = Enterprise(name="Inc.", country="CA", forms=[LegalForm("business_corporation")], id="inc")
    of = attrs.evolve(PROMISE, counts=("ca-qc/nonprofit-body",))
    known, unknown = (
        ask(of, [bought("12000", supplier=company, day=day)], NONE, on=date(2025, 6, 2)) for day in (date(2013, 1, 1), UNKNOWN)
    )
    assert (known.counted_share, unknown.counted_share) == (NOTHING, OPEN)


def test_what_two_others_report_is_not_the_citys() -> None:
    found = here(*(bought("12000", buyer=f"ca-qc/{other}", id="x") for other in ("brossard", "boucherville")))
    assert (found.contracts, flagged(found)["other_buyer"]) == ((), (0, 1))
