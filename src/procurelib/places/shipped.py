"""The bodies the library names, read from its files the first time one is asked for."""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Any, final

from procurelib.errors import UnknownId
from procurelib.models.categories import near
from procurelib.models.city import Basis, City
from procurelib.places.directory import Directory, read
from procurelib.unknown import UNKNOWN

_FOLDER = Path(__file__).parent
_FILES = ("ca-qc.toml",)


@final
class Cities(Mapping[str, City]):
    """The shipped bodies by id; a body also answers to its code.

    Iteration gives each permanent id once. An id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.places import cities
    >>> cities["ca-qc/58227"].id
    'ca-qc/longueuil'
    >>> cities["ca-qc/brossard"].agglomeration
    'ca-qc/agglomeration-longueuil'
    """

    __slots__ = ("_codes", "_shipped")

    def __init__(self) -> None:
        self._shipped: dict[str, City] = {}
        self._codes: dict[str, str] = {}

    def _bodies(self) -> dict[str, City]:
        if not self._shipped:
            bodies = {city.id: city for file in _FILES for city in _read_shipped(file)}
            self._codes = {city.code: city.id for city in bodies.values() if city.code is not None}
            self._shipped = bodies
        return self._shipped

    def __getitem__(self, id: str) -> City:
        bodies = self._bodies()
        city = bodies.get(self._codes.get(id, id))
        if city is None:
            raise UnknownId("city", str(id), near(str(id), tuple(bodies)))
        return city

    def __contains__(self, id: object) -> bool:
        bodies = self._bodies()
        return id in bodies or id in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies())

    def __len__(self) -> int:
        return len(self._bodies())

    def __repr__(self) -> str:
        return f"<{len(self)} cities>"

    def __reduce__(self) -> str:
        return "cities"

    def read_directory(self, path: str | PathLike[str]) -> Directory:
        """Return every municipality of the ministry's directory of municipalities, a CSV file.

        Rows are matched by geographic code, never by name: a row whose code is shipped gives the shipped city, any
        other a city whose id is its code. Everything wrong in the file is reported in one ``InputError``, by row.
        """
        return read(path, self)


cities = Cities()


def mark(content: bytes) -> str:
    """What tells one content of a file from another: its length and a checksum that costs nothing to load."""
    return f"{len(content)}-{crc32(content):08x}"


def read_toml(file: Path) -> dict[str, Any]:
    """The plain form of a file of bodies."""
    import tomllib

    return tomllib.loads(file.read_text(encoding="utf-8"))


def write_compiled(folder: Path = _FOLDER) -> list[Path]:
    """Write the compiled twin of each file beside it, and return their paths."""
    written: list[Path] = []
    for file in _FILES:
        source = folder / file
        twin = source.with_suffix(".json")
        content = {"of": mark(source.read_bytes()), **read_toml(source)}
        twin.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")
        written.append(twin)
    return written


def _plain(file: Path) -> dict[str, Any]:
    """The compiled twin if it was made from exactly the file beside it, else the file itself."""
    twin = file.with_suffix(".json")
    if twin.is_file():
        found: dict[str, Any] = json.loads(twin.read_bytes())
        if found["of"] == mark(file.read_bytes()):
            return found
    return read_toml(file)


def _read_shipped(file: str) -> Iterator[City]:
    data = _plain(_FOLDER / file)
    sources: dict[str, str] = data["source"]
    for body in data["body"]:
        note: dict[str, str] = body.pop("note", {})
        known: dict[str, list[str]] = body.pop("known")
        if body.get("kind") == "agglomeration":
            body["agglomeration"] = None
        counts: dict[str, int] = body.pop("population", {})
        yield City(
            **body,
            population={int(year): count for year, count in counts.items()},
            bylaws=UNKNOWN,
            note_fr=note.get("fr"),
            note_en=note.get("en"),
            basis=[Basis(fact, confidence, sources[source]) for fact, (confidence, source) in known.items()],
        )
