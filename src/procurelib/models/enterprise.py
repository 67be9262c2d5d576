"""An enterprise that may supply a city: its legal form, its accreditations, and what is known of it, each with its days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Final, Self, TypeVar, final

from attrs import field, frozen

from procurelib.errors import Fault, InputTypeError
from procurelib.models.convert import (
    Faults,
    is_mapping,
    is_tuple,
    read_day,
    read_fields,
    read_list,
    shown,
    tuple_if_iterable,
    write,
    write_fields,
)
from procurelib.unknown import UNKNOWN, Unknown

FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "CA": (
        "cooperative",
        "solidarity_cooperative",
        "mutual_society",
        "nonprofit_corporation",
        "unincorporated_association",
        "business_corporation",
        "partnership",
        "sole_proprietorship",
        "public_body",
    ),
    "FR": (
        "cooperative",
        "mutual",
        "foundation",
        "association",
        "commercial_company",
        "sole_proprietorship",
        "public_body",
    ),
}
ACCREDITATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "CA": (
        "ca-qc/adapted-enterprise",
        "ca-qc/insertion-enterprise",
        "ca-qc/home-help-enterprise",
        "ca-qc/cooperative-designation",
    ),
    "FR": (
        "fr/esus",
        "fr/siae-ei",
        "fr/siae-etti",
        "fr/siae-aci",
        "fr/siae-ai",
        "fr/adapted-enterprise",
        "fr/esat",
        "fr/prison-work",
    ),
}
RESERVATIONS: Final = tuple(f"fr/reserved-{name}" for name in ("disability", "insertion", "both", "prison", "ess"))
SHARES: Final = ("disabled", "disadvantaged", "prisoners", "social_costs", "municipal_revenue")
IDENTIFIER_KINDS: Final = ("neq", "siren", "siret")
ONLY_FORM: Final[Mapping[str, str]] = {"22": "sole_proprietorship", "88": "public_body"}
"""The first two digits of a NEQ that one legal form alone has; those of the others are shared."""
_NEQ_DIGITS: Final = 10
_DIGIT: Final = re.compile(r"[0-9]")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")

_C = TypeVar("_C")


def _check_span(faults: Faults, start: object, end: object) -> None:
    """Check a first day and the first day after, either of which may be absent."""
    first = faults.day("start", start, optional=True) and start is not None
    last = faults.day("end", end, optional=True) and end is not None
    if first and last and end <= start:  # type: ignore[operator]
        faults.add("end", end, f"a day after the start, {start}", "The end is the first day on which it no longer holds.")


class _Dated:
    """What every dated statement can say: whether it stands on a day."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]
    start: date | None
    end: date | None

    def stands_on(self, day: date) -> bool:
        """Whether it stands on a day: from ``start``, and before ``end``; without an end it goes on."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: _Dated) -> bool:
        """Whether both stand on some day."""
        starts = [d for d in (self.start, other.start) if d is not None]
        ends = [d for d in (self.end, other.end) if d is not None]
        return not starts or not ends or max(starts) < min(ends)

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {"start": read_day, "end": read_day})


@final
@frozen
class LegalForm(_Dated):
    """A legal form, and the days on which the enterprise had it; ``end`` is the first day it no longer did.

    >>> LegalForm("cooperative", start=date(2015, 1, 1)).stands_on(date(2014, 12, 31))
    False
    """

    code: str
    start: date | None = field(default=None, kw_only=True)
    end: date | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        codes = tuple(dict.fromkeys(code for forms in FORMS.values() for code in forms))
        if self.code not in codes:
            faults.add_unknown_code("code", str(self.code), codes, "a known legal form")
        _check_span(faults, self.start, self.end)
        faults.text("source", self.source)
        faults.refuse()


@final
@frozen
class Accreditation(_Dated):
    """What an authority granted, from ``start`` until the day before ``end``; without an end, until it is withdrawn.

    >>> Accreditation("fr/esus", start=date(2020, 3, 1), end=date(2025, 3, 1)).stands_on(date(2025, 3, 1))
    False
    """

    kind: str
    start: date = field(kw_only=True)  # pyright: ignore[reportIncompatibleVariableOverride]  (always known here)
    end: date | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        kinds = tuple(kind for of_country in ACCREDITATIONS.values() for kind in of_country)
        if self.kind not in kinds:
            faults.add_unknown_code("kind", str(self.kind), kinds, "a known accreditation")
        faults.day("start", self.start)
        _check_span(faults, self.start, self.end)
        faults.text("source", self.source)
        faults.refuse()


@final
@frozen
class Evidence(_Dated):
    """What shows that a statutory criterion is met, or is not, and where it was read.

    ``criterion`` is the id of the criterion in the law book, such as ``ca-qc/social-economy-democracy``. Without ``start``
    it is taken to hold on every day before ``end``.

    >>> Evidence("ca-qc/social-economy-democracy", True, source="by-laws, s. 4").holds
    True
    """

    criterion: str
    holds: bool
    source: str = field(kw_only=True)
    start: date | None = field(default=None, kw_only=True)
    end: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if faults.text("criterion", self.criterion, optional=False):
            from procurelib.law import law

            if self.criterion not in law:
                expected = "an id of the law book such as 'ca-qc/social-economy-democracy'"
                faults.add("criterion", self.criterion, expected, "What no criterion reads would be passed over.")
        faults.flag("holds", self.holds)
        faults.text("source", self.source, optional=False)
        _check_span(faults, self.start, self.end)
        faults.refuse()


def _percent(given: object) -> Any:
    """Return an exact number from text or a whole number; anything else is left for the checks."""
    if isinstance(given, bool) or not isinstance(given, str | int | Decimal):
        return given
    try:
        return Decimal(given)
    except InvalidOperation:
        return given


@final
@frozen
class Measure(_Dated):
    """A measured figure: a share in percent (``SHARES``), or a multiple or an amount a criterion compares.

    ``what`` names it: ``disabled``, ``disadvantaged`` and ``prisoners`` are shares of the workers the law counts,
    ``social_costs`` of the operating costs, ``municipal_revenue`` of the revenue; ``pay_average`` and ``pay_top`` are
    multiples of the yearly minimum wage; ``revenue`` is an amount; ``fund_share``, ``retained_share`` and ``fund_of_capital``
    are shares that the management of a commercial company must reach. Shares are percentages, from 0 to 100.

    >>> Measure("disabled", "62.5", source="report of 2024").value
    Decimal('62.5')
    """

    what: str
    value: Decimal = field(converter=_percent)
    source: str = field(kw_only=True)
    start: date | None = field(default=None, kw_only=True)
    end: date | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if self.what not in MEASURES:
            faults.add_unknown_code("what", str(self.what), MEASURES, "a known measure")
        value: object = self.value
        if not isinstance(value, Decimal) or not value.is_finite():
            faults.add_type("value", value, "an exact number such as '62.5'", "Write it in quotes: a float is not exact.")
        elif value < 0 or (self.what in _PERCENT and value > _HUNDRED):
            faults.add("value", value, "a share from 0 to 100" if self.what in _PERCENT else "zero or more")
        faults.text("source", self.source, optional=False)
        _check_span(faults, self.start, self.end)
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """Return the measure as JSON-safe values."""
        return {**{name: write(getattr(self, name)) for name in ("what", "source", "start", "end")}, "value": str(self.value)}


_HUNDRED: Final = Decimal(100)
_PERCENT: Final = (*SHARES, "fund_share", "retained_share", "fund_of_capital")
MEASURES: Final = (*_PERCENT, "pay_average", "pay_top", "revenue")


@final
@frozen
class Award:
    """A contract a buyer awarded to the enterprise on a day, under a reservation when ``reserved`` names one.

    >>> Award("fr/rennes", date(2020, 6, 1), reserved="fr/reserved-ess").reserved
    'fr/reserved-ess'
    """

    buyer: str
    day: date
    reserved: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("buyer", self.buyer, optional=False)
        faults.day("day", self.day)
        if faults.text("reserved", self.reserved) and self.reserved is not None and self.reserved not in RESERVATIONS:
            faults.add_unknown_code("reserved", self.reserved, RESERVATIONS, "a known reservation, or None")
        faults.text("source", self.source)
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """Return the award as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Award:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {"day": read_day})


