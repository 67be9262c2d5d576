"""A jurisdiction the library has never heard of: its book and its tables are somebody else's, its readers are the library's.

Ruritania is a kingdom of fiction, and its law lies beside the tests. Petty purchases of goods are made directly, others by
letters to three suppliers, and from the threshold on by a public call; the king's favour dispenses from all of it.
"""

import ast
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

import procurelib
from procurelib import UNKNOWN, InputError, Money, NoLongerInForce, NotYetInForce, TableError, ask, check, compare
from procurelib.law import law
from procurelib.rules import series_of
from procurelib.rules.answer import Gap
from procurelib.tables import (
    Between,
    Compare,
    Fact,
    InForce,
    OneOf,
    Open,
    Row,
    Series,
    Step,
    Table,
    Use,
    Within,
    all_of,
    any_of,
)

FOLDER = Path(__file__).parents[1] / "law" / "ruritania"
BOOK = law.open(FOLDER)
NAME = FOLDER.name
CENT, DAY = Decimal("0.01"), timedelta(1)

CEILING = series_of(BOOK[f"{NAME}/petty-ceiling"])
THRESHOLD = series_of(BOOK[f"{NAME}/tender-threshold"])
DAYS = series_of(BOOK[f"{NAME}/receipt-days"])
FAVOUR = series_of(BOOK[f"{NAME}/royal-favour"])
UNREAD = next(step for step in CEILING.steps if step.gap is not None)
TERM = Series(f"{NAME}/term-of-the-edict", (Step(CEILING.steps[0].start, scope="known"), Step(UNREAD.start, scope="past")))
"""Whether the ceiling is known on a day: past its term no amount may be compared with it."""

LAUNCHED = Fact("launched", "date")
CATEGORY = Fact("category", "need", ("goods", "works"))
AMOUNT = Fact("amount", "need", unit="EUR")
FAVOURED = Fact(f"{NAME}/royal-favour", "claim", (False, True), default=False)
SPAN = (date(2015, 1, 1), date(2026, 12, 31))

GOODS, WORKS = Within(CATEGORY, frozenset({"goods"})), Within(CATEGORY, frozenset({"works"}))
KNOWN = InForce(LAUNCHED, TERM, frozenset({"known"}))
PETTY_OR_MORE = Compare(AMOUNT, CEILING, LAUNCHED)
PUBLIC = Compare(AMOUNT, THRESHOLD, LAUNCHED)

LETTERS_GOODS = Row("letters-goods", all_of(GOODS, KNOWN, PETTY_OR_MORE, ~PUBLIC), "letters", cites=(CEILING,))
LETTERS_WORKS = Row("letters-works", WORKS & ~PUBLIC, "letters")
SOUND = (
    Row("petty", all_of(GOODS, KNOWN, ~PETTY_OR_MORE, ~PUBLIC), "petty", cites=(CEILING,)),
    LETTERS_GOODS,
    Row("unread", all_of(GOODS, ~KNOWN, ~PUBLIC), Open(frozenset({"petty", "letters"}), UNREAD.gap)),
    LETTERS_WORKS,
    Row("public", PUBLIC, "public", cites=(THRESHOLD,)),
    Row("favoured", Within(FAVOURED, frozenset({True})) & InForce(LAUNCHED, FAVOUR), "favoured", 1, (FAVOUR,)),
)
EDICT = THRESHOLD.reading.id
FACTS = (LAUNCHED, CATEGORY, AMOUNT, THRESHOLD.reading, FAVOURED)


def table(*rows, span=SPAN, facts=FACTS, id="procedure"):
    return Table(f"{NAME}/{id}", LAUNCHED, span, facts, rows)


def without(*ids):
    return tuple(row for row in SOUND if row.id not in ids)


PROCEDURE = table(*SOUND)
RECEIPT = table(
    Row("called", Use(PROCEDURE, frozenset({"public"})), DAYS),
    Row("not-called", Use(PROCEDURE, frozenset({"petty", "letters", "favoured"})), None),
    facts=(*FACTS[:-1], DAYS.reading, FAVOURED),
    id="receipt",
)


