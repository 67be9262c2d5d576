"""The words of one language, from its catalogue, and the way one locale writes amounts, days and lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Any, Final, Literal, cast

from procurelib.citations import Citation, Language, language_of
from procurelib.errors import Fault, InputError
from procurelib.models.categories import CATEGORIES, ancestors, covers
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import Territory, Text
from procurelib.tables.facts import letters
from procurelib.unknown import UNKNOWN

Key = tuple[str, ...]

# Where the words for the values of a fact, or for the answers to a question, stand; or the unit they are counted in.
KIND_OF: Final[Mapping[str, str]] = {
    "category": "category",
    "service": "service",
    "power": "power",
    "value.tax": "tax",
    "duration": "month",
    "procedure": "outcome",
    "territory": "place",
    "agreements": "agreement",
    "minimum_period": "day",
    "publication": "media",
    "award_method": "method",
    "preferences": "preference",
    "decision_maker": "decider",
    "application_period": "day",
    "standstill": "day",
    "sustainability": "element",
    "framework": "framework",
    "formal_procedure": "formal",
}
_UNITS: Final = ("day", "month")
_CENT: Final = Decimal("0.01")

_FRENCH_SPACES: Final = (
    (re.compile("(?<=[^\\s:])[ \u00a0]?:(?=\\s|$)"), "\u00a0:"),
    (re.compile("«[ \u00a0]?"), "«\u00a0"),
    (re.compile("[ \u00a0]?»"), "\u00a0»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d)|[$€%])"), "\u00a0"),
)


@lru_cache(maxsize=2)
def catalogue(language: Language) -> Mapping[Key, str]:
    """Every text of a language, by its path in the catalogue."""
    import tomllib
    from importlib.resources import files

    def walk(table: Mapping[str, Any], path: Key) -> Iterator[tuple[Key, str]]:
        for key, entry in table.items():
            if isinstance(entry, str):
                yield (*path, key), entry
            else:
                yield from walk(entry, (*path, key))

    source = files("procurelib.explain").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return dict(walk(tomllib.loads(source), ()))


def words(locale: str, law: str = "") -> Words:
    """The words of a locale such as ``fr_CA``; one that is neither French nor English raises ``InputError``.

    ``law`` names the jurisdiction whose terms are used where the catalogue has some of its own.

    >>> words("fr_CA")("heading", "why"), words("en").value(True)
    ('Pourquoi', 'yes')
    """
    language_of(locale)
    return _words(locale, law)


@lru_cache(maxsize=16)
def _words(locale: str, law: str) -> Words:
    return Words(locale, law)


def lower_first(text: str) -> str:
    """The text as it reads inside a sentence; an acronym keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in ("’", " ") else text


def upper_first(text: str) -> str:
    """The text as it reads at the start of a sentence."""
    return text[:1].upper() + text[1:]


