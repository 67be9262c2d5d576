"""Whatever is asked: answers are coherent, knowing more changes nothing that was settled, and all of it travels."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurelib import ask, assess, strategies
from procurelib.law import law
from procurelib.models import FLOATING, SERVICES, ByLaw, City, Lot, Tender, covers
from procurelib.money import Money, MoneyRange
from procurelib.rules import ca_qc
from procurelib.rules.answer import Answer, Explanation
from procurelib.rules.answer import Test as Node
from procurelib.rules.ask import Assessment
from procurelib.rules.members import MembersQuestion
from procurelib.unknown import UNKNOWN
from properties.quebec_cases import CASES, CITY, buyer_with, bylaw_pool, money, some_cases, tender_of

QUESTIONS = {name: getattr(ca_qc, name) for name in ca_qc.QUESTIONS}
CALLED = [name for name in QUESTIONS if name != "decision_maker"]
BUYERS = [buyer_with(bylaw) for bylaw in bylaw_pool(23, 9)]
"""Few buyers, since each by-law is compiled into every table: none, unknown, and five series."""


def few(number: int) -> settings:
    return settings(max_examples=number * CASES)


def tenders(**fixed: Any) -> st.SearchStrategy[Tender]:
    fixed.setdefault("buyer", st.sampled_from(BUYERS))
    return strategies.tenders(**fixed)


# --- coherence --------------------------------------------------------------------------------------------------------


def check_status(answer: Answer) -> None:
    """The status says what value, possible, missing and gaps must look like."""
    if answer.status == "answered":
        assert answer.possible == {answer.value}
        assert not answer.missing
        assert not answer.gaps
        assert not answer.uncertain
    elif answer.status == "not_applicable":
        assert answer.value is None
        assert answer.possible == {None}
        assert not answer.missing
        assert not answer.gaps
    elif answer.status == "unknown":
        assert answer.missing
    else:
        assert answer.status == "not_modelled"
        assert not answer.missing
        assert answer.gaps
    if answer.status in ("unknown", "not_modelled"):
        assert answer.value is UNKNOWN or answer.uncertain
        assert answer.required is None


def check_members(answer: Answer) -> None:
    """Of a set answer, what is certain is in every possible set, and what is uncertain is in some and not in all."""
    sets = [frozenset(one) if one is not None else frozenset() for one in answer.possible]
    certain = frozenset(answer.value) if answer.value is not UNKNOWN and answer.value is not None else frozenset()
    assert all(certain <= one for one in sets)
    assert not certain & set(answer.uncertain)
    if sets:
        # Law that is not modelled may add members nobody can list, never make one of the listed impossible.
        assert set(answer.uncertain) >= frozenset().union(*sets) - certain
    assert all(reasons for reasons in answer.uncertain.values())


def check_words(explanation: Explanation) -> None:
    """Every text that a person reads is there in both languages."""
    for text in (explanation.title, *explanation.sentences, *(row.label for row in explanation.rows)):
        assert text.fr.strip()
        assert text.en.strip()
    for gap in explanation.gaps:
        assert gap.reason.fr.strip()
        assert gap.reason.en.strip()
    for caveat in explanation.caveats:
        assert caveat.text.fr.strip()
        assert caveat.text.en.strip()
    for citation in explanation.citations:
        assert citation.text("fr_CA").strip()
        assert citation.text("en_CA").strip()


@few(50)
@given(tenders())
def test_every_answer_is_coherent(tender: Tender) -> None:
    for name, question in QUESTIONS.items():
        answer = question.ask(tender)
        assert answer.question == name
        check_status(answer)
        if isinstance(question, MembersQuestion) or question.kind == "members":
            check_members(answer)
        check_words(answer.explanation)
        assert answer.explanation.value == answer.value
        assert set(answer.explanation.possible) == answer.possible
        assert answer.explanation.missing == tuple(sorted(answer.missing))
        if answer.status in ("answered", "unknown"):
            assert answer.citations, f"{answer} rests on nothing"


def parameters(test: Node) -> Iterator[str]:
    """The entries of the book that a row which applies rests on: those compared with either way, those in force."""
    if test.parameter is not None and (test.kind == "compare" or test.truth == "true"):
        yield test.parameter
    if test.kind in ("all", "not"):
        # Of alternatives only one need hold, and of a table used inside only its own rows say on what it rests.
        for below in test.below:
            yield from parameters(below)


@few(30)
@given(tenders(category=st.sampled_from(("goods", "services", "works", "insurance"))))
def test_what_is_inferred_is_said(tender: Tender) -> None:
    """An answer that compares with a value that is only deduced, or only remembered, names it; strictly it is no answer."""
    for question in QUESTIONS.values():
        answer = question.ask(tender)
        named = {caveat.id for caveat in answer.caveats}
        for row in answer.explanation.rows:
            if row.role == "decides" and row.test.truth == "true":
                for id in parameters(row.test):
                    version = law[id].at(tender.launched) if id in law else None
                    if version is not None and version.confidence in ("inferred", "unverified"):
                        assert id in named, f"{answer} rests on {id}, which is {version.confidence}"
        strict = ask(question, tender, strict=True)
        if answer.status == "answered" and any(c.kind in ("inferred", "unverified") for c in answer.caveats):
            assert (strict.status, strict.value) == ("unverified", UNKNOWN)
        else:
            assert strict == answer


def test_a_deduced_threshold_is_said_and_strictly_refused() -> None:
    tender = Tender(buyer=buyer_with(None), category="goods", value=money("150000"), launched=date(2026, 2, 2))
    answer = assess(tender).procedure
    assert ("inferred", "ca-qc/public-call-threshold") in {(c.kind, c.id) for c in answer.caveats}
    assert ask(ca_qc.procedure, tender, strict=True).status == "unverified"
    sure = tender.replace(launched=date(2023, 3, 1))
    assert ask(ca_qc.procedure, sure, strict=True).value == "public"


@pytest.mark.parametrize("launched", [date(2013, 1, 1), date(2018, 6, 1), date(2024, 5, 1), date(2026, 6, 1), date(2028, 6, 1)])
@pytest.mark.parametrize("name", CALLED)
def test_a_concession_is_not_modelled_and_a_grant_is_outside(name: str, launched: date) -> None:
    """Neither is ever answered, whatever the day and the question."""
    tender = Tender(buyer=buyer_with(None), category="concession", value=money("500000"), launched=launched)
    assert QUESTIONS[name].ask(tender).status == "not_modelled"
    assert QUESTIONS[name].ask(tender.replace(category="outside")).status == "not_applicable"


# --- knowing more -----------------------------------------------------------------------------------------------------


@cache
def completions_of_bylaws() -> tuple[City, ...]:
    return tuple(buyer for buyer in BUYERS if buyer.bylaws is not UNKNOWN)


def more(tender: Tender) -> dict[str, st.SearchStrategy[Any]]:
    """For each fact that is not known, what it may turn out to be."""
    out: dict[str, st.SearchStrategy[Any]] = {}
    if tender.service is UNKNOWN and covers("services", tender.category):
        out["service"] = st.sampled_from(SERVICES)
    if tender.electronic is UNKNOWN:
        out["electronic"] = st.booleans()
    if tender.buyer.bylaws is UNKNOWN and tender.bylaw_of is None:
        out["buyer"] = st.sampled_from(completions_of_bylaws())
    value = tender.value
    if value is UNKNOWN:
        tax = tender.options.tax if tender.options is not None else "net"
        out["value"] = strategies.money(on=tender.launched, tax=tax)
    elif isinstance(value, MoneyRange):
        cents = st.integers(int(value.low.amount * 100), int(value.high.amount * 100))
        out["value"] = cents.map(lambda n: Money(n * strategies.CENT, value.currency, tax=value.tax))
    elif value.tax is UNKNOWN and tender.options is None:
        out["value"] = st.sampled_from(("net", "excluded", "included")).map(
            lambda basis: Money(value.amount, value.currency, tax=basis)
        )
    return out


def check_grew(before: Answer, after: Answer, anything: bool) -> None:
    if before.status in ("answered", "not_applicable"):
        assert (after.status, after.value) == (before.status, before.value)
    if not anything:
        assert after.possible <= before.possible
    assert after.missing <= before.missing
    if isinstance(before.value, frozenset):
        assert before.value <= (after.value or frozenset())


def open_ended(question: Any, tender: Tender) -> bool:
    """Whether the law left open allows outcomes nobody can list."""
    return not isinstance(question, MembersQuestion) and question.resolved(tender).anything


@few(150)
@given(data=st.data())
def test_knowing_more_never_changes_an_answer(data: st.DataObject) -> None:
    """One fact more, then another, until all are known: what was settled stays, possible and missing only shrink."""
    tender = data.draw(tenders(buyer=st.sampled_from(BUYERS[1:4]), group=(), bylaw_of=None, lots=()), label="tender")
    name = data.draw(st.sampled_from(CALLED), label="question")
    question = QUESTIONS[name]
    answer = question.ask(tender)
    while facts := more(tender):
        fact = data.draw(st.sampled_from(sorted(facts)), label="fact")
        known = tender.replace(**{fact: data.draw(facts[fact], label="value")})
        found = question.ask(known)
        check_grew(answer, found, open_ended(question, tender))
        tender, answer = known, found


@few(150)
@given(tender=tenders(buyer=CITY, bylaw_of=None, group=()), bylaw=strategies.bylaws())
def test_an_unknown_bylaw_covers_every_bylaw(tender: Tender, bylaw: ByLaw) -> None:
    before = ca_qc.procedure.ask(tender)
    for buyer in (tender.buyer.with_bylaw(bylaw), tender.buyer.with_bylaw(None)):
        check_grew(before, ca_qc.procedure.ask(tender.replace(buyer=buyer)), anything=False)


def test_a_missing_fact_is_really_missing() -> None:
    """What is called missing can change the answer: each fact named has two values that lead to different answers."""
    asked = 0
    for case in some_cases(41, 8_000, bylaw_pool(23, 4)):
        tender = tender_of(case)
        for fact in ca_qc.procedure.ask(tender).missing:
            # Another fact may have to be just right for this one to matter: all services are tried beside each by-law.
            services = SERVICES if covers("services", tender.category) and tender.service is UNKNOWN else (tender.service,)
            buyers = EXTREMES if fact == "bylaw" or "bylaw" in ca_qc.procedure.ask(tender).missing else (tender.buyer,)
            grid = {
                (service, place): ca_qc.procedure.ask(tender.replace(service=service, buyer=buyer)).possible
                for service in services
                for place, buyer in enumerate(buyers)
            }
            same = 0 if fact == "service" else 1
            pairs = [(a, b) for a in grid for b in grid if a[1 - same] == b[1 - same]]
            assert any(grid[a] != grid[b] for a, b in pairs), (fact, case)
            asked += 1
    assert asked > 100


EXTREMES = [
    CITY.with_bylaw(bylaw)
    for bylaw in (
        None,
        ByLaw(date(2018, 1, 1), dict.fromkeys(("goods", "services", "works", "insurance", "other_works"), FLOATING)),
        ByLaw(date(2018, 1, 1), {}, public_from=money("100000")),
    )
]


# --- travelling -------------------------------------------------------------------------------------------------------


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value.to_dict(), allow_nan=False))


def check_travels(value: Any) -> None:
    """It comes back the same from JSON and from a pickle, and its dictionary is the same again."""
    back = type(value).from_dict(through_json(value))
    assert back == value
    assert back.to_dict() == value.to_dict()
    copy = pickle.loads(pickle.dumps(value))
    assert copy == value
    assert hash(copy) == hash(value)


MODELS: dict[type, st.SearchStrategy[Any]] = {
    Money: strategies.money(),
    MoneyRange: strategies.money_ranges(),
    ByLaw: strategies.bylaws(),
    City: st.one_of(strategies.cities(), strategies.cities(jurisdiction="fr")),
    Lot: strategies.lots(),
    Tender: strategies.tenders(),
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@few(60)
@given(data=st.data())
def test_every_model_travels(model: type, data: st.DataObject) -> None:
    value = data.draw(MODELS[model])
    assert type(value) is model
    check_travels(value)


@few(40)
@given(data=st.data())
def test_every_answer_travels(data: st.DataObject) -> None:
    tender = data.draw(tenders())
    name = data.draw(st.sampled_from(ca_qc.QUESTIONS))
    answer = QUESTIONS[name].ask(tender)
    check_travels(answer)
    back = Answer.from_dict(through_json(answer))
    for locale in ("fr_CA", "en_CA"):
        assert back.explain(locale) == answer.explain(locale)


@few(12)
@given(tenders())
def test_every_assessment_travels(tender: Tender) -> None:
    found = assess(tender)
    back = Assessment.from_dict(through_json(found))
    assert back == found
    assert back.answers == found.answers
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert copy.answers == found.answers
    assert {lot.tender.value for lot in found.lots} == {lot.value for lot in tender.lots}


def test_a_lot_of_another_category_takes_only_what_is_said_of_it() -> None:
    amount = Money("60000", "CAD", tax="net")
    lots = (
        Lot(amount, category="goods", reserved="collectives"),
        Lot(amount, category="professional_services"),
        Lot(amount),
    )
    tender = Tender(
        buyer=CITY,
        category="services",
        service="courier_mail",
        value=Money("180000", "CAD", tax="net"),
        launched=date(2025, 2, 3),
        lots=lots,
    )
    goods, professional, same = (lot.tender for lot in assess(tender).lots)
    assert (goods.category, goods.service, goods.reserved) == ("goods", UNKNOWN, "collectives")
    assert (professional.category, professional.service) == ("professional_services", UNKNOWN)
    assert (same.category, same.service, same.reserved) == ("services", "courier_mail", None)
