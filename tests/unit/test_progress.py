"""Progress at its boundaries: the cent, the day, the tax, and every flaw of a ledger, each by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest

from procurelib.calendars.periods import ReportingPeriod, reporting_periods
from procurelib.citations import Text
from procurelib.errors import InputError, UnknownId
from procurelib.models.commitment import Commitment, ReportedFigure
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Award, Enterprise, Evidence, LegalForm, Measure
from procurelib.models.purchase import Purchase
from procurelib.money import Money, MoneyRange
from procurelib.promises.bounds import Bounds
from procurelib.promises.progress import Progress, progress
from procurelib.unknown import UNKNOWN

ACT = "ca-qc/E-1.1.1"
MARK = "social_element"
A, B, C = "ca-qc/longueuil", "ca-qc/brossard", "ca-qc/saint-lambert"
ONE_DAY = timedelta(days=1)
TURN = date(2015, 6, 1)
PRINCIPLES = [
    Evidence(f"ca-qc/social-economy-{one}", True, source="by-laws")
    for one in ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
]
COOP = Enterprise(name="Coop", country="CA", forms=[LegalForm("cooperative")], evidence=PRINCIPLES, id="coop")
OTHER = attrs.evolve(COOP, name="Other", id="other")
INC = Enterprise(name="Inc.", country="CA", forms=[LegalForm("business_corporation")], id="inc")
MAYBE = Enterprise(name="OBNL", country="CA", forms=[LegalForm("nonprofit_corporation")], id="maybe")
BECAME = attrs.evolve(COOP, name="Became", id="became", evidence=[attrs.evolve(one, start=TURN) for one in PRINCIPLES])
DAY = date(2015, 7, 1)
ALL_YEARS = reporting_periods("year", date(2013, 1, 1), until=date(2017, 1, 1))
YEARS = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
LATER = date(2017, 6, 1)


def money(amount: str, tax: Any = "net", currency: Any = "CAD") -> Money:
    return Money(amount, currency, tax=tax)


def bought(amount: Any = "100", tax: Any = "net", **rest: Any) -> Purchase:
    given = money(amount, tax) if isinstance(amount, str) else amount
    return Purchase(**{"buyer": A, "supplier": COOP, "amount": given, "day": DAY, "category": "goods", **rest})


def promise(metric: str | None = "amount", target: Any = None, **rest: Any) -> Commitment:
    known = {"verb": "buy", "counts": (ACT,), "source": "text", "confidence": "official", **rest}
    return Commitment(id="p", object=Text("les EES", "SSEs"), metric=metric, target=target, **known)


def ask(purchases: Any, *, of: Commitment | None = None, periods: Any = YEARS, on: date = LATER, **rest: Any) -> Progress:
    return progress(promise(target=money("1000")) if of is None else of, purchases, periods, on=on, **rest)


def ends(bounds: Any) -> tuple[Any, Any]:
    """Both ends as texts of digits or whole numbers."""
    return tuple(str(one.amount) if isinstance(one, Money) else one for one in (bounds.low, bounds.high))  # type: ignore[return-value]


def amount(purchases: Any, **rest: Any) -> tuple[Any, Any]:
    return ends(ask(purchases, **rest).cumulated.amount)


def flags(found: Progress) -> dict[str, tuple[int, ...]]:
    return {flag.code: flag.purchases for flag in found.flags}


def due(on: date = date(2015, 12, 31)) -> DayRange:
    return DayRange.on(on)


# --- the target -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "verdict", "reason"),
    [("999.99", "not_met", "not_reached"), ("1000", "met", "reached"), ("1000.01", "met", "reached")],
)
def test_a_target_is_reached_at_the_cent(paid: str, verdict: str, reason: str) -> None:
    found = ask([bought(paid)], of=promise(target=money("1000"), deadline=due()), complete=True)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.cumulated.reaches is (verdict == "met")


@pytest.mark.parametrize(("paid", "verdict"), [("999.99", "not_met"), ("1000", "not_met"), ("1000.01", "met")])
def test_a_baseline_has_to_be_passed(paid: str, verdict: str) -> None:
    increase = promise(verb="increase", baseline=money("1000"), deadline=due())
    assert ask([bought(paid)], of=increase, complete=True).verdict == verdict


@pytest.mark.parametrize(("metric", "target"), [("contracts", 2), ("suppliers", 2)])
def test_a_number_is_reached_one_by_one(metric: str, target: int) -> None:
    of = promise(metric, target, deadline=due())
    two = [bought(), bought(supplier=OTHER)]
    assert ask(two, of=of).verdict == "met"
    assert ask(two[:1], of=of, complete=True).verdict == "not_met"
    assert ask(two[:1], of=of).verdict == "open"
    assert ask([*two[:1], bought(supplier=INC)], of=of, complete=True).verdict == "not_met"
    assert ask([*two[:1], bought(supplier=MAYBE)], of=of, complete=True).verdict == "open"


@pytest.mark.parametrize(("rest", "verdict"), [("99.99", "met"), ("100", "met"), ("100.01", "not_met")])
def test_a_share_is_reached_at_the_cent(rest: str, verdict: str) -> None:
    of = promise("share_of_amount", "50", deadline=due())
    found = ask([bought("100"), bought(rest, supplier=INC)], of=of, complete=True)
    assert found.verdict == verdict
    assert ask([bought("100"), bought(rest, supplier=INC)], of=of).verdict == "open"


def test_a_share_of_contracts() -> None:
    of = promise("share_of_contracts", "50", deadline=due())
    found = ask([bought("1.01"), bought("5000", supplier=INC)], of=of, complete=True)
    assert (found.verdict, ends(found.cumulated.share_of_contracts)) == ("met", (Decimal(50), Decimal(50)))
    found = ask([bought(), bought(supplier=INC), bought("5", supplier=INC)], of=of, complete=True)
    assert (found.verdict, ends(found.cumulated.share_of_contracts)) == (
        "not_met",
        (Decimal("33.333333"), Decimal("33.333334")),
    )


def test_nothing_bought_is_no_share() -> None:
    found = ask([], of=promise("share_of_amount", "50", deadline=due()), complete=True)
    assert (found.cumulated.share, found.cumulated.share_of_contracts, found.verdict) == (None, None, "open")


def test_nothing_stated_is_no_verdict() -> None:
    for of in (promise(None), promise("amount"), promise("amount", baseline=money("5"))):
        found = ask([bought()], of=of, complete=True)
        assert (found.verdict, found.reason, found.cumulated.reaches) == ("not_stated", "not_stated", None)
        assert ends(found.cumulated.amount) == ("100", "100")


# --- the day ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "verdict", "reason"),
    [
        (date(2015, 12, 30), "open", "running"),
        (date(2015, 12, 31), "not_met", "not_reached"),
        (date(2016, 1, 1), "not_met", "not_reached"),
    ],
)
def test_nothing_is_missed_before_the_deadline_has_come(on: date, verdict: str, reason: str) -> None:
    of = promise(target=money("1000"), deadline=due())
    found = ask([bought()], of=of, on=on, complete=True)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert ask([bought()], of=of, on=on).verdict == "open"


def test_what_is_bought_after_the_deadline_comes_too_late() -> None:
    of = promise(target=money("1000"), deadline=due())
    on_the_day = [bought("400"), bought("600", day=date(2015, 12, 31))]
    a_day_late = [bought("400"), bought("600", day=date(2016, 1, 1))]
    assert ask(on_the_day, of=of, complete=True).verdict == "met"
    assert ask(a_day_late, of=of, complete=True).verdict == "not_met"
    assert ends(ask(a_day_late, of=of).cumulated.amount) == ("1000", "1000")


def test_a_quantity_is_met_as_soon_as_it_is_reached_a_share_only_in_the_end() -> None:
    early = date(2015, 8, 1)
    assert ask([bought("1000")], of=promise(target=money("1000"), deadline=due()), on=early).verdict == "met"
    share = promise("share_of_amount", "50", deadline=due())
    found = ask([bought("1000")], of=share, on=early, complete=True)
    assert (found.verdict, found.reason) == ("open", "running")


def test_without_a_deadline_nothing_is_ever_missed() -> None:
    found = ask([bought()], complete=True)
    assert (found.verdict, found.reason) == ("open", "no_deadline")
    found = ask([bought("1000")])
    assert (found.verdict, found.reason) == ("met", "reached")


def test_what_is_not_known_or_not_all_given_leaves_the_verdict_open() -> None:
    of = promise(target=money("1000"), deadline=due())
    assert (ask([bought("1000", supplier=MAYBE)], of=of, complete=True).reason) == "bounds"
    found = ask([bought("100")], of=of)
    assert (found.verdict, found.reason) == ("open", "incomplete")


def test_each_whole_period_of_a_cadence_is_judged() -> None:
    of = promise(target=money("100"), cadence="year")
    first, second = bought(), bought(day=date(2016, 12, 31))
    found = ask([first, second], of=of)
    assert ([row.reaches for row in found.periods], found.cumulated.reaches, found.verdict) == ([True, True], None, "met")
    assert ask([first], of=of, complete=True).verdict == "not_met"
    assert ask([first], of=of).verdict == "open"
    assert ask([first], of=of, on=date(2016, 12, 30), complete=True).verdict == "open"
    assert ask([first], of=of, on=date(2016, 12, 31), complete=True).verdict == "not_met"
    assert ask([], of=of, on=date(2015, 12, 31), complete=True).verdict == "not_met"
    cut = reporting_periods("year", date(2015, 3, 1), until=date(2017, 1, 1))
    found = ask([second], of=of, periods=cut, complete=True)
    assert ([row.reaches for row in found.periods], found.verdict) == ([None, True], "met")
    found = ask([first], of=of, periods=reporting_periods("half-year", date(2015, 1, 1), until=date(2016, 1, 1)), complete=True)
    assert ([row.reaches for row in found.periods], found.verdict) == ([None, None], "open")


def test_a_period_has_a_first_and_a_last_day() -> None:
    days = [date(2014, 12, 31), date(2015, 1, 1), date(2015, 12, 31), date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1)]
    found = ask([bought(f"{10**place + 1}", day=day) for place, day in enumerate(days)])
    assert [ends(row.amount) for row in found.periods] == [("112", "112"), ("11002", "11002")]
    assert ends(found.cumulated.amount) == ("11114", "11114")
    assert flags(found) == {"outside_periods": (0, 5)}


def test_what_is_bought_on_the_day_of_the_question_is_not_after_it() -> None:
    day = date(2017, 1, 1)
    assert flags(ask([bought(day=day)], on=day)) == {"outside_periods": (0,)}
    assert flags(ask([bought(day=day)], on=day - ONE_DAY)) == {"after": (0,)}


def test_what_lies_between_two_periods_is_in_none() -> None:
    gap = [ReportingPeriod(date(2015, 1, 1), date(2015, 2, 1), False, "month"), YEARS[1]]
    found = ask([bought(day=date(2015, 2, 1)), bought(day=date(2015, 1, 31), contract="c")], periods=gap)
    assert (ends(found.cumulated.amount), flags(found)) == (("100", "100"), {"outside_periods": (0,)})


@pytest.mark.parametrize(("on", "expected"), [(DAY - ONE_DAY, ("0", "0")), (DAY, ("100", "100"))])
def test_what_is_bought_after_the_day_of_the_question_is_not_seen(on: date, expected: Any) -> None:
    found = ask([bought()], on=on)
    assert (ends(found.cumulated.amount), flags(found)) == (expected, {} if on == DAY else {"after": (0,)})


@pytest.mark.parametrize(("on", "over"), [(date(2015, 12, 30), False), (date(2015, 12, 31), True), (date(2016, 1, 1), True)])
def test_a_period_is_over_at_the_end_of_its_last_day(on: date, over: bool) -> None:
    found = ask([], on=on)
    assert [row.over for row in (*found.periods, found.cumulated)] == [over, False, False]


def test_a_day_that_may_lie_in_either_of_two_periods() -> None:
    found = ask([bought(day=DayRange(date(2015, 12, 31), date(2016, 1, 1)))])
    assert [ends(row.amount) for row in (*found.periods, found.cumulated)] == [("0", "100"), ("0", "100"), ("100", "100")]
    assert [ends(row.contracts) for row in (*found.periods, found.cumulated)] == [(0, 1), (0, 1), (1, 1)]
    assert flags(found) == {"no_day": (0,)}
    # On the eve of the second it is not yet known whether it is to come.
    seen = ask([bought(day=DayRange(date(2015, 12, 31), date(2016, 1, 1)))], on=date(2015, 12, 31))
    assert [ends(row.amount) for row in (*seen.periods, seen.cumulated)] == [("0", "100"), ("0", "0"), ("0", "100")]


def test_a_day_that_may_lie_in_no_period() -> None:
    assert amount([bought(day=DayRange(date(2014, 12, 31), date(2015, 1, 1)))]) == ("0", "100")
    assert amount([bought(day=DayRange(None, date(2015, 1, 1)))]) == ("0", "100")
    assert amount([bought(day=DayRange(date(2015, 1, 1), date(2016, 12, 31)))]) == ("100", "100")
    assert amount([bought(day=DayRange(date(2016, 12, 31), None))]) == ("0", "100")
    assert amount([bought(day=UNKNOWN)]) == ("0", "100")
    assert flags(ask([bought(day=DayRange(None, date(2014, 12, 31)))])) == {"no_day": (0,), "outside_periods": (0,)}


def test_eligibility_is_that_of_the_day() -> None:
    assert amount([bought(supplier=BECAME, day=TURN - ONE_DAY)]) == ("0", "100")
    assert amount([bought(supplier=BECAME, day=TURN)]) == ("100", "100")
    assert amount([bought(supplier=INC)]) == ("0", "0")


def test_what_turns_on_the_last_day_a_purchase_may_be_of() -> None:
    no_longer = [Evidence("ca-qc/social-economy-surplus", holds, source="by-laws", **days) for holds, days in (
        (False, {"end": TURN}), (True, {"start": TURN}))]  # fmt: skip
    turns = attrs.evolve(COOP, evidence=[*(one for one in PRINCIPLES if not one.criterion.endswith("surplus")), *no_longer])
    assert amount([bought(supplier=turns, day=TURN - ONE_DAY)]) == ("0", "0")
    assert amount([bought(supplier=turns, day=DayRange(TURN - ONE_DAY, TURN))]) == ("0", "100")
    assert amount([bought(supplier=turns, day=DayRange(TURN, TURN + ONE_DAY))]) == ("100", "100")


def test_a_question_on_the_first_day_of_a_period() -> None:
    found = ask([bought(day=date(2016, 1, 1))], on=date(2016, 1, 1))
    assert [ends(row.amount) for row in found.periods] == [("0", "0"), ("100", "100")]


def test_before_the_act_nobody_is_known_not_to_be_one() -> None:
    year = reporting_periods("year", date(2013, 1, 1), until=date(2014, 1, 1))
    for supplier, expected in ((COOP, ("100", "100")), (INC, ("0", "0"))):
        assert amount([bought(supplier=supplier, day=date(2013, 10, 9))], periods=year) == ("0", "100")
        assert amount([bought(supplier=supplier, day=date(2013, 10, 10))], periods=year) == expected


# --- what counts ------------------------------------------------------------------------------------------------------


def test_a_mark_of_the_contract() -> None:
    of = promise(target=money("1000"), counts=(MARK,))
    assert amount([bought(marks={MARK: True})], of=of) == ("100", "100")
    assert amount([bought(marks={MARK: False})], of=of) == ("0", "0")
    assert amount([bought()], of=of) == ("0", "100")


def test_one_of_what_counts_is_enough() -> None:
    of = promise(target=money("1000"), counts=(ACT, MARK))
    assert amount([bought(marks={MARK: False})], of=of) == ("100", "100")
    assert amount([bought(supplier=INC, marks={MARK: True})], of=of) == ("100", "100")
    assert amount([bought(supplier=INC, marks={MARK: False})], of=of) == ("0", "0")
    assert amount([bought(supplier=INC)], of=of) == ("0", "100")
    assert amount([bought(supplier=MAYBE, marks={MARK: False})], of=of) == ("0", "100")


def test_a_record_stands_for_what_the_facts_do_not_settle() -> None:
    assert amount([bought(supplier=MAYBE, marks={ACT: True})]) == ("100", "100")
    assert amount([bought(supplier=MAYBE, marks={ACT: False})]) == ("0", "0")
    assert amount([bought(supplier=UNKNOWN, marks={ACT: True})]) == ("100", "100")


def test_knowing_the_day_of_a_record_that_is_denied_widens_nothing() -> None:
    turning = attrs.evolve(INC, forms=[LegalForm("business_corporation", start=TURN)])
    purchase = bought(supplier=turning, marks={ACT: True}, day=DayRange(TURN - ONE_DAY, TURN))
    before, after = (ask([one]).cumulated.amount for one in (purchase, attrs.evolve(purchase, day=TURN)))
    assert before.low.amount <= after.low.amount
    assert after.high.amount <= before.high.amount


# --- tax --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "of", "to", "expected"),
    [
        ("1149.75", "included", "excluded", ("1000", "1149.75")),
        ("1149.75", "included", "net", ("1049.875", "1149.75")),
        ("1149.75", "included", "included", ("1149.75", "1149.75")),
        ("1000", "excluded", "net", ("1000", "1049.875")),
        ("1000", "excluded", "included", ("1000", "1149.75")),
        ("1049.875", "net", "excluded", ("1000", "1049.875")),
        ("1049.875", "net", "included", ("1049.875", "1149.75")),
        ("1149.75", UNKNOWN, "net", ("1049.875", "1207.093782")),
        ("1000", UNKNOWN, "excluded", ("869.754294", "1000")),
        ("1000", UNKNOWN, "included", ("1000", "1149.75")),
    ],
)
def test_another_basis_by_hand(paid: str, of: Any, to: str, expected: tuple[str, str]) -> None:
    found = ask([bought(paid, of)], tax=to)
    assert (found.basis, ends(found.cumulated.amount), ends(found.cumulated.spend)) == (to, expected, expected)
    assert flags(found) == ({} if of == to else {"other_basis": (0,)})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2013, 12, 31), ("1000", "1149.75")),  # no net factor yet: no more than the price with tax
        (date(2014, 1, 1), ("1000", "1037.107")),
        (date(2014, 12, 31), ("1000", "1037.107")),
        (date(2015, 1, 1), ("1000", "1049.875")),
    ],
)
def test_the_tax_is_that_of_the_day(day: date, expected: tuple[str, str]) -> None:
    assert amount([bought("1000", "excluded", day=day)], periods=ALL_YEARS) == expected


def test_an_uncertain_day_is_of_either_factor() -> None:
    low, high = amount([bought("1000", "excluded", day=DayRange(date(2014, 12, 31), date(2015, 1, 1)))], periods=ALL_YEARS)
    assert (low, high) == ("1000", "1049.875")
    paid = bought("1149.75", "included", day=DayRange(date(2014, 12, 31), date(2015, 1, 1)))
    assert amount([paid], periods=ALL_YEARS) == ("1037.107", "1149.75")


def test_without_a_factor_a_basis_only_orders_the_amounts() -> None:
    assert ends(ask([bought("1000", "excluded", category="insurance")]).cumulated.amount) == ("1000", None)
    assert amount([bought("1000", "included", category="insurance")]) == ("0", "1000")
    assert amount([bought("1000", "included", category=UNKNOWN)]) == ("0", "1000")
    euros = promise(target=money("1000", "excluded", "EUR"))
    paid = bought(money("1200", "included", "EUR"))
    assert amount([paid], of=euros) == ("0", "1200")
    assert ends(ask([bought(money("1200", "net", "EUR"))], of=euros, tax="included").cumulated.amount) == ("1200", None)


def test_figures_on_another_basis_never_decide_of_a_target_wrongly() -> None:
    of = promise(target=money("1000", "excluded"), deadline=due())
    for paid, verdicts in (("1049.875", {"met", "open"}), ("1049.86", {"open"}), ("999.99", {"not_met", "open"})):
        found = ask([bought(paid, "net")], of=of, tax="net", complete=True)
        assert (found.basis, ends(found.cumulated.amount)) == ("net", (paid, paid))
        assert found.verdict in verdicts
    assert ask([bought("1049.875", "net")], of=of, complete=True).verdict == "met"
    # Of a target whose basis nobody states, what is reached on every basis is reached.
    unstated = promise(target=money("1000", UNKNOWN), deadline=due())
    assert ask([bought("1049.86", "net")], of=unstated, complete=True).verdict == "open"


def test_the_basis_of_the_figures() -> None:
    contracts = promise("contracts", 1)
    assert ask([bought(tax="excluded")], of=promise(target=money("1", "included"))).basis == "included"
    assert ask([bought(tax="excluded")], of=promise(target=money("1", "included")), tax="net").basis == "net"
    assert ask([bought(tax="excluded"), bought("5", "excluded")], of=contracts).basis == "excluded"
    assert ask([bought(tax="excluded"), bought("5", "included")], of=contracts).basis == "net"
    assert ask([], of=contracts).basis == "net"


def test_a_grant_does_not_choose_the_basis_nor_the_currency() -> None:
    contracts = promise("contracts", 1)
    grant = bought("5", "net", category="outside")
    assert ask([bought(tax="excluded"), grant], of=contracts).basis == "excluded"
    foreign = [attrs.evolve(grant, amount=money(paid, "net", "EUR")) for paid in ("5", "6")]
    assert ask([bought(), *foreign], of=contracts).currency == "CAD"


# --- flaws ------------------------------------------------------------------------------------------------------------


def test_an_amount_nobody_entered_and_one_nobody_believes() -> None:
    found = ask([bought("1"), bought("1.01"), bought("999999999.99"), bought("1000000000")])
    assert ends(found.cumulated.amount) == ("1000000001", None)
    assert flags(found) == {"placeholder": (0,), "implausible": (3,)}
    assert amount([bought("1000000000")]) == ("0", "1000000000")
    checked = ask([bought("1", amount_checked=True), bought("1000000000", amount_checked=True)])
    assert (ends(checked.cumulated.amount), flags(checked)) == (("1000000001", "1000000001"), {})


def test_an_amount_that_is_not_known() -> None:
    assert ends(ask([bought(UNKNOWN)]).cumulated.amount) == ("0", None)
    assert flags(ask([bought(UNKNOWN)])) == {"no_amount": (0,)}
    assert amount([bought(MoneyRange(money("40"), money("60")))]) == ("40", "60")
    found = ask([bought(money("100", "net", "EUR"))])
    assert (ends(found.cumulated.amount), flags(found)) == (("0", None), {"other_currency": (0,)})
    assert ends(found.cumulated.contracts) == (1, 1)


def test_who_is_not_known() -> None:
    found = ask([bought(supplier=UNKNOWN)])
    assert (flags(found), ends(found.cumulated.suppliers)) == ({"no_supplier": (0,)}, (0, 1))
    nameless = attrs.evolve(COOP, id=None)
    found = ask([bought(supplier=nameless), bought("5"), bought("6", supplier=OTHER)])
    assert (flags(found), ends(found.cumulated.suppliers)) == ({"no_identifier": (0,)}, (2, 3))
    found = ask([bought(buyer=UNKNOWN)], buyers=[A])
    assert (flags(found), ends(found.cumulated.amount)) == ({"no_buyer": (0,)}, ("0", "100"))
    assert amount([bought(buyer=UNKNOWN)]) == ("100", "100")


def test_one_that_nothing_identifies_is_one_at_least() -> None:
    nameless = attrs.evolve(COOP, id=None)
    assert ends(ask([bought(supplier=nameless)]).cumulated.suppliers) == (1, 1)
    assert ends(ask([bought(supplier=nameless), bought("5", supplier=nameless)]).cumulated.suppliers) == (1, 2)


def test_a_number_and_a_number_of_its_establishment_are_one_supplier() -> None:
    known: list[dict[str, Any]] = [
        {"id": None, "identifiers": {"siren": "123456789"}},
        {"id": None, "identifiers": {"siret": "12345678900012"}},
        {"id": None, "identifiers": {"siret": "12345678900020"}},
    ]
    purchases = [bought(f"{place + 10}", supplier=attrs.evolve(COOP, **one)) for place, one in enumerate(known)]
    assert ends(ask(purchases).cumulated.suppliers) == (1, 1)
    assert ends(ask([*purchases, bought(supplier=OTHER)]).cumulated.suppliers) == (2, 2)


def test_one_id_is_one_supplier_whatever_else_is_known_of_it() -> None:
    numbered = attrs.evolve(COOP, identifiers={"neq": "1148693667"})
    assert ends(ask([bought(supplier=numbered), bought("5")]).cumulated.suppliers) == (1, 1)


def test_looking_exactly_alike() -> None:
    found = ask([bought(), bought()])
    assert (ends(found.cumulated.amount), ends(found.cumulated.contracts)) == (("100", "200"), (1, 2))
    assert flags(found) == {"duplicate": (0, 1)}
    three = ask([bought(contract="c")] * 3)
    assert (ends(three.cumulated.amount), ends(three.cumulated.contracts)) == (("100", "300"), (1, 1))
    differing: list[dict[str, Any]] = [
        {"contract": "c"},
        {"day": DAY + ONE_DAY},
        {"amount": money("100.01")},
        {"supplier": OTHER},
        {"category": "services"},
        {"buyer": B},
        {"id": "own"},
    ]
    for change in differing:
        found = ask([bought(), bought(**change)])
        assert ends(found.cumulated.contracts) == (2, 2), change
        assert flags(found) == {}, change
    # A contract's number is one contract's, whoever reports it.
    assert ends(ask([bought(contract="c"), bought(contract="c", buyer=B)]).cumulated.amount) == ("100", "200")
    assert ends(ask([bought(id="x"), bought(id="y")]).cumulated.amount) == ("200", "200")


@pytest.mark.parametrize("shared", [{"contract": "c"}, {"id": "x"}])
def test_what_two_others_report_is_none_of_a_third(shared: dict[str, Any]) -> None:
    reports = [bought(buyer=B, **shared), bought(buyer=C, **shared)]
    assert amount(reports, buyers=[A]) == ("0", "0")
    assert ends(ask(reports, buyers=[A]).cumulated.all_contracts) == (0, 0)


def test_one_of_two_reports_is_right() -> None:
    found = ask([bought(id="x"), bought("60", id="x")])
    assert (ends(found.cumulated.amount), ends(found.cumulated.contracts)) == (("60", "100"), (1, 1))
    assert flags(found) == {"reports_differ": (0, 1)}
    found = ask([bought(id="x"), bought(id="x", supplier=INC)])
    assert (ends(found.cumulated.amount), ends(found.cumulated.spend)) == (("0", "100"), ("100", "100"))
    found = ask([bought(id="x"), bought(id="x", day=date(2016, 1, 1))])
    assert [ends(row.amount) for row in (*found.periods, found.cumulated)] == [("0", "100"), ("0", "100"), ("100", "100")]
    assert flags(ask([bought(id="x"), bought(id="x")])) == {}
    differing = [bought(id="x", supplier=MAYBE, marks={ACT: holds}) for holds in (True, False)]
    found = ask(differing)
    assert (flags(found), ends(found.cumulated.amount)) == ({"reports_differ": (0, 1)}, ("0", "100"))


def test_reports_that_differ_on_who_or_on_the_contract() -> None:
    one = bought(id="x")
    found = ask([one, attrs.evolve(one, supplier=OTHER), bought("5")])
    assert (ends(found.cumulated.amount), ends(found.cumulated.suppliers)) == (("105", "105"), (1, 2))
    found = ask([attrs.evolve(one, contract="c"), attrs.evolve(one, contract="d"), bought("5", contract="d")])
    assert ends(found.cumulated.contracts) == (1, 2)
    found = ask([one, attrs.evolve(one, category="outside")])
    assert (ends(found.cumulated.amount), ends(found.cumulated.all_contracts)) == (("0", "100"), (0, 1))
    found = ask([one, attrs.evolve(one, buyer=B)], buyers=[A])
    assert (ends(found.cumulated.amount), ends(found.cumulated.contracts)) == (("0", "100"), (0, 1))
    joint = bought(id="x", group=(B,))
    reports = [attrs.evolve(joint, parts={A: money(part)}) for part in ("30", "40")]
    for order in (reports, reports[::-1]):
        assert amount(order, buyers=[A]) == ("30", "40")


def test_suppliers_of_other_names_are_not_alike() -> None:
    nameless = attrs.evolve(COOP, id=None)
    named = attrs.evolve(nameless, name="Another")
    assert amount([bought(supplier=nameless), bought(supplier=named)]) == ("200", "200")
    assert amount([bought(supplier=nameless), bought(supplier=nameless)]) == ("100", "200")


def test_what_one_report_leaves_out_the_other_tells() -> None:
    told = bought(id="x")
    for silent in ({"amount": UNKNOWN}, {"supplier": UNKNOWN}, {"day": UNKNOWN}):
        found = ask([told, attrs.evolve(told, **silent)])
        assert ends(found.cumulated.amount) == ("100", "100"), silent


def test_a_report_that_knows_less_of_the_same_supplier_takes_nothing_away() -> None:
    told, bare = bought(id="x"), bought(id="x", supplier=Enterprise(name="Coop", country="CA", id="coop"))
    assert amount([told, bare]) == ("100", "100")
    assert amount([bare, told]) == ("100", "100")


def test_a_record_that_the_law_denies() -> None:
    for purchase in (bought(supplier=INC, marks={ACT: True}), bought(marks={ACT: False})):
        assert flags(ask([purchase])) == {"record_denied": (0,)}
    for purchase in (bought(marks={ACT: True}), bought(supplier=INC, marks={ACT: False}), bought(supplier=MAYBE)):
        assert flags(ask([purchase])) == {}


def test_every_flaw_at_once_each_named() -> None:
    purchases = [
        bought("100", category="outside"),
        bought("101", day=date(2014, 12, 31)),
        bought("102", day=LATER + ONE_DAY),
        bought("103", day=UNKNOWN),
        bought("104", buyer=UNKNOWN),
        bought("105", supplier=UNKNOWN),
        bought("106", supplier=attrs.evolve(MAYBE, id=None)),
        bought("1"),
        bought("1000000000"),
        bought(UNKNOWN),
        bought("107", "excluded"),
        bought(money("108", "net", "EUR")),
        bought("109"),
        bought("109"),
        bought("110", id="x"),
        bought("111", id="x"),
        bought("112", supplier=INC, marks={ACT: True}),
    ]
    assert flags(ask(purchases, buyers=[A])) == {
        "outside": (0,),
        "outside_periods": (1,),
        "after": (2,),
        "no_day": (3,),
        "no_buyer": (4,),
        "no_supplier": (5,),
        "no_identifier": (6,),
        "placeholder": (7,),
        "implausible": (8,),
        "no_amount": (9,),
        "other_basis": (10,),
        "other_currency": (11,),
        "duplicate": (12, 13),
        "reports_differ": (14, 15),
        "record_denied": (16,),
    }


# --- several buyers ---------------------------------------------------------------------------------------------------


def test_what_one_buyer_pays_of_a_joint_purchase() -> None:
    joint = bought("100", group=(B,))
    assert amount([joint]) == ("100", "100")
    assert amount([joint], buyers=[A]) == ("0", "100")
    assert amount([joint], buyers=[A, B]) == ("100", "100")
    assert amount([joint], buyers=[C]) == ("0", "0")
    told = attrs.evolve(joint, parts={A: money("30"), B: money("70")})
    assert [amount([told], buyers=[one]) for one in (A, B)] == [("30", "30"), ("70", "70")]
    assert ends(ask([told], buyers=[A]).cumulated.contracts) == (1, 1)
    of_three = attrs.evolve(joint, group=(B, C), parts={A: money("30")})
    assert amount([of_three], buyers=[A, B]) == ("30", "100")
    assert amount([of_three], buyers=[A]) == ("30", "30")
    assert amount([of_three], buyers=[A, B, C]) == ("100", "100")
    reported = [attrs.evolve(told, id="j"), attrs.evolve(told, id="j", buyer=B, group=(A,))]
    assert amount(reported) == ("100", "100")
    assert amount(reported, buyers=[B]) == ("70", "70")


def test_a_part_in_another_currency_tells_nothing() -> None:
    paid = bought(UNKNOWN, group=(B,), parts={A: money("30", "net", "EUR")})
    assert ends(ask([paid], buyers=[A]).cumulated.amount) == ("0", None)
    paid = bought(UNKNOWN, group=(B,), parts={A: money("30")})
    assert ends(ask([paid], buyers=[A]).cumulated.amount) == ("30", "30")
    taxed = bought(UNKNOWN, group=(B,), parts={A: money("1000", "excluded")})
    assert ends(ask([taxed], buyers=[A]).cumulated.spend)[0] == "1000"


def test_each_buyer_is_named_once_in_order() -> None:
    assert ask([], buyers=[B, A, B]).buyers == tuple(sorted((A, B)))


def test_a_part_has_the_tax_of_the_days_it_may_be_of_in_a_period() -> None:
    joint = bought("100", "excluded", group=(B,), day=DayRange(date(2012, 12, 31), date(2013, 1, 1)))
    told = attrs.evolve(joint, parts={A: money("50", "excluded"), B: money("50", "excluded")})
    assert amount([joint], periods=ALL_YEARS, of=promise(target=money("1"), counts=(MARK,)), buyers=[A]) == ("0", "114.975")
    assert amount([told], periods=ALL_YEARS, of=promise(target=money("1"), counts=(MARK,)), buyers=[A]) == ("0", "57.4875")


def test_a_city_of_the_library_names_itself() -> None:
    from procurelib.places import cities

    found = ask([bought()], buyers=[cities["ca-qc/longueuil"]])
    assert (found.buyers, ends(found.cumulated.amount)) == (("ca-qc/longueuil",), ("100", "100"))


# --- contracts --------------------------------------------------------------------------------------------------------


def test_purchases_under_one_number_are_one_contract() -> None:
    found = ask([bought(contract="c"), bought("5", contract="c", supplier=INC), bought("6", supplier=INC), bought("7")])
    assert (ends(found.cumulated.contracts), ends(found.cumulated.all_contracts)) == ((2, 2), (3, 3))
    split = ask([bought(contract="c"), bought("5", contract="c", day=date(2016, 5, 5))])
    assert [ends(row.contracts) for row in (*split.periods, split.cumulated)] == [(1, 1), (1, 1), (1, 1)]
    # It counts in the periods in which one of its purchases does.
    split = ask([bought(contract="c"), bought("5", contract="c", day=date(2016, 5, 5), supplier=INC)])
    assert [ends(row.contracts) for row in (*split.periods, split.cumulated)] == [(1, 1), (0, 0), (1, 1)]
    assert [ends(row.all_contracts) for row in (*split.periods, split.cumulated)] == [(1, 1), (1, 1), (1, 1)]


def test_a_contract_that_counts_is_no_contract_that_does_not() -> None:
    found = ask([bought(contract="c"), bought("5", contract="c", supplier=INC)])
    assert ends(found.cumulated.share_of_contracts) == (Decimal(100), Decimal(100))
    found = ask([bought(contract="c"), bought("5", contract="c", supplier=INC), bought("6", supplier=INC)])
    assert ends(found.cumulated.share_of_contracts) == (Decimal(50), Decimal(50))


# --- what would narrow ------------------------------------------------------------------------------------------------


def test_the_most_useful_fact_comes_first() -> None:
    purchases = [
        bought("10", supplier=MAYBE),
        bought("300", buyer=UNKNOWN),
        bought("20", supplier=attrs.evolve(MAYBE, id="second")),
        bought("5", supplier=attrs.evolve(MAYBE, id="second"), day=DAY),
        bought("40", day=DayRange(date(2014, 12, 31), date(2015, 1, 1))),
        bought(UNKNOWN),
    ]
    found = ask(purchases, buyers=[A])
    assert [(fact.kind, fact.purchases) for fact in found.missing] == [
        ("amount", (5,)),
        ("buyer", (1,)),
        ("day", (4,)),
        ("eligibility", (2, 3)),
        ("eligibility", (0,)),
    ]
    assert [fact.narrows for fact in found.missing] == [None, money("300"), money("40"), money("25"), money("10")]
    assert "evidence:ca-qc/social-economy-needs" in found.missing[3].asks


def test_numbers_of_contracts_are_narrowed_in_contracts() -> None:
    of = promise("contracts", 2, counts=(MARK,))
    found = ask([bought(), bought("5", marks={MARK: True}), bought("6", marks={MARK: False})], of=of)
    assert [(fact.kind, fact.purchases, fact.narrows) for fact in found.missing] == [("mark", (0,), 1)]
    assert ask([bought(marks={MARK: True})], of=of).missing == ()


def test_one_supplier_or_one_contract_narrows_by_one() -> None:
    both = [bought("10", supplier=MAYBE, contract="c"), bought("11", supplier=MAYBE, contract="c")]
    for metric in ("suppliers", "contracts"):
        found = ask(both, of=promise(metric, 3))
        assert [(fact.kind, fact.purchases, fact.narrows) for fact in found.missing] == [("eligibility", (0, 1), 1)], metric


def test_what_changes_nothing_of_what_is_counted_is_not_asked() -> None:
    sure = bought("10", contract="c")
    of = promise("contracts", 3)
    assert ask([sure, bought("11", contract="c", supplier=MAYBE)], of=of).missing == ()
    assert ask([sure, bought("11", supplier=MAYBE, day=date(2014, 1, 1))], of=of).missing == ()
    of = promise("suppliers", 3)
    told = attrs.evolve(MAYBE, id="coop")
    assert [fact.kind for fact in ask([sure, bought("11", supplier=told)], of=of).missing] == []


def test_a_record_that_is_denied_is_asked_about() -> None:
    found = ask([bought(supplier=INC, marks={ACT: True})])
    assert [(fact.kind, fact.purchases, fact.narrows) for fact in found.missing] == [("record", (0,), money("100"))]


def test_the_day_narrows_even_before_it_is_known_whether_there_was_an_act() -> None:
    """Whatever the day of a cooperative's purchase turns out to be, the amount that counts is then known or was none of it."""
    asked = [fact.kind for fact in ask([bought(day=DayRange(date(2013, 1, 1), date(2015, 12, 31)))]).missing]
    assert asked == ["day"]


