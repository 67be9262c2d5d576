"""The day on which a period ends, with each day that moved it and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeAlias, cast, final

from attrs import frozen

from procurelib.calendars.counting import CountingRule, rule_of
from procurelib.calendars.days import WEEKDAYS, counted, spoken, weekday
from procurelib.calendars.faults import Faults
from procurelib.calendars.holidays import ONE_DAY, Calendar, calendars
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.errors import AmbiguousDate, Fault, InputError, InputTypeError

Count: TypeAlias = Literal["days", "business_days", "months"]
Direction: TypeAlias = Literal["forward", "backward"]
# A field of a deadline is called `date`, which hides the type from the fields below it.
_Day: TypeAlias = date
_UNITS: Final[Mapping[Count, tuple[str, str]]] = {
    "days": ("jour", "day"),
    "business_days": ("jour ouvrable", "business day"),
    "months": ("mois", "month"),
}


@final
@frozen
class DeadlineStep:
    """One step of the counting.

    ``kind`` is ``trigger`` (the day that starts the period), ``count`` (where the number leads), ``skip`` (a holiday
    that business days pass over), ``extend`` (a day added because the rule wants more working days), ``roll`` (the
    deadline leaves a holiday), ``clear`` (the last day is not counted), ``limit`` (the date that must not be passed)
    or ``next`` (why a later trigger would be too late). ``day`` is the day the step is about.
    """

    kind: Literal["trigger", "count", "skip", "extend", "roll", "clear", "limit", "next"]
    day: date
    text: Text
    citations: tuple[Citation, ...] = ()


@final
@frozen(kw_only=True)
class Deadline:
    """The end of a period, or the latest trigger of one that must end by a date.

    ``date`` is the answer; with ``direction`` ``backward`` it is the latest trigger whose deadline does not pass
    ``given``. ``steps`` name each day that moved and why. ``rule`` is the id of the counting rule, ``None`` for one of
    your own; ``added`` are the holidays that the calendar was given by hand.
    """

    date: _Day
    given: _Day
    count: int
    unit: Count
    calendar: str
    rule: str | None
    direction: Direction
    steps: tuple[DeadlineStep, ...]
    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...]
    added: tuple[_Day, ...] = ()

    def explain(self, locale: str) -> str:
        """The steps as a person reads them, each with its articles, then the reasons to be careful."""
        lines = []
        for step in self.steps:
            cited = "; ".join(c.text(locale) for c in step.citations)
            lines.append(f"{step.text.in_(locale)} ({cited})" if cited else step.text.in_(locale))
        return "\n".join([*lines, *(caveat.text.in_(locale) for caveat in self.caveats)])

    def to_dict(self) -> dict[str, Any]:
        """The deadline as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Deadline:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def deadline(
    trigger: date,
    *,
    days: int | None = None,
    business_days: int | None = None,
    months: int | None = None,
    calendar: str | Calendar,
    rule: str | CountingRule | None = None,
    direction: Direction = "forward",
) -> Deadline:
    """The day on which a period ends; backward, the latest trigger whose deadline does not pass a date.

    Exactly one of ``days`` (all of them counted), ``business_days`` (holidays of the calendar left out) and ``months``
    is given. ``calendar`` is the id of a calendar, or one. Without ``rule`` the calendar's own counting rule holds. With
    ``direction="backward"`` the first argument is the date not to pass; this is not a period that the law counts back
    from an event, which has rules of its own.

    Raises:
        InputError: a number that is not positive, none or several numbers, an unknown direction; all are reported.
        InputTypeError: a ``datetime``, or another value of the wrong type.
        UnknownId: no calendar, or no counting rule, has that id.
        AmbiguousDate: a period of months ends on a date that does not exist, and the rule does not say what then.
        NotYetInForce, NoLongerInForce: a day that matters is outside the span of the calendar.

    >>> found = deadline(date(2024, 6, 1), days=15, calendar="ca-qc/I-16")    # 16 June 2024 is a Sunday
    >>> found.date, [step.kind for step in found.steps]
    (datetime.date(2024, 6, 17), ['trigger', 'count', 'roll'])
    >>> deadline(found.date, days=15, calendar="ca-qc/I-16", direction="backward").date
    datetime.date(2024, 6, 2)
    """
    unit, count = _checked(trigger, {"days": days, "business_days": business_days, "months": months}, direction)
    chosen = calendar if isinstance(calendar, Calendar) else calendars[_text("calendar", calendar)]
    chosen.require(trigger, "trigger")
    stated = rule_of(chosen.rule if rule is None else rule, trigger)
    counting = _Counting(chosen, stated, unit, count)
    if direction == "forward":
        return counting.answer(trigger)
    return counting.answer_backward(trigger)


