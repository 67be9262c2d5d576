"""How duties come out of the book: each rule names an entry, which says when the duty stands, or falls due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from procurelib.calendars.days import month_day
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat, Parameter, Version
from procurelib.law import law
from procurelib.models.city import City
from procurelib.money import Money
from procurelib.rules.duties import Duty, DutyStatus
from procurelib.rules.series import gap_on
from procurelib.rules.sources import caveats_of, used_on
from procurelib.tables.basis import Used

ONE_DAY: Final = timedelta(1)


@frozen
class DutyRule:
    """One duty: the entry of the book that makes it, the entries that fill its words, and whether a contract calls it.

    When the entry is a day of the year, the duty falls due on that day of each year; any other entry makes a duty that
    stands while it is in force. ``words`` name the entries whose values, or whose scope as ``scopes`` says it, stand in the
    texts; ``readings`` those whose competing readings the duty warns of. ``floor`` is the amount from which a contract
    calls the duty, ``above`` that it has to be exceeded.
    """

    id: str
    what: Text
    to: Text
    trigger: Text
    words: dict[str, str] = field(factory=dict)
    scopes: dict[str, Text] = field(factory=dict)
    readings: tuple[str, ...] = ()
    by_contract: bool = False
    floor: str | None = None
    above: bool = False

    @property
    def entry(self) -> Parameter:
        """The entry of the book that makes the duty."""
        return law[self.id]

    @property
    def dated(self) -> bool:
        """Whether the duty has a day of the year."""
        return self.entry.unit == "code"

    def due_in(self, year: int) -> date | None:
        """The day of a year on which it falls due by the law of that very day; the first, when the day moved in the year."""
        days: list[date] = []
        for version in self.entry.versions:
            month, day = month_day(str(version.value))
            candidate = date(year, month, day)
            if version.covers(candidate):
                days.append(candidate)
        return min(days, default=None)

    def used(self, on: date) -> tuple[Used, ...]:
        """The versions of a day that it rests on."""
        return used_on(on, *dict.fromkeys((self.id, *self.words.values())))

    def filled(self, text: Text, on: date) -> Text:
        """A text with the values of a day in their places."""
        values = {slot: _shown(law[id], law[id].on(on)) for slot, id in self.words.items()}
        if self.scopes:
            values["scope"] = self.scopes[self.entry.on(on).scope or ""]
        return Text(
            text.fr.format(**{slot: shown.fr for slot, shown in values.items()}),
            text.en.format(**{slot: shown.en for slot, shown in values.items()}),
        )

    def disputed(self, on: date) -> Iterator[Caveat]:
        """A notice for each competing reading of a day."""
        for id in self.readings:
            readings, entry = law[id].readings_on(on), law[id]
            for other in readings[1:]:
                kept = readings[0]
                text = Text(
                    f"{entry.title_fr} : {kept.label_fr} ({kept.why_fr}) Autre lecture : {other.label_fr}",
                    f"{entry.title_en}: {kept.label_en} ({kept.why_en}) Other reading: {other.label_en}",
                )
                yield Caveat("reading", id, text)


@frozen
class DutyRules:
    """The duties of one jurisdiction: who bears them, and what to be careful about because of the body or of the day."""

    rules: tuple[DutyRule, ...]
    who: Callable[[City], str]
    of_body: Callable[[City], Iterator[Caveat]]
    of_day: Callable[[date], Iterator[Caveat]]

    def duties_of(self, city: City, start: date, end: date) -> Iterator[Duty]:
        """The duties of a body in the days from ``start`` until the day before ``end``."""
        for rule in self.rules:
            if rule.dated:
                for year in range(start.year, end.year + 1):
                    due = rule.due_in(year)
                    if due is not None and start <= due < end:
                        yield self.made(rule, city, due, due)
            else:
                held = [v for v in rule.entry.versions if v.start < end and (v.end is None or start < v.end)]
                if held:
                    yield self.made(rule, city, min(end, held[-1].end or end) - ONE_DAY)
            for gap in rule.entry.gaps:
                if gap.start < end and (gap.end is None or start < gap.end):
                    yield self.not_modelled(rule, city, max(start, gap.start))

    def made(self, rule: DutyRule, city: City, on: date, due: date | None = None) -> Duty:
        """A duty by the law of a day."""
        used = rule.used(on)
        caveats = (
            *caveats_of(used, on),
            *rule.disputed(on),
            *self.of_body(city),
            *(() if due is None else self.of_day(due)),
        )
        cites = dict.fromkeys(c for one in used for c in one.step.ref.citations)
        return self._worded(
            rule, city, on, due, "standing" if due is None else "due", tuple(cites), tuple(dict.fromkeys(caveats))
        )

    def not_modelled(self, rule: DutyRule, city: City, on: date) -> Duty:
        """A duty on a day whose law the book does not hold, in the words of what held before, or of what is known first."""
        gap = gap_on(rule.entry, on)
        if gap is None:
            raise LookupError(f"{rule.id} has no gap on {on.isoformat()}")
        before = [v for v in rule.entry.versions if v.start < gap.start]
        last = gap.start - ONE_DAY if before else rule.entry.versions[0].start
        caveats = (Caveat("note", rule.id, gap.reason), *self.of_body(city))
        return self._worded(rule, city, last, None, "not_modelled", gap.held_before, caveats)

    def _worded(
        self,
        rule: DutyRule,
        city: City,
        on: date,
        due: date | None,
        status: DutyStatus,
        cites: tuple[Citation, ...],
        caveats: tuple[Caveat, ...],
    ) -> Duty:
        """A duty in the words of a day."""
        what, to, trigger = (rule.filled(text, on) for text in (rule.what, rule.to, rule.trigger))
        return Duty(
            id=rule.id,
            who=self.who(city),
            what=what,
            to=to,
            trigger=trigger,
            due=due,
            status=status,
            citations=cites,
            caveats=caveats,
        )


_UNITS: Final = {
    "days": Text("jours", "days"),
    "years": Text("ans", "years"),
    "months": Text("mois", "months"),
    "count": Text("fois", "times"),
}
_ONE: Final = {
    "days": Text("1 jour", "1 day"),
    "years": Text("an", "year"),
    "months": Text("mois", "month"),
    "count": Text("une fois", "once"),
}


def _shown(entry: Parameter, version: Version) -> Text:
    value = version.value
    if isinstance(value, Money):
        return Text(value.format("fr_CA"), value.format("en_CA"))
    if value == 1:
        return _ONE[entry.unit]
    unit = _UNITS[entry.unit]
    return Text(f"{value} {unit.fr}", f"{value} {unit.en}")


def floor_on(id: str, on: date) -> Money:
    """The amount of a day; in a gap, the last one known, since what held before is what is shown."""
    entry = law[id]
    version = entry.at(on) or next(v for v in reversed(entry.versions) if v.start <= on)
    if not isinstance(version.value, Money):
        raise LookupError(f"{id} is not an amount")
    return version.value


def reaches(bound: object, floor: Money, *, above: bool = False) -> bool | None:
    """Whether an amount reaches the floor, ``None`` when there is no such bound."""
    if not isinstance(bound, Decimal):
        return None
    return bound > floor.amount if above else bound >= floor.amount
