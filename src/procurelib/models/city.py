"""A public body that buys: a municipality, or the agglomeration that several form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, cast, final

from attrs import evolve, field, frozen

from procurelib.errors import Fault, InputTypeError
from procurelib.models.bylaw import ByLaw
from procurelib.models.convert import (
    Faults,
    is_mapping,
    is_tuple,
    read_estimate,
    read_fields,
    read_list,
    read_plain,
    shown,
    tuple_if_iterable,
    write_fields,
)
from procurelib.models.scheme import CONFIDENCES, PurchasingScheme
from procurelib.money import Currency, Money, MoneyRange
from procurelib.unknown import UNKNOWN, Unknown

KINDS: Final = ("municipality", "agglomeration", "metropolis", "territory", "indigenous_land", "regional_government")
IDENTIFIERS: Final = ("siren", "siret", "insee")
CURRENCY_OF: Final[Mapping[str, Currency]] = {"CA": "CAD", "FR": "EUR"}

_ID = re.compile(r"(?:ca-qc|fr)/[a-z0-9]+(?:-[a-z0-9]+)*")
_CODE = re.compile(r"ca-qc/[0-9]{5}|fr/[0-9]{9}")


@final
@frozen
class Basis:
    """How a fact about a place is known: the fact, the confidence in it, and the source read.

    >>> Basis("governing_act", "inferred", "the designation of the municipality").confidence
    'inferred'
    """

    fact: str
    confidence: str
    source: str

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("fact", self.fact, optional=False)
        faults.text("source", self.source, optional=False)
        if self.confidence not in CONFIDENCES:
            faults.add("confidence", self.confidence, f"one of {', '.join(CONFIDENCES)}")
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """Return the basis as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Basis:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {})


def _series(given: Iterable[ByLaw] | Unknown | None) -> Any:
    """Return by-laws in the order of their first days; leave what is not a series to the checks."""
    bylaws = tuple_if_iterable(given)
    if is_tuple(bylaws) and all(isinstance(one, ByLaw) for one in bylaws):
        return tuple(sorted(bylaws, key=lambda one: cast("ByLaw", one).since))
    return bylaws


