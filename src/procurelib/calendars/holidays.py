"""Calendars by the statute that makes them: which days are holidays, why, and on which days the book knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, final

from attrs import frozen

from procurelib.calendars.days import days_in, name, spoken
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat, CaveatKind, Parameter, Version, as_date
from procurelib.errors import Fault, InputError, InputTypeError, NoLongerInForce, NotYetInForce, UnknownId
from procurelib.law import law

ONE_DAY: Final = timedelta(days=1)
_STALE_AFTER: Final = timedelta(days=366)


@cache
def statutes() -> Mapping[str, Mapping[str, Any]]:
    """The calendars and the counting rules this library ships, as their file states them."""
    import tomllib

    return tomllib.loads(Path(__file__).with_name("statutes.toml").read_text(encoding="utf-8"))


def doubts(entry: Parameter, version: Version) -> tuple[Caveat, ...]:
    """The reasons to be careful with what one version of an entry says."""
    if version.weak:
        kind: CaveatKind = "inferred" if version.confidence == "inferred" else "unverified"
        how = ("déduit", "inferred") if kind == "inferred" else ("non vérifié", "not verified")
        text = Text(
            f"{entry.title_fr} : {how[0]}. {version.note_fr or ''}".strip(),
            f"{entry.title_en}: {how[1]}. {version.note_en or ''}".strip(),
        )
        return (Caveat(kind, entry.id, text),)
    if version.note_fr is not None and version.note_en is not None:
        return (
            Caveat("note", entry.id, Text(f"{entry.title_fr} : {version.note_fr}", f"{entry.title_en}: {version.note_en}")),
        )
    return ()


@final
@frozen
class Holiday:
    """A day that is a holiday, what makes it one, where that is written, and the reasons to be careful."""

    day: date
    text: Text
    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...] = ()


@final
@frozen
class _Reason:
    """One thing that makes a day a holiday."""

    text: Text
    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...]


@final
class Calendar:
    """The holidays of one statute, on the days for which the book knows them.

    ``day in calendar`` says whether a day is a holiday; Sundays are, and Saturdays are not, only where the statute says
    so. Outside ``span`` every question raises ``NotYetInForce`` or ``NoLongerInForce``; a ``datetime`` is refused with
    ``InputTypeError``.

    >>> calendar = calendars["ca-qc/I-16"]
    >>> date(2026, 4, 6) in calendar, date(2026, 4, 4) in calendar    # Easter Monday, and the Saturday before
    (True, False)
    >>> calendar.next_business_day(date(2026, 4, 5))
    datetime.date(2026, 4, 7)
    """

    __slots__ = ("_added", "_business", "_entries", "_id", "_rule", "_span", "_title", "_years")

    def __init__(
        self,
        id: str,
        title: Text,
        entries: tuple[str, ...],
        *,
        rule: str,
        business: str | None = None,
        added: frozenset[date] = frozenset(),
    ) -> None:
        self._id = id
        self._title = title
        self._entries = entries
        self._rule = rule
        self._business = business
        self._added = added
        self._span: tuple[date, date | None] | None = None
        self._years: dict[int, dict[date, list[_Reason]]] = {}

    @property
    def id(self) -> str:
        """The name of the statute, such as ``"ca-qc/I-16"``."""
        return self._id

    @property
    def title(self) -> Text:
        """What the calendar holds, in both languages."""
        return self._title

    @property
    def rule(self) -> str:
        """The id of the counting rule that a deadline follows when none is asked for."""
        return self._rule

    @property
    def added(self) -> frozenset[date]:
        """The days that ``with_days`` added."""
        return self._added

    @property
    def span(self) -> tuple[date, date | None]:
        """The first and the last day for which the holidays are known; ``None`` when no end is known."""
        if self._span is None:
            versions = [law[id].versions for id in self._entries]
            lasts = [last for last in (v[-1].last for v in versions) if last is not None]
            self._span = max(v[0].start for v in versions), min(lasts, default=None)
        return self._span

    def require(self, day: date, path: str = "day") -> date:
        """Return a day of the span; another is refused with ``NotYetInForce`` or ``NoLongerInForce``."""
        day = as_date(day, path)
        first, last = self.span
        if day < first:
            raise NotYetInForce(f"calendar {self._id}", day, first, last)
        if last is not None and day > last:
            raise NoLongerInForce(f"calendar {self._id}", day, first, last)
        return day

    def __contains__(self, day: object) -> bool:
        wanted = self.require(as_date(day, "day"))
        return wanted in self._in_year(wanted.year)

    def holidays(self, year: int) -> Mapping[date, Text]:
        """The holidays of a year, in order, each with what makes it one; Sundays are there where the statute says so.

        Of a year that lies partly outside ``span`` only the days inside are given; one wholly outside is refused with
        ``NotYetInForce`` or ``NoLongerInForce``.

        >>> [day.isoformat() for day in calendars["fr/L3133-1"].holidays(2026)][:3]
        ['2026-01-01', '2026-04-06', '2026-05-01']
        """
        asked: object = year
        if not isinstance(asked, int) or isinstance(asked, bool):
            raise InputTypeError([Fault("year", repr(asked), "a whole number", "For example the year of a date.")])
        if not date.min.year <= year <= date.max.year:
            raise InputError([Fault("year", repr(year), f"a year from {date.min.year} to {date.max.year}")])
        first, last = self.span
        if year < first.year:
            self.require(date(year, 12, 31))
        if last is not None and year > last.year:
            self.require(date(year, 1, 1))
        return MappingProxyType({day: _joined(reasons) for day, reasons in sorted(self._in_year(year).items())})

    def why(self, day: date) -> Holiday | None:
        """Why a day is a holiday, with citations and caveats; ``None`` when it is none.

        >>> why = calendars["ca-qc/I-16"].why(date(2029, 7, 2))
        >>> why.text.en, why.citations[0].text("en_CA")
        ('1 July, or the day after when that is a Sunday', 'CQLR, c. I-16, s. 61(23)')
        """
        reasons = self._in_year(self.require(day).year).get(day)
        if reasons is None:
            return None
        return Holiday(
            day,
            _joined(reasons),
            tuple(dict.fromkeys(c for reason in reasons for c in reason.citations)),
            # One certain reason is enough.
            () if any(not r.caveats for r in reasons) else tuple(dict.fromkeys(c for r in reasons for c in r.caveats)),
        )

    def next_business_day(self, day: date) -> date:
        """The first day, that day or after it, that is not a holiday."""
        while day in self:
            day += ONE_DAY
        return day

    def previous_business_day(self, day: date) -> date:
        """The last day, that day or before it, that is not a holiday."""
        while day in self:
            day -= ONE_DAY
        return day

    def with_days(self, *days: date) -> Calendar:
        """Return the same calendar with more holidays, such as days proclaimed after this edition of the book.

        >>> date(2026, 9, 30) in calendars["ca-qc/I-16"].with_days(date(2026, 9, 30))
        True
        """
        added = self._added | {self.require(day, f"days[{place}]") for place, day in enumerate(days)}
        return Calendar(self._id, self._title, self._entries, rule=self._rule, business=self._business, added=added)

    def stale(self, day: date) -> tuple[Caveat, ...]:
        """A caveat when a day lies more than a year after the texts of the calendar were last checked."""
        checked = min(law[id].versions[-1].checked for id in self._entries)
        if day <= checked + _STALE_AFTER:
            return ()
        when = spoken(checked)
        text = Text(
            f"Jours fériés : textes vérifiés pour la dernière fois le {when.fr} ; un jour peut avoir été ajouté depuis.",
            f"Holidays: texts last checked on {when.en}; a day may have been added since.",
        )
        return (Caveat("stale", self._entries[0], text),)

    def of_business_days(self, day: date) -> tuple[tuple[Citation, ...], tuple[Caveat, ...]]:
        """What to cite, and what to be careful with, when business days are counted on this calendar from a day."""
        if self._business is None:
            return (), ()
        entry = law[self._business]
        version = entry.on(day)
        return version.citations, doubts(entry, version)

    def _in_year(self, year: int) -> dict[date, list[_Reason]]:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._worked_out(year)
        return found

    def _worked_out(self, year: int) -> dict[date, list[_Reason]]:
        found: dict[date, list[_Reason]] = {}
        first, last = self.span
        for id in self._entries:
            entry = law[id]
            for version in entry.versions:
                caveats = doubts(entry, version)
                for code in _codes(version):
                    reason = _Reason(name(code), version.citations, caveats)
                    for day in days_in(code, year):
                        if version.covers(day) and first <= day and (last is None or day <= last):
                            found.setdefault(day, []).append(reason)
        for day in self._added:
            if day.year == year:
                found.setdefault(day, []).append(_BY_HAND)
        return found

    def __repr__(self) -> str:
        return f"<Calendar {self._id}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return (self._id, self._added) == (other._id, other._added)

    def __hash__(self) -> int:
        return hash((self._id, self._added))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self._id, tuple(sorted(self._added))))


_BY_HAND: Final = _Reason(
    Text("jour ajouté au calendrier", "day added to the calendar"),
    (),
    (
        Caveat(
            "note",
            "added",
            Text("Ce jour férié a été ajouté par l’appelant, sans source.", "The caller added this holiday, without a source."),
        ),
    ),
)


def _restored(id: str, added: tuple[date, ...]) -> Calendar:
    return calendars[id].with_days(*added) if added else calendars[id]


def _codes(version: Version) -> tuple[str, ...]:
    assert isinstance(version.value, tuple)
    return version.value


def _joined(reasons: Iterable[_Reason]) -> Text:
    texts = list(dict.fromkeys(reason.text for reason in reasons))
    return Text(" ; ".join(t.fr for t in texts), "; ".join(t.en for t in texts))


@final
class Calendars(Mapping[str, Calendar]):
    """The calendars this library ships, by the name of their statute; another name raises ``UnknownId`` with near ones.

    >>> sorted(calendars)
    ['ca-qc/I-16', 'ca-qc/complaints', 'fr/L3133-1', 'fr/L3133-1-alsace-moselle']
    """

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[str, Calendar] = {}

    def __getitem__(self, id: str) -> Calendar:
        made = self._made.get(id)
        if made is None:
            if id not in self:
                from difflib import get_close_matches

                raise UnknownId("calendar", id, get_close_matches(str(id), list(self), n=3, cutoff=0.4))
            stated = statutes()["calendar"][id]
            title = Text(stated["title"]["fr"], stated["title"]["en"])
            business = stated.get("business_days")
            made = Calendar(id, title, tuple(stated["days"]), rule=stated["rule"], business=business)
            self._made[id] = made
        return made

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in statutes()["calendar"]

    def __iter__(self) -> Iterator[str]:
        return iter(statutes()["calendar"])

    def __len__(self) -> int:
        return len(statutes()["calendar"])

    def __repr__(self) -> str:
        return f"<calendars: {', '.join(self)}>"


calendars: Final = Calendars()


def calendar_of(jurisdiction: str) -> Calendar:
    """The holidays of a jurisdiction as a whole: the first of its calendars."""
    return next(calendars[id] for id in calendars if id.partition("/")[0] == jurisdiction)
