"""The hand-written cases and the slow second version, neither made from the other, agree on every case."""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from oracle import quebec

FOLDER = Path(__file__).parent.parent / "law" / "cases"
FILES = sorted(file for file in FOLDER.glob("*.toml") if not file.stem.startswith("france_"))
AMP_OPTIONS = date(2015, 11, 2)
Case = dict[str, Any]


def cases(question: str) -> list[Case]:
    found = [case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]]
    return [case for case in found if case["question"] == question and "tax" not in case]


def facts(case: Case, first_day_of_options: date = quebec.MINISTERIAL) -> Case:
    amount = Decimal(case["value"])
    if case["launched"] >= first_day_of_options:
        amount += Decimal(case.get("options", "0"))
    return {"launched": case["launched"], "category": case["category"], "amount": amount}


def claims(case: Case) -> Case:
    bylaw = None if case["bylaw"] == "none" else case["bylaw"]
    return {"bylaw": bylaw, "grounds": case.get("grounds", []), "service": case.get("service")}


def members(possible: set[Any]) -> tuple[set[Any], set[Any]]:
    """The members every possible set has, and those only some of them have."""
    sets = [each if isinstance(each, frozenset) else frozenset() for each in possible]
    certain = set(frozenset.intersection(*sets))
    return certain, set(frozenset.union(*sets)) - certain


def procedure(case: Case) -> None:
    found = quebec.procedure(**facts(case), **claims(case))
    assert found["status"] == case.get("status", "answered")
    assert found["missing"] == set(case.get("missing", []))
    if "expect" in case:
        assert found["possible"] == {case["expect"]}
    elif "possible" in case:
        assert found["possible"] == set(case["possible"])


def minimum_period(case: Case) -> None:
    found = quebec.minimum_period(**facts(case), **claims(case), electronic=case.get("electronic"))["possible"]
    if case.get("status") == "not_applicable":
        assert found == {None}
    elif case.get("status") == "not_modelled":
        assert "not_modelled" in found
    else:
        assert found == ({case["expect"]} if "expect" in case else set(case["possible"]))


def territory(case: Case) -> None:
    found = quebec.territory(**facts(case), **claims(case))
    if case.get("status") == "not_applicable":
        assert found == {None}
    elif case.get("status") == "not_modelled":
        assert "not_modelled" in found
    elif "expect" in case:
        assert found == {frozenset(case["expect"])}
    else:
        places = [each for each in found if isinstance(each, frozenset)]
        certain = frozenset.intersection(*places)
        assert certain == set(case["certain"])
        if "uncertain" in case:
            assert frozenset.union(*places) - certain == set(case["uncertain"])


def agreements(case: Case) -> None:
    found = quebec.agreements(**facts(case), grounds=case.get("grounds", []), service=case.get("service"))
    assert {name: found[name] for name in case["agreements"]} == case["agreements"]


def publication(case: Case) -> None:
    found = quebec.publication(**facts(case), **claims(case))
    if case.get("status") == "not_applicable":
        assert found["possible"] == {None}
    else:
        certain, uncertain = members(found["possible"])
        expected = [case["expect"]] if "expect" in case else case["certain"]
        assert certain == {frozenset(one) for one in expected}
        assert uncertain == {frozenset(one) for one in case.get("uncertain", [])}


def award_method(case: Case) -> None:
    (mode,) = quebec.procedure(**facts(case), **claims(case))["possible"]
    found = quebec.award_methods(launched=case["launched"], category=case["category"], mode=mode)
    if case.get("status") == "not_applicable":
        assert found == {None}
    elif case.get("status") == "not_modelled":
        assert found == {"not_modelled"}
    else:
        certain, uncertain = members(found)
        assert certain == set(case["certain"])
        assert uncertain == set(case.get("uncertain", uncertain))


def estimate(case: Case) -> None:
    assert quebec.estimate(**facts(case)) == case.get("expect", case.get("status"))


def authorisation(case: Case) -> None:
    assert quebec.authorisation(**facts(case, AMP_OPTIONS)) == case.get("expect", case.get("status"))


def preferences(case: Case) -> None:
    found = quebec.preferences(**facts(case), **claims(case))
    for name, word in case["preferences"].items():
        assert found[name] == {"open": "uncertain"}.get(word, word), name


QUESTIONS: dict[str, Callable[[Case], None]] = {
    "procedure": procedure,
    "minimum_period": minimum_period,
    "territory": territory,
    "agreements": agreements,
    "publication": publication,
    "award_method": award_method,
    "estimate": estimate,
    "authorisation": authorisation,
    "preferences": preferences,
}


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


def test_no_case_is_written_twice() -> None:
    every = [case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]]
    bare = [repr(sorted((key, value) for key, value in case.items() if key != "source")) for case in every]
    assert sorted(set(bare)) == sorted(bare)
