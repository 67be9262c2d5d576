"""The French cases and the slow second version of French law agree on every case."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from oracle import france

FILES = sorted((Path(__file__).parent.parent / "law" / "cases").glob("france_*.toml"))
MONTHS = 48  # directive 2014/24 art. 5(14)
Case = dict[str, Any]


def every_case() -> list[Case]:
    return [case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]]


def cases(question: str) -> list[Case]:
    return [case for case in every_case() if case["question"] == question]


def facts(case: Case) -> Case:
    own = Decimal(case["value"])
    months = case.get("duration", 0)
    if months > MONTHS and not case.get("total_price", True) and case["launched"] >= france.ORDONNANCE:
        compared = own * MONTHS / months
    else:
        compared = own
    options = Decimal(case.get("options", "0"))
    return {
        "launched": case["launched"],
        "category": case["category"],
        "amount": Decimal(case["need"]) if "need" in case else compared + options,
        "contract_amount": own + options,
        "utility": case.get("utility", False),
        "framework": case.get("framework"),
        "formal_procedure": case.get("formal_procedure"),
        "electronic": case.get("electronic"),
        "concluded": case.get("concludes"),
        "grounds": case.get("grounds", ()),
    }


def check(case: Case, found: Case) -> None:
    free = {"certain", "possible"} & case.keys()
    assert found["status"] == case.get("status", found["status"] if free else "answered")
    if "missing" in case:
        assert found["missing"] == set(case["missing"])
    if "expect" in case:
        assert found["possible"] == {case["expect"]}
    if "possible" in case:
        assert found["possible"] == set(case["possible"])
    if "certain" in case:
        sets = [each if isinstance(each, frozenset) else frozenset() for each in found["possible"]]
        certain = set(frozenset.intersection(*sets))
        assert certain == members(case["certain"])
        assert set(frozenset.union(*sets)) - certain == members(case.get("uncertain", []))


def members(listed: list[Any]) -> set[Any]:
    return {frozenset(one) if isinstance(one, list) else one for one in listed}


def check_agreements(case: Case) -> None:
    found = france.agreements(**facts(case))
    assert {name: found[name] for name in case["agreements"]} == case["agreements"]


def answering(question: Callable[..., Case]) -> Callable[[Case], None]:
    return lambda case: check(case, question(**facts(case)))


QUESTIONS: dict[str, Callable[[Case], None]] = {
    "procedure": answering(france.procedure),
    "minimum_period": answering(france.minimum_period),
    "application_period": answering(france.application_period),
    "standstill": answering(france.standstill),
    "publication": answering(france.publication),
    "award_method": answering(france.award_method),
    "sustainability": answering(france.sustainability),
    "agreements": check_agreements,
}
# What the second version does not answer: the book itself, and what French law is not asked.
OF_THE_LIBRARY_ALONE = {"law", "territory", "estimate", "authorisation", "preferences"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_two_hands_agree(question: str) -> None:
    asked = cases(question)
    assert asked, "no case was found: a test that reads none proves nothing"
    for case in asked:
        try:
            QUESTIONS[question](case)
        except AssertionError as error:
            error.add_note(repr(case))
            raise


def test_every_case_is_put_to_somebody() -> None:
    assert {case["question"] for case in every_case()} <= QUESTIONS.keys() | OF_THE_LIBRARY_ALONE


def test_no_case_is_written_twice() -> None:
    bare = [repr(sorted((key, value) for key, value in case.items() if key != "source")) for case in every_case()]
    assert sorted(set(bare)) == sorted(bare)


@pytest.mark.parametrize(
    ("category", "lots", "fit"),
    [
        ("goods", [("79999.99", True), ("320000", False)], True),
        ("goods", [("80000", True), ("400000", False)], False),
        ("works", [("999999.99", True), ("4000000", False)], True),
        ("works", [("1000000", True), ("9000000", False)], False),
        ("goods", [("50000", True), ("200000", False)], True),  # 20 % exactly
        ("goods", [("50000", True), ("199999.99", False)], False),
        ("goods", [("50000", True), ("50000", True), ("400000", False)], True),
        ("goods", [("50000", True), ("50000", True), ("399999.99", False)], False),
    ],
)
def test_small_lots_are_below_their_ceiling_and_at_most_a_fifth(category: str, lots: list[tuple[str, bool]], fit: bool) -> None:
    amounts = [(Decimal(amount), small) for amount, small in lots]
    found = france.small_lots(launched=date(2026, 8, 21), category=category, lots=amounts)
    assert found == {"status": "answered", "possible": {fit}, "missing": set()}


def test_a_fifth_of_a_minimum_that_is_not_a_fact_is_not_answered() -> None:
    lots = [(Decimal(50000), True), (Decimal(200000), False)]
    asked = {"launched": date(2016, 3, 31), "category": "goods", "framework": "maximum"}
    assert france.small_lots(**asked, lots=lots)["status"] == "not_modelled"
    assert france.small_lots(launched=date(2026, 8, 21), category="goods", lots=lots[1:])["status"] == "not_applicable"


@pytest.mark.parametrize(
    ("spend", "day", "status", "possible"),
    [
        ("200000000", date(2014, 8, 1), "answered", {False}),
        ("200000000", date(2014, 8, 2), "not_modelled", {True, False}),
        ("200000000", date(2015, 1, 31), "not_modelled", {True, False}),
        ("100000000", date(2015, 2, 1), "answered", {False}),
        ("100000000.01", date(2015, 2, 1), "answered", {True}),
        ("100000000", date(2022, 12, 31), "answered", {False}),
        ("100000000.01", date(2022, 12, 31), "answered", {True}),
        ("50000000", date(2023, 1, 1), "answered", {False}),
        ("50000000.01", date(2023, 1, 1), "answered", {True}),
        (None, date(2023, 1, 1), "unknown", {True, False}),
    ],
)
def test_who_must_have_a_purchasing_scheme(spend: str | None, day: date, status: str, possible: set[bool]) -> None:
    found = france.purchasing_scheme(None if spend is None else Decimal(spend), day)
    assert (found["status"], found["possible"]) == (status, possible)


def test_a_case_out_of_reach_is_refused() -> None:
    asked = {"launched": date(2013, 1, 1), "category": "goods", "amount": Decimal(1)}
    assert france.procedure(**asked)["possible"] == {"direct"}
    for fault in ({"launched": date(2012, 12, 31)}, {"category": "food"}, {"grounds": {"fr/luck"}}, {"framework": "none"}):
        with pytest.raises(ValueError, match=r"before|unknown"):
            france.procedure(**{**asked, **fault})
