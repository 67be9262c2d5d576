"""Eligibility over random enterprises: as the slow second version says, and never undone by knowing more."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.eligibility import FORMS_CA, FORMS_FR, LCOM, SCHEMES, Facts
from oracle.eligibility import eligibility as slow
from procurelib.models.enterprise import Accreditation, Award, Enterprise, Evidence, LegalForm, Measure
from procurelib.social.eligibility import Eligibility, eligibility
from procurelib.unknown import UNKNOWN

BUYERS = ("fr/rennes", "fr/nantes")
NEQ = {"11": "1177799286", "22": "2212345674", "33": "3312345674", "88": "8812345674"}
FORMS = {"CA": tuple(sorted(FORMS_CA)), "FR": tuple(sorted(FORMS_FR))}

_PRINCIPLES = ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
_ESS = (
    *(f"fr/ess-{one}" for one in ("purpose", "governance", "management")),
    *(f"fr/ess-company-{one}" for one in ("utility", "register", "capital", "statutes")),
)
EVIDENCE: dict[str, tuple[str, ...]] = {
    "ca-qc/E-1.1.1": tuple(f"ca-qc/social-economy-{one}" for one in _PRINCIPLES),
    "ca-qc/nonprofit-body": ("ca-qc/nonprofit-body-form",),
    "ca-qc/qualified-solidarity-cooperative": ("ca-qc/cooperative-no-rebate",),
    "ca-qc/subject-body": ("ca-qc/nonprofit-body-form", "ca-qc/subject-body-control"),
    "fr/ess": _ESS,
    "fr/reserved-disability": ("fr/reserved-disability",),
    "fr/reserved-insertion": ("fr/reserved-insertion",),
    "fr/reserved-prison": ("fr/reserved-prison",),
    "fr/reserved-ess": (*_ESS, "fr/reserved-ess"),
}
KINDS: dict[str, tuple[str, ...]] = {
    "ca-qc/qualified-solidarity-cooperative": ("ca-qc/cooperative-designation", "ca-qc/adapted-enterprise"),
    "ca-qc/adapted-enterprise": ("ca-qc/adapted-enterprise", "ca-qc/insertion-enterprise"),
    "ca-qc/insertion-enterprise": ("ca-qc/insertion-enterprise", "ca-qc/home-help-enterprise"),
    "ca-qc/home-help-enterprise": ("ca-qc/home-help-enterprise", "ca-qc/adapted-enterprise"),
    "fr/esus": ("fr/esus", "fr/siae-ei"),
    "fr/reserved-disability": ("fr/adapted-enterprise", "fr/esat", "fr/siae-aci"),
    "fr/reserved-insertion": ("fr/siae-ei", "fr/siae-etti", "fr/siae-aci", "fr/siae-ai", "fr/esat"),
    "fr/reserved-prison": ("fr/prison-work", "fr/siae-ei"),
}
_COMPANY = {"fund_share": ("19.99", "20", "20.01"), "fund_of_capital": ("19.99", "20"), "retained_share": ("49.99", "50")}
_HALF = ("0", "49.99", "50", "50.01", "100")
MEASURES: dict[str, dict[str, tuple[str, ...]]] = {
    "ca-qc/subject-body": {"revenue": ("0", "999999.99", "1000000", "5000000"), "municipal_revenue": _HALF},
    "fr/ess": _COMPANY,
    "fr/esus": {"pay_average": ("5", "7", "7.01"), "pay_top": ("10", "10.01"), "social_costs": ("65.99", "66")},
    "fr/reserved-disability": {"disabled": _HALF},
    "fr/reserved-insertion": {"disadvantaged": _HALF},
    "fr/reserved-prison": {"prisoners": _HALF},
    "fr/reserved-ess": _COMPANY,
}

GOOD: dict[str, tuple[str, ...]] = {
    "ca-qc/E-1.1.1": ("cooperative", "solidarity_cooperative", "mutual_society", "nonprofit_corporation"),
    "ca-qc/nonprofit-body": ("nonprofit_corporation",),
    "ca-qc/qualified-solidarity-cooperative": ("solidarity_cooperative",),
    "ca-qc/subject-body": ("nonprofit_corporation",),
    "fr/ess": ("association", "mutual", "commercial_company", "commercial_company"),
    "fr/reserved-ess": ("association", "foundation", "commercial_company"),
}

_TURNS = (
    *(date(2013, 1, 1), date(2013, 10, 10), date(2014, 8, 2), date(2015, 7, 1), date(2015, 8, 12), date(2016, 1, 1)),
    *(date(2016, 4, 1), date(2018, 1, 1), date(2018, 4, 19), date(2019, 4, 1), date(2020, 12, 9), date(2023, 1, 1)),
    *(date(2024, 2, 29), date(2026, 4, 1), date(2026, 11, 25)),
)
_ON_TURNS = [turn + timedelta(days=shift) for turn in _TURNS for shift in (-1, 0, 1)]
DAYS = st.one_of(
    st.sampled_from([day for day in _ON_TURNS if day >= date(2013, 1, 1)]), st.dates(date(2013, 1, 1), date(2027, 12, 31))
)


def country(scheme: str) -> str:
    return "CA" if scheme.startswith("ca-qc/") else "FR"


@st.composite
def some_facts(draw: st.DrawFn, scheme: str, on: date) -> Facts:
    """Facts that bear on a scheme; in half of the cases nothing speaks against it but what is drawn to."""
    of = country(scheme)
    favourable = draw(st.booleans())
    awards = ["awards"] * (9 if scheme == "fr/reserved-ess" else 1)
    flaw = draw(st.sampled_from([None, None, "form", "evidence", "accreditations", "measures", *awards]))

    def chosen(part: str) -> bool:
        return favourable and flaw != part

    form = draw(st.sampled_from(GOOD.get(scheme, FORMS[of])) if chosen("form") else st.none() | st.sampled_from(FORMS[of]))
    prefix = draw(st.none() | st.sampled_from(sorted(NEQ))) if of == "CA" and form is None else None
    truth = st.just(True) if chosen("evidence") else st.sampled_from([True, True, True, True, False, None])
    around = st.one_of(
        st.integers(-2, 2).map(lambda shift: on + timedelta(days=shift)), st.dates(date(2012, 1, 1), date(2028, 12, 31))
    )
    accreditations = []
    for kind in draw(st.lists(st.sampled_from(KINDS[scheme]), max_size=3)) if scheme in KINDS else ():
        start, end = draw(around), draw(st.none() | around)
        if end is None or start < end:
            accreditations.append((kind, start, end))
    if chosen("accreditations") and scheme in KINDS:
        accreditations.append((KINDS[scheme][0], on - timedelta(days=draw(st.integers(0, 900))), None))
    years = st.sampled_from([three_years_before(on) + timedelta(days=shift) for shift in (-1, 0, 1)])
    won = st.tuples(
        st.sampled_from(BUYERS),
        st.one_of(years, years, around),
        st.sampled_from(["fr/reserved-ess", "fr/reserved-ess", "fr/reserved-ess", "fr/reserved-insertion", None]),
    )
    measured = {
        what: draw(st.just(values[-1]) if chosen("measures") else st.none() | st.sampled_from(values))
        for what, values in MEASURES.get(scheme, {}).items()
    }
    return Facts(
        form=form,
        neq_prefix=prefix,
        evidence={criterion: draw(truth) for criterion in EVIDENCE.get(scheme, ())},
        accreditations=tuple(accreditations),
        accreditations_complete=draw(st.booleans()),
        measures={what: Decimal(number) for what, number in measured.items() if number is not None},
        awards=tuple(draw(st.lists(won, max_size=1 if chosen("awards") else 3))) if scheme == "fr/reserved-ess" else (),
        awards_complete_for=BUYERS if chosen("awards") else tuple(draw(st.sets(st.sampled_from(BUYERS)))),
    )


def three_years_before(day: date) -> date:
    return date(day.year - 3, day.month, min(day.day, 28))


def enterprise(facts: Facts, scheme: str) -> Enterprise:
    """The same facts as the library takes them."""
    return Enterprise(
        name="X",
        country=country(scheme),
        forms=[LegalForm(facts.form)] if facts.form else [],
        identifiers={"neq": NEQ[facts.neq_prefix]} if facts.neq_prefix else {},
        accreditations=[Accreditation(kind, start=start, end=end) for kind, start, end in facts.accreditations],
        accreditations_complete=facts.accreditations_complete,
        evidence=[Evidence(what, holds, source="d") for what, holds in facts.evidence.items() if holds is not None],
        measures=[Measure(what, number, source="r") for what, number in facts.measures.items()],
        awards=[Award(buyer, day, reserved=reserved) for buyer, day, reserved in facts.awards],
        awards_complete_for=facts.awards_complete_for,
    )


def word(found: Eligibility) -> str:
    return "unknown" if found.value is UNKNOWN else str(found.value)


def ask(of: Enterprise, scheme: str, on: date, buyer: str | None) -> Eligibility:
    return eligibility(of, scheme, on=on, buyer=buyer)


every_scheme = pytest.mark.parametrize("scheme", sorted(SCHEMES))
Case = tuple[Facts, date, str | None]


def cases(scheme: str) -> st.SearchStrategy[Case]:
    buyers = st.sampled_from([*BUYERS, None])
    return DAYS.flatmap(lambda on: st.tuples(some_facts(scheme, on), st.just(on), buyers))


def vars_of(facts: Facts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}


@every_scheme
@given(data=st.data())
def test_the_second_version_says_the_same(scheme: str, data: st.DataObject) -> None:
    facts, on, buyer = data.draw(cases(scheme))
    assert word(ask(enterprise(facts, scheme), scheme, on, buyer)) == slow(scheme, facts, on, buyer)


def answers(scheme: str, facts: Facts, on: date, buyer: str | None) -> tuple[Enterprise, Eligibility]:
    of = enterprise(facts, scheme)
    return of, ask(of, scheme, on, buyer)


@every_scheme
@given(data=st.data())
def test_knowing_more_changes_no_settled_answer(scheme: str, data: st.DataObject) -> None:
    """What agrees with everything known turns "unknown" into something, and never "yes" or "no" into anything else."""
    facts, on, buyer = data.draw(cases(scheme))
    of, before = answers(scheme, facts, on, buyer)
    if before.value is UNKNOWN:
        return
    more = data.draw(some_facts(scheme, on))
    known = {one.criterion for one in of.evidence}
    measured = {one.what for one in of.measures}
    added = enterprise(more, scheme)
    changes: dict[str, Any] = {
        "evidence": (*of.evidence, *(one for one in added.evidence if one.criterion not in known)),
        "measures": (*of.measures, *(one for one in added.measures if one.what not in measured)),
        "awards_complete_for": tuple({*of.awards_complete_for, *added.awards_complete_for}),
    }
    if not of.accreditations_complete:
        changes["accreditations"] = (*of.accreditations, *added.accreditations)
        changes["accreditations_complete"] = added.accreditations_complete
    if not of.forms and not of.identifiers:
        changes["forms"] = added.forms
    if buyer not in of.awards_complete_for:
        changes["awards"] = (*of.awards, *added.awards)
    assert ask(attrs.evolve(of, **changes), scheme, on, buyer).value == before.value


@every_scheme
@given(data=st.data())
def test_more_about_other_schemes_changes_nothing(scheme: str, data: st.DataObject) -> None:
    facts, on, buyer = data.draw(cases(scheme))
    of, before = answers(scheme, facts, on, buyer)
    other = Evidence("ca-qc/subject-body-control" if scheme.startswith("fr/") else "fr/ess-purpose", True, source="d")
    changed = attrs.evolve(of, evidence=(other, *of.evidence), listed_in=("a directory",), established_in=("ca-qc/longueuil",))
    found = ask(changed, scheme, on, buyer)
    assert (found.value, found.missing) == (before.value, before.missing)


@pytest.mark.parametrize("scheme", sorted(KINDS))
@given(data=st.data())
def test_an_accreditation_that_does_not_stand_never_yields_yes(scheme: str, data: st.DataObject) -> None:
    facts, on, buyer = data.draw(cases(scheme))
    spans = st.one_of(
        st.integers(1, 4000).flatmap(
            lambda length: st.integers(0, 4000).map(lambda ago: (on - timedelta(days=ago + length), on - timedelta(days=ago)))
        ),
        st.integers(1, 3000).map(lambda later: (on + timedelta(days=later), None)),
    )
    listed = data.draw(st.lists(st.tuples(st.sampled_from(KINDS[scheme]), spans), max_size=4))
    lapsed = tuple((kind, start, end) for kind, (start, end) in listed)
    evidence = {criterion: holds for criterion, holds in facts.evidence.items() if criterion != scheme}
    changed = Facts(**{**vars_of(facts), "accreditations": lapsed, "evidence": evidence})
    assert ask(enterprise(changed, scheme), scheme, on, buyer).value != "yes"


@every_scheme
@given(data=st.data())
def test_the_order_of_what_is_known_changes_nothing(scheme: str, data: st.DataObject) -> None:
    facts, on, buyer = data.draw(cases(scheme))
    of, before = answers(scheme, facts, on, buyer)
    names = ("forms", "accreditations", "evidence", "measures", "awards", "awards_complete_for")
    shuffled = attrs.evolve(of, **{name: tuple(data.draw(st.permutations(getattr(of, name)))) for name in names})
    after = ask(shuffled, scheme, on, buyer)
    assert (after.value, after.missing, after.gaps) == (before.value, before.missing, before.gaps)
    assert [(one.id, one.value) for one in after.criteria] == [(one.id, one.value) for one in before.criteria]


@every_scheme
@given(data=st.data())
def test_something_is_missing_unless_settled_or_only_gaps_remain(scheme: str, data: st.DataObject) -> None:
    facts, on, buyer = data.draw(cases(scheme))
    _, found = answers(scheme, facts, on, buyer)
    if found.value is UNKNOWN:
        assert found.missing or found.gaps
    else:
        assert (found.missing, found.gaps) == ((), ())


@every_scheme
@given(data=st.data())
def test_what_is_missing_would_settle_it(scheme: str, data: st.DataObject) -> None:
    """When all that is asked for is given, the answer is settled, or only gaps of the law are left."""
    facts, on, buyer = data.draw(cases(scheme))
    of, found = answers(scheme, facts, on, buyer)
    if scheme == "ca-qc/subject-body" and on >= LCOM:
        return  # the form is asked for although only the law is missing
    given_buyer = BUYERS[0] if "buyer" in found.missing else buyer
    for _ in range(2):  # a buyer that was missing may ask for its awards
        of = completed(of, found.missing, on, given_buyer)
        found = ask(of, scheme, on, given_buyer)
    if found.value is UNKNOWN:
        assert (found.missing, bool(found.gaps)) == ((), True)


def completed(of: Enterprise, missing: tuple[str, ...], on: date, buyer: str | None) -> Enterprise:
    """The enterprise with one answer to everything that is missing."""
    changes: dict[str, Any] = {
        name: [*getattr(of, name)] for name in ("evidence", "measures", "accreditations", "awards_complete_for", "forms")
    }
    for one in missing:
        kind, _, what = one.partition(":")
        if kind == "evidence":
            changes["evidence"].append(Evidence(what, True, source="d"))
        elif kind == "measure":
            changes["measures"].append(Measure(what, "60", source="r"))
        elif kind == "accreditation":
            changes["accreditations"].append(Accreditation(what, start=on))
        elif kind == "awards":
            changes["awards_complete_for"].append(buyer)
        elif kind == "forms" and not of.forms:
            changes["forms"].append(LegalForm("nonprofit_corporation" if of.country == "CA" else "association"))
    return attrs.evolve(of, **changes)
