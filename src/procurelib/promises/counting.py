"""Whether a purchase is one a commitment counts, on the day it was made, and what is missing to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from procurelib.errors import NotYetInForce
from procurelib.law import law
from procurelib.models.commitment import Commitment
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import Purchase
from procurelib.social.eligibility import COVERED, eligibility
from procurelib.social.scheme import schemes
from procurelib.unknown import Unknown

Days = tuple[date | None, date | None]

_ONE_DAY: Final = timedelta(1)
_LEAP_DAY: Final = (2, 29)


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
        for code in commitment.counts:
            if "/" in code:
                schemes[code]  # one that does not exist is named before any purchase is read
        self._kept: dict[tuple[Enterprise, str, date, str | None], tuple[bool | None, tuple[str, ...]]] = {}

    def of(self, purchase: Purchase, days: Days) -> Counted:
        """Whether one of the things that make a purchase count holds, on every day it may be of."""
        by_day = [counted for _, counted in self.by_day(purchase, days)]
        values = {one.holds for one in by_day}
        denied = any(one.denied for one in by_day)
        missing = tuple(dict.fromkeys(m for one in by_day for m in one.missing))
        if len(values) == 1 and None not in values:
            return Counted(values.pop(), denied=denied)
        return Counted(None, missing or ("day",), denied)

    def by_day(self, purchase: Purchase, days: Days) -> list[tuple[date | None, Counted]]:
        """The same on each day from which it may turn; ``None`` stands for every day when no day matters."""
        supplier = purchase.supplier
        codes = [code for code in self._counts if "/" in code]
        if isinstance(supplier, Unknown) or not codes:
            return [(None, self._on(purchase, None))]
        turns = sorted({day for code in codes for day in _days_that_matter(supplier, code, days)})
        return [(day, self._on(purchase, day)) for day in turns]

    def _on(self, purchase: Purchase, day: date | None) -> Counted:
        """Whether it counts on a day; a record of it is believed unless the law denies it."""
        marks = dict(purchase.marks)
        found: list[Counted] = []
        for code in self._counts:
            recorded = marks.get(code)
            if "/" not in code:
                found.append(Counted(recorded, () if recorded is not None else (f"mark:{code}",)))
                continue
            holds, missing = self._supplier(purchase, code, day)
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

    def _supplier(self, purchase: Purchase, scheme: str, day: date | None) -> tuple[bool | None, tuple[str, ...]]:
        supplier = purchase.supplier
        if isinstance(supplier, Unknown) or day is None:
            return None, ("supplier",)
        if supplier.country != schemes[scheme].country:
            return None, (f"scheme:{scheme}",)
        buyer = None if isinstance(purchase.buyer, Unknown) else purchase.buyer
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


def _days_that_matter(supplier: Enterprise, scheme: str, days: Days) -> set[date]:
    """Days among which every answer between two days is found: the first, and each day on which something may turn.

    Without a first day nothing is known before the book begins; without a last one nothing turns after the last turn.
    """
    first, last = days
    if first is not None and first == last:
        return {first}
    turns = {*_turns_of(supplier), *_turns_of_law(scheme)}
    before = law[COVERED].versions[0].start - _ONE_DAY
    first = first if first is not None else before if last is None else min(before, last)
    last = last if last is not None else date(max(first, *turns).year + 2, 1, 1)
    # Some criteria are read on 1 January, and a contract won before bars another for a number of whole years.
    turns |= {date(year, 1, 1) for year in range(first.year + 1, last.year + 1)}
    for award in supplier.awards:
        turns |= {award.day + _ONE_DAY, *_anniversaries(award.day, last)}
    return {first, *(day for day in turns if first < day <= last)}


def _anniversaries(day: date, last: date) -> Iterator[date]:
    """The same day of each later year, and the day after."""
    leap = (day.month, day.day) == _LEAP_DAY
    for year in range(day.year, last.year + 1):
        same = date(year, 3, 1) if leap else day.replace(year=year)
        yield from (same - _ONE_DAY, same, same + _ONE_DAY)


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
            windows = version.from_window or ()
            yield from (shifted for day in windows for shifted in (day, day + _ONE_DAY))
            if version.known_until is not None:
                yield version.known_until + _ONE_DAY
