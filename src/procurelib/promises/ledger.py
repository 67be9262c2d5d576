"""From what ledgers report to distinct purchases: each once, with what is uncertain of it and every flaw flagged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, final

from attrs import evolve, frozen

from procurelib.citations import Text
from procurelib.errors import InputError
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import Purchase
from procurelib.money import Currency, Money, MoneyRange, ends_of
from procurelib.promises.bounds import Span, hull_of
from procurelib.promises.counting import Counted, Counting, Days
from procurelib.promises.taxed import BASIS_COMPARED, amount_of, part_of
from procurelib.unknown import UNKNOWN, Unknown

_SIREN: Final = 9
"""How many digits of a SIRET are its SIREN."""
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
    """One distinct purchase. ``exists`` is ``None`` for one that may be another's double, or no purchase.

    ``stated`` is its amount as reports state it, ``amount`` the same in the currency and on the basis of the figures.
    ``denied`` says that a record of it and the law contradict each other. ``by_day`` is whether it counts from each day on
    which that may turn, when its day is not known. ``buyers`` are all it may be for; they are ``agreed`` when every report
    names the same, and ``open`` when none names who bought. ``leads`` are those said to have bought it themselves.
    """

    places: tuple[int, ...]
    exists: bool | None
    stated: Money | MoneyRange | Unknown
    amount: Span
    tax_open: bool
    category: str | Unknown
    days: Days
    by_day: tuple[tuple[date | None, bool | None], ...]
    counts: bool | None
    denied: bool
    missing: tuple[str, ...]
    buyers: frozenset[str]
    buyers_agreed: bool
    buyers_open: bool
    leads: frozenset[str]
    parts: tuple[tuple[str, Span], ...]
    contract: tuple[str, Hashable]
    contract_known: bool
    supplier: tuple[str, str] | None
    name: str | None
    reports: tuple[Purchase, ...]


def days_of(purchase: Purchase) -> Days:
    """The first and the last day a purchase may be of; ``None`` where nothing bounds it."""
    day = purchase.day
    if isinstance(day, Unknown):
        return None, None
    return (day.earliest, day.latest) if isinstance(day, DayRange) else (day, day)


def supplier_keys(supplier: Enterprise | Unknown) -> tuple[tuple[str, str], ...]:
    """What tells a supplier from another: its numbers, and the id it was given; a name alone does not."""
    if isinstance(supplier, Unknown):
        return ()
    numbers = {kind: "".join(c for c in number if c.isalnum()) for kind, number in supplier.identifiers}
    if "siret" in numbers:
        numbers.setdefault("siren", numbers["siret"][:_SIREN])
    found = [(kind, numbers[kind]) for kind in ("neq", "siren") if kind in numbers]
    return (*found, *((("id", supplier.id),) if supplier.id is not None else ()))


class Suppliers:
    """Which suppliers are one: those that share a number or an id, directly or through others."""

    def __init__(self, purchases: Iterable[Purchase]) -> None:
        self._first: dict[tuple[str, str], tuple[str, str]] = {}
        for purchase in purchases:
            keys = supplier_keys(purchase.supplier)
            roots = sorted({self._root(key) for key in keys})
            for root in roots[1:]:
                self._first[root] = roots[0]

    def _root(self, key: tuple[str, str]) -> tuple[str, str]:
        while (above := self._first.setdefault(key, key)) != key:
            key = above
        return key

    def key(self, supplier: Enterprise | Unknown) -> tuple[str, str] | None:
        """The one key of a supplier; ``None`` when nothing tells it from others."""
        keys = supplier_keys(supplier)
        return self._root(keys[0]) if keys else None


def currency_of(purchases: Iterable[Purchase]) -> Currency | None:
    """The currency of most of the purchases, the first by name among equals; ``None`` when none has an amount."""
    stated = [p.amount for p in purchases if not p.is_outside and not isinstance(p.amount, Unknown)]
    found: Counter[Currency] = Counter(amount.currency for amount in stated)
    return sorted(found, key=lambda code: (-found[code], code))[0] if found else None


def basis_of(purchases: Iterable[Purchase], currency: Currency) -> str:
    """The basis all the purchases share, else the one the law of the currency's country compares."""
    stated = [p.amount for p in purchases if not p.is_outside and not isinstance(p.amount, Unknown)]
    found = {amount.tax for amount in stated if amount.currency == currency}
    if len(found) == 1:
        (only,) = found
        if not isinstance(only, Unknown):
            return only
    return str(BASIS_COMPARED[currency])


@frozen
class Ledger:
    """The distinct purchases of what was given, and its flaws."""

    entries: tuple[Entry, ...]
    flags: tuple[Flag, ...]
    reader: _Reader

    def within(self, spans: Iterable[tuple[date, date]]) -> tuple[Entry, ...]:
        """The entries as they are if each was made within one of some spans of days, first and last day included."""
        known = tuple(spans)
        return tuple(entry if is_dated(entry.days) else self.reader.within(entry, known) for entry in self.entries)


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
    reader = _Reader(purchases, counting, currency, basis, Suppliers(purchases), flaws)
    for places in by_id.values():
        entries += reader.one(places)
    for places in alike.values():
        entries += reader.perhaps_one(places)
    flags = tuple(Flag(code, what, tuple(sorted(flaws[code]))) for code, what in FLAGS.items() if code in flaws)
    return Ledger(tuple(entries), flags, reader)