def eur(amount):
    return Money(amount, "EUR", tax="excluded")


def case(day, category, amount, **more):
    known = Decimal(amount) if isinstance(amount, str) else amount
    return {"launched": date.fromisoformat(day), "category": category, "amount": known} | more


def outcome(day, category, amount, **more):
    found = ask(PROCEDURE, case(day, category, amount, **more))
    assert (found.settled, found.missing) == (True, frozenset())
    (one,) = found.possible
    return one


# --- the book


def test_the_book_is_opened_where_it_lies_and_joins_no_other():
    assert BOOK.jurisdictions == (NAME,)
    assert sorted(BOOK) == [f"{NAME}/{key}" for key in ("petty-ceiling", "receipt-days", "royal-favour", "tender-threshold")]
    assert NAME not in law.jurisdictions
    assert not any(id in law for id in BOOK)
    ceiling = BOOK[f"{NAME}/petty-ceiling"].on(date(2021, 12, 31))
    assert ceiling.value == eur("12500.55")
    assert [c.instrument for c in ceiling.citations] == [f"{NAME}/CROWN-PURCHASES", f"{NAME}/EDICT-7"]
    assert BOOK.instrument(f"{NAME}/EDICT-7").title_en == "Edict 7 on thresholds"


@pytest.mark.parametrize(
    ("id", "day", "error"),
    [
        ("petty-ceiling", date(2014, 12, 31), NotYetInForce),
        ("petty-ceiling", date(2025, 1, 1), NoLongerInForce),
        ("royal-favour", date(2016, 4, 30), NotYetInForce),
        ("royal-favour", date(2023, 1, 1), NoLongerInForce),
    ],
)
def test_a_value_is_refused_outside_its_days(id, day, error):
    entry = BOOK[f"{NAME}/{id}"]
    with pytest.raises(error) as caught:
        entry.on(day)
    assert caught.value.id == f"{NAME}/{id}"
    inside = day + DAY if error is NotYetInForce else day - DAY
    assert entry.on(inside).start <= inside


def test_a_value_becomes_a_series_with_every_doubt_of_the_book():
    """A day for each version, for what is not known after a term, for a repeal; a reading for each doubt."""
    assert [(s.start.isoformat(), s.value, s.absent, isinstance(s.gap, Gap)) for s in CEILING.steps] == [
        ("2015-01-01", Decimal("10000"), False, False),
        ("2019-07-01", Decimal("12500.55"), False, False),
        ("2022-01-01", Decimal("15000"), False, False),
        ("2025-01-01", None, False, True),
    ]
    assert CEILING.reading is None
    assert [(s.start.isoformat(), s.absent) for s in FAVOUR.steps] == [("2016-05-01", False), ("2023-01-01", True)]
    assert (THRESHOLD.reading.values, THRESHOLD.reading.default) == (("edict", "statute"), "edict")
    assert (DAYS.reading.values, DAYS.reading.default) == (("stated", "earlier", "later"), "stated")
    starts = {name: [s.start.isoformat() for s in steps] for name, steps in DAYS.versions()}
    assert starts == {
        "stated": ["2015-01-01", "2018-06-01"],
        "earlier": ["2015-01-01", "2018-04-01"],
        "later": ["2015-01-01", "2018-09-30"],
    }


# --- asking


