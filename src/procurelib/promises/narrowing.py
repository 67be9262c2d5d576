"""Which missing fact, once known, would bring the bounds of what counts together the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, cast, final

from attrs import evolve, frozen

from procurelib.money import Currency, Money
from procurelib.promises.bounds import NOTHING, Span, decimal_low
from procurelib.promises.ledger import Entry, in_one_order, is_dated
from procurelib.promises.measure import Asked, figures

FactKind: TypeAlias = Literal["eligibility", "mark", "record", "amount", "tax", "day", "buyer", "duplicate"]
_OFFERED: Final = 10


@final
@frozen
class MissingFact:
    """One fact that is not known: its ``kind``, whom or what it is about, and the purchases it concerns, by their places.

    ``asks`` are what would settle it, as in ``Eligibility.missing``. ``narrows`` is by how much the bounds of what counts
    would come together at least, whatever the fact turns out to be: ``Money``, or a number of contracts or suppliers;
    ``None`` when nothing bounds them now.
    """

    kind: FactKind
    of: str | None
    purchases: tuple[int, ...]
    asks: tuple[str, ...]
    narrows: Any


@frozen
class _Fact:
    """A fact of some entries: what it is about, and what each of them would be for each way it may turn out."""

    kind: FactKind
    key: object
    of: str | None
    ways: tuple[Callable[[Entry], Entry], ...]


def missing_facts(
    entries: Iterable[Entry], asked: Asked, *, currency: Currency, basis: str, metric: str | None
) -> tuple[MissingFact, ...]:
    """The facts that would narrow the bounds of what counts, the most useful first; at most ten."""
    listed = tuple(entries)
    about: dict[object, tuple[_Fact, list[int]]] = {}
    for place, entry in enumerate(listed):
        for fact in _facts(entry, asked):
            about.setdefault((fact.kind, fact.key), (fact, []))[1].append(place)
    widths = _Widths(listed, asked, metric)
    found = [(widths.narrowing(fact.ways, places), fact, [listed[p] for p in places]) for fact, places in about.values()]
    useful = [one for one in found if one[0] is None or one[0] > 0]
    useful.sort(key=lambda one: (one[0] is not None, -(one[0] or 0), one[1].kind, str(one[1].of), one[2][0].places))
    return tuple(_missing(*one, currency, basis, widths.by_amount) for one in useful[:_OFFERED])


def _facts(entry: Entry, asked: Asked) -> Iterator[_Fact]:
    taken = asked.take(entry)
    if taken.inside is False:
        return
    if entry.counts is None:
        ways = (_counting(True), _counting(False))
        if entry.denied:
            yield _Fact("record", entry.places, entry.name, ways)
        elif entry.missing and all(asks.startswith("mark:") for asks in entry.missing):
            yield _Fact("mark", entry.places, None, ways)
        else:
            yield _Fact("eligibility", entry.supplier or entry.places, entry.name, ways)
    if entry.amount.low != entry.amount.high:
        ends = [end for end in (entry.amount.low, entry.amount.high) if end is not None]
        yield _Fact("tax" if entry.tax_open else "amount", entry.places, entry.name, tuple(_at(end) for end in ends))
    if not is_dated(entry.days):
        yield _Fact("day", entry.places, entry.name, tuple(_days(entry, asked)))
    if asked.buyers is not None and not entry.buyers_agreed:
        yield _Fact("buyer", entry.places, entry.name, (_bought_by(asked.buyers), _existing(False)))
    if entry.exists is None:
        yield _Fact("duplicate", entry.places, entry.name, (_existing(True), _existing(False)))


def _days(entry: Entry, asked: Asked) -> Iterator[Callable[[Entry], Entry]]:
    """What the entry would be on each day from which anything about it may turn."""
    first, last = entry.days
    edges = {day for period in asked.periods for day in (period.start, period.end)} | {asked.on + timedelta(1)}
    turns = {day for day, _ in entry.by_day if day is not None}
    starts = {first} if first is not None else {min(edges | turns) - timedelta(1)}
    for day in sorted(starts | {d for d in edges | turns if (first is None or d > first) and (last is None or d <= last)}):
        held = [holds for turn, holds in entry.by_day if turn is None or turn <= day]
        yield _on(day, held[-1] if held else entry.counts)


def _counting(counts: bool) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, counts=counts)


def _at(end: Fraction) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, amount=Span(end, end))


def _on(day: date, counts: bool | None) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, days=(day, day), counts=counts)


def _bought_by(buyers: frozenset[str]) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, buyers=frozenset(sorted(buyers)[:1]), buyers_agreed=True, buyers_open=False)


def _existing(exists: bool) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, exists=exists)


class _Widths:
    """How far apart the bounds of what counts are, now and once a fact is known."""

    def __init__(self, entries: tuple[Entry, ...], asked: Asked, metric: str | None) -> None:
        self._entries = entries
        self._asked = asked
        self._of_suppliers = metric == "suppliers"
        self.by_amount = metric in (None, "amount", "share_of_amount")
        self._sharing: dict[object, list[int]] = {}
        if not self.by_amount:
            for place, entry in enumerate(entries):
                self._sharing.setdefault(self._shared(entry), []).append(place)

    def _shared(self, entry: Entry) -> object:
        """What entries are counted once by; a supplier nothing tells from others is counted for itself."""
        return (entry.supplier or entry.places) if self._of_suppliers else entry.contract

    def narrowing(self, ways: tuple[Callable[[Entry], Entry], ...], places: list[int]) -> Fraction | None:
        """By how much the width shrinks in the least helpful case; ``None`` when it goes from none to some."""
        beside = self._beside(places)
        own = [self._entries[place] for place in places]
        now = self._width([*own, *beside])
        then = [self._width([*(way(entry) for entry in own), *beside]) for way in ways]
        if now is None:
            return None if all(width is not None for width in then) else Fraction(0)
        return now - max(width for width in then if width is not None)

    def _beside(self, places: list[int]) -> list[Entry]:
        """The entries counted together with some, and one that certainly is of another supplier, if there is one."""
        if self.by_amount:
            return []
        keys = dict.fromkeys(self._shared(self._entries[place]) for place in places)
        beside = [self._entries[p] for key in keys for p in self._sharing[key] if p not in places]
        if self._of_suppliers:
            others = (e for e in self._entries if self._shared(e) not in keys and self._asked.take(e).surely)
            beside += sorted(others, key=lambda entry: entry.supplier is None)[:1]
        return beside

    def _width(self, entries: list[Entry]) -> Fraction | None:
        taken = [self._asked.take(entry) for entry in entries]
        if self.by_amount:
            span = sum((one.counted for one in taken), NOTHING)
        else:
            measured = figures(taken)
            span = measured.suppliers if self._of_suppliers else measured.contracts
        return None if span.high is None else span.high - span.low


def _missing(
    narrows: Fraction | None, fact: _Fact, entries: list[Entry], currency: Currency, basis: str, by_amount: bool
) -> MissingFact:
    shown: Any = None
    if narrows is not None:
        shown = Money(decimal_low(narrows), currency, tax=cast("Any", basis)) if by_amount else int(narrows)
    places = tuple(sorted({place for entry in entries for place in entry.places}))
    asks = in_one_order(entry.missing for entry in entries) if fact.kind == "eligibility" else ()
    return MissingFact(fact.kind, fact.of, places, asks, shown)
