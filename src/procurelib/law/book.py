"""The law book: dated values by id, each with its citation, its source and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, final

from attrs import frozen

from procurelib.citations import Instrument
from procurelib.dated import CONFIDENCES, Confidence, Parameter
from procurelib.errors import Fault, InputError, InputTypeError, LawFileError, UnknownId
from procurelib.law.build import INSTRUMENTS_FILE, Plain, build_instrument, build_parameter

EDITION: Final = "2026.11.0"
CHANGE_KINDS: Final = ("added", "amended", "corrected")
_FORM: Final = 1


@final
@frozen(kw_only=True)
class Change:
    """What an edition of the book changed.

    ``kind`` is ``added``, ``amended`` (the law moved) or ``corrected`` (the book was wrong about the past). An entry
    of ``ids`` is the id of a value, or the name of a whole jurisdiction. ``start`` and ``end`` bound the period
    concerned, ``None`` when all of it is.
    """

    edition: str
    kind: str
    ids: tuple[str, ...]
    start: date | None
    end: date | None
    reason_fr: str
    reason_en: str


def _edition(text: object, path: str) -> tuple[int, ...]:
    parts = text.split(".") if isinstance(text, str) else []
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        kind = InputError if isinstance(text, str) else InputTypeError
        raise kind([Fault(path, repr(text), "an edition such as '2026.11.0' (year.month.number)")])
    return tuple(int(part) for part in parts)


def _bytes_of(folder: Path) -> bytes:
    """Return the TOML a jurisdiction rests on: its own files, and the instruments of those beside it."""
    files = {*folder.glob("*.toml"), *folder.parent.glob(f"*/{INSTRUMENTS_FILE}")}
    ordered = sorted(files, key=lambda f: (f.parent.name, f.name))
    return b"".join(b"%s/%s\0%s" % (f.parent.name.encode(), f.name.encode(), f.read_bytes()) for f in ordered)


def checksum(folder: Path) -> str:
    """Return a cheap checksum of a jurisdiction's TOML, enough to see that a file was edited.

    Loading OpenSSL for a SHA-256 would take longer than everything else a first look-up does.
    """
    from binascii import crc32

    content = _bytes_of(folder)
    return f"{len(content)}-{crc32(content):08x}"


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of a jurisdiction's TOML, which a release verifies."""
    import hashlib

    return hashlib.sha256(_bytes_of(folder)).hexdigest()


def read_jurisdiction(folder: Path, only: Path | None = None) -> Plain:
    """Read and check the TOML of one jurisdiction and return its plain form.

    ``only`` restricts the reading to one file and the instruments beside it. Instruments of another jurisdiction are
    read when one is cited. Every fault is reported at once.
    """
    from procurelib.law.schema import Faults, Instruments, check_references, plain_parameters, read_toml

    faults = Faults()
    instruments = Instruments(faults, folder)
    parameters: dict[str, Plain] = {}
    files: dict[str, str] = {}
    for file in [only] if only is not None else sorted(folder.glob("*.toml")):
        if file.name == INSTRUMENTS_FILE:
            continue
        for key, plain in plain_parameters(faults, str(file), read_toml(file), instruments).items():
            if key in parameters:
                faults.add(str(file), key, "this id is already used in another file")
            parameters[key], files[key] = plain, str(file)
    check_references(faults, folder.name, parameters, files)
    faults.raise_all()
    return {"instruments": instruments.needed(), "parameters": dict(sorted(parameters.items()))}


def compiled(folder: Path) -> Plain:
    """Return what the compiled file of a jurisdiction holds."""
    return {"form": _FORM, "checksum": checksum(folder), "sha256": fingerprint(folder), **read_jurisdiction(folder)}


def write_compiled(root: Path) -> list[Path]:
    """Write the compiled file of every jurisdiction under ``root`` and return their paths."""
    import json

    written: list[Path] = []
    for folder in sorted(f for f in root.iterdir() if f.is_dir() and any(f.glob("*.toml"))):
        target = root / f"{folder.name}.json"
        text = json.dumps(compiled(folder), ensure_ascii=False, separators=(",", ":"))
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
        written.append(target)
    return written


