"""The library and the slow second version of French law, written apart from the texts, answer random cases alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from oracle import france
from procurelib.models import CATEGORIES
from procurelib.rules import fr
from procurelib.rules.members import MembersQuestion
from properties.france_cases import (
    CENT,
    DAY,
    GROUNDS,
    IN_TIME,
    PLAIN,
    TOO_LATE,
    Expected,
    Facts,
    amounts_of_the_book,
    changes_of_the_book,
    points,
    some_cases,
    tender_of,
)

QUESTIONS: dict[str, Callable[..., Any]] = {
    "procedure": france.procedure,
    "minimum_period": france.minimum_period,
    "application_period": france.application_period,
    "publication": france.publication,
    "standstill": france.standstill,
    "award_method": france.award_method,
    "sustainability": france.sustainability,
    "territory": france.territory,
}
# What a question may answer where the texts read do not say, and the book can still list it.
LISTED: dict[str, frozenset[Any]] = {"publication": frozenset({france.FREE, france.NATIONAL, france.EUROPEAN})}


def named(name: str, case: Facts, possible: frozenset[Any]) -> set[Any]:
    """What the oracle leaves, in the library's words."""
    if case["category"] == "outside":
        return {None}
    found = set(possible)
    if france.NOT_MODELLED in found and name in LISTED and case["category"] != "concession":
        found = (found - {france.NOT_MODELLED}) | LISTED[name]
    return found


def listed(name: str, case: Facts) -> tuple[set[Any], str, set[str]]:
    """What the library leaves: the outcomes, "not_modelled" for those nobody can list, the status and what is missing."""
    question, tender = getattr(fr, name), tender_of(case)
    answer = question.ask(tender)
    possible = set(answer.possible)
    if name == "territory":
        possible = {frozenset(one.places) if one is not None else None for one in possible}
    if not isinstance(question, MembersQuestion) and question.resolved(tender).anything:
        possible.add(france.NOT_MODELLED)
    return possible, answer.status, set(answer.missing)


RANK = ("answered", "not_applicable", france.NOT_MODELLED, "unknown")
"""Statuses, from the surest to the one that asks for most."""


def open_law(name: str, case: Facts) -> bool:
    """Whether law that is not in the book decides: the thresholds from 2028, equal treatment before 2016.

    What rests on a procedure that is open both ways, or on an article not read, is then read row by row: more may be left
    than any one way leaves, never less.
    """
    day: date = case["launched"]
    return day >= france.UNKNOWN_THRESHOLDS or (name == "territory" and day < france.ORDONNANCE)


def difference(name: str, case: Facts) -> str | None:
    """How the two versions differ on a case, ``None`` when they do not."""
    expected = Expected(QUESTIONS[name], case)
    got, status, missing = listed(name, case)
    tight, loose = named(name, case, expected.tight), named(name, case, expected.loose)
    if case["category"] == "outside":
        same = (got, status, missing) == ({None}, "not_applicable", set())
    elif case["category"] == "concession":
        # The oracle does not say what a concession may be answered, only that it is not.
        same = (status, missing) == (france.NOT_MODELLED, set())
    elif open_law(name, case):
        same = tight <= got and expected.missing <= missing and RANK.index(status) >= RANK.index(expected.status)
        same = same and (expected.status != "answered" or tight != loose or got == tight)
    elif tight == loose:
        same = (got, status, missing) == (tight, expected.status, expected.missing)
    else:
        same = tight <= got <= loose
    if same:
        return None
    shape = f"library {got} {status} {missing}, texts {tight} {expected.status} {expected.missing}"
    return f"{shape}, {case['category']}, {case['framework']}, {sorted(case['grounds'] | case['uncertain'])}"


def agreed(case: Facts) -> tuple[dict[str, str], dict[str, str]]:
    """Each agreement by both versions: yes, no, uncertain, or nothing outside their subject."""
    words = {True: france.YES, False: france.NO}
    tender, uncertain = tender_of(case), france.UNCERTAIN
    got = {name: one.ask(tender).value for name, one in fr.agreements.members}
    need = case["need"] if case["need"] is not None else points(case)[0][0][0]
    facts = {name: case[name] for name in ("launched", "category", "utility", "framework")}
    expected = france.agreements(**facts, amount=need, grounds=case["grounds"])
    if not expected:
        outside = case["category"] == "outside"
        expected = dict.fromkeys(got, "nothing" if outside else uncertain)
    return {name: "nothing" if value is None else words.get(value, uncertain) for name, value in got.items()}, expected


def shown(differences: dict[str, list[Facts]]) -> str:
    """One difference of each shape is enough to read, and all the shapes are wanted."""
    lines = [f"{shape}: {len(c)} times, for instance {min(map(repr, c), key=len)}" for shape, c in differences.items()]
    return "\n".join(sorted(lines, key=len)[:20])


# How many random cases each question is put: the sets of `sustainability` are slow to list.
NUMBER = {**dict.fromkeys(QUESTIONS, 2_000), "procedure": 4_000, "sustainability": 700}


