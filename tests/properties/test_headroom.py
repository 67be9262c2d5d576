"""The nearest change that flips an outcome is the one that trying every cell along the fact finds."""

from __future__ import annotations

from random import Random
from typing import Any

from procurelib.tables.basis import basis
from procurelib.tables.facts import Between, OneOf
from procurelib.tables.headroom import Flip, flips
from procurelib.tables.plan import Plan
from procurelib.unknown import UNKNOWN
from properties.brute_force import Brute, Line, Point, brute, random_knowledge
from properties.small_tables import CASES, DAYS

SEEDS = range(100 * CASES)
EACH = 8
ROLES = frozenset(("date", "need", "buyer", "claim"))


def tried(work: Brute, case: Point, line: Line, value: Any) -> tuple[Any, ...] | None:
    left = work.left({**case, line.fact.id: value})
    return None if left is None else (left[0], left[2])


def along(work: Brute, case: Point, line: Line) -> set[tuple[Any, ...]] | None:
    """The flips along one fact, found cell by cell; None where a cell on the way has no answer."""
    value = case[line.fact.id]
    found: set[tuple[Any, ...]] = set()
    if line.fact.values:
        now = tried(work, case, line, value)
        for other in line.fact.values:
            after = tried(work, case, line, other)
            if after is None:
                return None
            if after != now:
                found.add((line.fact.id, "other", type(other), other, *after))
        return found
    low, high = (value.low, value.high) if isinstance(value, Between) else (value, value)
    # Of a range: up from its low end, down from its high end, so that a boundary inside it is found too.
    ways: list[tuple[str, Any, range]] = []
    if low is not None:
        ways.append(("up", low, range(line.cell(low) + 1, line.size)))
    if high is not None:
        ways.append(("down", high, range(line.cell(high) - 1, -1, -1)))
    for direction, end, cells in ways:
        now = tried(work, case, line, end)
        if now is None:
            return None
        for cell in cells:
            first = line.cells[cell][0]
            after = tried(work, case, line, first)
            if after is None:
                return None
            if after != now:
                edge = first if direction == "up" else line.cells[cell + 1][0]
                found.add((line.fact.id, direction, type(edge), edge, *after))
                break
    return found


def told(flip: Flip) -> tuple[Any, ...]:
    return (flip.fact.id, flip.direction, type(flip.boundary), flip.boundary, flip.after.possible, flip.after.anything)


def test_flips_are_the_nearest_changes() -> None:
    total = 0
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        plan = Plan(work.table)
        for _ in range(EACH):
            case = random_knowledge(random, work, exact=0.75)
            if work.left(case) is None:
                continue
            movable = [x for x in work.lines if x.fact.role in ROLES and not _vague(case[x.fact.id])]
            expected = [along(work, case, line) for line in movable]
            if None in expected:
                continue
            got = [told(f) for f in flips(plan, case, ROLES)]
            assert len(got) == len(set(got))
            wanted = {x for part in expected if part for x in part}
            assert set(got) == wanted, f"make({seed}, tame=True) at {case}: {set(got) ^ wanted}"
            total += len(wanted)
    assert total > 300 * CASES


def _vague(value: Any) -> bool:
    return value is UNKNOWN or isinstance(value, OneOf)


def test_only_facts_of_the_roles_asked_for_are_moved() -> None:
    for seed in SEEDS[::5]:
        work, random = brute(seed, tame=True), Random(seed)
        case = work.point[random.choice(list(work.point))]
        if any(leaf.kind != "ok" for leaf in work.leaf.values()):
            continue
        plan = Plan(work.table)
        every = {told(f) for f in flips(plan, case, ROLES)}
        some = {told(f) for f in flips(plan, case, frozenset(("need",)))}
        needs = {f.id for f in work.facts if f.role == "need"}
        assert some == {f for f in every if f[0] in needs}


def test_an_answer_rests_on_the_rows_that_decide_and_on_versions_of_the_day() -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        for key in random.sample(list(work.point), min(EACH, len(work.point))):
            leaf, point = work.leaf[key], work.point[key]
            if leaf.kind != "ok":
                continue
            got = basis(work.table, point)
            assert {r.row.id for r in got.rows} == leaf.rows, (seed, point)
            assert not {r.row.id for r in got.near} & leaf.rows, (seed, point)
            clocks = [point[f.id] for f in work.facts if f.role == "date"]
            for used in got.used:
                steps = [s for _, versions in used.series.versions() for s in versions]
                assert used.step in steps
                assert any(used.step.start <= day for day in clocks), (seed, point, used)
            assert all(used.step.start <= DAYS[-1] for used in got.used)
