"""From the plain form of the book's files, checked before, to values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias, cast

from procurelib.citations import Citation, Instrument
from procurelib.dated import GapEntry, Parameter, Reading, Value, Version
from procurelib.money import Money

Plain: TypeAlias = dict[str, Any]

INSTRUMENTS_FILE: Final = "instruments.toml"
WHOLE: Final = frozenset({"days", "business_days", "months", "years", "count", "points"})
EXACT: Final = frozenset({"factor", "percent"})


def build_instrument(id: str, plain: Plain) -> Instrument:
    """Return the instrument a plain form describes."""
    return Instrument(
        id=id,
        title_fr=plain["title"]["fr"],
        title_en=plain["title"]["en"],
        short_fr=plain["short"]["fr"],
        short_en=plain["short"]["en"],
        kind=plain["kind"],
        identifier=plain["identifier"],
        url=plain.get("url"),
    )


def _citations(cites: Iterable[list[str]], instruments: Mapping[str, Plain], jurisdiction: str) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            instrument=instrument if "/" in instrument else f"{jurisdiction}/{instrument}",
            short_fr=instruments[instrument]["short"]["fr"],
            short_en=instruments[instrument]["short"]["en"],
            at_fr=at_fr,
            at_en=at_en,
        )
        for instrument, at_fr, at_en in cites
    )


def _reader_of_values(unit: str, tax: Literal["excluded", "included", "net"] | None) -> Callable[[Any], Value]:
    if tax is not None:
        basis, currency = tax, cast("Literal['CAD', 'EUR']", unit)
        return lambda given: Money(given, currency, tax=basis)
    if unit in WHOLE:
        return int
    if unit in EXACT:
        return Decimal
    if unit == "date":
        return date.fromisoformat
    if unit == "codes":
        return tuple
    if unit == "provision":
        return lambda _: None
    return str


def _day(plain: Plain, name: str) -> date | None:
    return date.fromisoformat(plain[name]) if name in plain else None


def _after(plain: Plain, name: str) -> date | None:
    """Return the day after a last day."""
    last = _day(plain, name)
    return None if last is None else last + timedelta(days=1)


def build_parameter(id: str, plain: Plain, instruments: Mapping[str, Plain]) -> Parameter:
    """Return the parameter a plain form describes; the form has been checked before."""
    jurisdiction = id.partition("/")[0]
    value_of = _reader_of_values(plain["unit"], plain.get("tax"))
    starts = sorted(date.fromisoformat(span["from"]) for span in (*plain["version"], *plain.get("gap", ())))
    repeal = plain.get("repeal")
    repealed = None if repeal is None else date.fromisoformat(repeal["on"])
    versions: list[Version] = []
    for v in plain["version"]:
        start = date.fromisoformat(v["from"])
        later = [day for day in starts if day > start]
        window = v.get("from_window")
        between = v.get("between")
        note, label = v.get("note", {}), v.get("label", {})
        versions.append(
            Version(
                value=value_of(v.get("value")),
                start=start,
                end=later[0] if later else repealed,
                citations=_citations(v["cite"], instruments, jurisdiction),
                source=v["source"],
                confidence=v["confidence"],
                checked=date.fromisoformat(v["checked"]),
                published=_day(v, "published"),
                from_confidence=v.get("from_confidence"),
                from_window=(date.fromisoformat(window[0]), date.fromisoformat(window[1])) if window else None,
                known_until=_day(v, "known_until"),
                same_as=v.get("same_as"),
                between=(value_of(between[0]), value_of(between[1])) if between else None,
                scope=v.get("scope"),
                note_fr=note.get("fr"),
                note_en=note.get("en"),
                label_fr=label.get("fr"),
                label_en=label.get("en"),
            )
        )
    ends = {version.end for version in versions}
    return Parameter(
        id=id,
        title_fr=plain["title"]["fr"],
        title_en=plain["title"]["en"],
        unit=plain["unit"],
        tax=plain.get("tax"),
        versions=tuple(versions),
        gaps=tuple(
            GapEntry(
                start=date.fromisoformat(g["from"]),
                end=_after(g, "until"),
                reason_fr=g["reason"]["fr"],
                reason_en=g["reason"]["en"],
                held_before=date.fromisoformat(g["from"]) in ends,
            )
            for g in plain.get("gap", ())
        ),
        readings=tuple(
            Reading(
                id=r["id"],
                value=value_of(r.get("value")),
                label_fr=r["label"]["fr"],
                label_en=r["label"]["en"],
                why_fr=r["why"]["fr"],
                why_en=r["why"]["en"],
                source=r["source"],
                start=date.fromisoformat(r["from"]),
                end=_after(r, "until"),
                default=r["default"],
            )
            for r in plain.get("reading", ())
        ),
        repealed=repealed,
        repeal_citations=() if repeal is None else _citations(repeal["cite"], instruments, jurisdiction),
        note_fr=plain.get("note", {}).get("fr"),
        note_en=plain.get("note", {}).get("en"),
    )
