"""One purchase as a ledger states it: who bought what from whom, for how much and when, and what may make it count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast, final

from attrs import field, frozen

from procurelib.models.categories import CATEGORIES
from procurelib.models.city import City
from procurelib.models.commitment import str_as_is
from procurelib.models.convert import (
    Faults,
    is_mapping,
    is_tuple,
    read_day,
    read_estimate,
    read_fields,
    read_list,
    tuple_if_iterable,
    write_fields,
)
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise
from procurelib.money import Money, MoneyRange, ends_of
from procurelib.unknown import UNKNOWN, Unknown

PLACEHOLDER: Final = Decimal(1)
"""An amount up to this one stands in a ledger for an amount nobody entered."""
IMPLAUSIBLE: Final = Decimal(1_000_000_000)
"""No contract of a city is expected to reach this amount: one that does is checked first."""
_MARK: Final = re.compile(r"[a-z]{2}(?:-[a-z]+)?/[A-Za-z0-9.-]+|[a-z]+(?:_[a-z]+)*")


def _body(given: Any) -> Any:
    return given.id if isinstance(given, City) else given


def _bodies(given: Iterable[Any]) -> Any:
    found = tuple_if_iterable(given)
    return tuple(_body(one) for one in found) if is_tuple(found) else found


def _pairs(given: Any) -> Any:
    """Return names and values as pairs in the order of the names, from a mapping or from pairs."""
    pairs = tuple(given.items()) if is_mapping(given) else tuple_if_iterable(given)
    if not is_tuple(pairs):
        return pairs
    inner = [tuple_if_iterable(pair) for pair in pairs]
    return tuple(sorted(inner, key=lambda pair: str(pair[0])) if all(_is_pair(pair) for pair in inner) else inner)


def _is_pair(pair: object) -> bool:
    return is_tuple(pair) and len(pair) == 2


def _parts(given: Any) -> Any:
    pairs = _pairs(given)
    return tuple((_body(pair[0]), pair[1]) if _is_pair(pair) else pair for pair in pairs) if is_tuple(pairs) else pairs


@final
@frozen(kw_only=True)
class Purchase:
    """One purchase, as far as a ledger states it; what it does not state is ``UNKNOWN``.

    ``buyer`` is the id of the body that bought, or the ``City``. ``amount`` is what was bought for, on the tax basis it is
    stated on. ``day`` is a date, or the ``DayRange`` it lies in. ``category`` is a code such as ``services``; ``outside`` is
    no purchase (a grant, a loan, a lease). ``contract`` is the contract's number: purchases under one number are one
    contract. ``id`` is the purchase's own, unique over every ledger: two reports with one id are one purchase.

    ``group`` are the other buyers of a joint purchase, whose ``amount`` is then the whole; ``parts`` what each of them
    pays, where that is known. ``marks`` say what makes it count: a mark of the contract such as ``social_element``, or a
    scheme of its supplier such as ``ca-qc/E-1.1.1``, each ``True`` or ``False`` as recorded by whom ``source`` names.
    ``amount_checked`` says that an unlikely amount was checked and is right. Faults raise ``InputError``, all together.

    >>> bought = Purchase(buyer="ca-qc/longueuil", amount=Money("12000", "CAD", tax="net"), day=date(2025, 3, 3))
    >>> bought.supplier, bought.is_outside
    (UNKNOWN, False)
    """

    buyer: str | Unknown = field(default=UNKNOWN, converter=_body)
    supplier: Enterprise | Unknown = UNKNOWN
    amount: Money | MoneyRange | Unknown = UNKNOWN
    day: date | DayRange | Unknown = UNKNOWN
    category: str | Unknown = UNKNOWN
    contract: str | None = None
    id: str | None = None
    group: tuple[str, ...] = field(default=(), converter=_bodies)
    parts: tuple[tuple[str, Money], ...] = field(default=(), converter=_parts)
    marks: tuple[tuple[str, bool], ...] = field(default=(), converter=_pairs)
    amount_checked: bool = False
    source: str | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if self.buyer is not UNKNOWN:
            faults.text("buyer", self.buyer, optional=False)
        if self.supplier is not UNKNOWN and not isinstance(self.supplier, Enterprise):
            faults.add_type("supplier", self.supplier, "an Enterprise, or UNKNOWN", "A name alone is Enterprise(name=…).")
        if self.amount is not UNKNOWN and not isinstance(self.amount, Money | MoneyRange):
            faults.add_type("amount", self.amount, "Money, MoneyRange or UNKNOWN", "Write Money('12000', 'CAD', tax=UNKNOWN).")
        if self.day is not UNKNOWN and not isinstance(self.day, DayRange):
            faults.day("day", self.day)
        if self.category is not UNKNOWN:
            faults.code("category", self.category, CATEGORIES, "a known category, or UNKNOWN")
        for name in ("contract", "id", "source"):
            faults.text(name, getattr(self, name))
        faults.flag("amount_checked", self.amount_checked)
        if faults.all_are("group", self.group, str) and self.group and self.buyer in self.group:
            faults.add("group", self.group, "the other buyers, without the buyer itself")
        self._check_marks(faults)
        self._check_parts(faults)
        faults.refuse()

    def _check_marks(self, faults: Faults) -> None:
        marks: object = self.marks
        if not is_tuple(marks) or not all(_is_pair(pair) for pair in marks):
            faults.add_type("marks", marks, "a mapping of marks to True or False", "Write {'social_element': True}.")
            return
        for name, holds in marks:
            if not isinstance(name, str) or _MARK.fullmatch(name) is None:
                faults.add("marks", name, "a mark such as 'social_element', or a scheme such as 'ca-qc/E-1.1.1'")
            faults.flag(f"marks[{name!r}]", holds)
        if len({pair[0] for pair in marks}) < len(marks):
            faults.add("marks", [pair[0] for pair in marks], "each mark once")

    def _check_parts(self, faults: Faults) -> None:
        parts: object = self.parts
        if not is_tuple(parts) or not all(_is_pair(pair) and isinstance(pair[1], Money) for pair in parts):
            faults.add_type("parts", parts, "a mapping of the buyers' ids to Money")
            return
        for body, part in cast("tuple[tuple[str, Money], ...]", parts):
            if body not in self.buyers:
                faults.add("parts", body, "one of the buyers", "Name it in group.")
            if isinstance(self.amount, Money):
                if (part.currency, part.tax) != (self.amount.currency, self.amount.tax):
                    faults.add("parts", part, f"an amount in {self.amount.currency} with tax={self.amount.tax!r}, as the whole")
                elif part.amount > self.amount.amount:
                    faults.add("parts", part, "a part that is not above the whole")
        self._check_total(faults)
        if len({pair[0] for pair in parts}) < len(parts):
            faults.add("parts", [pair[0] for pair in parts], "each buyer once")

    def _check_total(self, faults: Faults) -> None:
        """Check that the parts are not above the whole together, and are the whole when every buyer has one."""
        whole: object = self.amount
        if not isinstance(whole, Money) or not self.parts or faults.found:
            return
        total = self.parts[0][1]
        for _, part in self.parts[1:]:
            total += part
        every = {body for body, _ in self.parts} == set(self.buyers) and self.buyer is not UNKNOWN
        if total > whole or (every and total != whole):
            faults.add("parts", total, f"parts that add up to {'' if every else 'at most '}the whole, {whole!r}")

    @property
    def buyers(self) -> tuple[str, ...]:
        """Those it is bought for, as far as they are named."""
        return (() if isinstance(self.buyer, Unknown) else (self.buyer,)) + self.group

    @property
    def unlikely(self) -> str | None:
        """``placeholder`` or ``implausible``: why its amount, which nobody checked, may not be what was paid."""
        if isinstance(self.amount, Unknown) or self.amount_checked:
            return None
        most = ends_of(self.amount)[1].amount
        return "placeholder" if most <= PLACEHOLDER else "implausible" if most >= IMPLAUSIBLE else None

    @property
    def is_outside(self) -> bool:
        """Whether it is no purchase: a grant, a loan, a lease, employment."""
        return self.category == "outside"

    def to_dict(self) -> dict[str, Any]:
        """Return the purchase as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Purchase:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers = {
            "supplier": lambda given: UNKNOWN if given == {"unknown": True} else Enterprise.from_dict(given),
            "amount": read_estimate,
            "day": _read_when,
            "group": read_list(str_as_is),
            "parts": read_list(_read_part),
            "marks": read_list(tuple_if_iterable),
        }
        return read_fields(cls, data, readers)


def _read_when(given: Any) -> Any:
    if given == {"unknown": True}:
        return UNKNOWN
    return DayRange.from_dict(given) if is_mapping(given) else read_day(given)


def _read_part(given: Any) -> Any:
    pair = tuple_if_iterable(given)
    return (pair[0], Money.from_dict(pair[1])) if _is_pair(pair) else pair
