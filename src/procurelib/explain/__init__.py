"""Explanations as a person reads them: text, Markdown or HTML, in French or English, from the same evaluated tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import frozen

from procurelib.explain.contrast import compared
from procurelib.explain.outline import several, single
from procurelib.explain.words import upper_first
from procurelib.explain.writing import FORMATS, written
from procurelib.explain.writing import chosen as chosen_words
from procurelib.rules.answer import Explanation
from procurelib.rules.comparison import Comparison

__all__ = ["FORMATS", "Header", "render", "render_comparison", "render_many"]


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
    chosen = chosen_words(locale, format, explanation.jurisdiction)
    return written(single(explanation, chosen), chosen, format)


def render_many(header: Header, explanations: Sequence[Explanation], locale: str, *, format: str = "text") -> str:
    """Several explanations on one purchase, on one page, with what they share said once; as ``render`` otherwise."""
    chosen = chosen_words(locale, format, explanations[0].jurisdiction if explanations else "")
    facts = {
        "buyer": header.buyer,
        "category": chosen.value(header.category, "category"),
        "value": chosen.value(header.value),
        "launched": chosen.day(header.launched),
    }
    lines = [chosen("header", key, value=value) for key, value in facts.items()]
    title = upper_first(header.title or chosen("header", "title"))
    return written(several(title, lines, explanations, chosen), chosen, format)


def render_comparison(comparison: Comparison, locale: str, *, format: str = "text") -> str:
    """A comparison: the regions whose outcome differs, by pair of outcomes, then those where only the basis does."""
    chosen = chosen_words(locale, format, comparison.jurisdiction)
    return written(compared(comparison, chosen), chosen, format)