# --- faults, and the rest ---------------------------------------------------------------------------------------------


def test_every_fault_is_reported_together() -> None:
    wrong: Any = [bought(), "a purchase"]
    with pytest.raises(InputError) as caught:
        progress(promise(), wrong, [*YEARS, YEARS[0]], on=datetime(2017, 1, 1), tax="gross")  # type: ignore[arg-type]
    assert {fault.path.split("[")[0] for fault in caught.value.faults} == {"purchases", "periods", "on", "tax"}
    overlap = [YEARS[0], ReportingPeriod(date(2015, 12, 31), date(2016, 1, 31), False, "month")]
    for periods in ([], overlap, overlap[::-1], ["2015"]):
        with pytest.raises(InputError):
            ask([bought()], periods=periods)
    beside = [YEARS[0], ReportingPeriod(date(2016, 1, 1), date(2016, 2, 1), False, "month")]
    assert len(ask([bought()], periods=beside).periods) == 2
    with pytest.raises(InputError):
        ask([], reported=[FIGURE, FIGURE])
    with pytest.raises(UnknownId):
        ask([], of=promise(counts=("ca-qc/nothing",)))


FIGURE = ReportedFigure(
    id="2015-2016",
    scope=Text("les villes", "the cities"),
    start=DayRange.on(date(2015, 1, 1)),
    end=DayRange.on(date(2016, 12, 31)),
    relation="more_than",
    amount=money("8300000", UNKNOWN),
    source="press",
    confidence="secondary",
)


