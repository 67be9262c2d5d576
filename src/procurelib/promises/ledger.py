"""From what ledgers report to distinct purchases: each once, with what is uncertain of it and every flaw flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Final, final

from attrs import evolve, frozen

from procurelib.citations import Text
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import IMPLAUSIBLE, PLACEHOLDER, Purchase
from procurelib.money import Currency
from procurelib.promises.bounds import Span
from procurelib.promises.counting import Counting, Days
from procurelib.promises.taxed import BASIS_COMPARED, amount_of, ends_of, part_of
from procurelib.unknown import UNKNOWN, Unknown

FLAGS: Final = {
    "other_currency": Text("montant dans une autre monnaie", "amount in another currency"),
    "other_basis": Text("base de taxe autre, ou qui n’est pas dite", "another tax basis, or none stated"),
    "no_amount": Text("montant inconnu", "unknown amount"),
    "placeholder": Text("montant de 1 ou moins, tenu pour non saisi", "amount of 1 or less, taken as not entered"),
    "implausible": Text("montant d’un milliard ou plus, à vérifier", "amount of a billion or more, to be checked"),
    "no_supplier": Text("fournisseur inconnu", "unknown supplier"),
    "no_identifier": Text("fournisseur sans identifiant", "supplier without identifier"),
    "no_buyer": Text("acheteur inconnu", "unknown buyer"),
    "no_day": Text("date inconnue ou incertaine", "unknown or uncertain day"),
    "duplicate": Text("peut-être le même achat, déclaré plus d’une fois", "perhaps the same purchase, reported more than once"),
    "reports_differ": Text("le même achat, déclaré de façons différentes", "the same purchase, reported in different ways"),
    "record_denied": Text(
        "le registre et les conditions de la loi se contredisent sur le fournisseur",
        "the record and the conditions of the law contradict each other on the supplier",
    ),
    "outside": Text("n’est pas un achat : subvention, prêt, bail, emploi", "not a purchase: grant, loan, lease, employment"),
    "outside_periods": Text("hors des périodes demandées", "outside the periods asked about"),
    "other_buyer": Text("acheté par un autre organisme", "bought by another body"),
    "after": Text("postérieur au jour de la question", "after the day of the question"),
}


@final
@frozen
class Flag:
    """A flaw of some purchases, by their places in what was given; ``code`` is permanent, ``what`` is for people."""

    code: str
    what: Text
    purchases: tuple[int, ...]


@frozen
class Entry:
    """One distinct purchase. ``exists`` is ``None`` for one that may be another's double, or no purchase."""

    places: tuple[int, ...]
    exists: bool | None
    amount: Span
    days: Days
    buyers: frozenset[str]
    buyers_known: bool
    parts: tuple[tuple[str, Span], ...]
    counts: bool | None
    missing: tuple[str, ...]
    contract: tuple[str, Hashable]
    contract_known: bool
    supplier: tuple[str, str] | None
    name: str | None
    tax_open: bool


def days_of(purchase: Purchase) -> Days:
    """The first and the last day a purchase may be of; ``None`` where nothing bounds it."""
    day = purchase.day
    if isinstance(day, Unknown):
        return None, None
    return (day.earliest, day.latest) if isinstance(day, DayRange) else (day, day)


def supplier_key(supplier: Enterprise | Unknown) -> tuple[str, str] | None:
    """What tells a supplier from another: its number, or the id it was given; a name alone does not."""
    if isinstance(supplier, Unknown):
        return None
    numbers = {kind: "".join(c for c in number if c.isalnum()) for kind, number in supplier.identifiers}
    if "siret" in numbers:
        numbers.setdefault("siren", numbers["siret"][:9])
    for kind in ("neq", "siren"):
        if kind in numbers:
            return kind, numbers[kind]
    return None if supplier.id is None else ("id", supplier.id)


def currency_of(purchases: Iterable[Purchase]) -> Currency | None:
    """The currency of most of the purchases, the first by name among equals; ``None`` when none has an amount."""
    found: Counter[Currency] = Counter(p.amount.currency for p in purchases if not isinstance(p.amount, Unknown))
    return sorted(found, key=lambda code: (-found[code], code))[0] if found else None


def basis_of(purchases: Iterable[Purchase], currency: Currency) -> str:
    """The basis all the purchases share, else the one the law of the currency's country compares."""
    found = {p.amount.tax for p in purchases if not isinstance(p.amount, Unknown) and p.amount.currency == currency}
    if len(found) == 1:
        (only,) = found
        if not isinstance(only, Unknown):
            return only
    return BASIS_COMPARED[currency]


@frozen
class Ledger:
    """The distinct purchases of what was given, and its flaws."""

    entries: tuple[Entry, ...]
    flags: tuple[Flag, ...]


def read(purchases: tuple[Purchase, ...], counting: Counting, currency: Currency, basis: str) -> Ledger:
    """Every purchase once: reports under one id are one, and equal ones without an id may be."""
    flaws: dict[str, set[int]] = {}
    by_id: dict[str, list[int]] = {}
    alike: dict[Hashable, list[int]] = {}
    for place, purchase in enumerate(purchases):
        for code in _flaws(purchase, currency, basis):
            flaws.setdefault(code, set()).add(place)
        if purchase.id is not None:
            by_id.setdefault(purchase.id, []).append(place)
        else:
            alike.setdefault(_likeness(purchase), []).append(place)
    entries: list[Entry] = []
    reader = _Reader(purchases, counting, currency, basis, flaws)
    for places in by_id.values():
        entries += reader.one(places)
    for places in alike.values():
        entries += reader.perhaps_one(places)
    flags = tuple(Flag(code, what, tuple(sorted(flaws[code]))) for code, what in FLAGS.items() if code in flaws)
    return Ledger(tuple(entries), flags)


