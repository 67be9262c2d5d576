"""The plain reader, which explains, agrees with trying every cell."""

from __future__ import annotations

from random import Random

import pytest

from procurelib.tables.read import Reading, read
from properties.brute_force import Leaf, brute, random_knowledge
from properties.small_tables import CASES

SEEDS = range(150 * CASES)
EACH = 60


def agrees(got: Reading, leaf: Leaf) -> bool:
    typed = frozenset((type(o), o) for o in got.outcomes)
    if leaf.kind == "ok":
        decides = frozenset(r.row.id for r in got.rows if r.decides)
        return (typed, got.gaps, got.anything, got.undefined, got.unknown, decides) == (
            leaf.outcomes,
            leaf.gaps,
            leaf.anything,
            False,
            False,
            leaf.rows,
        )
    return got.undefined


@pytest.mark.parametrize("tame", [False, True])
def test_a_full_case_is_read_as_its_cell(tame: bool) -> None:
    for seed in SEEDS:
        work, random = brute(seed, tame=tame), Random(seed)
        for key in random.sample(list(work.point), min(EACH, len(work.point))):
            got, leaf = read(work.table, work.point[key]), work.leaf[key]
            assert agrees(got, leaf), f"make({seed}, tame={tame}) at {work.point[key]}: {got} is not {leaf}"


def test_a_partial_case_is_never_read_too_narrowly() -> None:
    """The plain reader may leave too much open, never too little: an explanation must not be surer than the answer."""
    for seed in SEEDS:
        work, random = brute(seed, tame=True), Random(seed)
        for _ in range(EACH):
            case = random_knowledge(random, work, exact=0.6)
            left = work.left(case)
            if left is None:
                continue
            possible, missing, anything = left
            got = read(work.table, case)
            where = f"make({seed}, tame=True) at {case}: {got} is narrower than {left}"
            assert possible <= got.outcomes, where
            assert got.anything or not anything, where
            if len(possible) > 1 or anything:
                assert got.unknown or got.gaps, "a reading that is not sure must say why"
                assert got.unknown or not missing, where
