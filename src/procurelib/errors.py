"""Every exception of the library, each with its data in attributes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen


class ProcurelibError(Exception):
    """The root of every error this library raises on purpose."""


@frozen
class Fault:
    """One thing wrong with one input.

    ``path`` says where (``lots[1].value``), ``value`` what was given, ``expected`` what would have been
    right, ``remedy`` what to do about it.
    """

    path: str
    value: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.path}: got {self.value}; expected {self.expected}"
        return f"{text}. {self.remedy}" if self.remedy else text


class InputError(ProcurelibError, ValueError):
    """A badly formed input; ``faults`` lists everything wrong with it, not only the first thing."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(f) for f in self.faults)


class InputTypeError(InputError, TypeError):
    """A badly formed input whose fault is its type."""


class CurrencyMismatch(ProcurelibError, TypeError):
    """Two amounts that cannot be compared: another currency, or another tax basis."""

    def __init__(self, left: str, right: str) -> None:
        self.left = left
        self.right = right
        super().__init__(left, right)

    def __str__(self) -> str:
        return (
            f"cannot compare or add {self.left} and {self.right}; give both in the same currency and tax basis "
            "(nothing is converted silently)"
        )


class UnknownId(ProcurelibError, KeyError):
    """An identifier that names nothing; ``near`` holds the closest ones that exist."""

    def __init__(self, kind: str, id: str, near: Iterable[str] = ()) -> None:
        self.kind = kind
        self.id = id
        self.near: tuple[str, ...] = tuple(near)
        super().__init__(kind, id, self.near)

    def __str__(self) -> str:
        hint = f"; did you mean {', '.join(self.near)}?" if self.near else ""
        return f"no {self.kind} is called {self.id!r}{hint}"


class _Outside(ProcurelibError, LookupError):
    """A date outside the days on which a value or a table holds."""

    _verb = ""

    def __init__(self, id: str, on: date, first: date | None, last: date | None) -> None:
        self.id = id
        self.on = on
        self.first = first
        self.last = last
        super().__init__(id, on, first, last)

    def __str__(self) -> str:
        first = self.first.isoformat() if self.first else "an unknown day"
        last = self.last.isoformat() if self.last else "no known end"
        return f"{self.id} {self._verb} on {self.on.isoformat()}: it covers {first} to {last}; ask for a day inside that span"


class NotYetInForce(_Outside):
    """The date is before the first day covered."""

    _verb = "is not yet in force"


class NoLongerInForce(_Outside):
    """The date is after the last day covered."""

    _verb = "is no longer in force"


class AmbiguousDate(ProcurelibError, ValueError):
    """A period in months whose last date does not exist, such as one month from 31 January.

    ``candidates`` are the days it could mean: the last day of the month, and the day after.
    """

    def __init__(self, trigger: date, months: int, candidates: Iterable[date]) -> None:
        self.trigger = trigger
        self.months = months
        self.candidates: tuple[date, ...] = tuple(candidates)
        super().__init__(trigger, months, self.candidates)

    def __str__(self) -> str:
        days = " or ".join(day.isoformat() for day in self.candidates)
        return (
            f"{self.months} month(s) from {self.trigger.isoformat()} has no date of its own: it could end on {days}; "
            "count in days, or give a rule that says which (month_end='last_day')"
        )


class LawFileError(ProcurelibError):
    """A malformed file of the law book, refused with file, key path and reason."""

    def __init__(self, path: str, key: str, reason: str, line: int | None = None) -> None:
        self.path = path
        self.key = key
        self.reason = reason
        self.line = line
        super().__init__(path, key, reason, line)

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.key or '(file)'}: {self.reason}"


class TableError(ProcurelibError, ValueError):
    """A table that cannot be compiled, or whose check found something."""

    def __init__(self, table: str, findings: Iterable[object]) -> None:
        self.table = table
        self.findings: tuple[object, ...] = tuple(findings)
        super().__init__(table, self.findings)

    def __str__(self) -> str:
        return f"table {self.table}: " + "; ".join(str(f) for f in self.findings)


class MissingExtra(ProcurelibError, ImportError):
    """An optional dependency that is not installed."""

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(extra)

    def __str__(self) -> str:
        return f"this needs an optional dependency: pip install 'procurelib[{self.extra}]'"
