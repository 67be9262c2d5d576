"""The French answers that no table gives: the amount compared, lots, the purchasing scheme, closings, duties; and their inputs.

Every expected amount and day was worked out by hand from the texts (CMP 27, 85, 133; decree 2016-360; CCP, R. 2121-1 ff.,
R. 2123-1, R. 2183-1, R. 2196-1, L. and D. 2111-3; regulation 1182/71, art. 3); the working stands beside the case.
"""

import json
import pickle
import re
from datetime import date
from decimal import Decimal

import pytest

from procurelib import (
    FLOATING,
    UNKNOWN,
    Answer,
    ByLaw,
    City,
    Duty,
    InputError,
    InputTypeError,
    Lot,
    Money,
    MoneyRange,
    Tender,
    UnknownId,
    assess,
    cities,
)
from procurelib.models import PurchasingScheme
from procurelib.places import Scenario, scenarios
from procurelib.rules import ca_qc, fr
from procurelib.rules.ask import Assessment
from procurelib.rules.fr.amount import amount_compared, contract_amount
from procurelib.tables import Between

RENNES, METROPOLE, LONGUEUIL = cities["fr/rennes"], cities["fr/rennes-metropole"], cities["ca-qc/longueuil"]
MID_2024 = date(2024, 6, 3)
"""Direct below 40 000 (supplies, services); formal from 221 000 (supplies, services) or 5 538 000 (works)."""


def eur(amount, tax="excluded"):
    return Money(amount, "EUR", tax=tax)


def between(low, high, tax="excluded"):
    return MoneyRange(eur(low, tax), eur(high, tax))


def tender(value="100000", launched=MID_2024, category="goods", buyer=RENNES, **more):
    amount = eur(value) if isinstance(value, str) else value
    return Tender(buyer=buyer, category=category, value=amount, launched=launched, **more)


def steps_of(derived):
    return [(step.kind, step.what.en, step.amount) for step in derived.steps]


def articles(step):
    return {(c.instrument, c.at_fr) for c in step.citations}


# --- the amount compared with the thresholds


def test_the_contract_is_the_whole_need_unless_more_is_said():
    found = amount_compared(tender("100000"))
    assert (found.known, found.base, found.gap) == (Decimal(100_000), "value", None)
    assert steps_of(found) == [("start", "the estimate of the contract, taken to be the whole need", eur("100000"))]


@pytest.mark.parametrize(
    ("options", "total", "procedure"),
    [("20999.99", "220999.99", "adapted"), ("21000", "221000", "formal"), ("21000.01", "221000.01", "formal")],
)
def test_options_count(options, total, procedure):
    """200 000 and its options, against 221 000."""
    asked = tender("200000", options=eur(options))
    found = amount_compared(asked)
    assert found.known == Decimal(total)
    assert steps_of(found)[1:] == [("add", "the options, which count", eur(total))]
    assert ("fr/CCP", "art. R. 2121-1") in articles(found.steps[1])
    assert assess(asked).procedure.value == procedure


@pytest.mark.parametrize(
    ("category", "what", "article"),
    [
        ("goods", "the whole homogeneous need, all contracts included", "art. R. 2121-6"),
        ("insurance", "the whole homogeneous need, all contracts included", "art. R. 2121-6"),
        ("works", "the whole operation of works, all contracts included", "art. R. 2121-5"),
        ("other_works", "the whole operation of works, all contracts included", "art. R. 2121-5"),
    ],
)
def test_the_need_stands_for_the_contract_and_its_options(category, what, article):
    """30 000 and 5 000 of options are direct alone; as a part of 6 000 000 they are formal, and the options count once."""
    alone = tender("30000", category=category, options=eur("5000"))
    asked = alone.replace(need=eur("6000000"))
    found = amount_compared(asked)
    assert (found.known, found.base, found.gap) == (Decimal(6_000_000), "need", None)
    assert steps_of(found) == [("start", what, eur("6000000"))]
    assert ("fr/CCP", article) in articles(found.steps[0])
    assert contract_amount(asked).known == Decimal(35_000)
    assert [assess(one).procedure.value for one in (alone, asked)] == ["direct", "formal"]


def test_a_need_of_which_nothing_is_known_is_not_below_its_part():
    found = amount_compared(tender("35000", options=eur("5000"), need=UNKNOWN))
    assert (found.known, found.base) == (Between(Decimal(40_000), None), "need")
    answer = assess(tender("35000", options=eur("5000"), need=UNKNOWN)).procedure
    assert (answer.status, answer.possible, answer.missing) == ("unknown", {"adapted", "formal"}, {"need"})
    below = assess(tender("35000", options=eur("4999.99"), need=UNKNOWN)).procedure
    assert below.possible == {"direct", "adapted", "formal"}
    assert amount_compared(tender(UNKNOWN, need=UNKNOWN)).known is UNKNOWN


def test_a_range_stays_a_range():
    asked = tender(between("30000", "216000"), options=eur("5000"))
    found = amount_compared(asked)
    assert found.known == Between(Decimal(35_000), Decimal(221_000))
    assert found.steps[1].amount == between("35000", "221000")
    answer = assess(asked).procedure
    assert (answer.possible, answer.missing) == ({"direct", "adapted", "formal"}, {"value"})
    assert assess(tender(between("40000", "220999.99"))).procedure.value == "adapted"
    assert amount_compared(tender("30000", need=between("40000", "50000"))).known == Between(Decimal(40_000), Decimal(50_000))


def test_a_value_nobody_knows_is_asked_for():
    answer = assess(tender(UNKNOWN)).procedure
    assert (answer.status, answer.missing) == ("unknown", {"value"})
    assert answer.possible == {"direct", "adapted", "formal"}


@pytest.mark.parametrize(
    ("value", "duration", "total"),
    [
        ("600000", 60, "480000"),  # 48 of 60 months: four fifths
        ("490000", 49, "480000"),
        ("100000", 49, "97959.183673469387"),  # 4 800 000 / 49 = 97 959.18367346938775…, cut at twelve decimals
        ("600000", 48, "600000"),
        ("600000", 12, "600000"),
    ],
)
def test_of_a_contract_without_a_total_price_forty_eight_months_count(value, duration, total):
    """Directive 2014/24, art. 5(14): indefinite or more than 48 months, the monthly value times 48."""
    found = amount_compared(tender(value, category="services", total_price=False, duration=duration))
    assert (found.known, found.base) == (Decimal(total), "value")
    if duration > 48:
        assert steps_of(found)[1:] == [("multiply", f"48 of the {duration} months of the contract", eur(total))]
    else:
        assert len(found.steps) == 1


