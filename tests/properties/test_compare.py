"""The regions where two sides differ are exactly the cells where trying both gives different answers."""

from __future__ import annotations

from functools import lru_cache
from random import Random
from typing import Any

import pytest

from procurelib.errors import TableError
from procurelib.tables.compare import Region, Side, compare_rows, compare_sides
from procurelib.tables.facts import OneOf
from procurelib.unknown import UNKNOWN
from properties.brute_force import Brute, Key, Leaf, Point, brute
from properties.small_tables import CASES, make_pair

SEEDS = range(70 * CASES)


@lru_cache(maxsize=200)
def pair(seed: int) -> tuple[Brute, Brute]:
    """One table twice, to compare two days of it, or two tables over the same facts."""
    if seed % 2:
        return brute(seed, tame=True), brute(seed, tame=True)
    return tuple(Brute(t, seed) for t in make_pair(seed))  # type: ignore[return-value]


class Tried:
    """Every cell of both sides on their days, by section: no claim made, then each alone."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self.works = pair(seed)
        self.lines = self.works[0].lines
        clock = next(i for i, line in enumerate(self.lines) if line.fact.id == "launched")
        cells = [random.randrange(self.lines[clock].size) for _ in range(2)]
        self.days = [random.choice(self.lines[clock].cells[c]) for c in cells]
        self.given: Point = {}
        for line in self.lines:
            if line.fact.values and random.random() < 0.25:
                value = random.choice(line.fact.values)
                both = OneOf(frozenset((value, random.choice(line.fact.values))))
                self.given[line.fact.id] = value if random.random() < 0.7 else both
        self.sides = [Side(w.table, d) for w, d in zip(self.works, self.days, strict=True)]
        self.claims = [x.fact.id for x in self.lines if x.fact.role == "claim" and x.fact.id not in self.given]
        self.clock, self.cells = clock, cells

    def section(self, claim: str | None) -> dict[Key, tuple[Leaf, Leaf] | None]:
        """Each cell with both answers, or None where a side says that it cannot happen."""
        case: Point = {line.fact.id: UNKNOWN for line in self.lines if line.fact.role not in ("claim", "reading")}
        case |= self.given
        case["launched"] = self.days[0]
        if claim is not None:
            case[claim] = True
        out: dict[Key, tuple[Leaf, Leaf] | None] = {}
        for key in self.works[0].reached(case):
            keys = [(*key[: self.clock], c, *key[self.clock + 1 :]) for c in self.cells]
            fine = all(w.possible[k] for w, k in zip(self.works, keys, strict=True))
            out[key] = (self.works[0].leaf[keys[0]], self.works[1].leaf[keys[1]]) if fine else None
        return out

    def unclaimed(self, key: Key, claim: str) -> Key:
        """The same cell with the claim not made."""
        i = next(i for i, line in enumerate(self.lines) if line.fact.id == claim)
        return (*key[:i], self.lines[i].cell(self.lines[i].fact.default), *key[i + 1 :])

    def wanted(self, claim: str | None) -> dict[Key, tuple[Leaf, Leaf]]:
        """The cells that must be told: the answers differ, and a claim, if made, has to do with it."""
        plain = self.section(None) if claim is not None else {}
        found = {}
        for key, both in self.section(claim).items():
            if both is None or both[0].answer == both[1].answer:
                continue
            if claim is not None:
                other = plain[self.unclaimed(key, claim)]
                if other is not None and [x.answer for x in other] == [x.answer for x in both]:
                    continue
            found[key] = both
        return found

    def inside(self, region: Region, key: Key) -> bool:
        """Whether a cell lies in a region; several intervals along one fact are one or the other."""
        for i, line in enumerate(self.lines):
            extents = [e for e in region.extents if e.fact.id == line.fact.id]
            point: Any = self.works[0].point[key][line.fact.id]
            if not extents or i == self.clock:
                continue
            if line.fact.values:
                if not any(type(v) is type(point) and v == point for e in extents for v in e.values):
                    return False
            elif not any((e.low is None or e.low <= point) and (e.high is None or point < e.high) for e in extents):
                return False
        return True

    def witness(self, region: Region) -> Key:
        case: Point = {line.fact.id: line.cells[0][0] for line in self.lines if line.cells}
        case |= {name: value for name, value in region.witness if value is not UNKNOWN}
        case["launched"] = self.days[0]
        return self.works[0].key(case)


def unsound(both: tuple[Leaf, Leaf]) -> bool:
    return any(leaf.kind != "ok" for leaf in both)


def values(leaf: Leaf) -> frozenset[Any]:
    return frozenset(v for _, v in leaf.outcomes)


def test_regions_are_exactly_where_the_answers_differ() -> None:
    differing = 0
    for seed in SEEDS:
        tried = Tried(seed)
        wanted = {claim: tried.wanted(claim) for claim in (None, *tried.claims)}
        if any(unsound(both) for cells in wanted.values() for both in cells.values()):
            with pytest.raises(TableError):
                compare_sides(*tried.sides, tried.given)
            continue
        regions = compare_sides(*tried.sides, tried.given)
        assert {r.claim for r in regions} == {c for c, cells in wanted.items() if cells}, seed
        for claim, cells in wanted.items():
            here = [r for r in regions if r.claim == claim]
            for key in tried.section(claim):
                holding = [r for r in here if tried.inside(r, key)]
                assert len(holding) == (1 if key in cells else 0), (seed, claim, tried.works[0].point[key], holding)
                if holding:
                    before, after = cells[key]
                    assert (holding[0].before, holding[0].after) == (values(before), values(after)), (seed, claim)
            for region in here:
                assert tried.witness(region) in cells, (seed, region)
                assert tried.inside(region, tried.witness(region)), (seed, region)
        differing += bool(regions)
    assert differing > 15 * CASES


def test_a_side_does_not_differ_from_itself() -> None:
    for seed in SEEDS:
        side = Tried(seed).sides[0]
        assert compare_sides(side, side, {}) == ()


def test_where_outcomes_agree_the_deciding_rows_are_named() -> None:
    for seed in SEEDS[::2]:
        tried = Tried(seed)
        section = tried.section(None)
        told = compare_rows(*tried.sides, tried.given)
        for key, both in section.items():
            holding = [t for t in told if tried.inside(t[0], key)]
            if both is None or any(leaf.kind != "ok" for leaf in both) or both[0].answer != both[1].answer:
                assert not holding, (seed, tried.works[0].point[key])
                continue
            assert len(holding) == 1, (seed, tried.works[0].point[key], holding)
            assert (frozenset(holding[0][1]), frozenset(holding[0][2])) == (both[0].rows, both[1].rows), seed
