"""The files of bodies and named days beside this module, each with a compiled twin that loads fast."""

from __future__ import annotations

import json
from binascii import crc32
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent


def mark(content: bytes) -> str:
    """What tells one content of a file from another: its length and a checksum that costs nothing to load."""
    return f"{len(content)}-{crc32(content):08x}"


def read_toml(file: Path) -> dict[str, Any]:
    """The plain form of a file of bodies."""
    import tomllib

    return tomllib.loads(file.read_text(encoding="utf-8"))


def write_compiled(folder: Path = FOLDER) -> list[Path]:
    """Write the compiled twin of each file beside it, and return their paths."""
    written: list[Path] = []
    for source in sorted(folder.rglob("*.toml")):
        twin = source.with_suffix(".json")
        content = {"of": mark(source.read_bytes()), **read_toml(source)}
        twin.write_text(
            json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str) + "\n", encoding="utf-8", newline="\n"
        )
        written.append(twin)
    return written


def plain(name: str) -> dict[str, Any]:
    """What a file holds: its compiled twin if that was made from exactly this file, else the file itself."""
    file = FOLDER / name
    twin = file.with_suffix(".json")
    if twin.is_file():
        found: dict[str, Any] = json.loads(twin.read_bytes())
        if found["of"] == mark(file.read_bytes()):
            return found
    return read_toml(file)
