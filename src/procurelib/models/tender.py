"""A purchase as its buyer sees it before it is launched: the facts that decide what the law requires."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast, final

from attrs import evolve, field, fields, frozen

from procurelib.models.categories import CATEGORIES, SERVICES, covers
from procurelib.models.city import CURRENCY_OF, City
from procurelib.models.convert import (
    Faults,
    Reader,
    is_tuple,
    read_day,
    read_estimate,
    read_fields,
    read_list,
    read_money,
    tuple_if_iterable,
    write_fields,
)
from procurelib.models.grounds import GROUNDS, contradictions, grounds_of
from procurelib.money import Money, MoneyRange, ends_of
from procurelib.unknown import UNKNOWN, Unknown

ABSURD: Final = Decimal(10) ** 12
POWERS: Final = ("agglomeration",)
FRAMEWORKS: Final = ("maximum", "no_maximum")
FORMAL_PROCEDURES: Final = ("open", "restricted", "negotiation", "dialogue")
LONGEST_MONTHS: Final = 1200

_CLASSIFICATION = re.compile(r"(?:unspsc|cpv):[0-9]{8}")


@final
@frozen
class Lot:
    """One part of a tender that may be awarded on its own.

    ``value`` is the estimate of the lot, an amount, a range or ``UNKNOWN``; ``category`` is the tender's unless given;
    ``small=True`` claims the derogation that French law grants small lots, ``reserved`` says to whom the lot is.
    Faults raise ``InputError``.

    >>> Lot(Money("40000", "CAD", tax="net"), title="Paint").small
    False
    """

    value: Money | MoneyRange | Unknown
    category: str | None = field(default=None, kw_only=True)
    small: bool = field(default=False, kw_only=True)
    reserved: str | None = field(default=None, kw_only=True)
    title: str | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        _check_estimate(faults, "value", self.value)
        if self.category is not None:
            _check_category(faults, self.category)
        faults.flag("small", self.small)
        faults.text("reserved", self.reserved)
        faults.text("title", self.title)
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """Return the lot as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Lot:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, {"value": read_estimate})


def _lots(given: Iterable[Lot]) -> Any:
    return tuple_if_iterable(given)


def _group(given: Iterable[City]) -> Any:
    return tuple_if_iterable(given)


def _claims(given: Iterable[str]) -> Any:
    """Return a set of grounds, or what was given when it is not a collection of texts."""
    items = tuple_if_iterable(given)
    if is_tuple(items) and all(isinstance(item, str) for item in items):
        return frozenset(items)
    return items