@pytest.mark.parametrize(
    ("day", "category", "amount", "expected"),
    [
        # the ceiling, to the cent, on the eve and the day it changes
        ("2019-06-30", "goods", "9999.99", "petty"),
        ("2019-06-30", "goods", "10000", "letters"),
        ("2019-06-30", "goods", "12500.54", "letters"),
        ("2019-07-01", "goods", "12500.54", "petty"),
        ("2019-07-01", "goods", "12500.55", "letters"),
        ("2021-12-31", "goods", "14999.99", "letters"),
        ("2022-01-01", "goods", "14999.99", "petty"),
        ("2022-01-01", "goods", "15000", "letters"),
        # the threshold, which goes down
        ("2021-02-28", "goods", "99999.99", "letters"),
        ("2021-02-28", "goods", "100000", "public"),
        ("2021-03-01", "goods", "89999.99", "letters"),
        ("2021-03-01", "goods", "90000", "public"),
        # works have no ceiling
        ("2019-06-30", "works", "0.01", "letters"),
        ("2021-02-28", "works", "90000", "letters"),
        ("2021-03-01", "works", "90000", "public"),
        # the first and the last day covered
        ("2015-01-01", "goods", "9999.99", "petty"),
        ("2026-12-31", "works", "90000", "public"),
    ],
)
def test_answers_on_both_sides_of_a_day_and_of_a_cent(day, category, amount, expected):
    assert outcome(day, category, amount) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2016-04-30", "petty"), ("2016-05-01", "favoured"), ("2022-12-31", "favoured"), ("2023-01-01", "petty")],
)
def test_a_claim_holds_while_its_provision_is_in_force(day, expected):
    assert outcome(day, "goods", "1", **{FAVOURED.id: True}) == expected
    assert outcome(day, "goods", "1") == "petty"


@pytest.mark.parametrize(
    ("known", "possible", "missing"),
    [
        (case("2019-07-01", "goods", UNKNOWN), {"petty", "letters", "public"}, {"amount"}),
        (case("2019-07-01", UNKNOWN, "12500.54"), {"petty", "letters"}, {"category"}),
        (case("2019-07-01", UNKNOWN, "100000"), {"public"}, set()),
        (case("2019-07-01", UNKNOWN, UNKNOWN), {"petty", "letters", "public"}, {"category", "amount"}),
        (case("2019-07-01", "goods", Between(Decimal("12500.54"), Decimal("99999.99"))), {"petty", "letters"}, {"amount"}),
        (case("2019-07-01", "goods", Between(Decimal("12500.55"), Decimal("99999.99"))), {"letters"}, set()),
        (case("2019-07-01", "goods", Between(None, Decimal("12500.54"))), {"petty"}, set()),
        (case("2019-07-01", OneOf(frozenset({"works"})), "1"), {"letters"}, set()),
        (case("2022-12-31", "goods", "1", **{FAVOURED.id: UNKNOWN}), {"petty", "favoured"}, {FAVOURED.id}),
        (case("2023-01-01", "goods", "1", **{FAVOURED.id: UNKNOWN}), {"petty"}, set()),
        (
            case("2023-01-01", "works", "95000", **{EDICT: UNKNOWN}),
            {"letters", "public"},
            {EDICT},
        ),
        (case("2023-01-01", "works", "89999.99", **{EDICT: UNKNOWN}), {"letters"}, set()),
        (case("2024-01-01", "works", "95000", **{EDICT: UNKNOWN}), {"public"}, set()),
    ],
)
def test_what_is_not_known_leaves_exactly_what_it_decides(known, possible, missing):
    found = ask(PROCEDURE, known)
    assert (found.possible, found.missing) == (possible, missing)
    assert found.settled == (len(possible) == 1)


def test_a_reading_is_the_usual_one_unless_another_is_chosen():
    assert outcome("2023-06-01", "works", "95000") == "public"
    assert outcome("2023-06-01", "works", "95000", **{EDICT: "statute"}) == "letters"
    assert outcome("2023-12-31", "works", "95000", **{EDICT: "statute"}) == "letters"
    assert outcome("2024-01-01", "works", "95000", **{EDICT: "statute"}) == "public"
    assert outcome("2022-12-31", "works", "95000", **{EDICT: "statute"}) == "public"


@pytest.mark.parametrize(
    ("day", "category", "amount", "possible"),
    [
        ("2024-12-31", "goods", "14999.99", {"petty"}),
        ("2025-01-01", "goods", "14999.99", {"petty", "letters"}),
        ("2025-01-01", "goods", "89999.99", {"petty", "letters"}),
        ("2025-01-01", "goods", "90000", {"public"}),
        ("2025-01-01", "works", "14999.99", {"letters"}),
    ],
)
def test_where_the_book_has_a_gap_the_answer_is_open(day, category, amount, possible):
    """No fact is missing: the law is; what the gap does not touch is answered all the same."""
    found = ask(PROCEDURE, case(day, category, amount))
    assert (found.possible, found.missing) == (possible, frozenset())
    assert found.settled == (len(possible) == 1)