@pytest.mark.parametrize(("value", "procedure"), [("276249.99", "adapted"), ("276250", "formal")])
def test_the_months_decide_to_the_cent(value, procedure):
    """Four fifths of 276 250 are 221 000; of a cent less, 220 999.992."""
    asked = tender(value, category="services", total_price=False, duration=60)
    assert assess(asked).procedure.value == procedure
    assert assess(asked.replace(total_price=True)).procedure.value == "formal"


def test_options_are_added_after_the_months():
    """600 000 over 60 months is 480 000; 10 000 of options make 490 000."""
    found = amount_compared(tender("600000", total_price=False, duration=60, options=eur("10000")))
    assert found.known == Decimal(490_000)
    assert [step.kind for step in found.steps] == ["start", "multiply", "add"]


def test_a_duration_nobody_knows_leaves_the_share_of_the_longest_contract():
    """48 of at most 1 200 months is a twenty-fifth: of 1 000 000 at least 40 000, of a cent less at least 39 999.9996."""
    asked = tender("1000000", category="services", total_price=False)
    found = amount_compared(asked)
    assert (found.known, found.base) == (Between(Decimal(40_000), Decimal(1_000_000)), "duration")
    assert found.steps[1].kind == "interval"
    answer = assess(asked).procedure
    assert (answer.status, answer.possible, answer.missing) == ("unknown", {"adapted", "formal"}, {"duration"})
    assert assess(asked.replace(value=eur("999999.99"))).procedure.possible == {"direct", "adapted", "formal"}


def test_the_months_are_of_the_directive_and_never_of_works():
    before = tender("600000", date(2016, 3, 31), "services", total_price=False, duration=60)
    assert amount_compared(before).known == Decimal(600_000)
    assert "fr/months-counted" in {caveat.id for caveat in assess(before).procedure.caveats}
    first = before.replace(launched=date(2016, 4, 1))
    assert amount_compared(first).known == Decimal(480_000)
    assert "fr/months-counted" not in {c.id for c in assess(first).procedure.caveats if c.kind == "unread"}
    works = tender("600000", category="works", total_price=False, duration=60)
    assert amount_compared(works).known == Decimal(600_000)


def test_what_is_compared_is_named_for_what_it_is():
    maximum = amount_compared(tender("300000", framework="maximum"))
    assert steps_of(maximum) == [("start", "the maximum of the framework agreement, taken to be the whole need", eur("300000"))]
    assert ("fr/CCP", "art. R. 2121-8") in articles(maximum.steps[0])
    lots = (Lot(eur("100000")), Lot(eur("200000")))
    parted = amount_compared(tender("300000", lots=lots))
    assert steps_of(parted) == [("start", "the estimate of all the lots, taken to be the whole need", eur("300000"))]
    alone = contract_amount(tender("300000", lots=lots, need=eur("300000")))
    assert [step.what.en for step in alone.steps] == ["the estimate of all the lots"]


@pytest.mark.parametrize("tax", ["included", UNKNOWN])
@pytest.mark.parametrize(
    ("value", "possible"),
    [
        ("39999.99", {"direct"}),
        ("40000", {"direct", "adapted"}),
        ("220999.99", {"direct", "adapted"}),
        ("221000", {"direct", "adapted", "formal"}),
    ],
)
def test_an_amount_with_tax_only_bounds_the_amount_before_it(tax, value, possible):
    asked = tender(eur(value, tax))
    found = amount_compared(asked)
    assert found.known == Between(None, Decimal(value))
    assert (found.gap.id, found.steps[-1].kind, found.steps[-1].amount) == ("fr/vat", "unmodelled", None)
    answer = assess(asked).procedure
    assert (answer.possible, answer.missing) == (possible, frozenset())
    if len(possible) == 1:
        assert (answer.status, answer.gaps) == ("answered", ())
    else:
        assert (answer.status, [gap.id for gap in answer.gaps]) == ("not_modelled", ["fr/vat"])


def test_options_with_tax_are_added_before_the_bound():
    found = amount_compared(tender(eur("200000", "included"), options=eur("21000", "included")))
    assert found.known == Between(None, Decimal(221_000))
    assert [step.kind for step in found.steps] == ["start", "add", "unmodelled"]


def test_the_steps_stand_in_the_explanation_of_the_answer():
    answer = assess(tender("200000", options=eur("21000"))).procedure
    (fact,) = [fact for fact in answer.explanation.facts if fact.id == "amount_compared"]
    assert [step.kind for step in fact.steps] == ["start", "add"]
    assert fact.value == eur("221000")
    assert "221 000 € HT en tout" in answer.explain("fr_FR").replace("\u202f", " ").replace("\u00a0", " ")


# --- small lots


def lot(value, small=True, **more):
    return Lot(eur(value) if isinstance(value, str) else value, small=small, **more)


def parted(*lots, launched=MID_2024, category="goods", **more):
    known = [one.value for one in lots if isinstance(one.value, Money)]
    value = UNKNOWN if len(known) < len(lots) else known[0]
    for other in known[1:] if value is not UNKNOWN else ():
        value += other
    return tender(value, launched, category, lots=lots, **more)


def small(*lots, **more):
    return assess(parted(*lots, **more)).small_lots


@pytest.mark.parametrize(
    ("launched", "category", "value", "rest", "fits"),
    [
        # strictly below 80 000 for supplies and services, 1 000 000 for works, under each of the three texts
        (date(2014, 6, 2), "goods", "79999.99", "400000", True),
        (date(2014, 6, 2), "goods", "80000", "400000", False),
        (date(2017, 6, 1), "services", "79999.99", "400000", True),
        (date(2017, 6, 1), "services", "80000", "400000", False),
        (MID_2024, "insurance", "79999.99", "400000", True),
        (MID_2024, "insurance", "80000", "400000", False),
        (date(2014, 6, 2), "works", "999999.99", "9000000", True),
        (date(2014, 6, 2), "works", "1000000", "9000000", False),
        (MID_2024, "other_works", "999999.99", "9000000", True),
        (MID_2024, "other_works", "1000000", "9000000", False),
        # at most a fifth of all the lots: 79 999.99 is a fifth of 399 999.95
        (MID_2024, "goods", "79999.99", "319999.96", True),
        (MID_2024, "goods", "79999.99", "319999.95", False),
        (MID_2024, "goods", "50000", "200000", True),
        (MID_2024, "goods", "50000.01", "200000", False),
    ],
)
def test_a_small_lot_is_below_its_ceiling_and_within_a_fifth(launched, category, value, rest, fits):
    answer = small(lot(value), lot(rest, small=False), launched=launched, category=category)
    assert (answer.status, answer.value, answer.possible, answer.missing) == ("answered", fits, {fits}, frozenset())


