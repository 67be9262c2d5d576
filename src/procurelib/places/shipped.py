"""The bodies the library names, read from its files the first time one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from os import PathLike
from typing import Any, final

from procurelib.models.city import Basis, City
from procurelib.models.named import Named
from procurelib.models.scheme import PurchasingScheme
from procurelib.places.directory import Directory, read
from procurelib.places.files import plain
from procurelib.unknown import UNKNOWN

_FILES = ("ca-qc.toml", "fr.toml")


@final
class Cities(Named[City]):
    """The shipped bodies by id; a body also answers to its code.

    Iteration gives each permanent id once. An id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.places import cities
    >>> cities["ca-qc/58227"].id
    'ca-qc/longueuil'
    >>> cities["ca-qc/brossard"].agglomeration
    'ca-qc/agglomeration-longueuil'
    """

    __slots__ = ("_codes",)
    one = "city"
    name = "cities"

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}

    def _read(self) -> dict[str, City]:
        bodies = {city.id: city for file in _FILES for city in _read_shipped(file)}
        self._codes = {city.code: city.id for city in bodies.values() if city.code is not None}
        return bodies

    def __getitem__(self, id: str) -> City:
        self._all()
        return super().__getitem__(self._codes.get(id, id))

    def __contains__(self, id: object) -> bool:
        return id in self._all() or id in self._codes

    def read_directory(self, path: str | PathLike[str]) -> Directory:
        """Return every municipality of the ministry's directory of municipalities, a CSV file.

        Rows are matched by geographic code, never by name: a row whose code is shipped gives the shipped city, any
        other a city whose id is its code. Everything wrong in the file is reported in one ``InputError``, by row.
        """
        return read(path, self)


cities = Cities()


def _read_shipped(file: str) -> Iterator[City]:
    data = plain(file)
    sources: dict[str, str] = data["source"]
    for body in data["body"]:
        note: dict[str, str] = body.pop("note", {})
        known: dict[str, list[str]] = body.pop("known")
        if body.get("kind") == "agglomeration":
            body["agglomeration"] = None
        counts: dict[str, int] = body.pop("population", {})
        schemes: list[dict[str, Any]] = body.pop("scheme", [])
        yield City(
            **body,
            population={int(year): count for year, count in counts.items()},
            bylaws=UNKNOWN,
            note_fr=note.get("fr"),
            note_en=note.get("en"),
            basis=[Basis(fact, confidence, sources[source]) for fact, (confidence, source) in known.items()],
            schemes=[_scheme(scheme, sources) for scheme in schemes],
        )


def _scheme(given: dict[str, Any], sources: dict[str, str]) -> PurchasingScheme:
    """One purchasing scheme; its days are texts in a compiled file."""
    note: dict[str, str] = given.get("note", {})
    return PurchasingScheme(
        id=given["id"],
        title_fr=given["title"]["fr"],
        title_en=given["title"]["en"],
        adopted=[date.fromisoformat(str(day)) for day in given["adopted"]],
        start_year=given.get("from"),
        end_year=given.get("until"),
        source=sources[given["source"]],
        confidence=given["confidence"],
        note_fr=note.get("fr"),
        note_en=note.get("en"),
    )