@pytest.mark.parametrize(
    ("change", "years", "cumulated"),
    [
        ({}, [(), ()], True),
        ({"end": DayRange.on(date(2015, 12, 31))}, [("2015-2016",), ()], True),
        ({"end": DayRange.on(date(2016, 1, 1))}, [(), ()], True),
        ({"start": DayRange.on(date(2016, 1, 1))}, [(), ("2015-2016",)], True),
        ({"start": DayRange.on(date(2015, 12, 31))}, [(), ()], True),
        ({"start": DayRange.on(date(2014, 12, 31))}, [(), ()], False),
        ({"end": DayRange.on(date(2017, 1, 1))}, [(), ()], False),
        ({"end": None}, [(), ()], False),
        ({"start": None}, [(), ()], False),
        ({"start": DayRange(date(2015, 12, 1), date(2016, 1, 31))}, [(), ()], True),
    ],
)
def test_a_reported_figure_stands_where_all_its_days_do(change: dict[str, Any], years: list[Any], cumulated: bool) -> None:
    found = ask([bought()], reported=[attrs.evolve(FIGURE, **change)])
    assert [row.reported for row in found.periods] == years
    assert found.cumulated.reported == (("2015-2016",) if cumulated else ())
    assert ends(found.cumulated.amount) == ("100", "100")