def test_a_cent_too_much_is_told_with_what_is_in_excess():
    """79 999.99 and 319 999.95 make 399 999.94, of which a fifth is 79 999.988: 0.002 in excess."""
    answer = small(lot("79999.99"), lot("319999.95", small=False))
    assert [(step.what.en, step.amount) for step in answer.steps] == [
        ("the small lots, together", eur("79999.99")),
        ("all the lots", eur("399999.94")),
        ("20 % of all the lots", eur("79999.988")),
        ("in excess", eur("0.002")),
    ]
    assert {c.instrument for c in answer.citations} == {"fr/CCP"}


def test_a_lot_too_large_is_named_and_leaves_the_others_their_share():
    """80 000 is not below 80 000; the other small lot is 50 000 of 530 000, of which a fifth is 106 000."""
    whole = parted(lot("80000", title="A"), lot("50000", title="B"), lot("400000", small=False))
    answer = assess(whole).small_lots
    assert answer.value is False
    assert [(step.what.en, step.amount) for step in answer.steps] == [
        ("lot “A”, not below its ceiling", eur("80000")),
        ("the small lots, together", eur("50000")),
        ("all the lots", eur("530000")),
        ("20 % of all the lots", eur("106000")),
    ]
    assert [one.procedure.value for one in assess(whole).lots] == ["formal", "adapted", "formal"]


def test_each_lot_has_the_ceiling_of_what_it_buys():
    """In a contract of works a lot of services has the ceiling of services."""
    rest = lot("6000000", small=False)
    assert small(lot("80000", category="services"), rest, category="works").value is False
    assert small(lot("79999.99", category="services"), rest, category="works").value is True
    assert small(lot("80000"), rest, category="works").value is True


@pytest.mark.parametrize(
    ("lots", "value"),
    [
        # 50 000 is a fifth of 250 000, whatever more there is
        ((lot("50000"), lot("200000", small=False), lot(UNKNOWN, small=False)), True),
        ((lot("50000"), lot("199999.99", small=False), lot(UNKNOWN, small=False)), None),
        ((lot("50000"), lot(UNKNOWN, small=False)), None),
        ((lot(UNKNOWN), lot("200000", small=False)), None),
        ((lot(UNKNOWN), lot("90000"), lot("900000", small=False)), False),
        # between 40 000 and 60 000 of 240 000 to 260 000: a sixth, or more than a fifth
        ((lot(between("40000", "60000")), lot("200000", small=False)), None),
        ((lot(between("40000", "50000")), lot("200000", small=False)), True),
        ((lot(between("50000.01", "60000")), lot("200000", small=False)), False),
        ((lot("50000"), lot(between("200000", "300000"), small=False)), True),
        ((lot("50000"), lot(between("100000", "199999.99"), small=False)), False),
        # the ceiling itself may or may not be reached
        ((lot(between("79000", "80000")), lot("900000", small=False)), None),
        ((lot(between("79000", "79999.99")), lot("900000", small=False)), True),
        ((lot(between("80000", "81000")), lot("900000", small=False)), False),
    ],
)
def test_what_is_not_known_of_a_lot_is_missing_only_where_it_decides(lots, value):
    answer = small(*lots)
    if value is None:
        assert (answer.status, answer.value) == ("unknown", UNKNOWN)
        assert (answer.possible, answer.missing) == ({False, True}, {"lots"})
    else:
        assert (answer.status, answer.value, answer.missing) == ("answered", value, frozenset())


@pytest.mark.parametrize("tax", ["included", UNKNOWN])
def test_lots_with_tax_only_bound_what_is_compared(tax):
    first = lot(eur("50000", tax))
    answer = small(first, lot(eur("500000", tax), small=False))
    assert (answer.status, answer.missing) == ("unknown", {"lots"})


@pytest.mark.parametrize("framework", ["maximum", "no_maximum"])
def test_under_the_code_of_2006_small_lots_of_a_framework_agreement_are_not_modelled(framework):
    """CMP 27-III: a fifth of the minimum, which is no fact here, and none without one; the decree of 2016 is silent on it."""
    lots = (lot("50000"), lot("400000", small=False))
    last = small(*lots, launched=date(2016, 3, 31), framework=framework)
    assert (last.status, last.possible) == ("not_modelled", {False, True})
    assert [gap.id for gap in last.gaps] == ["fr/small-lot-framework"]
    assert small(lot("50000"), lot("50000", small=False), launched=date(2016, 3, 31), framework=framework).value is False
    assert small(*lots, launched=date(2016, 3, 31)).value is True
    assert small(*lots, launched=date(2016, 4, 1), framework=framework).value is True


def test_without_a_claim_the_question_does_not_arise():
    for asked in (tender("300000"), parted(lot("50000", small=False), lot("400000", small=False))):
        answer = assess(asked).small_lots
        assert (answer.status, answer.value, answer.possible) == ("not_applicable", None, {None})


def test_a_lot_that_is_not_small_follows_the_procedure_of_the_whole():
    """20 000 alone would be direct; of 450 000 in all it is formal, claimed and fitting it is direct again."""
    plain = assess(parted(lot("20000", small=False), lot("430000", small=False)))
    assert plain.procedure.value == "formal"
    assert [one.procedure.value for one in plain.lots] == ["formal", "formal"]
    claimed = assess(parted(lot("20000"), lot("430000", small=False)))
    assert claimed.procedure.value == "formal"
    assert [one.procedure.value for one in claimed.lots] == ["direct", "formal"]
    assert claimed.lots[0].tender.need == eur("450000")
    assert assess(tender("20000")).procedure.value == "direct"


@pytest.mark.parametrize(
    ("launched", "value", "procedure"),
    [
        # direct below 25 000, for a small lot from the code of 2019 on
        (date(2019, 3, 31), "24999.99", "adapted"),
        (date(2019, 4, 1), "24999.99", "direct"),
        (date(2019, 4, 1), "25000", "adapted"),
        # then 40 000, and 60 000
        (date(2020, 1, 1), "39999.99", "direct"),
        (date(2020, 1, 1), "40000", "adapted"),
        (date(2026, 4, 1), "59999.99", "direct"),
        (date(2026, 4, 1), "60000", "adapted"),
    ],
)
def test_a_small_lot_below_the_direct_ceiling_needs_no_competition(launched, value, procedure):
    first, second = assess(parted(lot(value), lot("500000", small=False), launched=launched)).lots
    assert (first.procedure.value, second.procedure.value) == (procedure, "formal")