@pytest.mark.parametrize(("day", "error"), [("2014-12-31", NotYetInForce), ("2027-01-01", NoLongerInForce)])
def test_a_day_outside_the_span_is_refused(day, error):
    with pytest.raises(error) as caught:
        ask(PROCEDURE, case(day, "goods", "1"))
    assert (caught.value.first, caught.value.last) == SPAN


def test_a_fact_of_another_table_is_refused():
    with pytest.raises(InputError, match="crown"):
        ask(PROCEDURE, case("2020-01-01", "goods", "1", crown=True))


@pytest.mark.parametrize(
    ("day", "amount", "more", "possible", "missing"),
    [
        ("2018-05-31", "100000", {}, {20}, set()),
        ("2018-06-01", "100000", {}, {15}, set()),
        ("2018-06-01", "99999.99", {}, {None}, set()),
        ("2018-06-01", UNKNOWN, {}, {None, 15}, {"amount"}),
        ("2018-06-01", "100000", {FAVOURED.id: True}, {None}, set()),
        ("2018-03-31", "100000", {DAYS.reading.id: UNKNOWN}, {20}, set()),
        ("2018-04-01", "100000", {DAYS.reading.id: UNKNOWN}, {20, 15}, {DAYS.reading.id}),
        ("2018-09-29", "100000", {DAYS.reading.id: UNKNOWN}, {20, 15}, {DAYS.reading.id}),
        ("2018-09-30", "100000", {DAYS.reading.id: UNKNOWN}, {15}, set()),
        ("2018-05-31", "100000", {DAYS.reading.id: "earlier"}, {15}, set()),
        ("2018-06-01", "100000", {DAYS.reading.id: "later"}, {20}, set()),
        # in the gap of the ceiling a purchase below the threshold is not called publicly, whatever the ceiling was
        ("2025-01-01", "14999.99", {}, {None}, set()),
    ],
)
def test_a_table_may_use_another_and_give_what_a_value_of_the_book_says(day, amount, more, possible, missing):
    found = ask(RECEIPT, case(day, "goods", amount, **more))
    assert (found.possible, found.missing) == (possible, missing)


# --- proving


@pytest.mark.parametrize("sound", [PROCEDURE, RECEIPT], ids=lambda one: one.id)
def test_nothing_is_wrong_with_the_tables(sound):
    assert check(sound) == ()


def only(findings):
    (found,) = findings
    return found, dict(found.witness)


def test_a_planted_overlap_is_found_with_a_case_that_shows_it():
    """A fixed amount in place of the dated threshold contradicts it once the threshold has gone down."""
    fixed = Row("letters-works", all_of(WORKS, ~Compare(AMOUNT, Decimal(100_000))), "letters")
    faulty = table(*without("letters-works"), fixed)
    found, witness = only(check(faulty))
    assert (found.kind, set(found.rows)) == ("overlap", {"letters-works", "public"})
    # by the reading of the statute, which is not the default one, there is none in 2023
    assert witness["launched"] >= date(2021, 3, 1)
    assert (witness["category"], 90_000 <= witness["amount"] < 100_000) == ("works", True)
    assert check(table(*without("letters-works", "unread"), fixed, span=(SPAN[0], date(2021, 2, 28)))) == ()


def test_amounts_compared_past_the_term_leave_a_hole_that_is_found():
    """Two rows that both compare with what nobody knows do not make an answer: what remains has to be written as open."""
    careless = (
        Row("petty", all_of(GOODS, ~PETTY_OR_MORE, ~PUBLIC), "petty"),
        Row("letters-goods", all_of(GOODS, PETTY_OR_MORE, ~PUBLIC), "letters"),
    )
    found, witness = only(check(table(*careless, *without("petty", "letters-goods", "unread"))))
    assert (found.kind, witness["launched"], witness["category"]) == ("gap", date(2025, 1, 1), "goods")
    short = (SPAN[0], date(2024, 12, 31))
    assert check(table(*careless, *without("petty", "letters-goods", "unread"), span=short)) == ()


