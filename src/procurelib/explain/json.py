"""Answers and explanations as JSON-safe values, and back: each is the exact inverse of the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from types import NoneType
from typing import Any, Final, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has

from procurelib.citations import Citation
from procurelib.errors import Fault, InputError, InputTypeError
from procurelib.models.convert import Reader, is_mapping, is_tuple, read_day, read_fields, read_list, shown
from procurelib.money import Money, MoneyRange, rooted
from procurelib.rules.answer import (
    TRACE_FORMAT,
    Answer,
    Caveat,
    Doubts,
    Explanation,
    Gap,
    Outcome,
    Reasons,
    Status,
    Support,
    Territory,
    Text,
)
from procurelib.unknown import UNKNOWN


def write_answer(answer: Answer) -> dict[str, Any]:
    """The answer and its explanation as JSON-safe values.

    A value of a kind no answer has raises ``InputTypeError``.
    """
    written: dict[str, Any] = _codec(_Written).write(
        _Written(
            format=TRACE_FORMAT,
            question=answer.question,
            status=answer.status,
            value=answer.value,
            possible=answer.possible,
            missing=tuple(sorted(answer.missing)),
            gaps=answer.gaps,
            uncertain=tuple(answer.uncertain.items()),
            citations=answer.citations,
            caveats=answer.caveats,
            explanation=answer.explanation,
        )
    )
    return written


def read_answer(data: Mapping[str, Any]) -> Answer:
    """Read what ``write_answer`` wrote; all faults are reported together in ``InputError``, with paths from ``$``."""
    found: _Written = _codec(_Written).read(data)
    outcome = Outcome(found.question, found.status, found.value, found.possible, frozenset(found.missing))
    support = Support(found.citations, found.caveats, found.explanation)
    return Answer(outcome, reasons=Reasons(Doubts(found.gaps, dict(found.uncertain)), support))


def write_explanation(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON-safe values; a value of a kind no explanation has raises ``InputTypeError``."""
    written: dict[str, Any] = _codec(Explanation).write(explanation)
    return written


def read_explanation(data: Mapping[str, Any]) -> Explanation:
    """Read what ``write_explanation`` wrote; all faults are reported together, with paths from ``$``."""
    found: Explanation = _codec(Explanation).read(data)
    return found


R = TypeVar("R")


def write_record(record: Any) -> dict[str, Any]:
    """A result made of fields, such as a duty, as JSON-safe values."""
    kind: Any = type(record)
    written: dict[str, Any] = _codec(kind).write(record)
    return written


def read_record(cls: type[R], data: Mapping[str, Any]) -> R:
    """Read what ``write_record`` wrote; all faults are reported together, with paths from ``$``."""
    kind: Any = cls
    found: R = _codec(kind).read(data)
    return found


@frozen(kw_only=True)
class _Written:
    """An answer as it is written: its support is worked out, and what has no order is given one."""

    format: str
    question: str
    status: Status
    value: Any
    possible: frozenset[Any]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...]
    uncertain: tuple[tuple[Hashable, tuple[str, ...]], ...]
    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...]
    explanation: Explanation


# --- values of any kind: one that JSON lacks is a mapping with one key, which says what it is -----------------------


def _write_value(value: Any) -> Any:
    if value is None or isinstance(value, str | bool) or type(value) is int:
        return value
    if value is UNKNOWN:
        return {"unknown": True}
    if type(value) is date:
        return {"date": value.isoformat()}
    if isinstance(value, Decimal) and value.is_finite():
        return {"decimal": str(value)}
    if isinstance(value, Money):
        return {"money": value.to_dict()}
    if isinstance(value, MoneyRange):
        return {"money_range": value.to_dict()}
    if isinstance(value, Text):
        return {"text": _codec(Text).write(value)}
    if isinstance(value, Citation):
        return {"citation": _codec(Citation).write(value)}
    if isinstance(value, Territory):
        return {"territory": sorted(value.places)}
    if isinstance(value, frozenset):
        members: frozenset[Any] = value
        return {"set": sorted((_write_value(member) for member in members), key=_order)}
    if is_tuple(value):
        return {"tuple": [_write_value(item) for item in value]}
    expected = "a kind of value that answers are made of, such as an amount or a day"
    raise InputTypeError([Fault("$", shown(value), expected)])


def _order(written: Any) -> str:
    return json.dumps(written, sort_keys=True)