def _identifiers(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Any:
    pairs = tuple(given.items()) if is_mapping(given) else tuple_if_iterable(given)
    if not is_tuple(pairs):
        return pairs
    read = tuple(tuple_if_iterable(pair) for pair in pairs)
    return tuple(sorted(read, key=str)) if all(is_tuple(pair) for pair in read) else read


@final
@frozen(kw_only=True)
class Enterprise:
    """An enterprise as far as it is known; what is not known is left out, and every answer then says so.

    ``country`` is ``CA`` (its law is Québec's here) or ``FR``. ``forms`` are its legal forms over time. ``established_in``
    is the place of an establishment (``CA-QC``, ``ca-qc/longueuil``, an agglomeration). ``awards`` are contracts won before,
    complete for the buyers named in ``awards_complete_for``. ``listed_in`` names directories: being listed is no recognition.

    Two forms, two pieces of evidence or two measures that contradict each other on some day are refused, with both.

    >>> coop = Enterprise(name="Coop", country="CA", forms=[LegalForm("solidarity_cooperative")])
    >>> coop.form_on(date(2024, 1, 1)), coop.evidence_on("ca-qc/social-economy-needs", date(2024, 1, 1))
    ('solidarity_cooperative', None)
    """

    name: str
    country: str
    forms: tuple[LegalForm, ...] = field(default=(), converter=tuple_if_iterable)
    identifiers: tuple[tuple[str, str], ...] = field(default=(), converter=_identifiers)
    accreditations: tuple[Accreditation, ...] = field(default=(), converter=tuple_if_iterable)
    accreditations_complete: bool = False
    evidence: tuple[Evidence, ...] = field(default=(), converter=tuple_if_iterable)
    measures: tuple[Measure, ...] = field(default=(), converter=tuple_if_iterable)
    awards: tuple[Award, ...] = field(default=(), converter=tuple_if_iterable)
    awards_complete_for: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    established_in: tuple[str, ...] | Unknown = field(default=UNKNOWN, converter=tuple_if_iterable)
    listed_in: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    id: str | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("name", self.name, optional=False)
        faults.text("id", self.id)
        faults.flag("accreditations_complete", self.accreditations_complete)
        if self.country not in FORMS:
            faults.add("country", self.country, f"one of {', '.join(FORMS)}")
        kinds = (
            ("forms", LegalForm),
            ("accreditations", Accreditation),
            ("evidence", Evidence),
            ("measures", Measure),
            ("awards", Award),
            ("awards_complete_for", str),
            ("listed_in", str),
        )
        checked = [faults.all_are(name, getattr(self, name), kind) for name, kind in kinds]
        if self.established_in is not UNKNOWN:
            faults.all_are("established_in", self.established_in, str)
        checked.append(self._check_identifiers(faults))
        if all(checked) and self.country in FORMS:
            self._check_country(faults)
            self._check_contradictions(faults)
        faults.refuse()

    def _check_identifiers(self, faults: Faults) -> bool:
        pairs: object = self.identifiers
        if not is_tuple(pairs) or not all(is_tuple(pair) and len(pair) == 2 for pair in pairs):
            faults.add_type("identifiers", pairs, "a mapping of kinds to numbers", "Write {'neq': '1148693667'}.")
            return False
        for kind, number in pairs:
            if kind not in IDENTIFIER_KINDS:
                faults.add_unknown_code("identifiers", str(kind), IDENTIFIER_KINDS, "a known kind of number")
            path = f"identifiers[{kind!r}]"
            if faults.text(path, number, optional=False) and not _DIGIT.search(number):
                faults.add(path, number, "a number", "Leave it out when it is not known.")
        return True

    def _check_country(self, faults: Faults) -> None:
        for place, form in enumerate(self.forms):
            if form.code not in FORMS[self.country]:
                faults.add(f"forms[{place}].code", form.code, f"a legal form of {self.country}")
        for place, accreditation in enumerate(self.accreditations):
            if accreditation.kind not in ACCREDITATIONS[self.country]:
                faults.add(f"accreditations[{place}].kind", accreditation.kind, f"an accreditation of {self.country}")

    def _check_contradictions(self, faults: Faults) -> None:
        """Refuse statements that cannot both be true on some day, naming both."""
        for first, second in _pairs(self.forms):
            if first.code != second.code and first.overlaps(second):
                faults.add("forms", (first, second), "one legal form on each day", "Say until when each one held.")
        for one, other in _pairs(self.evidence):
            if one.criterion == other.criterion and one.holds != other.holds and one.overlaps(other):
                sources = " and ".join(f"{e.source!r} says {'yes' if e.holds else 'no'}" for e in (one, other))
                expected = f"no two pieces of evidence that contradict each other on {one.criterion}: {sources}"
                faults.add("evidence", one.criterion, expected, "Date each one, or keep the one that prevails.")
        for this, that in _pairs(self.measures):
            if this.what == that.what and this.value != that.value and this.overlaps(that):
                sources = " and ".join(f"{m.value} by {m.source!r}" for m in (this, that))
                expected = f"one value of {this.what} on each day: {sources}"
                faults.add("measures", this.what, expected, "Date each one, or keep the one that prevails.")
        neq = _NOT_DIGIT.sub("", str(dict(self.identifiers).get("neq", "")))
        only = ONLY_FORM.get(neq[:2]) if len(neq) == _NEQ_DIGITS else None
        if only is not None and self.forms and all(form.code != only for form in self.forms):
            codes = ", ".join(form.code for form in self.forms)
            expected = f"a number of an enterprise that is {codes}: {neq[:2]} begins those of {only}"
            faults.add("identifiers['neq']", neq, expected, "Correct the number or the form.")

    def form_on(self, day: date) -> str | None:
        """The legal form on a day, ``None`` when it is not known."""
        return next((form.code for form in self.forms if form.stands_on(day)), None)

    def evidence_on(self, criterion: str, day: date) -> Evidence | None:
        """The evidence about a criterion on a day, ``None`` when there is none."""
        return next((e for e in self.evidence if e.criterion == criterion and e.stands_on(day)), None)

    def measure_on(self, what: str, day: date) -> Measure | None:
        """The figure on a day, ``None`` when it is not known."""
        return next((m for m in self.measures if m.what == what and m.stands_on(day)), None)

    def accreditation_on(self, kinds: tuple[str, ...], day: date) -> Accreditation | None:
        """The first accreditation of these kinds that stands on a day, ``None`` when none is known."""
        return next((a for a in self.accreditations if a.kind in kinds and a.stands_on(day)), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the enterprise as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Enterprise:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers = {
            "forms": read_list(LegalForm.from_dict),
            "accreditations": read_list(Accreditation.from_dict),
            "evidence": read_list(Evidence.from_dict),
            "measures": read_list(Measure.from_dict),
            "awards": read_list(Award.from_dict),
            "established_in": _read_places,
        }
        return read_fields(cls, data, readers)


def _read_places(given: Any) -> Any:
    if given == {"unknown": True}:
        return UNKNOWN
    if not isinstance(given, list | tuple):
        raise InputTypeError([Fault("$", shown(given), "a list of places")])
    return tuple(given)


def _pairs(items: tuple[_C, ...]) -> list[tuple[_C, _C]]:
    return [(first, second) for place, first in enumerate(items) for second in items[place + 1 :]]