def test_claims_that_do_not_fit_together_help_no_lot():
    """50 000 and 50 000 are a fifth of 500 000, and a cent more is too much: then none of them leaves the procedure."""
    fits = assess(parted(lot("50000"), lot("50000"), lot("400000", small=False)))
    assert [one.procedure.value for one in fits.lots] == ["adapted", "adapted", "formal"]
    too_much = assess(parted(lot("50000"), lot("50000.01"), lot("400000", small=False)))
    assert too_much.small_lots.value is False
    assert [one.procedure.value for one in too_much.lots] == ["formal", "formal", "formal"]


def test_a_lot_whose_claim_may_fit_may_leave_the_procedure():
    whole = tender("500000", lots=(lot("50000"), lot(UNKNOWN, small=False)))
    answer = assess(whole).lots[0].procedure
    assert (answer.status, answer.possible) == ("unknown", {"adapted", "formal"})
    assert answer.missing


def test_the_options_of_the_whole_are_part_of_the_need_of_each_lot():
    """200 000 and 21 000 of options reach 221 000: a lot of 100 000 is a part of a formal contract."""
    lots = (lot("100000", small=False), lot("100000", small=False))
    assert [one.procedure.value for one in assess(tender("200000", lots=lots, options=eur("21000"))).lots] == ["formal"] * 2
    assert [one.procedure.value for one in assess(tender("200000", lots=lots, options=eur("20999.99"))).lots] == ["adapted"] * 2


def test_the_months_that_count_of_the_whole_count_for_the_need_of_each_lot():
    """48 of 60 months of 260 000 are 208 000, below 221 000: neither the whole nor a lot of it is formal."""
    lots = (lot("130000", small=False), lot("130000", small=False))
    found = assess(tender("260000", category="services", lots=lots, total_price=False, duration=60))
    assert found.procedure.value == "adapted"
    assert [one.procedure.value for one in found.lots] == ["adapted", "adapted"]


# --- the scheme for responsible purchasing


def scheme(launched, **spent):
    purchases = {int(year[1:]): eur(amount) if isinstance(amount, str) else amount for year, amount in spent.items()}
    buyer = City(id="fr/213502388", name="Rennes", annual_purchases=purchases)
    return assess(tender(launched=launched, buyer=buyer)).purchasing_scheme


@pytest.mark.parametrize(
    ("launched", "spent", "due"),
    [
        # strictly above 100 million from 2015-02-01, of the whole year before
        (date(2015, 2, 1), {"y2014": "100000000"}, False),
        (date(2015, 2, 1), {"y2014": "100000000.01"}, True),
        (date(2017, 1, 24), {"y2016": "99999999.99"}, False),
        (date(2022, 12, 31), {"y2021": "100000000"}, False),
        (date(2022, 12, 31), {"y2021": "100000000.01"}, True),
        # above 50 million from 2023-01-01
        (date(2022, 12, 31), {"y2021": "50000000.01"}, False),
        (date(2023, 1, 1), {"y2022": "50000000"}, False),
        (date(2023, 1, 1), {"y2022": "50000000.01"}, True),
        (date(2026, 12, 31), {"y2025": "50000000.01"}, True),
        # another year is not read
        (date(2024, 1, 1), {"y2022": "90000000", "y2023": "10000000"}, False),
        (date(2024, 1, 1), {"y2023": "90000000", "y2024": "10000000"}, True),
        # before the statute of 2014 there was no such scheme, whatever was spent
        (date(2013, 1, 1), {}, False),
        (date(2013, 6, 3), {"y2012": "900000000"}, False),
        (date(2014, 8, 1), {"y2013": "900000000"}, False),
        # a range is enough when it lies on one side
        (date(2016, 6, 1), {"y2015": between("100000000.01", "200000000")}, True),
        (date(2016, 6, 1), {"y2015": between("50000000", "100000000")}, False),
    ],
)
def test_the_scheme_is_due_above_the_amount_of_the_day(launched, spent, due):
    answer = scheme(launched, **spent)
    assert (answer.status, answer.value, answer.possible, answer.missing) == ("answered", due, {due}, frozenset())


@pytest.mark.parametrize("day", [date(2014, 8, 2), date(2014, 12, 31), date(2015, 1, 31)])
def test_between_the_statute_and_its_decree_no_amount_is_set(day):
    answer = scheme(day, y2013="900000000", y2014="900000000")
    assert (answer.status, answer.value) == ("not_modelled", UNKNOWN)
    assert (answer.possible, answer.missing) == ({False, True}, frozenset())
    assert [(gap.id, gap.start, gap.end) for gap in answer.gaps] == [
        ("fr/purchasing-scheme", date(2014, 8, 2), date(2015, 2, 1))
    ]


@pytest.mark.parametrize(
    "spent",
    [
        {},
        {"y2014": "900000000", "y2016": "900000000"},
        {"y2015": between("90000000", "110000000")},
        {"y2015": between("100000000", "100000000.01")},
    ],
)
def test_spending_nobody_knows_well_enough_is_missing(spent):
    answer = scheme(date(2016, 6, 1), **spent)
    assert (answer.status, answer.value) == ("unknown", UNKNOWN)
    assert (answer.possible, answer.missing) == ({False, True}, {"annual_purchases"})


def test_the_shipped_bodies_of_rennes_state_no_spending():
    for body in (RENNES, METROPOLE):
        answer = assess(tender(buyer=body)).purchasing_scheme
        assert (answer.status, answer.missing) == ("unknown", {"annual_purchases"})


def test_the_scheme_says_what_was_compared_with_what():
    answer = scheme(date(2023, 1, 1), y2022="60000000")
    assert [(step.what.en, step.amount) for step in answer.steps] == [
        ("purchases of 2022", eur("60000000")),
        ("amount to exceed", eur("50000000")),
    ]
    assert ("fr/CCP", "art. D. 2111-3") in {(c.instrument, c.at_fr) for c in answer.citations}
    assert ("note", "fr/purchasing-scheme") in {(c.kind, c.id) for c in answer.caveats}  # which year is not said


# --- the earliest closing


def closing(launched, value="300000", *, online=True, **more):
    return assess(tender(value, launched, electronic=online, **more)).earliest_closing


