"""Cities, by-laws, lots and tenders refuse what cannot be, all at once, and say where."""

import copy
import pickle
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.errors import InputError, InputTypeError, UnknownId
from procurelib.models import (
    CATEGORIES,
    FLOATING,
    GROUNDS,
    LEAVES,
    SERVICES,
    ByLaw,
    City,
    Floating,
    Lot,
    Tender,
    ancestors,
    covers,
)
from procurelib.money import Money, MoneyRange
from procurelib.unknown import UNKNOWN

MIDNIGHT = datetime(2020, 1, 1, tzinfo=UTC)
CITY = City(id="ca-qc/brossard", code="ca-qc/58007", name="Brossard")
OTHER = City(id="ca-qc/boucherville", name="Boucherville")
FRENCH = City(id="fr/213502388", name="Rennes")


def cad(amount, tax="net"):
    return Money(amount, "CAD", tax=tax)


def tender(**changes):
    given = {"buyer": CITY, "category": "services", "value": cad(150_000), "launched": date(2026, 2, 2)}
    return Tender(**(given | changes))


def paths(error):
    return [fault.path for fault in error.value.faults]


# Categories


@pytest.mark.parametrize("code", CATEGORIES)
def test_the_tree_is_a_tree(code):
    assert covers(code, code)
    assert code not in ancestors(code)
    assert all(covers(above, code) and not covers(code, above) for above in ancestors(code))
    assert [other for other in CATEGORIES if covers(other, code) and other != code] == list(ancestors(code))[::-1]
    assert (code in LEAVES) == all(other == code or not covers(code, other) for other in CATEGORIES)


def test_a_category_that_does_not_exist_is_named_with_its_likes():
    for ask in (ancestors, lambda code: covers(code, "goods"), lambda code: covers("goods", code)):
        with pytest.raises(UnknownId) as caught:
            ask("good")
        assert "goods" in caught.value.near


# By-laws


def test_floating_is_one_object():
    assert pickle.loads(pickle.dumps(FLOATING)) is copy.deepcopy(FLOATING) is copy.copy(FLOATING) is Floating() is FLOATING
    assert repr(FLOATING) == "FLOATING"


@pytest.mark.parametrize(
    ("ceiling", "public_from", "path"),
    [
        (cad("24999.99"), None, "direct_below['goods']"),
        (FLOATING, cad("99999.99"), "public_from"),
        (cad("100000.01"), cad(100_000), "direct_below['goods']"),
        (Money(50_000, "EUR", tax="net"), None, "direct_below['goods']"),
        (cad(50_000, "excluded"), None, "direct_below['goods']"),
        (cad(50_000, UNKNOWN), None, "direct_below['goods']"),
        (FLOATING, cad(120_000, "included"), "public_from"),
        (50_000, None, "direct_below['goods']"),
        (None, None, "direct_below['goods']"),
        (UNKNOWN, None, "direct_below['goods']"),
        (FLOATING, "100000", "public_from"),
    ],
)
def test_a_bylaw_outside_the_law_is_refused(ceiling, public_from, path):
    with pytest.raises(InputError) as caught:
        ByLaw(date(2019, 1, 1), {"goods": ceiling}, public_from=public_from)
    assert paths(caught) == [path]


def test_a_bylaw_at_the_edge_of_the_law_is_accepted():
    bylaw = ByLaw(date(2019, 1, 1), {"goods": cad(25_000), "works": cad(100_000)}, public_from=cad(100_000))
    assert bylaw.direct_below == {"goods": cad(25_000), "works": cad(100_000)}


def test_a_bylaw_reports_all_its_faults():
    with pytest.raises(InputError) as caught:
        ByLaw(
            MIDNIGHT,
            {"good": FLOATING, "outside": FLOATING, "works": cad(1)},
            public_from=cad(1),
            number="",
        )
    assert paths(caught) == ["since", "number", "direct_below", "direct_below", "public_from", "direct_below['works']"]
    assert "'goods'" in str(caught.value)


