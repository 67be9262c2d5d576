"""Explanations as a person reads them: text, Markdown or HTML, in French or English, from the same evaluated tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from attrs import frozen

from procurelib.errors import Fault, InputError
from procurelib.explain.contrast import compared
from procurelib.explain.outline import several, single
from procurelib.explain.page import Section, write_html, write_markdown, write_text
from procurelib.explain.words import Words, upper_first, words
from procurelib.rules.answer import Explanation
from procurelib.rules.comparison import Comparison

__all__ = ["FORMATS", "Header", "render", "render_comparison", "render_many"]

FORMATS: Final = ("text", "markdown", "html")


@frozen
class Header:
    """What is bought, by whom and when: the facts that stand above several answers on one purchase.

    ``buyer`` is a name, ``category`` a code, ``value`` an amount, a range or ``UNKNOWN``, ``launched`` the day of the
    launch; ``title`` heads the page when there is one.

    >>> Header("Longueuil", "goods", None, date(2026, 2, 2), None).buyer
    'Longueuil'
    """

    buyer: str
    category: str
    value: Any
    launched: date
    title: str | None


def render(explanation: Explanation, locale: str, *, format: str = "text") -> str:
    """One explanation in a locale such as ``fr_CA``; ``format`` is ``text``, ``markdown`` or ``html``.

    Another format, or a locale neither French nor English, raises ``InputError``; both faults are reported together.
    """
    chosen = _words(locale, format, explanation.jurisdiction)
    return _write(single(explanation, chosen), chosen, format)


def render_many(header: Header, explanations: Sequence[Explanation], locale: str, *, format: str = "text") -> str:
    """Several explanations on one purchase, on one page, with what they share said once; as ``render`` otherwise."""
    chosen = _words(locale, format, explanations[0].jurisdiction if explanations else "")
    facts = {
        "buyer": header.buyer,
        "category": chosen.value(header.category, "category"),
        "value": chosen.value(header.value),
        "launched": chosen.day(header.launched),
    }
    lines = [chosen("header", key, value=value) for key, value in facts.items()]
    title = upper_first(header.title or chosen("header", "title"))
    return _write(several(title, lines, explanations, chosen), chosen, format)


def render_comparison(comparison: Comparison, locale: str, *, format: str = "text") -> str:
    """A comparison: the regions whose outcome differs, by pair of outcomes, then those where only the basis does."""
    chosen = _words(locale, format, comparison.jurisdiction)
    return _write(compared(comparison, chosen), chosen, format)


def _words(locale: str, wanted: str, law: str) -> Words:
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


def _write(page: Section, chosen: Words, wanted: str) -> str:
    if wanted == "html":
        return write_html(page, chosen.typeset, chosen.language)
    return (write_markdown if wanted == "markdown" else write_text)(page, chosen.typeset)