def _text(path: str, given: object) -> str:
    if not isinstance(given, str):
        raise InputTypeError([Fault(path, repr(given), "the id of a calendar, such as 'ca-qc/I-16', or a Calendar")])
    return given


def _checked(trigger: object, numbers: Mapping[Count, object], direction: object) -> tuple[Count, int]:
    """The unit and the number of a period, once everything about the arguments has been checked."""
    faults = Faults()
    faults.day("trigger", trigger)
    given: dict[Count, object] = {unit: number for unit, number in numbers.items() if number is not None}
    if len(given) != 1:
        named = ", ".join(given) or "nothing"
        faults.add("period", named, f"exactly one of {', '.join(numbers)}", "Say how long the period is, in one unit.")
    for unit, number in given.items():
        faults.number(unit, number, 1, "A period has at least one day; use direction to go back.")
    if direction not in ("forward", "backward"):
        faults.add("direction", direction, "'forward' or 'backward'")
    faults.refuse()
    ((unit, number),) = given.items()
    return unit, cast("int", number)


@frozen
class _End:
    """Where a period ends, and what moved it there."""

    last: date
    end: date
    skipped: tuple[date, ...]
    extended: tuple[date, ...]
    rolled: tuple[date, ...]


@final
class _Counting:
    """A period of a length, counted by a rule on a calendar."""

    def __init__(self, calendar: Calendar, rule: CountingRule, unit: Count, count: int) -> None:
        self.calendar = calendar
        self.rule = rule
        self.unit: Count = unit
        self.count = count
        self.closed_weekdays = frozenset(weekday(code) for code in rule.closed)
        self.avoided_weekdays = frozenset(weekday(code) for code in rule.avoided)

    def closed(self, day: date) -> bool:
        """Whether a day is a holiday of the calendar, or a day of the week that the rule leaves out."""
        return day.weekday() in self.closed_weekdays or day in self.calendar

    def open_on_or_before(self, day: date) -> date:
        while self.closed(day):
            day -= ONE_DAY
        return day

    def end_of(self, trigger: date) -> _End:
        """Where the period that a day triggers ends."""
        try:
            return self._end_of(trigger)
        except OverflowError:
            raise InputError([Fault(self.unit, repr(self.count), "a period that ends in a year the calendar covers")]) from None

    def _end_of(self, trigger: date) -> _End:
        first = trigger if self.rule.first_in else trigger + ONE_DAY
        skipped: list[date] = []
        if self.unit == "business_days":
            last, left = first, self.count
            while True:
                if self.closed(last):
                    skipped.append(last)
                else:
                    left -= 1
                    if left == 0:
                        break
                last += ONE_DAY
        elif self.unit == "days":
            last = first + timedelta(days=self.count - 1)
        else:
            last = self._last_of_months(trigger)
        counted_to, extended = last, list[date]()
        if self.rule.least and not (self.unit == "days" and self.count == 1) and self.unit != "business_days":
            last, extended = self._extended(first, last)
        end = last if self.rule.last_in else last + ONE_DAY
        rolled: list[date] = []
        while self.rule.roll == "forward" and self.closed(end):
            rolled.append(end)
            end += ONE_DAY
        self.calendar.require(end)
        return _End(counted_to, end, tuple(skipped), tuple(extended), tuple(rolled))

    def _extended(self, first: date, last: date) -> tuple[date, list[date]]:
        """The last day, put off until the period holds as many working days as the rule wants.

        The days added start where the ordinary rule would have left the deadline, so that a mere holiday at the end is
        told as a holiday.
        """
        needed, day = self.rule.least, first
        while day <= last and needed:
            needed -= not self.closed(day)
            day += ONE_DAY
        if not needed:
            return last, []
        ordinary = last
        while self.closed(ordinary):
            ordinary += ONE_DAY
        day = last
        while needed:
            day += ONE_DAY
            needed -= not self.closed(day)
        if day <= ordinary:
            return last, []
        return day, [ordinary + timedelta(days=n) for n in range((day - ordinary).days)]

    def _last_of_months(self, trigger: date) -> date:
        target = self.same_date(trigger)
        if target is None:
            last_of_month = self.month_of(trigger, 1) - ONE_DAY
            if self.rule.month_end == "refuse":
                raise AmbiguousDate(trigger, self.count, (last_of_month, last_of_month + ONE_DAY))
            return last_of_month
        return target - ONE_DAY if self.rule.first_in else target

    def month_of(self, trigger: date, more: int = 0) -> date:
        """The first day of the month in which a period of months ends, or of a month after it."""
        from dateutil.relativedelta import relativedelta

        try:
            return trigger.replace(day=1) + relativedelta(months=self.count + more)
        except ValueError:
            raise OverflowError from None

    def same_date(self, trigger: date) -> date | None:
        """The day of the same number in the month a period of months ends in, if that month has one."""
        month = self.month_of(trigger)
        try:
            return month.replace(day=trigger.day)
        except ValueError:
            return None

    # --- backward ---------------------------------------------------------------------------------------------------

    def latest_trigger(self, limit: date) -> date:
        """The latest day whose period does not end after a date."""
        if self.unit == "business_days":
            return self._latest_before_business_days(limit)
        end = self.open_on_or_before(limit) if self.rule.roll == "forward" else limit
        last = end if self.rule.last_in else end - ONE_DAY
        try:
            if self.unit == "days":
                trigger = last - timedelta(days=self.count - (1 if self.rule.first_in else 0))
            else:
                trigger = self._latest_in_months(last)
        except OverflowError:
            raise InputError(
                [Fault(self.unit, repr(self.count), "a period that begins in a year the calendar covers")]
            ) from None
        self.calendar.require(trigger)
        while self.end_of(trigger).end > limit:
            trigger -= ONE_DAY
        return trigger

    def _latest_before_business_days(self, limit: date) -> date:
        """Count back from the last day; the day before the first one counted starts the period, unless it counts itself."""
        end = self.open_on_or_before(limit) if self.rule.roll == "forward" else limit
        day = end if self.rule.last_in else end - ONE_DAY
        left = self.count
        while True:
            left -= not self.closed(day)
            if left == 0:
                break
            day -= ONE_DAY
        trigger = day if self.rule.first_in else day - ONE_DAY
        return self.calendar.require(trigger)

    def _latest_in_months(self, last: date) -> date:
        """The latest day of the month so many months earlier, or of the one before, whose period ends by a day."""
        from dateutil.relativedelta import relativedelta

        goal = last + ONE_DAY if self.rule.first_in else last
        try:
            trigger = goal.replace(day=1) - relativedelta(months=self.count) + relativedelta(months=1) - ONE_DAY
        except ValueError:
            raise OverflowError from None
        while True:
            target = self.same_date(trigger)
            if target is None:
                end_of_month = self.month_of(trigger, 1) - ONE_DAY
                if end_of_month <= last:
                    if self.rule.month_end == "refuse":
                        raise AmbiguousDate(trigger, self.count, (end_of_month, end_of_month + ONE_DAY))
                    return trigger
            elif target <= goal:
                return trigger
            trigger -= ONE_DAY

    # --- what is told -----------------------------------------------------------------------------------------------

    def answer(self, trigger: date) -> Deadline:
        """The deadline of a period that starts on a day."""
        found = self.end_of(trigger)
        return self._deadline(trigger, found.end, "forward", self._steps(trigger, found), self._caveats(trigger, found))

    def answer_backward(self, limit: date) -> Deadline:
        """The latest trigger of a period that must not end after a date."""
        trigger = self.latest_trigger(limit)
        found = self.end_of(trigger)
        said = spoken(limit)
        steps = [
            DeadlineStep(
                "limit", limit, Text(f"L’échéance ne doit pas dépasser le {said.fr}.", f"The deadline must not pass {said.en}.")
            ),
            *self._steps(trigger, found),
            *self._too_late(trigger + ONE_DAY),
        ]
        return self._deadline(limit, trigger, "backward", tuple(steps), self._caveats(trigger, found))

    def _too_late(self, trigger: date) -> list[DeadlineStep]:
        try:
            end = self.end_of(trigger).end
        except AmbiguousDate:
            return []
        day, said = spoken(trigger), spoken(end)
        text = Text(
            f"Un délai qui commencerait le {day.fr} finirait le {said.fr}, trop tard.",
            f"A period that started on {day.en} would end on {said.en}, too late.",
        )
        return [DeadlineStep("next", trigger, text)]

    def _deadline(
        self, given: date, found: date, direction: Direction, steps: tuple[DeadlineStep, ...], caveats: tuple[Caveat, ...]
    ) -> Deadline:
        return Deadline(
            date=found,
            given=given,
            count=self.count,
            unit=self.unit,
            calendar=self.calendar.id,
            rule=self.rule.id,
            direction=direction,
            steps=steps,
            citations=tuple(dict.fromkeys(c for step in steps for c in step.citations)),
            caveats=caveats,
            added=tuple(sorted(self.calendar.added)),
        )

    def _steps(self, trigger: date, found: _End) -> tuple[DeadlineStep, ...]:
        first = spoken(trigger)
        counts = ("est compté", "is counted") if self.rule.first_in else ("n’est pas compté", "is not counted")
        text = Text(f"Le {first.fr} fait courir le délai et {counts[0]}.", f"{first.en} starts the period and {counts[1]}.")
        steps = [DeadlineStep("trigger", trigger, text, self.rule.of("trigger").citations)]
        for day in found.skipped:
            said, why, cites = spoken(day), *self._why(day)
            text = Text(f"Le {said.fr} n’est pas un jour ouvrable : {why.fr}.", f"{said.en} is not a business day: {why.en}.")
            steps.append(DeadlineStep("skip", day, text, cites))
        steps.append(self._count_step(trigger, found))
        for day in found.extended:
            said, needed = spoken(day), self.rule.least
            text = Text(
                f"Au {said.fr}, le délai ne comprend pas encore le nombre voulu de jours ouvrables ({needed}) : "
                "il passe au lendemain.",
                f"By {said.en} the period does not hold the working days it must ({needed}) yet: it goes on to the next day.",
            )
            steps.append(DeadlineStep("extend", day, text, self.rule.of("least").citations))
        if not self.rule.last_in:
            last = found.extended[-1] + ONE_DAY if found.extended else found.last
            said, then = spoken(last), spoken(last + ONE_DAY)
            text = Text(
                f"Le {said.fr} est le dernier jour franc : le terme est le {then.fr}.",
                f"{said.en} is the last clear day: the term is {then.en}.",
            )
            steps.append(DeadlineStep("clear", last + ONE_DAY, text))
        for day in found.rolled:
            said, then, why, cites = spoken(day), spoken(day + ONE_DAY), *self._why(day)
            text = Text(
                f"Le {said.fr} est exclu : {why.fr} ; l’échéance passe au {then.fr}.",
                f"{said.en} is left out: {why.en}; the deadline goes to {then.en}.",
            )
            steps.append(DeadlineStep("roll", day, text, tuple(dict.fromkeys((*self.rule.of("holiday").citations, *cites)))))
        return tuple(steps)

    def _count_step(self, trigger: date, found: _End) -> DeadlineStep:
        number, last = counted(self.count, *_UNITS[self.unit]), spoken(found.last)
        cites: tuple[Citation, ...] = ()
        if self.unit == "business_days":
            cites = self.calendar.of_business_days(trigger)[0]
        elif self.unit == "months" and self.same_date(trigger) is None:
            cites = self.rule.of("months").citations
        text = Text(f"Le délai de {number.fr} mène au {last.fr}.", f"The period of {number.en} leads to {last.en}.")
        return DeadlineStep("count", found.last, text, cites)

    def _why(self, day: date) -> tuple[Text, tuple[Citation, ...]]:
        """Why a day is closed: the calendar's reason, or else the rule's."""
        holiday = self.calendar.why(day)
        if holiday is not None:
            return holiday.text, holiday.citations
        english, french = WEEKDAYS[day.weekday()]
        return Text(french, english.title()), self.rule.of("closed").citations

    def _caveats(self, trigger: date, found: _End) -> tuple[Caveat, ...]:
        caveats = [*self.rule.of("trigger").caveats]
        if self.unit == "business_days":
            caveats += self.calendar.of_business_days(trigger)[1]
        for day in (*found.skipped, *found.rolled):
            holiday = self.calendar.why(day)
            if holiday is not None and day.weekday() not in self.closed_weekdays:
                caveats += holiday.caveats
        if found.rolled:
            caveats += self.rule.of("holiday").caveats
            caveats += self._other_reading(found)
        if found.extended:
            caveats += self.rule.of("least").caveats
        if self.unit == "months" and self.same_date(trigger) is None:
            caveats += self.rule.of("months").caveats
        caveats += self.calendar.stale(found.end)
        return tuple(dict.fromkeys(caveats))

    def _other_reading(self, found: _End) -> list[Caveat]:
        """A notice when, by a reading the sources leave open, the deadline would have rolled further."""
        other = found.end
        while other.weekday() in self.avoided_weekdays or self.closed(other):
            other += ONE_DAY
        if other == found.end:
            return []
        said = spoken(other)
        text = Text(
            f"Selon une autre lecture, où le samedi n’est pas un jour ouvrable, l’échéance serait le {said.fr}.",
            f"By another reading, in which Saturday is no working day, the deadline would be {said.en}.",
        )
        return [Caveat("reading", self.rule.id or "rule", text)]
