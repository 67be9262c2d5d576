"""Every noun comes back the same from JSON and from pickle, and a damaged dictionary says where it is damaged."""

import json
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.errors import InputError
from procurelib.models import (
    CATEGORIES,
    FLOATING,
    SERVICES,
    Basis,
    ByLaw,
    City,
    Lot,
    PurchasingScheme,
    Tender,
    covers,
    grounds_of,
)
from procurelib.models.grounds import contradictions
from procurelib.models.tender import FORMAL_PROCEDURES, FRAMEWORKS
from procurelib.money import Money, MoneyRange
from procurelib.places import cities
from procurelib.unknown import UNKNOWN

days = st.dates(date(2013, 1, 1), date(2027, 12, 31))
texts = st.text(min_size=1, max_size=12).filter(str.strip)
maybe_text = st.none() | texts
cents = st.integers(1, 10**9)


def net(number):
    return Money(f"{number // 100}.{number % 100:02}", "CAD", tax="net")


def before_tax(number):
    return Money(f"{number // 100}.{number % 100:02}", "EUR", tax="excluded")


printed = st.integers(25_000_00, 100_000_00).map(net) | st.just(FLOATING)
bylaws = st.builds(
    ByLaw,
    days,
    st.dictionaries(st.sampled_from(["goods", "services", "professional_services", "insurance", "works"]), printed),
    public_from=st.none() | st.just(FLOATING) | st.integers(100_000_00, 200_000_00).map(net),
    number=maybe_text,
    source=maybe_text,
)
series = st.none() | st.just(UNKNOWN) | st.lists(bylaws, min_size=1, max_size=3, unique_by=lambda bylaw: bylaw.since)
towns = st.builds(
    City,
    id=st.integers(10_000, 99_999).map("ca-qc/{}".format),
    name=texts,
    official_name=maybe_text,
    designation=maybe_text,
    agglomeration=st.none() | st.just(UNKNOWN) | st.just("ca-qc/agglomeration-x"),
    governing_act=st.just(UNKNOWN) | st.just("C-19"),
    population=st.dictionaries(st.integers(1900, 2100), st.integers(0, 10**7), max_size=3),
    bylaws=series,
    note_fr=maybe_text,
    note_en=maybe_text,
    basis=st.lists(st.builds(Basis, texts, st.sampled_from(["official", "unverified"]), texts), max_size=2),
)
schemes = st.builds(
    lambda first, wait, **others: PurchasingScheme(adopted=(first, first + timedelta(wait)), **others),
    days,
    st.integers(0, 60),
    id=texts,
    title_fr=texts,
    title_en=texts,
    start_year=st.none() | st.integers(2013, 2027),
    end_year=st.none() | st.integers(2013, 2030),
    source=texts,
    confidence=st.sampled_from(["secondary", "unverified"]),
    note_fr=maybe_text,
    note_en=maybe_text,
)


def ranges(unit):
    return st.tuples(cents, cents).map(lambda p: MoneyRange(unit(min(p)), unit(max(p))))


# 732829320 and 21350238800019 pass the check of their kind (Luhn), as INSEE's own examples do.
numbers = st.fixed_dictionaries(
    {},
    optional={"siren": st.just("732829320"), "siret": st.just("21350238800019"), "insee": st.sampled_from(["35238", "2A004"])},
)
french_towns = st.builds(
    City,
    id=st.integers(100_000_000, 999_999_999).map("fr/{}".format),
    name=texts,
    kind=st.sampled_from(["municipality", "metropolis"]),
    identifiers=numbers,
    annual_purchases=st.dictionaries(st.integers(2012, 2027), cents.map(before_tax) | ranges(before_tax), max_size=3),
    schemes=st.lists(schemes, max_size=2),
    note_fr=maybe_text,
)


def lots_in(unit, small):
    return st.builds(
        Lot,
        st.just(UNKNOWN) | cents.map(unit) | ranges(unit),
        category=st.none() | st.sampled_from(CATEGORIES),
        small=small,
        reserved=maybe_text,
        title=maybe_text,
    )


lots, french_lots = lots_in(net, st.just(False)), lots_in(before_tax, st.booleans())


@st.composite
def tenders(draw):
    buyer, *group = draw(st.lists(towns, min_size=1, max_size=3, unique_by=lambda city: city.id))
    category = draw(st.sampled_from(CATEGORIES))
    launched = draw(days)
    published = draw(st.none() | st.dates(launched))
    return Tender(
        buyer=buyer,
        group=group,
        bylaw_of=draw(st.none() | st.sampled_from([buyer, *group])),
        category=category,
        value=draw(st.just(UNKNOWN) | cents.map(lambda number: net(number + 10**11))),
        launched=launched,
        options=draw(st.none() | cents.map(net)),
        lots=draw(st.lists(lots, max_size=3)),
        grounds=draw(st.frozensets(st.sampled_from(grounds_of("ca-qc")), max_size=4).filter(lambda g: not contradictions(g))),
        power=draw(st.none() if buyer.agglomeration is None else st.sampled_from([None, "agglomeration"])),
        utility=draw(st.booleans()),
        published=published,
        concludes=draw(st.none() | st.dates(published or launched)),
        taxable=draw(st.booleans()),
        duration=draw(st.just(UNKNOWN) | st.integers(1, 1200)),
        classification=draw(st.just(UNKNOWN) | st.from_regex(r"(unspsc|cpv):[0-9]{8}", fullmatch=True)),
        service=draw(st.just(UNKNOWN) | st.sampled_from(SERVICES)) if covers("services", category) else UNKNOWN,
        electronic=draw(st.sampled_from([True, False, UNKNOWN])),
        id=draw(maybe_text),
        title=draw(maybe_text),
    )


