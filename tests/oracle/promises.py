"""A second, slow answer to "how far do these purchases carry it?": every unknown is filled in, then all is plain addition.

It shares no code and no data with the package but the nouns it reads. A ledger leaves things unsaid; `fill_in` makes up one
way things may truly have been that agrees with all it says, from a seeded generator, with a liking for the ends of what is
possible. `truth` then adds up that one world exactly. Whatever bounds are stated for the ledger, every such world must lie
between them. The tax factors and the days they start on are typed from the texts, and the eligibility is the other oracle's.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from oracle.eligibility import Facts, accredited, social_economy
from procurelib.models.commitment import Commitment
from procurelib.models.day_range import DayRange
from procurelib.models.enterprise import Enterprise
from procurelib.models.purchase import Purchase
from procurelib.money import Money, MoneyRange
from procurelib.unknown import UNKNOWN

BASES = ("excluded", "net", "included")
"""From the least to the greatest: nobody recovers more than the tax."""
GROSS_FROM, GROSS = date(2013, 1, 1), Fraction("1.14975")  # GST 5 % and QST 9.975 %
NET_2014, NET_OF_2014 = date(2014, 1, 1), Fraction("1.037107")  # half of the QST is not recovered, less a rebate
NET_2015, NET = date(2015, 1, 1), Fraction("1.049875")  # half of the QST is not recovered
SOCIAL_ECONOMY_ACT = date(2013, 10, 10)
PLACEHOLDER, IMPLAUSIBLE = 1, 10**9
FAR = (date(2005, 3, 1), date(2040, 3, 1))
"""Days well outside all that is asked about, for a day that may be any."""


@dataclass(frozen=True)
class Real:
    """One purchase as it truly was: ``pays`` says what each of its buyers pays, on each basis."""

    reports: tuple[int, ...]
    day: date
    pays: Mapping[str, Mapping[str, Fraction]]
    supplier: Hashable
    answers: Mapping[str, bool]
    contract: Hashable
    buyer: str
    taken: tuple[Fraction, str]
    """The amount as the ledger would have stated it, had it known, and its basis."""

    @property
    def counts(self) -> bool:
        return any(self.answers.values())


@dataclass(frozen=True)
class Truth:
    """The exact figures of some days; a share is ``None`` when nothing was bought."""

    amount: Fraction
    spend: Fraction
    contracts: int
    all_contracts: int
    suppliers: int

    @property
    def share(self) -> Fraction | None:
        return 100 * self.amount / self.spend if self.spend else None

    @property
    def share_of_contracts(self) -> Fraction | None:
        return Fraction(100 * self.contracts, self.all_contracts) if self.all_contracts else None


# --- what the facts settle --------------------------------------------------------------------------------------------


def facts_on(enterprise: Enterprise, day: date) -> Facts:
    """What is known of an enterprise on one day."""

    def stands(one: Any) -> bool:
        return (one.start is None or one.start <= day) and (one.end is None or day < one.end)

    neq = dict(enterprise.identifiers).get("neq")
    return Facts(
        form=next((form.code for form in enterprise.forms if stands(form)), None),
        neq_prefix=neq[:2] if neq is not None else None,
        evidence={one.criterion: one.holds for one in enterprise.evidence if stands(one)},
        accreditations=tuple((one.kind, one.start, one.end) for one in enterprise.accreditations),
        accreditations_complete=enterprise.accreditations_complete,
    )


def settled(supplier: Any, what: str, day: date) -> bool | None:
    """Whether a supplier meets a scheme on a day, ``None`` when its facts do not settle it."""
    if supplier is UNKNOWN or "/" not in what:
        return None
    if what == "ca-qc/E-1.1.1":
        # Before the Act nobody was asked whether it met the Act.
        return social_economy(facts_on(supplier, day), day) if day >= SOCIAL_ECONOMY_ACT else None
    if what in ("ca-qc/adapted-enterprise", "ca-qc/insertion-enterprise", "ca-qc/home-help-enterprise"):
        return accredited(facts_on(supplier, day), {what}, day) if day >= GROSS_FROM else None
    raise ValueError(what)


def entity(supplier: Any) -> Hashable:
    """What identifies a supplier, ``None`` when nothing does."""
    if supplier is UNKNOWN:
        return None
    numbers = dict(supplier.identifiers)
    if "siret" in numbers:
        return "siren", numbers["siret"][:9]
    for kind in ("neq", "siren"):
        if kind in numbers:
            return kind, numbers[kind]
    return ("id", supplier.id) if supplier.id is not None else None


def factors(day: date, currency: str, category: Any) -> tuple[Fraction | None, Fraction | None]:
    """What the price before tax is multiplied by: to the net expenditure, and to the price with tax."""
    if currency != "CAD" or category in ("insurance", UNKNOWN) or day < GROSS_FROM:
        return None, None
    return (NET if day >= NET_2015 else NET_OF_2014 if day >= NET_2014 else None), GROSS


# --- filling in -------------------------------------------------------------------------------------------------------


class Filling:
    """One way of filling in what is not known. ``edges`` are days worth trying."""

    def __init__(self, rng: random.Random, edges: Iterable[date] = (), others: Iterable[str] = ()) -> None:
        self.rng = rng
        self.edges = sorted({*edges, *FAR})
        self.others = sorted({*others, "x/somebody-else"})

    def flip(self) -> bool:
        return self.rng.random() < 0.5

    def between(self, low: Fraction, high: Fraction | None) -> Fraction:
        """An amount between two others, often one of them; to the cent when it is neither."""
        kind = self.rng.random()
        if kind < 0.35:
            return low
        if high is None:
            return low + Fraction(self.rng.choice((1, 99, 10**5, 10**7, 10**12)) * self.rng.randint(1, 100), 100)
        if kind < 0.7:
            return high
        cents = (high - low) * 100
        found = low + Fraction(self.rng.randint(0, int(cents)), 100)
        return min(found, high)

    def day(self, given: Any) -> date:
        if isinstance(given, date):
            return given
        first = given.earliest if isinstance(given, DayRange) else None
        last = given.latest if isinstance(given, DayRange) else None
        low, high = first or min(FAR[0], last or FAR[0]), last or max(FAR[1], first or FAR[1])
        near = [day for day in self.edges if low <= day <= high]
        if near and self.rng.random() < 0.6:
            return self.rng.choice(near)
        kind = self.rng.random()
        return low if kind < 0.3 else high if kind < 0.6 else low + timedelta(self.rng.randint(0, (high - low).days))

    def ratios(self, day: date, currency: str, category: Any) -> dict[str, Fraction]:
        """What one price before tax is on each basis, for one share of the purchase that is taxable."""
        net, gross = factors(day, currency, category)
        taxable = self.between(Fraction(0), Fraction(1))
        if gross is None:
            # Nothing is known of the tax: only that the net expenditure lies between the two prices.
            with_tax = self.between(Fraction(1), None) if self.flip() else Fraction(1)
            return {"excluded": Fraction(1), "net": self.between(Fraction(1), with_tax), "included": with_tax}
        with_tax = 1 + taxable * (gross - 1)
        if net is None:
            return {"excluded": Fraction(1), "net": self.between(Fraction(1), with_tax), "included": with_tax}
        return {"excluded": Fraction(1), "net": 1 + taxable * (net - 1), "included": with_tax}

    def pays(
        self, unit: Unit, currency: str, ratio: Mapping[str, Fraction], taken: tuple[Fraction, str]
    ) -> dict[str, dict[str, Fraction]]:
        """What each buyer pays, on each basis: as ``parts`` say, the rest anyhow, the whole in all."""

        def on_every_basis(amount: Fraction, basis: str) -> dict[str, Fraction]:
            return {one: amount * ratio[one] / ratio[basis] for one in BASES}

        whole = on_every_basis(*taken)
        names = [unit.buyer if unit.buyer is not UNKNOWN else self.rng.choice(self.others), *unit.group]
        if names[0] in unit.group:
            names[0] = "x/somebody-else"
        if len(names) == 1:
            return {names[0]: whole}
        known = {}
        for name, part in unit.parts.items():
            if part.currency == currency:
                basis = part.tax if part.tax is not UNKNOWN else taken[1]
                known[name] = on_every_basis(Fraction(part.amount), basis)
        paid = {one: sum((part[one] for part in known.values()), Fraction(0)) for one in BASES}
        open_names = [name for name in names if name not in known]
        if paid["excluded"] > whole["excluded"] or (not open_names and unit.free):
            whole = paid
        left = {one: whole[one] - paid[one] for one in BASES}
        # Fifths, so that each part is an exact amount too.
        given = [self.rng.choice(open_names) for _ in range(self.rng.choice((1, 5)))] if open_names else []
        pays = dict(known)
        for name in open_names:
            pays[name] = {one: left[one] * given.count(name) / len(given) for one in BASES}
        return pays


def span_of(amount: Any, currency: str, checked: bool = False) -> tuple[Fraction, Fraction | None]:
    """Between what an amount lies, whatever its basis."""
    if amount is UNKNOWN or amount.currency != currency:
        return Fraction(0), None
    if isinstance(amount, MoneyRange):
        return Fraction(amount.low.amount), Fraction(amount.high.amount)
    number = Fraction(amount.amount)
    if checked:
        return number, number
    if number <= PLACEHOLDER:
        return Fraction(0), None
    return (Fraction(0) if number >= IMPLAUSIBLE else number), number


@dataclass
class Unit:
    """One purchase, of which one or several reports were read; what they leave unsaid is still unsaid."""

    reports: tuple[int, ...]
    buyer: Any
    group: tuple[str, ...]
    parts: dict[str, Money]
    amount: Any
    checked: bool
    day: Any
    supplier: Any
    category: Any
    contract: str | None
    marks: dict[str, bool]

    @property
    def free(self) -> bool:
        """Whether the whole is not stated, so that it is what its parts add up to when all are known."""
        return self.amount is UNKNOWN


def _one_of(rng: random.Random, values: Iterable[Any], nothing: Any) -> Any:
    """One of the values that are given: any of them may be right."""
    found: list[Any] = []
    for value in values:
        if value is not nothing and value not in found:
            found.append(value)
    return rng.choice(found) if found else nothing


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value is not UNKNOWN), UNKNOWN)


def looks(purchase: Purchase) -> tuple[Any, ...]:
    """What two purchases without an id have in common when they look exactly alike."""
    buyer = purchase.buyer if purchase.contract is None else None
    return (purchase.contract, purchase.day, purchase.amount, purchase.supplier, purchase.category, buyer)


def units(purchases: Sequence[Purchase], rng: random.Random) -> list[Unit]:
    """Which reports are of one purchase, and which of them is right where they differ."""
    blocks: list[list[int]] = []
    by_id: dict[str, list[int]] = {}
    alike: list[tuple[tuple[Any, ...], list[int]]] = []
    for place, purchase in enumerate(purchases):
        if purchase.id is not None:
            by_id.setdefault(purchase.id, []).append(place)
            continue
        same = next((places for key, places in alike if key == looks(purchase)), None)
        if same is None:
            alike.append((looks(purchase), [place]))
        else:
            same.append(place)
    blocks += by_id.values()
    for _, places in alike:
        number = rng.choice((1, len(places), rng.randint(1, len(places))))
        parted: list[list[int]] = [[] for _ in range(number)]
        for position, place in enumerate(rng.sample(places, len(places))):
            parted[position if position < number else rng.randrange(number)].append(place)
        blocks += [sorted(block) for block in parted]
    found = [_unit(block, purchases, rng) for block in sorted(blocks)]
    return [unit for unit in found if unit.category != "outside"]


def _unit(block: list[int], purchases: Sequence[Purchase], rng: random.Random) -> Unit:
    reports = [purchases[place] for place in block]
    stated = [one for one in reports if one.buyer is not UNKNOWN] or reports
    whose = rng.choice(stated)
    names = {whose.buyer, *whose.group} if whose.buyer is not UNKNOWN else {*whose.group}
    parts: dict[str, Money] = {}
    for one in rng.sample(reports, len(reports)):
        for name, part in one.parts:
            if name in names:
                parts.setdefault(name, part)
    # The amount, its day and its kind are one report's, as far as it says: together they set the tax it holds.
    first = rng.choice(reports)
    one_report = [first, *(one for one in reports if one is not first)]
    amount = _first([one.amount for one in one_report])
    marks: dict[str, bool] = {}
    for one in rng.sample(reports, len(reports)):
        for name, holds in one.marks:
            marks.setdefault(name, holds)
    return Unit(
        reports=tuple(block),
        buyer=whose.buyer,
        group=whose.group,
        parts=parts,
        amount=amount,
        checked=any(one.amount_checked for one in reports if one.amount == amount),
        day=_first([one.day for one in one_report]),
        supplier=_one_of(rng, (one.supplier for one in reports), UNKNOWN),
        category=_first([one.category for one in one_report]),
        contract=_one_of(rng, (one.contract for one in reports), None),
        marks=marks,
    )


def fill_in(
    purchases: Sequence[Purchase],
    counts: Sequence[str],
    rng: random.Random,
    *,
    currency: str,
    edges: Iterable[date] = (),
    others: Iterable[str] = (),
) -> list[Real]:
    """One way things may truly have been, which agrees with all that the ledger says."""
    fill = Filling(rng, edges, others)
    found = units(purchases, rng)
    days = [fill.day(unit.day) for unit in found]
    answered = [_answers(unit, day, counts) for unit, day in zip(found, days, strict=True)]
    who = _identities(found, days, answered, rng)
    # One answer for each supplier and day: what is settled of one of its purchases is settled of all of that day.
    known: dict[Hashable, bool] = {}
    for places in (0, 1):
        for place, answers in enumerate(answered):
            for what, answer in answers.items():
                key = (who[place], days[place], what) if "/" in what else (place, what)
                if answer is not None:
                    known.setdefault(key, answer)
                elif places:
                    answers[what] = known.setdefault(key, fill.flip())
    reals = []
    for unit, day, answers, supplier in zip(found, days, answered, who, strict=True):
        # A purchase of a kind that is not known may be of insurance, whose tax is another.
        category = rng.choice(("goods", "insurance")) if unit.category is UNKNOWN else unit.category
        ratio = fill.ratios(day, currency, category)
        low, high = span_of(unit.amount, currency, unit.checked)
        basis = unit.amount.tax if unit.amount is not UNKNOWN else UNKNOWN
        taken = fill.between(low, high), rng.choice(BASES) if basis is UNKNOWN else basis
        pays = fill.pays(unit, currency, ratio, taken)
        buyer = next(name for name in pays if name not in unit.group)
        contract = ("number", unit.contract) if unit.contract is not None else ("purchase", unit.reports)
        reals.append(Real(unit.reports, day, pays, supplier, answers, contract, buyer, taken))
    return reals


def _answers(unit: Unit, day: date, counts: Sequence[str]) -> dict[str, bool | None]:
    answers: dict[str, bool | None] = {}
    for what in counts:
        # What was recorded of a purchase is taken as it was recorded, whatever else is known of the supplier.
        recorded = unit.marks.get(what)
        answers[what] = settled(unit.supplier, what, day) if recorded is None else recorded
    return answers


def _identities(
    found: Sequence[Unit], days: Sequence[date], answered: Sequence[dict[str, bool | None]], rng: random.Random
) -> list[Hashable]:
    """Who each supplier is: one that nothing identifies may be any other whom nothing it is known of contradicts."""
    who: list[Hashable] = [entity(unit.supplier) for unit in found]
    files: dict[Hashable, list[Any]] = defaultdict(list)
    for unit, name in zip(found, who, strict=True):
        if name is not None:
            files[name].append(unit.supplier)
    said: dict[tuple[Hashable, date, str], bool] = {}
    order = [place for place in range(len(found)) if who[place] is not None]
    order += [place for place in range(len(found)) if who[place] is None]
    for place in order:
        day, answers = days[place], answered[place]
        schemes = [what for what in answers if "/" in what]

        def of(name: Hashable, what: str, day: date = day) -> bool | None:
            """What is known of an enterprise by any of the purchases from it."""
            by_law = (settled(one, what, day) for one in files[name])
            return next((one for one in by_law if one is not None), said.get((name, day, what)))

        if who[place] is None:
            others = sorted({one for one in who if one is not None}, key=repr)
            chosen = rng.choice(others) if others and rng.random() < 0.5 else ("nobody", place)
            if any(None not in (of(chosen, what), answers[what]) and of(chosen, what) != answers[what] for what in schemes):
                chosen = ("nobody", place)
            who[place] = chosen
            if found[place].supplier is not UNKNOWN:
                files[chosen].append(found[place].supplier)
        for what in schemes:
            if answers[what] is None:
                answers[what] = of(who[place], what)
            if answers[what] is not None:
                said.setdefault((who[place], day, what), bool(answers[what]))
    return who


# --- adding up --------------------------------------------------------------------------------------------------------


def truth(
    reals: Iterable[Real], spans: Iterable[tuple[date, date]], *, on: date, basis: str, buyers: Iterable[str] | None
) -> Truth:
    """The figures of what was truly bought in some spans of days, each up to but not including its end."""
    whose = None if buyers is None else set(buyers)
    places = list(spans)
    amount = spend = Fraction(0)
    contracts: dict[Hashable, bool] = defaultdict(bool)
    suppliers = set()
    for real in reals:
        if real.day > on or not any(start <= real.day < end for start, end in places):
            continue
        if whose is not None and not whose & set(real.pays):
            continue
        paid = sum((part[basis] for name, part in real.pays.items() if whose is None or name in whose), Fraction(0))
        spend += paid
        contracts[real.contract] |= real.counts
        if real.counts:
            amount += paid
            suppliers.add(real.supplier)
    return Truth(amount, spend, sum(contracts.values()), len(contracts), len(suppliers))


def reaches(commitment: Commitment, found: Truth) -> bool | None:
    """Whether figures, on the basis of the target, reach what is stated; ``None`` for a share of nothing."""
    passed = commitment.target is None
    needed: Any = commitment.baseline if passed else commitment.target
    measured = {
        "amount": found.amount,
        "contracts": found.contracts,
        "suppliers": found.suppliers,
        "share_of_amount": found.share,
        "share_of_contracts": found.share_of_contracts,
    }[str(commitment.metric)]
    if measured is None:
        return None
    wanted = Fraction(needed.amount if isinstance(needed, Money) else needed)
    return measured > wanted if passed else measured >= wanted


# --- the ends of what is possible -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """One way one purchase may truly have been, seen from some days: within them or not, counting or not, and its amounts."""

    within: bool
    counts: bool
    low: Fraction
    high: Fraction | None


def taxed(low: Fraction, high: Fraction | None, of: str, to: str, day: date, currency: str, category: Any):
    """The least and the greatest amount on another basis; each end is that of a purchase wholly taxable or not at all."""
    if of == to:
        return low, high
    net, gross = factors(day, currency, category)
    if gross is None or (net is None and "net" in (of, to)):
        most = gross if gross is not None else None
        if BASES.index(of) < BASES.index(to):
            return low, None if high is None or most is None else high * most
        return Fraction(0) if most is None else low / most, high
    wholly = {"excluded": Fraction(1), "net": net, "included": gross}
    by = sorted((Fraction(1), Fraction(wholly[to]) / Fraction(wholly[of])))  # type: ignore[arg-type]
    return low * by[0], None if high is None else high * by[1]


def options(
    purchase: Purchase,
    counts: Sequence[str],
    spans: Sequence[tuple[date, date]],
    *,
    on: date,
    basis: str,
    buyers: Iterable[str] | None,
    currency: str,
    edges: Iterable[date],
) -> list[Option]:
    """Every way one purchase of one buyer may have been, as far as it matters for the days of some spans."""
    given = purchase.day
    first = given.earliest if isinstance(given, DayRange) else None if given is UNKNOWN else given
    last = given.latest if isinstance(given, DayRange) else None if given is UNKNOWN else given
    near = {*edges, *FAR, first, last, *(day for span in spans for day in (span[0], span[1] - timedelta(1), span[1]))}
    near |= {on, on + timedelta(1), SOCIAL_ECONOMY_ACT, GROSS_FROM, NET_2014, NET_2015}
    eves = {day - timedelta(1) for day in near if day is not None}
    days = [d for d in near | eves if d is not None and (first is None or first <= d) and (last is None or d <= last)]
    found = []
    asked = None if buyers is None else set(buyers)
    for day in days:
        mine = asked is None or purchase.buyer is UNKNOWN or purchase.buyer in asked
        if not mine or day > on or not any(start <= day < end for start, end in spans):
            found.append(Option(False, False, Fraction(0), Fraction(0)))
            continue
        if asked is not None and purchase.buyer is UNKNOWN:
            found.append(Option(False, False, Fraction(0), Fraction(0)))
        recorded = dict(purchase.marks)
        answers = [recorded.get(what, settled(purchase.supplier, what, day)) for what in counts]
        may = [True] if True in answers else [True, False] if None in answers else [False]
        tax = purchase.amount.tax if purchase.amount is not UNKNOWN else UNKNOWN
        if purchase.amount is not UNKNOWN and purchase.amount.currency != currency:
            tax = UNKNOWN
        low, high = span_of(purchase.amount, currency, purchase.amount_checked)
        for of in BASES if tax is UNKNOWN else (tax,):
            ends = taxed(low, high, of, basis, day, currency, purchase.category)
            found += [Option(True, one, *ends) for one in may]
    return found


def ends(options_of: Sequence[Sequence[Option]], groups: Sequence[Hashable], entities: Sequence[Hashable]) -> dict[str, Any]:
    """The least and the greatest of every figure, each reached by some choice of an option for each purchase.

    Exact when the choices are free of one another: no look-alikes, no joint purchases, no reports that differ.
    """

    def low_of(one: Option, counting: bool) -> Fraction:
        return one.low if one.within and (one.counts or not counting) else Fraction(0)

    def high_of(one: Option, counting: bool) -> Fraction | None:
        return one.high if one.within and (one.counts or not counting) else Fraction(0)

    def greatest(values: Iterable[Fraction | None]) -> Fraction | None:
        found = list(values)
        return None if None in found else max(one for one in found if one is not None)

    def total(values: Iterable[Fraction | None]) -> Fraction | None:
        found = list(values)
        return None if None in found else sum((one for one in found if one is not None), Fraction(0))

    result: dict[str, Any] = {}
    for name, counting in (("amount", True), ("spend", False)):
        low = sum((min(low_of(one, counting) for one in each) for each in options_of), Fraction(0))
        result[name] = low, total(greatest(high_of(one, counting) for one in each) for each in options_of)
    surely: dict[str, dict[Hashable, bool]] = {"counts": defaultdict(bool), "exists": defaultdict(bool)}
    maybe: dict[str, dict[Hashable, bool]] = {"counts": defaultdict(bool), "exists": defaultdict(bool)}
    who: tuple[dict[Hashable, bool], dict[Hashable, bool]] = (defaultdict(bool), defaultdict(bool))
    for each, group, one_entity in zip(options_of, groups, entities, strict=True):
        surely["counts"][group] |= all(one.counts for one in each)
        maybe["counts"][group] |= any(one.counts for one in each)
        surely["exists"][group] |= all(one.within for one in each)
        maybe["exists"][group] |= any(one.within for one in each)
        who[0][one_entity] |= all(one.counts for one in each)
        who[1][one_entity] |= any(one.counts for one in each)
    result["contracts"] = sum(surely["counts"].values()), sum(maybe["counts"].values())
    result["all_contracts"] = sum(surely["exists"].values()), sum(maybe["exists"].values())
    result["suppliers"] = sum(who[0].values()), sum(who[1].values())
    return result | {"share": _share_ends(options_of)}


def _share_ends(options_of: Sequence[Sequence[Option]]) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest share of the amount; as close as one likes where an amount has no upper bound."""

    def extreme(counts: bool) -> Fraction | None:
        """The least share that counts (or that does not): as little as possible of one, as much as possible of the other."""
        forced, others = Fraction(0), Fraction(0)
        unbounded = False
        for each in options_of:
            free = [one for one in each if not one.within or one.counts != counts]
            within = [one for one in free if one.within]
            if not free:
                forced += min(one.low for one in each)
            unbounded |= any(one.high is None for one in within)
            others += max((one.high for one in within if one.high is not None), default=Fraction(0))
        if unbounded:
            return Fraction(0)
        if forced + others:
            return forced / (forced + others)
        # Whatever there is counts: all of it, or there is nothing.
        return (
            Fraction(1) if any(one.within and one.counts == counts and one.high != 0 for e in options_of for one in e) else None
        )

    counted, rest = extreme(True), extreme(False)
    if counted is None and rest is None:
        return None
    return (100 * counted if counted is not None else Fraction(0), 100 - 100 * rest if rest is not None else Fraction(100))
