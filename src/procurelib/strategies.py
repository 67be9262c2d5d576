"""Hypothesis strategies for what questions are made of, which seek the boundaries of the law: to the cent, to the day.

They need the extra ``test``: ``pip install 'procurelib[test]'``. With it, ``st.from_type(Tender)`` works as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from procurelib.citations import Text
from procurelib.dated import Parameter
from procurelib.errors import MissingExtra
from procurelib.models.bylaw import BYLAW_CATEGORIES, FLOATING, ByLaw, Floating
from procurelib.models.categories import CATEGORIES, SERVICES, covers
from procurelib.models.city import CURRENCY_OF, City
from procurelib.models.commitment import METRICS, VERBS, Commitment
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise, LegalForm
from procurelib.models.grounds import SUPPLIER_IS, grounds_of
from procurelib.models.purchase import Purchase
from procurelib.models.tender import ABSURD, FORMAL_PROCEDURES, FRAMEWORKS, LONGEST_MONTHS, Lot, Tender
from procurelib.money import Currency, Money, MoneyRange, TaxBasis
from procurelib.unknown import UNKNOWN, Unknown

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError:
    raise MissingExtra("test") from None

if TYPE_CHECKING:
    from procurelib.rules.answer import Answer
    from procurelib.rules.ask import Assessment

__all__ = [
    "answers",
    "assessments",
    "bylaws",
    "cities",
    "commitments",
    "day_ranges",
    "days",
    "lots",
    "money",
    "money_ranges",
    "parameters",
    "purchases",
    "tenders",
]

CENT: Final = Decimal("0.01")
DAY: Final = timedelta(1)
_MOST_CENTS: Final = int(ABSURD / CENT)
_BASES: Final[tuple[TaxBasis, ...]] = ("net", "excluded", "included", UNKNOWN)
T = TypeVar("T")
_TEXTS: Final = ("Entretien d’hiver 2026", "Office paper", "Réfection — lot n° 2", "x")


# --- where the boundaries are ----------------------------------------------------------------------------------------


@cache
def _entries() -> tuple[Parameter, ...]:
    from procurelib.law import law

    return tuple(law[id] for id in law)


@cache
def _first_day() -> date:
    """The first day the rules of Québec cover."""
    from procurelib.law import law

    return law["ca-qc/regime"].versions[0].start


@cache
def _boundary_days() -> tuple[date, ...]:
    """Each day on which a version, a reading or a gap of the book begins or ends, its eve and the day after."""
    found: set[date | None] = set()
    for entry in _entries():
        found |= {day for version in entry.versions for day in (version.start, version.end, version.known_until)}
        found |= {day for version in entry.versions for day in version.from_window or ()}
        found |= {day for gap in entry.gaps for day in (gap.start, gap.end)}
        found |= {day for reading in entry.readings for day in (reading.start, reading.end)}
    days = [day for day in found if day is not None]
    return tuple(sorted({day + shift for day in days for shift in (-DAY, 0 * DAY, DAY) if day + shift >= _first_day()}))


@lru_cache(maxsize=1024)
def _amounts_on(day: date) -> tuple[Decimal, ...]:
    """Every amount of money that stands on a day, competing readings included."""
    amounts: set[Decimal] = set()
    for entry in _entries():
        version = entry.at(day)
        for value in (version.value if version is not None else None, *(r.value for r in entry.readings_on(day))):
            if isinstance(value, Money):
                amounts.add(value.amount)
    return tuple(sorted(amounts))


@cache
def _amounts_ever() -> tuple[Decimal, ...]:
    """Every amount of money the book has ever held."""
    values = [version.value for entry in _entries() for version in entry.versions]
    values += [reading.value for entry in _entries() for reading in entry.readings]
    return tuple(sorted({value.amount for value in values if isinstance(value, Money)}))


def _factor(id: str, day: date) -> Decimal | None:
    from procurelib.law import law

    version = law[id].at(day)
    return version.value if version is not None and isinstance(version.value, Decimal) else None


@lru_cache(maxsize=2048)
def _edges(day: date | None, tax: TaxBasis) -> tuple[Decimal, ...]:
    """The amounts to the cent on both sides of each boundary, on the tax basis an amount is stated on."""
    amounts = _amounts_ever() if day is None else _amounts_on(day)
    out = {amount + shift for amount in amounts for shift in (-CENT, Decimal(0), CENT)}
    net = _factor("ca-qc/net-tax-factor", day) if day is not None else None
    gross = _factor("ca-qc/gross-tax-factor", day) if day is not None else None
    if net is not None and gross is not None and tax != "net":
        # What is compared is the net expenditure: the boundary lies elsewhere when another basis is stated.
        for times in (1 / net, gross / net):
            there = [(amount * times).quantize(CENT, ROUND_HALF_UP) for amount in amounts]
            out |= {amount + shift for amount in there for shift in (-CENT, Decimal(0), CENT)}
    return tuple(sorted(amount for amount in out if amount > 0))


def _sampled(items: Sequence[T]) -> SearchStrategy[T]:
    """One of many items, by its place: a strategy that holds them all would print them all."""

    # Not a `map`, after which a failing example would show the place instead of the item.
    @st.composite
    def one(draw: st.DrawFn, /) -> T:
        return items[draw(st.integers(0, len(items) - 1))]

    return one()


# --- the strategies --------------------------------------------------------------------------------------------------


def days() -> SearchStrategy[date]:
    """A day the rules cover: most often one on which the law changes, its eve or the day after.

    >>> from datetime import date
    >>> from hypothesis import find
    >>> from procurelib.strategies import days
    >>> find(days(), lambda day: day.year == 2026) >= date(2026, 1, 1)
    True
    """
    near = _boundary_days()
    # Two years past the last change: what is known only for a term must be seen to end.
    anywhere = st.dates(_first_day(), near[-1] + 730 * DAY)
    return st.one_of(_sampled(near), _sampled(near), anywhere)


def _bases(tax: TaxBasis | None) -> SearchStrategy[TaxBasis]:
    return st.sampled_from(_BASES) if tax is None else st.just(tax)


@st.composite
def _amounts(draw: st.DrawFn, /, on: date | None, tax: TaxBasis) -> Decimal:
    kind = draw(st.sampled_from(("edge", "edge", "usual", "any")))
    if kind == "edge":
        return draw(_sampled(_edges(on, tax)))
    return draw(st.integers(1, _usual_cents() if kind == "usual" else _MOST_CENTS)) * CENT


@cache
def _usual_cents() -> int:
    """Twice the highest amount of the book, in cents."""
    return int(2 * _amounts_ever()[-1] / CENT)


@st.composite
def money(draw: st.DrawFn, /, *, on: date | None = None, tax: TaxBasis | None = None, currency: Currency = "CAD") -> Money:
    """An amount above zero: most often on an amount of the law, a cent below it or a cent above it.

    ``on`` narrows the amounts of the law to those of that day; ``tax`` fixes the basis, else it is any of the four.

    >>> from hypothesis import find
    >>> from procurelib.strategies import money
    >>> find(money(tax="net"), lambda amount: amount.amount > 25_000).tax
    'net'
    """
    basis = draw(_bases(tax))
    return Money(draw(_amounts(on, basis)), currency, tax=basis)


@st.composite
def money_ranges(
    draw: st.DrawFn, /, *, on: date | None = None, tax: TaxBasis | None = None, currency: Currency = "CAD"
) -> MoneyRange:
    """An interval between two amounts such as ``money`` gives, which may be the same.

    >>> from hypothesis import find
    >>> from procurelib.strategies import money_ranges
    >>> between = find(money_ranges(), lambda found: found.low != found.high)
    >>> between.low < between.high
    True
    """
    basis = draw(_bases(tax))
    ends = sorted((draw(_amounts(on, basis)), draw(_amounts(on, basis))))
    return MoneyRange(Money(ends[0], currency, tax=basis), Money(ends[1], currency, tax=basis))


@cache
def _printed() -> tuple[tuple[Decimal, ...], tuple[Decimal, ...]]:
    """The amounts a by-law may print: as ceilings of direct awards, and as the amount from which it calls publicly."""
    from procurelib.law import law

    floor, oldest = (law[id].versions[0].value for id in ("ca-qc/invitation-floor", "ca-qc/public-call-threshold"))
    edges = [amount + shift for amount in _amounts_ever() for shift in (-CENT, Decimal(0), CENT)]
    if not isinstance(floor, Money) or not isinstance(oldest, Money):
        raise LookupError("the floor and the threshold of the book are amounts of money")
    return (
        tuple(sorted({amount for amount in edges if amount >= floor.amount})),
        tuple(sorted({amount for amount in edges if amount >= oldest.amount})),
    )


@st.composite
def bylaws(draw: st.DrawFn, /, *, since: date | None = None) -> ByLaw:
    """A by-law on contract management: printed amounts, amounts that float with the Minister's threshold, or neither.

    ``since`` fixes its first day.

    >>> from hypothesis import find
    >>> from procurelib.models import FLOATING
    >>> from procurelib.strategies import bylaws
    >>> find(bylaws(), lambda bylaw: "goods" in bylaw.direct_below).direct_below["goods"] is not None
    True
    """
    ceilings, pins = _printed()
    pin: Money | Floating | None = None
    kind = draw(st.sampled_from(("none", "floating", "printed")))
    if kind == "floating":
        pin = FLOATING
    elif kind == "printed":
        pin = Money(draw(_sampled(pins)), "CAD", tax="net")
    if isinstance(pin, Money):
        highest = pin.amount
        ceilings = tuple(amount for amount in ceilings if amount <= highest)
    named = draw(st.lists(st.sampled_from(BYLAW_CATEGORIES), max_size=4, unique=True))
    floating = [draw(st.booleans()) for _ in named]
    return ByLaw(
        draw(days()) if since is None else since,
        {
            code: FLOATING if floats else Money(draw(_sampled(ceilings)), "CAD", tax="net")
            for code, floats in zip(named, floating, strict=True)
        },
        public_from=pin,
        number=draw(st.sampled_from((None, "CO-2018-1046"))),
    )


@st.composite
def _bylaw_series(draw: st.DrawFn) -> tuple[ByLaw, ...]:
    starts = draw(st.lists(days(), min_size=1, max_size=3, unique=True))
    return tuple(draw(bylaws(since=since)) for since in starts)


@st.composite
def cities(draw: st.DrawFn, /, *, jurisdiction: str = "ca-qc") -> City:
    """A body that buys: a shipped one or another, its by-laws unknown, absent, or a series of up to three.

    ``jurisdiction`` is ``"ca-qc"`` or ``"fr"``; a French city has no by-law on contract management.

    >>> from hypothesis import find
    >>> from procurelib.strategies import cities
    >>> find(cities(), lambda city: city.bylaws is None).country
    'CA'
    """
    if jurisdiction == "fr":
        siren = draw(st.integers(200_000_000, 299_999_999))
        spent = st.dictionaries(st.integers(2012, 2027), money(tax="excluded", currency="EUR"), max_size=2)
        return City(id=f"fr/{siren}", code=f"fr/{siren}", name="Saint-Malo", agglomeration=None, annual_purchases=draw(spent))
    from procurelib.places import cities as shipped

    if draw(st.booleans()):
        # An agglomeration is one body among many, and has rules of its own: it is drawn more often than its share.
        known = tuple(id for id in shipped if shipped[id].jurisdiction == jurisdiction)
        special = tuple(id for id in known if shipped[id].kind == "agglomeration")
        city = shipped[draw(_sampled(draw(st.sampled_from((known, known, known, special)))))]
    else:
        code = f"ca-qc/{draw(st.integers(1, 99_999)):05d}"
        city = City(
            id=code,
            code=code,
            name="Saint-Élie-de-Caxton",
            designation=draw(st.sampled_from((None, "Ville", "Municipalité"))),
            agglomeration=draw(st.sampled_from((UNKNOWN, None))),
            governing_act=draw(_known(st.sampled_from(("C-19", "C-27.1")))),
            population=draw(st.dictionaries(st.integers(2001, 2021), st.integers(0, 4_000_000), max_size=2)),
        )
    kind = draw(st.sampled_from(("unknown", "none", "series")))
    if kind == "unknown":
        return city
    return city.with_bylaw(None) if kind == "none" else city.with_bylaw(*draw(_bylaw_series()))


def _estimates(on: date | None, tax: TaxBasis, currency: Currency) -> SearchStrategy[Money | MoneyRange | Unknown]:
    exact = money(on=on, tax=tax, currency=currency)
    return st.one_of(exact, exact, money_ranges(on=on, tax=tax, currency=currency), st.just(UNKNOWN))


@st.composite
def lots(
    draw: st.DrawFn,
    /,
    *,
    on: date | None = None,
    tax: TaxBasis | None = None,
    currency: Currency = "CAD",
    small: bool | None = None,
) -> Lot:
    """One part of a tender; ``small`` fixes the claim of the French derogation for small lots.

    >>> from hypothesis import find
    >>> from procurelib.strategies import lots
    >>> find(lots(), lambda lot: lot.category == "works").category
    'works'
    """
    return Lot(
        draw(_estimates(on, draw(_bases(tax)), currency)),
        category=draw(st.sampled_from((None, *CATEGORIES))),
        small=draw(st.booleans()) if small is None else small,
        title=draw(st.sampled_from((None, *_TEXTS))),
        reserved=draw(st.sampled_from((None, None, "entreprise d’insertion"))),
    )


@st.composite
def _lots_of(draw: st.DrawFn, value: Money | MoneyRange | Unknown, tax: TaxBasis, currency: Currency) -> tuple[Lot, ...]:
    """Lots that fit together: exact ones add up to at most an exact value; only French ones may be claimed as small."""
    number = draw(st.sampled_from((0, 0, 0, 1, 2, 3)))
    small = st.booleans() if currency == "EUR" else st.just(False)
    if not isinstance(value, Money):
        return tuple(draw(lots(tax=tax, currency=currency, small=draw(small))) for _ in range(number))
    whole = int(value.amount / CENT)
    if whole <= number:
        return ()
    cuts = sorted(draw(st.lists(st.integers(1, whole), min_size=number, max_size=number, unique=True)))
    shares = [high - low for low, high in zip((0, *cuts), cuts, strict=False)]
    return tuple(
        Lot(
            Money(cents * CENT, currency, tax=tax),
            category=draw(st.sampled_from((None, "goods", "services", "works"))),
            small=draw(small),
        )
        for cents in shares
    )


@st.composite
def _grounds(draw: st.DrawFn, jurisdiction: str) -> frozenset[str]:
    """Grounds that one supplier can satisfy together; none of them in half the cases."""
    supplier = draw(st.sampled_from((None, *sorted(set(SUPPLIER_IS.values())))))
    fit = tuple(ground for ground in grounds_of(jurisdiction) if SUPPLIER_IS.get(ground, supplier) == supplier)
    return draw(st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(fit), min_size=1, max_size=3)))


def _doubtful(jurisdiction: str, claimed: Any) -> SearchStrategy[frozenset[str]]:
    """Grounds that may hold; there are none in most tenders."""
    left = tuple(ground for ground in grounds_of(jurisdiction) if ground not in claimed)
    return st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), st.frozensets(st.sampled_from(left), max_size=2))


@st.composite
def _needs(
    draw: st.DrawFn, value: Money | MoneyRange | Unknown, options: Money | None, tax: TaxBasis, currency: Currency
) -> Money | Unknown | None:
    """The whole need a contract is a part of: the contract alone, more than it, or unknown."""
    kind = draw(st.sampled_from(("alone", "alone", "more", "unknown")))
    if kind != "more" or not isinstance(value, Money):
        return UNKNOWN if kind == "unknown" else None
    part = value if options is None else value + options
    whole = part + draw(money(tax=tax, currency=currency))
    return whole if whole.amount <= ABSURD else None


@st.composite
def _others(draw: st.DrawFn, /, lead: Any, jurisdiction: str) -> tuple[City, ...]:
    """The other buyers of a joint purchase; most purchases have none."""
    number = draw(st.sampled_from((0, 0, 0, 1, 2)))
    found = {city.id: city for city in (draw(cities(jurisdiction=jurisdiction)) for _ in range(number))}
    return tuple(city for id, city in found.items() if id != getattr(lead, "id", None))


def _known(fact: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.one_of(st.just(UNKNOWN), fact)


def _stated(values: Mapping[str, Any]) -> TaxBasis | None:
    """The tax basis of the amounts that are fixed, which the others must share."""
    amounts = (values.get("value"), values.get("options"))
    return next((amount.tax for amount in amounts if isinstance(amount, Money | MoneyRange)), None)


class _Fields:
    """The fields of one noun, drawn in the order in which they depend on each other; what is fixed is not drawn."""

    def __init__(self, draw: st.DrawFn, fixed: Mapping[str, Any]) -> None:
        self.draw = draw
        self.values = {name: draw(v) if isinstance(v, SearchStrategy) else v for name, v in fixed.items()}

    def take(self, name: str, drawn: Callable[[], SearchStrategy[Any]]) -> Any:
        if name not in self.values:
            self.values[name] = self.draw(drawn())
        return self.values[name]


@st.composite
def tenders(draw: st.DrawFn, /, **fixed: Any) -> Tender:
    """A tender: amounts and dates on the boundaries of the law, any fact of the need perhaps unknown.

    ``fixed`` sets fields of ``Tender``, each to a value or to a strategy of its own; the others are drawn to fit. The
    buyer is one of Québec unless it is fixed: ``buyer=cities(jurisdiction="fr")`` gives tenders of French law.

    >>> from hypothesis import HealthCheck, given, settings
    >>> from procurelib import assess
    >>> from procurelib.strategies import tenders
    >>> @settings(max_examples=5, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    ... @given(tenders(category="goods"))
    ... def always_some_procedure(tender):
    ...     assert assess(tender).procedure.possible
    >>> always_some_procedure()
    """
    given = _Fields(draw, fixed)
    buyer = given.take("buyer", cities)
    launched = given.take("launched", days)
    category = given.take("category", lambda: st.sampled_from(CATEGORIES))
    currency: Currency = CURRENCY_OF[buyer.country] if isinstance(buyer, City) else "CAD"
    tax = draw(_bases(_stated(given.values)))
    value = given.take("value", lambda: _estimates(launched, tax, currency))
    given.take("options", lambda: st.one_of(st.none(), st.none(), money(on=launched, tax=tax, currency=currency)))
    given.take("lots", lambda: _lots_of(value, tax, currency))
    jurisdiction = getattr(buyer, "jurisdiction", "ca-qc")
    grounds = given.take("grounds", lambda: _grounds(jurisdiction))
    given.take("uncertain_grounds", lambda: _doubtful(jurisdiction, grounds))
    if jurisdiction == "fr":
        given.take("need", lambda: _needs(value, given.values["options"], tax, currency))
        given.take("framework", lambda: st.sampled_from((None, None, *FRAMEWORKS)))
        given.take("formal_procedure", lambda: st.sampled_from((None, *FORMAL_PROCEDURES)))
        given.take("total_price", lambda: st.sampled_from((True, True, False)))
    group = given.take("group", lambda: _others(buyer, jurisdiction))
    given.take("bylaw_of", lambda: st.sampled_from((None, buyer, *group) if jurisdiction == "ca-qc" else (None,)))
    inside = getattr(buyer, "kind", "") == "agglomeration" or getattr(buyer, "agglomeration", None) is not None
    given.take("power", lambda: st.sampled_from((None, "agglomeration") if inside else (None,)))
    given.take("utility", lambda: st.sampled_from((False, False, True)))
    given.take("taxable", lambda: st.sampled_from((True, True, False)))
    published = given.take("published", lambda: st.one_of(st.none(), st.dates(launched, launched + 60 * DAY)))
    first = launched if published is None else published
    given.take("concludes", lambda: st.one_of(st.none(), st.dates(first, first + 400 * DAY)))
    given.take("duration", lambda: _known(st.integers(1, LONGEST_MONTHS)))
    given.take("classification", lambda: _known(st.sampled_from(("unspsc:72151500", "cpv:45112100"))))
    services = category in CATEGORIES and covers("services", category)
    given.take("service", lambda: _known(st.sampled_from(SERVICES)) if services else st.just(UNKNOWN))
    given.take("electronic", lambda: _known(st.booleans()))
    for name in ("title", "reserved"):
        given.take(name, lambda: st.sampled_from((None, None, *_TEXTS)))
    for name in ("criteria", "clauses"):
        given.take(name, lambda: st.sampled_from(((), (), _TEXTS[:2])))
    return Tender(**given.values)


@st.composite
def day_ranges(draw: st.DrawFn, /) -> DayRange:
    """The days among which a day lies, one or both bounds of which may be absent.

    >>> from hypothesis import find
    >>> from procurelib.strategies import day_ranges
    >>> find(day_ranges(), lambda found: found.earliest is None and found.latest is not None).day is None
    True
    """
    ends = sorted((draw(days()), draw(days())))
    kept = draw(st.sampled_from(((True, True), (True, True), (False, True), (True, False), (False, False))))
    return DayRange(ends[0] if kept[0] else None, ends[1] if kept[1] else None)


@st.composite
def commitments(draw: st.DrawFn, /, *, metric: str | None = None) -> Commitment:
    """A commitment that counts by Québec's scheme, by a mark, or by both; with a target, a baseline, or nothing to judge by.

    ``metric`` fixes what it measures, else it may measure nothing.

    >>> from hypothesis import find
    >>> from procurelib.strategies import commitments
    >>> find(commitments(metric="suppliers"), lambda promise: promise.target == 3).metric
    'suppliers'
    """
    chosen = draw(st.sampled_from((None, *METRICS))) if metric is None else metric
    counts = draw(st.lists(st.sampled_from(("ca-qc/E-1.1.1", "social_element")), min_size=1, max_size=2, unique=True))
    return Commitment(
        id="c",
        verb=draw(st.sampled_from(VERBS)),
        object=Text("auprès de l’économie sociale", "from the social economy"),
        metric=chosen,
        target=draw(st.none() | _quantities(chosen)),
        baseline=draw(st.none() | _quantities(chosen)),
        deadline=draw(st.none() | day_ranges()),
        cadence=draw(st.sampled_from((None, None, "year", "half-year"))),
        counts=counts,
        source="text",
        confidence="official",
    )


def _quantities(metric: str | None) -> SearchStrategy[Any]:
    if metric is None:
        return st.none()
    if metric == "amount":
        return money(tax="net")
    if metric.startswith("share"):
        return st.decimals(0, 100, places=2)
    return st.integers(0, 20)


@st.composite
def purchases(draw: st.DrawFn, /, **fixed: Any) -> Purchase:
    """A purchase as a ledger of Québec may state it, with anything left unsaid that a ledger leaves unsaid.

    ``fixed`` are fields to keep as given.

    >>> from hypothesis import given
    >>> from procurelib.strategies import purchases
    >>> @given(purchases(buyer="ca-qc/brossard"))
    ... def keeps_its_buyer(purchase):
    ...     assert purchase.buyer == "ca-qc/brossard"
    >>> keeps_its_buyer()
    """
    bodies = ("ca-qc/longueuil", "ca-qc/brossard", "ca-qc/agglomeration-longueuil")
    fields = _Fields(draw, fixed)
    buyer = fields.take("buyer", lambda: st.sampled_from((*bodies, UNKNOWN)))
    fields.take("supplier", lambda: st.sampled_from((UNKNOWN, *_suppliers())))
    fields.take("amount", lambda: st.one_of(money(), money(), money_ranges(), st.just(UNKNOWN)))
    fields.take("day", lambda: st.one_of(days(), days(), day_ranges(), st.just(UNKNOWN)))
    fields.take("category", lambda: st.sampled_from((*CATEGORIES, UNKNOWN)))
    fields.take("contract", lambda: st.sampled_from((None, "C-1", "C-2")))
    others = tuple(body for body in bodies if body != buyer)
    fields.take("group", lambda: st.sampled_from(((), (), others)))
    marks = st.dictionaries(st.sampled_from(("ca-qc/E-1.1.1", "social_element")), st.booleans())
    fields.take("marks", lambda: marks)
    return Purchase(**fields.values)


@cache
def _suppliers() -> tuple[Enterprise, ...]:
    """One supplier the law excludes, one it does not know, and one of whom only the name is known."""
    company = Enterprise(name="Inc.", country="CA", id="inc", forms=[LegalForm("business_corporation")])
    nonprofit = Enterprise(name="OBNL", country="CA", id="obnl", forms=[LegalForm("nonprofit_corporation")])
    return company, nonprofit, Enterprise(name="Coop", country="CA")


@st.composite
def assessments(draw: st.DrawFn, /, **fixed: Any) -> Assessment:
    """What the law requires of a tender such as ``tenders`` gives.

    >>> from hypothesis import HealthCheck, given, settings
    >>> from procurelib.strategies import assessments
    >>> @settings(max_examples=3, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    ... @given(assessments(category="outside"))
    ... def grants_are_outside(assessment):
    ...     assert assessment.procedure.status == "not_applicable"
    >>> grants_are_outside()
    """
    from procurelib.rules.ask import assess

    return assess(draw(tenders(**fixed)))


@st.composite
def answers(draw: st.DrawFn, /, question: str | None = None, **fixed: Any) -> Answer:
    """The answer to one question, such as ``"procedure"`` (any one unless given), for a tender as ``tenders`` gives it.

    >>> from hypothesis import HealthCheck, given, settings
    >>> from procurelib.strategies import answers
    >>> @settings(max_examples=3, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    ... @given(answers("estimate", category="works"))
    ... def settled_or_not(answer):
    ...     assert answer.possible <= {True, False}
    >>> settled_or_not()
    """
    from procurelib.rules.ask import questions_of

    tender = draw(tenders(**fixed))
    asked = questions_of(tender)
    return asked[draw(st.sampled_from(tuple(asked))) if question is None else question].ask(tender)


def parameters() -> SearchStrategy[Parameter]:
    """An entry of the law book, with all its versions.

    >>> from hypothesis import find
    >>> from procurelib.strategies import parameters
    >>> find(parameters(), lambda entry: entry.id == "ca-qc/public-call-threshold").unit
    'CAD'
    """
    return _sampled(_entries())
