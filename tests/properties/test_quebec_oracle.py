"""The library and the slow second version, written apart from the texts, answer thousands of random cases alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from oracle import quebec
from procurelib.models import CATEGORIES, SERVICES, covers
from procurelib.rules import ca_qc
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.unknown import UNKNOWN
from properties.quebec_cases import (
    Facts,
    amounts_of_the_book,
    bylaw_pool,
    days_of_the_book,
    some_cases,
    tender_of,
)

NEED = ("launched", "category", "amount")
CLAIMS = ("bylaw", "grounds", "service")
MEASURES = {
    "quebec_preference": "ca-qc/quebec-preference-duty",
    "canadian_provenance": "ca-qc/canadian-provenance",
    "us_suppliers": "ca-qc/us-supplier-measure",
}


def part(case: Facts, *names: str) -> Facts:
    return {name: case[name] for name in names}


def listed(question: Question, case: Facts) -> set[Any]:
    """What the library says is possible; "not_modelled" stands for outcomes nobody can list."""
    found = question.resolved(tender_of(case))
    return set(found.possible) | ({"not_modelled"} if found.anything else set())


def procedure(case: Facts) -> tuple[Any, Any]:
    answer = ca_qc.procedure.ask(tender_of(case))
    found = quebec.procedure(**part(case, *NEED, *CLAIMS))
    got = (answer.status, set(answer.possible) - {None}, set(answer.missing))
    return got, (found["status"], found["possible"], found["missing"])


def minimum_period(case: Facts) -> tuple[Any, Any]:
    expected = quebec.minimum_period(**part(case, *NEED, *CLAIMS, "electronic"))["possible"]
    return listed(ca_qc.minimum_period, case), expected


def territory(case: Facts) -> tuple[Any, Any]:
    return listed(ca_qc.territory, case), quebec.territory(**part(case, *NEED, *CLAIMS))


def publication(case: Facts) -> tuple[Any, Any]:
    return listed(ca_qc.publication, case), quebec.publication(**part(case, *NEED, *CLAIMS))["possible"]


def award_method(case: Facts) -> tuple[Any, Any]:
    modes = quebec.procedure(**part(case, *NEED, *CLAIMS))["possible"] or {quebec.DIRECT}
    expected: set[Any] = set()
    for mode in modes:
        expected |= quebec.award_methods(**part(case, "launched", "category"), mode=mode)
    return listed(ca_qc.award_method, case), expected


def yes_or_no(question: Question, case: Facts) -> str:
    answer = question.ask(tender_of(case))
    return {True: quebec.YES, False: quebec.NO}.get(answer.value, answer.status) if answer.value is not None else answer.status


def estimate(case: Facts) -> tuple[Any, Any]:
    return yes_or_no(ca_qc.estimate, case), quebec.estimate(**part(case, *NEED))


def authorisation(case: Facts) -> tuple[Any, Any]:
    return yes_or_no(ca_qc.authorisation, case), quebec.authorisation(**part(case, *NEED))


def members(question: MembersQuestion, case: Facts, names: dict[str, str]) -> dict[str, str]:
    """Each member of a set answer, under the oracle's name: yes, no, or uncertain."""
    words = {True: quebec.YES, False: quebec.NO}
    tender = tender_of(case)
    values = {id: one.ask(tender).value for id, one in question.members}
    return {name: words[values[id]] if values[id] is not UNKNOWN else quebec.UNCERTAIN for name, id in names.items()}


def agreements(case: Facts) -> tuple[Any, Any]:
    expected = quebec.agreements(**part(case, *NEED, "grounds", "service"))
    return members(ca_qc.agreements, case, {name: name for name in expected}), expected


def preferences(case: Facts) -> tuple[Any, Any]:
    expected = quebec.preferences(**part(case, *NEED, *CLAIMS))
    return members(ca_qc.preferences, case, {name: MEASURES[name] for name in expected}), expected