def _named(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> Any:
    """Return names and values as sorted pairs, from a mapping or from pairs."""
    pairs = tuple(given.items()) if is_mapping(given) else tuple_if_iterable(given)
    return tuple(sorted(tuple_if_iterable(pair) for pair in pairs)) if is_tuple(pairs) else pairs


def _spending(given: Any) -> Any:
    """Return years and amounts as pairs in the order of the years, from a mapping or from pairs."""
    pairs = tuple(given.items()) if is_mapping(given) else tuple_if_iterable(given)
    if not is_tuple(pairs):
        return pairs
    inner = [tuple_if_iterable(pair) for pair in pairs]
    return tuple(sorted(inner, key=lambda pair: pair[0]) if all(_is_spent(pair) for pair in inner) else inner)


def _is_spent(pair: object) -> bool:
    return is_tuple(pair) and len(pair) == 2 and type(pair[0]) is int and isinstance(pair[1], (Money, MoneyRange))


def _counts(given: Mapping[int, int] | Iterable[tuple[int, int]]) -> Any:
    """Return years and counts as sorted pairs, from a mapping or from pairs."""
    pairs = tuple(given.items()) if is_mapping(given) else tuple_if_iterable(given)
    if not is_tuple(pairs):
        return pairs
    inner = [tuple_if_iterable(pair) for pair in pairs]
    return tuple(sorted(inner) if all(_is_count(pair) for pair in inner) else inner)


def _members(given: Iterable[str]) -> Any:
    return tuple_if_iterable(given)


def _basis(given: Iterable[Basis]) -> Any:
    return tuple_if_iterable(given)


def _is_count(pair: object) -> bool:
    return is_tuple(pair) and len(pair) == 2 and all(type(number) is int for number in pair)


@final
@frozen(kw_only=True)
class City:
    """A body that buys, with what is known about it; what is not known is ``UNKNOWN``, never guessed.

    ``id`` is permanent: ``ca-qc/longueuil`` for a shipped city, else its code, ``ca-qc/58227``. ``designation`` is the
    register's word (``Ville``, ``Village``). ``agglomeration`` is the id of the one the city belongs to, ``None`` when
    it belongs to none. An agglomeration names its ``members`` and the city it ``acts_through``. ``governing_act`` is
    the Act that governs its contracts, such as ``C-19``. ``population`` holds census counts by year, not the
    population the government decrees.

    ``identifiers`` are the official numbers by name (``siren``, ``siret``, ``insee``); a number that fails its own check
    is refused. ``annual_purchases`` holds what a French buyer spent on contracts in a calendar year, before tax, as far
    as it is known; ``schemes`` are the purchasing schemes it adopted.

    ``bylaws`` is ``UNKNOWN`` unless given; ``None`` means that the city sets no rule of its own; otherwise they are
    in the order of their first days. ``basis`` says how each fact is known. Faults raise ``InputError``, all together.

    >>> city = City(id="ca-qc/brossard", code="ca-qc/58007", name="Brossard")
    >>> city.country, city.subdivision, city.bylaws
    ('CA', 'CA-QC', UNKNOWN)
    """

    id: str
    name: str
    code: str | None = None
    official_name: str | None = None
    kind: str = "municipality"
    designation: str | None = None
    agglomeration: str | Unknown | None = UNKNOWN
    members: tuple[str, ...] = field(default=(), converter=_members)
    acts_through: str | None = None
    governing_act: str | Unknown = UNKNOWN
    population: tuple[tuple[int, int], ...] = field(default=(), converter=_counts)
    bylaws: tuple[ByLaw, ...] | Unknown | None = field(default=UNKNOWN, converter=_series)
    note_fr: str | None = field(default=None, repr=False)
    note_en: str | None = field(default=None, repr=False)
    basis: tuple[Basis, ...] = field(default=(), converter=_basis, repr=False)
    identifiers: tuple[tuple[str, str], ...] = field(default=(), converter=_named)
    annual_purchases: tuple[tuple[int, Money | MoneyRange], ...] = field(default=(), converter=_spending)
    schemes: tuple[PurchasingScheme, ...] = field(default=(), converter=tuple_if_iterable, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if faults.text("id", self.id, optional=False) and _ID.fullmatch(self.id) is None:
            faults.add("id", self.id, "an id such as 'ca-qc/longueuil' or 'ca-qc/58227'")
        if faults.text("code", self.code) and _CODE.fullmatch(self.code or "") is None:
            faults.add("code", self.code, "a code such as 'ca-qc/58227'")
        elif not faults.found and self.code and self.code.partition("/")[0] != self.jurisdiction:
            faults.add("code", self.code, f"a code of {self.jurisdiction}, like the id")
        faults.text("name", self.name, optional=False)
        for name in ("official_name", "designation", "acts_through", "note_fr", "note_en"):
            faults.text(name, getattr(self, name))
        for name, optional in (("agglomeration", True), ("governing_act", False)):
            if getattr(self, name) is not UNKNOWN:
                faults.text(name, getattr(self, name), optional=optional)
        if self.kind not in KINDS:
            faults.add_unknown_code("kind", str(self.kind), KINDS, "a known kind of body")
        self._check_series(faults)
        self._check_numbers(faults)
        if self.kind == "agglomeration":
            if self.members == ():
                faults.add("members", self.members, "the ids of the cities that form the agglomeration")
            elif self.acts_through not in self.members:
                faults.add("acts_through", self.acts_through, "the member that acts for the agglomeration")
        elif self.members or self.acts_through is not None:
            faults.add("members", self.members, "nothing: only an agglomeration has members and acts through one")
        faults.refuse()

    def _check_numbers(self, faults: Faults) -> None:
        """Check the official numbers and the yearly amounts."""
        identifiers: object = self.identifiers
        if not is_tuple(identifiers) or not all(is_tuple(pair) and len(pair) == 2 for pair in identifiers):
            faults.add_type("identifiers", identifiers, "a mapping of names to numbers", "Write {'siren': '213502388'}.")
        else:
            for name, number in identifiers:
                if name not in IDENTIFIERS:
                    faults.add_unknown_code("identifiers", str(name), IDENTIFIERS, "a known kind of number")
                elif faults.text(f"identifiers[{name!r}]", number, optional=False) and not _is_valid(name, number):
                    faults.add(f"identifiers[{name!r}]", number, f"a {name.upper()} whose digits pass its check")
        spent: object = self.annual_purchases
        if not is_tuple(spent):
            faults.add_type("annual_purchases", spent, "a mapping of years to amounts")
            return
        for place, pair in enumerate(spent):
            path = f"annual_purchases[{place}]"
            if not _is_spent(pair):
                faults.add_type(path, pair, "a pair of a year and Money or MoneyRange")
            elif self.country != "FR":
                faults.add(path, pair[0], "nothing: only French law reads what a buyer spends in a year")
            elif (pair[1].currency, pair[1].tax) != ("EUR", "excluded"):
                faults.add(path, pair[1], "an amount in EUR with tax='excluded'", "The law compares purchases before tax.")
        years = [pair[0] for pair in spent if _is_spent(pair)]
        if len(set(years)) < len(years):
            faults.add("annual_purchases", years, "each year once")

    def _check_series(self, faults: Faults) -> None:
        series = (("members", str, "an id"), ("basis", Basis, "a Basis"), ("schemes", PurchasingScheme, "a PurchasingScheme"))
        for name, kind, what in series:
            items: object = getattr(self, name)
            if not is_tuple(items):
                faults.add_type(name, items, f"a sequence, each item {what}")
                continue
            for place, item in enumerate(items):
                if not isinstance(item, kind):
                    faults.add_type(f"{name}[{place}]", item, what)
        counts: object = self.population
        if not is_tuple(counts):
            faults.add_type("population", counts, "pairs of a year and a count")
        else:
            for place, pair in enumerate(counts):
                if not _is_count(pair):
                    faults.add_type(f"population[{place}]", pair, "a pair of a year and a count")
        bylaws: object = self.bylaws
        if bylaws is None or bylaws is UNKNOWN:
            return
        if not is_tuple(bylaws):
            faults.add_type("bylaws", bylaws, "by-laws, None (it sets no rule of its own) or UNKNOWN")
            return
        if self.country != "CA":
            faults.add("bylaws", bylaws, "UNKNOWN", "A by-law on contract management is an instrument of Québec.")
        if not bylaws:
            faults.add("bylaws", bylaws, "at least one by-law, or None (it sets no rule of its own)")
        seen: set[date] = set()
        for place, bylaw in enumerate(bylaws):
            if not isinstance(bylaw, ByLaw):
                faults.add_type(f"bylaws[{place}]", bylaw, "a ByLaw")
            elif bylaw.since in seen:
                faults.add(f"bylaws[{place}].since", bylaw.since, "another first day than the by-law before it")
            else:
                seen.add(bylaw.since)

    @property
    def jurisdiction(self) -> str:
        """The prefix of the ids of the law that governs the city: ``ca-qc`` or ``fr``."""
        return str(self.id).partition("/")[0]

    @property
    def country(self) -> str:
        """The ISO 3166-1 code of the country."""
        return self.jurisdiction[:2].upper()

    @property
    def subdivision(self) -> str | None:
        """The ISO 3166-2 code of the province, where the law is the province's."""
        return self.jurisdiction.upper() if "-" in self.jurisdiction else None

    def with_bylaw(self, *bylaws: ByLaw | None) -> City:
        """Return the same city with by-laws added to those it has, or with ``None``: it sets no rule of its own.

        Two by-laws with the same first day raise ``InputError``.

        >>> from procurelib.models import FLOATING
        >>> city = City(id="ca-qc/brossard", name="Brossard")
        >>> city.with_bylaw(ByLaw(date(2019, 5, 14), {"goods": FLOATING})).bylaw_on(date(2020, 1, 1)).since
        datetime.date(2019, 5, 14)
        >>> city.with_bylaw(None).bylaws is None
        True
        """
        if bylaws == (None,):
            return evolve(self, bylaws=None)
        faults = Faults()
        if not bylaws:
            faults.add("bylaws", (), "one or more by-laws, or None (the city sets no rule of its own)")
        series: list[ByLaw] = list(self.bylaws) if isinstance(self.bylaws, tuple) else []
        for place, bylaw in enumerate(bylaws):
            if bylaw is None:
                faults.add(f"bylaws[{place}]", bylaw, "a ByLaw", "None stands alone: the city sets no rule of its own.")
            else:
                series.append(bylaw)
        faults.refuse()
        return evolve(self, bylaws=series)

    def bylaw_on(self, day: date) -> ByLaw | Unknown | None:
        """Return the by-law in force on a day, as far as it is known.

        ``UNKNOWN`` when no by-law was given, and before the first one given: an earlier one may have existed.
        ``None`` when the city sets no rule of its own. A ``datetime`` raises ``InputTypeError``.
        """
        faults = Faults()
        faults.day("day", day)
        faults.refuse()
        if not isinstance(self.bylaws, tuple):
            return self.bylaws
        in_force: ByLaw | Unknown = UNKNOWN
        for bylaw in self.bylaws:
            if bylaw.since <= day:
                in_force = bylaw
        return in_force

    def to_dict(self) -> dict[str, Any]:
        """Return the city, its by-laws included, as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> City:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers = {
            "bylaws": _read_bylaws,
            "basis": read_list(Basis.from_dict),
            "annual_purchases": read_list(_read_spent),
            "schemes": read_list(PurchasingScheme.from_dict),
        }
        return read_fields(cls, data, readers)


def _is_valid(name: str, number: str) -> bool:
    """Whether the digits of an official number pass its own check; an INSEE code has none beyond its form."""
    if name == "insee":
        return re.fullmatch(r"[0-9][0-9AB][0-9]{3}", number) is not None
    from stdnum.fr import siren, siret

    return bool((siren if name == "siren" else siret).is_valid(number)) and number.isdigit()


def _read_spent(given: Any) -> Any:
    if not isinstance(given, (list, tuple)) or len(cast("tuple[Any, ...]", given)) != 2:
        raise InputTypeError([Fault("$", shown(given), "a year and an amount")])
    year, amount = cast("tuple[Any, Any]", given)
    return (year, read_estimate(amount))


def _read_bylaws(given: Any) -> Any:
    return read_list(ByLaw.from_dict)(given) if isinstance(given, (list, tuple)) else read_plain(given)
