"""The public strategies give every model, lean on the boundaries of the law, and register with Hypothesis by themselves."""

import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurelib import strategies
from procurelib.dated import Parameter
from procurelib.hypothesis_plugin import register
from procurelib.law import law
from procurelib.models import FLOATING, ByLaw, City, Floating, Lot, Tender
from procurelib.models.commitment import METRICS, Commitment
from procurelib.models.day_range import DayRange
from procurelib.models.grounds import contradictions
from procurelib.models.purchase import Purchase
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import Answer
from procurelib.rules.ask import Assessment
from procurelib.unknown import UNKNOWN, Unknown

CENT, DAY = Decimal("0.01"), timedelta(1)
ROOT = Path(__file__).parents[2]


def drawn(strategy, number=300):
    """Many values of a strategy, the same ones every time."""
    found = []

    @settings(max_examples=number, database=None)
    @given(strategy)
    def collect(value):
        found.append(value)

    collect()
    return found


def share(values, wanted):
    return sum(1 for value in values if wanted(value)) / len(values)


def starts():
    return {version.start for id in law for version in law[id].versions}


def amounts_on(day):
    standing = [law[id].at(day) for id in law]
    return {v.value.amount for v in standing if v is not None and isinstance(v.value, Money)}


def test_days_lean_on_the_days_the_law_changes():
    first = law["ca-qc/regime"].versions[0].start
    found = drawn(strategies.days())
    assert min(found) == first
    near = {start + shift for start in starts() for shift in (-DAY, 0 * DAY, DAY)}
    assert share(found, near.__contains__) > 0.4
    assert any(day > date(2028, 1, 1) for day in found)


@pytest.mark.parametrize("day", [date(2013, 6, 1), date(2022, 10, 6), date(2026, 2, 2), date(2028, 6, 1)])
def test_amounts_lean_on_those_of_the_day(day):
    found = {amount.amount for amount in drawn(strategies.money(on=day, tax="net"), 600)}
    near = {amount + shift for amount in amounts_on(day) for shift in (-CENT, 0 * CENT, CENT)}
    assert len(near & found) > 0.9 * len(near)
    assert min(found) > 0
    tenders = drawn(strategies.tenders(launched=day, category="goods", options=None), 200)
    stated = [tender.value for tender in tenders if isinstance(tender.value, Money) and tender.value.tax == "net"]
    assert share(stated, lambda amount: amount.amount in near) > 0.3


def test_amounts_before_tax_lean_on_what_the_net_expenditure_makes_of_them():
    """150 000 $ before tax is more than 150 000 $ of net expenditure: the boundary lies lower on that basis."""
    day = date(2026, 2, 2)
    factor = law["ca-qc/net-tax-factor"].on(day).value
    found = {amount.amount for amount in drawn(strategies.money(on=day, tax="excluded"), 1_500)}
    threshold = law["ca-qc/public-call-threshold"].on(day).value.amount
    below, above = (
        {amount for amount in found if low <= amount * factor < high}
        for low, high in ((threshold - 2 * CENT, threshold), (threshold, threshold + 2 * CENT))
    )
    assert below
    assert above


def test_bylaws_are_of_every_kind():
    found = drawn(strategies.bylaws(), 400)
    ceilings = [amount for one in found for amount in one.direct_below.values()]
    assert {type(amount) for amount in ceilings} == {Money, Floating}
    assert {type(one.public_from) for one in found} == {Money, Floating, type(None)}
    assert any(one.direct_below == {} for one in found)


def test_cities_have_by_laws_of_every_kind_and_are_of_both_countries():
    found = drawn(strategies.cities(), 200)
    kinds = Counter(type(city.bylaws) for city in found)
    assert set(kinds) == {Unknown, type(None), tuple}
    assert {len(city.bylaws) for city in found if isinstance(city.bylaws, tuple)} >= {1, 2}
    assert any(city.kind == "agglomeration" for city in found)
    assert {city.country for city in drawn(strategies.cities(jurisdiction="fr"), 10)} == {"FR"}


