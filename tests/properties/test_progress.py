"""Progress over random ledgers: its bounds hold whatever is not known, and come together as more of it is.

The truth is that of the other oracle: everything a ledger leaves unsaid is filled in, and what was bought is added up exactly.
"""

from __future__ import annotations

import json
import math
import pickle
import random
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from oracle.promises import Real, Truth, ends, entity, fill_in, looks, options, reaches, truth
from procurelib.calendars.periods import ReportingPeriod, reporting_periods
from procurelib.citations import Text
from procurelib.errors import InputError
from procurelib.models.commitment import Commitment, ReportedFigure
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import Purchase
from procurelib.money import Money, MoneyRange
from procurelib.promises.progress import PeriodProgress, Progress, progress
from procurelib.unknown import UNKNOWN
from properties import purchase_cases as cases
from properties.purchase_cases import ACT, DAYS, IDENTIFIED, MARK, ON, ONE_DAY, PERIODS, SUPPLIERS, TURN, A, B, C
from properties.quebec_cases import CASES

FIGURES = ("amount", "spend", "share", "contracts", "all_contracts", "share_of_contracts", "suppliers")
SUMS = ("amount", "spend")
BUYERS = (None, (A,), (A, C), (A, B, C))
FILLINGS = 8


def few(number: int) -> settings:
    return settings(max_examples=number * CASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@st.composite
def ledgers(draw: st.DrawFn, counts: tuple[str, ...], most: int = 4, **fixed: Any) -> tuple[Purchase, ...]:
    """A few purchases, some of them reported again as they are, or nearly."""
    found = draw(st.lists(cases.purchases(counts, **fixed), min_size=1, max_size=most))
    if fixed.get("alike", True) and draw(st.integers(0, 2)) == 0:
        place = draw(st.integers(0, len(found) - 1))
        again = found[place]
        if again.id is None and draw(st.booleans()):
            again = found[place] = attrs.evolve(again, id="p3")
        # Reports of one purchase need not say the same of it.
        kinds = ("same", "marks", "buyer", "amount", "supplier", "day", "contract")
        kind = draw(st.sampled_from(kinds if again.id is not None else ("same", "same", "marks", "buyer", "supplier")))
        change: dict[str, Any] = {}
        if kind == "marks":
            change["marks"] = draw(cases.marks(counts))
        if kind == "buyer" and not again.group:
            change["buyer"] = draw(st.sampled_from((A, B, UNKNOWN)))
        if kind == "amount" and not again.parts:
            change["amount"] = draw(cases.amounts())
        if kind == "supplier":
            change["supplier"] = draw(st.sampled_from(SUPPLIERS))
        if kind == "day":
            change["day"] = draw(cases.whens() if "days" not in fixed else fixed["days"])
        if kind == "contract" and fixed.get("contracts", True):
            change["contract"] = draw(st.sampled_from(("c1", "c2", None)))
        if fixed.get("ids", True) or again.id is None:
            found.append(attrs.evolve(again, **change))
    return tuple(found)


def edges_of(periods: Iterable[ReportingPeriod], on: date) -> set[date]:
    days = {day for one in periods for day in (one.start, one.end - ONE_DAY, one.end)}
    return days | {on, on + ONE_DAY, TURN, TURN - ONE_DAY, *DAYS}


def spans_of(row: PeriodProgress, periods: Sequence[ReportingPeriod]) -> list[tuple[date, date]]:
    return [(one.start, one.end) for one in periods if row.period is None or one == row.period]


def number(end: Any) -> Fraction | None:
    return None if end is None else Fraction(end.amount if isinstance(end, Money) else end)


def ends_of(bounds: Any) -> tuple[Fraction, Fraction | None]:
    low = number(bounds.low)
    assert low is not None
    return low, number(bounds.high)


def check_within(row: PeriodProgress, found: Truth) -> None:
    for name in FIGURES:
        bounds, true = getattr(row, name), getattr(found, name)
        if bounds is None:
            assert true is None, name
        elif true is not None:
            low, high = ends_of(bounds)
            assert low <= true, (name, row.period, low, true)
            assert high is None or true <= high, (name, row.period, high, true)


def fillings(
    purchases: Sequence[Purchase], periods: Sequence[ReportingPeriod], on: date, found: Progress, how_many: int = FILLINGS
) -> Iterable[list[Real]]:
    for seed in range(how_many):
        rng = random.Random(seed)
        yield fill_in(
            purchases,
            found.commitment.counts,
            rng,
            currency=found.currency,
            edges=edges_of(periods, on),
            others=(A, B, C),
        )


# --- (1) the truth is always within -----------------------------------------------------------------------------------


@few(250)
@given(st.data())
def test_the_bounds_hold_whatever_is_not_known(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    buyers, tax = data.draw(st.sampled_from(BUYERS)), data.draw(st.sampled_from((None, "net", "excluded", "included")))
    found = progress(commitment, purchases, periods, on=on, buyers=buyers, tax=tax)
    for reals in fillings(purchases, periods, on, found):
        for row in (*found.periods, found.cumulated):
            check_within(row, truth(reals, spans_of(row, periods), on=on, basis=found.basis, buyers=buyers))


# --- (7) and so is the verdict ----------------------------------------------------------------------------------------


@few(250)
@given(st.data())
def test_a_verdict_is_that_of_every_filling(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    buyers, complete = data.draw(st.sampled_from(BUYERS)), data.draw(st.booleans())
    tax = data.draw(st.sampled_from((None, None, "net", "included")))
    found = progress(commitment, purchases, periods, on=on, buyers=buyers, complete=complete, tax=tax)
    threshold = commitment.threshold
    assert threshold is not None
    assert found.verdict != "not_stated"
    if found.verdict == "not_met":
        assert complete
        assert commitment.cadence is not None or (commitment.deadline is not None and commitment.deadline.by(on) is True)
    if found.verdict == "met" and commitment.metric in ("share_of_amount", "share_of_contracts"):
        assert complete
    if commitment.cadence is None:
        assert all(row.reaches is None for row in found.periods)
        assert found.cumulated.reaches is not None
    else:
        assert found.cumulated.reaches is None
        for row in found.periods:
            assert row.period is not None
            whole = row.period.cadence == commitment.cadence and not row.period.partial
            latest = commitment.deadline.latest if commitment.deadline is not None else None
            assert (row.reaches is not None) == (whole and (latest is None or row.period.last <= latest))
    # Of a deadline that is not known to the day, the last day it may be is the one that is waited for.
    by = commitment.deadline.latest if commitment.deadline is not None else None
    for reals in fillings(purchases, periods, on, found):
        check_reached(found, reals, periods, on, buyers, by or on)


def check_reached(
    found: Progress, reals: list[Real], periods: Sequence[ReportingPeriod], on: date, buyers: Any, by: date
) -> None:
    commitment = found.commitment
    threshold = commitment.threshold
    assert threshold is not None
    wanted = threshold[0]
    basis = wanted.tax if isinstance(wanted, Money) else found.basis
    reached: dict[ReportingPeriod | None, bool | None] = {}
    for row in (*found.periods, found.cumulated):
        reached[row.period] = reaches(commitment, truth(reals, spans_of(row, periods), on=on, basis=basis, buyers=buyers))
        if isinstance(row.reaches, bool) and reached[row.period] is not None:
            assert row.reaches == reached[row.period], row.period
    if commitment.cadence is None:
        spans = spans_of(found.cumulated, periods)
        last = min(on, by)
        true = reaches(commitment, truth(reals, spans, on=last, basis=basis, buyers=buyers))
        if found.verdict in ("met", "not_met") and true is not None:
            assert (found.verdict == "met") == true
        return
    judged = [row for row in found.periods if row.reaches is not None]
    if found.verdict == "met":
        assert judged
        assert False not in [reached[row.period] for row in judged]
    if found.verdict == "not_met":
        assert False in [reached[row.period] for row in judged if row.over]


@few(100)
@given(st.data())
def test_without_anything_stated_there_is_no_verdict(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    without = data.draw(st.sampled_from(({"metric": None, "target": None, "baseline": None}, {"target": None, "verb": "buy"})))
    commitment = attrs.evolve(commitment, **without)
    purchases = data.draw(ledgers(commitment.counts))
    found = progress(commitment, purchases, PERIODS[0], on=ON[-1], complete=True)
    assert (found.verdict, found.reason) == ("not_stated", "not_stated")
    assert [row.reaches for row in (*found.periods, found.cumulated)] == [None] * (len(found.periods) + 1)


@few(150)
@given(st.data())
def test_a_quantity_is_reached_when_its_lower_bound_is(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments(metric=data.draw(st.sampled_from(("amount", "contracts", "suppliers")))))
    purchases = data.draw(ledgers(commitment.counts))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    found = progress(commitment, purchases, periods, on=on, complete=True)
    threshold = commitment.threshold
    assert threshold is not None
    wanted = number(threshold[0])
    assert wanted is not None
    for row in (*found.periods, found.cumulated):
        low, high = ends_of(getattr(row, str(commitment.metric)))
        enough = low > wanted if threshold[1] else low >= wanted
        never = high is not None and (high <= wanted if threshold[1] else high < wanted)
        if row.reaches is not None:
            assert (row.reaches is True) == enough
            assert (row.reaches is False) == never
    if commitment.cadence is None and found.verdict == "met":
        assert found.cumulated.reaches is True
    if commitment.cadence is None and commitment.deadline is None:
        assert (found.verdict == "met") == (found.cumulated.reaches is True)


# --- (2) and reached --------------------------------------------------------------------------------------------------


def free(draw: Any, counts: tuple[str, ...], days: Any, suppliers: tuple[Any, ...]) -> list[Purchase]:
    """Purchases of which each may be filled in whatever the others are."""
    drawn = draw(
        st.lists(
            cases.purchases(counts, joint=False, ids=False, outside=False, suppliers=suppliers, days=days),
            min_size=1,
            max_size=4,
        )
    )
    # What is recorded of a supplier holds for its other purchases of the day: then they are not free of one another.
    kept = [one.marks if one.supplier is UNKNOWN else [m for m in one.marks if m[0] == MARK] for one in drawn]
    return [
        attrs.evolve(one, id=f"p{place}", marks=recorded) for place, (one, recorded) in enumerate(zip(drawn, kept, strict=True))
    ]


def check_ends(
    data: st.DataObject, names: Sequence[str], days: Any = None, suppliers: tuple[Any, ...] = (*IDENTIFIED, *SUPPLIERS)
) -> None:
    counts = data.draw(st.sampled_from(((ACT,), (ACT, MARK), (MARK,), (ACT, cases.ADAPTED))))
    commitment = data.draw(cases.commitments(counts=counts))
    purchases = free(data.draw, counts, days, suppliers)
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    buyers, tax = data.draw(st.sampled_from(BUYERS)), data.draw(st.sampled_from(("net", "excluded", "included")))
    found = progress(commitment, purchases, periods, on=on, buyers=buyers, tax=tax)
    groups = [one.contract if one.contract is not None else place for place, one in enumerate(purchases)]
    entities = [entity(one.supplier) or place for place, one in enumerate(purchases)]
    for row in (*found.periods, found.cumulated):
        seen: dict[str, Any] = {"on": on, "basis": tax, "buyers": buyers, "currency": found.currency}
        seen |= {"spans": spans_of(row, periods), "edges": (*DAYS, TURN, TURN - ONE_DAY)}
        expected = ends([options(one, counts, **seen) for one in purchases], groups, entities)
        for name in names:
            if name == "suppliers" and any(entity(one.supplier) is None for one in purchases):
                continue
            assert said(getattr(row, name)) == outwards(expected[name]), (name, row.period)


def said(bounds: Any) -> Any:
    """The ends as numbers."""
    return None if bounds is None else ends_of(bounds)


def outwards(found: tuple[Any, Any] | None) -> Any:
    """The same ends rounded outwards at the sixth decimal."""
    if found is None:
        return None
    low, high = (None if end is None else Fraction(end) * 10**6 for end in found)
    assert low is not None
    return Fraction(math.floor(low), 10**6), None if high is None else Fraction(math.ceil(high), 10**6)


ALL_REACHED = ("amount", "spend", "contracts", "all_contracts", "suppliers", "share")


RECENT = tuple(day for day in DAYS if day >= date(2014, 1, 1))


@few(200)
@given(st.data())
def test_the_bounds_are_reached_when_the_days_are_known(data: st.DataObject) -> None:
    check_ends(data, ALL_REACHED, st.sampled_from(RECENT))


@few(100)
@given(st.data())
def test_the_bounds_are_reached_before_the_first_net_factor(data: st.DataObject) -> None:
    check_ends(data, ALL_REACHED, st.sampled_from([day for day in DAYS if day not in RECENT]))


@few(120)
@given(st.data())
def test_the_bounds_are_reached_when_nothing_turns_on_the_day(data: st.DataObject) -> None:
    days = st.tuples(*[st.sampled_from([day for day in DAYS if day.year >= 2015])] * 2).map(sorted)
    settled = (cases.YES, cases.NO, cases.MAYBE, cases.NAMELESS, UNKNOWN)
    check_ends(data, ALL_REACHED[:-1], days.map(lambda found: DayRange(*found)), settled)


@few(120)
@given(st.data())
def test_the_bounds_are_reached_whatever_the_days(data: st.DataObject) -> None:
    check_ends(data, ALL_REACHED[:-1])


# --- (3) knowing more -------------------------------------------------------------------------------------------------


def exactly(value: Fraction) -> Decimal | None:
    """The same number in digits, if it has few enough of them."""
    times = 1
    while times <= 10**12:
        if (value * times).denominator == 1:
            return Decimal((value * times).numerator).scaleb(-len(str(times)) + 1)
        times *= 10
    return None


def told(purchase: Purchase, real: Real, what: str, currency: str) -> Purchase:
    """The same report with one thing more that is true of it, if it can be written there."""
    change: dict[str, Any] = {}
    # What a purchase is told to be under a scheme holds for its day, so the day is told first.
    if what == "marks" and isinstance(purchase.day, date):
        change["marks"] = {**real.answers, **dict(purchase.marks)}
    if what == "day":
        change["day"] = real.day
    if what == "buyer" and purchase.buyer is UNKNOWN:
        change["buyer"] = real.buyer
    if what == "tax" and not isinstance(purchase.amount, type(UNKNOWN)) and purchase.amount.tax is UNKNOWN:

        def on_it(amount: Money) -> Money:
            return Money(amount.amount, amount.currency, tax=real.taken[1])  # type: ignore[arg-type]

        given = purchase.amount
        change["amount"] = MoneyRange(on_it(given.low), on_it(given.high)) if isinstance(given, MoneyRange) else on_it(given)
        change["parts"] = {name: on_it(part) for name, part in purchase.parts}
    if what == "amount" and not purchase.parts:
        whole = exactly(real.taken[0])
        if whole is not None:
            change["amount"] = Money(whole, currency, tax=real.taken[1])  # type: ignore[arg-type]
            change["amount_checked"] = True
    if what == "parts" and isinstance(purchase.amount, Money) and purchase.buyer is not UNKNOWN and purchase.group:
        parts = {name: exactly(part[real.taken[1]]) for name, part in real.pays.items()}
        if purchase.amount.currency == currency and set(parts) == set(purchase.buyers) and None not in parts.values():
            tax = purchase.amount.tax
            change["parts"] = {n: Money(part, currency, tax=tax) for n, part in parts.items() if part is not None}
    if what == "supplier" and entity(purchase.supplier) is None:
        kind, name = real.supplier if real.supplier[0] != "nobody" else ("id", f"nobody/{real.supplier[1]}")  # type: ignore[index]
        known: dict[str, Any] = {"id": name} if kind == "id" else {"identifiers": {kind: name}}
        if purchase.supplier is UNKNOWN:
            same = [one for one in IDENTIFIED if entity(one) == real.supplier]
            change["supplier"] = same[0] if same else Enterprise(name="It", country="CA", **known)
        else:
            change["supplier"] = attrs.evolve(purchase.supplier, **known)
    try:
        return attrs.evolve(purchase, **change)
    except InputError:  # it cannot be written there: a part above the whole that was stated for another basis
        return purchase


INFORMATION = ("marks", "day", "buyer", "tax", "amount", "parts", "supplier")


def alike(purchases: Sequence[Purchase]) -> set[tuple[int, int]]:
    """Which purchases look exactly alike."""
    kept = [(place, looks(one)) for place, one in enumerate(purchases) if one.id is None]
    return {(i, j) for i, one in kept for j, other in kept if i < j and one == other}


def check_closer(before: Progress, after: Progress) -> None:
    assert (before.currency, before.basis) == (after.currency, after.basis)
    rows = zip((*before.periods, before.cumulated), (*after.periods, after.cumulated), strict=True)
    for wide, narrow in rows:
        for name in FIGURES:
            old, new = getattr(wide, name), getattr(narrow, name)
            if old is None:
                assert new is None, (name, wide.period)
            elif new is not None:
                (low, high), (lower, upper) = ends_of(old), ends_of(new)
                assert low <= lower, (name, wide.period)
                assert high is None or (upper is not None and upper <= high), (name, wide.period)
        if isinstance(wide.reaches, bool) and wide.share is not None and narrow.share is not None:
            assert narrow.reaches == wide.reaches
    if before.verdict in ("met", "not_met") and after.cumulated.share is not None:
        assert after.verdict == before.verdict


@few(300)
@given(st.data())
def test_knowing_more_never_widens_the_bounds(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    asked: dict[str, Any] = {"on": on, "buyers": data.draw(st.sampled_from(BUYERS)), "complete": True}
    asked["tax"] = data.draw(st.sampled_from(("net", "excluded", "included")))
    before = progress(commitment, purchases, periods, **asked)
    rng = random.Random(data.draw(st.integers(0, 10**6)))
    reals = fill_in(
        purchases,
        commitment.counts,
        rng,
        currency=before.currency,
        edges=edges_of(periods, on),
        others=(A, B, C),
    )
    more = list(purchases)
    for _ in range(3):
        real = data.draw(st.sampled_from(reals)) if reals else None
        what = data.draw(st.sampled_from(INFORMATION))
        for place in real.reports if real is not None else ():
            assert real is not None
            more[place] = told(more[place], real, what, before.currency)
        # What is told of one may make it look like another: then there is something new that is not known.
        if not alike(more) <= alike(purchases):
            return
        after = progress(commitment, more, periods, **asked)
        if before.currency == after.currency:
            check_closer(before, after)
        before = after


@few(150)
@given(st.data())
def test_a_missing_answer_narrows_by_what_it_says(data: st.DataObject) -> None:
    """Whichever it turns out to be."""
    counts = data.draw(st.sampled_from(((ACT,), (MARK,))))
    metric = data.draw(st.sampled_from(("amount", "contracts", "suppliers")))
    commitment = data.draw(cases.commitments(counts=counts, metric=metric))
    some = (cases.MAYBE, cases.MAYBE, cases.YES, cases.SINCE)
    purchases = data.draw(
        ledgers(counts, ids=False, joint=False, outside=False, foreign=False, suppliers=some, days=st.sampled_from(RECENT))
    )
    periods = data.draw(st.sampled_from(PERIODS))
    asked: dict[str, Any] = {"on": date(2017, 6, 1), "tax": "net"}
    before = progress(commitment, purchases, periods, **asked)
    denied = {place for flag in before.flags if flag.code == "record_denied" for place in flag.purchases}
    places = [number(fact.narrows) for fact in before.missing]
    known = [one for one in places if one is not None]
    # What nothing bounds comes first, then what narrows the most.
    assert places == [None] * (len(places) - len(known)) + sorted(known, reverse=True)
    for fact, by in zip(before.missing, places, strict=True):
        # A record that the law denies is not settled by recording it once more.
        if fact.kind not in ("eligibility", "mark") or by is None or denied & set(fact.purchases):
            continue
        for answer in (True, False):
            more = [
                attrs.evolve(one, marks={**dict(one.marks), counts[0]: answer}) if place in fact.purchases else one
                for place, one in enumerate(purchases)
            ]
            after = progress(commitment, more, periods, **asked)
            (low, high), (lower, upper) = (ends_of(getattr(one.cumulated, metric)) for one in (before, after))
            if high is None or upper is None:  # for another reason than this fact
                continue
            assert (high - low) - (upper - lower) >= by - Fraction(3, 10**6), (fact.kind, answer)


# --- (6) order, and (9) travel ----------------------------------------------------------------------------------------


def seen(found: Progress, places: Sequence[int]) -> Any:
    """All of a progress that does not depend on where each purchase stands, the places told as they were."""
    rows = sorted((str(row.period), repr(attrs.astuple(row, recurse=False))) for row in (*found.periods, found.cumulated))
    flags = {(flag.code, tuple(sorted(places[one] for one in flag.purchases))) for flag in found.flags}
    missing = [
        (one.kind, one.of, tuple(sorted(places[p] for p in one.purchases)), one.asks, one.narrows) for one in found.missing
    ]
    facts = (found.verdict, found.reason, found.basis, found.currency, found.citations, found.caveats)
    return rows, flags, sorted(missing, key=repr), facts


@few(150)
@given(st.data())
def test_the_order_changes_nothing(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts, 5))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    asked: dict[str, Any] = {"on": on, "buyers": data.draw(st.sampled_from(BUYERS)), "complete": True}
    order = data.draw(st.permutations(range(len(purchases))))
    found = progress(commitment, purchases, periods, **asked)
    other = progress(commitment, [purchases[place] for place in order], data.draw(st.permutations(periods)), **asked)
    assert seen(other, order) == seen(found, range(len(purchases)))


@few(80)
@given(st.data())
def test_a_progress_travels(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    given_figures = data.draw(st.sampled_from(((), (FIGURE,))))
    buyers = data.draw(st.sampled_from(BUYERS))
    found = progress(commitment, purchases, periods, on=on, buyers=buyers, reported=given_figures)
    assert Progress.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert pickle.loads(pickle.dumps(found)) == found
    for one in purchases:
        assert Purchase.from_dict(json.loads(json.dumps(one.to_dict()))) == one
    rows = found.rows()
    assert len(rows) == len(found.periods) + 1
    assert json.loads(json.dumps(rows)) == rows


# --- (4) consolidation ------------------------------------------------------------------------------------------------


def figures(found: Progress) -> list[Any]:
    return [tuple(getattr(row, name) for name in FIGURES) for row in (*found.periods, found.cumulated)]


@st.composite
def joint_reports(draw: st.DrawFn, counts: tuple[str, ...], bodies: tuple[str, ...]) -> tuple[Purchase, ...]:
    """One joint purchase, as the ledger of each of its buyers reports it."""
    one = draw(cases.purchases(counts, buyers=(bodies[0],), joint=False, ids=False, foreign=False))
    others = bodies[: draw(st.integers(2, len(bodies)))]
    parts: dict[str, Money] = {}
    if isinstance(one.amount, Money) and 1 < one.amount.amount < 10**9 and draw(st.booleans()):
        parts = {body: Money(one.amount.amount / 4, one.amount.currency, tax=one.amount.tax) for body in others[1:]}
        whole = one.amount.amount - sum(part.amount for part in parts.values())
        parts[others[0]] = Money(whole, one.amount.currency, tax=one.amount.tax)
    return tuple(
        attrs.evolve(one, buyer=body, group=[other for other in others if other != body], parts=parts, id="joint")
        for body in others
    )


@few(120)
@given(st.data())
def test_ledgers_joined_are_those_of_the_union(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    counts, bodies = commitment.counts, (A, B, C)
    ids = {"ids": False, "joint": False, "foreign": False, "contracts": False}
    own = {body: data.draw(st.lists(cases.purchases(counts, buyers=(body,), **ids), max_size=2)) for body in bodies}
    joint = data.draw(joint_reports(counts, bodies))
    ledgers_of = {body: [*own[body], *(report for report in joint if report.buyer == body)] for body in bodies}
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    asked: dict[str, Any] = {"on": on, "tax": "net", "complete": True}
    joined = [report for body in bodies for report in ledgers_of[body]]
    union = [*(report for body in bodies for report in own[body]), joint[0]]
    for buyers in (None, bodies, (A,), (B, C)):
        found = progress(commitment, joined, periods, buyers=buyers, **asked)
        by_hand = progress(commitment, union, periods, buyers=buyers, **asked)
        assert figures(found) == figures(by_hand), buyers
        assert (found.verdict, found.reason) == (by_hand.verdict, by_hand.reason)
    # Of one city, it is its own ledger that matters.
    alone = progress(commitment, ledgers_of[A], periods, buyers=(A,), **asked)
    assert figures(alone) == figures(progress(commitment, joined, periods, buyers=(A,), **asked))


@few(100)
@given(st.data())
def test_ledgers_that_share_nothing_add_up(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    asked: dict[str, Any] = {"on": on, "tax": "net"}
    own = []
    for body in (A, B):
        drawn = data.draw(
            st.lists(
                cases.purchases(commitment.counts, buyers=(body,), joint=False, ids=False, suppliers=IDENTIFIED), max_size=3
            )
        )
        # Numbers of contracts are each body's own.
        own.append([one if one.contract is None else attrs.evolve(one, contract=f"{body} {one.contract}") for one in drawn])
    each = [progress(commitment, ledger, periods, **asked) for ledger in own]
    assume(len({(one.currency, one.basis) for one in each}) == 1)
    both = progress(commitment, own[0] + own[1], periods, **asked)
    rows = zip(*((*one.periods, one.cumulated) for one in (both, *each)), strict=True)
    for whole, *of_each in rows:
        for name in (*SUMS, "contracts", "all_contracts"):
            low, high = ends_of(getattr(whole, name))
            lows, highs = zip(*(ends_of(getattr(row, name)) for row in of_each), strict=True)
            assert abs(low - sum(lows)) <= Fraction(2, 10**6), name
            assert (high is None) == (None in highs)
            assert high is None or abs(high - sum(highs)) <= Fraction(2, 10**6), name
        shares = [row.share for row in of_each if row.share is not None]
        if whole.share is not None and whole.amount.exact and whole.spend.exact and whole.spend.low.amount:
            exact = 100 * Fraction(whole.amount.low.amount) / Fraction(whole.spend.low.amount)
            assert ends_of(whole.share) == outwards((exact, exact))
        assert (whole.share is None) == (not shares)


def test_a_share_is_worked_out_anew_never_averaged() -> None:
    """Half of 100 and all of 900 are 95 %, not 75 %."""
    promise = promised("share_of_amount", "95")
    bought = [
        simple("50", buyer=A, supplier=cases.YES),
        simple("50", buyer=A, supplier=cases.NO),
        simple("900", buyer=B, supplier=cases.YES),
    ]
    found = progress(promise, bought, PERIODS[1], on=ON[-1])
    assert (found.cumulated.share.low, found.cumulated.share.high) == (95, 95)  # type: ignore[union-attr]
    assert found.cumulated.reaches is True


# --- (5) splitting ----------------------------------------------------------------------------------------------------


@few(120)
@given(st.data())
def test_a_period_split_adds_up(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts, days=st.sampled_from(DAYS), contracts=False, ids=False))
    whole = (ReportingPeriod(date(2013, 1, 1), date(2016, 3, 4), False, "edition"),)
    cuts = sorted(data.draw(st.sets(st.sampled_from([day for day in DAYS if day > date(2013, 1, 1)]), min_size=1, max_size=4)))
    starts = [whole[0].start, *cuts]
    parts = [
        ReportingPeriod(start, end, False, "edition")
        for start, end in zip(starts, [*cuts, whole[0].end], strict=True)
        if start < end
    ]
    asked: dict[str, Any] = {"on": data.draw(st.sampled_from(ON)), "buyers": data.draw(st.sampled_from(BUYERS)), "tax": "net"}
    one, many = (progress(commitment, purchases, periods, **asked) for periods in (whole, parts))
    assert [getattr(many.cumulated, name) for name in FIGURES] == [getattr(one.periods[0], name) for name in FIGURES]
    assert [getattr(one.cumulated, name) for name in FIGURES] == [getattr(one.periods[0], name) for name in FIGURES]
    for name in (*SUMS, "contracts", "all_contracts"):
        low, high = ends_of(getattr(one.cumulated, name))
        lows, highs = zip(*(ends_of(getattr(row, name)) for row in many.periods), strict=True)
        assert abs(low - sum(lows)) <= Fraction(len(parts) + 1, 10**6), name
        assert (high is None) == (None in highs)
        assert high is None or abs(high - sum(highs)) <= Fraction(len(parts) + 1, 10**6), name


# --- (8) nothing is dropped -------------------------------------------------------------------------------------------


@few(120)
@given(st.data())
def test_what_is_no_purchase_changes_no_figure(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = list(data.draw(ledgers(commitment.counts)))
    # Which basis figures are on when none is asked for is a question of its own.
    tax = data.draw(st.sampled_from(("net", "excluded", "included")))
    grants = [
        attrs.evolve(one, category="outside", id=None if one.id is None else f"grant {one.id}")
        for one in data.draw(ledgers(commitment.counts, 2))
    ]
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    asked: dict[str, Any] = {"on": on, "buyers": data.draw(st.sampled_from(BUYERS)), "complete": True, "tax": tax}
    without = progress(commitment, purchases, periods, **asked)
    found = progress(commitment, grants + purchases, periods, **asked)
    assert figures(found) == figures(without)
    assert (found.verdict, found.reason, found.basis, found.currency) == (
        without.verdict,
        without.reason,
        without.basis,
        without.currency,
    )
    outside = next(flag.purchases for flag in found.flags if flag.code == "outside")
    assert set(range(len(grants))) <= set(outside)
    shifted = [tuple(place - len(grants) for place in fact.purchases) for fact in found.missing]
    assert shifted == [fact.purchases for fact in without.missing]


@few(150)
@given(st.data())
def test_every_purchase_is_counted_or_named(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts, ids=False))
    purchases = tuple(attrs.evolve(one, id=f"p{place}", contract=None) for place, one in enumerate(purchases))
    periods, on = data.draw(st.sampled_from(PERIODS)), data.draw(st.sampled_from(ON))
    found = progress(commitment, purchases, periods, on=on)
    left_out = {
        code: set(next((flag.purchases for flag in found.flags if flag.code == code), ()))
        for code in ("outside", "outside_periods", "after")
    }
    named = left_out["outside"] | left_out["outside_periods"] | left_out["after"]
    for place, one in enumerate(purchases):
        given_day = one.day
        first = given_day.earliest if isinstance(given_day, DayRange) else None if given_day is UNKNOWN else given_day
        last = given_day.latest if isinstance(given_day, DayRange) else None if given_day is UNKNOWN else given_day
        after = first is not None and first > on
        possible = [p for p in periods if (first is None or first < p.end) and (last is None or last >= p.start)]
        possible = [p for p in possible if p.start <= on]
        assert (place in left_out["outside"]) == (one.category == "outside")
        if one.category == "outside":
            continue
        assert (place in left_out["after"]) == after
        assert (place in named) == (after or not possible), place
    # What is named by none of them is in the figures: each is a contract of its own.
    assert found.cumulated.all_contracts.high == len(purchases) - len(named)


# --- (10) what was reported -------------------------------------------------------------------------------------------

FIGURE = ReportedFigure(
    id="2015-2016",
    scope=Text("les villes", "the cities"),
    start=DayRange.on(date(2015, 1, 1)),
    end=DayRange.on(date(2016, 12, 31)),
    relation="more_than",
    amount=Money("8300000", "CAD", tax=UNKNOWN),
    source="press",
    confidence="secondary",
)
ONE_YEAR = attrs.evolve(FIGURE, id="2015", end=DayRange.on(date(2015, 12, 31)))


@few(60)
@given(st.data())
def test_a_reported_figure_changes_no_bound_and_is_split_over_no_years(data: st.DataObject) -> None:
    commitment = data.draw(cases.commitments())
    purchases = data.draw(ledgers(commitment.counts))
    asked: dict[str, Any] = {"on": date(2016, 12, 31), "complete": True}
    years = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
    without = progress(commitment, purchases, years, **asked)
    found = progress(commitment, purchases, years, reported=[FIGURE, ONE_YEAR], **asked)
    assert figures(found) == figures(without)
    assert (found.verdict, found.reason, found.missing) == (without.verdict, without.reason, without.missing)
    assert [row.reported for row in found.periods] == [("2015",), ()]
    assert sorted(found.cumulated.reported) == ["2015", "2015-2016"]
    assert found.reported == (FIGURE, ONE_YEAR)


# --- short ways to say it ----------------------------------------------------------------------------------------------


def promised(metric: str, target: Any, **rest: Any) -> Commitment:
    return Commitment(
        id="p",
        verb="buy",
        object=Text("les EES", "SSEs"),
        metric=metric,
        target=target,
        counts=(ACT,),
        source="text",
        confidence="official",
        **rest,
    )


def simple(amount: str, **rest: Any) -> Purchase:
    return Purchase(**{"amount": Money(amount, "CAD", tax="net"), "day": date(2015, 7, 1), "category": "goods", **rest})


@pytest.mark.parametrize("supplier", IDENTIFIED)
def test_the_other_oracle_knows_the_suppliers_apart(supplier: Enterprise) -> None:
    assert entity(supplier) is not None
