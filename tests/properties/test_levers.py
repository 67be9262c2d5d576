"""Levers over random tenders: never against what the law requires, never undone by knowing more, always with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurelib import assess, cities, strategies
from procurelib.models import SERVICES, Lot, Tender, covers
from procurelib.models.enterprise import Accreditation, Enterprise, Evidence, LegalForm
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import Answer
from procurelib.rules.ca_qc.case import facts_of
from procurelib.rules.ca_qc.facts import AMOUNT as NET
from procurelib.rules.fr.amount import amount_compared
from procurelib.social.eligibility import eligibility
from procurelib.social.lever import EFFECTS, STATUSES, Lever, levers
from procurelib.social.scheme import schemes
from procurelib.tables.facts import Between
from procurelib.unknown import UNKNOWN
from properties import france_cases, quebec_cases
from properties.quebec_cases import CASES, bylaw_pool, model_of

LARGE = 500
"""Tenders of each country in the run of many tenders: a hundred thousand in all with ``PROCURELIB_CASES=100``."""

QUEBEC = {
    "ca-qc/direct-award",
    "ca-qc/bylaw-direct",
    "ca-qc/nonprofit-body",
    "ca-qc/nonprofit-listed-services",
    "ca-qc/nonprofit-goods",
    "ca-qc/qualified-solidarity-cooperative",
    "ca-qc/invitation-lists",
    "ca-qc/price-requests",
    "ca-qc/tied-criteria",
    "ca-qc/bylaw-social-margin",
    "ca-qc/longueuil-preference",
    "ca-qc/quebec-preference-duty",
    "ca-qc/canadian-provenance",
    "ca-qc/responsible-procurement-policy",
    "ca-qc/reserved-contracts",
    "ca-qc/performance-clauses",
    "ca-qc/lots-quebec",
}
FRANCE = {
    "fr/direct-award",
    "fr/adapted-procedure",
    "fr/reserved-disability",
    "fr/reserved-insertion",
    "fr/reserved-both",
    "fr/reserved-prison",
    "fr/reserved-ess",
    "fr/lots-rule",
    "fr/small-lot",
    "fr/performance-clause",
    "fr/social-criterion",
    "fr/insertion-services",
    "fr/equal-offers-preference",
    "fr/quarter-preference",
    "fr/labels",
    "fr/purchasing-scheme",
    "fr/systematic-consultation",
}
GROUNDS = {
    "ca-qc/nonprofit-body",
    "ca-qc/nonprofit-listed-services",
    "ca-qc/nonprofit-goods",
    "ca-qc/qualified-solidarity-cooperative",
}
"""The levers that are grounds of the Act, each under the id of its ground."""
PREFERENCES = ("ca-qc/quebec-preference-duty", "ca-qc/canadian-provenance")
WEIGHTED = {"one_envelope", "two_envelopes", "discussions"}
FOR_SOME = {
    **dict.fromkeys(
        ("ca-qc/nonprofit-body", "ca-qc/nonprofit-listed-services", "ca-qc/nonprofit-goods"), ("ca-qc/nonprofit-body",)
    ),
    "ca-qc/qualified-solidarity-cooperative": ("ca-qc/qualified-solidarity-cooperative",),
    "ca-qc/bylaw-social-margin": ("ca-qc/E-1.1.1",),
    "ca-qc/longueuil-preference": ("ca-qc/E-1.1.1",),
    "fr/reserved-disability": ("fr/reserved-disability",),
    "fr/reserved-insertion": ("fr/reserved-insertion",),
    "fr/reserved-both": ("fr/reserved-disability", "fr/reserved-insertion"),
    "fr/reserved-prison": ("fr/reserved-prison",),
    "fr/reserved-ess": ("fr/reserved-ess",),
}
"""Whom each lever that is for some enterprises only is for."""

BYLAWS = [None, None, *(one for one in bylaw_pool(23, 9) if isinstance(one, tuple))]
"""Few by-laws, since each is compiled into every table: none, and five series."""
CODES = ("cpv:98133110", "cpv:85323000", "cpv:85310000", "cpv:80111000", "cpv:45112100", "cpv:98133100", "unspsc:72151500")


def _principles() -> list[Evidence]:
    names = ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
    return [Evidence(f"ca-qc/social-economy-{name}", True, source="by-laws") for name in names]


NONPROFIT = Enterprise(
    name="Les Ateliers",
    country="CA",
    forms=[LegalForm("nonprofit_corporation")],
    evidence=[*_principles(), Evidence("ca-qc/nonprofit-body-form", True, source="letters patent")],
)
COOPERATIVE = Enterprise(
    name="La Coop",
    country="CA",
    forms=[LegalForm("solidarity_cooperative")],
    evidence=[*_principles(), Evidence("ca-qc/cooperative-no-rebate", True, source="articles")],
    accreditations=[Accreditation("ca-qc/cooperative-designation", start=date(2018, 4, 19))],
)
COMPANY = Enterprise(name="Gestion inc.", country="CA", forms=[LegalForm("business_corporation")])
CANADIAN = (NONPROFIT, COOPERATIVE, COMPANY, Enterprise(name="X", country="CA"))


def few(number: int) -> settings:
    return settings(max_examples=number * CASES)


@cache
def buyers() -> tuple[Any, ...]:
    quebec = [cities[f"ca-qc/{name}"] for name in ("longueuil", "brossard", "agglomeration-longueuil")]
    known = []
    for number, bylaw in enumerate(BYLAWS):
        buyer = quebec[number % len(quebec)]
        known.append(buyer.with_bylaw(None) if bylaw is None else buyer.with_bylaw(*(model_of(one) for one in bylaw)))
    return (*quebec, *known)


@st.composite
def quebec_tenders(draw: st.DrawFn) -> Tender:
    return draw(strategies.tenders(buyer=st.sampled_from(buyers())))


@st.composite
def french_tenders(draw: st.DrawFn) -> Tender:
    shipped = st.sampled_from((cities["fr/rennes"], cities["fr/rennes-metropole"]))
    buyer = draw(st.one_of(shipped, strategies.cities(jurisdiction="fr")))
    return draw(strategies.tenders(buyer=buyer, classification=st.one_of(st.just(UNKNOWN), st.sampled_from(CODES))))


TENDERS = st.one_of(quebec_tenders(), french_tenders())


@st.composite
def suppliers(draw: st.DrawFn, country: str) -> Enterprise:
    """An enterprise of which some, much or nothing is known."""
    if country == "CA":
        one = draw(st.sampled_from(CANADIAN))
        return attrs.evolve(one, evidence=draw(st.lists(st.sampled_from(one.evidence), unique=True))) if one.evidence else one
    form = draw(st.sampled_from((None, "association", "cooperative", "commercial_company", "public_body")))
    kinds = ("fr/adapted-enterprise", "fr/esat", "fr/siae-aci", "fr/prison-work")
    evidence = ("fr/ess-purpose", "fr/ess-governance", "fr/ess-management", "fr/reserved-ess", "fr/reserved-insertion")
    return Enterprise(
        name="X",
        country="FR",
        forms=[LegalForm(form)] if form else [],
        accreditations=[
            Accreditation(kind, start=date(2013, 1, 1)) for kind in draw(st.lists(st.sampled_from(kinds), unique=True))
        ],
        accreditations_complete=draw(st.booleans()),
        evidence=[
            Evidence(what, draw(st.booleans()), source="d") for what in draw(st.lists(st.sampled_from(evidence), unique=True))
        ],
    )


def of(tender: Tender, supplier: Enterprise | None = None) -> dict[str, Lever]:
    return {lever.id: lever for lever in levers(tender, supplier)}


def bare(tender: Tender) -> Tender:
    return tender.replace(grounds=frozenset(), uncertain_grounds=frozenset())


def settled(answer: Answer) -> bool:
    return answer.status in ("answered", "not_applicable")


# --- against what the law requires ------------------------------------------------------------------------------------


def in_force(lever: Lever) -> bool:
    """Whether the tender decides, and not that the rule is not in force or not known on the day."""
    text = " ".join(condition.en for condition in lever.conditions)
    return "This rule did not exist" not in text and "no longer in force" not in text


def check_procedure(lever: Lever, procedure: Answer, wanted: str) -> None:
    """A lever that is a procedure: open when the procedure is certain to be that one, barred only when it cannot be."""
    if lever.status in ("available", "conditional"):
        assert settled(procedure), lever.id
        assert procedure.value == wanted, lever.id
    if lever.status == "barred" and in_force(lever):
        assert wanted not in procedure.possible, lever.id


def check_quebec(tender: Tender, found: dict[str, Lever], supplied: dict[str, dict[str, Lever]]) -> None:
    assessed, plain = assess(tender), assess(bare(tender)).procedure
    direct, bylaw = found["ca-qc/direct-award"].status, found["ca-qc/bylaw-direct"].status
    # Without a ground a contract is direct below the floor, or because the by-law says so, and for no other reason.
    if "available" in (direct, bylaw):
        assert settled(plain)
        assert plain.value == "direct"
    if settled(plain) and plain.value == "direct":
        assert "available" in (direct, bylaw)
    if direct == "barred" and bylaw == "barred":
        assert not (settled(plain) and plain.value == "direct")
    assert not (direct == "available" and bylaw in ("available", "conditional"))
    check_grounds(tender, plain, supplied)
    if in_force(found["ca-qc/price-requests"]):
        check_procedure(found["ca-qc/price-requests"], plain, "direct")
    lists = found["ca-qc/invitation-lists"]
    if lists.status == "available":
        assert plain.possible
        assert "public" not in plain.possible
    if lists.status == "barred":
        assert plain.possible == {"public"}
    methods = assessed.award_method
    certain = methods.value if isinstance(methods.value, frozenset) else frozenset()
    if found["ca-qc/tied-criteria"].status == "conditional":
        assert certain & WEIGHTED
    if found["ca-qc/tied-criteria"].status == "barred":
        assert not certain & WEIGHTED
    for id in PREFERENCES:
        value = assessed.preferences.value
        measures = value if isinstance(value, frozenset) else frozenset()
        if found[id].status in ("available", "conditional"):
            assert id in measures
        if found[id].status == "barred":
            assert id not in measures
            assert id not in assessed.preferences.uncertain
        if id in measures:
            assert found[id].status in ("available", "conditional")
    assert found["ca-qc/reserved-contracts"].status == "unknown"


def check_grounds(tender: Tender, plain: Answer, supplied: dict[str, dict[str, Lever]]) -> None:
    """With a supplier that may claim it, a ground is open when claiming it alone makes the contract direct."""
    for found in supplied.values():
        for id in GROUNDS:
            lever = found[id]
            if lever.status == "available":
                claimed = assess(tender.replace(grounds=frozenset((id,)), uncertain_grounds=frozenset())).procedure
                assert settled(claimed), id
                assert claimed.value == "direct", id
                needless = any("without it" in notice.en for notice in lever.notices)
                assert needless == (settled(plain) and plain.value == "direct"), id


def check_barred_grounds(tender: Tender, found: dict[str, Lever]) -> None:
    """A ground that is barred whoever the supplier is lifts nothing."""
    plain = assess(bare(tender)).procedure
    for id in GROUNDS:
        if found[id].status == "barred" and not (settled(plain) and plain.value == "direct"):
            claimed = assess(tender.replace(grounds=frozenset((id,)), uncertain_grounds=frozenset())).procedure
            assert not (settled(claimed) and claimed.value == "direct"), id


def check_france(tender: Tender, found: dict[str, Lever]) -> None:
    assessed, plain = assess(tender), assess(bare(tender)).procedure
    check_procedure(found["fr/direct-award"], plain, "direct")
    adapted = found["fr/adapted-procedure"].status
    if adapted == "available":
        assert plain.possible
        assert "formal" not in plain.possible
    if adapted == "barred":
        assert plain.possible == {"formal"} or plain.status == "not_applicable"
    if settled(plain) and plain.value == "direct":
        assert found["fr/direct-award"].status == "available"
    if settled(plain) and plain.value in ("direct", "adapted"):
        assert adapted == "available"
    small = found["fr/small-lot"]
    if small.status in ("available", "conditional"):
        assert tender.lots
        assert "formal" in plain.possible
    if small.status == "available":
        assert assessed.small_lots.value is True
    if small.status == "conditional":
        assert not any(lot.small for lot in tender.lots)
    ess = found["fr/reserved-ess"]
    if ess.status in ("available", "conditional"):
        assert not tender.utility
        assert covers("services", tender.category)
        assert tender.duration is UNKNOWN or tender.duration <= 36
        assert tender.launched >= date(2016, 4, 1)


@few(120)
@given(quebec_tenders())
def test_quebec_levers_say_what_the_law_says(tender: Tender) -> None:
    if tender.category in ("outside", "concession"):
        assert levers(tender) == ()
        return
    found = of(tender)
    check_quebec(tender, found, {one.name: of(tender, one) for one in (NONPROFIT, COOPERATIVE)})
    check_barred_grounds(tender, found)


@few(200)
@given(french_tenders())
def test_french_levers_say_what_the_law_says(tender: Tender) -> None:
    if tender.category in ("outside", "concession"):
        assert levers(tender) == ()
        return
    check_france(tender, of(tender))


def amount_of(tender: Tender) -> Any:
    """What the thresholds are compared with, as far as it is known."""
    if tender.buyer.country == "CA":
        return facts_of(tender).case[NET.id]
    return amount_compared(tender).known


@few(100)
@given(TENDERS)
def test_a_lever_is_not_open_at_or_above_the_amount_it_holds_below(tender: Tender) -> None:
    known = amount_of(tender)
    low = known.low if isinstance(known, Between) else None if known is UNKNOWN else known
    for lever in levers(tender):
        # Longueuil's ceiling and the amount of a lot are compared with something else.
        if lever.status not in ("available", "conditional") or lever.id in ("ca-qc/longueuil-preference", "fr/small-lot"):
            continue
        for limit in lever.limits:
            if isinstance(limit.value, Money) and low is not None:
                assert low < limit.value.amount, (lever.id, low, limit.value)


# --- coherence --------------------------------------------------------------------------------------------------------


def check_shape(tender: Tender, supplier: Enterprise | None, found: tuple[Lever, ...]) -> None:
    """Every lever once, in order, each with a reason for its status."""
    if tender.category in ("outside", "concession"):
        assert found == ()
        return
    expected = QUEBEC if tender.buyer.country == "CA" else FRANCE
    assert len(found) == len(expected)
    assert {lever.id for lever in found} == expected
    assert [(STATUSES.index(one.status), one.id) for one in found] == sorted((STATUSES.index(o.status), o.id) for o in found)
    for lever in found:
        assert lever.effect in EFFECTS
        if lever.status == "available":
            assert (lever.conditions, lever.missing, lever.gaps) == ((), (), ()), lever.id
        if lever.status == "unknown":
            in_window = any("not certain" in text.en for text in lever.conditions)
            assert lever.missing or lever.gaps or in_window, lever.id
        if lever.status in ("conditional", "barred"):
            assert lever.conditions, lever.id
        if lever.status == "barred":
            assert not lever.missing, lever.id
        assert (lever.scheme is not None) == (lever.id in FOR_SOME), lever.id
        assert lever.scheme is None or lever.scheme in FOR_SOME[lever.id]
        if supplier is None and lever.id in FOR_SOME:
            assert lever.status != "available", lever.id
        texts = (lever.title, *lever.conditions, *lever.notices, *(limit.what for limit in lever.limits))
        assert all(text.fr.strip() and text.en.strip() for text in texts)
        assert lever.citations or lever.gaps or not in_force(lever), lever.id


@few(100)
@given(st.data())
def test_every_lever_once_in_order_and_with_its_reason(data: st.DataObject) -> None:
    tender = data.draw(TENDERS)
    supplier = data.draw(st.none() | suppliers(tender.buyer.country))
    check_shape(tender, supplier, levers(tender, supplier))


@few(40)
@given(st.data())
def test_a_lever_travels_and_is_explained_in_both_languages(data: st.DataObject) -> None:
    tender = data.draw(TENDERS)
    supplier = data.draw(st.none() | suppliers(tender.buyer.country))
    for lever in levers(tender, supplier):
        assert Lever.from_dict(json.loads(json.dumps(lever.to_dict()))) == lever
        for format in ("text", "markdown", "html"):
            french, english = (lever.explain(locale, format=format) for locale in ("fr", "en"))
            assert french != english
            assert french.strip()
            assert "{" not in french + english
            assert "}" not in french + english


# --- the supplier -----------------------------------------------------------------------------------------------------


@few(100)
@given(st.data())
def test_a_supplier_certain_not_to_be_one_bars_the_lever(data: st.DataObject) -> None:
    tender = data.draw(TENDERS)
    supplier = data.draw(suppliers(tender.buyer.country))
    without, found = of(tender), of(tender, supplier)
    for id, lever in found.items():
        if id not in FOR_SOME:
            assert lever == without[id]
            continue
        read = [eligibility(supplier, one, on=tender.launched, buyer=tender.buyer.id).value for one in FOR_SOME[id]]
        if all(one == "no" for one in read):
            assert lever.status == "barred", id
        if lever.status == "available":
            assert "yes" in read, id
        if lever.status == "barred" and without[id].status != "barred":
            assert all(one == "no" for one in read), id
        if without[id].status == "barred":
            assert lever.status == "barred", id


@few(50)
@given(TENDERS)
def test_a_supplier_of_another_country_is_given_no_lever(tender: Tender) -> None:
    other = Enterprise(name="X", country="FR" if tender.buyer.country == "CA" else "CA")
    without, found = of(tender), of(tender, other)
    for id, lever in found.items():
        if id not in FOR_SOME:
            assert lever == without[id]
        elif without[id].status in ("available", "conditional"):
            assert lever.status == "barred"
        else:
            assert lever.status != "available"


def test_the_schemes_named_exist() -> None:
    assert {one for ids in FOR_SOME.values() for one in ids} <= set(schemes)


# --- knowing more -----------------------------------------------------------------------------------------------------


@st.composite
def better_known(draw: st.DrawFn, tender: Tender) -> Tender:
    """The same tender, of which at least one thing more is known, where something is not."""
    changes: dict[str, Any] = {}
    if isinstance(tender.value, MoneyRange):
        changes["value"] = draw(st.sampled_from((tender.value.low, tender.value.high)))
        if not changes["value"].amount:
            changes.pop("value")
    elif tender.value is UNKNOWN:
        currency = "CAD" if tender.buyer.country == "CA" else "EUR"
        tax = next((a.tax for a in (tender.options, tender.need, *_amounts(tender.lots)) if a not in (None, UNKNOWN)), None)
        changes["value"] = draw(strategies.money(on=tender.launched, tax=tax, currency=currency))  # type: ignore[arg-type]
    if tender.need is UNKNOWN:
        changes["need"] = draw(st.just(changes.get("value", tender.value)))
    if tender.duration is UNKNOWN:
        changes["duration"] = draw(st.sampled_from((1, 12, 36, 37, 48, 49)))
    if tender.classification is UNKNOWN:
        changes["classification"] = draw(st.sampled_from(CODES))
    if tender.service is UNKNOWN and covers("services", tender.category):
        changes["service"] = draw(st.sampled_from(SERVICES))
    if tender.electronic is UNKNOWN:
        changes["electronic"] = draw(st.booleans())
    known = [name for name in changes if draw(st.booleans())] or list(changes)
    if "value" in known and "need" in changes and "need" not in known:
        known.append("need")
    more = {name: changes[name] for name in known}
    if tender.buyer.bylaws is UNKNOWN and tender.buyer.country == "CA" and draw(st.booleans()):
        same = [b for b in buyers() if b.id == tender.buyer.id and b.bylaws is not UNKNOWN]
        if same and tender.bylaw_of in (None, tender.buyer):
            more["buyer"] = draw(st.sampled_from(same))
            more["bylaw_of"] = None if tender.bylaw_of is None else more["buyer"]
    return tender.replace(**more)


def _amounts(lots: tuple[Lot, ...]) -> Iterator[Any]:
    for lot in lots:
        if isinstance(lot.value, Money | MoneyRange):
            yield lot.value.low if isinstance(lot.value, MoneyRange) else lot.value


@few(150)
@given(st.data())
def test_knowing_more_of_the_tender_never_turns_a_lever_round(data: st.DataObject) -> None:
    tender = data.draw(TENDERS)
    if tender.category in ("outside", "concession"):
        return
    try:
        better = data.draw(better_known(tender))
    except ValueError:  # amounts that no longer fit together
        return
    supplier = data.draw(st.sampled_from((None, NONPROFIT, COOPERATIVE))) if tender.buyer.country == "CA" else None
    before, after = of(tender, supplier), of(better, supplier)
    for id, lever in before.items():
        assert {lever.status, after[id].status} != {"available", "barred"}, id


@few(80)
@given(st.data())
def test_knowing_more_of_the_supplier_never_turns_a_lever_round(data: st.DataObject) -> None:
    tender = data.draw(TENDERS)
    full = data.draw(suppliers(tender.buyer.country))
    # Some of what is known is left out, or all of it.
    less = attrs.evolve(full, accreditations_complete=False)
    for name in ("forms", "evidence", "accreditations"):
        kept = [one for one in getattr(full, name) if data.draw(st.booleans())]
        less = attrs.evolve(less, **{name: kept})
    before, after = of(tender, less), of(tender, full)
    for id, lever in before.items():
        assert {lever.status, after[id].status} != {"available", "barred"}, id


# --- many tenders -----------------------------------------------------------------------------------------------------


def test_many_quebec_tenders() -> None:
    pool = bylaw_pool(47, 12)
    number = 0
    statuses = set()
    for case in quebec_cases.some_cases(47, LARGE, pool):
        tender = quebec_cases.tender_of(case)
        supplier = CANADIAN[number % 2]
        found = levers(tender, supplier)
        check_shape(tender, supplier, found)
        number += 1
        if not found:
            continue
        by_id = {lever.id: lever for lever in found}
        statuses |= {(lever.id, lever.status) for lever in found}
        check_quebec(tender, by_id, {supplier.name: by_id})
    assert number == LARGE * CASES
    # Each of these is met, so that what was checked of it was checked of something.
    assert statuses >= {(id, status) for id in GROUNDS - {"ca-qc/nonprofit-goods"} for status in ("available", "barred")}
    assert statuses >= {
        (id, status) for id in ("ca-qc/direct-award", "ca-qc/bylaw-direct") for status in ("available", "barred")
    }


@pytest.mark.parametrize("unknown", [False, True])
def test_many_french_tenders(unknown: bool) -> None:
    number = 0
    statuses = set()
    for case in france_cases.some_cases(53 + unknown, LARGE // 2, unknown=unknown):
        tender = france_cases.tender_of(case)
        found = levers(tender)
        check_shape(tender, None, found)
        number += 1
        if not found:
            continue
        statuses |= {(lever.id, lever.status) for lever in found}
        check_france(tender, {lever.id: lever for lever in found})
    assert number == LARGE // 2 * CASES
    assert statuses >= {
        (id, status) for id in ("fr/direct-award", "fr/adapted-procedure") for status in ("available", "barred")
    }