def _flaws(purchase: Purchase, currency: Currency, basis: str) -> Iterator[str]:
    amount = purchase.amount
    if isinstance(amount, Unknown):
        yield "no_amount"
    elif amount.currency != currency:
        yield "other_currency"
    else:
        if amount.tax != basis:
            yield "other_basis"
        if purchase.unlikely is not None:
            yield purchase.unlikely
    if purchase.supplier is UNKNOWN:
        yield "no_supplier"
    elif not supplier_keys(purchase.supplier):
        yield "no_identifier"
    if purchase.buyer is UNKNOWN:
        yield "no_buyer"
    if not is_dated(days_of(purchase)):
        yield "no_day"
    if purchase.is_outside:
        yield "outside"


def _likeness(purchase: Purchase) -> Hashable:
    """What two reports of one purchase would share; those of one contract may come from several of its buyers."""
    supplier: Hashable = supplier_keys(purchase.supplier)
    if supplier == () and isinstance(purchase.supplier, Enterprise):
        supplier = purchase.supplier.name
    buyers = () if purchase.contract is not None else (purchase.buyer, purchase.group)
    return (purchase.contract, buyers, purchase.amount, purchase.day, supplier, purchase.category)


@frozen
class _Reader:
    """Reads reports of one purchase, or of what may be one."""

    purchases: tuple[Purchase, ...]
    counting: Counting
    currency: Currency
    basis: str
    suppliers: Suppliers
    flaws: dict[str, set[int]]

    def one(self, places: list[int]) -> Iterator[Entry]:
        """The one purchase that reports with the same id are of.

        What one report leaves out another tells; where they differ, it may be as any of them says.
        """
        reports = _completed([self.purchases[place] for place in places])
        if len({self._told(report) for report in reports}) > 1:
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
        categories = {report.category for report in reports}
        if categories == {"outside"}:
            return
        counted, by_day = self._counted(reports, reports)
        denied = any(one.denied for one in counted)
        if denied:
            self.flaws.setdefault("record_denied", set()).update(places)
        holds = {one.holds for one in counted}
        buyers = {frozenset(report.buyers) for report in reports}
        leads = {report.buyer for report in reports}
        suppliers = {self.suppliers.key(report.supplier) for report in reports}
        numbers = {report.contract for report in reports}
        alone = ("place", places[0]) if reports[0].id is None else ("id", reports[0].id)
        names = sorted(report.supplier.name for report in reports if isinstance(report.supplier, Enterprise))
        yield Entry(
            places=tuple(places),
            exists=None if "outside" in categories else True,
            stated=_stated(reports),
            amount=self._amount(reports),
            tax_open=any(self._tax_open(report) for report in reports),
            category=categories.pop() if len(categories) == 1 else UNKNOWN,
            days=_hull_of_days([days_of(report) for report in reports]),
            by_day=by_day,
            counts=holds.pop() if len(holds) == 1 else None,
            denied=denied,
            missing=in_one_order(one.missing for one in counted),
            buyers=frozenset[str]().union(*buyers),
            buyers_agreed=len(buyers) == 1 and UNKNOWN not in leads,
            buyers_open=UNKNOWN in leads,
            leads=frozenset(lead for lead in leads if not isinstance(lead, Unknown)),
            parts=self._parts(reports),
            contract=("number", numbers.pop()) if numbers != {None} and len(numbers) == 1 else alone,
            contract_known=len({report.contract for report in reports}) == 1,
            supplier=suppliers.pop() if len(suppliers) == 1 else None,
            name=names[0] if names else None,
            reports=tuple(reports),
        )

    def within(self, entry: Entry, spans: tuple[tuple[date, date], ...]) -> Entry:
        """An entry whose day is not known, as it is if it was made within one of some spans of days."""
        made = [
            clipped
            for span in spans
            if (clipped := [clip for report in entry.reports if (clip := _clipped(report, span)) is not None])
        ]
        if not made:
            return entry
        counted = [one for reports in made for one in self._counted(reports, entry.reports)[0]]
        holds = {one.holds for one in counted}
        every = [report for reports in made for report in reports]
        return evolve(
            entry,
            amount=self._amount(every),
            parts=self._parts(every),
            counts=holds.pop() if len(holds) == 1 else None,
            missing=in_one_order(one.missing for one in counted),
        )

    def _counted(
        self, reports: list[Purchase], every: Sequence[Purchase]
    ) -> tuple[list[Counted], tuple[tuple[date | None, bool | None], ...]]:
        """Whether it counts, for each way in which reports that differ may be right, and day by day when it is one way.

        A report that knows less of the same supplier takes nothing away from one that knows more.
        """
        ways: dict[Hashable, Purchase] = {}
        for report in reports:
            for other in every:
                way = evolve(report, supplier=other.supplier)
                ways[(other.supplier, way.day, way.marks, way.buyer)] = way
        known: dict[Hashable, list[Counted]] = {}
        for way in ways.values():
            alike = (self._who(way), way.day, way.marks, way.buyer)
            known.setdefault(alike, []).append(self.counting.of(way, days_of(way)))
        found = [one for group in known.values() for one in _that_tell(group)]
        if len(ways) > 1:
            return found, ()
        (way,) = ways.values()
        return found, tuple((day, one.holds) for day, one in self.counting.by_day(way, days_of(way)))

    def _who(self, report: Purchase) -> Hashable:
        """What a supplier is known by: its key, else its name, else nothing."""
        key = self.suppliers.key(report.supplier)
        return key if key is not None or isinstance(report.supplier, Unknown) else report.supplier.name

    def _amount(self, reports: list[Purchase]) -> Span:
        return hull_of(amount_of(report, self.currency, self.basis, days_of(report)) for report in reports)

    def _tax_open(self, report: Purchase) -> bool:
        amount = report.amount
        return not isinstance(amount, Unknown) and amount.currency == self.currency and amount.tax != self.basis

    def _parts(self, reports: list[Purchase]) -> tuple[tuple[str, Span], ...]:
        """What each buyer pays; where reports differ, it may be as any of them says."""
        found: dict[str, list[Span]] = {}
        for report in reports:
            for body, part in report.parts:
                found.setdefault(body, []).append(part_of(report, part, self.currency, self.basis, days_of(report)))
        return tuple((body, hull_of(spans)) for body, spans in sorted(found.items()))

    def _told(self, report: Purchase) -> Hashable:
        """What the reports of one purchase ought to agree on."""
        buyers = frozenset(report.buyers)
        return (report.amount, report.day, self._who(report), report.category, report.contract, buyers, report.marks)