@pytest.mark.parametrize("unknown", [False, True], ids=["known", "unknown"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_two_versions_agree(question: str, unknown: bool) -> None:
    differences: dict[str, list[Facts]] = {}
    for case in some_cases(len(question), NUMBER[question] // 8 if unknown else NUMBER[question], unknown=unknown):
        found = difference(question, case)
        if found is not None:
            differences.setdefault(found, []).append(case)
    assert not differences, shown(differences)


def test_the_two_versions_agree_on_agreements() -> None:
    differences: dict[str, list[Facts]] = {}
    for case in some_cases(3, 5_000):
        got, expected = agreed(case)
        if got != expected:
            shape = f"library {got}, texts {expected}, {case['category']}, {case['framework']}, {case['utility']}"
            differences.setdefault(shape, []).append(case)
    assert not differences, shown(differences)


@pytest.mark.parametrize("question", fr.UNMODELLED)
def test_what_the_book_does_not_answer_is_never_answered(question: str) -> None:
    for case in some_cases(6, 150, unknown=True):
        answer = getattr(fr, question).ask(tender_of(case))
        assert (answer.status, answer.missing) == ("not_modelled", frozenset()), case
        assert answer.gaps


# --- not a sample -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ground", [None, *GROUNDS], ids=str)
def test_every_ground_at_every_day_and_category(ground: str | None) -> None:
    """Each ground alone, on each day the book changes and its eve, in each category, at telling amounts."""
    days = sorted({day - step for day in changes_of_the_book() for step in (DAY, 0 * DAY)})
    telling = [Decimal(text) for text in ("14999.99", "39999.99", "79999.99", "99999.99", "216000", "6000000")]
    differences: dict[str, list[Facts]] = {}
    asked = 0
    for place, day in enumerate(day for day in days if day >= france.FIRST_DAY):
        for category in CATEGORIES[place % 2 :: 2]:
            for amount in telling[:: 1 if ground is None else 2] if place % 4 < 2 else telling[1::2]:
                case = PLAIN | {"launched": day, "category": category, "value": amount, "utility": place % 3 == 0}
                case["grounds"] = frozenset() if ground is None else frozenset({ground})
                found = difference("procedure", case)
                asked += 1
                if found is not None:
                    differences.setdefault(found, []).append(case)
    assert not differences, shown(differences)
    assert asked > 1_000


@pytest.mark.parametrize("utility", [False, True], ids=["authority", "entity"])
@pytest.mark.parametrize("category", ["goods", "works", "social_services"])
def test_every_amount_is_on_the_side_the_texts_say(category: str, utility: bool) -> None:
    """Every amount of the book and a cent on each side of it, on every day something changes and its eve."""
    near = sorted({amount + shift for amount in amounts_of_the_book() for shift in (-CENT, Decimal(0), CENT)})
    known = {day - step for day in changes_of_the_book() for step in (DAY, 0 * DAY)}
    days = sorted(day for day in known if france.FIRST_DAY <= day < france.UNKNOWN_THRESHOLDS)
    for day in days:
        for amount in near:
            tender = tender_of(PLAIN | {"launched": day, "category": category, "value": amount, "utility": utility})
            answer = fr.procedure.ask(tender)
            given = {"launched": day, "category": category, "utility": utility, "amount": amount}
            found = france.procedure(**given)
            got = (answer.status, set(answer.possible), set(answer.missing))
            assert got == (found["status"], found["possible"], found["missing"]), (day, amount)
    assert len(near) > 100
    assert len(days) > 50


def test_works_of_2020_turn_on_the_day_they_are_concluded() -> None:
    """To the day and the cent: from 40 000 to 70 000 euros the last day of conclusion decides, and only in those months."""
    first, last = date(2020, 7, 24), date(2020, 12, 7)
    for launched in (first - DAY, first, date(2020, 10, 1), last, last + DAY):
        for amount in (Decimal(39_999), Decimal(40_000) - CENT, Decimal(40_000), Decimal(70_000) - CENT, Decimal(70_000)):
            case = PLAIN | {"launched": launched, "category": "works", "value": amount}
            for concludes in (None, IN_TIME, TOO_LATE):
                assert difference("procedure", case | {"concludes": concludes}) is None
            missing = fr.procedure.ask(tender_of(case)).missing
            decides = first <= launched <= last and Decimal(40_000) <= amount < Decimal(70_000)
            assert missing == ({"concludes"} if decides else set()), (launched, amount)


# --- the cases are worth something ------------------------------------------------------------------------------------


def test_the_cases_reach_every_regime_and_answer() -> None:
    """All regimes, outcomes, statuses and missing facts occur, and nearly every case leaves the library no room."""
    seen: set[Any] = set()
    for case in some_cases(9, 4_000):
        found = Expected(france.procedure, case)
        seen |= {found.status, *found.missing, case["category"], case["formal_procedure"]} | found.loose | case["grounds"]
        seen.add("cmp" if case["launched"] < france.ORDONNANCE else "code" if case["launched"] >= france.CODE else "2016")
        seen |= {"beyond"} if open_law("procedure", case) else {"known"}
    wanted = {"answered", "not_modelled", "unknown", "concludes", "direct", "adapted", "formal", "cmp", "2016", "code"}
    assert {*wanted, "beyond", "known", *CATEGORIES, *france.FORMAL_PROCEDURES, *GROUNDS} <= seen
    assert frozenset(GROUNDS) == france.GROUNDS
    exact, asked, missing = 0, 0, set[str]()
    for case in some_cases(10, 600, unknown=True):
        found = Expected(france.procedure, case)
        missing |= found.missing
        exact += found.tight == found.loose
        asked += 1
    assert exact > 0.9 * asked
    assert {"value", "need", "duration", "concludes", "fr/small-lot", "fr/innovative-purchase"} <= missing
