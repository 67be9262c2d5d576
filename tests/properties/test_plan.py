"""What is possible, missing and not modelled in a partly known case is what trying every completion gives."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve

from procurelib.errors import TableError
from procurelib.tables.facts import Between, OneOf
from procurelib.tables.plan import Plan, Resolved
from procurelib.tables.read import read
from procurelib.unknown import UNKNOWN
from properties.brute_force import Brute, Point, brute, random_knowledge
from properties.small_tables import CASES

SEEDS = range(150 * CASES)
EACH = 30


def agrees(got: Resolved, left: tuple[Any, ...]) -> bool:
    return (got.possible, got.missing, got.anything) == left


def ask(plan: Plan, work: Brute, case: Point, where: str) -> Resolved | None:
    """Ask until the small table answers, and hold each answer against every completion."""
    left = work.left(case)
    if left is None:
        for _ in range(3):
            with pytest.raises(TableError):
                plan.resolve(case)
        return None
    got = plan.resolve(case)
    assert agrees(got, left), f"{where} walked at {case}: {got} is not {left}"
    for _ in range(2):
        again = plan.resolve(case)
        assert agrees(again, left), f"{where} from its small table at {case}: {again} is not {left}"
    return got


@pytest.mark.parametrize("tame", [False, True])
def test_a_partial_case_leaves_what_its_completions_leave(tame: bool) -> None:
    for seed in SEEDS if tame else SEEDS[::3]:
        work, random = brute(seed, tame=tame), Random(seed)
        plan = Plan(work.table)
        for n in range(EACH):
            case = random_knowledge(random, work, exact=(0.2, 0.6, 0.8)[n % 3])
            got = ask(plan, work, case, f"make({seed}, tame={tame})")
            if got is not None and not got.settled and not got.missing:
                assert read(work.table, case).gaps, "an answer that is not known must say what it lacks"


def test_a_full_case_leaves_one_cell() -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        plan = Plan(work.table)
        for key in random.sample(list(work.point), min(EACH, len(work.point))):
            got = ask(plan, work, work.point[key], f"make({seed}, tame=True)")
            assert got is None or not got.missing


def test_a_small_table_answers_the_other_points_of_its_pattern() -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        plan = Plan(work.table)
        ordered = [line for line in work.lines if line.fact.ordered]
        case = random_knowledge(random, work, exact=0.7)
        for _ in range(EACH):
            for line in ordered:
                if not isinstance(case[line.fact.id], Between) and case[line.fact.id] is not UNKNOWN:
                    case[line.fact.id] = random.choice(random.choice(line.cells))
            ask(plan, work, case, f"make({seed}, tame=True)")


def test_a_claim_nobody_made_need_not_be_named() -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        plan = Plan(work.table)
        defaults = {f.id: f.default for f in work.facts if f.default is not UNKNOWN}
        for _ in range(EACH // 2):
            case = random_knowledge(random, work, exact=0.6)
            unsaid = {k: v for k, v in case.items() if k not in defaults}
            got, same = ask(plan, work, unsaid, f"make({seed}, tame=True)"), ask(plan, work, {**case, **defaults}, "named")
            assert (got is None) == (same is None)
            if got is not None and same is not None:
                assert (got.possible, got.missing) == (same.possible, same.missing)


def learn(random: Random, work: Brute, case: Point) -> Point:
    """The same case with one fact better known."""
    more = dict(case)
    vague = [line for line in work.lines if case[line.fact.id] is UNKNOWN or isinstance(case[line.fact.id], OneOf | Between)]
    if not vague:
        return more
    line = random.choice(vague)
    before = case[line.fact.id]
    if isinstance(before, OneOf):
        more[line.fact.id] = random.choice(sorted(before.values, key=repr))
        return more
    if line.fact.values:
        luck = random.random()
        more[line.fact.id] = (
            OneOf(frozenset(random.sample(line.fact.values, 2))) if luck < 0.3 else random.choice(line.fact.values)
        )
        return more
    low, high = (before.low, before.high) if isinstance(before, Between) else (None, None)
    points = [p for cell in line.cells for p in cell if (low is None or p >= low) and (high is None or p <= high)]
    points += [p for p in (low, high) if p is not None]
    ends = sorted((random.choice(points), random.choice(points)))
    more[line.fact.id] = Between(*ends) if random.random() < 0.4 else ends[0]
    return more


def test_knowing_more_never_takes_back_an_answer() -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        plan = Plan(work.table)
        for _ in range(EACH // 3):
            case = random_knowledge(random, work, exact=0.2)
            try:
                before = plan.resolve(case)
            except TableError:
                continue
            for _ in range(2 * len(work.facts)):
                more = learn(random, work, case)
                after = plan.resolve(more)
                where = f"make({seed}, tame=True): {case} then {more}"
                assert after.possible <= before.possible, where
                assert after.missing <= before.missing, where
                assert before.anything or not after.anything, where
                if before.settled:
                    assert after.settled, where
                    assert after.possible == before.possible, where
                case, before = more, after


def test_an_impossible_combination_never_changes_an_answer() -> None:
    for seed in SEEDS[::3]:
        work, random = brute(seed), Random(seed)
        if not work.table.impossible:
            continue
        one, other = Plan(work.table), Plan(evolve(work.table, impossible=()))
        for _ in range(EACH):
            case = random_knowledge(random, work, exact=0.8)
            if work.left(case) is None:
                continue
            a, b = one.resolve(case), other.resolve(case)
            assert (a.possible, a.missing, a.anything) == (b.possible, b.missing, b.anything), (seed, case)