@pytest.mark.parametrize("ceilings", [None, [("goods", FLOATING)], "goods", (1, 2), {1: FLOATING}])
def test_ceilings_are_a_mapping(ceilings):
    with pytest.raises(InputTypeError) as caught:
        ByLaw(date(2019, 1, 1), ceilings)
    assert paths(caught) == ["direct_below"]


def test_a_bylaw_is_a_value():
    one = ByLaw(date(2019, 1, 1), {"works": FLOATING, "goods": cad(50_000)}, public_from=FLOATING)
    two = ByLaw(date(2019, 1, 1), {"goods": cad(50_000), "works": FLOATING}, public_from=FLOATING)
    assert one == two
    assert hash(one) == hash(two)
    assert repr(one) == repr(two)
    with pytest.raises(TypeError):
        one.direct_below["goods"] = FLOATING
    names = {"ByLaw": ByLaw, "Money": Money, "FLOATING": FLOATING, "datetime": __import__("datetime")}
    assert eval(repr(one), names) == one


# Cities

days = st.dates(date(2018, 1, 1), date(2027, 12, 31))


@given(st.lists(days, min_size=1, max_size=5, unique=True), days)
def test_the_bylaw_in_force_is_the_last_begun(starts, day):
    city = CITY.with_bylaw(*(ByLaw(start, {"goods": FLOATING}) for start in starts))
    assert [bylaw.since for bylaw in city.bylaws] == sorted(starts)
    begun = [start for start in starts if start <= day]
    found = city.bylaw_on(day)
    assert found is UNKNOWN if not begun else found.since == max(begun)


def test_bylaws_added_one_by_one_are_the_same_series():
    bylaws = [ByLaw(date(year, 1, 1), {"goods": FLOATING}) for year in (2021, 2019, 2020)]
    city = CITY
    for bylaw in bylaws:
        city = city.with_bylaw(bylaw)
    assert city == CITY.with_bylaw(*bylaws)
    assert CITY.bylaws is UNKNOWN


def test_two_bylaws_of_one_day_are_refused():
    bylaw = ByLaw(date(2019, 1, 1), {"goods": FLOATING})
    with pytest.raises(InputError, match="another first day"):
        CITY.with_bylaw(bylaw).with_bylaw(ByLaw(date(2019, 1, 1), {"works": FLOATING}))


def test_no_bylaw_is_not_an_unknown_bylaw():
    assert CITY.with_bylaw(None).bylaw_on(date(2020, 1, 1)) is None
    assert CITY.bylaw_on(date(2020, 1, 1)) is UNKNOWN
    bylaw = ByLaw(date(2019, 1, 1), {"goods": FLOATING})
    assert CITY.with_bylaw(None).with_bylaw(bylaw).bylaw_on(date(2018, 12, 31)) is UNKNOWN
    for wrong in ((), (None, bylaw), ("x",)):
        with pytest.raises(InputError):
            CITY.with_bylaw(*wrong)
    with pytest.raises(InputTypeError):
        CITY.bylaw_on(MIDNIGHT)


def test_a_city_reports_all_its_faults():
    with pytest.raises(InputError) as caught:
        City(id="Brossard", code="58007", name=" ", kind="town", members=("a",), agglomeration=3, population=[(2016,)])
    assert set(paths(caught)) == {"id", "code", "name", "kind", "agglomeration", "population[0]", "members"}


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "fr/213502388"},
        {"bylaws": ()},
        {"bylaws": [1]},
        {"kind": "agglomeration"},
        {"kind": "agglomeration", "members": ["ca-qc/a"], "acts_through": "ca-qc/b"},
        {"acts_through": "ca-qc/b"},
        {"basis": ["x"]},
        {"governing_act": None},
    ],
)
def test_a_city_that_cannot_be_is_refused(changes):
    with pytest.raises(InputError):
        City(**({"id": "ca-qc/brossard", "name": "Brossard"} | changes))


def test_a_bylaw_belongs_to_quebec():
    with pytest.raises(InputError, match="Québec"):
        FRENCH.with_bylaw(ByLaw(date(2019, 1, 1), {"goods": FLOATING}))
    assert (FRENCH.country, FRENCH.subdivision, CITY.country, CITY.subdivision) == ("FR", None, "CA", "CA-QC")


