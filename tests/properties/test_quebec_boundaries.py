"""Boundaries of Québec's rules: headroom is exact, every version turns on its cent and its day, tables are sound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from procurelib import check, compare
from procurelib.law import law
from procurelib.models import FLOATING, SERVICES, ByLaw, Tender, covers
from procurelib.money import Money
from procurelib.rules import ca_qc
from procurelib.rules.answer import Turn
from procurelib.rules.comparison import Comparison, Difference
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.tables.check import check as check_table
from procurelib.tables.plan import Plan
from procurelib.unknown import UNKNOWN
from properties.quebec_cases import (
    CASES,
    CENT,
    DAY,
    FIRST,
    Facts,
    amounts_of_the_book,
    buyer_with,
    bylaw_pool,
    days_of_the_book,
    money,
    some_case,
    some_cases,
    tender_of,
)

POOL = bylaw_pool(31, 8)
BOUND = 20_000
"""Five times what the largest table takes today; the kernel itself refuses a hundred thousand."""


def parts(name: str) -> list[Question]:
    """The questions answered by one table that a question is made of."""
    question = getattr(ca_qc, name)
    return [part for _, part in question.members] if isinstance(question, MembersQuestion) else [question]


PARTS = [part for name in ca_qc.QUESTIONS for part in parts(name)]


# --- headroom ---------------------------------------------------------------------------------------------------------


def left(question: Question, tender: Tender) -> tuple[Any, bool]:
    found = question.resolved(tender)
    return found.possible, found.anything


def printed_amounts(tender: Tender) -> set[Decimal]:
    bylaws = tender.buyer.bylaws if isinstance(tender.buyer.bylaws, tuple) else ()
    amounts = [amount for one in bylaws for amount in (one.public_from, *one.direct_below.values())]
    return {amount.amount for amount in amounts if isinstance(amount, Money)}


def printed_days(tender: Tender) -> set[date]:
    return {one.since for one in tender.buyer.bylaws} if isinstance(tender.buyer.bylaws, tuple) else set()


def nearest(places: list[Any], here: Any, below: Any, at: Any) -> dict[str, Any]:
    """By trying every place where anything could change: the nearest boundary each way at which something does."""
    now = at(here)
    up = next((place for place in places[bisect_right(places, here) :] if at(place) != now), None)
    down = next((place for place in reversed(places[: bisect_right(places, here)]) if at(below(place)) != now), None)
    return {"up": up, "down": down}


def check_turn(question: Question, tender: Tender, turn: Turn, there: Tender, short: Tender | None) -> None:
    """At the boundary the answer is what the turn says, and another than now; one step short of it, still the same."""
    now = left(question, tender)
    assert left(question, there) != now
    assert question.ask(there).possible == turn.after
    if short is not None:
        assert left(question, short) == now


def moved(tender: Tender, **changes: Any) -> Tender:
    return tender.replace(published=None, concludes=None, **changes)


def check_amounts(question: Question, tender: Tender, turns: dict[tuple[str, str], Turn]) -> None:
    assert isinstance(tender.value, Money)
    here = tender.value.amount
    places = sorted({*amounts_of_the_book(), *printed_amounts(tender)})
    expected = nearest(
        places, here, lambda place: place - CENT, lambda amount: left(question, tender.replace(value=money(amount)))
    )
    for direction, place in expected.items():
        turn = turns.get(("amount_compared", direction))
        assert (turn.boundary.amount if turn is not None else None) == place, (question.name, direction)
        if turn is not None:
            there, short = (place, place - CENT) if direction == "up" else (place - CENT, place)
            near = tender.replace(value=money(short)) if short > 0 else None
            check_turn(question, tender, turn, tender.replace(value=money(there)), near)


def check_days(question: Question, tender: Tender, turns: dict[tuple[str, str], Turn]) -> None:
    places = sorted({day for day in (*days_of_the_book(), *printed_days(tender)) if day > FIRST})
    expected = nearest(
        places, tender.launched, lambda place: place - DAY, lambda day: left(question, moved(tender, launched=day))
    )
    for direction, place in expected.items():
        turn = turns.get(("launched", direction))
        assert (turn.boundary if turn is not None else None) == place, (question.name, direction)
        if turn is not None:
            there, short = (place, place - DAY) if direction == "up" else (place - DAY, place)
            check_turn(question, tender, turn, moved(tender, launched=there), moved(tender, launched=short))


def check_choices(question: Question, tender: Tender, turns: list[Turn]) -> None:
    for turn in turns:
        if turn.direction == "other" and not (turn.fact == "category" and tender.service is not UNKNOWN):
            check_turn(question, tender, turn, tender.replace(**{turn.fact: turn.boundary}), None)


def test_headroom_is_the_nearest_change() -> None:
    """Each turn really changes the answer, a cent or a day on its side, and nothing nearer does: every cut is tried."""
    r = Random(3)
    asked = 0
    for case in some_cases(5, 50, POOL):
        tender = tender_of(case)
        if r.random() < 0.3:
            tender = tender.replace(options=money(r.choice(("0.01", "5000", "100000"))))
        for question in r.sample(PARTS, 4):
            turns = list(question.ask(tender).explanation.turns)
            keyed = {(turn.fact, turn.direction): turn for turn in turns if turn.direction != "other"}
            if tender.options is None and any(f.id == "amount_compared" for f in question.plan(None).table.facts):
                check_amounts(question, tender, keyed)
            check_days(question, tender, keyed)
            check_choices(question, tender, turns)
            asked += len(turns)
    assert asked > 300


# --- every version of every amount, to the cent and to the day ---------------------------------------------------------

USES: dict[str, Facts] = {
    "ca-qc/invitation-floor": {"category": "goods"},
    "ca-qc/public-call-threshold": {"category": "works"},
    "ca-qc/territory-ceiling-goods-services": {
        "category": "services",
        "service": "building_cleaning",
        "grounds": {"ca-qc/nonprofit-listed-services"},
    },
    "trade/ceta-services": {
        "category": "services",
        "service": "building_cleaning",
        "grounds": {"ca-qc/nonprofit-listed-services"},
    },
    "trade/ceta-goods": {"category": "goods", "grounds": {"ca-qc/nonprofit-goods"}},
}
"""A case in which each amount that the table of the procedure compares decides the answer."""
SINCE = {"trade/ceta-services": date(2026, 4, 1), "trade/ceta-goods": date(2026, 4, 1)}


def test_every_amount_of_the_procedure_has_a_case() -> None:
    table = ca_qc.procedure.plan(None).table
    used = {series.id for series, _ in table.series() if series.id in law and law[series.id].unit == "CAD"}
    assert used == set(USES)


def asked_on(id: str, day: date, amount: Decimal) -> Any:
    tender = Tender(buyer=buyer_with(None), value=money(amount), launched=day, **USES[id])
    return left(ca_qc.procedure, tender)


@pytest.mark.parametrize("id", USES)
def test_every_version_turns_on_its_cent_and_its_day(id: str) -> None:
    """On the first and the last day of each version the answer turns at its amount, to the cent, and at no other."""
    versions = [v for v in law[id].versions if v.end is None or v.end > SINCE.get(id, FIRST)]
    turned = 0
    for version, before in zip(versions, [None, *versions], strict=False):
        assert isinstance(version.value, Money)
        amount = version.value.amount
        end = version.known_until or (version.end - DAY if version.end is not None else date(2027, 12, 31))
        for day in (max(version.start, SINCE.get(id, FIRST)), end):
            assert asked_on(id, day, amount) != asked_on(id, day, amount - CENT), (day, amount)
            assert asked_on(id, day, amount) == asked_on(id, day, amount + CENT), (day, amount)
            turned += 1
        if before is not None and isinstance(before.value, Money) and before.value != version.value:
            old = before.value.amount
            eve, first = version.start - DAY, version.start
            assert asked_on(id, eve, old) != asked_on(id, eve, old - CENT)
            assert asked_on(id, first, old) == asked_on(id, first, old - CENT)
            assert asked_on(id, eve, amount) == asked_on(id, eve, amount - CENT)
    assert turned


# --- the tables are sound ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ca_qc.QUESTIONS)
def test_check_finds_nothing(name: str) -> None:
    assert check(getattr(ca_qc, name)) == ()


BYLAWS = [
    (ByLaw(date(2019, 5, 14), {"goods": FLOATING}),),
    (ByLaw(date(2018, 1, 1), {"services": money("100000"), "works": FLOATING}, public_from=money("101100")),),
    (
        ByLaw(date(2016, 1, 1), {}),
        ByLaw(date(2021, 6, 25), {}, public_from=FLOATING),
        ByLaw(date(2027, 1, 1), {"goods": FLOATING}),
    ),
    (ByLaw(date(2020, 1, 1), {"reserved_professional_services": money("25000")}, public_from=money("500000")),),
    *(buyer_with(bylaw).bylaws for bylaw in POOL if isinstance(bylaw, tuple)),
]


@pytest.mark.parametrize("place", range(len(BYLAWS)))
def test_check_finds_nothing_with_a_bylaw_bound_in(place: int) -> None:
    """By-laws are bound into the tables, which stay sound; a row that a later by-law makes useless is not an error."""
    for question in PARTS:
        if question.bound:
            findings = check_table(question.plan(BYLAWS[place]).table)
            assert [found for found in findings if found.kind != "dead"] == [], question.name


@pytest.mark.parametrize("overlay", [None, UNKNOWN, BYLAWS[1]], ids=["none", "unknown", "bylaw"])
def test_no_table_is_large(overlay: Any) -> None:
    for question in PARTS:
        assert len(question.plan(overlay).diagram.arena.var) < BOUND, question.name


# --- comparing --------------------------------------------------------------------------------------------------------

PAIRS = [
    (date(2018, 4, 18), date(2018, 4, 19)),
    (date(2019, 7, 3), date(2019, 7, 4)),
    (date(2025, 6, 1), date(2026, 2, 2)),
    (date(2026, 3, 31), date(2026, 4, 1)),
    (date(2027, 12, 31), date(2028, 1, 1)),
]


@cache
def compared(question: Question, pair: tuple[date, date]) -> Comparison:
    return compare(question, *pair, bylaw=None)


def raw(value: Any) -> Any:
    return value.amount if isinstance(value, Money) else value


def holds(region: Difference, case: dict[str, Any]) -> bool:
    """Whether a case lies in a region; a region says nothing of the facts it does not depend on."""
    boxes: dict[str, list[bool]] = {}
    for where in region.where:
        value = case[where.fact]
        if where.values:
            inside = value in where.values
        else:
            low, high = raw(where.low), raw(where.high)
            inside = (low is None or value >= low) and (high is None or value < high)
        boxes.setdefault(where.fact, []).append(inside)
    return all(any(found) for found in boxes.values())


def resolve(question: Question, overlay: Any, day: date, case: dict[str, Any]) -> Any:
    return question.plan(overlay).resolve({**case, "launched": day}).possible


@pytest.mark.parametrize("question", PARTS, ids=lambda question: question.name)
@pytest.mark.parametrize("pair", PAIRS[2:4], ids=str)
def test_every_witness_gives_both_answers(question: Question, pair: tuple[date, date]) -> None:
    found = compared(question, pair)
    for region in (*found.regions, *found.basis):
        witness = {fact: raw(value) for fact, value in region.witness.items()}
        assert resolve(question, None, pair[0], witness) == region.before
        assert resolve(question, None, pair[1], witness) == region.after
        assert (region.claim is None) or witness[region.claim] is not False
        assert region in found.basis or holds(region, witness)


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_the_regions_are_exactly_where_the_answers_differ(pair: tuple[date, date]) -> None:
    """Random cases without claims: the two days answer differently if and only if the case lies in one region."""
    for question in (ca_qc.procedure, ca_qc.territory):
        regions = [region for region in compared(question, pair).regions if region.claim is None]
        r = Random(8)
        for _ in range(300 * CASES):
            plain = some_case(r, (None,))
            service = r.choice(SERVICES)
            if covers("services", plain["category"]):
                service = plain["service"] or service
            case = {
                "category": plain["category"],
                "amount_compared": plain["amount"],
                "service": service,
                "electronic": r.random() < 0.5,
            }
            sides = [resolve(question, None, day, case) for day in pair]
            inside = [region for region in regions if holds(region, case)]
            opens = [question.plan(None).resolve({**case, "launched": day}).anything for day in pair]
            assert len(inside) == (sides[0] != sides[1] or opens[0] != opens[1]), case
            if inside:
                assert [inside[0].before, inside[0].after] == sides


def test_a_day_and_itself_do_not_differ() -> None:
    days = (FIRST, date(2018, 4, 19), date(2024, 5, 1), date(2026, 4, 1), date(2029, 5, 5))
    for place, question in enumerate(PARTS):
        for day in days if question.name == "procedure" else days[place % len(days) :][:1]:
            found = compare(question, day, day, bylaw=None)
            assert not found
            assert found.basis == ()


@pytest.mark.parametrize("place", range(len(BYLAWS)))
def test_a_bylaw_and_itself_do_not_differ(place: int) -> None:
    for day in (date(2017, 12, 31), date(2024, 5, 1), date(2028, 5, 1)):
        assert not compare(ca_qc.procedure, BYLAWS[place], BYLAWS[place], on=day)


def unclaimed(found: Comparison) -> list[Difference]:
    return [region for region in found.regions if region.claim is None]


def test_the_threshold_of_2026_moves_one_band() -> None:
    """Between mid-2025 and early 2026, without grounds, one band changes: from 133 800 $ up to 139 000 $, to invitation."""
    regions = unclaimed(compare(ca_qc.procedure, date(2025, 6, 1), date(2026, 2, 2), bylaw=None))
    assert regions
    for region in regions:
        assert (region.before, region.after) == ({"public"}, {"invitation"})
        amounts = [where for where in region.where if where.fact == "amount_compared"]
        assert [(where.low, where.high) for where in amounts] == [(money("133800"), money("139000"))]
    told = {code for region in regions for where in region.where if where.fact == "category" for code in where.values}
    assert told == {"goods", "services", "professional_services", "social_services", "insurance", "works", "other_works"}


def test_a_pinned_threshold_and_none_differ_where_it_binds() -> None:
    pinned = ByLaw(date(2018, 1, 1), {}, public_from=money("105700"))
    regions = unclaimed(compare(ca_qc.procedure, None, pinned, on=date(2024, 5, 1)))
    assert {(region.before, region.after) for region in regions} == {(frozenset({"invitation"}), frozenset({"public"}))}
    bands = {(where.low, where.high) for region in regions for where in region.where if where.fact == "amount_compared"}
    assert bands == {(money("105700"), money("133800"))}


def test_days_are_where_the_law_changes() -> None:
    """The days these tests lean on are the book's own, so a day added to the book is tried the day it is added."""
    ids = [id for id in law if not id.startswith("fr/")]
    starts = {version.start for id in ids for version in law[id].versions if version.start >= FIRST}
    known = days_of_the_book()
    for start in starts:
        assert known[bisect_left(known, start)] == start
    assert isinstance(Plan(ca_qc.procedure.plan(None).table), Plan)
