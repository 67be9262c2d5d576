"""``python -m procurelib.law``: print how sure the book is; ``compile`` rewrites the compiled files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from procurelib.citations import language_of
from procurelib.dated import CONFIDENCES
from procurelib.law import EDITION, law
from procurelib.law.book import write_compiled

_LEVELS = {
    "fr": ("officiel", "texte jumeau", "secondaire", "déduit", "non vérifié"),
    "en": ("official", "twin text", "secondary", "inferred", "unverified"),
}
_WORDS = {
    "fr": ("Édition {}: versions par degré de certitude", "territoire"),
    "en": ("Edition {}: versions by level of confidence", "jurisdiction"),
}


def report(locale: str) -> str:
    """Return the table of versions by jurisdiction and level of confidence."""
    language = language_of(locale)
    heading, first = _WORDS[language]
    if language == "fr":
        heading = heading.replace(":", "\u00a0:")
    rows: list[tuple[str, ...]] = [(first, *_LEVELS[language])]
    rows += [(name, *(str(levels[c]) for c in CONFIDENCES)) for name, levels in law.counts().items()]
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "  ".join(cell.ljust(width) if n == 0 else cell.rjust(width) for n, (cell, width) in enumerate(cells))
        for cells in (tuple(zip(row, widths, strict=True)) for row in rows)
    ]
    return "\n".join([heading.format(EDITION), "", *lines])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m procurelib.law", description=__doc__)
    parser.add_argument("action", nargs="?", choices=("counts", "compile"), default="counts")
    parser.add_argument("--locale", default="en")
    options = parser.parse_args(arguments)
    if options.action == "compile":
        for path in write_compiled(Path(__file__).parent):
            print(path)
        return 0
    print(report(options.locale))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