# Tenders


def test_facts_not_given_are_unknown():
    case = tender()
    assert all(getattr(case, fact) is UNKNOWN for fact in ("duration", "classification", "service", "electronic"))
    assert (case.options, case.lots, case.grounds, case.group, case.power) == (None, (), frozenset(), (), None)


@pytest.mark.parametrize("name", ["buyer", "category", "value", "launched"])
def test_what_fixes_the_law_has_no_default(name):
    given = {"buyer": CITY, "category": "goods", "value": UNKNOWN, "launched": date(2026, 2, 2)}
    given.pop(name)
    with pytest.raises(TypeError, match=name):
        Tender(**given)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"buyer": "ca-qc/brossard"}, "buyer"),
        ({"category": "service"}, "category"),
        ({"category": None}, "category"),
        ({"value": 150_000}, "value"),
        ({"value": None}, "value"),
        ({"value": cad(0)}, "value"),
        ({"value": cad("1000000000000.01")}, "value"),
        ({"value": MoneyRange(cad(1), cad(10**12 + 1))}, "value"),
        ({"value": Money(1, "EUR", tax="net")}, "value"),
        ({"options": 5}, "options"),
        ({"options": Money(5, "EUR", tax="net")}, "options"),
        ({"options": cad(5, "excluded")}, "options"),
        ({"launched": MIDNIGHT}, "launched"),
        ({"launched": "2026-02-02"}, "launched"),
        ({"launched": None}, "launched"),
        ({"published": MIDNIGHT}, "published"),
        ({"concludes": date(2026, 2, 1)}, "concludes"),
        ({"lots": [5]}, "lots[0]"),
        ({"lots": 5}, "lots"),
        ({"lots": [Lot(cad(1)), Lot(cad(1, "excluded"))]}, "lots[1].value"),
        ({"lots": [Lot(Money(1, "EUR", tax="net"))]}, "lots[0].value"),
        ({"lots": [Lot(cad(1)), Lot(cad(1), small=True)]}, "lots[1].small"),
        ({"lots": [Lot(cad(150_000)), Lot(cad("0.01"))]}, "lots"),
        ({"grounds": "ca-qc/emergency"}, "grounds"),
        ({"grounds": ["fr/small-lot"]}, "grounds"),
        ({"grounds": ["ca-qc/emergencies"]}, "grounds"),
        ({"grounds": [["ca-qc/emergency"]]}, "grounds"),
        ({"grounds": ["ca-qc/nonprofit-body", "ca-qc/public-body"]}, "grounds"),
        ({"grounds": ["ca-qc/nonprofit-goods", "ca-qc/qualified-solidarity-cooperative"]}, "grounds"),
        ({"group": [CITY]}, "group[0]"),
        ({"group": [OTHER, OTHER]}, "group[1]"),
        ({"group": [FRENCH]}, "group[0]"),
        ({"group": ["ca-qc/boucherville"]}, "group[0]"),
        ({"bylaw_of": OTHER}, "bylaw_of"),
        ({"bylaw_of": "ca-qc/brossard"}, "bylaw_of"),
        ({"power": "city"}, "power"),
        ({"buyer": City(id="ca-qc/alma", name="Alma", agglomeration=None), "power": "agglomeration"}, "power"),
        ({"utility": 1}, "utility"),
        ({"taxable": UNKNOWN}, "taxable"),
        ({"electronic": None}, "electronic"),
        ({"duration": 0}, "duration"),
        ({"duration": True}, "duration"),
        ({"duration": "12"}, "duration"),
        ({"duration": 1201}, "duration"),
        ({"classification": "72151500"}, "classification"),
        ({"classification": "unspsc:7215150"}, "classification"),
        ({"classification": None}, "classification"),
        ({"service": "cleaning"}, "service"),
        ({"service": "fax", "category": "works"}, "service"),
        ({"service": "other", "category": "insurance"}, "service"),
        ({"id": ""}, "id"),
        ({"title": 3}, "title"),
    ],
)
def test_each_fault_is_named_where_it_is(changes, path):
    with pytest.raises(InputError) as caught:
        tender(**changes)
    assert paths(caught) == [path]
    assert all(fault.expected for fault in caught.value.faults)


