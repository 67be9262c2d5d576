"""A Québec city's by-law on contract management, as far as it moves the boundaries between procedures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeGuard, cast, final

from attrs import field, frozen

from procurelib.errors import Fault, InputError
from procurelib.models.categories import CATEGORIES
from procurelib.models.convert import Faults, is_mapping, is_tuple, read_day, read_fields, write_fields
from procurelib.money import Money


@final
class Floating:
    """The threshold set by the Minister, whatever it is that day; there is one instance, ``FLOATING``.

    It stays the same object through copying and pickling.

    >>> FLOATING is Floating()
    True
    """

    __slots__ = ()
    _one: Floating | None = None

    def __new__(cls) -> Floating:
        """Return the one instance."""
        if Floating._one is None:
            Floating._one = super().__new__(cls)
        return Floating._one

    def __repr__(self) -> str:
        return "FLOATING"

    def __reduce__(self) -> str:
        return "FLOATING"

    def __copy__(self) -> Floating:
        return self

    def __deepcopy__(self, memo: object) -> Floating:
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON-safe sign of this value."""
        return {"floating": True}


FLOATING: Final = Floating()

# A by-law on contracts says nothing of grants, employment or concessions.
BYLAW_CATEGORIES: Final = tuple(code for code in CATEGORIES if code not in ("outside", "concession"))


def _are_pairs(value: object) -> TypeGuard[tuple[tuple[str, Any], ...]]:
    return is_tuple(value) and all(is_tuple(pair) and len(pair) == 2 and isinstance(pair[0], str) for pair in value)


def _pairs(given: Mapping[str, Money | Floating] | tuple[tuple[str, Money | Floating], ...]) -> Any:
    """Return sorted pairs, which are immutable and hashable, or what was given when it is no mapping of codes."""
    pairs: object = tuple(given.items()) if is_mapping(given) else given
    return tuple(sorted(pairs, key=lambda pair: pair[0])) if _are_pairs(pairs) else given


@final
@frozen(repr=False)
class ByLaw:
    """The rules a city set for its own contracts, from the day they took effect.

    ``since`` is the first day in force. ``direct_below`` maps a category to the amount below which the by-law allows
    a direct award; a category covers those under it, and one not named follows the Act. ``public_from`` is the amount
    from which the by-law itself requires a public call. An amount is either the figure printed in the by-law, as
    ``Money(..., "CAD", tax="net")``, or ``FLOATING``, the threshold set by the Minister.

    Refused with ``InputError``: a ceiling below the amount from which the Act asks for an invitation, a printed
    ``public_from`` below the oldest statutory threshold, a ceiling above the printed ``public_from``, an amount in
    another currency or on another tax basis, a category that does not exist.

    >>> bylaw = ByLaw(date(2019, 5, 14), {"goods": Money("100000", "CAD", tax="net"), "services": FLOATING})
    >>> bylaw.direct_below["services"]
    FLOATING
    """

    since: date
    _direct_below: tuple[tuple[str, Money | Floating], ...] = field(converter=_pairs)
    public_from: Money | Floating | None = field(default=None, kw_only=True)
    number: str | None = field(default=None, kw_only=True)
    source: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.day("since", self.since)
        faults.text("number", self.number)
        faults.text("source", self.source)
        ceilings: object = self._direct_below
        if not _are_pairs(ceilings):
            remedy = "Write {'goods': FLOATING}."
            faults.add_type("direct_below", ceilings, "a mapping of categories to amounts", remedy)
            ceilings = ()
        printed: dict[str, Money] = {}
        for code, ceiling in ceilings:
            if code not in BYLAW_CATEGORIES:
                faults.add_unknown_code("direct_below", code, BYLAW_CATEGORIES, "a category a by-law may name")
            if _printed(ceiling, faults, f"direct_below[{code!r}]"):
                printed[code] = ceiling
        pin: object = self.public_from
        if pin is not None and _printed(pin, faults, "public_from"):
            oldest = _statutory("ca-qc/public-call-threshold")
            if pin.amount < oldest.amount:
                expected = f"at least {oldest!r}, the oldest statutory threshold"
                faults.add("public_from", pin, expected, "Check the figure printed in the by-law.")
        else:
            pin = None
        for code, amount in printed.items():
            path = f"direct_below[{code!r}]"
            floor = _statutory("ca-qc/invitation-floor")
            if amount.amount < floor.amount:
                expected = f"at least {floor!r}, below which the Act itself allows a direct award"
                faults.add(path, amount, expected, "Leave the category out if the by-law sets no ceiling for it.")
            if pin is not None and amount.amount > pin.amount:
                faults.add(path, amount, f"at most public_from, {pin!r}", "Check both figures in the by-law.")
        faults.refuse()

    @property
    def direct_below(self) -> Mapping[str, Money | Floating]:
        """The amount below which a direct award is allowed, by category (read-only, in the order of the codes)."""
        return MappingProxyType(dict(self._direct_below))

    def __repr__(self) -> str:
        options = [
            f", {name}={value!r}"
            for name, value in (("public_from", self.public_from), ("number", self.number), ("source", self.source))
            if value is not None
        ]
        return f"ByLaw({self.since!r}, {dict(self._direct_below)!r}{''.join(options)})"

    def to_dict(self) -> dict[str, Any]:
        """Return the by-law as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ByLaw:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers = {"since": read_day, "direct_below": _read_ceilings, "public_from": _read_printed}
        return read_fields(cls, data, readers)


def _printed(amount: object, faults: Faults, path: str) -> TypeGuard[Money]:
    """Say whether an amount of a by-law is a printed figure, well formed."""
    if isinstance(amount, Floating):
        return False
    if not isinstance(amount, Money):
        remedy = "Write FLOATING for the threshold set by the Minister."
        faults.add_type(path, amount, "Money(..., 'CAD', tax='net') or FLOATING", remedy)
        return False
    if (amount.currency, amount.tax) != ("CAD", "net"):
        remedy = "Québec compares the expenditure net of tax rebates; state the figure so."
        faults.add(path, amount, "an amount in CAD with tax='net'", remedy)
        return False
    return True


def _statutory(id: str) -> Money:
    """Return the oldest amount of a value of the law book."""
    from procurelib.law import law

    return cast("Money", law[id].versions[0].value)


def _read_printed(given: Any) -> Money | Floating | None:
    if given is None:
        return None
    return FLOATING if given == {"floating": True} else Money.from_dict(given)


def _read_ceilings(given: Any) -> Any:
    """Read a mapping of categories to amounts; anything else is left for the by-law to name."""
    if not is_mapping(given):
        return given
    ceilings: dict[str, Any] = {}
    faults: list[Fault] = []
    for code, amount in given.items():
        try:
            ceilings[code] = _read_printed(amount)
        except InputError as error:
            faults += [Fault(f"$[{code!r}]{f.path[1:]}", f.value, f.expected, f.remedy) for f in error.faults]
    if faults:
        raise InputError(faults)
    return ceilings