def _flaws(purchase: Purchase, currency: Currency, basis: str) -> Iterator[str]:
    amount = purchase.amount
    if isinstance(amount, Unknown):
        yield "no_amount"
    elif amount.currency != currency:
        yield "other_currency"
    else:
        if amount.tax != basis:
            yield "other_basis"
        most = ends_of(amount)[1].amount
        if not purchase.amount_checked and most <= PLACEHOLDER:
            yield "placeholder"
        if not purchase.amount_checked and most >= IMPLAUSIBLE:
            yield "implausible"
    if purchase.supplier is UNKNOWN:
        yield "no_supplier"
    elif supplier_key(purchase.supplier) is None:
        yield "no_identifier"
    if purchase.buyer is UNKNOWN:
        yield "no_buyer"
    first, last = days_of(purchase)
    if first is None or first != last:
        yield "no_day"
    if purchase.is_outside:
        yield "outside"


def _likeness(purchase: Purchase) -> Hashable:
    """What two reports of one purchase would share; those of one contract may come from several of its buyers."""
    supplier = supplier_key(purchase.supplier)
    if supplier is None and isinstance(purchase.supplier, Enterprise):
        supplier = ("name", purchase.supplier.name)
    buyers = () if purchase.contract is not None else (purchase.buyer, purchase.group)
    return (purchase.contract, buyers, purchase.amount, purchase.day, supplier, purchase.category)


@frozen
class _Reader:
    """Reads reports of one purchase, or of what may be one."""

    purchases: tuple[Purchase, ...]
    counting: Counting
    currency: Currency
    basis: str
    flaws: dict[str, set[int]]

    def one(self, places: list[int]) -> Iterator[Entry]:
        """The one purchase that reports with the same id are of; where they differ, it may be as any of them says."""
        reports = [self.purchases[place] for place in places]
        if len({_told(report) for report in reports}) > 1:
            self.flaws.setdefault("reports_differ", set()).update(places)
        yield from self._entry(places, reports)

    def perhaps_one(self, places: list[int]) -> Iterator[Entry]:
        """One purchase that is certain, and one more for each further report, which may be the first again."""
        if len(places) > 1:
            self.flaws.setdefault("duplicate", set()).update(places)
        for entry in self._entry(places, [self.purchases[place] for place in places]):
            yield entry
            for place in places[1:]:
                alone = entry.contract if entry.contract[0] == "number" else ("place", place)
                yield evolve(entry, exists=None, contract=alone)

    def _entry(self, places: list[int], reports: list[Purchase]) -> Iterator[Entry]:
        outside = {report.is_outside for report in reports}
        if outside == {True}:
            return
        days = _hull_of_days([days_of(report) for report in reports])
        counted = [self.counting.of(report, days_of(report)) for report in reports]
        if any(one.denied for one in counted):
            self.flaws.setdefault("record_denied", set()).update(places)
        holds = {one.holds for one in counted}
        amount = self._amount(reports[0])
        for report in reports[1:]:
            amount = amount.hull(self._amount(report))
        buyers = {frozenset(report.buyers) for report in reports}
        suppliers = {supplier_key(report.supplier) for report in reports}
        numbers = {report.contract for report in reports}
        alone = ("place", places[0]) if reports[0].id is None else ("id", reports[0].id)
        names = sorted(report.supplier.name for report in reports if isinstance(report.supplier, Enterprise))
        yield Entry(
            places=tuple(places),
            exists=None if True in outside else True,
            amount=amount,
            days=days,
            buyers=frozenset[str]().union(*buyers),
            buyers_known=len(buyers) == 1 and all(report.buyer is not UNKNOWN for report in reports),
            parts=self._parts(reports),
            counts=holds.pop() if len(holds) == 1 else None,
            missing=tuple(dict.fromkeys(m for one in counted for m in one.missing)),
            contract=("number", numbers.pop()) if numbers != {None} and len(numbers) == 1 else alone,
            contract_known=len({report.contract for report in reports}) == 1,
            supplier=suppliers.pop() if len(suppliers) == 1 else None,
            name=names[0] if names else None,
            tax_open=any(self._tax_open(report) for report in reports),
        )

    def _amount(self, report: Purchase) -> Span:
        return amount_of(report, self.currency, self.basis, days_of(report))

    def _tax_open(self, report: Purchase) -> bool:
        amount = report.amount
        return not isinstance(amount, Unknown) and amount.currency == self.currency and amount.tax != self.basis

    def _parts(self, reports: list[Purchase]) -> tuple[tuple[str, Span], ...]:
        """What each buyer pays, as far as every report that says so agrees."""
        found: dict[str, Span] = {}
        for report in reports:
            for body, part in report.parts:
                span = part_of(report, part, self.currency, self.basis, days_of(report))
                found[body] = span if body not in found else found[body].hull(span)
        return tuple(sorted(found.items()))


def _told(report: Purchase) -> Hashable:
    """What the reports of one purchase ought to agree on."""
    return (
        report.amount,
        report.day,
        supplier_key(report.supplier),
        report.category,
        report.contract,
        frozenset(report.buyers),
    )


def _hull_of_days(days: list[Days]) -> Days:
    firsts = [first for first, _ in days]
    lasts = [last for _, last in days]
    first = None if None in firsts else min(d for d in firsts if d is not None)
    last = None if None in lasts else max(d for d in lasts if d is not None)
    return first, last