@st.composite
def french_tenders(draw):
    buyer, *group = draw(st.lists(french_towns, min_size=1, max_size=2, unique_by=lambda city: city.id))
    launched = draw(days)
    known = st.sampled_from(grounds_of("fr"))
    claimed = draw(st.frozensets(known, max_size=3))
    value = draw(st.just(UNKNOWN) | cents.map(lambda number: before_tax(number + 10**11)))
    return Tender(
        buyer=buyer,
        group=group,
        category=draw(st.sampled_from(CATEGORIES)),
        value=value,
        launched=launched,
        options=draw(st.none() | cents.map(before_tax)),
        need=draw(st.none() | st.just(UNKNOWN) | cents.map(lambda number: before_tax(number + 10**12))),
        lots=draw(st.lists(french_lots, max_size=3)),
        grounds=claimed,
        uncertain_grounds=draw(st.frozensets(known, max_size=2)) - claimed,
        utility=draw(st.booleans()),
        reserved=draw(maybe_text),
        criteria=draw(st.lists(texts, max_size=2)),
        clauses=draw(st.lists(texts, max_size=2)),
        concludes=draw(st.none() | st.dates(launched)),
        framework=draw(st.none() | st.sampled_from(FRAMEWORKS)),
        total_price=draw(st.booleans()),
        formal_procedure=draw(st.none() | st.sampled_from(FORMAL_PROCEDURES)),
        duration=draw(st.just(UNKNOWN) | st.integers(1, 1200)),
        electronic=draw(st.sampled_from([True, False, UNKNOWN])),
    )


@given(st.one_of(bylaws, towns, french_towns, schemes, lots, french_lots, tenders(), french_tenders()))
def test_a_noun_comes_back_the_same(noun):
    assert type(noun).from_dict(json.loads(json.dumps(noun.to_dict(), allow_nan=False))) == noun
    again = pickle.loads(pickle.dumps(noun))
    assert again == noun
    assert hash(again) == hash(noun)


@given(st.one_of(tenders(), french_tenders()))
def test_unknown_stays_the_one_object(case):
    for again in (pickle.loads(pickle.dumps(case)), Tender.from_dict(case.to_dict())):
        for name in ("value", "need", "duration", "classification", "service", "electronic"):
            assert (getattr(again, name) is UNKNOWN) == (getattr(case, name) is UNKNOWN)
        assert (again.buyer.bylaws is UNKNOWN) == (case.buyer.bylaws is UNKNOWN)


@given(st.one_of(tenders(), french_tenders()), st.data())
def test_a_key_that_is_no_field_is_refused_by_name(case, data):
    written = case.to_dict()
    stray = data.draw(texts.filter(lambda key: key not in written))
    with pytest.raises(InputError) as caught:
        Tender.from_dict(written | {stray: 1})
    assert [fault.path for fault in caught.value.faults] == [f"$.{stray}"]


@pytest.mark.parametrize("key", ["buyer", "category", "value", "launched"])
def test_a_key_without_default_is_missed_by_name(key):
    written = Tender(buyer=cities["ca-qc/brossard"], category="goods", value=UNKNOWN, launched=date(2026, 2, 2)).to_dict()
    del written[key]
    with pytest.raises(InputError) as caught:
        Tender.from_dict(written)
    assert [fault.path for fault in caught.value.faults] == [f"$.{key}"]


def test_a_key_with_a_default_may_be_left_out():
    written = {
        "buyer": {"id": "ca-qc/brossard", "name": "Brossard"},
        "category": "goods",
        "value": {"unknown": True},
        "launched": "2026-02-02",
    }
    assert Tender.from_dict(written) == Tender(
        buyer=City(id="ca-qc/brossard", name="Brossard"), category="goods", value=UNKNOWN, launched=date(2026, 2, 2)
    )


def test_faults_deep_inside_have_their_path():
    good = {"value": {"amount": "1", "currency": "CAD", "tax": "net"}}
    bylaw = {"since": "2019-13-01", "direct_below": {"goods": {"amount": "x", "currency": "CAD", "tax": "net"}}}
    written = {
        "buyer": {"id": "ca-qc/brossard", "name": "Brossard", "bylaws": [bylaw]},
        "category": "goods",
        "value": {"low": 1, "high": {"amount": "1"}},
        "launched": "yesterday",
        "lots": [good, good, {"title": "x"}, {"value": {"amount": "1", "currency": "USD", "tax": "net"}}],
    }
    with pytest.raises(InputError) as caught:
        Tender.from_dict(written)
    assert {fault.path for fault in caught.value.faults} == {
        "$.buyer.bylaws[0].since",
        "$.buyer.bylaws[0].direct_below['goods'].amount",
        "$.value.low",
        "$.value.high.currency",
        "$.value.high.tax",
        "$.launched",
        "$.lots[2].value",
        "$.lots[3].value.currency",
    }


def test_a_noun_that_cannot_be_is_refused_from_json_too():
    written = Tender(buyer=cities["ca-qc/brossard"], category="goods", value=UNKNOWN, launched=date(2026, 2, 2)).to_dict()
    with pytest.raises(InputError) as caught:
        Tender.from_dict(written | {"concludes": "2026-02-01", "duration": 0})
    assert [fault.path for fault in caught.value.faults] == ["$.concludes", "$.duration"]


@pytest.mark.parametrize("city", cities.values(), ids=lambda city: city.id)
def test_a_shipped_city_comes_back_the_same(city):
    assert City.from_dict(json.loads(json.dumps(city.to_dict()))) == city
