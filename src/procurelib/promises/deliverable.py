"""How much of what a city buys the law of a day lets it steer to the enterprises a commitment is about, and by which lever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal, TypeAlias, cast, final

from attrs import evolve, frozen

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.law import EDITION, law
from procurelib.models.city import CURRENCY_OF, City
from procurelib.models.commitment import Commitment
from procurelib.models.convert import Faults, tuple_if_iterable
from procurelib.models.purchase import Purchase
from procurelib.models.tender import ABSURD, Tender
from procurelib.money import TAX_BASES, Currency, Money, MoneyRange, TaxBasis, ends_of
from procurelib.promises.bounds import Bounds, Span, decimal_high, decimal_low, percent_bounds
from procurelib.promises.counting import Counting
from procurelib.promises.ledger import FLAGS, Entry, Flag, basis_of, read
from procurelib.promises.measure import Figures, Taken, figures
from procurelib.promises.taxed import BASIS_COMPARED, amount_of, money_bounds
from procurelib.rules.answer import Gap
from procurelib.rules.ask import assess
from procurelib.social.eligibility import COVERED
from procurelib.social.lever import Lever, levers
from procurelib.social.scheme import schemes
from procurelib.unknown import UNKNOWN, Unknown

Standing: TypeAlias = Literal["steerable", "conditional", "unknown", "not_modelled", "barred"]

STANDINGS: Final[tuple[Standing, ...]] = ("steerable", "conditional", "unknown", "not_modelled", "barred")
STEERS: Final = ("reserves", "exempts")
"""The effects by which the city itself decides that such an enterprise has the contract."""
HELPS: Final = ("prefers", "weighs", "invites")
"""The effects that may help such an enterprise win, and decide nothing."""

_TAX_GAPS: Final = frozenset(("ca-qc/net-tax-factor", "ca-qc/insurance-tax-factor", "ca-qc/untaxed-supply-factor", "fr/vat"))
"""Law that would turn an amount into the one the law compares; a city that states it on that basis needs none of it."""
_AS_IF: Final = Text(
    "Chaque contrat est jugé comme s’il était lancé ce jour-là.", "Each contract is judged as if it were launched on that day."
)
_WHOLE: Final = Text(
    "Un contrat vaut le total des achats qui portent son numéro, sans options ni lots; aucun n’est fractionné.",
    "A contract is worth what the purchases under its number add up to, without options or lots; none is split.",
)
_OFFER: Final = Text(
    "Une entreprise visée existe pour chaque besoin, et veut le contrat.",
    "An enterprise of the kind exists for each need, and wants the contract.",
)
_JOINT: Final = Text(
    "Un achat groupé est jugé en entier par les règles de la ville qui le mène.",
    "A joint purchase is judged as a whole by the rules of the city that leads it.",
)
_BOTH: Final = Text(
    "Quand un levier vise un autre statut que l’engagement, l’entreprise doit avoir les deux.",
    "Where a lever is for another status than the commitment, the enterprise has to have both.",
)


@final
@frozen(kw_only=True)
class SteeredContract:
    """One contract of the ledger: how far the law lets the city steer it.

    ``purchases`` are its places in what was given. ``standing`` is ``steerable`` (nothing is left to meet), ``conditional``
    (``levers`` say on what), ``unknown`` (``missing`` facts decide), ``not_modelled`` (no lever of the book steers it, and
    law that is not in the book, its ``gaps``, might) or ``barred``. ``levers`` are those that give the standing; ``helps`` the
    ids of others that may help such an enterprise win. ``free`` is ``UNKNOWN`` where a missing fact may lift every condition.
    """

    purchases: tuple[int, ...]
    standing: Standing
    free: Any
    amount: Bounds
    levers: tuple[Lever, ...] = ()
    helps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()


@final
@frozen
class SteeredPart:
    """What of the spending has one standing, by one lever; ``lever`` is ``None`` where none gives it.

    A contract stands under the most open of its levers, the first by its id among equals.
    """

    standing: Standing
    lever: str | None
    title: Text | None
    amount: Bounds
    contracts: int


@final
@frozen(kw_only=True)
class Deliverable:
    """Which part of a city's spending the law of a day lets it steer to the enterprises a commitment is about.

    ``parts`` add up to ``spend``. ``free_share`` is what no condition is left on; ``largest_share`` that and what is
    conditional: the most the law that is known lets the city promise, under the ``assumptions``. ``counted_share`` is what
    the same purchases already count under the commitment. Shares are percentages with bounds, ``None`` when nothing was
    bought.
    """

    commitment: Commitment
    city: str
    on: date
    currency: Currency
    basis: str
    spend: Bounds
    parts: tuple[SteeredPart, ...]
    free_share: Bounds | None
    largest_share: Bounds | None
    counted_share: Bounds | None
    contracts: tuple[SteeredContract, ...]
    assumptions: tuple[Text, ...]
    flags: tuple[Flag, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    edition: str = EDITION

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The answer in ``fr`` or ``en``, as ``text``, ``markdown`` (with a table) or ``html``."""
        from procurelib.explain.promises import render_deliverable

        return render_deliverable(self, locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def rows(self) -> list[dict[str, Any]]:
        """One row per contract, of plain values: amounts as texts of digits."""
        return [_row(one, self) for one in self.contracts]

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Deliverable:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def deliverable(
    commitment: Commitment, purchases: Iterable[Purchase], city: City, *, on: date, tax: str | None = None
) -> Deliverable:
    """Which part of what a city bought the law of a day lets it steer to the enterprises a commitment counts.

    Each contract is put to ``levers`` as a tender of the city launched on ``on``, without a supplier. A lever steers when
    it reserves the contract or exempts it from competition; those that only help an enterprise win are listed beside.
    Purchases that another body leads are flagged and left out. ``tax`` is the basis of the figures, as in ``progress``.

    >>> from procurelib import cities, declarations
    >>> small = Purchase(buyer="ca-qc/longueuil", amount=Money("12000", "CAD", tax="net"), day=date(2025, 3, 3),
    ...                  category="services")
    >>> found = deliverable(declarations["ca-qc/longueuil-2013"]["lon-1"], [small], cities["ca-qc/longueuil"],
    ...                     on=date(2025, 6, 2))
    >>> found.contracts[0].standing, found.contracts[0].levers[0].id
    ('steerable', 'ca-qc/direct-award')

    Raises:
        InputTypeError, InputError: something that is no commitment, purchase, city or day; a commitment that counts no
            enterprises; one about the enterprises of another country; every fault is reported together.
        NotYetInForce: a day before the book begins.
    """
    faults = Faults()
    given: object = commitment
    if not isinstance(given, Commitment):
        faults.add_type("commitment", given, "a Commitment")
    else:
        _check_counts(faults, given, city)
    listed = tuple_if_iterable(purchases)
    sound = faults.all_are("purchases", listed, Purchase)
    buyer: object = city
    if not isinstance(buyer, City):
        faults.add_type("city", buyer, "a City", "Take one from procurelib.cities, or build a City.")
    faults.day("on", on)
    if tax is not None and tax not in TAX_BASES:
        faults.add("tax", tax, f"one of {', '.join(TAX_BASES)}, or None")
    faults.refuse()
    assert sound
    law[COVERED].on(on)
    return _Case(commitment, cast("tuple[Purchase, ...]", listed), city, on, tax).answer()


def _check_counts(faults: Faults, commitment: Commitment, city: object) -> None:
    wanted = [code for code in commitment.counts if "/" in code]
    if not wanted:
        expected = "a commitment that counts purchases by a scheme of their suppliers, such as 'ca-qc/E-1.1.1'"
        faults.add("commitment.counts", commitment.counts, expected, "Levers steer contracts to enterprises.")
    elif isinstance(city, City):
        foreign = [code for code in wanted if schemes[code].country != city.country]
        if foreign:
            faults.add("commitment.counts", foreign, f"schemes of {city.country}, the country of the city")


@frozen
class _Case:
    """A city's ledger put to the law of one day."""

    commitment: Commitment
    purchases: tuple[Purchase, ...]
    city: City
    on: date
    tax: str | None

    def answer(self) -> Deliverable:
        currency = CURRENCY_OF[self.city.country]
        basis = self.tax or basis_of(self.purchases, currency)
        ledger = read(self.purchases, Counting(self.commitment), currency, basis)
        led = [taken for entry in ledger.entries if (taken := self._taken(entry)).inside is not False]
        groups: dict[object, list[Taken]] = {}
        for taken in led:
            groups.setdefault(taken.entry.contract, []).append(taken)
        judged = [_Judged(tuple(group), self._judged(group, currency, basis)) for group in groups.values()]
        used = [lever for one in judged for lever in one.contract.levers]
        mine = {place for taken in led for place in taken.entry.places}
        others = tuple(sorted({place for entry in ledger.entries for place in entry.places} - mine))
        return Deliverable(
            commitment=self.commitment,
            city=self.city.id,
            on=self.on,
            currency=currency,
            basis=basis,
            spend=money_bounds(figures(led).spend, currency, basis),
            parts=tuple(_parts(judged, currency, basis)),
            free_share=percent_bounds(_shared(judged, _is_free).share),
            largest_share=percent_bounds(_shared(judged, _is_lawful).share),
            counted_share=percent_bounds(figures(led).share),
            contracts=tuple(one.contract for one in judged),
            assumptions=(*self._assumed(led, used), *_unread(judged)),
            flags=(*ledger.flags, *((Flag("other_buyer", FLAGS["other_buyer"], others),) if others else ())),
            citations=tuple(dict.fromkeys(c for lever in used for c in lever.citations)),
            caveats=tuple(dict.fromkeys(c for lever in used for c in lever.caveats)),
        )

    def _taken(self, entry: Entry) -> Taken:
        """A purchase as the city's: one it leads, or one of which nobody says, or not everybody, that another does."""
        led: bool | None = None
        if not entry.buyers_open and (self.city.id not in entry.leads or len(entry.leads) == 1):
            led = self.city.id in entry.leads
        inside = False if led is False else None if led is None or entry.exists is None else True
        return Taken(entry, inside, entry.amount, entry.counts)

    def _assumed(self, led: list[Taken], used: list[Lever]) -> Iterator[Text]:
        yield from (_AS_IF, _WHOLE, _OFFER)
        if any(taken.entry.buyers - {self.city.id} for taken in led):
            yield _JOINT
        if self._two_statuses(used):
            yield _BOTH

    def _two_statuses(self, used: list[Lever]) -> bool:
        return any(lever.scheme is not None and lever.scheme not in self.commitment.counts for lever in used)

    def _judged(self, group: list[Taken], currency: Currency, basis: str) -> SteeredContract:
        places = tuple(sorted({place for taken in group for place in taken.entry.places}))
        spend = money_bounds(figures(group).spend, currency, basis)
        made = SteeredContract(purchases=places, standing="unknown", free=UNKNOWN, amount=spend)
        found = {taken.entry.category for taken in group} - {"outside"}
        category = found.pop() if len(found) == 1 else UNKNOWN
        if isinstance(category, Unknown):
            return evolve(made, missing=("category",))
        value = _value(group, currency, self.on)
        tender = Tender(buyer=self.city, category=category, value=value, launched=self.on)
        return _stand(made, levers(tender), tender)


@frozen
class _Judged:
    """A contract, and the purchases it is made of as the city's."""

    taken: tuple[Taken, ...]
    contract: SteeredContract


def _stand(made: SteeredContract, found: tuple[Lever, ...], tender: Tender) -> SteeredContract:
    steering = [lever for lever in found if lever.effect in STEERS]
    helps = tuple(lever.id for lever in found if lever.effect in HELPS and lever.status in ("available", "conditional"))
    by_standing: dict[Standing, list[Lever]] = {}
    for lever in steering:
        by_standing.setdefault(_standing_of(lever), []).append(lever)
    standing: Standing | None = next((one for one in STANDINGS if one in by_standing), None)
    if standing is None:  # a subject none of whose law is in the book
        return evolve(made, standing="not_modelled", free=False, helps=helps, gaps=assess(tender).procedure.gaps)
    deciding = by_standing[standing]
    lifting = [] if standing == "steerable" else [lever for lever in steering if _may_be_free(lever)]
    open_ones = deciding if standing in ("unknown", "not_modelled") else lifting
    return evolve(
        made,
        standing=standing,
        free=True if standing == "steerable" else UNKNOWN if lifting else False,
        levers=() if standing == "barred" else tuple(deciding),
        helps=helps,
        missing=tuple(dict.fromkeys(fact for lever in open_ones for fact in _facts_of(lever))),
        gaps=tuple(dict.fromkeys(g for lever in open_ones for g in lever.gaps)),
    )


def _standing_of(lever: Lever) -> Standing:
    """What a steering lever makes of a contract; law that is missing is told from facts that are."""
    if lever.status == "unknown":
        return "unknown" if _facts_of(lever) or not lever.gaps else "not_modelled"
    return cast("Standing", {"available": "steerable"}.get(lever.status, lever.status))


def _facts_of(lever: Lever) -> tuple[str, ...]:
    """The facts a lever waits for; where a tax factor is missing, the amount on the basis the law compares."""
    if lever.missing:
        return lever.missing
    return ("value",) if any(gap.id in _TAX_GAPS for gap in lever.gaps) else ()


def _may_be_free(lever: Lever) -> bool:
    """Whether facts that are missing may leave no condition; a lever for some enterprises only always leaves one."""
    return lever.scheme is None and _standing_of(lever) == "unknown"


def _unread(judged: list[_Judged]) -> Iterator[Text]:
    """The assumption that law which is not in the book opens nothing, by the name of that law."""
    gaps = (gap for one in judged if one.contract.standing == "not_modelled" for gap in one.contract.gaps)
    titles = sorted({(gap.title.fr, gap.title.en) for gap in gaps})
    if titles:
        fr, en = ", ".join(t[0] for t in titles), ", ".join(t[1] for t in titles)
        yield Text(
            f"Le droit que le recueil ne contient pas n’ouvre rien : {fr}.", f"Law the book does not have opens nothing: {en}."
        )


def _value(group: list[Taken], currency: Currency, on: date) -> Money | MoneyRange | Unknown:
    """What a contract is worth: the total of its purchases, of which those that may be none add to the most only.

    Amounts on several bases are added on the one the law compares, each between what no tax and full tax make it.
    """
    stated = [taken.entry.stated for taken in group]
    known = [one for one in stated if not isinstance(one, Unknown) and one.currency == currency]
    if len(known) < len(stated):
        return UNKNOWN
    bases: set[TaxBasis] = {one.tax for one in known}
    basis: TaxBasis = bases.pop() if len(bases) == 1 else BASIS_COMPARED[currency]
    spans = [_on_basis(one, taken, currency, basis, on) for one, taken in zip(known, group, strict=True)]
    certain = [span for span, taken in zip(spans, group, strict=True) if taken.entry.exists]
    # Where nothing is certain to exist, whatever does is worth what it alone is.
    low = sum((span.low for span in certain), Fraction(0)) if certain else min(span.low for span in spans)
    high = Fraction(0)
    for span in spans:
        if span.high is None:
            return UNKNOWN
        high += span.high
    least, most = decimal_low(low), decimal_high(high)
    if not 0 < least <= most <= ABSURD:
        return UNKNOWN
    ends = Money(least, currency, tax=basis), Money(most, currency, tax=basis)
    return ends[0] if least == most else MoneyRange(*ends)


def _on_basis(stated: Money | MoneyRange, taken: Taken, currency: Currency, basis: TaxBasis, on: date) -> Span:
    low, high = ends_of(stated)
    if stated.tax == basis:
        return Span(Fraction(low.amount), Fraction(high.amount))
    return amount_of(evolve(taken.entry.reports[0], amount=stated, amount_checked=True), currency, str(basis), (on, on))


def _is_free(one: SteeredContract) -> bool | None:
    return None if one.free is UNKNOWN else bool(one.free)


def _is_lawful(one: SteeredContract) -> bool | None:
    return None if one.standing == "unknown" else one.standing in ("steerable", "conditional")


def _shared(judged: list[_Judged], counts: Callable[[SteeredContract], bool | None]) -> Figures:
    """The share of the contracts of which something holds, ``None`` where facts that are missing decide."""
    return figures(evolve(taken, counts=counts(one.contract)) for one in judged for taken in one.taken)


def _parts(judged: list[_Judged], currency: Currency, basis: str) -> Iterator[SteeredPart]:
    found: dict[tuple[Standing, str | None], list[_Judged]] = {}
    for one in judged:
        levers_of = one.contract.levers
        found.setdefault((one.contract.standing, levers_of[0].id if levers_of else None), []).append(one)
    for (standing, lever), contracts in sorted(found.items(), key=lambda item: (STANDINGS.index(item[0][0]), item[0][1] or "")):
        spend = figures(taken for one in contracts for taken in one.taken).spend
        title = contracts[0].contract.levers[0].title if lever is not None else None
        yield SteeredPart(standing, lever, title, money_bounds(spend, currency, basis), len(contracts))


def _row(one: SteeredContract, of: Deliverable) -> dict[str, Any]:
    high = one.amount.high
    return {
        "commitment": of.commitment.id,
        "city": of.city,
        "on": of.on.isoformat(),
        "purchases": list(one.purchases),
        "standing": one.standing,
        "amount_low": format(one.amount.low.amount, "f"),
        "amount_high": None if high is None else format(high.amount, "f"),
        "currency": of.currency,
        "tax": of.basis,
        "levers": [lever.id for lever in one.levers],
        "helps": list(one.helps),
        "missing": list(one.missing),
        "gaps": [gap.id for gap in one.gaps],
    }