@pytest.mark.parametrize(
    ("buyers", "bodies", "stands"),
    [(None, (), True), (None, (A,), True), ([A], (A,), True), ([A, B], (A,), True), ([A], (A, B), False), ([A], (), False)],
)
def test_a_reported_figure_stands_where_all_it_is_about_do(buyers: Any, bodies: tuple[str, ...], stands: bool) -> None:
    found = ask([bought()], buyers=buyers, reported=[attrs.evolve(FIGURE, bodies=bodies)])
    assert found.cumulated.reported == (("2015-2016",) if stands else ())


def test_the_law_is_named_where_a_factor_was_used() -> None:
    assert ask([bought()]).citations == ()
    assert ask([bought(tax="excluded")]).citations != ()


def test_rows_are_plain_and_the_cumulated_one_is_last() -> None:
    rows = ask([bought("100.5"), bought("0.5", supplier=INC, amount_checked=True), bought(UNKNOWN, supplier=INC)]).rows()
    assert [row["period"] for row in rows] == ["2015-01-01/2015-12-31", "2016-01-01/2016-12-31", None]
    assert {name: rows[-1][name] for name in ("amount_low", "amount_high", "spend_low", "spend_high", "contracts_low")} == {
        "amount_low": "100.5",
        "amount_high": "100.5",
        "spend_low": "101",
        "spend_high": None,
        "contracts_low": 1,
    }
    assert (rows[1]["share_low"], rows[1]["share_high"]) == (None, None)
    assert (rows[-1]["share_low"], rows[-1]["share_high"]) == ("0", "99.504951")