@pytest.mark.parametrize(
    ("launched", "online", "last", "first"),
    [
        # CCP: 30 days when tenders come electronically, else 35; the last day is whole, so the next one is the first
        (date(2026, 9, 1), True, date(2026, 10, 1), date(2026, 10, 2)),
        (date(2026, 9, 1), False, date(2026, 10, 6), date(2026, 10, 7)),
        # 3 October 2026 is a Saturday, the 4th a Sunday: both move to Monday the 5th
        (date(2026, 9, 2), True, date(2026, 10, 2), date(2026, 10, 3)),
        (date(2026, 9, 3), True, date(2026, 10, 5), date(2026, 10, 6)),
        (date(2026, 9, 4), True, date(2026, 10, 5), date(2026, 10, 6)),
        (date(2026, 9, 5), True, date(2026, 10, 5), date(2026, 10, 6)),
        # 11 November 2026, a holiday, is a Wednesday
        (date(2026, 10, 11), True, date(2026, 11, 10), date(2026, 11, 11)),
        (date(2026, 10, 12), True, date(2026, 11, 12), date(2026, 11, 13)),
        # Easter is 5 April 2026: Sunday and the Monday after it move to Tuesday the 7th; Good Friday is no holiday in Rennes
        (date(2026, 3, 4), True, date(2026, 4, 3), date(2026, 4, 4)),
        (date(2026, 3, 6), True, date(2026, 4, 7), date(2026, 4, 8)),
        (date(2026, 3, 7), True, date(2026, 4, 7), date(2026, 4, 8)),
        # Christmas 2026 is a Friday: over the week-end to Monday the 28th
        (date(2026, 11, 25), True, date(2026, 12, 28), date(2026, 12, 29)),
        # CMP: 52 days, tenders online or not
        (date(2014, 3, 3), True, date(2014, 4, 24), date(2014, 4, 25)),
        (date(2014, 3, 3), False, date(2014, 4, 24), date(2014, 4, 25)),
    ],
)
def test_an_open_procedure_closes_after_its_last_whole_day(launched, online, last, first):
    answer = closing(launched, online=online)
    assert (answer.status, answer.value, answer.possible) == ("answered", first, {first})
    assert [step.amount for step in answer.steps] == [launched, last, first]
    assert answer.explanation.title.en == "Earliest closing of the receipt of tenders"


def test_the_period_of_the_code_of_2006_is_shorter_for_what_is_done_electronically():
    """52 - 7 - 5 = 40 days from Monday 3 March 2014: Saturday 12 April, moved to Monday the 14th."""
    both = {"grounds": {"fr/electronic-notice", "fr/documents-online"}}
    assert closing(date(2014, 3, 3), **both).value == date(2014, 4, 15)
    # 45 days: Thursday 17 April
    assert closing(date(2014, 3, 3), grounds={"fr/electronic-notice"}).value == date(2014, 4, 18)


@pytest.mark.parametrize(
    ("procedure", "grounds", "last", "first"),
    [
        # 30 days, 15 in urgency: 1 October and 16 September 2026
        ("restricted", (), date(2026, 10, 1), date(2026, 10, 2)),
        ("restricted", ("fr/urgency",), date(2026, 9, 16), date(2026, 9, 17)),
        ("negotiation", (), date(2026, 10, 1), date(2026, 10, 2)),
        ("negotiation", ("fr/urgency",), date(2026, 9, 16), date(2026, 9, 17)),
        ("dialogue", (), date(2026, 10, 1), date(2026, 10, 2)),
    ],
)
def test_where_candidates_come_first_the_closing_is_theirs(procedure, grounds, last, first):
    for online in (True, False, UNKNOWN):
        answer = closing(date(2026, 9, 1), formal_procedure=procedure, grounds=grounds, online=online)
        assert (answer.status, answer.value) == ("answered", first)
        assert answer.steps[1].amount == last
        assert answer.explanation.title.en == "Earliest closing of the receipt of requests to participate"


def test_the_period_runs_from_the_dispatch_of_the_notice():
    """Sent on 15 September 2026 it ends on Thursday 15 October, whenever the consultation was launched."""
    sent = closing(date(2026, 9, 1), published=date(2026, 9, 15))
    assert sent.value == date(2026, 10, 16)
    assert "published" not in {caveat.id for caveat in sent.caveats}
    assert "published" in {caveat.id for caveat in closing(date(2026, 9, 1)).caveats}


def test_a_closing_in_doubt_gives_every_day_and_says_what_would_settle_it():
    answer = closing(date(2026, 9, 1), online=UNKNOWN)
    assert (answer.status, answer.value, answer.missing) == ("unknown", UNKNOWN, {"electronic"})
    assert answer.possible == {date(2026, 10, 2), date(2026, 10, 7)}


def test_two_periods_that_end_on_one_day_close_on_one_day():
    """From Saturday 29 August 2026 thirty days end on Monday 28 September, thirty-five on Saturday 3 October."""
    answer = closing(date(2026, 8, 29), online=UNKNOWN)
    assert answer.possible == {date(2026, 9, 29), date(2026, 10, 6)}


@pytest.mark.parametrize("value", ["30000", "100000", "215999.99"])
def test_no_day_is_fixed_below_the_formal_threshold(value):
    answer = closing(date(2026, 9, 1), value)
    assert (answer.status, answer.value, answer.possible) == ("not_applicable", None, {None})


def test_a_value_in_doubt_leaves_a_day_or_none():
    answer = closing(date(2026, 9, 1), between("200000", "216000"))
    assert (answer.status, answer.possible, answer.missing) == ("unknown", {None, date(2026, 10, 2)}, {"value"})


# --- duties


def duties(value="300000", launched=date(2026, 3, 2), concludes=None, **more):
    return {duty.id.partition("/")[2]: duty for duty in assess(tender(value, launched, concludes=concludes, **more)).duties}


def dues(*given, **more):
    return {id: duty.due for id, duty in duties(*given, **more).items()}