class Words:
    """The words and formats of one locale."""

    def __init__(self, locale: str, law: str = "") -> None:
        from babel.core import Locale, UnknownLocaleError

        self.language: Language = language_of(locale)
        try:
            self._locale = Locale.parse(locale.replace("-", "_"))
        except (UnknownLocaleError, ValueError) as error:
            expected = "a French or English locale such as 'fr_CA' or 'en_CA'"
            raise InputError([Fault("locale", repr(locale), expected)]) from error
        self._texts = catalogue(self.language)
        self._law: Key = ("law", law)
        self._places = {key: place for place, key in enumerate(self._texts)}

    def __call__(self, *key: str, **slots: str) -> str:
        """The text under a key, its slots filled."""
        text = self._texts.get((*self._law, *key))
        return (self._texts[key] if text is None else text).format_map(slots)

    def has(self, *key: str) -> bool:
        """Whether the catalogue has a text under a key."""
        return key in self._texts or (*self._law, *key) in self._texts

    def text(self, text: Text) -> str:
        """A text of the law or of a rule, in this language."""
        return text.in_(self.language)

    def citations(self, cited: Iterable[Citation]) -> str:
        """Citations on one line, without repetition."""
        return "; ".join(dict.fromkeys(c.text(self.language) for c in cited))

    def cited(self, label: str, cited: Iterable[Citation]) -> str:
        """A line with where it is written after it, when that is known."""
        citations = self.citations(cited)
        return self("row", "cited", label=label, citations=citations) if citations else label

    def typeset(self, text: str) -> str:
        """The text with the no-break spaces its language asks for."""
        if self.language == "fr":
            for pattern, spaced in _FRENCH_SPACES:
                text = pattern.sub(spaced, text)
        return text

    # --- values -------------------------------------------------------------------------------------------------

    def value(self, value: Any, of: str = "") -> str:
        """A value as a reader says it; ``of`` names the fact or the question it is a value of."""
        if value is UNKNOWN:
            return self("value", "unknown")
        if value is None:
            return self("value", "none")
        if isinstance(value, bool):
            return self("value", "yes" if value else "no")
        if isinstance(value, str):
            return self._code(value, KIND_OF.get(of, ""))
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int | Decimal):
            return self._number(value, KIND_OF.get(of, ""))
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, MoneyRange):
            return self._range(value)
        if isinstance(value, Text):
            return self.text(value)
        if isinstance(value, Territory):
            return self.every(value.places, of or "territory")
        if isinstance(value, frozenset | tuple):
            members = cast("tuple[Any, ...]", value)
            return self.every(members, of) if members else self("value", "none")
        return self("value", "quoted", value=str(value))

    def every(self, values: Iterable[Any], of: str = "") -> str:
        """Values that hold together: A, B and C."""
        return self.join(self.each(values, of))

    def either(self, values: Iterable[Any], of: str = "") -> str:
        """Values of which one holds: A, B or C."""
        return self.join(self.each(values, of), "or")

    def neither(self, values: Iterable[Any], of: str = "") -> str:
        """Values of which none holds, after a negation."""
        return self("leaf", "nor").join(self.each(values, of))

    def money(self, amount: Money) -> str:
        """An amount; its tax basis is said unless it is the net expenditure, the one the law compares."""
        text = amount.format(str(self._locale))
        if amount.tax == "net":
            return text
        basis = "unknown" if amount.tax is UNKNOWN else str(amount.tax)
        if self.has("money", basis):
            return self("money", basis, amount=text)
        return f"{text} ({self('tax', basis)})"

    def _range(self, amounts: MoneyRange) -> str:
        """A range to the cent, widened rather than narrowed by it."""
        low = amounts.low.amount.quantize(_CENT, ROUND_FLOOR)
        high = amounts.high.amount.quantize(_CENT, ROUND_CEILING)
        ends = [Money(end, amounts.currency, tax=amounts.tax) for end in (low, high)]
        return self("value", "range", low=self.money(ends[0]), high=self.money(ends[1]))

    def day(self, day: date) -> str:
        """A day, written out."""
        from babel.dates import format_date

        text = format_date(day, "long", locale=self._locale)
        # Babel's pattern for French has no form for the first of the month.
        return f"1er{text[1:]}" if self.language == "fr" and day.day == 1 else text

    def days(self, count: int) -> str:
        """A number of days."""
        return self._number(count, "day")

    def _number(self, number: int | Decimal, unit: str) -> str:
        from babel.numbers import format_decimal
        from babel.units import format_unit

        if unit in _UNITS:
            return format_unit(number, f"duration-{unit}", "long", locale=self._locale)
        return format_decimal(number, locale=self._locale, decimal_quantization=False)

    def _code(self, code: str, kind: str) -> str:
        if self.has("code", kind, code):
            return self("code", kind, code)
        if kind == "place":
            return self._place(code)
        return self(kind, code) if self.has(kind, code) else self("value", "quoted", value=code)

    def _place(self, code: str) -> str:
        country, _, part = code.partition("-")
        name = self._locale.territories.get(country)
        return f"{part}, {name}" if part and name else name or self("value", "quoted", value=code)

    def join(self, texts: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
        """Texts as one list: A, B and C; or A, B or C."""
        from babel.lists import format_list

        return format_list(texts, style, locale=self._locale)

    def each(self, values: Iterable[Any], of: str = "") -> list[str]:
        """Values one by one, in the order of the catalogue."""
        found = set(values)
        if of == "category" and found <= set(CATEGORIES):
            return list(self._categories(cast("set[str]", found)))
        ranked = sorted(found, key=lambda value: self._rank(value, of))
        return list(dict.fromkeys(self._member(v, of, alone=len(ranked) == 1) for v in ranked))

    def _rank(self, value: Any, of: str) -> tuple[bool, int, int | Decimal, str]:
        """Yes before no, codes as in the catalogue, numbers by size, the rest by their letters."""
        place = self._places.get(("code", KIND_OF.get(of, ""), str(value)), len(self._places))
        number = value if isinstance(value, int | Decimal) and not isinstance(value, bool) else 0
        return (value is False, place, number, letters(value))

    def _member(self, value: Any, of: str, alone: bool) -> str:
        text = self.value(value, of)
        joined = isinstance(value, frozenset | tuple) and len(cast("tuple[Any, ...]", value)) > 1
        return self("value", "together", values=text) if joined and not alone else text

    def _categories(self, codes: set[str]) -> Iterator[str]:
        """A set of categories as a person says it: a category stands for those under it, when it holds them all."""
        whole = {c for c in codes if all(other in codes for other in CATEGORIES if covers(c, other))}
        for code in CATEGORIES:
            if code in codes and not whole & set(ancestors(code)):
                inner = code in whole or not self.has("code", "category_only", code)
                yield self("code", "category" if inner else "category_only", code)