def test_a_planted_gap_is_found_with_a_case_that_shows_it():
    found, witness = only(check(table(*without("letters-works"))))
    assert (found.kind, found.rows) == ("gap", ())
    assert witness["category"] == "works"
    assert witness["amount"] < 100_000
    assert outcome(witness["launched"].isoformat(), "works", witness["amount"]) == "letters"
    with pytest.raises(TableError):
        ask(table(*without("letters-works")), witness)


def test_a_comparison_before_the_first_version_is_found():
    """On a day before the first version there is nothing to compare with; the rows are named."""
    early = table(*SOUND, span=(date(2014, 12, 31), SPAN[1]))
    findings = check(early)
    assert findings
    assert {f.kind for f in findings} == {"undefined"}
    assert {dict(f.witness)["launched"] for f in findings} == {date(2014, 12, 31)}
    assert check(table(*SOUND, span=(date(2015, 1, 1), SPAN[1]))) == ()


def test_a_row_that_never_decides_is_found():
    late = (date(2023, 1, 1), SPAN[1])
    found, witness = only(check(table(*SOUND, span=late)))
    assert (found.kind, found.rows, witness) == ("dead", ("favoured",), {})
    assert check(table(*without("favoured"), span=late)) == ()


def test_law_that_nobody_read_is_written_as_open():
    reason = "the tariff of the dukes was not read"
    dukes = Row("works-of-dukes", WORKS & ~PUBLIC, Open(frozenset({"letters", "favoured"}), reason))
    opened = table(*without("letters-works"), dukes)
    assert check(opened) == ()
    found = ask(opened, case("2020-01-01", "works", "1"))
    assert (found.possible, found.missing, found.settled) == ({"letters", "favoured"}, frozenset(), False)
    assert ask(opened, case("2020-01-01", "works", "100000")).possible == {"public"}


# --- comparing


def regions(day, other, **more):
    found = compare(PROCEDURE, date.fromisoformat(day), date.fromisoformat(other), **more)
    return [
        (
            region.claim,
            set(region.before),
            set(region.after),
            {w.fact: w.values or (w.low, w.high) for w in region.where},
        )
        for region in found.regions
    ]


def test_two_days_of_the_same_law_do_not_differ():
    found = compare(PROCEDURE, date(2019, 7, 1), date(2021, 2, 28))
    assert not found
    assert (found.regions, found.basis) == ((), ())


def test_a_ceiling_that_rises_moves_exactly_the_amounts_between():
    expected = [(None, {"letters"}, {"petty"}, {"category": ("goods",), "amount": (eur("10000"), eur("12500.55"))})]
    assert regions("2019-06-30", "2019-07-01") == expected
    (back,) = regions("2019-07-01", "2019-06-30")
    assert back[1:3] == ({"petty"}, {"letters"})


def test_a_threshold_that_goes_down_moves_exactly_the_amounts_between():
    moved = (eur("90000"), eur("100000"))
    found = regions("2021-02-28", "2021-03-01")
    assert all(region[:3] == (None, {"letters"}, {"public"}) for region in found)
    assert sorted((where["category"], where["amount"]) for *_, where in found) == [(("goods",), moved), (("works",), moved)]


def test_what_the_book_no_longer_knows_is_open_on_one_side():
    found = regions("2024-12-31", "2025-01-01")
    assert sorted((sorted(before), sorted(after), where["amount"]) for _, before, after, where in found) == [
        (["letters"], ["letters", "petty"], (eur("15000"), eur("90000"))),
        (["petty"], ["letters", "petty"], (None, eur("15000"))),
    ]
    assert all(claim is None and where["category"] == ("goods",) for claim, _, _, where in found)


def test_a_repeal_is_told_of_the_claim_it_takes_away():
    found = regions("2022-12-31", "2023-01-01")
    assert {claim for claim, *_ in found} == {FAVOURED.id}
    assert {(frozenset(before), frozenset(after)) for _, before, after, _ in found} == {
        (frozenset({"favoured"}), frozenset({after})) for after in ("petty", "letters", "public")
    }