@final
class Book:
    """A book of law, read from a folder: ``law["ca-qc/public-call-threshold"]`` is a ``Parameter``.

    A jurisdiction is read when one of its ids is first asked for, and a value is built when it is. An id that names
    nothing raises ``UnknownId`` with the closest ones that exist; a malformed file raises ``LawFileError``.

    >>> from procurelib.law import law
    >>> "ca-qc/public-call-threshold" in law
    True
    >>> law["ca-qc/invited-minimum"].on(date(2024, 6, 1)).value
    2
    """

    __slots__ = ("_folders", "_parameters", "_plain", "_root", "_single")

    def __init__(self, root: Path) -> None:
        self._root = root
        self._single: Path | None = None
        self._folders: dict[str, Path] | None = None
        self._plain: dict[str, Plain] = {}
        self._parameters: dict[str, Parameter] = {}

    def open(self, path: str | Path) -> Book:
        """Return another book, read from a folder of TOML or from one file, chained on nothing.

        The folder holds one folder per jurisdiction, or is itself one; its name, or that of the file's folder, begins
        the ids. Everything is read and checked at once, so a malformed file is refused here.
        """
        where = Path(path).resolve()
        if not where.exists():
            raise LawFileError(str(path), "", "no such file or folder")
        book = Book(where)
        if where.is_file():
            book._single = where
            book._folders = {where.parent.name: where.parent}
        elif any(where.glob("*.toml")) and not any(where.glob("*/*.toml")):
            book._folders = {where.name: where}
        for jurisdiction in book._by_name():
            book._load(jurisdiction)
        return book

    def _by_name(self) -> dict[str, Path]:
        if self._folders is None:
            found = (f for f in self._root.iterdir() if f.is_dir() and any(f.glob("*.toml")))
            self._folders = {folder.name: folder for folder in sorted(found)}
        return self._folders

    def _load(self, jurisdiction: str) -> Plain:
        known = self._plain.get(jurisdiction)
        if known is None:
            folder = self._by_name()[jurisdiction]
            known = self._compiled(folder) or read_jurisdiction(folder, self._single)
            self._plain[jurisdiction] = known
        return known

    def _compiled(self, folder: Path) -> Plain | None:
        """Return the compiled file if it was made from exactly the TOML that lies beside it."""
        path = self._root / f"{folder.name}.json"
        if self._single is not None or not path.is_file():
            return None
        import json

        plain: Plain = json.loads(path.read_bytes())
        return plain if plain.get("form") == _FORM and plain.get("checksum") == checksum(folder) else None

    def __getitem__(self, id: str) -> Parameter:
        known = self._parameters.get(id)
        if known is None:
            if id not in self:
                raise UnknownId("value of law", id, self._near(id))
            jurisdiction, _, key = id.partition("/")
            plain = self._load(jurisdiction)
            known = build_parameter(id, plain["parameters"][key], plain["instruments"])
            self._parameters[id] = known
        return known

    def __contains__(self, id: object) -> bool:
        if not isinstance(id, str):
            return False
        jurisdiction, _, key = id.partition("/")
        return jurisdiction in self._by_name() and key in self._load(jurisdiction)["parameters"]

    def __iter__(self) -> Iterator[str]:
        for jurisdiction in self._by_name():
            for key in self._load(jurisdiction)["parameters"]:
                yield f"{jurisdiction}/{key}"

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<law book: {', '.join(self._by_name())}>"

    def _near(self, id: object) -> list[str]:
        from difflib import get_close_matches

        return get_close_matches(str(id), list(self), n=3, cutoff=0.5)

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """The names of the jurisdictions the book has files for."""
        return tuple(self._by_name())

    def instrument(self, id: str) -> Instrument:
        """Return the instrument a citation names, such as ``"ca-qc/C-19"``; ``UnknownId`` when there is none."""
        jurisdiction, _, key = id.partition("/")
        if jurisdiction in self._by_name():
            found: dict[str, Plain] = self._load(jurisdiction)["instruments"]
            if key in found:
                return build_instrument(id, found[key])
        raise UnknownId("instrument", id)

    def counts(self) -> dict[str, dict[Confidence, int]]:
        """Return, for each jurisdiction, how many versions the book holds at each level of confidence."""
        counted: dict[str, dict[Confidence, int]] = {}
        for jurisdiction in self._by_name():
            levels: dict[Confidence, int] = dict.fromkeys(CONFIDENCES, 0)
            for plain in self._load(jurisdiction)["parameters"].values():
                for version in plain["version"]:
                    levels[version["confidence"]] += 1
            counted[jurisdiction] = levels
        return counted

    def changes(self, since: str | None = None) -> tuple[Change, ...]:
        """Return what the editions after ``since`` changed, oldest first; without it, everything recorded.

        >>> from procurelib.law import law
        >>> law.changes(since="2026.11.0")
        ()
        """
        after = None if since is None else _edition(since, "since")
        path = self._root / "changes.toml"
        if self._single is not None or not path.is_file():
            return ()
        return tuple(c for c in _changes(path) if after is None or _edition(c.edition, "edition") > after)


def _changes(path: Path) -> list[Change]:
    from procurelib.law.schema import Faults, read_toml

    faults = Faults()
    entries: list[Any] = read_toml(path).get("change", [])
    found: list[Change] = []
    for n, entry in enumerate(entries):
        key = f"change[{n}]"
        missing = {"edition", "kind", "ids", "reason"} - entry.keys()
        unknown = entry.keys() - {"edition", "kind", "ids", "reason", "from", "until"}
        for name in sorted(missing):
            faults.add(str(path), f"{key}.{name}", "this key is required")
        for name in sorted(unknown):
            faults.add(str(path), f"{key}.{name}", "unknown key")
        if missing or unknown:
            continue
        if entry["kind"] not in CHANGE_KINDS:
            faults.add(str(path), f"{key}.kind", f"expected one of {', '.join(CHANGE_KINDS)}")
        try:
            _edition(entry["edition"], f"{key}.edition")
        except InputError as error:
            faults.add(str(path), f"{key}.edition", str(error))
        if set(entry["reason"]) != {"fr", "en"}:
            faults.add(str(path), f"{key}.reason", "a reason is given in fr and in en")
            continue
        found.append(
            Change(
                edition=entry["edition"],
                kind=entry["kind"],
                ids=tuple(entry["ids"]),
                start=entry.get("from"),
                end=entry.get("until"),
                reason_fr=entry["reason"]["fr"],
                reason_en=entry["reason"]["en"],
            )
        )
    faults.raise_all()
    return found
