"""Declarations of commitment: those the library ships, and files of others, read whole or refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import Any, Final, cast, final

from procurelib.errors import Fault, InputError
from procurelib.models.convert import is_mapping, shown
from procurelib.models.declaration import Declaration, without_toml_days
from procurelib.models.named import Named
from procurelib.places.files import FOLDER, plain

FORMAT: Final = "procurelib.declaration/1"
"""The format of a published declaration; another number is another shape."""
_SUFFIXES: Final = (".toml", ".json")


@final
class Declarations(Named[Declaration]):
    """The shipped declarations by id; an id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from datetime import date
    >>> from procurelib import declarations
    >>> stood = declarations["ca-qc/longueuil-2013"].signatories(on=date(2017, 2, 2))
    >>> len(stood), stood.possible, stood.complete
    (4, (), False)
    """

    __slots__ = ()
    one = "declaration"
    name = "declarations"

    def _read(self) -> dict[str, Declaration]:
        files = sorted((FOLDER / "declarations").glob("*.toml"))
        read = [_shipped(plain(f"declarations/{file.name}")) for file in files]
        return {one.id: one for one in read}

    def read(self, path: str | PathLike[str]) -> Declaration:
        """Return the declaration a file holds: TOML or JSON as ``to_dict`` writes it, or one that was published.

        A published file whose content is not what its hash was made of is refused. Every fault is reported together, with
        its path from ``$``.

        Raises:
            InputError: a file that is no declaration, or not the one that was published.
        """
        file = Path(path)
        if file.suffix not in _SUFFIXES:
            raise InputError([Fault("path", str(path), "a file whose name ends in .toml or .json")])
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError([Fault("$", "the file", f"text in UTF-8 ({error})")]) from None
        return Declaration.from_toml(text) if file.suffix == ".toml" else _read_json(text)

    def publish(self, declaration: Declaration, path: str | PathLike[str]) -> Path:
        """Write one declaration as a file that needs no other, for others to ``read`` and verify; return its path.

        The file is JSON: the format's name, the SHA-256 of the content, and the content. It holds no code.

        Raises:
            InputError: a name that does not end in ``.json``.
        """
        file = Path(path)
        if file.suffix != ".json":
            raise InputError([Fault("path", str(path), "a file whose name ends in .json")])
        content = declaration.to_dict()
        published = {"format": FORMAT, "sha256": content_hash(content), "declaration": content}
        file.write_text(json.dumps(published, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
        return file


declarations = Declarations()


def content_hash(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a declaration's content, whatever the order of its keys and the spacing of its file."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _read_json(text: str) -> Declaration:
    try:
        data: object = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()  # half of a surrogate pair is JSON, and no text
    except (ValueError, RecursionError) as error:
        raise InputError([Fault("$", "the file", f"JSON ({error})")]) from None
    if not is_mapping(data):
        raise InputError([Fault("$", shown(data), "a mapping with the fields of a declaration")])
    return Declaration.from_dict(_verified(data) if "sha256" in data or "format" in data else data)


def _verified(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The content of a published file, once it is known to be what was published."""
    faults: list[Fault] = []
    if data.get("format") != FORMAT:
        remedy = "Read it with the version of the library that wrote it."
        faults.append(Fault("$.format", shown(data.get("format")), repr(FORMAT), remedy))
    content: object = data.get("declaration")
    if not is_mapping(content):
        faults.append(Fault("$.declaration", shown(content), "the fields of a declaration"))
    elif content_hash(content) != data.get("sha256"):
        remedy = "The file was changed after it was published: ask its publisher for the original."
        faults.append(Fault("$.sha256", shown(data.get("sha256")), f"{content_hash(content)!r}, that of the content", remedy))
    faults += [
        Fault(f"$.{key}", shown(data[key]), "only the keys format, sha256, declaration")
        for key in data
        if key not in ("format", "sha256", "declaration")
    ]
    if faults:
        raise InputError(faults)
    return cast("Mapping[str, Any]", content)


def _shipped(content: Mapping[str, Any]) -> Declaration:
    """A shipped declaration, without the mark of its compiled twin."""
    return Declaration.from_dict(without_toml_days({key: value for key, value in content.items() if key != "of"}))