def in_one_order(asked: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What several lists ask for, each thing once, whatever the order of the lists."""
    return tuple(dict.fromkeys(one for many in sorted(set(asked)) for one in many))


def _that_tell(group: list[Counted]) -> list[Counted]:
    """Those of several answers about one supplier that are one, if any is."""
    return [one for one in group if one.holds is not None] or group


def is_dated(days: Days) -> bool:
    """Whether the day is known."""
    return days[0] is not None and days[0] == days[1]


def _clipped(report: Purchase, span: tuple[date, date]) -> Purchase | None:
    """A report with the days it may be of within a span; ``None`` when it is of none of them."""
    first, last = days_of(report)
    start = span[0] if first is None else max(first, span[0])
    end = span[1] if last is None else min(last, span[1])
    return evolve(report, day=DayRange(start, end)) if start <= end else None


def _completed(reports: list[Purchase]) -> list[Purchase]:
    """Reports of one purchase, each with what it leaves out and the others all tell alike."""
    told: dict[str, Any] = {}
    for name, nothing in _LEFT_OUT.items():
        values = {getattr(report, name) for report in reports} - {nothing}
        if len(values) == 1:
            told[name] = values.pop()
    marks: dict[str, set[bool]] = {}
    for report in reports:
        for mark, holds in report.marks:
            marks.setdefault(mark, set()).add(holds)
    agreed = {mark: holds.copy().pop() for mark, holds in marks.items() if len(holds) == 1}
    return [_filled(report, told, {**agreed, **dict(report.marks)}) for report in reports]


def _filled(report: Purchase, told: Mapping[str, Any], marks: Mapping[str, bool]) -> Purchase:
    """A report with what others tell; parts that do not fit what they tell are left out, and then nothing is known of them."""
    filled = {name: value for name, value in told.items() if getattr(report, name) == _LEFT_OUT[name]}
    if filled.get("buyer") in report.group:
        del filled["buyer"]  # that one is named already, and who leads is still not said
    try:
        return evolve(report, **filled, marks=marks)
    except InputError:
        return evolve(report, **filled, marks=marks, parts=())


_LEFT_OUT: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("buyer", "supplier", "amount", "day", "category"), UNKNOWN),
    "contract": None,
}


def _stated(reports: list[Purchase]) -> Money | MoneyRange | Unknown:
    """The amount as reports state it: between the least and the most of them, when they do so on one basis."""
    ends: list[Money] = []
    for report in reports:
        if isinstance(report.amount, Unknown) or report.unlikely is not None:
            return UNKNOWN
        ends += ends_of(report.amount)
    if len({(end.currency, end.tax) for end in ends}) > 1:
        return UNKNOWN
    low, high = min(ends), max(ends)
    return low if low == high else MoneyRange(low, high)


def _hull_of_days(days: list[Days]) -> Days:
    firsts = [first for first, _ in days]
    lasts = [last for _, last in days]
    first = None if None in firsts else min(d for d in firsts if d is not None)
    last = None if None in lasts else max(d for d in lasts if d is not None)
    return first, last
