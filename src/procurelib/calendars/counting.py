"""How a period is counted, as data: which of its ends are counted, and what happens when it ends on a holiday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias, final

from attrs import frozen

from procurelib.calendars.days import WEEKDAYS, weekday
from procurelib.calendars.faults import Faults
from procurelib.calendars.holidays import doubts, statutes
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat, as_date
from procurelib.errors import Fault, InputTypeError, UnknownId
from procurelib.law import law

Roll: TypeAlias = Literal["forward", "none"]
MonthEnd: TypeAlias = Literal["refuse", "last_day"]
Part: TypeAlias = Literal["trigger", "holiday", "closed", "months", "least"]


@final
@frozen
class Basis:
    """Where one part of a counting rule is written, and the reasons to be careful with it."""

    part: Part
    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...] = ()


@final
@frozen(kw_only=True)
class CountingRule:
    """How a period is counted.

    ``first_in`` says whether the day that triggers the period counts, ``last_in`` whether the last day is the deadline
    (else it is the day after it: so many *clear* days lie between). ``roll`` says what happens when the deadline is a
    holiday: it goes ``forward`` to the first day that is none, or stays (``none``). ``closed`` are days of the week that
    the rule itself treats as holidays; ``month_end`` says what a period of months does when its last date does not
    exist: it is refused, or ends on the last day of the month. A period of two days or more contains at least
    ``least`` days that are not holidays. ``avoided`` are days of the week on which, by a competing reading, a deadline
    that rolls does not land. ``basis`` says where each part is written; a rule of your own needs none.

    >>> CountingRule(first_in=False, last_in=True, roll="forward").month_end
    'refuse'
    """

    first_in: bool
    last_in: bool
    roll: Roll
    closed: frozenset[str] = frozenset()
    month_end: MonthEnd = "refuse"
    least: int = 0
    avoided: frozenset[str] = frozenset()
    id: str | None = None
    title: Text | None = None
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        given: dict[str, object] = {name: getattr(self, name) for name in ("first_in", "last_in", "closed", "avoided")}
        faults = Faults()
        for name in ("first_in", "last_in"):
            if not isinstance(given[name], bool):
                faults.add(name, given[name], "True or False", of_type=True)
        if self.roll not in ("forward", "none"):
            faults.add("roll", self.roll, "'forward' or 'none'")
        if self.month_end not in ("refuse", "last_day"):
            faults.add("month_end", self.month_end, "'refuse' or 'last_day'")
        for name in ("closed", "avoided"):
            codes = given[name]
            if not isinstance(codes, frozenset) or any(weekday(str(code)) is None for code in codes):
                faults.add(name, codes, "a frozenset of days of the week, such as {'saturday', 'sunday'}")
            elif len(codes) == len(WEEKDAYS):
                faults.add(name, sorted(codes), "at least one day of the week left")
        faults.number("least", self.least, 0)
        faults.refuse()

    def of(self, part: Part) -> Basis:
        """Where one part of the rule is written; nothing, for a rule of your own."""
        return next((basis for basis in self.basis if basis.part == part), Basis(part, ()))


_PARTS: Final[tuple[Part, ...]] = ("trigger", "holiday", "closed", "months", "least")
# What each code of the book means: the arguments it sets.
_MEANINGS: Final[Mapping[str, Mapping[str, Any]]] = {
    "not_counted": {"first_in": False},
    "next_day_not_holiday": {"roll": "forward"},
    "next_working_day": {"roll": "forward"},
    "last_day_of_month": {"month_end": "last_day"},
}
_OFFICE_DAYS_ONLY: Final = "next_weekday_not_holiday"
_CLEAR_DAYS: Final = CountingRule(
    first_in=False,
    last_in=False,
    roll="none",
    id="clear-days",
    title=Text(
        "jours francs : ni le jour de départ ni celui de l’échéance ne sont comptés, et un jour férié ne déplace rien",
        "clear days: neither the first day nor the last one is counted, and a holiday moves nothing",
    ),
)


@final
class CountingRules(Mapping[str, "StatedRule"]):
    """The counting rules this library ships, by the name of their text; another name raises ``UnknownId``.

    >>> sorted(counting_rules)
    ['ca-qc/I-16-52', 'clear-days', 'eu/1182-71']
    >>> counting_rules["clear-days"].on(date(2026, 1, 5)).last_in
    False
    """

    def __getitem__(self, id: str) -> StatedRule:
        if id not in self:
            from difflib import get_close_matches

            raise UnknownId("counting rule", id, get_close_matches(str(id), list(self), n=3, cutoff=0.4))
        return StatedRule(id)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and (id == _CLEAR_DAYS.id or id in statutes()["rule"])

    def __iter__(self) -> Iterator[str]:
        yield "clear-days"
        yield from statutes()["rule"]

    def __len__(self) -> int:
        return len(statutes()["rule"]) + 1


@final
@frozen
class StatedRule:
    """A counting rule of the book, whose parts may change with time: ``on`` gives that of a day."""

    id: str

    def on(self, day: date) -> CountingRule:
        """The rule as it stands on a day; before its first version ``NotYetInForce`` is raised."""
        as_date(day)
        if self.id == _CLEAR_DAYS.id:
            return _CLEAR_DAYS
        stated = statutes()["rule"][self.id]
        set_by_book: dict[str, Any] = {}
        basis: list[Basis] = []
        for part in _PARTS:
            if part not in stated:
                continue
            entry = law[stated[part]]
            version = entry.on(day)
            basis.append(Basis(part, version.citations, doubts(entry, version)))
            if part == "closed":
                set_by_book["closed"] = frozenset(version.value if isinstance(version.value, tuple) else ())
            elif part == "least":
                set_by_book["least"] = version.value
            else:
                set_by_book.update(_MEANINGS[str(version.value)])
            if any(r.value == _OFFICE_DAYS_ONLY for r in entry.readings_on(day)):
                set_by_book["avoided"] = frozenset({"saturday"})
        title = Text(stated["title"]["fr"], stated["title"]["en"])
        return CountingRule(last_in=True, id=self.id, title=title, basis=tuple(basis), **set_by_book)


counting_rules: Final = CountingRules()


def rule_of(given: object, day: date) -> CountingRule:
    """The rule that an argument names, as it stands on a day."""
    if isinstance(given, CountingRule):
        return given
    if isinstance(given, str):
        return counting_rules[given].on(day)
    raise InputTypeError([Fault("rule", repr(given), "the id of a counting rule, or a CountingRule")])
