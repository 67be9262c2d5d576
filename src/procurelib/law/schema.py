"""The shape of the book's files: strict reading of TOML into one plain form, with every fault reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, cast, final

from procurelib.dated import CONFIDENCES, UNITS, WEAK
from procurelib.errors import LawFileError
from procurelib.law.build import EXACT, INSTRUMENTS_FILE, WHOLE, Plain
from procurelib.money import CURRENCIES, TAX_BASES

KINDS: Final = ("act", "regulation", "order", "agreement", "case", "publication")

_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ADDRESS: Final = re.compile(r"https?://\S+")

_PARAMETER: Final = frozenset({"title", "unit", "tax", "note", "version", "gap", "reading", "repeal"})
_VERSION_NEEDS: Final = frozenset({"from", "source", "confidence", "checked", "cite"})
_VERSION_MAY: Final = frozenset(
    {
        "amount",
        "value",
        "values",
        "published",
        "from_confidence",
        "from_window",
        "known_until",
        "same_as",
        "between",
        "scope",
        "note",
        "label",
    }
)
_GAP_NEEDS: Final = frozenset({"from", "reason"})
_READING_NEEDS: Final = frozenset({"id", "from", "label", "why", "source", "default"})
_INSTRUMENT_NEEDS: Final = frozenset({"title", "short", "kind", "identifier"})


@final
class Decimals(str):
    """A number written with a point outside quotes, kept as text so that it can be refused."""

    __slots__ = ()


@final
class Faults:
    """What is wrong with the files read so far; they are reported together."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, str]] = []

    def add(self, path: str, key: str, reason: str) -> None:
        """Note one fault at a key of a file."""
        self._found.append((path, key, reason))

    def raise_all(self) -> None:
        """Raise one ``LawFileError`` for everything noted; nothing happens when nothing was."""
        if not self._found:
            return
        (path, key, reason), *others = self._found
        lines = [reason, *(f"{p}: {k or '(file)'}: {r}" for p, k, r in others)]
        raise LawFileError(path, key, "\n".join(lines))


@final
class _Reader:
    """Reads one table of one file; every complaint carries the file and the key path."""

    def __init__(self, faults: Faults, path: str, table: object, key: str) -> None:
        self.faults = faults
        self.path = path
        self.key = key
        self.table: dict[str, Any] = {}
        if isinstance(table, dict):
            self.table = cast("dict[str, Any]", table)
        else:
            self.wrong("", f"expected a table, got {table!r}")

    def wrong(self, name: str, reason: str) -> None:
        key = f"{self.key}.{name}" if name and self.key else name or self.key
        self.faults.add(self.path, key, reason)

    def keys(self, needs: Iterable[str], may: Iterable[str] = ()) -> None:
        needed, allowed = set(needs), set(needs) | set(may)
        for name in sorted(needed - self.table.keys()):
            self.wrong(name, "this key is required")
        for name in sorted(self.table.keys() - allowed):
            self.wrong(name, f"unknown key; allowed here: {', '.join(sorted(allowed))}")

    def text(self, name: str) -> str:
        given = self.table.get(name)
        if isinstance(given, str) and not isinstance(given, Decimals) and given.strip():
            return given
        if name in self.table:
            self.wrong(name, f"expected text in quotes, not empty; got {given!r}")
        return ""

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        given, choices = self.text(name), tuple(allowed)
        if given and given not in choices:
            self.wrong(name, f"got {given!r}; expected one of {', '.join(choices)}")
        return given

    def day(self, name: str) -> date | None:
        if name not in self.table:
            return None
        return self._day(name, self.table[name])

    def _day(self, name: str, given: object) -> date | None:
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        self.wrong(name, f"expected a date without quotes and without a time, such as 2024-01-31; got {given!r}")
        return None

    def days(self, name: str) -> tuple[date, date] | None:
        given = self.table.get(name)
        if not isinstance(given, list) or len(cast("list[object]", given)) != 2:
            self.wrong(name, f"expected two dates in brackets; got {given!r}")
            return None
        first, last = (self._day(name, item) for item in cast("list[object]", given))
        if first is None or last is None:
            return None
        if first > last:
            self.wrong(name, f"the first day, {first}, is after the last, {last}")
            return None
        return first, last

    def both(self, name: str) -> Plain | None:
        """Read a text that has to be given in both languages."""
        if name not in self.table:
            return None
        inner = _Reader(self.faults, self.path, self.table[name], f"{self.key}.{name}")
        inner.keys(("fr", "en"))
        return {"fr": inner.text("fr"), "en": inner.text("en")}

    def tables(self, name: str) -> list[_Reader]:
        given = self.table.get(name, [])
        if not isinstance(given, list):
            self.wrong(name, f"expected a list of tables ([[{self.key}.{name}]]); got {given!r}")
            return []
        items = cast("list[object]", given)
        return [_Reader(self.faults, self.path, item, f"{self.key}.{name}[{n}]") for n, item in enumerate(items)]

    def number(self, name: str, given: object, unit: str) -> str | None:
        """Read an exact number as text; a number with a point has to be in quotes."""
        if isinstance(given, Decimals):
            self.wrong(name, f'put a number with a point in quotes: "{given}"')
        elif isinstance(given, int) and not isinstance(given, bool) and given >= 0:
            return str(given)
        elif isinstance(given, str) and _NUMBER.fullmatch(given) and unit not in WHOLE:
            return given
        else:
            kind = "a whole number" if unit in WHOLE else "a whole number, or an exact one in quotes"
            self.wrong(name, f"expected {kind}, zero or more; got {given!r}")
        return None


