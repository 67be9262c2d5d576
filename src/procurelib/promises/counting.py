"""Whether a purchase is one a commitment counts, on the day it was made, and what is missing to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from procurelib.errors import NotYetInForce
from procurelib.law import law
from procurelib.models.commitment import Commitment
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import Purchase
from procurelib.social.eligibility import eligibility
from procurelib.social.scheme import schemes
from procurelib.unknown import Unknown

Days = tuple[date | None, date | None]


@frozen
class Counted:
    """Whether a purchase counts (``None`` when nobody knows) and what would tell.

    ``denied`` says that a record of the supplier and the conditions of the law contradict each other.
    """

    holds: bool | None
    missing: tuple[str, ...] = ()
    denied: bool = False


class Counting:
    """What one commitment counts; what it works out of a supplier on a day is kept."""

    def __init__(self, commitment: Commitment) -> None:
        self._counts = commitment.counts
        self._schemes = tuple(schemes[code] for code in commitment.counts if "/" in code)
        self._kept: dict[tuple[Enterprise, str, date, str | None], tuple[bool | None, tuple[str, ...]]] = {}

    def of(self, purchase: Purchase, days: Days) -> Counted:
        """Whether one of the things that make a purchase count holds; a record of it is believed unless the law denies it."""
        marks = dict(purchase.marks)
        found: list[Counted] = []
        for code in self._counts:
            recorded = marks.get(code)
            if "/" not in code:
                found.append(Counted(recorded, () if recorded is not None else (f"mark:{code}",)))
                continue
            holds, missing = self._supplier(purchase, code, days)
            if recorded is None:
                found.append(Counted(holds, missing))
            elif holds is not None and holds is not recorded:
                found.append(Counted(None, missing, denied=True))
            else:
                found.append(Counted(recorded))
        denied = any(one.denied for one in found)
        if any(one.holds is True for one in found):
            return Counted(True, denied=denied)
        if found and all(one.holds is False for one in found):
            return Counted(False, denied=denied)
        return Counted(None, tuple(dict.fromkeys(m for one in found if one.holds is None for m in one.missing)), denied)

    def _supplier(self, purchase: Purchase, scheme: str, days: Days) -> tuple[bool | None, tuple[str, ...]]:
        supplier = purchase.supplier
        if isinstance(supplier, Unknown):
            return None, ("supplier",)
        if supplier.country != schemes[scheme].country:
            return None, (f"scheme:{scheme}",)
        first, last = days
        if first is None or last is None:
            return None, ("day",)
        buyer = None if isinstance(purchase.buyer, Unknown) else purchase.buyer
        if first != last and supplier.awards:
            return None, ("day",)  # how long a contract won before bars one depends on the very day
        found = {self._on(supplier, scheme, day, buyer) for day in _days_that_matter(supplier, scheme, first, last)}
        values = {holds for holds, _ in found}
        missing = tuple(sorted({m for _, one in found for m in one}))
        if len(values) == 1:
            return values.pop(), missing
        return None, missing or ("day",)

    def _on(self, supplier: Enterprise, scheme: str, day: date, buyer: str | None) -> tuple[bool | None, tuple[str, ...]]:
        key = (supplier, scheme, day, buyer)
        if key not in self._kept:
            self._kept[key] = _asked(supplier, scheme, day, buyer)
        return self._kept[key]


def _asked(supplier: Enterprise, scheme: str, day: date, buyer: str | None) -> tuple[bool | None, tuple[str, ...]]:
    try:
        result = eligibility(supplier, scheme, on=day, buyer=buyer)
    except NotYetInForce:
        return None, (f"scheme:{scheme}",)
    if isinstance(result.value, Unknown):
        return None, result.missing or (f"scheme:{scheme}",)
    if not result.criteria:
        # Before the scheme existed the law had no word for such enterprises: that is not a no.
        return None, (f"scheme:{scheme}",)
    return result.value == "yes", ()


def _days_that_matter(supplier: Enterprise, scheme: str, first: date, last: date) -> Iterator[date]:
    """Days among which every answer between two days is found: the ends, and each day on which something may turn."""
    yield first
    if first == last:
        return
    turns = {last, *_turns_of(supplier), *_turns_of_law(scheme)}
    turns |= {date(year, 1, 1) for year in range(first.year + 1, last.year + 1)}  # some criteria are read on 1 January
    yield from sorted(day for day in turns if first < day <= last)


def _turns_of(supplier: Enterprise) -> Iterator[date]:
    spans = [(one.start, one.end) for one in (*supplier.forms, *supplier.evidence, *supplier.measures)]
    spans += [(one.start, one.end) for one in supplier.accreditations]
    yield from (day for span in spans for day in span if day is not None)


def _turns_of_law(scheme: str) -> Iterator[date]:
    found = schemes[scheme]
    for id in dict.fromkeys((found.entry, *(criterion.id for criterion in found.criteria))):
        entry = law[id]
        spans = [(one.start, one.end) for one in entry.versions] + [(one.start, one.end) for one in entry.gaps]
        yield from (day for span in spans for day in span if day is not None)
        for version in entry.versions:
            if version.known_until is not None:
                yield date.fromordinal(version.known_until.toordinal() + 1)
