"""The faults of one input, gathered so that all of them are reported together."""

from __future__ import annotations

from datetime import date, datetime
from typing import final

from procurelib.errors import Fault, InputError, InputTypeError


@final
class Faults:
    """What is wrong with one input; ``refuse`` raises all of it, as ``InputTypeError`` when only types are."""

    def __init__(self) -> None:
        self._found: list[Fault] = []
        self._of_type = True

    def add(self, path: str, value: object, expected: str, remedy: str = "", *, of_type: bool = False) -> None:
        """Note one fault; ``of_type`` when it is the type of the value that is wrong."""
        self._found.append(Fault(path, repr(value), expected, remedy))
        self._of_type = self._of_type and of_type

    def day(self, path: str, value: object) -> bool:
        """Check a ``date`` that is not a ``datetime``; say whether it is one."""
        if isinstance(value, datetime):
            remedy = "The law counts whole days; say which day you mean with .date()."
            self.add(path, value, "a datetime.date", remedy, of_type=True)
            return False
        if not isinstance(value, date):
            self.add(path, value, "a datetime.date", of_type=True)
            return False
        return True

    def number(self, path: str, value: object, least: int, remedy: str = "") -> None:
        """Check a whole number that is not below a bound."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.add(path, value, "a whole number", of_type=True)
        elif value < least:
            self.add(path, value, f"{least} or more", remedy)

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        if self._found:
            raise (InputTypeError if self._of_type else InputError)(self._found)
