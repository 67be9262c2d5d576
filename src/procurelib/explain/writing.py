"""From a locale and a format to a written page."""

from __future__ import annotations

from typing import Final

from procurelib.errors import Fault, InputError
from procurelib.explain.page import Section, write_html, write_markdown, write_text
from procurelib.explain.words import Words, words

FORMATS: Final = ("text", "markdown", "html")


def chosen(locale: str, wanted: str, law: str = "") -> Words:
    """The words of a locale, once it and the format are known to be right; both faults are reported together."""
    faults: list[Fault] = []
    if wanted not in FORMATS:
        faults.append(Fault("format", repr(wanted), f"one of {', '.join(FORMATS)}"))
    try:
        found = words(locale, law)
    except InputError as error:
        raise InputError([*error.faults, *faults]) from None
    if faults:
        raise InputError(faults)
    return found


def written(page: Section, chosen: Words, wanted: str) -> str:
    """A page in one of the formats."""
    if wanted == "html":
        return write_html(page, chosen.typeset, chosen.language)
    return (write_markdown if wanted == "markdown" else write_text)(page, chosen.typeset)
