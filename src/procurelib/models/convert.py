"""What every noun shares: gathering the faults of an input, and turning nouns to JSON-safe values and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeGuard, TypeVar, cast

from attrs import NOTHING, AttrsInstance, fields

from procurelib.citations import Text
from procurelib.errors import Fault, InputError, InputTypeError
from procurelib.models.categories import near
from procurelib.money import Money, MoneyRange, rooted
from procurelib.unknown import UNKNOWN, Unknown

T = TypeVar("T")
Reader = Callable[[Any], Any]

_LONGEST = 120


def shown(value: object) -> str:
    """Return the ``repr`` of a value, cut where a person would stop reading."""
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Faults:
    """The faults of one input, gathered so that all of them are reported together."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self._of_type = True

    def add(self, path: str, value: object, expected: str, remedy: str = "") -> None:
        """Note a value that is of the right type but cannot be right."""
        self.found.append(Fault(path, shown(value), expected, remedy))
        self._of_type = False

    def add_type(self, path: str, value: object, expected: str, remedy: str = "") -> None:
        """Note a value of the wrong type."""
        self.found.append(Fault(path, shown(value), expected, remedy))

    def add_unknown_code(self, path: str, value: str, known: tuple[str, ...], what: str) -> None:
        """Note a code that is not in a closed list, with those it resembles."""
        close = near(value, known)
        remedy = f"Did you mean {' or '.join(repr(code) for code in close)}?" if close else f"They are {', '.join(known)}."
        self.add(path, value, what, remedy)

    def day(self, path: str, value: object, *, optional: bool = False) -> bool:
        """Check a ``date`` that is not a ``datetime``; say whether it is one."""
        if isinstance(value, datetime):
            self.add_type(path, value, "a date without a time of day", "Use .date() after choosing the time zone.")
        elif isinstance(value, date):
            return True
        elif not (optional and value is None):
            self.add_type(path, value, "a datetime.date", "Write date(year, month, day).")
        return False

    def text(self, path: str, value: object, *, optional: bool = True) -> bool:
        """Check a ``str`` that is not blank; say whether it is one."""
        if isinstance(value, str):
            if value.strip():
                return True
            self.add(path, value, "text that is not blank")
        elif not (optional and value is None):
            self.add_type(path, value, "a str")
        return False

    def both(self, path: str, value: object, *, optional: bool = True) -> None:
        """Check a ``Text`` that is blank in neither language."""
        if isinstance(value, Text):
            self.text(f"{path}.fr", value.fr, optional=False)
            self.text(f"{path}.en", value.en, optional=False)
        elif not (optional and value is None):
            self.add_type(path, value, "a Text in both languages", "Write Text('en français', 'in English').")

    def code(self, path: str, value: object, known: tuple[str, ...], what: str, *, optional: bool = False) -> bool:
        """Check a code of a closed list; say whether it is one."""
        if value in known:
            return True
        if not (optional and value is None):
            self.add_unknown_code(path, str(value), known, what)
        return False

    def count(self, path: str, value: object, *, at_least: int = 0) -> None:
        """Check a whole number that is not below another, or ``None``."""
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < at_least):
            self.add_type(path, value, f"a whole number of {at_least} or more, or None")

    def all_are(self, path: str, value: object, kind: type) -> bool:
        """Check a sequence whose items are all of one kind; say whether it is."""
        if not is_tuple(value):
            self.add_type(path, value, f"a sequence of {kind.__name__}")
            return False
        wrong = [(place, item) for place, item in enumerate(value) if not isinstance(item, kind)]
        for place, item in wrong:
            self.add_type(f"{path}[{place}]", item, f"a {kind.__name__}")
        return not wrong

    def flag(self, path: str, value: object, *, unknown: bool = False) -> None:
        """Check ``True`` or ``False``, or ``UNKNOWN`` where a fact may be."""
        if not (isinstance(value, bool) or (unknown and value is UNKNOWN)):
            expected = "True, False or UNKNOWN" if unknown else "True or False"
            self.add_type(path, value, expected, "Write it without quotes.")

    def refuse(self) -> None:
        """Raise what was found, if anything was."""
        if self.found:
            raise (InputTypeError if self._of_type else InputError)(self.found)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Tell whether a value is a tuple, of whatever."""
    return isinstance(value, tuple)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Tell whether a value is a mapping, of whatever."""
    return isinstance(value, Mapping)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Tell whether a value holds items, and is neither a text nor a mapping."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def tuple_if_iterable(given: Any) -> Any:
    """Return a tuple of what an iterable holds, and anything else untouched for the checks to name."""
    return tuple(given) if is_iterable(given) else given