# Each question, how many random cases, and from how many by-laws they draw: each by-law is compiled into every table.
QUESTIONS: dict[str, tuple[Callable[[Facts], tuple[Any, Any]], int, int]] = {
    "procedure": (procedure, 12_000, 80),
    "minimum_period": (minimum_period, 6_000, 24),
    "territory": (territory, 5_000, 20),
    "publication": (publication, 4_000, 16),
    "award_method": (award_method, 4_000, 16),
    "agreements": (agreements, 6_000, 4),
    "preferences": (preferences, 4_000, 12),
    "estimate": (estimate, 4_000, 4),
    "authorisation": (authorisation, 4_000, 4),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_two_versions_agree(question: str) -> None:
    both, number, bylaws = QUESTIONS[question]
    differences: dict[str, list[str]] = {}
    for case in some_cases(len(question), number, bylaw_pool(17, bylaws)):
        got, expected = both(case)
        if got != expected:
            # One difference of each shape is enough to read, and all the shapes are wanted.
            shape = f"library {got}, texts {expected}, {case['category']}, {sorted(case['grounds'])}"
            differences.setdefault(shape, []).append(repr(case))
    shown = [f"{shape}: {len(cases)} times, for instance {min(cases, key=len)}" for shape, cases in differences.items()]
    assert not differences, "\n".join(sorted(shown, key=len)[:20])


@pytest.mark.parametrize("grounds", [frozenset(), *(frozenset({ground}) for ground in sorted(quebec.GROUNDS))], ids=str)
def test_every_ground_at_every_day_and_category(grounds: frozenset[str]) -> None:
    """Not a sample: each ground alone, on each day the book changes, in each category and service, at telling amounts."""
    telling = [Decimal("24999.99"), Decimal("25000"), Decimal("100000"), Decimal("250000"), Decimal("10000000")]
    differences = []
    for day in days_of_the_book()[:: 1 if not grounds else 4]:
        for category in CATEGORIES:
            for service in (None, "computer", "garbage_removal", *SERVICES[-6:]) if covers("services", category) else (None,):
                for amount in telling:
                    case: Facts = {
                        "launched": day,
                        "category": category,
                        "amount": amount,
                        "bylaw": None,
                        "grounds": grounds,
                        "service": service,
                        "electronic": None,
                    }
                    got, expected = procedure(case)
                    if got != expected:
                        differences.append(f"{day} {category} {service} {amount}: library {got}, texts {expected}")
    assert not differences, f"{len(differences)} differ:\n" + "\n".join(differences[:20])


def test_every_amount_is_on_the_side_the_texts_say() -> None:
    """Not a sample: every amount of the book and a cent on each side of it, on every day the book changes, for goods."""
    cent = Decimal("0.01")
    near = sorted({amount + shift for amount in amounts_of_the_book() for shift in (-cent, Decimal(0), cent)})
    asked = 0
    for day in days_of_the_book():
        for amount in near:
            case: Facts = dict.fromkeys(("bylaw", "service", "electronic")) | {
                "launched": day,
                "category": "goods",
                "amount": amount,
                "grounds": frozenset(),
            }
            got, expected = procedure(case)
            assert got == expected, case
            asked += 1
    assert asked == len(near) * len(days_of_the_book()) > 7_000


def test_the_cases_reach_every_regime_and_answer() -> None:
    """The random cases are worth something: all regimes, all outcomes, all statuses and every missing fact occur."""
    seen: set[Any] = set()
    for case in some_cases(9, 4_000, bylaw_pool(17, 80)):
        found = quebec.procedure(**part(case, *NEED, *CLAIMS))
        seen |= {found["status"], *found["missing"]} | found["possible"]
        seen.add(
            "fixed" if case["launched"] < quebec.MINISTERIAL else "lcom" if case["launched"] >= quebec.LCOM else "minister"
        )
        seen |= {"beyond"} if case["launched"] > date(2027, 12, 31) else set()
    wanted = {"answered", "unknown", "not_modelled", "not_applicable", "bylaw", "service", "direct", "invitation", "public"}
    assert wanted | {"fixed", "minister", "lcom", "beyond"} <= seen