def test_a_period_after_the_deadline_is_not_judged() -> None:
    """A promise for each year until the end of 2015 says nothing of 2016."""
    of = promise("amount", Money("50", "CAD", tax="net"), cadence="year", deadline=DayRange.on(date(2015, 12, 31)))
    years = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
    found = progress(of, [bought(day=date(2015, 5, 5))], years, on=date(2017, 2, 1), complete=True)
    assert [row.reaches for row in found.periods] == [True, None]
    assert found.verdict == "met"


def test_the_supplier_of_one_report_and_the_day_of_another_may_be_right() -> None:
    reports = [bought(id="x", supplier=INC, day=date(2015, 7, 1)), bought(id="x", day=date(2016, 5, 5))]
    years = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
    found = progress(promise("amount", Money("1", "CAD", tax="net")), reports, years, on=date(2017, 2, 1))
    assert [ends(row.amount) for row in found.periods] == [("0", "100"), ("0", "100")]


def test_what_another_body_bought_is_named() -> None:
    found = ask([bought(), bought("7", buyer=B)], buyers=[A])
    assert flags(found) == {"other_buyer": (1,)}


@pytest.mark.parametrize("parts", [{A: "80", B: "80"}, {A: "50", B: "49.99"}])
def test_parts_that_do_not_add_up_are_refused(parts: dict[str, str]) -> None:
    with pytest.raises(InputError, match="add up to"):
        bought("100", group=(B,), parts={body: Money(part, "CAD", tax="net") for body, part in parts.items()})