@pytest.mark.parametrize(
    ("value", "launched", "concludes", "expected"),
    [
        # 30 days from Monday 15 June 2026; two months, on Saturday 15 August, a holiday: Monday the 17th
        (
            "300000",
            date(2026, 3, 2),
            date(2026, 6, 15),
            {"award-notice": date(2026, 7, 15), "essential-data": date(2026, 8, 17)},
        ),
        # the formal threshold, to the cent
        ("215999.99", date(2026, 3, 2), date(2026, 6, 15), {"essential-data": date(2026, 8, 17)}),
        (
            "216000",
            date(2026, 3, 2),
            date(2026, 6, 15),
            {"award-notice": date(2026, 7, 15), "essential-data": date(2026, 8, 17)},
        ),
        # from 40 000 the essential data; from 25 000 the list, of the year before, by the end of March
        ("40000", date(2026, 3, 2), date(2026, 6, 15), {"essential-data": date(2026, 8, 17)}),
        ("39999.99", date(2026, 3, 2), date(2026, 6, 15), {"small-contract-list": date(2027, 3, 31)}),
        ("25000", date(2026, 3, 2), date(2026, 6, 15), {"small-contract-list": date(2027, 3, 31)}),
        ("24999.99", date(2026, 3, 2), date(2026, 6, 15), {}),
        # until 2019 the data are from 25 000 on: two months from 31 December end on Saturday 29 February 2020
        ("25000", date(2019, 11, 4), date(2019, 12, 31), {"essential-data": date(2020, 3, 2)}),
        ("24999.99", date(2019, 11, 4), date(2019, 12, 31), {}),
        ("25000", date(2018, 9, 3), date(2018, 10, 1), {"essential-data": date(2018, 12, 3)}),  # 1 December is a Saturday
        ("25000", date(2018, 9, 3), date(2018, 9, 30), {}),
        # the law is that of the day the contract is made; the first list, of the contracts of 2020, is due in March 2021
        ("39999.99", date(2019, 12, 2), date(2020, 1, 2), {"small-contract-list": date(2021, 3, 31)}),
        # CMP 85: 48 days from 15 June 2015 end on Sunday 2 August
        ("300000", date(2015, 2, 2), date(2015, 6, 15), {"award-notice": date(2015, 8, 3)}),
        # 30 days from 1 April 2016 end on Sunday 1 May, a holiday
        ("300000", date(2016, 1, 4), date(2016, 4, 1), {"award-notice": date(2016, 5, 2)}),
        ("300000", date(2016, 1, 4), date(2016, 3, 31), {"award-notice": date(2016, 5, 18)}),
    ],
)
def test_a_contract_calls_duties_by_the_law_of_the_day_it_is_made(value, launched, concludes, expected):
    found = duties(value, launched, concludes)
    assert {id: duty.due for id, duty in found.items()} == expected
    for duty in found.values():
        assert duty.status == "due"
        assert duty.citations
        assert duty.who == "Rennes"
        assert "concludes" not in {caveat.id for caveat in duty.caveats}


def test_without_the_day_the_contract_is_made_no_day_is_told():
    found = duties("300000")
    assert {id: (duty.due, duty.status) for id, duty in found.items()} == {
        "award-notice": (None, "standing"),
        "essential-data": (None, "standing"),
    }
    for duty in found.values():
        assert "concludes" in {caveat.id for caveat in duty.caveats}, duty.id
    listed = duties("30000")
    assert {id: duty.due for id, duty in listed.items()} == {"small-contract-list": None}
    assert "concludes" in {caveat.id for caveat in listed["small-contract-list"].caveats}


def conditions_of(duty):
    return [caveat.text.en for caveat in duty.caveats if caveat.text.en.startswith("Provided ")]


def test_a_duty_that_may_be_called_says_on_what_condition():
    """Between 30 000 and 250 000 the contract may be below 40 000, or at 216 000 and more; above 25 000 it certainly is."""
    found = duties(between("30000", "250000"), concludes=date(2026, 6, 15))
    assert set(found) == {"award-notice", "essential-data", "small-contract-list"}
    assert {id: conditions_of(duty) for id, duty in found.items()} == {
        "award-notice": ["Provided the procedure is a formal one."],
        "essential-data": ["Provided the need reaches €40,000."],
        "small-contract-list": [],
    }
    certain = duties("300000", concludes=date(2026, 6, 15))
    assert [conditions_of(duty) for duty in certain.values()] == [[], []]
    perhaps = duties(between("20000", "30000"), concludes=date(2026, 6, 15))
    assert {id: conditions_of(duty) for id, duty in perhaps.items()} == {
        "small-contract-list": ["Provided the need reaches €25,000."]
    }
    assert set(duties(UNKNOWN, concludes=date(2026, 6, 15))) == set(found)


def test_the_value_of_the_need_calls_the_data_not_that_of_the_contract():
    assert dues("30000", concludes=date(2026, 6, 15), need=eur("40000")) == {"essential-data": date(2026, 8, 17)}


@pytest.mark.parametrize("category", ["outside", "concession"])
def test_what_is_no_public_contract_calls_nothing(category):
    assert duties("300000", concludes=date(2026, 6, 15), category=category) == {}


# --- what each book does not answer


@pytest.mark.parametrize("name", ["estimate", "authorisation", "preferences", "decision_maker"])
@pytest.mark.parametrize("launched", [date(2013, 1, 1), MID_2024, date(2030, 1, 1)])
def test_the_book_of_france_says_that_it_does_not_answer(name, launched):
    assert name in fr.UNMODELLED
    found = assess(tender(launched=launched))
    answer = getattr(found, name)
    assert (answer.question, answer.status, answer.value, answer.missing) == (name, "not_modelled", UNKNOWN, frozenset())
    assert [gap.id for gap in answer.gaps] == [f"fr/{name.replace('_', '-')}"]
    assert name not in {one.question for one in found.answers}
    for locale in ("fr_FR", "en_GB"):
        assert answer.gaps[0].reason.in_(locale)[:40] in answer.explain(locale).replace("\u00a0", " ")


@pytest.mark.parametrize("name", ["application_period", "standstill", "sustainability", "purchasing_scheme"])
@pytest.mark.parametrize("launched", [date(2013, 1, 1), MID_2024, date(2027, 1, 4)])
def test_the_book_of_quebec_says_that_it_does_not_answer(name, launched):
    assert name in ca_qc.UNMODELLED
    value = Money("100000", "CAD", tax="net")
    found = assess(Tender(buyer=LONGUEUIL, category="goods", value=value, launched=launched))
    answer = getattr(found, name)
    assert (answer.question, answer.status, answer.value, answer.missing) == (name, "not_modelled", UNKNOWN, frozenset())
    assert [gap.id for gap in answer.gaps] == [f"ca-qc/{name.replace('_', '-')}"]
    assert name not in {one.question for one in found.answers}
    assert found.small_lots.status == "not_applicable"


