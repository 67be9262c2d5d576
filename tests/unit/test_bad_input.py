"""Bad input is refused with one clear error: what, where, what was expected and what to do, all faults of it together.

The messages are kept here as a person reads them; changing one is a choice, made here too.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest

from procurelib import (
    FLOATING,
    UNKNOWN,
    ByLaw,
    City,
    InputError,
    InputTypeError,
    LawFileError,
    Lot,
    Money,
    NoLongerInForce,
    NotYetInForce,
    ProcurelibError,
    TableError,
    Tender,
    UnknownId,
    ask,
    assess,
    check,
    cities,
    compare,
    duties,
    law,
)
from procurelib.rules import ca_qc, fr
from procurelib.tables.conditions import Compare, InForce, Series, Step, Use, Within, all_of
from procurelib.tables.facts import Fact
from procurelib.tables.table import Row, Table

BROSSARD = City(id="ca-qc/brossard", name="Brossard")
RENNES = City(id="fr/213502388", name="Rennes")


def cad(amount, tax="net"):
    return Money(amount, "CAD", tax=tax)


def tender(**changes):
    given = {"buyer": BROSSARD, "category": "goods", "value": cad(150_000), "launched": date(2026, 2, 2)}
    return Tender(**(given | changes))


def french():
    return tender(buyer=RENNES, value=Money("150000", "EUR", tax="excluded"))


def bylaw(amount, **more):
    return ByLaw(date(2019, 5, 14), {} if amount is None else {"goods": amount}, **more)


def procedure_table():
    return ca_qc.procedure.plan(None).table


REFUSED = [
    # wrong type
    (
        lambda: tender(buyer="Brossard"),
        "buyer: got 'Brossard'; expected a City. Take one from procurelib.cities, or build a City.",
    ),
    (
        lambda: tender(value=150_000),
        "value: got 150000; expected Money, MoneyRange or UNKNOWN. Write Money('150000', 'CAD', tax='net').",
    ),
    (
        lambda: cad(150_000.0),
        (
            "amount: got 150000.0; expected an exact amount of zero or more: a str such as '150000' or '99_999.99', an int "
            "or a Decimal. A float cannot hold cents exactly; write the amount in quotes."
        ),
    ),
    (
        lambda: tender(electronic="yes"),
        "electronic: got 'yes'; expected True, False or UNKNOWN. Write it without quotes.",
    ),
    # negative, malformed or absurd amounts
    (
        lambda: cad("-1"),
        (
            "amount: got '-1'; expected an exact amount of zero or more: a str such as '150000' or '99_999.99', an int "
            "or a Decimal. Give credits and refunds as facts of their own."
        ),
    ),
    (
        lambda: cad("150 000 $"),
        (
            "amount: got '150 000 $'; expected an exact amount of zero or more: a str such as '150000' or '99_999.99', an int "
            "or a Decimal. Use a point for the cents, and no spaces, commas or currency signs."
        ),
    ),
    (
        lambda: tender(value=cad(10**15)),
        (
            "value: got Decimal('1000000000000000'); expected an amount a city could spend: at most 10^12. "
            "Check the number of zeros."
        ),
    ),
    (
        lambda: tender(value=cad(0)),
        "value: got Money('0', 'CAD', tax='net'); expected an estimate above zero. Give UNKNOWN when there is no estimate yet.",
    ),
    (
        lambda: tender(lots=[Lot(cad(100_000)), Lot(cad(60_000))]),
        (
            "lots: got Money('160000', 'CAD', tax='net'); expected lots that add up to at most the value, "
            "Money('150000', 'CAD', tax='net'). The value is the whole's, all lots included."
        ),
    ),
    # currency and tax basis
    (
        lambda: Money("1", "USD", tax="net"),
        "currency: got 'USD'; expected 'CAD' or 'EUR'. State the amount in the currency of the buyer's country.",
    ),
    (
        lambda: cad("1", tax="gross"),
        (
            "tax: got 'gross'; expected 'excluded', 'included', 'net' or UNKNOWN. "
            "Say on which basis the amount is stated; UNKNOWN when nobody knows."
        ),
    ),
    (
        lambda: tender(value=Money("150000", "EUR", tax="excluded")),
        (
            "value: got Money('150000', 'EUR', tax='excluded'); expected an amount in CAD, the currency of the buyer's "
            "country. Nothing is converted: state it in that currency."
        ),
    ),
    (
        lambda: tender(options=cad("1", tax="included")),
        (
            "options: got Money('1', 'CAD', tax='included'); expected the tax basis of value, 'net'. "
            "State every amount on one basis."
        ),
    ),
    # codes
    (lambda: tender(category="good"), "category: got 'good'; expected a known category. Did you mean 'goods'?"),
    (
        lambda: tender(category=None),
        (
            "category: got None; expected a code of a category. They are goods, services, professional_services, "
            "reserved_professional_services, social_services, insurance, works, other_works, outside, concession."
        ),
    ),
    (
        lambda: tender(category="services", service="computers"),
        "service: got 'computers'; expected a code of a kind of service, or UNKNOWN. Did you mean 'computer'?",
    ),
    (
        lambda: tender(service="computer"),
        (
            "service: got 'computer'; expected UNKNOWN: the category 'goods' is not a service. "
            "Leave the service out, or correct the category."
        ),
    ),
    (
        lambda: tender(power="agglo"),
        "power: got 'agglo'; expected None or 'agglomeration'. Give 'agglomeration' for one of its powers.",
    ),
    # grounds
    (
        lambda: tender(grounds={"ca-qc/public-body", "ca-qc/nonprofit-body"}),
        (
            "grounds: got ['ca-qc/nonprofit-body', 'ca-qc/public-body']; expected one of the two: ca-qc/public-body and "
            "ca-qc/nonprofit-body each say what the supplier is. Claim the one that the supplier is certain to meet."
        ),
    ),
    (
        lambda: tender(grounds={"ca-qc/non-profit-body"}),
        (
            "grounds: got 'ca-qc/non-profit-body'; expected a known ground. "
            "Did you mean 'ca-qc/nonprofit-body' or 'ca-qc/nonprofit-goods' or 'ca-qc/public-body'?"
        ),
    ),
    (
        lambda: tender(grounds={"fr/small-lot"}),
        "grounds: got 'fr/small-lot'; expected grounds of ca-qc, whose law governs the buyer. They begin with 'ca-qc/'.",
    ),
    # days
    (
        lambda: tender(launched=datetime(2026, 2, 2, 9)),
        (
            "launched: got datetime.datetime(2026, 2, 2, 9, 0); expected a date without a time of day. "
            "Use .date() after choosing the time zone."
        ),
    ),
    (
        lambda: tender(launched="2026-02-02"),
        "launched: got '2026-02-02'; expected a datetime.date. Write date(year, month, day).",
    ),
    (
        lambda: tender(concludes=date(2026, 1, 1)),
        (
            "concludes: got datetime.date(2026, 1, 1); expected a day on or after the launch, 2026-02-02. "
            "Check which day is which."
        ),
    ),
    (
        lambda: law["ca-qc/public-call-threshold"].on(datetime(2026, 1, 1)),
        (
            "on: got datetime.datetime(2026, 1, 1, 0, 0); expected a datetime.date. "
            "The law counts whole days; say which day you mean with .date()."
        ),
    ),
    # by-laws
    (
        lambda: bylaw(cad("24999.99")),
        (
            "direct_below['goods']: got Money('24999.99', 'CAD', tax='net'); expected at least Money('25000', 'CAD', "
            "tax='net'), below which the Act itself allows a direct award. "
            "Leave the category out if the by-law sets no ceiling for it."
        ),
    ),
    (
        lambda: bylaw(None, public_from=cad("99999.99")),
        (
            "public_from: got Money('99999.99', 'CAD', tax='net'); expected at least Money('100000', 'CAD', tax='net'), "
            "the oldest statutory threshold. Check the figure printed in the by-law."
        ),
    ),
    (
        lambda: bylaw("floating"),
        (
            "direct_below['goods']: got 'floating'; expected Money(..., 'CAD', tax='net') or FLOATING. "
            "Write FLOATING for the threshold set by the Minister."
        ),
    ),
    (
        lambda: bylaw(cad("50000", tax="included")),
        (
            "direct_below['goods']: got Money('50000', 'CAD', tax='included'); expected an amount in CAD with tax='net'. "
            "Québec compares the expenditure net of tax rebates; state the figure so."
        ),
    ),
    # the buyer's country
    *(
        (
            lambda rule=rule: ask(rule, french()),
            (
                "case.buyer: got fr/213502388; expected a buyer of ca-qc, whose law the question is about. "
                "Ask the rules of the buyer's own country."
            ),
        )
        for rule in (ca_qc.procedure, ca_qc.agreements, ca_qc.preferences, ca_qc.estimate)
    ),
    *(
        (
            lambda rule=rule: ask(rule, tender()),
            (
                "case.buyer: got ca-qc/brossard; expected a buyer of fr, whose law the question is about. "
                "Ask the rules of the buyer's own country."
            ),
        )
        for rule in (fr.procedure, fr.agreements, fr.standstill, fr.estimate)
    ),
    # asking
    (
        lambda: ask("procedure", tender()),
        (
            "rule: got 'procedure'; expected a question of procurelib.rules, or a Table of your own. "
            "Take one such as rules.ca_qc.procedure or rules.fr.procedure."
        ),
    ),
    (
        lambda: check("procedure"),
        (
            "rule: got 'procedure'; expected a question of procurelib.rules, or a Table of your own. "
            "Take one such as rules.ca_qc.procedure or rules.fr.procedure."
        ),
    ),
    (
        lambda: ask(ca_qc.procedure, {"launched": date(2026, 2, 2)}),
        (
            "case: got {'launched': datetime.date(2026, 2, 2)}; expected a Tender. "
            "Build one with Tender(buyer=…, category=…, value=…, launched=…)."
        ),
    ),
    (
        lambda: assess("tender"),
        "case: got 'tender'; expected a Tender. Build one with Tender(buyer=…, category=…, value=…, launched=…).",
    ),
    (
        lambda: ask(ca_qc.procedure, tender(), strict="no"),
        "strict: got 'no'; expected True or False. Write strict=True, without quotes.",
    ),
    (
        lambda: ask(procedure_table(), "goods"),
        (
            "case: got 'goods'; expected a mapping of fact ids to what is known of them. "
            "Write {'launched': date(…), 'category': 'goods'}."
        ),
    ),
    (
        lambda: ask(procedure_table(), {"category": "good", "launched": date(2026, 2, 2)}),
        (
            "category: got 'good'; expected one of concession, goods, insurance, other_works, outside, professional_services, "
            "reserved_professional_services, services, social_services, works. Give one of these values, or UNKNOWN."
        ),
    ),
    (
        lambda: ask(procedure_table(), {"category": "goods", "launched": datetime(2026, 2, 2)}),
        (
            "launched: got datetime.datetime(2026, 2, 2, 0, 0); expected a datetime.date. "
            "Give the day, without a time or a time zone."
        ),
    ),
    *(
        (
            lambda amount=amount: ask(procedure_table(), {"launched": date(2026, 2, 2), "amount_compared": amount}),
            f"amount_compared: got {amount!r}; expected an int or a Decimal. Give an exact number, or UNKNOWN.",
        )
        for amount in ("150000", 150_000.0, True)
    ),
    (
        lambda: compare(ca_qc.agreements, date(2026, 1, 1), date(2026, 2, 1)),
        (
            "rule: got <question ca-qc/agreements>; expected a question answered by one table, such as rules.ca_qc.procedure. "
            "Compare the members of a question one by one."
        ),
    ),
    (
        lambda: compare(ca_qc.procedure, UNKNOWN, None),
        "on: got None; expected the day on which the two are compared. Or compare two dates.",
    ),
]


@pytest.mark.parametrize(("attempt", "message"), REFUSED, ids=[message[:40] for _, message in REFUSED])
def test_one_clear_error(attempt, message):
    with pytest.raises(InputError) as caught:
        attempt()
    assert str(caught.value) == message
    (fault,) = caught.value.faults
    assert fault.path
    assert fault.value
    assert fault.expected
    assert fault.remedy, "what should be done about it?"
    assert isinstance(caught.value, ValueError)


def test_a_misspelt_fact_of_a_table_is_not_ignored():
    with pytest.raises(InputError) as caught:
        ask(procedure_table(), {"categorie": "goods", "launch": date(2026, 2, 2)})
    assert [fault.path for fault in caught.value.faults] == ["case['categorie']", "case['launch']"]
    assert all("category" in fault.remedy for fault in caught.value.faults)


def test_a_fault_of_type_is_a_type_error_too():
    with pytest.raises(TypeError) as caught:
        tender(buyer="Brossard")
    assert type(caught.value) is InputTypeError
    with pytest.raises(InputError) as mixed:
        tender(buyer="Brossard", category="good")
    assert type(mixed.value) is InputError


@pytest.mark.parametrize("name", ca_qc.QUESTIONS)
def test_before_the_first_day_covered(name):
    """The eve of the first day is refused for every question, and named with the days that are covered."""
    early = tender(launched=date(2012, 12, 31))
    with pytest.raises(NotYetInForce) as caught:
        ask(getattr(ca_qc, name), early)
    assert (caught.value.on, caught.value.first) == (date(2012, 12, 31), date(2013, 1, 1))
    assert str(caught.value).endswith(
        " is not yet in force on 2012-12-31: it covers 2013-01-01 to 9999-12-31; ask for a day inside that span"
    )
    assert ask(getattr(ca_qc, name), early.replace(launched=date(2013, 1, 1))).status


def test_the_rule_is_named_in_an_early_question():
    with pytest.raises(NotYetInForce) as caught:
        ask(ca_qc.procedure, tender(launched=date(2012, 12, 31)))
    assert str(caught.value) == (
        "ca-qc/procedure is not yet in force on 2012-12-31: it covers 2013-01-01 to 9999-12-31; ask for a day inside that span"
    )


def test_all_the_faults_of_one_input_come_together():
    with pytest.raises(InputError) as caught:
        tender(
            buyer="Brossard",
            category="good",
            value=150_000,
            launched=datetime(2026, 1, 1),
            grounds={"ca-qc/non-profit-body"},
            service="computers",
            electronic="yes",
        )
    assert str(caught.value).splitlines() == [
        "buyer: got 'Brossard'; expected a City. Take one from procurelib.cities, or build a City.",
        "category: got 'good'; expected a known category. Did you mean 'goods'?",
        "value: got 150000; expected Money, MoneyRange or UNKNOWN. Write Money('150000', 'CAD', tax='net').",
        (
            "launched: got datetime.datetime(2026, 1, 1, 0, 0); expected a date without a time of day. "
            "Use .date() after choosing the time zone."
        ),
        (
            "grounds: got 'ca-qc/non-profit-body'; expected a known ground. "
            "Did you mean 'ca-qc/nonprofit-body' or 'ca-qc/nonprofit-goods' or 'ca-qc/public-body'?"
        ),
        "electronic: got 'yes'; expected True, False or UNKNOWN. Write it without quotes.",
        "service: got 'computers'; expected a code of a kind of service, or UNKNOWN. Did you mean 'computer'?",
    ]


def test_all_the_faults_of_a_dictionary_come_together_with_their_places():
    written = tender().to_dict() | {"category": "goods", "launched": "2026-02-30", "colour": "blue"}
    written["value"]["tax"] = "gross"
    del written["buyer"]["name"]
    with pytest.raises(InputError) as caught:
        Tender.from_dict(written)
    assert {fault.path for fault in caught.value.faults} == {"$.buyer.name", "$.value.tax", "$.launched", "$.colour"}


# --- files of law -----------------------------------------------------------------------------------------------------


def written(tmp_path, text):
    folder = tmp_path / "ca-qc"
    folder.mkdir()
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_malformed_toml_is_refused_with_its_line(tmp_path):
    folder = written(tmp_path, "[ceiling]\nunit = \n")
    with pytest.raises(LawFileError) as caught:
        law.open(folder)
    assert caught.value.path == str(folder / "mine.toml")
    assert caught.value.line == 2
    assert str(caught.value).startswith(f"{folder / 'mine.toml'}, line 2: ")


def test_a_malformed_value_of_law_is_refused_with_every_reason(tmp_path):
    folder = written(tmp_path, '[ceiling]\nunit = "CAD"\n[[ceiling.version]]\namount = 1.5\n')
    with pytest.raises(LawFileError) as caught:
        law.open(folder)
    told = str(caught.value).replace(str(folder), "…").splitlines()
    assert told == [
        "…/mine.toml: ceiling.title: this key is required",
        "…/mine.toml: ceiling.tax: an amount of money says on which basis it is stated: excluded, included, net",
        "…/mine.toml: ceiling.version[0].checked: this key is required",
        "…/mine.toml: ceiling.version[0].cite: this key is required",
        "…/mine.toml: ceiling.version[0].confidence: this key is required",
        "…/mine.toml: ceiling.version[0].from: this key is required",
        "…/mine.toml: ceiling.version[0].source: this key is required",
        '…/mine.toml: ceiling.version[0].amount: put a number with a point in quotes: "1.5"',
    ]


def test_no_file_at_all():
    with pytest.raises(LawFileError, match=r"^/nowhere/at/all: \(file\): no such file or folder$"):
        law.open("/nowhere/at/all")


# --- tables of one's own ----------------------------------------------------------------------------------------------

DAY = Fact("launched", "date")
SPAN = (date(2020, 1, 1), date(2030, 12, 31))


def table(id, *rows, facts=(DAY,)):
    return Table(id, DAY, SPAN, facts, rows or (Row("rest", all_of(), True),))


def test_a_table_that_uses_itself_is_refused():
    """The constructor cannot make a circle; one forged behind its back is found when another table uses it."""
    inner = table("mine/inner")
    circle = Row("circle", Use(inner, frozenset((True,))), True)
    object.__setattr__(inner, "rows", (circle,))
    with pytest.raises(TableError) as caught:
        table("mine/outer", circle)
    assert str(caught.value) == ("table mine/outer: it uses itself, directly or through another table; break the circle")


def test_a_malformed_table_tells_all_that_is_wrong():
    with pytest.raises(TableError) as caught:
        Table("mine/bad", DAY, SPAN[::-1], (), (Row("a", all_of(), True), Row("a", all_of(), True)))
    assert str(caught.value) == (
        "table mine/bad: the row id 'a' is used 2 times; give each row its own; "
        "its span ends (2020-01-01) before it begins (2030-12-31); "
        "its clock 'launched' is not among its facts; list it first"
    )


def test_a_table_that_asks_a_fact_what_it_cannot_answer_is_refused():
    kind, amount = Fact("kind", "need", ("a", "b")), Fact("amount", "need")
    reading = Fact("reading", "reading", ("old", "new"), default="old")
    late, early = Step(date(2025, 1, 1), 2), Step(date(2024, 1, 1), 1)
    conditions = (
        Compare(kind, Decimal(1)),
        Within(amount, frozenset({Decimal(1)})),
        Within(kind, frozenset({"b", "c"})),
        Compare(amount, Series("mine/limit", (late, early))),
        InForce(DAY, Series("mine/twice", (early, early))),
        InForce(DAY, Series("mine/rule", (early, late), reading)),
    )
    rows = tuple(Row(f"row-{i}", condition, True) for i, condition in enumerate(conditions))
    with pytest.raises(TableError) as caught:
        Table("mine/bad", DAY, SPAN, (DAY, kind, amount, reading), rows)
    assert str(caught.value) == (
        "table mine/bad: it compares the fact 'kind', which is a choice; ask with Within; "
        "it asks whether the fact 'amount' is one of some values, but it has none; ask with Compare; "
        "the fact 'kind' has no value 'c'; its values are ('a', 'b'); "
        "a comparison with the series 'mine/limit' names no clock; say on which day it is read; "
        "the steps of the series 'mine/limit' are not in the order of their days; "
        "the steps of the series 'mine/twice' are not in the order of their days; "
        "the series 'mine/rule' must have steps for each reading of ('old', 'new'), its default included"
    )


# --- names that name nothing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (
            lambda: cities["ca-qc/longueil"],
            "no city is called 'ca-qc/longueil'; did you mean ca-qc/longueuil, ca-qc/levis, ca-qc/montreal?",
        ),
        (
            lambda: law["ca-qc/public-call-treshold"],
            "no value of law is called 'ca-qc/public-call-treshold'; did you mean ca-qc/public-call-threshold, ",
        ),
    ],
    ids=["city", "law"],
)
def test_the_nearest_names_are_offered(attempt, message):
    with pytest.raises(UnknownId) as caught:
        attempt()
    assert str(caught.value).startswith(message)


# --- never a silent default -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", ["buyer", "category", "value", "launched"])
def test_what_fixes_the_answer_has_no_default(left_out):
    given = {"buyer": BROSSARD, "category": "goods", "value": UNKNOWN, "launched": date(2026, 2, 2)}
    del given[left_out]
    with pytest.raises(TypeError, match=left_out):
        Tender(**given)


def test_the_tax_basis_and_the_currency_have_no_default():
    with pytest.raises(TypeError, match="tax"):
        Money("1", "CAD")
    with pytest.raises(TypeError, match="currency"):
        Money("1", tax="net")


def test_unknown_is_neither_true_nor_false():
    with pytest.raises(TypeError, match="UNKNOWN is neither true nor false; test `x is UNKNOWN` first"):
        bool(UNKNOWN)


def test_every_error_is_of_the_library():
    attempts = [attempt for attempt, _ in REFUSED]
    attempts += [
        lambda: law["nothing"],
        lambda: law.open("/nowhere"),
        lambda: assess(tender(launched=date(2000, 1, 1))).procedure,
    ]
    for attempt in attempts:
        with pytest.raises(ProcurelibError):
            attempt()
    assert bylaw(FLOATING).direct_below["goods"] is FLOATING


# --- days that contradict each other, and periods nobody holds --------------------------------------------------------


def test_a_publication_before_the_launch_and_a_contract_before_the_publication_are_refused():
    with pytest.raises(InputError) as caught:
        tender(published=date(2026, 2, 1), concludes=date(2026, 1, 31))
    assert str(caught.value) == (
        "published: got datetime.date(2026, 2, 1); expected a day on or after the launch, 2026-02-02. "
        "Check which day is which.\n"
        "concludes: got datetime.date(2026, 1, 31); expected a day on or after the launch, 2026-02-02 and the publication, "
        "2026-02-01. Check which day is which."
    )
    assert tender(published=date(2026, 2, 2), concludes=date(2026, 2, 2)).concludes == date(2026, 2, 2)


def test_a_publication_after_the_last_day_held_is_refused_by_name():
    with pytest.raises(NoLongerInForce, match="ca-qc/I-16"):
        _ = assess(tender(published=date.max)).earliest_closing


@pytest.mark.parametrize("period", [(date(2012, 12, 31), date(2013, 2, 1)), (date(2043, 1, 1), date(2044, 1, 2))])
def test_duties_of_days_the_book_does_not_hold_are_refused(period):
    with pytest.raises((NotYetInForce, NoLongerInForce)):
        duties(BROSSARD, period)


def test_the_first_and_the_last_day_held_have_their_duties():
    assert isinstance(duties(BROSSARD, (date(2013, 1, 1), date(2013, 1, 2))), tuple)
    assert isinstance(duties(BROSSARD, (date(2043, 12, 31), date(2044, 1, 1))), tuple)


@pytest.mark.parametrize(("a", "b", "named"), [("2020-01-01", date(2020, 1, 1), "a"), (date(2020, 1, 1), None, "b")])
def test_a_date_is_compared_with_a_date(a, b, named):
    with pytest.raises(InputTypeError, match=rf"^{named}: got .*; expected a datetime.date, like the other side"):
        compare(ca_qc.procedure, a, b)


def test_a_day_is_read_in_one_form_only():
    with pytest.raises(InputError, match="launched: got '20260202'"):
        Tender.from_dict({**tender().to_dict(), "launched": "20260202"})


def test_a_compared_amount_may_be_given_as_it_is_shown():
    days = (date(2020, 1, 1), date(2025, 1, 1))
    plain = compare(ca_qc.procedure, *days, given={"amount_compared": Decimal(110_000)})
    shown = compare(ca_qc.procedure, *days, given={"amount_compared": cad("110000")})
    assert shown.regions
    assert len(shown.regions) == len(plain.regions)
    with pytest.raises(InputError, match="on the basis that is compared"):
        compare(ca_qc.procedure, *days, given={"amount_compared": cad("110000", tax="excluded")})