def test_reports_that_differ_on_who_bought_are_the_whole_of_those_who_may_have() -> None:
    reports = [bought(buyer=B, id="x"), bought(buyer=C, id="x")]
    assert amount(reports, buyers=[B, C]) == ("100", "100")
    assert amount(reports, buyers=[B]) == ("0", "100")


def narrowing(purchases: Any, **rest: Any) -> list[tuple[str, tuple[int, ...], Any]]:
    found = ask(purchases, **rest).missing
    return [(one.kind, one.purchases, one.narrows and str(one.narrows.amount)) for one in found]


def test_whether_two_reports_are_one_is_asked_of_them_alone() -> None:
    assert narrowing([bought(), bought(), bought("7")]) == [("duplicate", (0, 1), "100")]
    assert narrowing([bought(), bought("7")]) == []


def test_a_day_is_asked_for_where_it_decides() -> None:
    astride = DayRange(date(2014, 12, 30), date(2015, 1, 2))
    assert narrowing([bought(day=astride)]) == [("day", (0,), "100")]
    assert narrowing([bought(day=UNKNOWN)]) == [("day", (0,), "100")]
    assert narrowing([bought(day=DayRange(None, date(2015, 1, 1)))]) == [("day", (0,), "100")]
    assert narrowing([bought(day=DayRange(date(2015, 2, 1), date(2015, 2, 3)))]) == []
    assert narrowing([bought(day=DayRange(date(2014, 2, 1), date(2014, 2, 3)))]) == []