def write(value: Any) -> Any:
    """Return a field's value as JSON-safe values."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if value is UNKNOWN:
        return {"unknown": True}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Text):
        return {"fr": value.fr, "en": value.en}
    if is_mapping(value):
        return {key: write(item) for key, item in value.items()}
    if is_tuple(value):
        return [write(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    return value.to_dict()


def write_fields(noun: AttrsInstance) -> dict[str, Any]:
    """Return a noun's fields, in their order, as JSON-safe values."""
    names = [attribute.alias or attribute.name for attribute in fields(type(noun)) if attribute.init]
    return {name: write(getattr(noun, name)) for name in names}


def read_fields(cls: type[T], data: Any, readers: Mapping[str, Reader]) -> T:
    """Build a noun from what ``write_fields`` wrote.

    A key that is not a field is a fault, and so is the absence of a field that has no default. Every fault of the
    dictionary is reported together, with its path from ``$``; then the noun's own checks are.
    """
    attributes = {a.alias or a.name: a.default for a in fields(cast("type[AttrsInstance]", cls)) if a.init}
    if not is_mapping(data):
        raise InputTypeError([Fault("$", shown(data), f"a mapping with the keys {', '.join(attributes)}")])
    faults = Faults()
    for key, value in data.items():
        if key not in attributes:
            close = near(str(key), tuple(attributes))
            faults.add(
                f"$.{key}",
                value,
                f"only the keys {', '.join(attributes)}",
                f"Did you mean {close[0]}?" if close else "",
            )
    values: dict[str, Any] = {}
    for key, default in attributes.items():
        if key in data:
            try:
                values[key] = readers.get(key, read_plain)(data[key])
            except InputError as error:
                for fault in rooted(error, key).faults:
                    faults.found.append(fault)
        elif default is NOTHING:
            faults.found.append(Fault(f"$.{key}", "nothing", "a value under this key"))
    if faults.found:
        raise InputError(faults.found)
    try:
        return cls(**values)
    except InputError as error:
        raise rooted(error) from None


def read_plain(given: Any) -> Any:
    """Read a value that JSON holds as it is, or ``UNKNOWN``."""
    return UNKNOWN if given == {"unknown": True} else given


def read_day(given: Any) -> date | None:
    """Read a day written as year-month-day, or none."""
    if given is None:
        return None
    try:
        day = date.fromisoformat(given)
    except (TypeError, ValueError):
        day = None
    if day is None or day.isoformat() != given:
        raise InputError([Fault("$", shown(given), "a day written as 2026-02-28")])
    return day


def read_text(given: Any) -> Text | None:
    """Read a text in both languages, or none."""
    return None if given is None else read_fields(Text, given, {})


def read_optional(read: Reader) -> Reader:
    """Return a reader that lets none through."""
    return lambda given: None if given is None else read(given)


def read_money(given: Any) -> Money | None:
    """Read an amount, or none."""
    return None if given is None else Money.from_dict(given)


def read_estimate(given: Any) -> Money | MoneyRange | Unknown:
    """Read an amount, a range of amounts, or ``UNKNOWN``."""
    if given == {"unknown": True}:
        return UNKNOWN
    if is_mapping(given) and "low" in given:
        return MoneyRange.from_dict(given)
    return Money.from_dict(given)


def read_list(read: Reader) -> Reader:
    """Return a reader of lists whose faults say at which place they are."""

    def read_all(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, (list, tuple)):
            raise InputTypeError([Fault("$", shown(given), "a list")])
        items: list[Any] = []
        faults: list[Fault] = []
        for place, item in enumerate(cast("list[Any]", given)):
            try:
                items.append(read(item))
            except InputError as error:
                faults += [Fault(f"$[{place}]{f.path[1:]}", f.value, f.expected, f.remedy) for f in error.faults]
        if faults:
            raise InputError(faults)
        return tuple(items)

    return read_all