def test_every_question_of_each_book_is_answered_once():
    for package, asked in (
        (fr, tender()),
        (ca_qc, Tender(buyer=LONGUEUIL, category="goods", value=UNKNOWN, launched=MID_2024)),
    ):
        found = assess(asked)
        assert tuple(one.question for one in found.answers) == package.QUESTIONS
        assert {one.status for one in found.answers} <= {"answered", "unknown", "not_modelled", "not_applicable"}
        assert not set(package.QUESTIONS) & set(package.UNMODELLED)


# --- what a French tender and a French buyer may say


def refused(make, *paths):
    with pytest.raises(InputError) as caught:
        make()
    assert [fault.path for fault in caught.value.faults] == list(paths)
    return caught.value


@pytest.mark.parametrize(
    ("value", "options", "need", "sound"),
    [
        (eur("100000"), None, eur("99999.99"), False),
        (eur("100000"), None, eur("100000"), True),
        (eur("100000"), eur("0.01"), eur("100000"), False),
        (eur("100000"), eur("5000"), eur("105000"), True),
        (between("100000", "200000"), None, eur("150000"), True),
        (between("100000", "200000"), None, eur("99999.99"), False),
        (eur("100000"), None, between("50000", "99999.99"), False),
        (eur("100000"), None, between("50000", "100000"), True),
        (eur("100000"), None, UNKNOWN, True),
        (UNKNOWN, None, eur("0.01"), True),
    ],
)
def test_the_need_is_not_below_its_part(value, options, need, sound):
    if sound:
        assert tender(value, options=options, need=need).need == need
    else:
        refused(lambda: tender(value, options=options, need=need), "need")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("framework", "minimum"),
        ("framework", "Maximum"),
        ("formal_procedure", "adapted"),
        ("formal_procedure", "negotiated"),
        ("total_price", "no"),
        ("need", "100000"),
        ("need", Money("200000", "CAD", tax="excluded")),
        ("need", eur("200000", "included")),
        ("uncertain_grounds", {"fr/urgent"}),
        ("uncertain_grounds", {"ca-qc/emergency"}),
        ("grounds", {"ca-qc/emergency"}),
        ("grounds", {"fr/urgent"}),
    ],
)
def test_a_field_of_a_french_tender_is_refused_by_name(field, given):
    refused(lambda: tender(**{field: given}), field)


def test_a_need_of_nothing_is_no_need():
    refused(lambda: tender(UNKNOWN, need=eur("0")), "need")
    refused(lambda: tender(UNKNOWN, need=eur("1000000000000.01")), "need")
    assert tender(UNKNOWN, need=eur("1000000000000")).need == eur("1000000000000")


@pytest.mark.parametrize("framework", ["maximum", "no_maximum", None])
@pytest.mark.parametrize("procedure", ["open", "restricted", "negotiation", "dialogue", None])
def test_the_codes_of_a_french_tender_are_accepted(framework, procedure):
    made = tender(framework=framework, formal_procedure=procedure)
    assert (made.framework, made.formal_procedure) == (framework, procedure)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("need", Money("200000", "CAD", tax="net")),
        ("need", UNKNOWN),
        ("framework", "maximum"),
        ("total_price", False),
        ("formal_procedure", "open"),
    ],
)
def test_what_only_french_law_reads_is_refused_of_a_buyer_of_quebec(field, given):
    value = Money("100000", "CAD", tax="net")
    error = refused(lambda: Tender(buyer=LONGUEUIL, category="goods", value=value, launched=MID_2024, **{field: given}), field)
    assert "no rule of ca-qc reads it" in str(error)


def test_a_small_lot_is_french():
    value = Money("100000", "CAD", tax="net")
    refused(
        lambda: Tender(buyer=LONGUEUIL, category="goods", value=value, launched=MID_2024, lots=[Lot(value, small=True)]),
        "lots[0].small",
    )
    assert parted(lot("100000")).lots[0].small is True


def test_a_ground_is_either_claimed_or_doubtful():
    refused(
        lambda: tender(grounds={"fr/urgency", "fr/artistic-work"}, uncertain_grounds={"fr/urgency", "fr/small-lot"}),
        "uncertain_grounds",
    )
    made = tender("300000", grounds={"fr/urgency"}, uncertain_grounds={"fr/artistic-work"})
    answer = assess(made).procedure
    assert (answer.possible, answer.missing) == ({"direct", "formal"}, {"fr/artistic-work"})


def test_a_bylaw_on_contract_management_is_no_french_instrument():
    bylaw = ByLaw(date(2019, 5, 14), {"goods": FLOATING})
    refused(lambda: tender(bylaw_of=RENNES), "bylaw_of")
    refused(lambda: City(id="fr/213502388", name="Rennes", bylaws=[bylaw]), "bylaws")
    refused(lambda: RENNES.with_bylaw(bylaw), "bylaws")


def test_a_joint_purchase_is_of_one_country():
    refused(lambda: tender(group=[LONGUEUIL]), "group[0]")
    assert tender(group=[METROPOLE]).group == (METROPOLE,)


@pytest.mark.parametrize(
    ("purchases", "path"),
    [
        ({2024: eur("1", "included")}, "annual_purchases[0]"),
        ({2024: eur("1", UNKNOWN)}, "annual_purchases[0]"),
        ({2023: eur("1"), 2024: Money("1", "CAD", tax="excluded")}, "annual_purchases[1]"),
        ({2024: between("1", "2", "included")}, "annual_purchases[0]"),
        ({2024: 1}, "annual_purchases[0]"),
        ({"2024": eur("1")}, "annual_purchases[0]"),
        ([(2024, eur("1")), (2024, eur("2"))], "annual_purchases"),
        (5, "annual_purchases"),
    ],
)
def test_yearly_purchases_are_in_euros_before_tax(purchases, path):
    refused(lambda: City(id="fr/213502388", name="Rennes", annual_purchases=purchases), path)


def test_yearly_purchases_are_kept_by_year_and_are_french():
    made = City(id="fr/213502388", name="Rennes", annual_purchases={2024: eur("2"), 2022: between("1", "3")})
    assert made.annual_purchases == ((2022, between("1", "3")), (2024, eur("2")))
    spent = {2024: Money("1", "CAD", tax="excluded")}
    refused(lambda: City(id="ca-qc/brossard", name="Brossard", annual_purchases=spent), "annual_purchases[0]")


