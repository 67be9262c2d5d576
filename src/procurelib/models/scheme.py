"""A purchasing scheme: what a buyer adopted to say how it means to buy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, final

from attrs import field, frozen

from procurelib.models.convert import Faults, is_tuple, read_day, read_fields, read_list, tuple_if_iterable, write_fields

CONFIDENCES: Final = ("official", "twin", "secondary", "inferred", "unverified")


def _days(given: Iterable[date]) -> Any:
    return tuple_if_iterable(given)


@final
@frozen(kw_only=True)
class PurchasingScheme:
    """One scheme, such as the *schéma de promotion des achats responsables* of a French city.

    ``adopted`` holds the earliest and the latest day on which it may have been voted, the same one when the day is
    known. ``start_year`` and ``end_year`` are the years it is for, ``None`` where the source states none.

    >>> day = date(2018, 4, 16)
    >>> PurchasingScheme(id="2018", title_fr="Schéma", title_en="Scheme", adopted=(day, day), source="minutes").adopted_by(day)
    True
    """

    id: str
    title_fr: str
    title_en: str
    adopted: tuple[date, date] = field(converter=_days)
    start_year: int | None = None
    end_year: int | None = None
    source: str
    confidence: str = "secondary"
    note_fr: str | None = field(default=None, repr=False)
    note_en: str | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        for name in ("id", "title_fr", "title_en", "source"):
            faults.text(name, getattr(self, name), optional=False)
        for name in ("note_fr", "note_en"):
            faults.text(name, getattr(self, name))
        if self.confidence not in CONFIDENCES:
            faults.add("confidence", self.confidence, f"one of {', '.join(CONFIDENCES)}")
        days: object = self.adopted
        if not is_tuple(days) or len(days) != 2:
            faults.add_type("adopted", days, "the earliest and the latest day of the vote")
        else:
            checked = [faults.day(f"adopted[{place}]", day) for place, day in enumerate(days)]
            if all(checked) and days[0] > days[1]:
                faults.add("adopted", days, "an earliest day that is not after the latest", "Swap them.")
        for name in ("start_year", "end_year"):
            year: object = getattr(self, name)
            if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
                faults.add_type(name, year, "a year, or None")
        faults.refuse()

    def adopted_by(self, day: date) -> bool | None:
        """Whether it had been voted by the end of a day; ``None`` when the day lies among those of the vote."""
        earliest, latest = self.adopted
        return True if day >= latest else False if day < earliest else None

    def to_dict(self) -> dict[str, Any]:
        """Return the scheme as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PurchasingScheme:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {"adopted": read_list(read_day)})


def one_adopted_by(schemes: Iterable[PurchasingScheme], day: date) -> bool | None:
    """Whether one of some schemes had been voted by the end of a day; ``None`` when one may have been."""
    found = {scheme.adopted_by(day) for scheme in schemes}
    return True if True in found else None if None in found else False