@final
@frozen(kw_only=True, getstate_setstate=False)
class Tender:
    """A need, its estimated value and the day it is launched, which fixes the law.

    ``value`` is the estimate of the contract itself, without options: an amount, a range or ``UNKNOWN``; with
    ``group``, it is the whole group's. ``options`` is the total of renewals and additional quantities. ``launched`` is
    the day the notice or the invitation is sent, or the consultation launched.

    ``need`` is the value of the whole need the contract is a part of, this contract and its options included: in France
    the homogeneous category of supplies or services, or the operation of works; the contract is the whole unless given.

    What the buyer claims or decides, nothing unless given: ``lots``, ``grounds``, ``uncertain_grounds`` (those that may
    hold, nobody knows), ``group`` (the other buyers of a
    joint purchase), ``bylaw_of`` (the buyer whose by-law applies, if not the lead), ``power`` (``"agglomeration"``),
    ``utility``, ``reserved`` (to whom the contract is reserved), ``criteria`` and ``clauses`` (award criteria and
    performance clauses, as the buyer words them), ``published``, ``concludes``, and ``taxable=False`` when the supplier
    charges no tax. Of a French tender also ``framework`` (``"maximum"`` when the value is the maximum of a framework
    agreement, ``"no_maximum"`` when it states none), ``total_price=False`` (the contract states no total price; its value
    is what is expected over ``duration``) and ``formal_procedure`` (``open`` unless said, ``restricted``, ``negotiation`` or
    ``dialogue``), read when a formal procedure is due. What no rule of the buyer's law reads is said in a caveat of every
    answer.
    Facts of the need, ``UNKNOWN`` unless given: ``duration`` in months, ``classification`` (``"unspsc:72151500"``),
    ``service`` (a code of the listed services), ``electronic`` (whether tenders are received electronically).

    The day is not compared with the span of the law here. Every other fault is reported, all in one ``InputError``.

    >>> tender = Tender(
    ...     buyer=City(id="ca-qc/longueuil", name="Longueuil"),
    ...     category="goods",
    ...     value=Money("150000", "CAD", tax="net"),
    ...     launched=date(2026, 2, 2),
    ... )
    >>> tender.replace(value=UNKNOWN).value
    UNKNOWN
    """

    buyer: City
    category: str
    value: Money | MoneyRange | Unknown
    launched: date
    options: Money | None = None
    need: Money | MoneyRange | Unknown | None = None
    lots: tuple[Lot, ...] = field(default=(), converter=_lots)
    grounds: frozenset[str] = field(default=frozenset(), converter=_claims)
    uncertain_grounds: frozenset[str] = field(default=frozenset(), converter=_claims)
    group: tuple[City, ...] = field(default=(), converter=_group)
    bylaw_of: City | None = None
    power: str | None = None
    utility: bool = False
    reserved: str | None = None
    criteria: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    clauses: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    published: date | None = None
    concludes: date | None = None
    taxable: bool = True
    framework: str | None = None
    total_price: bool = True
    formal_procedure: str | None = None
    duration: int | Unknown = UNKNOWN
    classification: str | Unknown = UNKNOWN
    service: str | Unknown = UNKNOWN
    electronic: bool | Unknown = UNKNOWN
    id: str | None = None
    title: str | None = None
    # What the rules worked out of the fields above; a tender never changes, so it is worked out once. Never copied.
    _memo: dict[Any, Any] = field(init=False, factory=dict, eq=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        given = {one.name: getattr(self, one.name) for one in fields(type(self)) if one.init}
        return (_restored, (given,))

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        buyer: object = self.buyer
        known_buyer = buyer if isinstance(buyer, City) else None
        if known_buyer is None:
            faults.add_type("buyer", buyer, "a City", "Take one from procurelib.cities, or build a City.")
        category = _check_category(faults, self.category)
        self._check_amounts(faults, known_buyer)
        self._check_dates(faults)
        self._check_grounds(faults, known_buyer)
        self._check_buyers(faults, known_buyer)
        for name in ("utility", "taxable", "total_price"):
            faults.flag(name, getattr(self, name))
        self._check_french(faults, known_buyer)
        faults.flag("electronic", self.electronic, unknown=True)
        for name in ("id", "title", "reserved"):
            faults.text(name, getattr(self, name))
        for name in ("criteria", "clauses"):
            given: object = getattr(self, name)
            if not is_tuple(given):
                faults.add_type(name, given, "a sequence of texts")
                continue
            for place, text in enumerate(given):
                faults.text(f"{name}[{place}]", text, optional=False)
        self._check_need(faults, category)
        faults.refuse()

    def _check_amounts(self, faults: Faults, buyer: City | None) -> None:
        amounts: list[tuple[str, Money | MoneyRange]] = []
        if (value := _check_estimate(faults, "value", self.value)) is not None:
            amounts.append(("value", value))
        options: object = self.options
        if isinstance(options, Money):
            _check_size(faults, "options", options.amount)
            amounts.append(("options", options))
        elif options is not None:
            faults.add_type("options", options, "Money, or None when there are no options")
        need: object = self.need
        if need is not None:
            whole = _check_estimate(faults, "need", need)
            if whole is not None:
                amounts.append(("need", whole))
        lots: object = self.lots
        if not is_tuple(lots):
            faults.add_type("lots", lots, "a sequence of Lot")
            lots = ()
        for place, lot in enumerate(lots):
            if not isinstance(lot, Lot):
                faults.add_type(f"lots[{place}]", lot, "a Lot")
                continue
            if isinstance(lot.value, (Money, MoneyRange)):
                amounts.append((f"lots[{place}].value", lot.value))
            if lot.small and buyer is not None and buyer.country == "CA":
                faults.add(f"lots[{place}].small", lot.small, "False", "Québec has no derogation for small lots.")
        self._check_kinds(faults, buyer, amounts)
        self._check_need_holds(faults)
        exact = [amount for path, amount in amounts if path.startswith("lots") and isinstance(amount, Money)]
        if not (isinstance(value, Money) and exact and len(exact) == len(lots)):
            return
        if len({(amount.currency, amount.tax) for amount in (value, *exact)}) == 1:
            total = exact[0]
            for amount in exact[1:]:
                total += amount
            if total > value:
                expected = f"lots that add up to at most the value, {value!r}"
                faults.add("lots", total, expected, "The value is the whole's, all lots included.")

    def _check_need_holds(self, faults: Faults) -> None:
        """Check that the whole need is not below the contract and its options."""
        value, need, options = self.value, self.need, self.options
        if not isinstance(value, Money | MoneyRange) or not isinstance(need, Money | MoneyRange):
            return
        part, whole = ends_of(value)[0], ends_of(need)[1]
        if isinstance(options, Money) and (options.currency, options.tax) == (part.currency, part.tax):
            part = part + options
        if (part.currency, part.tax) == (whole.currency, whole.tax) and part > whole:
            expected = f"at least the contract with its options, {part!r}"
            faults.add("need", need, expected, "The need is the whole, this contract included.")

    def _check_kinds(self, faults: Faults, buyer: City | None, amounts: list[tuple[str, Money | MoneyRange]]) -> None:
        """Check that every amount is in the currency of the country, and on one tax basis."""
        if not amounts:
            return
        first, model = amounts[0]
        currency, why = model.currency, f"like {first}"
        if buyer is not None:
            currency, why = CURRENCY_OF[buyer.country], "the currency of the buyer's country"
        for path, amount in amounts:
            if amount.currency != currency:
                faults.add(path, amount, f"an amount in {currency}, {why}", "Nothing is converted: state it in that currency.")
            elif amount.tax != model.tax:
                faults.add(path, amount, f"the tax basis of {first}, {model.tax!r}", "State every amount on one basis.")

    def _check_french(self, faults: Faults, buyer: City | None) -> None:
        """Check what only French law reads."""
        for name, codes in (("framework", FRAMEWORKS), ("formal_procedure", FORMAL_PROCEDURES)):
            given: object = getattr(self, name)
            if given is not None and given not in codes:
                faults.add_unknown_code(name, str(given), codes, "a known code, or None")
        if buyer is None or buyer.country == "FR":
            return
        for name, unless in (("need", None), ("framework", None), ("total_price", True), ("formal_procedure", None)):
            given = getattr(self, name)
            if given is not unless:
                faults.add(name, given, f"{unless}: no rule of {buyer.jurisdiction} reads it")

    def _check_dates(self, faults: Faults) -> None:
        launched = faults.day("launched", self.launched)
        earlier = [("launch", self.launched)] if launched else []
        for name, day, what in (("published", self.published, "publication"), ("concludes", self.concludes, "contract")):
            if not faults.day(name, day, optional=True) or day is None:
                continue
            after = [f"the {event}, {before.isoformat()}" for event, before in earlier if day < before]
            if after:
                faults.add(name, day, f"a day on or after {' and '.join(after)}", "Check which day is which.")
            earlier.append((what, day))

    def _check_grounds(self, faults: Faults, buyer: City | None) -> None:
        for name in ("grounds", "uncertain_grounds"):
            given: object = getattr(self, name)
            if not isinstance(given, frozenset):
                faults.add_type(name, given, "a set of ids of grounds", "Write {'ca-qc/sole-supplier'}.")
                return
            self._check_ids_of_grounds(faults, buyer, name, cast("frozenset[str]", given))
        for ground in sorted(self.grounds & self.uncertain_grounds):
            faults.add(
                "uncertain_grounds", ground, "a ground that is not among those claimed", "Leave it out of one of the two."
            )
        for first, second in contradictions(self.grounds):
            expected = f"one of the two: {first} and {second} each say what the supplier is"
            faults.add("grounds", sorted((first, second)), expected, "Claim the one that the supplier is certain to meet.")

    def _check_ids_of_grounds(self, faults: Faults, buyer: City | None, name: str, grounds: frozenset[str]) -> None:
        for ground in sorted(grounds):
            known = GROUNDS if buyer is None else grounds_of(buyer.jurisdiction)
            if buyer is not None and "/" in ground and ground.partition("/")[0] != buyer.jurisdiction:
                expected = f"grounds of {buyer.jurisdiction}, whose law governs the buyer"
                faults.add(name, ground, expected, f"They begin with '{buyer.jurisdiction}/'.")
            elif ground not in known:
                faults.add_unknown_code(name, ground, known, "a known ground")

    def _check_buyers(self, faults: Faults, buyer: City | None) -> None:
        members: list[City] = []
        group: object = self.group
        if not is_tuple(group):
            faults.add_type("group", group, "a sequence of City")
        else:
            for place, member in enumerate(group):
                path = f"group[{place}]"
                if not isinstance(member, City):
                    faults.add_type(path, member, "a City")
                    continue
                if buyer is not None and member.id == buyer.id:
                    faults.add(path, member.id, "another buyer than the lead", "Name only the others in the group.")
                elif member.id in {one.id for one in members}:
                    faults.add(path, member.id, "each buyer once")
                elif buyer is not None and member.jurisdiction != buyer.jurisdiction:
                    faults.add(path, member.id, f"a buyer of {buyer.jurisdiction}, like the lead")
                members.append(member)
        keeper: object = self.bylaw_of
        if isinstance(keeper, City):
            if buyer is not None and buyer.country != "CA":
                faults.add("bylaw_of", keeper.id, "None: a by-law on contract management is an instrument of Québec")
            elif buyer is not None and keeper.id not in {buyer.id, buyer.acts_through, *(one.id for one in members)}:
                faults.add("bylaw_of", keeper.id, "the buyer, the city it acts through, or a member of the group")
        elif keeper is not None:
            faults.add_type("bylaw_of", keeper, "a City, or None for the buyer's own by-law")
        if self.power is not None:
            if self.power not in POWERS:
                faults.add("power", self.power, "None or 'agglomeration'", "Give 'agglomeration' for one of its powers.")
            elif buyer is not None and buyer.kind != "agglomeration" and buyer.agglomeration is None:
                faults.add("power", self.power, f"None: {buyer.id} belongs to no agglomeration")

    def _check_need(self, faults: Faults, category: str | None) -> None:
        duration: object = self.duration
        if duration is not UNKNOWN:
            if isinstance(duration, bool) or not isinstance(duration, int):
                faults.add_type("duration", duration, "a whole number of months, or UNKNOWN")
            elif not 1 <= duration <= LONGEST_MONTHS:
                remedy = "Count renewals as options; give UNKNOWN when it is not known."
                faults.add("duration", duration, f"a number of months from 1 to {LONGEST_MONTHS}", remedy)
        if self.classification is not UNKNOWN and faults.text("classification", self.classification, optional=False):
            code = cast("str", self.classification)
            if _CLASSIFICATION.fullmatch(code) is None:
                faults.add("classification", code, "a code such as 'unspsc:72151500' or 'cpv:45112100'")
        if self.service is not UNKNOWN and faults.text("service", self.service, optional=False):
            service = cast("str", self.service)
            if service not in SERVICES:
                faults.add_unknown_code("service", service, SERVICES, "a code of a kind of service, or UNKNOWN")
            elif category is not None and not covers("services", category):
                expected = f"UNKNOWN: the category {category!r} is not a service"
                faults.add("service", service, expected, "Leave the service out, or correct the category.")

    def replace(self, **changes: Any) -> Tender:
        """Return a copy with some fields changed, checked like a new one."""
        return evolve(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the tender, its buyers included, as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Tender:
        """Read what ``to_dict`` wrote; every fault is reported, with a path such as ``$.lots[2].value``."""
        readers: dict[str, Reader] = {
            "buyer": City.from_dict,
            "value": read_estimate,
            "launched": read_day,
            "options": read_money,
            "need": _read_need,
            "lots": read_list(Lot.from_dict),
            "group": read_list(City.from_dict),
            "bylaw_of": _read_keeper,
            "published": read_day,
            "concludes": read_day,
        }
        return read_fields(cls, data, readers)


def _restored(given: dict[str, Any]) -> Tender:
    return Tender(**given)


def _read_need(given: Any) -> Money | MoneyRange | Unknown | None:
    return None if given is None else read_estimate(given)


def _read_keeper(given: Any) -> City | None:
    return None if given is None else City.from_dict(given)


def _check_size(faults: Faults, path: str, amount: Decimal) -> None:
    if amount > ABSURD:
        faults.add(path, amount, "an amount a city could spend: at most 10^12", "Check the number of zeros.")


def _check_estimate(faults: Faults, path: str, value: Any) -> Money | MoneyRange | None:
    """Check an estimate and return it if it is an amount or a range."""
    if value is UNKNOWN:
        return None
    if not isinstance(value, (Money, MoneyRange)):
        faults.add_type(path, value, "Money, MoneyRange or UNKNOWN", "Write Money('150000', 'CAD', tax='net').")
        return None
    highest = value.high.amount if isinstance(value, MoneyRange) else value.amount
    _check_size(faults, path, highest)
    if highest == 0:
        faults.add(path, value, "an estimate above zero", "Give UNKNOWN when there is no estimate yet.")
    return value


def _check_category(faults: Faults, category: object) -> str | None:
    """Check a category and return it if it is one."""
    if not isinstance(category, str):
        faults.add_type("category", category, "a code of a category", f"They are {', '.join(CATEGORIES)}.")
        return None
    if category not in CATEGORIES:
        faults.add_unknown_code("category", category, CATEGORIES, "a known category")
        return None
    return category
