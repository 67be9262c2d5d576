"""`check` finds what is wrong with a table, all of it, and shows it."""

from __future__ import annotations

import pytest
from attrs import evolve

from procurelib.errors import TableError
from procurelib.tables.check import check, require_sound
from procurelib.unknown import UNKNOWN
from properties.brute_force import Brute, Point, at, brute
from properties.small_tables import CASES, FIRST, LAST

SEEDS = range(150 * CASES)


@pytest.mark.parametrize("tame", [False, True])
def test_a_kind_of_fault_is_found_where_some_cell_has_it(tame: bool) -> None:
    for seed in SEEDS:
        work = brute(seed, tame=tame)
        there = {leaf.kind for key, leaf in work.leaf.items() if work.possible[key]} - {"ok"}
        found = {f.kind for f in check(work.table)} - {"dead"}
        assert found == there, f"make({seed}, tame={tame})"


@pytest.mark.parametrize("tame", [False, True])
def test_a_witness_shows_the_fault(tame: bool) -> None:
    for seed in SEEDS:
        work = brute(seed, tame=tame)
        for finding in check(work.table):
            if finding.kind == "dead":
                continue
            case: Point = dict(finding.witness)
            where = f"make({seed}, tame={tame}): {finding}"
            assert case.keys() == {f.id for f in work.facts}, where
            assert FIRST <= case["launched"] <= LAST, where
            # A fact that is never tested may be left unknown; any value of it will do.
            assert all(case[f.id] is not UNKNOWN or f.ordered for f in work.facts), where
            full = {f.id: work.point[(0,) * len(work.facts)][f.id] if case[f.id] is UNKNOWN else case[f.id] for f in work.facts}
            leaf = at(work.table, full)
            assert work.possible[work.key(full)], where
            assert leaf.kind == finding.kind, where
            assert frozenset(finding.rows) == leaf.rows, f"{where}: the rows at fault are {set(leaf.rows)}"


@pytest.mark.parametrize("tame", [False, True])
def test_dead_rows_are_exactly_those_that_decide_nowhere(tame: bool) -> None:
    for seed in SEEDS:
        work = brute(seed, tame=tame)
        found = [f.rows[0] for f in check(work.table) if f.kind == "dead"]
        assert sorted(found) == sorted(work.dead()), f"make({seed}, tame={tame})"


def test_a_sound_table_is_let_through_and_another_is_not() -> None:
    sound = unsound = 0
    for seed in SEEDS[::2]:
        first = brute(seed, tame=seed % 4 == 0)
        dead = first.dead()
        left = tuple(r for r in first.table.rows if r.id not in dead)
        if not left:
            continue
        table = evolve(first.table, rows=left)
        work = Brute(table, seed) if dead else first
        if work.dead():
            continue
        if all(leaf.kind == "ok" for key, leaf in work.leaf.items() if work.possible[key]):
            require_sound(table)
            sound += 1
        else:
            with pytest.raises(TableError):
                require_sound(table)
            unsound += 1
    assert sound > 10 * CASES
    assert unsound > 10 * CASES
