"""What opens each lever in one tender, by hand: the day and the day before, the amount and the cent below it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from procurelib import assess, cities
from procurelib.errors import InputError, InputTypeError, NotYetInForce
from procurelib.models import ByLaw, City, Lot, Tender
from procurelib.models.enterprise import Accreditation, Award, Enterprise, Evidence, LegalForm, Measure
from procurelib.money import Money, MoneyRange
from procurelib.social.lever import Lever, levers
from procurelib.unknown import UNKNOWN

ONE_DAY = timedelta(days=1)
LONGUEUIL, RENNES = cities["ca-qc/longueuil"].with_bylaw(None), cities["fr/rennes"]
BOTH = {"available", "conditional"}

PRINCIPLES = [
    Evidence(f"ca-qc/social-economy-{one}", True, source="by-laws")
    for one in ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
]
NONPROFIT = Enterprise(
    name="Les Ateliers",
    country="CA",
    forms=[LegalForm("nonprofit_corporation")],
    evidence=[*PRINCIPLES, Evidence("ca-qc/nonprofit-body-form", True, source="letters patent")],
)
COOPERATIVE = Enterprise(
    name="La Coop",
    country="CA",
    forms=[LegalForm("solidarity_cooperative")],
    evidence=[*PRINCIPLES, Evidence("ca-qc/cooperative-no-rebate", True, source="articles")],
    accreditations=[Accreditation("ca-qc/cooperative-designation", start=date(2018, 4, 19))],
)
COMPANY = Enterprise(name="Gestion inc.", country="CA", forms=[LegalForm("business_corporation")])
ASSOCIATION = Enterprise(
    name="La Ressourcerie",
    country="FR",
    forms=[LegalForm("association")],
    accreditations=[Accreditation("fr/siae-aci", start=date(2010, 1, 1))],
    evidence=[
        *(Evidence(f"fr/ess-{one}", True, source="statutes") for one in ("purpose", "governance", "management")),
        Evidence("fr/reserved-ess", True, source="statutes"),
    ],
    measures=[Measure("disadvantaged", "50", source="report")],
    awards_complete_for=["fr/rennes", "fr/rennes-metropole"],
)


def quebec(value: str | MoneyRange | None, on: date, category: str = "services", **more: Any) -> Tender:
    tax = more.pop("tax", "net")
    amount: Any = UNKNOWN if value is None else Money(value, "CAD", tax=tax) if isinstance(value, str) else value
    return Tender(buyer=more.pop("buyer", LONGUEUIL), category=category, value=amount, launched=on, **more)


def french(value: str | None, on: date, category: str = "services", **more: Any) -> Tender:
    amount: Any = UNKNOWN if value is None else euros(value)
    return Tender(buyer=more.pop("buyer", RENNES), category=category, value=amount, launched=on, **more)


def euros(amount: str) -> Money:
    return Money(amount, "EUR", tax="excluded")


def lever(id: str, tender: Tender, supplier: Enterprise | None = None) -> Lever:
    (found,) = [one for one in levers(tender, supplier) if one.id == id]
    return found


def status(id: str, tender: Tender, supplier: Enterprise | None = None) -> str:
    return lever(id, tender, supplier).status


def around(id: str, make: Any, on: date, supplier: Enterprise | None = None) -> tuple[str, str]:
    """The statuses on the day before and on the day."""
    return status(id, make(on - ONE_DAY), supplier), status(id, make(on), supplier)


def said(found: Lever) -> str:
    return " ".join(condition.en for condition in found.conditions)


# --- Québec: below the threshold --------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", [date(2013, 1, 1), date(2018, 4, 19), date(2025, 3, 3), date(2026, 4, 1)])
@pytest.mark.parametrize("category", ["goods", "services", "works", "professional_services", "insurance"])
def test_a_direct_award_is_open_below_25_000(on: date, category: str) -> None:
    below, at = (lever("ca-qc/direct-award", quebec(value, on, category)) for value in ("24999.99", "25000.00"))
    assert (below.status, at.status) == ("available", "barred")
    assert [limit.value for limit in below.limits] == [Money("25000", "CAD", tax="net")]
    assert below.effect == "exempts"
    assert assess(quebec("24999.99", on, category)).procedure.value == "direct"


def test_a_direct_award_waits_for_the_amount() -> None:
    found = lever("ca-qc/direct-award", quebec(None, date(2025, 3, 3)))
    assert (found.status, found.missing) == ("unknown", ("value",))
    over = MoneyRange(Money("24999.99", "CAD", tax="net"), Money("25000", "CAD", tax="net"))
    assert status("ca-qc/direct-award", quebec(over, date(2025, 3, 3))) == "unknown"


def test_a_direct_award_says_what_it_waits_for_when_the_procedure_is_settled_without_it() -> None:
    claimed = lever("ca-qc/direct-award", quebec(None, date(2025, 3, 3), grounds={"ca-qc/emergency"}))
    assert (claimed.status, claimed.missing) == ("unknown", ("value",))
    untaxed = lever("ca-qc/direct-award", quebec("24000", date(2025, 3, 3), "insurance", tax="excluded"))
    assert untaxed.status == "unknown"
    assert untaxed.gaps


def with_rule(amount: str, on: date = date(2018, 1, 1)) -> City:
    return cities["ca-qc/longueuil"].with_bylaw(ByLaw(on, {"services": Money(amount, "CAD", tax="net")}))


def test_a_bylaw_opens_a_direct_award_from_the_floor_to_its_own_ceiling() -> None:
    buyer, on = with_rule("80000"), date(2025, 3, 3)
    amounts = ("24999.99", "25000", "79999.99", "80000")
    found = [status("ca-qc/bylaw-direct", quebec(amount, on, buyer=buyer)) for amount in amounts]
    assert found == ["barred", "available", "available", "barred"]
    assert "Below the floor" in said(lever("ca-qc/bylaw-direct", quebec("24999.99", on, buyer=buyer)))
    # The by-law names services and nothing else; a city without rules has none.
    assert status("ca-qc/bylaw-direct", quebec("50000", on, "goods", buyer=buyer)) == "barred"
    assert status("ca-qc/bylaw-direct", quebec("50000", on)) == "barred"


def test_a_bylaw_that_is_not_known_decides() -> None:
    found = lever("ca-qc/bylaw-direct", quebec("50000", date(2025, 3, 3), buyer=cities["ca-qc/longueuil"]))
    assert (found.status, found.missing) == ("unknown", ("bylaw",))
    assert "rotation" in said(found)


def test_a_bylaw_rule_exists_since_2018() -> None:
    def make(on: date) -> Tender:
        return quebec("50000", on, buyer=with_rule("80000"))

    assert around("ca-qc/bylaw-direct", make, date(2018, 1, 1)) == ("barred", "available")


@pytest.mark.parametrize(
    ("on", "threshold"),
    [(date(2018, 4, 18), "100000"), (date(2018, 4, 19), "101100"), (date(2023, 1, 1), "121200"), (date(2025, 1, 1), "133800")],
)
def test_the_firms_invited_are_chosen_below_the_threshold(on: date, threshold: str) -> None:
    below = Money(threshold, "CAD", tax="net").amount - Money("0.01", "CAD", tax="net").amount
    found = lever("ca-qc/invitation-lists", quebec(str(below), on))
    assert (found.status, found.effect) == ("available", "invites")
    assert [limit.value for limit in found.limits] == [Money(threshold, "CAD", tax="net")]
    assert status("ca-qc/invitation-lists", quebec(threshold, on)) == "barred"
    if on.year < 2026:
        assert status("ca-qc/invitation-lists", quebec(str(below), date(2026, 4, 1))) == "unknown"


@pytest.mark.parametrize("id", ["ca-qc/price-requests", "ca-qc/bylaw-social-margin", "ca-qc/invitation-lists"])
def test_what_holds_below_the_threshold_is_not_opened_by_a_ground_above_it(id: str) -> None:
    above = quebec("500000", date(2025, 3, 3), grounds={"ca-qc/emergency"})
    assert status(id, above) == "barred"


def test_price_requests_where_a_direct_contract_is_allowed() -> None:
    on = date(2025, 3, 3)
    assert status("ca-qc/price-requests", quebec("24999.99", on)) == "available"
    assert status("ca-qc/price-requests", quebec("25000", on)) == "barred"
    assert status("ca-qc/price-requests", quebec("50000", on, buyer=with_rule("80000"))) == "available"
    assert lever("ca-qc/price-requests", quebec("50000", on, buyer=cities["ca-qc/longueuil"])).missing == ("bylaw",)


def test_the_margin_of_a_bylaw_is_for_direct_contracts_since_2018() -> None:
    def make(on: date) -> Tender:
        return quebec("20000", on)

    id = "ca-qc/bylaw-social-margin"
    assert around(id, make, date(2018, 1, 1), NONPROFIT) == ("barred", "conditional")
    assert status(id, quebec("50000", date(2025, 3, 3)), NONPROFIT) == "barred"
    assert status(id, quebec("50000", date(2025, 3, 3), buyer=with_rule("80000")), NONPROFIT) == "conditional"
    assert status(id, make(date(2025, 3, 3)), COMPANY) == "barred"
    found = lever(id, make(date(2025, 3, 3)), NONPROFIT)
    assert len(found.conditions) == 1  # the by-law has to allow it; the enterprise is known to be one
    assert found.scheme == "ca-qc/E-1.1.1"


# --- Québec: Longueuil's own preference -------------------------------------------------------------------------------

PREFERENCE = "ca-qc/longueuil-preference"


def test_longueuil_below_10_000_in_2020() -> None:
    on = date(2020, 6, 1)
    for tax in ("net", "excluded", "included"):
        assert status(PREFERENCE, quebec("8000", on, tax=tax)) == "conditional"
        assert status(PREFERENCE, quebec("9999.99", on, tax=tax)) != "barred"
        assert status(PREFERENCE, quebec("12000", on, tax=tax)) in ("barred", "unknown")
    assert status(PREFERENCE, quebec("12000", on)) == "barred"
    found = lever(PREFERENCE, quebec("8000", on))
    assert found.limits[0].value == Money("10000", "CAD", tax="excluded")
    assert str(found.limits[1].value) == "5"
    assert "agglomeration" in said(found)


def test_longueuil_the_ceiling_of_10_000_holds_on_any_basis_of_tax() -> None:
    """The policy states no basis: an amount is below when it is so with every tax, and above when it is so without any."""
    on = date(2020, 6, 1)
    assert status(PREFERENCE, quebec("9999.99", on, tax="included")) == "conditional"
    assert status(PREFERENCE, quebec("10000", on, tax="excluded")) == "barred"
    assert status(PREFERENCE, quebec("9999.99", on, tax="excluded")) == "unknown"
    assert status(PREFERENCE, quebec("10000", on, tax="included")) == "unknown"


@pytest.mark.parametrize(("on", "ceiling"), [(date(2020, 6, 1), 10_000), (date(2021, 6, 29), 25_000)])
def test_longueuil_what_is_never_below_or_never_above(on: date, ceiling: int) -> None:
    assert status(PREFERENCE, quebec(str(ceiling - 1), on)) != "barred"
    assert status(PREFERENCE, quebec(str(ceiling), on)) not in BOTH
    assert status(PREFERENCE, quebec(f"{ceiling * 0.86:.2f}", on)) == "conditional"
    assert status(PREFERENCE, quebec(f"{ceiling * 1.16:.2f}", on)) == "barred"


def test_longueuil_25_000_since_june_2021() -> None:
    assert status(PREFERENCE, quebec("20000", date(2021, 5, 31))) == "barred"
    assert status(PREFERENCE, quebec("20000", date(2021, 6, 28))) not in BOTH
    assert status(PREFERENCE, quebec("20000", date(2021, 6, 29))) == "conditional"
    assert lever(PREFERENCE, quebec("20000", date(2021, 6, 29))).limits[0].value == Money("25000", "CAD", tax="excluded")
    assert status(PREFERENCE, quebec("20000", date(2026, 10, 1))) == "conditional"


def test_longueuil_not_before_april_2019() -> None:
    assert status(PREFERENCE, quebec("5000", date(2019, 3, 31))) == "barred"
    assert status(PREFERENCE, quebec("5000", date(2019, 4, 10))) not in BOTH
    assert status(PREFERENCE, quebec("5000", date(2019, 4, 11))) == "conditional"


def test_longueuil_and_its_agglomeration_and_nobody_else() -> None:
    on = date(2024, 6, 1)
    for id, expected in (
        ("ca-qc/longueuil", "conditional"),
        ("ca-qc/agglomeration-longueuil", "conditional"),
        ("ca-qc/brossard", "barred"),
        ("ca-qc/boucherville", "barred"),
    ):
        assert status(PREFERENCE, quebec("5000", on, buyer=cities[id].with_bylaw(None))) == expected
    assert "City of Longueuil" in said(lever(PREFERENCE, quebec("5000", on, buyer=cities["ca-qc/brossard"])))


def test_longueuil_for_a_social_economy_enterprise() -> None:
    tender = quebec("5000", date(2024, 6, 1))
    assert status(PREFERENCE, tender, NONPROFIT) == "conditional"
    assert status(PREFERENCE, tender, COMPANY) == "barred"
    unknown = lever(PREFERENCE, tender, Enterprise(name="X", country="CA"))
    assert unknown.status == "conditional"
    assert unknown.missing


# --- Québec: non-profit bodies and the designated cooperative ---------------------------------------------------------

OTHER = {"service": "hr_arbitration_mediation"}


def test_a_nonprofit_body_needs_no_ground_below_the_floor() -> None:
    on = date(2024, 6, 1)
    below, at = (lever("ca-qc/nonprofit-body", quebec(value, on, **OTHER), NONPROFIT) for value in ("24999.99", "25000"))
    assert (below.status, at.status) == ("available", "available")
    assert ["Below the floor" in notice.en for notice in below.notices] == [True]
    assert at.notices == ()


def test_a_ground_above_the_floor_is_not_said_to_be_below_it() -> None:
    found = lever("ca-qc/nonprofit-body", quebec("50000", date(2024, 6, 1), buyer=with_rule("80000"), **OTHER), NONPROFIT)
    assert found.status == "available"
    assert [notice.en for notice in found.notices] == ["A direct contract is allowed without it."]


def test_a_nonprofit_body_for_services_and_insurance_only() -> None:
    for on in (date(2015, 6, 1), date(2024, 6, 1)):
        assert status("ca-qc/nonprofit-body", quebec("900000", on, **OTHER), NONPROFIT) == "available"
        assert status("ca-qc/nonprofit-body", quebec("50000", on, "insurance"), NONPROFIT) == "available"
        for category in ("goods", "works", "other_works"):
            assert status("ca-qc/nonprofit-body", quebec("50000", on, category), NONPROFIT) == "barred"


def test_listed_services_leave_the_general_exception_in_2018() -> None:
    def make(on: date) -> Tender:
        return quebec("90000", on, service="computer")

    assert around("ca-qc/nonprofit-body", make, date(2018, 4, 19), NONPROFIT) == ("available", "barred")
    assert around("ca-qc/nonprofit-listed-services", make, date(2018, 4, 19), NONPROFIT) == ("barred", "available")


@pytest.mark.parametrize(
    ("on", "ceiling"),
    [
        (date(2018, 4, 19), "365700"),
        (date(2022, 10, 7), "366800"),
        (date(2024, 1, 1), "353300"),
        (date(2026, 1, 1), "368000"),
        (date(2026, 4, 1), "368000"),
    ],
)
def test_listed_services_below_the_ceiling(on: date, ceiling: str) -> None:
    below = Money(ceiling, "CAD", tax="net").amount - Money("0.01", "CAD", tax="net").amount
    id = "ca-qc/nonprofit-listed-services"
    # What a non-profit body is under the LCOM has not been read.
    expected = "available" if on < date(2026, 4, 1) else "conditional"
    assert status(id, quebec(str(below), on, service="computer"), NONPROFIT) == expected
    assert status(id, quebec(ceiling, on, service="computer"), NONPROFIT) == "barred"
    assert status(id, quebec(str(below), on, **OTHER), NONPROFIT) == "barred"


def test_goods_of_a_nonprofit_body_since_the_lcom_below_the_amount_of_ceta() -> None:
    def make(on: date) -> Tender:
        return quebec("50000", on, "goods")

    id = "ca-qc/nonprofit-goods"
    assert around(id, make, date(2026, 4, 1), NONPROFIT) == ("barred", "conditional")
    assert [gap.id for gap in lever(id, make(date(2026, 4, 1)), NONPROFIT).gaps] == ["ca-qc/nonprofit-body-form"]
    assert "did not exist yet" in said(lever(id, make(date(2026, 3, 31))))
    below, at = (lever(id, quebec(value, date(2026, 4, 1), "goods"), NONPROFIT) for value in ("367999.99", "368000"))
    assert (below.status, at.status) == ("conditional", "barred")
    assert [limit.value for limit in below.limits] == [Money("368000", "CAD", tax="net")]
    assert status(id, quebec("50000", date(2026, 4, 1)), NONPROFIT) == "barred"


def test_ceta_is_noticed_where_the_act_exempts_all_the_same() -> None:
    """CETA, since 21 September 2017, has no exception for non-profit bodies; the Act then exempted services it covers."""
    on = date(2017, 9, 21)
    below, at = (
        lever("ca-qc/nonprofit-body", quebec(value, on, service="computer"), NONPROFIT) for value in ("340599.99", "340600")
    )
    assert (below.status, below.notices) == ("available", ())
    assert at.status == "available"
    assert "CETA" in at.notices[0].en
    assert lever("ca-qc/nonprofit-body", quebec("340600", on - ONE_DAY, service="computer"), NONPROFIT).notices == ()
    # Services that CETA does not list are not covered at any amount.
    assert lever("ca-qc/nonprofit-body", quebec("900000", date(2024, 6, 1), **OTHER), NONPROFIT).notices == ()


def test_the_designated_cooperative_since_2018() -> None:
    def make(on: date) -> Tender:
        return quebec("900000", on, service="computer")

    id = "ca-qc/qualified-solidarity-cooperative"
    assert around(id, make, date(2018, 4, 19), COOPERATIVE) == ("barred", "available")
    assert status(id, quebec("900000", date(2024, 6, 1), "goods"), COOPERATIVE) == "barred"
    assert status(id, make(date(2024, 6, 1)), NONPROFIT) == "barred"
    assert status("ca-qc/nonprofit-body", quebec("900000", date(2024, 6, 1), **OTHER), COOPERATIVE) == "conditional"
    ordinary = Enterprise(name="C", country="CA", forms=[LegalForm("cooperative")], accreditations_complete=True)
    assert status(id, make(date(2024, 6, 1)), ordinary) == "barred"


def test_residual_materials_are_excluded_and_then_open() -> None:
    def make(on: date) -> Tender:
        return quebec("90000", on, service="residual_materials")

    assert around("ca-qc/nonprofit-body", make, date(2026, 4, 1), NONPROFIT) == ("barred", "unknown")
    found = lever("ca-qc/nonprofit-body", make(date(2026, 4, 1)), NONPROFIT)
    assert "ca-qc/nonprofit-residual-materials" in [gap.id for gap in found.gaps]


def test_what_the_supplier_is_settles_what_the_tender_leaves_open() -> None:
    tender = quebec("90000", date(2024, 6, 1))  # the kind of service is not known
    assert lever("ca-qc/nonprofit-body", tender).missing == ("service",)
    assert status("ca-qc/nonprofit-body", tender, COMPANY) == "barred"


def test_without_a_supplier_a_lever_for_some_is_conditional() -> None:
    found = lever("ca-qc/nonprofit-body", quebec("90000", date(2024, 6, 1), **OTHER))
    assert (found.status, found.scheme) == ("conditional", "ca-qc/nonprofit-body")
    assert "has to qualify for: Non-profit body" in said(found)


# --- Québec: what preferences and policies add ------------------------------------------------------------------------


def test_the_quebec_preference_from_june_2021_to_june_2024() -> None:
    def make(on: date) -> Tender:
        return quebec("50000", on)

    assert around("ca-qc/quebec-preference-duty", make, date(2021, 6, 25)) == ("barred", "conditional")
    assert around("ca-qc/quebec-preference-duty", make, date(2024, 6, 25)) == ("conditional", "unknown")
    at_threshold = (status("ca-qc/quebec-preference-duty", quebec(v, date(2022, 12, 1))) for v in ("121199.99", "121200"))
    assert tuple(at_threshold) == ("conditional", "barred")
    unknown = lever("ca-qc/quebec-preference-duty", quebec(None, date(2022, 12, 1)))
    assert (unknown.status, unknown.missing) == ("unknown", ("value",))


def test_canadian_provenance_in_public_calls() -> None:
    id = "ca-qc/canadian-provenance"
    assert around(id, lambda on: quebec("200000", on, "goods"), date(2021, 9, 29)) == ("barred", "available")
    assert around(id, lambda on: quebec("200000", on, "goods"), date(2026, 4, 1)) == ("available", "unknown")
    assert tuple(status(id, quebec(v, date(2024, 6, 1), "goods")) for v in ("353299.99", "353300")) == ("available", "barred")
    assert status(id, quebec("50000", date(2024, 6, 1), "goods")) == "barred"


def test_a_policy_of_responsible_procurement() -> None:
    id = "ca-qc/responsible-procurement-policy"
    assert around(id, lambda on: quebec("50000", on), date(2013, 5, 28)) == ("barred", "conditional")
    assert around(id, lambda on: quebec("50000", on), date(2026, 4, 1)) == ("conditional", "unknown")


@pytest.mark.parametrize("id", ["ca-qc/reserved-contracts", "ca-qc/performance-clauses", "ca-qc/lots-quebec"])
@pytest.mark.parametrize("on", [date(2013, 1, 1), date(2026, 10, 1)])
def test_what_no_text_was_found_on_is_unknown(id: str, on: date) -> None:
    found = lever(id, quebec("50000", on))
    assert found.status == "unknown"
    assert [gap.id for gap in found.gaps] == [id]


def test_criteria_tied_to_the_contract() -> None:
    public = quebec("200000", date(2025, 3, 3), "goods")
    found = lever("ca-qc/tied-criteria", public)
    assert (found.status, found.effect) == ("conditional", "weighs")
    assert "tied directly" in said(found)
    assert status("ca-qc/tied-criteria", quebec("20000", date(2025, 3, 3), "goods")) == "barred"
    assert status("ca-qc/tied-criteria", public.replace(launched=date(2026, 4, 1))) == "unknown"
    # Whether tenders may be weighted after an invitation has not been read: the lowest price is the only sure method.
    invited = lever("ca-qc/tied-criteria", quebec("50000", date(2025, 3, 3), "goods"))
    assert (invited.status, [gap.id for gap in invited.gaps]) == ("unknown", ["ca-qc/award-invitation"])


# --- France: reservations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("fr/reserved-insertion", date(2016, 4, 1)),
        ("fr/reserved-both", date(2020, 12, 9)),
        ("fr/reserved-prison", date(2023, 1, 1)),
    ],
)
def test_each_reservation_from_its_own_day(id: str, first: date) -> None:
    assert around(id, lambda on: french("50000", on), first) == ("barred", "conditional")
    assert "did not exist yet" in said(lever(id, french("50000", first - ONE_DAY)))
    assert lever(id, french("50000", first)).effect == "reserves"


def test_the_reservation_for_disability_has_always_been_there() -> None:
    for on in (date(2013, 1, 1), date(2016, 3, 31), date(2016, 4, 1), date(2026, 10, 1)):
        assert status("fr/reserved-disability", french("50000", on)) == "conditional"


def test_a_reservation_is_for_those_it_is_for() -> None:
    on = date(2024, 5, 1)
    assert status("fr/reserved-insertion", french("50000", on), ASSOCIATION) == "conditional"
    assert len(lever("fr/reserved-insertion", french("50000", on), ASSOCIATION).conditions) == 1
    both = lever("fr/reserved-both", french("50000", on), ASSOCIATION)
    assert (both.status, both.scheme) == ("conditional", "fr/reserved-insertion")
    for share, expected in (("49.99", "barred"), ("50", "conditional")):
        other = Enterprise(
            name="X",
            country="FR",
            accreditations=[Accreditation("fr/esat", start=date(2010, 1, 1))],
            measures=[Measure("disabled", share, source="report")],
        )
        assert status("fr/reserved-disability", french("50000", on), other) == expected


def ess(on: date = date(2024, 5, 1), code: str | None = "85310000", **more: Any) -> Tender:
    more.setdefault("category", "social_services")
    more.setdefault("duration", 36)
    return french("300000", on, classification=UNKNOWN if code is None else f"cpv:{code}", **more)


def test_the_reservation_for_the_social_economy_since_2016() -> None:
    assert around("fr/reserved-ess", ess, date(2016, 4, 1)) == ("barred", "conditional")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((code, "conditional") for code in ("75121000", "79625000", "80110000", "92600000", "98133000", "98133110")),
        *((code, "conditional") for code in ("85000000", "85310000", "85322000", "85323000")),
        *((code, "barred") for code in ("45112100", "75120000", "84999999", "85324000", "79623000", "98134000")),
        # Narrower than a code of the list: whether that covers them has not been read.
        *((code, "unknown") for code in ("80111000", "85323100", "98133100", "92610000")),
        (None, "unknown"),
    ],
)
def test_the_reservation_for_the_social_economy_by_code(code: str | None, expected: str) -> None:
    found = lever("fr/reserved-ess", ess(code=code))
    assert found.status == expected
    assert found.missing == (("classification",) if expected == "unknown" else ())


def test_the_reservation_for_the_social_economy_lasts_three_years_at_most() -> None:
    assert [status("fr/reserved-ess", ess(duration=months)) for months in (1, 36, 37)] == ["conditional"] * 2 + ["barred"]
    assert "longer" in said(lever("fr/reserved-ess", ess(duration=37)))
    known, open_ = lever("fr/reserved-ess", ess()), lever("fr/reserved-ess", ess(duration=UNKNOWN))
    assert len(open_.conditions) == len(known.conditions) + 1
    assert "within the limit" in said(open_)
    assert [limit.value for limit in known.limits] == [3]


def test_the_reservation_for_the_social_economy_by_an_authority_and_for_services() -> None:
    assert status("fr/reserved-ess", ess(utility=True)) == "barred"
    assert "contracting entity" in said(lever("fr/reserved-ess", ess(utility=True)))
    for category, expected in (("services", "conditional"), ("goods", "barred"), ("works", "barred"), ("insurance", "barred")):
        assert status("fr/reserved-ess", ess(category=category)) == expected


def test_the_reservation_for_the_social_economy_and_its_supplier() -> None:
    on = date(2024, 5, 1)
    assert lever("fr/reserved-ess", ess(), ASSOCIATION).conditions == lever("fr/reserved-ess", ess()).conditions[:1]
    for day, expected in ((date(2021, 5, 1), "barred"), (date(2021, 4, 30), "conditional")):
        won = Award("fr/rennes", day, reserved="fr/reserved-ess")
        supplier = Enterprise(
            name="X",
            country="FR",
            forms=ASSOCIATION.forms,
            evidence=ASSOCIATION.evidence,
            awards=[won],
            awards_complete_for=["fr/rennes", "fr/rennes-metropole"],
        )
        assert status("fr/reserved-ess", ess(on), supplier) == expected
        assert status("fr/reserved-ess", ess(on, buyer=cities["fr/rennes-metropole"]), supplier) == "conditional"


# --- France: procedures and lots --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "category", "ceiling"),
    [
        (date(2015, 9, 30), "services", 15_000),
        (date(2015, 10, 1), "services", 25_000),
        (date(2020, 1, 1), "goods", 40_000),
        (date(2026, 3, 31), "goods", 40_000),
        (date(2026, 4, 1), "goods", 60_000),
        (date(2023, 1, 1), "works", 100_000),
        (date(2023, 1, 1), "other_works", 100_000),
    ],
)
def test_a_direct_award_in_france_below_the_ceiling(on: date, category: str, ceiling: int) -> None:
    below, at = french(f"{ceiling - 1}.99", on, category), french(str(ceiling), on, category)
    assert (status("fr/direct-award", below), status("fr/direct-award", at)) == ("available", "barred")
    adapted = [lever("fr/adapted-procedure", one) for one in (below, at)]
    assert [one.status for one in adapted] == ["available", "available"]  # what is not due is allowed all the same
    assert ["less is allowed" in " ".join(n.en for n in one.notices) for one in adapted] == [True, False]
    assert [limit.value for limit in lever("fr/direct-award", below).limits] == [euros(str(ceiling))]


def test_an_adapted_procedure_below_the_european_threshold() -> None:
    on = date(2024, 5, 1)
    for value, expected in (("220999.99", "available"), ("221000", "barred")):
        assert status("fr/adapted-procedure", french(value, on)) == expected
    for value, expected in (("5537999.99", "available"), ("5538000", "barred")):
        assert status("fr/adapted-procedure", french(value, on, "works")) == expected
    assert lever("fr/adapted-procedure", french(None, on)).missing == ("value",)


@pytest.mark.parametrize(
    ("id", "tender"),
    [
        ("fr/adapted-procedure", french("300000", date(2024, 5, 1), utility=True)),
        ("fr/adapted-procedure", french("3000000", date(2024, 5, 1), "social_services")),
        ("fr/direct-award", french("18000", date(2014, 5, 1), utility=True)),
    ],
)
def test_the_amount_shown_is_the_one_the_contract_is_below(id: str, tender: Tender) -> None:
    found = lever(id, tender)
    assert found.status == "available"
    assert all(tender.value < limit.value for limit in found.limits)  # type: ignore[operator]


def lots(*amounts: str, small: str | None = None) -> tuple[Lot, ...]:
    own = (Lot(euros(small), small=True),) if small else ()
    return (*own, *(Lot(euros(amount)) for amount in amounts))


def test_small_lots_leave_the_formal_procedure() -> None:
    def found(value: str | None, *parts: Lot, category: str = "services") -> str:
        return status("fr/small-lot", french(value, date(2024, 5, 1), category, lots=parts))

    # Below 80 000, and a fifth of all the lots at most.
    assert found("500000", *lots("420000.01", small="79999.99")) == "available"
    assert found("500000", *lots("420000", small="80000")) == "barred"
    assert found("300000", *lots("240000", small="60000")) == "available"
    assert found("300000", *lots("239999.99", small="60000.01")) == "barred"
    assert found("9000000", *lots("8000000.01", small="999999.99"), category="works") == "available"
    assert found("9000000", *lots("8000000", small="1000000"), category="works") == "barred"
    # Without a claim it is left to the buyer; without lots, or below the threshold, there is nothing to leave.
    assert found("500000", *lots("250000", "250000")) == "conditional"
    assert found("500000") == "barred"
    assert found("100000", *lots("90000", small="10000")) == "barred"


def test_small_lots_of_a_contract_whose_value_is_not_known() -> None:
    tender = french(None, date(2024, 5, 1), lots=lots("90000", small="10000"))
    assert status("fr/small-lot", tender) in ("conditional", "unknown")
    assert status("fr/small-lot", tender.replace(value=euros("100000"))) == "barred"


# --- France: preferences, clauses, Rennes -----------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["fr/quarter-preference", "fr/equal-offers-preference"])
def test_the_preferences_of_the_code_of_2006_until_march_2016(id: str) -> None:
    assert around(id, lambda on: french("50000", on), date(2016, 4, 1)) == ("conditional", "barred")
    assert "no longer in force" in said(lever(id, french("50000", date(2016, 4, 1))))
    assert status(id, french("50000", date(2013, 1, 1))) == "conditional"
    assert lever(id, french("50000", date(2013, 1, 1))).effect == "prefers"


def test_clauses_criteria_labels_and_lots() -> None:
    assert around("fr/labels", lambda on: french("50000", on), date(2016, 4, 1)) == ("barred", "conditional")
    for id, expected, effect in (
        ("fr/performance-clause", "conditional", "requires"),
        ("fr/social-criterion", "conditional", "weighs"),
        ("fr/lots-rule", "available", "invites"),
    ):
        for on in (date(2013, 1, 1), date(2026, 10, 1)):
            assert (status(id, french("50000", on)), lever(id, french("50000", on)).effect) == (expected, effect)


def test_a_contract_whose_subject_is_integration() -> None:
    on = date(2024, 5, 1)
    for category, expected in (
        ("services", "conditional"),
        ("social_services", "conditional"),
        ("goods", "barred"),
        ("works", "barred"),
    ):
        assert status("fr/insertion-services", french("500000", on, category)) == expected


@pytest.mark.parametrize(("id", "voted"), [("fr/rennes", date(2018, 4, 16)), ("fr/rennes-metropole", date(2018, 5, 17))])
def test_rennes_consults_from_the_day_each_of_the_two_voted(id: str, voted: date) -> None:
    def make(on: date) -> Tender:
        return french("50000", on, buyer=cities[id])

    assert around("fr/systematic-consultation", make, voted) == ("barred", "conditional")


def test_nobody_else_consults_by_the_scheme_of_rennes() -> None:
    other = City(id="fr/nantes", name="Nantes")
    found = lever("fr/systematic-consultation", french("50000", date(2024, 5, 1), buyer=other))
    assert found.status == "barred"
    assert "Rennes" in said(found)


def test_a_purchasing_scheme_says_whether_the_buyer_has_one() -> None:
    before = lever("fr/purchasing-scheme", french("50000", date(2018, 4, 15)))
    after = lever("fr/purchasing-scheme", french("50000", date(2018, 4, 16)))
    assert (before.status, after.status) == ("conditional", "conditional")
    assert "adopted a scheme" in said(before)
    assert "has not been read" in said(after)


# --- suppliers, order and errors --------------------------------------------------------------------------------------


def test_a_supplier_of_another_country_is_given_no_lever_that_is_for_some() -> None:
    found = lever("fr/reserved-insertion", french("50000", date(2024, 5, 1)), NONPROFIT)
    assert (found.status, said(found)) == ("barred", "The supplier is of another country.")
    found = lever("ca-qc/nonprofit-body", quebec("90000", date(2024, 6, 1), **OTHER), ASSOCIATION)
    assert (found.status, said(found)) == ("barred", "The supplier is of another country.")
    assert status("fr/lots-rule", french("50000", date(2024, 5, 1)), NONPROFIT) == "available"


def test_the_most_open_come_first() -> None:
    found = levers(quebec("20000", date(2025, 3, 3)))
    assert [one.id for one in found][:4] == [
        "ca-qc/direct-award",
        "ca-qc/invitation-lists",
        "ca-qc/price-requests",
        "ca-qc/bylaw-social-margin",
    ]
    statuses = [one.status for one in found]
    assert list(dict.fromkeys(statuses)) == ["available", "conditional", "unknown", "barred"]


@pytest.mark.parametrize("category", ["outside", "concession"])
def test_what_is_no_contract_of_the_law_has_no_lever(category: str) -> None:
    assert levers(quebec("50000", date(2024, 6, 1), category)) == ()
    assert levers(french("50000", date(2024, 6, 1), category)) == ()


def test_what_is_no_tender_and_no_supplier_is_refused() -> None:
    tender = quebec("50000", date(2024, 6, 1))
    with pytest.raises(InputTypeError, match="Tender"):
        levers("a tender")  # type: ignore[arg-type]
    with pytest.raises(InputTypeError, match="supplier") as caught:
        levers(tender, "a supplier")  # type: ignore[arg-type]
    assert [fault.path for fault in caught.value.faults] == ["supplier"]
    with pytest.raises(InputTypeError, match="supplier"):
        levers(tender, LONGUEUIL)  # type: ignore[arg-type]
    with pytest.raises(InputTypeError):
        levers(NONPROFIT, NONPROFIT)  # type: ignore[arg-type]


def test_a_buyer_of_another_country_cannot_be_made() -> None:
    with pytest.raises(InputError):
        City(id="be/namur", name="Namur")


def test_a_day_before_the_law_covered_is_refused() -> None:
    with pytest.raises(NotYetInForce):
        levers(quebec("50000", date(2012, 12, 31)))
