"""A day as a source states it: the days among which it lies, and the source's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, final

from attrs import field, frozen

from procurelib.citations import Text
from procurelib.models.convert import Faults, read_day, read_fields, read_text, write_fields


def check_range(faults: Faults, path: str, value: object, *, optional: bool = True) -> None:
    """Check a ``DayRange``, or none where none may be."""
    if not isinstance(value, DayRange) and not (optional and value is None):
        faults.add_type(
            path, value, "a DayRange, or None" if optional else "a DayRange", "Write DayRange.on(date(...)), or both its ends."
        )


@final
@frozen
class DayRange:
    """The days among which one day lies, both included; ``words`` are the source's, in both languages.

    ``earliest`` or ``latest`` is ``None`` when the source sets no such bound: "by 2 February 2017" has a latest day only.
    Both absent is a day of which nothing is known. An earliest day after the latest raises ``InputError``.

    >>> march = DayRange(date(2013, 3, 1), date(2013, 3, 31))
    >>> march.by(date(2013, 3, 31)), march.by(date(2013, 3, 15)), march.by(date(2013, 2, 28))
    (True, None, False)
    """

    earliest: date | None = None
    latest: date | None = None
    words: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        first = faults.day("earliest", self.earliest, optional=True)
        last = faults.day("latest", self.latest, optional=True)
        if first and last and self.earliest > self.latest:  # type: ignore[operator]
            faults.add("earliest", self.earliest, f"a day that is not after the latest, {self.latest}", "Swap them.")
        faults.both("words", self.words)
        faults.refuse()

    @classmethod
    def on(cls, day: date) -> DayRange:
        """A day that is known."""
        return cls(day, day)

    @property
    def day(self) -> date | None:
        """The day, when it is known exactly."""
        return self.earliest if self.earliest == self.latest else None

    def by(self, day: date) -> bool | None:
        """Whether the day had come by the end of another; ``None`` when nobody knows."""
        if self.latest is not None and self.latest <= day:
            return True
        return False if self.earliest is not None and self.earliest > day else None

    def to_dict(self) -> dict[str, Any]:
        """Return the range as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DayRange:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {"earliest": read_day, "latest": read_day, "words": read_text})
