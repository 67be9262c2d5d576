"""Legal calendars, deadlines and reporting periods; the package itself answers like its calendars.

``calendars["ca-qc/I-16"]`` works whether the name was reached as one of ``procurelib`` or as a module.
"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from procurelib.calendars.counting import CountingRule, counting_rules
from procurelib.calendars.deadlines import Deadline, DeadlineStep, deadline
from procurelib.calendars.holidays import Calendar, Holiday, calendars
from procurelib.calendars.periods import ReportingPeriod, reporting_periods


class _CalendarsModule(ModuleType):
    """A module that passes on to its calendars what is asked of it as a mapping."""

    def __getitem__(self, id: str) -> Calendar:
        return calendars[id]

    def __contains__(self, id: object) -> bool:
        return id in calendars

    def __iter__(self) -> Iterator[str]:
        return iter(calendars)

    def __len__(self) -> int:
        return len(calendars)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(calendars, name)


sys.modules[__name__].__class__ = _CalendarsModule

__all__ = [
    "Calendar",
    "CountingRule",
    "Deadline",
    "DeadlineStep",
    "Holiday",
    "ReportingPeriod",
    "calendars",
    "counting_rules",
    "deadline",
    "reporting_periods",
]
