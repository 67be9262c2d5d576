"""What a ledger amounts to over some days and for some buyers: every figure between bounds that hold the truth."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import frozen

from procurelib.calendars.periods import ReportingPeriod
from procurelib.promises.bounds import NOTHING, Span, share_of
from procurelib.promises.counting import Days
from procurelib.promises.ledger import Entry


@frozen
class Taken:
    """An entry as one question takes it: whether it is in (``None`` when nobody knows), for how much, and whether it counts."""

    entry: Entry
    inside: bool | None
    amount: Span
    counts: bool | None

    @property
    def surely(self) -> bool:
        """Whether it certainly is in and counts."""
        return self.inside is True and self.counts is True

    @property
    def perhaps(self) -> bool:
        """Whether it may be in and count."""
        return self.inside is not False and self.counts is not False

    @property
    def perhaps_not(self) -> bool:
        """Whether it may be in and not count."""
        return self.inside is not False and self.counts is not True

    @property
    def surely_not(self) -> bool:
        """Whether it certainly is in and does not count."""
        return self.inside is True and self.counts is False

    @property
    def counted(self) -> Span:
        """What it adds to what counts."""
        return Span(self.amount.low if self.surely else Fraction(0), self.amount.high if self.perhaps else Fraction(0))


@frozen
class Asked:
    """The days and the buyers a question is about; ``buyers`` is ``None`` for every buyer."""

    periods: tuple[ReportingPeriod, ...]
    buyers: frozenset[str] | None
    on: date

    @property
    def spans(self) -> list[tuple[date, date]]:
        """The first and the last day of each period, up to the day of the question."""
        return [(period.start, min(period.last, self.on)) for period in self.periods if period.start <= self.on]

    def take(self, entry: Entry) -> Taken:
        """An entry as this question takes it."""
        bought, amount = self.bought(entry)
        return Taken(entry, _and(entry.exists, bought, self.holds(entry.days)), amount, entry.counts)

    def bought(self, entry: Entry) -> tuple[bool | None, Span]:
        """Whether one of the buyers bought it, and for how much of it."""
        if self.buyers is None:
            return True, entry.amount
        mine = entry.buyers & self.buyers
        if not mine and not entry.buyers_open:
            return False, NOTHING
        if entry.buyers_agreed:
            return True, entry.amount if mine == entry.buyers else _part(entry, mine)
        if not entry.buyers_open and mine == entry.buyers:
            return True, entry.amount  # reports differ on which of them bought it, and all are meant
        return None, Span(Fraction(0), entry.amount.high)

    def holds(self, days: Days) -> bool | None:
        """Whether a purchase of these days was made by the day of the question, in one of the periods."""
        first, last = days
        if not any((first is None or first <= end) and (last is None or last >= start) for start, end in self.spans):
            return False
        if first is None or last is None:
            return None
        return True if _covered(first, last, self.spans) else None


def _part(entry: Entry, mine: frozenset[str]) -> Span:
    """The part of some buyers of a joint purchase: what they are known to pay, and at most the whole."""
    parts = dict(entry.parts)
    known = sum((parts[body] for body in sorted(mine & parts.keys())), NOTHING)
    return known if mine <= parts.keys() else Span(known.low, entry.amount.high)


def _covered(first: date, last: date, spans: list[tuple[date, date]]) -> bool:
    """Whether some spans of days hold every day between two."""
    day = first.toordinal()
    for start, end in sorted(spans):
        if start.toordinal() <= day:
            day = max(day, end.toordinal() + 1)
    return day > last.toordinal()


def _and(*facts: bool | None) -> bool | None:
    return False if False in facts else None if None in facts else True


@frozen
class Figures:
    """Everything measured of some entries; shares are ``None`` when nothing was bought at all."""

    amount: Span
    spend: Span
    share: tuple[Fraction, Fraction] | None
    contracts: Span
    all_contracts: Span
    share_of_contracts: tuple[Fraction, Fraction] | None
    suppliers: Span


def figures(taken: Iterable[Taken]) -> Figures:
    """Measure some entries; every bound is reached by some way to fill in what is not known."""
    found = [one for one in taken if one.inside is not False]
    counted, rest, spend = NOTHING, NOTHING, NOTHING
    for one in found:
        counted += one.counted
        rest += Span(one.amount.low if one.surely_not else Fraction(0), one.amount.high if one.perhaps_not else Fraction(0))
        spend += Span(one.amount.low if one.inside else Fraction(0), one.amount.high)
    contracts, others, all_contracts = _contracts(found)
    return Figures(
        amount=counted,
        spend=spend,
        share=share_of(counted, rest),
        contracts=contracts,
        all_contracts=all_contracts,
        share_of_contracts=share_of(contracts, others),
        suppliers=_suppliers(found),
    )


def _contracts(found: list[Taken]) -> tuple[Span, Span, Span]:
    """How many contracts count, how many do not, and how many there are."""
    by_contract: dict[object, list[Taken]] = {}
    for one in found:
        by_contract.setdefault(one.entry.contract, []).append(one)
    counts, others, there = [], [], []
    for group in by_contract.values():
        known = [one for one in group if one.entry.contract_known]
        surely = any(one.surely for one in known)
        perhaps = any(one.perhaps for one in group)
        counts.append((surely, perhaps))
        others.append((any(one.inside for one in known) and not perhaps, not surely and any(one.perhaps_not for one in group)))
        there.append((any(one.inside for one in known), True))
    return _count(counts), _count(others), _count(there)


def _count(found: list[tuple[bool, bool]]) -> Span:
    return Span(Fraction(sum(low for low, _ in found)), Fraction(sum(high for _, high in found)))


def _suppliers(found: list[Taken]) -> Span:
    """How many suppliers there are of what counts; those without a number may be one of the others, or one each."""
    surely = [one.entry.supplier for one in found if one.surely]
    perhaps = [one.entry.supplier for one in found if one.perhaps]
    named = {key for key in surely if key is not None}
    most = len({key for key in perhaps if key is not None}) + sum(key is None for key in perhaps)
    return Span(Fraction(max(len(named), 1 if surely else 0)), Fraction(most))
