"""The cells of a fact: every point lies in the cell that its own order among the cuts says."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.errors import InputError
from procurelib.tables.check import representative
from procurelib.tables.conditions import Compare, Not
from procurelib.tables.facts import Axis, Between, Fact, OneOf
from procurelib.tables.plan import Plan
from procurelib.tables.table import Row, Table
from procurelib.unknown import UNKNOWN
from properties.small_tables import FIRST, LAST, LAUNCHED, VALUE

amounts = st.one_of(
    st.integers(-(10**15), 10**15),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
    st.sampled_from([Decimal("1E+5"), Decimal("1.00"), Decimal("0.005"), Decimal(10) ** 30, Decimal("-0.01"), 0]),
)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(st.lists(amounts, unique=True, max_size=6), st.lists(amounts, max_size=8))
def test_an_amount_lies_where_its_order_says(cuts: list[Any], values: list[Any]) -> None:
    axis = Axis(VALUE, tuple(sorted(cuts)))
    ordered = sorted(cuts)
    beside = [c + step for c in cuts for step in (Decimal("-0.001"), Decimal("0.001"), 0, -1)]
    for value in [*values, *cuts, *beside]:
        assert axis.cell(value) == bisect_right(ordered, value)


@given(st.lists(days, unique=True, max_size=6), st.lists(days, max_size=8))
def test_a_day_lies_where_its_order_says(cuts: list[date], values: list[date]) -> None:
    ordered = sorted(cuts)
    axis = Axis(LAUNCHED, tuple(ordered))
    for value in [*values, *cuts, *(c - timedelta(days=1) for c in cuts)]:
        assert axis.cell(value) == bisect_right(ordered, value)


@given(st.lists(amounts, unique=True, min_size=1, max_size=6), amounts, amounts)
def test_a_range_reaches_the_cells_of_all_its_points(cuts: list[Any], a: Any, b: Any) -> None:
    axis = Axis(VALUE, tuple(sorted(cuts)))
    low, high = min(a, b), max(a, b)
    inside = {axis.cell(low), axis.cell(high), *(axis.cell(c) for c in cuts if low <= c <= high)}
    assert axis.mask(Between(low, high)) == sum(1 << c for c in inside)
    assert axis.mask(Between(None, high)) == (1 << (axis.cell(high) + 1)) - 1
    assert axis.mask(Between(low, None)) == axis.full & ~((1 << axis.cell(low)) - 1)
    assert axis.mask(OneOf(frozenset((low, high)))) == sum({1 << axis.cell(low), 1 << axis.cell(high)})
    assert axis.mask(UNKNOWN) == axis.full


@given(st.lists(amounts.filter(lambda a: abs(a) < 10**12), unique=True, min_size=1, max_size=6))
def test_the_point_that_stands_for_a_cell_lies_in_it(cuts: list[Any]) -> None:
    axis = Axis(VALUE, tuple(sorted(cuts)))
    for cell in range(axis.size):
        assert axis.cell(representative(axis, cell)) == cell


@given(st.lists(days, unique=True, min_size=1, max_size=6))
def test_the_span_bounds_the_cells_of_the_clock(cuts: list[date]) -> None:
    axis = Axis(LAUNCHED, tuple(sorted(cuts)), FIRST, LAST)
    for cell in range(axis.size):
        assert FIRST <= representative(axis, cell) <= LAST
        assert axis.cell(representative(axis, cell)) == cell
    assert axis.cell(FIRST) == 0
    assert axis.cell(LAST) == axis.size - 1


@pytest.mark.parametrize("value", ["goods", None, 1, "Works"])
def test_a_value_that_is_not_listed_is_refused(value: object) -> None:
    with pytest.raises(InputError):
        Axis(Fact("yes", "claim", (False, True))).cell(value)


@pytest.mark.parametrize("cut", [FIRST, date(2020, 6, 1)])
def test_a_time_of_day_is_refused(cut: date) -> None:
    late = Compare(LAUNCHED, cut)
    plan = Plan(Table("days", LAUNCHED, (FIRST, LAST), (LAUNCHED,), (Row("a", late, "x"), Row("b", Not(late), "y"))))
    for _ in range(3):
        with pytest.raises((InputError, TypeError)):
            plan.resolve({"launched": datetime(2020, 7, 1, 12)})
