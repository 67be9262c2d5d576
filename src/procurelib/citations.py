"""Where a value or a rule is written: the instrument, and the place in it."""

from __future__ import annotations

from typing import Literal, final

from attrs import frozen

from procurelib.errors import Fault, InputError

Language = Literal["fr", "en"]


def language_of(locale: object) -> Language:
    """Return the language of a locale such as ``"fr_CA"``; anything but French or English raises ``InputError``.

    >>> language_of("fr_CA"), language_of("en")
    ('fr', 'en')
    """
    if isinstance(locale, str):
        head = locale.replace("-", "_").partition("_")[0].lower()
        if head == "fr":
            return "fr"
        if head == "en":
            return "en"
    raise InputError([Fault("locale", repr(locale), "a French or English locale such as 'fr_CA' or 'en_CA'")])


@frozen
class Text:
    """A short text in both languages."""

    fr: str
    en: str

    def in_(self, locale: str) -> str:
        """The text in the language of a locale such as ``fr_CA``."""
        return self.fr if locale.lower().startswith("fr") else self.en


@final
@frozen(kw_only=True)
class Instrument:
    """A statute, regulation, order, agreement or publication that states law, named once in the book.

    ``id`` is its id in the book (``"ca-qc/C-19"``); ``short_fr`` and ``short_en`` are the names used in citations;
    ``kind`` is one of the kinds the book allows (``act``, ``regulation``, ``order``, ``agreement``, ``case``,
    ``publication``); ``identifier`` is the official identifier; ``url`` an address, ``None`` when none is known.

    >>> Instrument(id="ca-qc/C-19", title_fr="Loi sur les cités et villes", title_en="Cities and Towns Act",
    ...            short_fr="LCV", short_en="CTA", kind="act", identifier="RLRQ, c. C-19", url=None).title("fr_CA")
    'Loi sur les cités et villes'
    """

    id: str
    title_fr: str
    title_en: str
    short_fr: str
    short_en: str
    kind: str
    identifier: str
    url: str | None = None

    def title(self, locale: str) -> str:
        """Return the title in the language of the locale."""
        return self.title_fr if language_of(locale) == "fr" else self.title_en


@final
@frozen(kw_only=True)
class Citation:
    """A place in an instrument; it needs no look-up to be read.

    ``instrument`` is the instrument's id in the book; ``at_fr`` and ``at_en`` say where in it, and are empty when the
    whole instrument is meant.

    >>> c = Citation(instrument="ca-qc/C-19", short_fr="LCV", short_en="CTA",
    ...              at_fr="art. 573.3(2.1)", at_en="s. 573.3(2.1)")
    >>> c.text("fr_CA"), c.text("en_CA")
    ('LCV, art. 573.3(2.1)', 'CTA, s. 573.3(2.1)')
    """

    instrument: str
    short_fr: str
    short_en: str
    at_fr: str = ""
    at_en: str = ""

    def text(self, locale: str) -> str:
        """Return the citation as a reader of that locale writes it."""
        short, at = (self.short_fr, self.at_fr) if language_of(locale) == "fr" else (self.short_en, self.at_en)
        return f"{short}, {at}" if at else short