def _read_value(given: Any) -> Any:
    if given is None or isinstance(given, str | bool) or type(given) is int:
        return given
    if is_mapping(given) and len(given) == 1:
        ((kind, written),) = given.items()
        if kind in _READERS:
            try:
                return _READERS[kind](written)
            except InputError as error:
                raise rooted(error, kind) from None
    expected = f"text, a whole number, true, false, null, or a mapping with one key of {', '.join(_READERS)}"
    raise InputError([Fault("$", shown(given), expected)])


def _read_sign(given: Any) -> Any:
    if given is not True:
        raise InputError([Fault("$", shown(given), "true")])
    return UNKNOWN


def _read_day(given: Any) -> date:
    day = read_day(given)
    if day is None or day.isoformat() != given:
        raise InputError([Fault("$", shown(given), "a day written as 2026-02-28")])
    return day


def _read_decimal(given: Any) -> Decimal:
    try:
        number = Decimal(_read_text(given))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or str(number) != given:
        raise InputError([Fault("$", shown(given), "a decimal number as text, such as '1.05'")])
    return number


def _read_text(given: Any) -> str:
    if not isinstance(given, str):
        raise InputTypeError([Fault("$", shown(given), "text")])
    return given


def _read_record(cls: Any, given: Any) -> Any:
    return _codec(cls).read(given)


_READERS: Final[Mapping[str, Reader]] = {
    "unknown": _read_sign,
    "date": _read_day,
    "decimal": _read_decimal,
    "money": Money.from_dict,
    "money_range": MoneyRange.from_dict,
    "text": lambda given: _read_record(Text, given),
    "citation": lambda given: _read_record(Citation, given),
    "territory": lambda given: Territory(frozenset(read_list(_read_text)(given))),
    "set": lambda given: frozenset(read_list(_read_value)(given)),
    "tuple": read_list(_read_value),
}


# --- records: their fields say how they are written -----------------------------------------------------------------


@frozen
class _Codec:
    """How one type is written and read."""

    write: Callable[[Any], Any]
    read: Reader


_VALUE: Final = _Codec(_write_value, _read_value)


@cache
def _codec(hint: Any) -> _Codec:
    """The way a field of this type is written; a type of no fixed shape is written as a value of any kind."""
    parts = get_args(hint)
    if hint is str:
        return _Codec(_same, _read_text)
    if hint is date:
        return _Codec(date.isoformat, _read_day)
    if isinstance(hint, type) and has(hint):
        return _record(hint)
    if get_origin(hint) is Literal:
        return _Codec(_same, partial(_read_choice, parts))
    if get_origin(hint) is tuple:
        inner = [_codec(part) for part in parts if part is not Ellipsis]
        return _several(inner[0]) if Ellipsis in parts else _fixed(inner)
    if NoneType in parts and len(parts) == 2:
        inside = _codec(parts[0])
        return _Codec(
            lambda value: None if value is None else inside.write(value),
            lambda given: None if given is None else inside.read(given),
        )
    return _VALUE


def _same(value: Any) -> Any:
    return value


def _read_choice(choices: tuple[str, ...], given: Any) -> Any:
    if given not in choices:
        raise InputError([Fault("$", shown(given), f"one of {', '.join(choices)}")])
    return given


def _read_format(given: Any) -> str:
    if given != TRACE_FORMAT:
        remedy = "Read it with the version of the library that wrote it."
        raise InputError([Fault("$", shown(given), repr(TRACE_FORMAT), remedy)])
    return TRACE_FORMAT


def _several(inner: _Codec) -> _Codec:
    return _Codec(lambda values: [inner.write(v) for v in values], read_list(inner.read))


def _fixed(inner: list[_Codec]) -> _Codec:
    def read(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list | tuple) or len(cast("list[Any]", given)) != len(inner):
            raise InputError([Fault("$", shown(given), f"a list of {len(inner)}")])
        return tuple(codec.read(item) for codec, item in zip(inner, cast("list[Any]", given), strict=True))

    return _Codec(lambda values: [c.write(v) for c, v in zip(inner, values, strict=True)], read)


def _record(cls: type[Any]) -> _Codec:
    hints = get_type_hints(cls)
    names = [attribute.name for attribute in fields(cls)]

    def write(record: Any) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for name in names:
            try:
                out[name] = _codec(hints[name]).write(getattr(record, name))
            except InputError as error:
                raise rooted(error, name) from None
        return out

    def read(given: Any) -> Any:
        readers = {name: _read_format if name == "format" else _codec(hints[name]).read for name in names}
        return read_fields(cls, given, readers)

    return _Codec(write, read)