def test_tenders_leave_any_fact_of_the_need_unknown_and_claim_what_fits_together():
    found = drawn(strategies.tenders(), 500)
    for fact in ("value", "duration", "classification", "electronic"):
        assert 0.05 < share([getattr(tender, fact) for tender in found], lambda known: known is UNKNOWN) < 0.9, fact
    services = [tender for tender in found if "services" in tender.category]
    assert 0.2 < share(services, lambda tender: tender.service is UNKNOWN) < 0.8
    assert {type(tender.value) for tender in found} == {Money, MoneyRange, Unknown}
    assert {tender.value.tax for tender in found if isinstance(tender.value, Money)} == {"net", "excluded", "included", UNKNOWN}
    assert share(found, lambda tender: tender.grounds) > 0.2
    assert not any(contradictions(tender.grounds) for tender in found)
    for given_field in ("options", "lots", "group", "bylaw_of", "power", "utility", "published", "concludes"):
        assert any(getattr(tender, given_field) for tender in found), given_field
    assert any(not tender.taxable for tender in found)


def test_what_is_fixed_stays_and_the_rest_fits_it():
    value = Money("150000", "CAD", tax="included")
    for tender in drawn(strategies.tenders(category="works", value=value, launched=st.just(date(2024, 5, 1))), 60):
        assert (tender.category, tender.value, tender.launched) == ("works", value, date(2024, 5, 1))
        assert tender.service is UNKNOWN
        assert all(lot.value.tax == "included" for lot in tender.lots)
        assert tender.options is None or tender.options.tax == "included"


def test_results_can_be_drawn_too():
    assert all(type(one) is Assessment for one in drawn(strategies.assessments(category="outside"), 5))
    assert {one.question for one in drawn(strategies.answers("estimate", category="goods"), 5)} == {"estimate"}
    assert all(type(one) is Answer for one in drawn(strategies.answers(category="outside"), 10))
    assert all(type(one) is Parameter and one.id in law for one in drawn(strategies.parameters(), 20))


@pytest.mark.parametrize("model", [Money, MoneyRange, ByLaw, City, Lot, Tender, Parameter], ids=lambda m: m.__name__)
def test_each_model_has_a_registered_strategy(model):
    register()
    assert all(type(one) is model for one in drawn(st.from_type(model), 20))


def test_signs_are_drawn_as_themselves():
    register()
    assert set(drawn(st.from_type(Unknown), 3)) == {UNKNOWN}
    assert set(drawn(st.from_type(Floating), 3)) == {FLOATING}


FIRST_IMPORTS = ["from procurelib import strategies", "import hypothesis", "import procurelib", "from procurelib import Tender"]


@pytest.mark.parametrize("first", FIRST_IMPORTS)
def test_hypothesis_loads_the_strategies_whatever_is_imported_first(first, tmp_path):
    """The entry point that the package declares works in a fresh interpreter, in any order of imports."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]["hypothesis"]
    info = tmp_path / "declared-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: declared\nVersion: 1.0\n", "utf-8")
    lines = [f"{name} = {target}" for name, target in declared.items()]
    (info / "entry_points.txt").write_text("\n".join(["[hypothesis]", *lines, ""]), "utf-8")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{first}\n"
        "from hypothesis import find, strategies as st\nfrom procurelib import Tender\n"
        "print(find(st.from_type(Tender), lambda tender: tender.category == 'works').category)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "works"), done.stderr


def test_without_hypothesis_the_extra_is_named():
    asked = "try:\n    from procurelib import strategies\nexcept ImportError as error:\n    print(error)"
    code = f"import sys; sys.modules['hypothesis'] = None\n{asked}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "this needs an optional dependency: pip install 'procurelib[test]'"


def test_purchases_leave_unsaid_what_a_ledger_leaves_unsaid():
    found = drawn(strategies.purchases())
    for name in ("buyer", "supplier", "amount", "day", "category"):
        assert 0.05 < share(found, lambda one, name=name: getattr(one, name) is UNKNOWN) < 0.7, name
    assert share(found, lambda one: one.group != () and one.buyer in one.group) == 0
    assert {one.is_outside for one in found} == {True, False}


def test_commitments_measure_anything_or_nothing():
    found = drawn(strategies.commitments())
    assert {one.metric for one in found} == {None, *METRICS}
    assert {one.threshold is None for one in found if one.metric is not None} == {True, False}
    assert all(one.threshold is None for one in found if one.metric is None)


@pytest.mark.parametrize("model", [DayRange, Commitment, Purchase])
def test_what_a_promise_is_made_of_has_a_strategy_by_its_type(model):
    register()
    assert all(isinstance(one, model) for one in drawn(st.from_type(model), 20))
