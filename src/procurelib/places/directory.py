"""The ministry's directory of the municipalities of Québec, read from a file the user has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Final, final, overload

from attrs import field, frozen

from procurelib.errors import UnknownId
from procurelib.models.categories import near
from procurelib.models.city import Basis, City
from procurelib.models.convert import Faults
from procurelib.unknown import UNKNOWN, Unknown

COLUMNS: Final = ("mcode", "munnom", "mcodedesi")

# The directory cuts the longest designations short, so they are written out here, by the directory's own code.
DESIGNATIONS: Final = {
    "01": ("Canton", "municipality"),
    "02": ("Cantons unis", "municipality"),
    "04": ("Paroisse", "municipality"),
    "05": ("Municipalité", "municipality"),
    "06": ("Village", "municipality"),
    "07": ("Village cri", "municipality"),
    "08": ("Village naskapi", "municipality"),
    "09": ("Village nordique", "municipality"),
    "10": ("Ville", "municipality"),
    "20": ("Réserve indienne", "indigenous_land"),
    "21": ("Terre de la catégorie IA", "indigenous_land"),
    "22": ("Terre de la catégorie IA-N", "indigenous_land"),
    "23": ("Terre de la catégorie I", "indigenous_land"),
    "25": ("Territoire non organisé", "territory"),
    "40": ("Gouvernement régional", "regional_government"),
}

# Only these two designations name, on their face, the Act that governs the municipality.
_ACT_OF: Final = {"10": "C-19", "05": "C-27.1"}

_SOURCE: Final = "MAMH, « Répertoire des municipalités du Québec »"
_CODE = re.compile(r"[0-9]{5}")


def _index(directory: Directory) -> dict[str, int]:
    places = {city.id: place for place, city in enumerate(directory.rows)}
    return places | {city.code: place for place, city in enumerate(directory.rows) if city.code is not None}


def _rows(given: Iterable[City]) -> tuple[City, ...]:
    return tuple(given)


@final
@frozen
class Directory(Sequence[City]):
    """The rows of a directory, in its order; a row is also found by id or by code.

    >>> brossard = City(id="ca-qc/brossard", code="ca-qc/58007", name="Brossard")
    >>> directory = Directory((brossard,))
    >>> directory["ca-qc/58007"].name, directory[0].name, len(directory)
    ('Brossard', 'Brossard', 1)
    """

    rows: tuple[City, ...] = field(converter=_rows)
    _places: dict[str, int] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_places", _index(self))

    @overload
    def __getitem__(self, place: int | str) -> City: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[City, ...]: ...
    def __getitem__(self, place: int | str | slice) -> City | tuple[City, ...]:
        if isinstance(place, str):
            if place not in self._places:
                raise UnknownId("row of the directory", place, near(place, tuple(self._places)))
            return self.rows[self._places[place]]
        return self.rows[place]

    def __contains__(self, item: object) -> bool:
        return item in self._places if isinstance(item, str) else item in self.rows

    def __iter__(self) -> Iterator[City]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Directory of {len(self)} rows>"


def read(path: str | PathLike[str], shipped: Mapping[str, City]) -> Directory:
    """Read a directory file, giving the shipped city wherever one has the row's code."""
    import csv
    from io import StringIO

    text = _decode(Path(path).read_bytes())
    first_line = text.partition("\n")[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=";" if first_line.count(";") > first_line.count(",") else ",")
    faults = Faults()
    header: list[str] = next(rows, list[str]())
    for column in COLUMNS:
        if column not in header:
            faults.add("row 1", header, f"a column {column!r}", "Give the ministry's file with its header.")
    faults.refuse()
    at = {column: header.index(column) for column in COLUMNS}
    cities: list[City] = []
    seen: dict[str, int] = {}
    for row in rows:
        if not row:
            continue
        here = f"row {rows.line_num}"
        if len(row) != len(header):
            faults.add(here, row, f"{len(header)} columns, like the header")
            continue
        code, name, designation = (row[at[column]].strip() for column in COLUMNS)
        before = len(faults.found)
        if _CODE.fullmatch(code) is None:
            faults.add(f"{here}, mcode", code, "a geographic code of five digits", "A spreadsheet may have cut a zero.")
        elif code in seen:
            faults.add(f"{here}, mcode", code, f"a code used once; row {seen[code]} has it too")
        seen.setdefault(code, rows.line_num)
        if not name:
            faults.add(f"{here}, munnom", name, "the name of the municipality")
        if designation not in DESIGNATIONS:
            faults.add(f"{here}, mcodedesi", designation, f"one of the codes {', '.join(DESIGNATIONS)}")
        if len(faults.found) == before:
            full = f"ca-qc/{code}"
            cities.append(shipped[full] if full in shipped else _city(full, name, designation))
    faults.refuse()
    return Directory(cities)


def _city(id: str, name: str, code: str) -> City:
    designation, kind = DESIGNATIONS[code]
    act: str | Unknown = _ACT_OF.get(code, UNKNOWN)
    facts = [("name", "secondary"), ("designation", "secondary")] + ([("governing_act", "inferred")] if code in _ACT_OF else [])
    return City(
        id=id,
        code=id,
        name=name,
        kind=kind,
        designation=designation,
        governing_act=act,
        basis=[Basis(fact, confidence, _SOURCE) for fact, confidence in facts],
    )


def _decode(content: bytes) -> str:
    """Decode the file, which the ministry has published in UTF-8 and in the Windows code page."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