def read_toml(path: Path) -> dict[str, Any]:
    """Return the tables of a file; a mistake of syntax raises ``LawFileError`` with its line."""
    import tomllib

    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise LawFileError(str(path), "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LawFileError(str(path), "", "is not UTF-8 text") from error
    try:
        return tomllib.loads(text, parse_float=Decimals)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise LawFileError(str(path), "", str(error), int(found[1]) if found else None) from error


def plain_instruments(faults: Faults, path: str, tables: Mapping[str, Any]) -> dict[str, Plain]:
    """Read the instruments of one file into the plain form."""
    found: dict[str, Plain] = {}
    for name, table in tables.items():
        reader = _Reader(faults, path, table, name)
        reader.keys(_INSTRUMENT_NEEDS, ("url",))
        plain: Plain = {
            "title": reader.both("title"),
            "short": reader.both("short"),
            "kind": reader.one_of("kind", KINDS),
            "identifier": reader.text("identifier"),
        }
        if "url" in reader.table:
            plain["url"] = reader.text("url")
            if plain["url"] and not _ADDRESS.fullmatch(plain["url"]):
                reader.wrong("url", f"expected an address that begins with http; got {plain['url']!r}")
        found[name] = plain
    return found


@final
class Instruments:
    """The instruments a jurisdiction may cite: its own, and those of a jurisdiction beside it once one is cited."""

    def __init__(self, faults: Faults, folder: Path) -> None:
        self._faults = faults
        self._folder = folder
        self._by_jurisdiction: dict[str, dict[str, Plain]] = {}
        self._cited: set[str] = set()
        self._of("")

    def _of(self, jurisdiction: str) -> dict[str, Plain]:
        known = self._by_jurisdiction.get(jurisdiction)
        if known is None:
            folder = self._folder.parent / jurisdiction if jurisdiction else self._folder
            path = folder / INSTRUMENTS_FILE
            known = plain_instruments(self._faults, str(path), read_toml(path)) if path.is_file() else {}
            self._by_jurisdiction[jurisdiction] = known
        return known

    def __contains__(self, id: object) -> bool:
        jurisdiction, slash, name = str(id).rpartition("/")
        if slash and not _KEY.fullmatch(jurisdiction):
            return False
        self._cited.add(str(id))
        return name in self._of(jurisdiction)

    def needed(self) -> dict[str, Plain]:
        """Return the jurisdiction's own instruments and the others that are cited, by the name they are cited by."""
        found = {
            f"{jurisdiction}/{name}" if jurisdiction else name: plain
            for jurisdiction, plains in self._by_jurisdiction.items()
            for name, plain in plains.items()
        }
        return {name: plain for name, plain in sorted(found.items()) if "/" not in name or name in self._cited}


def plain_parameters(faults: Faults, path: str, tables: Mapping[str, Any], instruments: Instruments) -> dict[str, Plain]:
    """Read the parameters of one file into the plain form."""
    found: dict[str, Plain] = {}
    for name, table in tables.items():
        reader = _Reader(faults, path, table, name)
        if not _KEY.fullmatch(name):
            reader.wrong("", "an id is made of lower-case words joined by hyphens")
        found[name] = _plain_parameter(reader, instruments)
    return found


def _plain_parameter(reader: _Reader, instruments: Instruments) -> Plain:
    reader.keys(("title", "unit"), _PARAMETER)
    unit = reader.one_of("unit", UNITS)
    plain: Plain = {"title": reader.both("title"), "unit": unit}
    if unit in CURRENCIES:
        if "tax" not in reader.table:
            reader.wrong("tax", f"an amount of money says on which basis it is stated: {', '.join(TAX_BASES)}")
        plain["tax"] = reader.one_of("tax", TAX_BASES)
    elif "tax" in reader.table:
        reader.wrong("tax", "only an amount of money has a tax basis")
    if "note" in reader.table:
        plain["note"] = reader.both("note")
    plain["version"] = [_plain_version(r, unit, instruments) for r in reader.tables("version")]
    if gaps := [_plain_gap(r) for r in reader.tables("gap")]:
        plain["gap"] = gaps
    if readings := [_plain_reading(r, unit) for r in reader.tables("reading")]:
        plain["reading"] = readings
    if "repeal" in reader.table:
        inner = _Reader(reader.faults, reader.path, reader.table["repeal"], f"{reader.key}.repeal")
        inner.keys(("on", "cite"))
        plain["repeal"] = {"on": _iso(inner.day("on")), "cite": _plain_cites(inner, instruments)}
    if not plain["version"] and not gaps:
        reader.wrong("", "has neither a version nor a gap")
    _check_time(reader, plain)
    _check_readings(reader, plain)
    return plain


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain_value(reader: _Reader, unit: str) -> Plain:
    """Read the one key that holds a value of this unit."""
    keys = {"provision": None, "code": "value", "date": "value", "codes": "values"}
    expected = keys.get(unit, "amount")
    for name in ("amount", "value", "values"):
        if name in reader.table and name != expected:
            reader.wrong(name, f"a {unit or 'parameter'} has no such key")
    if expected is None:
        return {}
    if expected not in reader.table:
        reader.wrong(expected, "this key is required")
        return {}
    given = reader.table[expected]
    if unit == "date":
        return {"value": _iso(reader.day("value"))}
    if unit == "code":
        code = reader.text("value")
        if code and not _CODE.fullmatch(code):
            reader.wrong("value", f"expected a code in lower case; got {code!r}")
        return {"value": code}
    if unit == "codes":
        items = cast("list[object]", given) if isinstance(given, list) else []
        if not items or not all(isinstance(item, str) and _CODE.fullmatch(item) for item in items):
            reader.wrong("values", f"expected a list of codes in lower case; got {given!r}")
        elif len(set(items)) != len(items):
            reader.wrong("values", "a code stands twice")
        return {"value": items}
    return {"value": reader.number("amount", given, unit)}


def _plain_cites(reader: _Reader, instruments: Instruments) -> list[list[str]]:
    found: list[list[str]] = []
    readers = reader.tables("cite")
    if not readers and "cite" in reader.table:
        reader.wrong("cite", "at least one citation is required")
    for item in readers:
        item.keys(("instrument",), ("at",))
        instrument = item.text("instrument")
        if instrument and instrument not in instruments:
            item.wrong("instrument", f"{instrument!r} is not in {INSTRUMENTS_FILE}")
        at = item.table.get("at", "")
        if isinstance(at, dict):
            both = item.both("at") or {"fr": "", "en": ""}
            found.append([instrument, both["fr"], both["en"]])
        elif "at" in item.table:
            where = item.text("at")
            found.append([instrument, f"art. {where}", f"s. {where}"])
        else:
            found.append([instrument, "", ""])
    return found


def _check_source(reader: _Reader, source: str, confidence: str) -> None:
    if source.startswith("none:"):
        if confidence and confidence not in WEAK:
            reader.wrong("confidence", f"without a source it is inferred or unverified; got {confidence!r}")
        if not source.removeprefix("none:").strip():
            reader.wrong("source", "after 'none:' say how the value is known")
    elif source and not _ADDRESS.match(source) and confidence in ("official", "twin"):
        reader.wrong("confidence", "a source described without an address is at best secondary")


def _plain_version(reader: _Reader, unit: str, instruments: Instruments) -> Plain:
    reader.keys(_VERSION_NEEDS, _VERSION_MAY)
    source, confidence = reader.text("source"), reader.one_of("confidence", CONFIDENCES)
    _check_source(reader, source, confidence)
    plain: Plain = {
        "from": _iso(reader.day("from")),
        **_plain_value(reader, unit),
        "cite": _plain_cites(reader, instruments),
        "source": source,
        "confidence": confidence,
        "checked": _iso(reader.day("checked")),
    }
    for name in ("published", "known_until"):
        if name in reader.table:
            plain[name] = _iso(reader.day(name))
    if "from_confidence" in reader.table:
        plain["from_confidence"] = reader.one_of("from_confidence", CONFIDENCES)
    if "from_window" in reader.table and (window := reader.days("from_window")) is not None:
        plain["from_window"] = [_iso(day) for day in window]
        if plain["from"] is not None and not plain["from_window"][0] <= plain["from"] <= plain["from_window"][1]:
            reader.wrong("from_window", f"the first day, {plain['from']}, is not in the window")
    if "between" in reader.table:
        plain["between"] = _plain_between(reader, unit, plain.get("value"))
    for name in ("same_as", "scope"):
        if name in reader.table:
            plain[name] = reader.text(name)
    if plain.get("scope") and not _CODE.fullmatch(plain["scope"]):
        reader.wrong("scope", f"expected a code in lower case; got {plain['scope']!r}")
    for name in ("note", "label"):
        if name in reader.table:
            plain[name] = reader.both(name)
    return plain


def _plain_between(reader: _Reader, unit: str, value: str | None) -> list[str] | None:
    given = reader.table["between"]
    if unit not in CURRENCIES and unit not in WHOLE and unit not in EXACT:
        reader.wrong("between", f"a {unit} has no bounds")
    elif not isinstance(given, list) or len(cast("list[object]", given)) != 2:
        reader.wrong("between", f"expected two numbers in brackets; got {given!r}")
    else:
        low, high = (reader.number("between", item, unit) for item in cast("list[object]", given))
        if low is None or high is None:
            return None
        if value is not None and not Decimal(low) <= Decimal(value) <= Decimal(high):
            reader.wrong("between", f"the value, {value}, is not between {low} and {high}")
        return [low, high]
    return None


def _plain_gap(reader: _Reader) -> Plain:
    reader.keys(_GAP_NEEDS, ("until",))
    plain: Plain = {"from": _iso(reader.day("from")), "reason": reader.both("reason")}
    if "until" in reader.table:
        plain["until"] = _iso(reader.day("until"))
    return plain


def _plain_reading(reader: _Reader, unit: str) -> Plain:
    reader.keys(_READING_NEEDS, ("until", "amount", "value", "values"))
    plain: Plain = {
        "id": reader.text("id"),
        "from": _iso(reader.day("from")),
        **_plain_value(reader, unit),
        "label": reader.both("label"),
        "why": reader.both("why"),
        "source": reader.text("source"),
        "default": reader.table.get("default"),
    }
    if not isinstance(plain["default"], bool):
        reader.wrong("default", f"expected true or false; got {plain['default']!r}")
    if plain["id"] and not _CODE.fullmatch(plain["id"]):
        reader.wrong("id", f"expected a code in lower case; got {plain['id']!r}")
    if "until" in reader.table:
        plain["until"] = _iso(reader.day("until"))
    return plain


def check_references(faults: Faults, jurisdiction: str, parameters: Mapping[str, Plain], files: Mapping[str, str]) -> None:
    """Refuse a ``same_as`` that names nothing, or whose value is not the other's for every day of the version."""
    for key, plain in parameters.items():
        for n, version in enumerate(plain["version"]):
            if "same_as" not in version or version["from"] is None:
                continue
            where, name = f"{key}.version[{n}].same_as", version["same_as"]
            where_from, _, bare = name.partition("/")
            other = parameters.get(bare) if where_from == jurisdiction else None
            if other is None:
                faults.add(files[key], where, f"{name!r} is no id of {jurisdiction}")
                continue
            starts = sorted(span["from"] for span in (*plain["version"], *plain.get("gap", ())) if span["from"])
            end = next((start for start in starts if start > version["from"]), None)
            before = [v for v in other["version"] if v["from"] <= version["from"]]
            during = [v for v in other["version"] if v["from"] > version["from"] and (end is None or v["from"] < end)]
            if not before or any(v.get("value") != version.get("value") for v in (*before[-1:], *during)):
                faults.add(files[key], where, f"the value is not that of {name} on every day from {version['from']}")


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _check_time(reader: _Reader, plain: Plain) -> None:
    """Refuse a series of versions and gaps that is not sorted, overlaps, or leaves a hole in the middle."""
    spans: list[tuple[str, int, str, str | None, str | None]] = []
    spans += [("version", n, v["from"], None, v.get("known_until")) for n, v in enumerate(plain["version"])]
    spans += [("gap", n, g["from"], g.get("until"), None) for n, g in enumerate(plain.get("gap", ()))]
    if not spans or any(span["from"] is None for span in (*plain["version"], *plain.get("gap", ()))):
        return
    for kind in ("version", "gap"):
        starts = [(n, start) for k, n, start, _, _ in spans if k == kind]
        for (_, before), (n, after) in pairwise(starts):
            if after <= before:
                reader.wrong(f"{kind}[{n}].from", f"{after} is not after {before}; put them in order of time")
                return
    spans.sort(key=lambda span: (span[2], span[0]))
    for here, then in pairwise(spans):
        kind, n, start, until, known = here
        if start == then[2]:
            reader.wrong(f"{kind}[{n}].from", f"a version and a gap both begin on {start}")
        if kind == "gap" and until is None:
            reader.wrong(f"gap[{n}].until", f"a gap without an end is followed by a {then[0]} from {then[2]}")
        elif until is not None and _next(until) != then[2]:
            reader.wrong(f"gap[{n}].until", f"ends on {until}, but what follows begins on {then[2]}")
        if known is not None and _next(known) != then[2]:
            reader.wrong(f"version[{n}].known_until", f"known until {known}, but what follows begins on {then[2]}")
    kind, n, start, until, known = spans[-1]
    if kind == "gap" and until is not None:
        reader.wrong(f"gap[{n}].until", "the last gap has no end")
    if until is not None and until < start:
        reader.wrong(f"gap[{n}].until", f"ends on {until}, before it begins")
    if known is not None:
        where = f"version[{n}].known_until"
        reader.wrong(where, "a value set for a term is followed by a gap that says what is not known afterwards")
    repeal = plain.get("repeal")
    if repeal is not None and repeal["on"] is not None and (kind != "version" or repeal["on"] <= start):
        reader.wrong("repeal.on", "a repeal comes after the last version, and no gap follows it")


def _check_readings(reader: _Reader, plain: Plain) -> None:
    readings = plain.get("reading", [])
    if not readings:
        return
    ids = [r["id"] for r in readings]
    if len(set(ids)) != len(ids):
        reader.wrong("reading", "two readings have the same id")
    if sum(1 for r in readings if r["default"] is True) != 1:
        reader.wrong("reading", "exactly one reading is the default")
    if len(readings) < 2:
        reader.wrong("reading", "a reading competes with at least one other")