@pytest.mark.parametrize(
    "changes",
    [
        {"value": UNKNOWN},
        {"value": MoneyRange(cad(0), cad(10**12)), "lots": [Lot(cad(10**12)), Lot(cad(10**12))]},
        {"value": cad(10**12)},
        {"value": cad("0.01"), "options": cad(0)},
        {"lots": [Lot(cad(75_000)), Lot(cad(75_000))]},
        {"lots": [Lot(cad(150_000)), Lot(UNKNOWN)]},
        {"published": date(2026, 2, 2), "concludes": date(2026, 2, 2)},
        {"launched": date(1999, 1, 1)},
        {"grounds": ["ca-qc/nonprofit-goods", "ca-qc/nonprofit-body", "ca-qc/emergency"]},
        {"grounds": iter(GROUNDS[:1])},
        {"group": [OTHER], "bylaw_of": OTHER},
        {"bylaw_of": CITY},
        {"power": "agglomeration"},
        {"duration": 1},
        {"duration": 1200},
        {"classification": "cpv:45112100"},
        {"category": "outside"},
        {"category": "reserved_professional_services", "service": "architecture_engineering"},
        {"buyer": FRENCH, "value": Money(1, "EUR", tax="excluded"), "lots": [Lot(UNKNOWN, small=True)]},
    ],
)
def test_what_can_be_is_accepted(changes):
    case = tender(**changes)
    assert hash(case) == hash(case.replace())
    assert case == case.replace()


def test_a_group_may_follow_the_bylaw_of_the_city_its_agglomeration_acts_through():
    body = City(id="ca-qc/agglomeration", name="A", kind="agglomeration", members=[OTHER.id, CITY.id], acts_through=OTHER.id)
    assert tender(buyer=body, bylaw_of=OTHER, power="agglomeration").bylaw_of is OTHER
    with pytest.raises(InputError):
        tender(buyer=body, bylaw_of=CITY)


def test_all_the_faults_of_a_tender_come_together():
    with pytest.raises(InputError) as caught:
        Tender(
            buyer=1,
            category="x",
            value=1.5,
            launched=None,
            grounds=3,
            group=3,
            lots=3,
            service=3,
            duration=0,
            utility=0,
        )
    expected = {"buyer", "category", "value", "launched", "grounds", "group", "lots", "service", "duration", "utility"}
    assert set(paths(caught)) == expected


def test_a_changed_copy_is_checked_and_the_original_stays():
    case = tender()
    assert case.replace(value=cad(1)).value == cad(1)
    assert case.value == cad(150_000)
    with pytest.raises(InputError):
        case.replace(value=cad(0))
    with pytest.raises(AttributeError):
        case.value = cad(1)


def test_near_codes_are_offered():
    with pytest.raises(InputError, match="sole-supplier"):
        tender(grounds=["ca-qc/sole-suplier"])
    with pytest.raises(InputError, match="building_cleaning"):
        tender(service="building_cleanin")


@given(st.sampled_from(CATEGORIES), st.sampled_from(SERVICES))
def test_a_kind_of_service_needs_a_service(category, service):
    if covers("services", category):
        assert tender(category=category, service=service).service == service
    else:
        with pytest.raises(InputError):
            tender(category=category, service=service)


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(-2, 2))
def test_lots_never_exceed_the_whole(cents, slack):
    total = sum(cents) + slack
    lots = [Lot(cad(f"{c // 100}.{c % 100:02}")) for c in cents]
    if total <= 0:
        return
    value = cad(f"{total // 100}.{total % 100:02}")
    if slack >= 0:
        assert tender(value=value, lots=lots).lots == tuple(lots)
    else:
        with pytest.raises(InputError, match="add up"):
            tender(value=value, lots=lots)


def test_codes_are_each_listed_once():
    for codes in (CATEGORIES, GROUNDS, SERVICES):
        assert len(set(codes)) == len(codes)
    assert all(a != b for a, b in pairwise(LEAVES))