def test_a_buyer_is_asked_for_where_it_decides() -> None:
    assert narrowing([bought(buyer=UNKNOWN)], buyers=[A]) == [("buyer", (0,), "100")]
    assert narrowing([bought(buyer=UNKNOWN)]) == []


def test_progress_travels() -> None:
    found = ask([bought(supplier=MAYBE), bought(tax=UNKNOWN), bought(day=UNKNOWN)], buyers=[A])
    assert Progress.from_dict(found.to_dict()) == found


RESERVED = ("fr/ess-purpose", "fr/ess-governance", "fr/ess-management", "fr/reserved-ess")


ESS = Enterprise(
    name="Ess",
    country="FR",
    id="ess",
    forms=[LegalForm("association")],
    evidence=[Evidence(one, True, source="statutes") for one in RESERVED],
    awards_complete_for=["fr/rennes"],
)


def of_the_ess(day: Any, won: date) -> tuple[Any, Any]:
    """What counts of a purchase from an enterprise that won a reserved contract before."""
    of = Commitment(
        id="p",
        verb="buy",
        object=Text("auprès de l’ESS", "from the ESS"),
        metric="amount",
        target=money("1000", "excluded", "EUR"),
        counts=["fr/reserved-ess"],
        source="text",
        confidence="official",
    )
    supplier = attrs.evolve(ESS, awards=[Award("fr/rennes", won, reserved="fr/reserved-ess")])
    given = money("100", "excluded", "EUR")
    purchase = Purchase(buyer="fr/rennes", supplier=supplier, amount=given, day=day, category="services")
    years = reporting_periods("year", date(2020, 1, 1), until=date(2026, 1, 1))
    return ends(progress(of, [purchase], years, on=date(2026, 2, 1)).cumulated.amount)


