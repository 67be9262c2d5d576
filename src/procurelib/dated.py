"""Values of law as dated series: what held on a day, where it is written, and how sure that is."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, TypeAlias, final, get_args

from attrs import frozen

from procurelib.citations import Citation, Text, language_of
from procurelib.errors import Fault, InputTypeError, NoLongerInForce, NotYetInForce
from procurelib.money import Money

Value: TypeAlias = Money | int | Decimal | str | tuple[str, ...] | date | None
Unit: TypeAlias = Literal[
    "CAD",
    "EUR",
    "days",
    "business_days",
    "months",
    "years",
    "count",
    "factor",
    "percent",
    "points",
    "date",
    "code",
    "codes",
    "provision",
]
Confidence: TypeAlias = Literal["official", "twin", "secondary", "inferred", "unverified"]

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)
WEAK: Final = frozenset({"inferred", "unverified"})


def as_date(on: object, path: str = "on") -> date:
    """Return the date given, and refuse everything else, a ``datetime`` included, with ``InputTypeError``.

    >>> as_date(date(2024, 6, 1))
    datetime.date(2024, 6, 1)
    """
    if isinstance(on, datetime):
        remedy = "The law counts whole days; say which day you mean with .date()."
        raise InputTypeError([Fault(path, repr(on), "a datetime.date", remedy)])
    if not isinstance(on, date):
        raise InputTypeError([Fault(path, repr(on), "a datetime.date", "For example date(2024, 6, 1).")])
    return on


@final
@frozen(kw_only=True)
class Version:
    """What one quantity or provision of law was during one span of days.

    ``value`` is ``None`` for a provision, which says only that the rule is in force. ``start`` is the first day;
    ``end`` is the first day on which this version no longer holds, ``None`` when no end is known. ``citations`` is
    never empty. ``source`` is the address read, or begins with ``none:`` and says how the value is known.
    ``confidence`` is ``official`` (text of the instrument read), ``twin`` (same wording read in a sister Act),
    ``secondary``, ``inferred`` or ``unverified``; ``checked`` is the day it was last checked.

    Optional facts: ``published``; ``from_confidence`` when the first day is less sure than the value;
    ``from_window``, the days among which the first day lies; ``known_until``, the last day of the term for which the
    value was set, after which nothing is known; ``same_as``, the id of the value the law itself refers to;
    ``between``, the bounds the value certainly has; ``scope``, a code for how far the provision reaches; ``note_fr``
    and ``note_en``; ``label_fr`` and ``label_en``, the wording of this version where the title's no longer fits.
    """

    value: Value
    start: date
    end: date | None
    citations: tuple[Citation, ...]
    source: str
    confidence: Confidence
    checked: date
    published: date | None = None
    from_confidence: Confidence | None = None
    from_window: tuple[date, date] | None = None
    known_until: date | None = None
    same_as: str | None = None
    between: tuple[Value, Value] | None = None
    scope: str | None = None
    note_fr: str | None = None
    note_en: str | None = None
    label_fr: str | None = None
    label_en: str | None = None

    @property
    def last(self) -> date | None:
        """The last day on which this version is known to hold, ``None`` when no end is known."""
        last = None if self.end is None else date.fromordinal(self.end.toordinal() - 1)
        if self.known_until is not None and (last is None or self.known_until < last):
            return self.known_until
        return last

    @property
    def weak(self) -> bool:
        """Whether an answer that rests on this version needs a caveat: it is inferred or unverified."""
        return self.confidence in WEAK

    def covers(self, on: date) -> bool:
        """Return whether this version is known to hold on that day."""
        last = self.last
        return self.start <= on and (last is None or on <= last)


CaveatKind: TypeAlias = Literal["inferred", "unverified", "window", "reading", "stale", "tax", "note", "capped", "unread"]


@frozen
class Caveat:
    """A reason to be careful with an answer: which entry of the book (or fact) it concerns, and why, in both languages."""

    kind: CaveatKind
    id: str
    text: Text


@final
@frozen(kw_only=True)
class GapEntry:
    """Days on which the book does not hold the law, with the reason in both languages.

    ``start`` is the first such day, ``end`` the first day after it, ``None`` when open. ``held_before`` says that a
    version of the same parameter held until the gap begins: the law may have changed, or merely moved.
    """

    start: date
    end: date | None
    reason_fr: str
    reason_en: str
    held_before: bool

    def covers(self, on: date) -> bool:
        """Return whether the day lies in the gap."""
        return self.start <= on and (self.end is None or on < self.end)

    def reason(self, locale: str) -> str:
        """Return the reason in the language of the locale."""
        return self.reason_fr if language_of(locale) == "fr" else self.reason_en


@final
@frozen(kw_only=True)
class Reading:
    """One of the competing readings of a value, kept because its sources disagree and none settles it.

    ``default`` marks the reading the library follows unless told otherwise; ``why_fr`` and ``why_en`` say why, or why
    not. ``end`` is the first day on which the question no longer arises.
    """

    id: str
    value: Value
    label_fr: str
    label_en: str
    why_fr: str
    why_en: str
    source: str
    start: date
    end: date | None
    default: bool

    def covers(self, on: date) -> bool:
        """Return whether the question arises on that day."""
        return self.start <= on and (self.end is None or on < self.end)


@final
@frozen(kw_only=True)
class Parameter:
    """One quantity or provision of law through time; its id names the quantity, never the instrument.

    ``unit`` is one of a closed list, ``tax`` the basis of an amount of money. ``versions`` are sorted and never
    overlap. ``gaps`` are the days the book knows it does not cover. ``repealed`` is the first day without the rule.

    >>> from procurelib.law import law
    >>> law["ca-qc/public-call-threshold"].on(date(2023, 3, 1)).value
    Money('121200', 'CAD', tax='net')
    """

    id: str
    title_fr: str
    title_en: str
    unit: Unit
    versions: tuple[Version, ...]
    tax: Literal["excluded", "included", "net"] | None = None
    gaps: tuple[GapEntry, ...] = ()
    readings: tuple[Reading, ...] = ()
    repealed: date | None = None
    repeal_citations: tuple[Citation, ...] = ()
    note_fr: str | None = None
    note_en: str | None = None

    def title(self, locale: str) -> str:
        """Return the title in the language of the locale."""
        return self.title_fr if language_of(locale) == "fr" else self.title_en

    def at(self, on: date) -> Version | None:
        """Return the version known to hold on that day, or ``None``; a ``datetime`` is refused."""
        day = as_date(on)
        for version in reversed(self.versions):
            if version.start <= day:
                return version if version.covers(day) else None
        return None

    def on(self, on: date) -> Version:
        """Return the version that holds on that day.

        Before the first version ``NotYetInForce`` is raised; after a repeal, after the last day a value is known for,
        or in a gap that follows a version, ``NoLongerInForce``. A ``datetime`` is refused with ``InputTypeError``.
        """
        version = self.at(on)
        if version is not None:
            return version
        before = [v for v in self.versions if v.start <= on]
        if not before:
            last = self.versions[-1].last if self.versions else None
            raise NotYetInForce(self.id, on, self.versions[0].start if self.versions else None, last)
        raise NoLongerInForce(self.id, on, before[0].start, before[-1].last)

    def gap(self, on: date) -> GapEntry | None:
        """Return the entry that says why the book holds nothing for that day, or ``None``."""
        day = as_date(on)
        return next((gap for gap in self.gaps if gap.covers(day)), None)

    @property
    def gap_fr(self) -> str | None:
        """The sentence, in French, that stands for every day after the last version; ``None`` when there is none."""
        return self.gaps[-1].reason_fr if self.gaps and self.gaps[-1].end is None else None

    @property
    def gap_en(self) -> str | None:
        """The sentence, in English, that stands for every day after the last version; ``None`` when there is none."""
        return self.gaps[-1].reason_en if self.gaps and self.gaps[-1].end is None else None

    def readings_on(self, on: date) -> tuple[Reading, ...]:
        """Return the competing readings that arise on that day, the default one first."""
        day = as_date(on)
        return tuple(sorted((r for r in self.readings if r.covers(day)), key=lambda r: not r.default))
