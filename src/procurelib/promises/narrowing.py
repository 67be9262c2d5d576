"""Which missing fact, once known, would bring the bounds of what counts together the most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, final

from attrs import evolve, frozen

from procurelib.money import Currency, Money
from procurelib.promises.bounds import Span, decimal_low
from procurelib.promises.ledger import Entry
from procurelib.promises.measure import Asked, Taken

FactKind: TypeAlias = Literal["eligibility", "mark", "amount", "tax", "day", "buyer", "duplicate"]
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
    kind: FactKind
    key: object
    of: str | None
    known: tuple[Callable[[Entry], Entry], ...]


def missing_facts(
    entries: Iterable[Entry], asked: Asked, *, currency: Currency, basis: str, by_amount: bool
) -> tuple[MissingFact, ...]:
    """The facts that would narrow the bounds of what counts, the most useful first; at most ten."""
    about: dict[object, tuple[_Fact, list[Entry]]] = {}
    for entry in entries:
        for fact in _facts(entry, asked):
            about.setdefault((fact.kind, fact.key), (fact, []))[1].append(entry)
    found = [(_narrowing(fact, concerned, asked, by_amount), fact, concerned) for fact, concerned in about.values()]
    useful = [one for one in found if one[0] is None or one[0] > 0]
    useful.sort(key=lambda one: (one[0] is not None, -(one[0] or 0), one[1].kind, str(one[1].of), one[2][0].places))
    return tuple(_missing(*one, currency, basis, by_amount) for one in useful[:_OFFERED])


def _facts(entry: Entry, asked: Asked) -> Iterator[_Fact]:
    if asked.take(entry).inside is False:
        return
    if entry.counts is None:
        yes, no = (lambda e: evolve(e, counts=True)), (lambda e: evolve(e, counts=False))
        if all(asks.startswith("mark:") for asks in entry.missing) and entry.missing:
            yield _Fact("mark", entry.places, None, (yes, no))
        else:
            yield _Fact("eligibility", entry.supplier or entry.places, entry.name, (yes, no))
    if entry.amount.low != entry.amount.high:
        kind: FactKind = "tax" if entry.tax_open else "amount"
        ends = [end for end in (entry.amount.low, entry.amount.high) if end is not None]
        yield _Fact(kind, entry.places, entry.name, tuple(_at(end) for end in ends))
    if asked.holds(entry.days) is None:
        days = [(period.start, period.start) for period in asked.periods[:1]]
        yield _Fact("day", entry.places, entry.name, (*(_on(day) for day in days), lambda e: evolve(e, exists=False)))
    if asked.buyers is not None and not entry.buyers_known:
        mine = frozenset(sorted(asked.buyers)[:1])
        yield _Fact(
            "buyer",
            entry.places,
            entry.name,
            (lambda e: evolve(e, buyers=mine, buyers_known=True), lambda e: evolve(e, exists=False)),
        )
    if entry.exists is None:
        yield _Fact(
            "duplicate", entry.places, entry.name, (lambda e: evolve(e, exists=True), lambda e: evolve(e, exists=False))
        )


def _at(end: Fraction) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, amount=Span(end, end))


def _on(days: tuple[Any, Any]) -> Callable[[Entry], Entry]:
    return lambda entry: evolve(entry, days=days)


def _narrowing(fact: _Fact, entries: list[Entry], asked: Asked, by_amount: bool) -> Fraction | None:
    """By how much the width shrinks in the least helpful case; ``None`` when it goes from none to some."""
    now = _width(entries, asked, by_amount)
    then = [_width([known(entry) for entry in entries], asked, by_amount) for known in fact.known]
    if now is None:
        return None if all(width is not None for width in then) else Fraction(0)
    return now - max(width for width in then if width is not None)


def _width(entries: list[Entry], asked: Asked, by_amount: bool) -> Fraction | None:
    total = Fraction(0)
    for entry in entries:
        taken = asked.take(entry)
        span = taken.counted if by_amount else _one(taken)
        if span.high is None:
            return None
        total += span.high - span.low
    return total


def _one(taken: Taken) -> Span:
    return Span(Fraction(taken.surely), Fraction(taken.perhaps))


def _missing(
    narrows: Fraction | None, fact: _Fact, entries: list[Entry], currency: Currency, basis: str, by_amount: bool
) -> MissingFact:
    shown: Any = None
    if narrows is not None:
        shown = Money(decimal_low(narrows), currency, tax=basis) if by_amount else int(narrows)  # type: ignore[arg-type]
    places = tuple(sorted({place for entry in entries for place in entry.places}))
    asks = tuple(dict.fromkeys(asks for entry in entries for asks in entry.missing)) if fact.kind == "eligibility" else ()
    return MissingFact(fact.kind, fact.of, places, asks, shown)