@pytest.mark.parametrize(
    ("name", "number", "sound"),
    [
        # Luhn: the digits of 213502388, every second one doubled from the right, add up to 2+2+3+1+0+4+3+7+8 = 30
        ("siren", "213502388", True),
        ("siren", "213502389", False),
        ("siren", "213502838", False),
        ("siren", "21350238", False),
        ("siren", "213 502 388", False),
        ("siret", "21350238800019", True),
        ("siret", "21350238800018", False),
        ("siret", "213502388", False),
        ("insee", "35238", True),
        ("insee", "2A004", True),
        ("insee", "2C004", False),
        ("insee", "3523", False),
    ],
)
def test_an_official_number_passes_its_own_check(name, number, sound):
    def make():
        return City(id="fr/213502388", name="Rennes", identifiers={name: number})

    if sound:
        assert make().identifiers == ((name, number),)
    else:
        refused(make, f"identifiers[{name!r}]")


def test_an_official_number_is_of_a_known_kind():
    refused(lambda: City(id="fr/213502388", name="Rennes", identifiers={"vat": "FR1"}), "identifiers")
    with pytest.raises(InputTypeError):
        City(id="fr/213502388", name="Rennes", identifiers={"siren": 213502388})


# --- schemes and named days


def voted(**changes):
    given = {
        "id": "own/2018",
        "title_fr": "Schéma",
        "title_en": "Scheme",
        "adopted": (date(2018, 4, 16), date(2018, 4, 20)),
        "source": "minutes",
    }
    return PurchasingScheme(**(given | changes))


def test_a_vote_of_which_the_days_are_known_was_held_by_the_last_of_them():
    days = [date(2018, 4, 15), date(2018, 4, 16), date(2018, 4, 19), date(2018, 4, 20), date(2018, 4, 21)]
    assert [voted().adopted_by(day) for day in days] == [False, None, None, True, True]
    one = voted(adopted=(date(2018, 4, 16), date(2018, 4, 16)))
    assert [one.adopted_by(day) for day in days] == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("field", "given", "path"),
    [
        ("id", "", "id"),
        ("title_fr", None, "title_fr"),
        ("source", 5, "source"),
        ("adopted", (date(2018, 4, 20), date(2018, 4, 16)), "adopted"),
        ("adopted", (date(2018, 4, 16),), "adopted"),
        ("adopted", date(2018, 4, 16), "adopted"),
        ("adopted", (date(2018, 4, 16), "2018-04-20"), "adopted[1]"),
        ("confidence", "certain", "confidence"),
        ("start_year", "2018", "start_year"),
        ("end_year", True, "end_year"),
        ("note_en", 5, "note_en"),
    ],
)
def test_a_scheme_that_says_nothing_sensible_is_refused(field, given, path):
    refused(lambda: voted(**{field: given}), path)


def test_a_city_holds_schemes_and_nothing_else():
    refused(lambda: City(id="fr/213502388", name="Rennes", schemes=["2018"]), "schemes[0]")
    assert City(id="fr/213502388", name="Rennes", schemes=[voted()]).schemes == (voted(),)


def test_a_named_day_is_a_day_to_ask_about():
    scenario = scenarios["rennes-visit-2017"]
    assert isinstance(scenario, Scenario)
    assert len(scenarios) == len(list(scenarios)) >= 4
    assert "rennes-visit-2017" in scenarios
    assert "rennes-visit" not in scenarios
    # on 24 January 2017: direct below 25 000, formal from 209 000
    for value, procedure in (("24999.99", "direct"), ("25000", "adapted"), ("208999.99", "adapted"), ("209000", "formal")):
        assert assess(tender(value, scenario.day)).procedure.value == procedure
    with pytest.raises(UnknownId):
        scenarios["rennes-visit"]


# --- there and back


WHOLE = tender(
    "300000",
    date(2026, 9, 1),
    need=between("400000", "500000"),
    options=eur("1000"),
    lots=(lot("50000", title="A", reserved="EA"), lot("250000", small=False)),
    grounds={"fr/electronic-rejection"},
    uncertain_grounds={"fr/urgency"},
    framework="maximum",
    formal_procedure="restricted",
    total_price=False,
    duration=60,
    electronic=True,
    criteria=["prix", "environnement"],
    clauses=["insertion"],
    reserved="EA",
    concludes=date(2027, 1, 4),
    buyer=City(
        id="fr/213502388",
        name="Rennes",
        identifiers={"siren": "213502388"},
        annual_purchases={2025: between("40000000", "60000000")},
        schemes=[voted(start_year=2018, end_year=2020, note_fr="Une note.", note_en="A note.")],
    ),
)


def there_and_back(kind, made):
    written = json.loads(json.dumps(made.to_dict(), allow_nan=False))
    assert kind.from_dict(written) == made
    assert pickle.loads(pickle.dumps(made)) == made


def test_everything_french_comes_back_from_json_and_from_pickle():
    there_and_back(Tender, WHOLE)
    there_and_back(City, WHOLE.buyer)
    there_and_back(Lot, WHOLE.lots[0])
    there_and_back(PurchasingScheme, WHOLE.buyer.schemes[0])
    written = WHOLE.to_dict()
    assert {"need", "framework", "total_price", "formal_procedure", "uncertain_grounds", "criteria", "clauses"} <= set(written)


ASKED = {
    "whole": WHOLE,
    "direct": tender("30000"),
    "adapted": tender("100000"),
    "unknown": tender(UNKNOWN, need=UNKNOWN),
    "with tax": tender(eur("300000", "included")),
    "beyond the term": tender("300000", date(2029, 1, 2)),
    "concession": tender("300000", category="concession"),
    "too large": parted(lot("80000"), lot("300000", small=False)),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_every_answer_comes_back_from_json_and_from_pickle(asked):
    found = assess(asked)
    there_and_back(Assessment, found)
    worked = (*(getattr(found, name) for name in fr.WORKED_OUT), *(getattr(found, name) for name in fr.UNMODELLED))
    for answer in (*found.answers, *worked):
        there_and_back(Answer, answer)
    for duty in found.duties:
        there_and_back(Duty, duty)


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("locale", ["fr_FR", "en_GB"])
def test_every_answer_is_told_without_a_code(asked, locale):
    found = assess(asked)
    for name in (*fr.QUESTIONS, *fr.WORKED_OUT, *fr.UNMODELLED):
        answer = getattr(found, name)
        text = answer.explain(locale)
        assert text.strip()
        assert re.findall(r"\b(?:fr|ca-qc)/\S+|\w*_\w*|\b(?:UNKNOWN|None|True|False)\b", text) == []


def test_a_closing_is_told_by_its_day():
    answer = closing(date(2026, 9, 1))
    assert "2 octobre 2026" in answer.explain("fr_FR")
    assert "2 October 2026" in answer.explain("en_GB")
