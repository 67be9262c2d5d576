"""Boundaries of France's rules: headroom finds each from a cent below, versions turn on their day, tables are sound."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from oracle import france
from procurelib import check, compare
from procurelib.law import law
from procurelib.models import Tender
from procurelib.money import Money
from procurelib.rules import fr
from procurelib.rules.answer import Turn
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from properties.france_cases import (
    CENT,
    DAY,
    FIRST,
    PLAIN,
    Facts,
    amounts_of_the_book,
    changes_of_the_book,
    money,
    some_cases,
    tender_of,
)

BOUND = 35_000
"""Three times what the largest table takes today; the kernel itself refuses a hundred thousand."""
TERM = date(2027, 12, 31)


def parts(name: str) -> list[Question]:
    """The questions answered by one table that a question is made of."""
    question = getattr(fr, name)
    return [part for _, part in question.members] if isinstance(question, MembersQuestion) else [question]


PARTS = [part for name in fr.QUESTIONS for part in parts(name)]


# --- the tables are sound ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*fr.QUESTIONS, *fr.UNMODELLED])
def test_check_finds_nothing(name: str) -> None:
    assert check(getattr(fr, name)) == ()


@pytest.mark.parametrize("question", PARTS, ids=lambda question: question.name)
def test_no_table_is_large(question: Question) -> None:
    nodes = len(question.plan(None).diagram.arena.var)
    assert 10 < nodes < BOUND


def test_every_question_has_a_name_and_a_title_of_its_own() -> None:
    assert len({part.name for part in PARTS}) == len({part.title for part in PARTS}) == len(PARTS) > len(fr.QUESTIONS)
    for name in (*fr.QUESTIONS, *fr.UNMODELLED):
        assert getattr(fr, name).name == name


# --- the formal thresholds --------------------------------------------------------------------------------------------

FORMAL = {
    "fr/formal-threshold-supplies-services": {"category": "goods", "utility": False},
    "fr/formal-threshold-supplies-services-entity": {"category": "insurance", "utility": True},
    "fr/formal-threshold-works": {"category": "other_works", "utility": True},
}
DIRECT = {
    "fr/direct-ceiling-supplies-services": {"category": "professional_services", "utility": False},
    "fr/direct-ceiling-works": {"category": "works", "utility": False},
}
UNDER_A_GROUND: dict[str, Facts] = {
    "fr/innovative-ceiling": {"category": "goods", "grounds": frozenset({"fr/innovative-purchase"})},
    "fr/books-ceiling": {"category": "goods", "grounds": frozenset({"fr/library-books"})},
    "fr/emergency-food-ceiling": {"category": "goods", "grounds": frozenset({"fr/emergency-food"})},
    "fr/direct-ceiling-entity": {"category": "goods", "utility": True},
    "fr/direct-ceiling-works-by-conclusion": {"category": "works", "concludes": date(2021, 7, 10)},
}
USES: dict[str, Facts] = {**FORMAL, **DIRECT, **UNDER_A_GROUND}
"""A case in which each amount that the need is compared with decides the procedure."""
LOTS: dict[str, Facts] = {
    "fr/small-lot-ceiling-supplies-services": {"category": "goods", "grounds": frozenset({"fr/small-lot"})},
    "fr/small-lot-ceiling-works": {"category": "works", "grounds": frozenset({"fr/small-lot"})},
    "fr/innovative-small-lot-ceiling-supplies-services": {
        "category": "goods",
        "grounds": frozenset({"fr/small-lot", "fr/innovative-purchase"}),
    },
    "fr/innovative-small-lot-ceiling-works": {
        "category": "works",
        "grounds": frozenset({"fr/small-lot", "fr/innovative-purchase"}),
    },
}
"""A case in which each amount that one lot of a large need is compared with decides the procedure."""
# Where an amount decides nothing: a ceiling above it decides from then on.
UNTIL = {
    "fr/direct-ceiling-works-by-conclusion": date(2020, 12, 7),
    "fr/innovative-small-lot-ceiling-works": date(2026, 12, 31),
}


def test_the_three_formal_thresholds_end_on_the_same_day() -> None:
    for id in FORMAL:
        last = law[id].versions[-1]
        assert last.known_until == TERM, id
        assert [gap.start for gap in law[id].gaps] == [TERM + DAY], id
    assert TERM + DAY == france.UNKNOWN_THRESHOLDS
    for facts in FORMAL.values():
        for amount in (Decimal(500_000), Decimal(9_000_000)):
            before, after = (
                fr.procedure.ask(tender_of(PLAIN | facts | {"value": amount, "launched": day})) for day in (TERM, TERM + DAY)
            )
            assert before.status == "answered"
            assert (after.status, after.possible, after.missing) == ("not_modelled", {"adapted", "formal"}, frozenset())


def test_every_amount_of_the_procedure_has_a_case() -> None:
    table = fr.procedure.plan(None).table
    used = {series.id for series, _ in table.series() if series.id in law and law[series.id].unit == "EUR"}
    assert used == {*USES, *LOTS}


# --- every version of every amount, to the cent and to the day --------------------------------------------------------


def asked_on(id: str, day: date, amount: Decimal) -> Any:
    facts = LOTS[id] | {"need": Decimal(50_000_000)} if id in LOTS else USES[id]
    found = fr.procedure.ask(tender_of(PLAIN | facts | {"value": amount, "launched": day}))
    return found.status, found.possible


def days_of(id: str) -> list[tuple[date, Decimal]]:
    """The first and the last day of each version, with its amount, from the first day covered to the end of the term."""
    out: list[tuple[date, Decimal]] = []
    for version in law[id].versions:
        last = version.known_until or (version.end - DAY if version.end is not None else TERM)
        assert isinstance(version.value, Money)
        days = (max(version.start, FIRST), min(last, UNTIL.get(id, last)))
        out += [(day, version.value.amount) for day in days if version.start <= day]
    return out


@pytest.mark.parametrize("id", {**USES, **LOTS})
def test_every_version_turns_on_its_cent_and_its_day(id: str) -> None:
    """On the first and the last day of each version the answer turns at its amount, to the cent, and at no other."""
    days = days_of(id)
    for day, amount in days:
        below, at, above = (asked_on(id, day, amount + step) for step in (-CENT, Decimal(0), CENT))
        assert below != at, (day, amount)
        assert at == above, (day, amount)
        for other in {found for _, found in days} - {amount}:
            assert asked_on(id, day, other - CENT) == asked_on(id, day, other), (day, other)
    assert days


# --- headroom ---------------------------------------------------------------------------------------------------------


def turns_of(question: Question, tender: Tender) -> dict[tuple[str, str], Turn]:
    found = question.ask(tender).explanation.turns
    return {(turn.fact, turn.direction): turn for turn in found if turn.direction != "other"}


@pytest.mark.parametrize("id", {**FORMAL, **DIRECT})
def test_headroom_finds_each_threshold_from_a_cent_below(id: str) -> None:
    """Of every version: a cent below it the way up is a cent, at it the way down is nothing, and the answer turns there."""
    turned = set()
    for day, amount in days_of(id):
        facts = PLAIN | USES[id] | {"launched": day}
        up = turns_of(fr.procedure, tender_of(facts | {"value": amount - CENT}))["amount_compared", "up"]
        assert (up.boundary, up.distance) == (money(amount), money(CENT)), day
        assert up.after == fr.procedure.ask(tender_of(facts | {"value": amount})).possible
        down = turns_of(fr.procedure, tender_of(facts | {"value": amount}))["amount_compared", "down"]
        assert down.boundary == money(amount), day
        assert down.after == fr.procedure.ask(tender_of(facts | {"value": amount - CENT})).possible != up.after
        turned.add(amount)
    assert turned == {version.value.amount for version in law[id].versions if isinstance(version.value, Money)}


def left(question: Question, tender: Tender) -> tuple[Any, bool]:
    found = question.resolved(tender)
    return found.possible, found.anything


def nearest(places: list[Any], here: Any, below: Any, at: Any) -> dict[str, Any]:
    """By trying every place where anything could change: the nearest boundary each way at which something does."""
    now = at(here)
    up = next((place for place in places[bisect_right(places, here) :] if at(place) != now), None)
    down = next((place for place in reversed(places[: bisect_right(places, here)]) if at(below(place)) != now), None)
    return {"up": up, "down": down}


def test_headroom_is_the_nearest_change() -> None:
    """Each turn really changes the answer, a cent or a day on its side, and nothing nearer does: every cut is tried.

    The need is given and the contract is small, so that only the need moves.
    """
    r, asked = Random(3), 0
    simple = [question for question in PARTS if question.name in ("procedure", "publication", "standstill", "award_method")]
    for case in some_cases(5, 14):
        case |= {"need": max(case["need"] or case["value"], Decimal(10_000)), "value": CENT, "options": None, "concludes": None}
        question = r.choice(simple)
        tender = tender_of(case)
        turns = turns_of(question, tender)
        amounts = [amount for amount in amounts_of_the_book() if amount > 10_000]
        expected = nearest(
            amounts,
            case["need"],
            lambda place: place - CENT,
            lambda need, case=case, q=question: left(q, tender_of(case | {"need": need})),
        )
        for direction, place in expected.items():
            turn = turns.get(("amount_compared", direction))
            assert (turn.boundary.amount if turn is not None else None) == place, (question.name, direction, case)
            asked += turn is not None
        days = [day for day in changes_of_the_book() if day > FIRST]
        expected = nearest(
            days,
            case["launched"],
            lambda place: place - DAY,
            lambda day, case=case, q=question: left(q, tender_of(case | {"launched": day})),
        )
        for direction, place in expected.items():
            turn = turns.get(("launched", direction))
            assert (turn.boundary if turn is not None else None) == place, (question.name, direction, case)
            asked += turn is not None
    assert asked > 15


def test_the_day_from_which_months_count_is_a_boundary() -> None:
    """Of a contract of eight years half is compared from the first day of the decree on, and the answer turns there."""
    eve = PLAIN | {"value": Decimal(400_000), "total_price": False, "duration": 96, "launched": france.ORDONNANCE - DAY}
    first = eve | {"launched": france.ORDONNANCE}
    up = turns_of(fr.procedure, tender_of(eve))["launched", "up"]
    down = turns_of(fr.procedure, tender_of(first))["launched", "down"]
    assert (up.boundary, up.distance, up.after) == (france.ORDONNANCE, 1, {"adapted"})
    assert (down.boundary, down.after) == (france.ORDONNANCE, {"formal"})


# --- comparing --------------------------------------------------------------------------------------------------------


def test_a_day_and_itself_do_not_differ() -> None:
    for day in (FIRST, date(2016, 4, 1), date(2020, 9, 1), date(2026, 8, 21), date(2029, 5, 5)):
        for question in PARTS if day.year == 2026 else [fr.procedure]:
            assert not compare(question, day, day)


def test_the_thresholds_of_2026_move_three_bands() -> None:
    """From 2025 to 2026, without claims: below the old European thresholds what was adapted is formal, and nothing else."""
    found = compare(fr.procedure, date(2025, 12, 31), date(2026, 1, 1))
    bands = set()
    for region in (one for one in found.regions if one.claim is None):
        assert (region.before, region.after) == ({"adapted"}, {"formal"})
        bands |= {(where.low, where.high) for where in region.where if where.fact == "amount_compared"}
    assert bands == {(money(low), money(high)) for low, high in ((216_000, 221_000), (5_404_000, 5_538_000))}