@pytest.mark.parametrize(
    ("won", "last"), [(date(2020, 6, 1), date(2023, 6, 1)), (date(2020, 2, 29), date(2023, 2, 28))], ids=["usual", "leap"]
)
def test_a_contract_won_before_bars_for_whole_years_to_the_day(won: date, last: date) -> None:
    """Of services reserved to the social economy, for three years after the same buyer awarded one (CCP, L. 2113-16)."""
    begins = won + ONE_DAY
    assert of_the_ess(begins, won) == of_the_ess(last, won) == ("0", "0")
    assert of_the_ess(last + ONE_DAY, won) == ("100", "100")
    # A range that ends on the last day is barred on all of it; one that goes on may be either.
    assert of_the_ess(DayRange(begins, last), won) == ("0", "0")
    assert of_the_ess(DayRange(begins, last + ONE_DAY), won) == ("0", "100")
    assert of_the_ess(DayRange(last + ONE_DAY, date(2025, 1, 1)), won) == ("100", "100")


def test_a_report_that_tells_no_amount_in_the_currency_leaves_it_open() -> None:
    reports = [bought(id="x"), bought(money("5", "excluded", "EUR"), id="x"), bought("7")]
    assert amount(reports) == ("7", None)
    assert amount(reports[::-1]) == ("7", None)


def test_what_may_be_all_there_is_is_all_of_the_share() -> None:
    """A purchase that may be out of the period is everything that was bought in it, or there is no share."""
    astride = DayRange(date(2014, 12, 30), date(2015, 1, 2))
    assert ends(ask([bought(day=astride)]).cumulated.share) == (100, 100)
    assert ends(ask([bought(day=astride, supplier=INC)]).cumulated.share) == (0, 0)


def test_a_supplier_of_another_country_is_not_known_to_count() -> None:
    found = ask([bought(supplier=Enterprise(name="Scop", country="FR", id="scop", forms=[LegalForm("cooperative")]))])
    assert ends(found.cumulated.amount) == ("0", "100")
    assert found.missing[0].asks == (f"scheme:{ACT}",)


def test_before_the_book_nothing_is_known_of_a_supplier() -> None:
    """A scheme that is older than the book answers from its first day only."""
    before = reporting_periods("year", date(2012, 1, 1), until=date(2014, 1, 1))
    of = promise(target=money("1000"), counts=("ca-qc/nonprofit-body",))
    found = ask([bought(supplier=MAYBE, day=date(2012, 5, 5))], of=of, periods=before)
    assert ends(found.cumulated.amount) == ("0", "100")
    assert found.missing[0].asks == ("scheme:ca-qc/nonprofit-body",)


def test_what_the_law_reads_on_1_january_turns_on_that_day() -> None:
    """A body is subject to the rules for the year on whose 1 January it had enough revenue from a city (LCV, 573.3.5)."""
    figures = {"start": date(2018, 6, 1), "end": date(2019, 6, 1)}
    body = Enterprise(
        name="Body",
        country="CA",
        id="body",
        forms=[LegalForm("nonprofit_corporation")],
        evidence=[Evidence("ca-qc/nonprofit-body-form", True, source="statutes")],
        measures=[
            Measure("revenue", "2000000", source="report"),
            Measure("municipal_revenue", "60", source="report", **figures),
        ],
    )
    of = promise(target=money("1000"), counts=("ca-qc/subject-body",))
    years = reporting_periods("year", date(2018, 1, 1), until=date(2021, 1, 1))

    def counted(day: Any) -> Any:
        return amount([bought(supplier=body, day=day)], of=of, periods=years, on=date(2021, 6, 1))

    eve, new_year = date(2019, 12, 31), date(2020, 1, 1)
    assert (counted(eve), counted(new_year)) == (("100", "100"), ("0", "100"))
    assert counted(DayRange(date(2019, 12, 1), eve)) == ("100", "100")
    assert counted(DayRange(date(2019, 12, 1), new_year)) == ("0", "100")
    assert counted(DayRange(date(2019, 12, 1), date(2020, 2, 1))) == ("0", "100")


def test_a_day_without_a_first_one_has_the_tax_of_the_periods() -> None:
    assert amount([bought("1000", "excluded", day=DayRange(None, date(2015, 5, 5)))], tax="net") == ("0", "1049.875")


def test_bounds_are_exact_when_nothing_is_left_to_know() -> None:
    assert (Bounds(1, 1).exact, Bounds(1, 2).exact, Bounds(1, None).exact) == (True, False, False)


def test_reports_that_tell_parts_and_wholes_apart_are_read_together() -> None:
    """One tells the parts and not the whole, the other a whole they do not make: each part may then be anything up to it."""
    parts = {A: money("50"), B: money("50")}
    told = bought(UNKNOWN, id="x", group=(B,), parts=parts)
    assert amount([told, bought("100", id="x", group=(B,))], buyers=[A]) == ("50", "50")
    assert amount([told, bought("120", id="x", group=(B,))], buyers=[A]) == ("0", "120")


def test_a_lead_that_another_report_names_among_the_group_stays_unknown() -> None:
    joint = bought("100", id="x", buyer=UNKNOWN, group=(B,), parts={B: money("25")})
    reports = [joint, bought(UNKNOWN, id="x", buyer=B)]
    assert amount(reports) == amount(reports[::-1]) == ("100", "100")
    assert amount(reports, buyers=[B]) == amount(reports[::-1], buyers=[B])