@pytest.mark.parametrize("days", [("2019-06-30", "2019-07-01"), ("2016-01-01", "2022-06-01"), ("2020-01-01", "2025-06-01")])
def test_the_regions_are_exactly_where_asking_twice_differs(days):
    """Every amount on either side of every boundary, for each category: inside a region if and only if the answers differ."""
    told = compare(PROCEDURE, *map(date.fromisoformat, days)).regions
    near = {step.value for one in (CEILING, THRESHOLD) for step in one.steps if step.value is not None}
    amounts = sorted({amount + shift for amount in near for shift in (-CENT, 0, CENT)})
    differing = 0
    for category, amount in product(CATEGORY.values, amounts):
        before, after = (ask(PROCEDURE, case(day, category, amount)).possible for day in days)
        here = {"category": category, "amount": eur(amount)}
        inside = [
            (region.before, region.after)
            for region in told
            if region.claim is None and all(_holds(where, here) for where in region.where)
        ]
        assert inside == ([(before, after)] if before != after else [])
        differing += before != after
    assert differing


def _holds(where, known):
    value = known[where.fact]
    if where.values:
        return value in where.values
    return (where.low is None or where.low <= value) and (where.high is None or value < where.high)


def test_a_region_cites_the_book_it_rests_on_and_is_told_in_both_languages():
    found = compare(PROCEDURE, date(2019, 6, 30), date(2019, 7, 1))
    (region,) = found.regions
    before, after = ({(c.instrument, c.at_en) for c in cited} for cited in (region.cited_before, region.cited_after))
    act, edict = f"{NAME}/CROWN-PURCHASES", f"{NAME}/EDICT-7"
    assert before == {(act, "s. 12"), (act, "s. 14")}
    assert after == {(act, "s. 12"), (act, "s. 14"), (edict, "")}
    assert f"{NAME}/procedure" in found.question
    said = {"fr_FR": ("loi sur les achats", "édit 7", "500,55"), "en_GB": ("Purchases Act", "Edict 7", "12,500.55")}
    for locale, words in said.items():
        text = found.explain(locale)
        assert all(word in text for word in words), text


def test_two_tables_over_the_same_facts_are_compared_too():
    reform = (
        Row("letters-works", all_of(WORKS, KNOWN, PETTY_OR_MORE, ~PUBLIC), "letters"),
        Row("petty-works", all_of(WORKS, KNOWN, ~PETTY_OR_MORE, ~PUBLIC), "petty"),
        Row("unread-works", all_of(WORKS, ~KNOWN, ~PUBLIC), Open(frozenset({"petty", "letters"}), UNREAD.gap)),
    )
    proposed = table(*without("letters-works"), *reform)
    assert check(proposed) == ()
    (region,) = compare(None, PROCEDURE, proposed, on=date(2022, 6, 1)).regions
    assert (region.before, region.after) == ({"letters"}, {"petty"})
    assert {w.fact: w.values or (w.low, w.high) for w in region.where} == {
        "category": ("works",),
        "amount": (None, eur("15000")),
    }


def test_two_tables_of_different_needs_are_refused():
    other = Fact("amount_in_crowns", "need")
    rows = (Row("all", any_of(InForce(LAUNCHED, CEILING), Compare(other, Decimal(0))), "x"),)
    foreign = Table("other/procedure", LAUNCHED, SPAN, (LAUNCHED, other), rows)
    with pytest.raises(TableError):
        compare(None, PROCEDURE, foreign, on=date(2022, 6, 1))


# --- the library knows nothing of it


def test_the_library_holds_neither_its_name_nor_an_import_of_it():
    source = Path(procurelib.__file__).parent
    files = [path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert len(files) > 100
    assert [path for path in files if NAME.encode() in path.read_bytes().lower()] == []
    imported = set()
    for path in files:
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    imported |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    imported.add(str(node.module).partition(".")[0])
    assert "procurelib" in imported
    assert not imported & {"tests", "unit", NAME}
