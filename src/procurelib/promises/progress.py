"""How far purchases carry a commitment, period by period and in all, and whether what it states is met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, final

from attrs import evolve, field, frozen

from procurelib.calendars.periods import ReportingPeriod
from procurelib.citations import Citation
from procurelib.dated import Caveat
from procurelib.law import EDITION
from procurelib.models.city import City
from procurelib.models.commitment import Commitment, Quantity, ReportedFigure
from procurelib.models.convert import Faults, is_iterable, tuple_if_iterable
from procurelib.models.purchase import Purchase
from procurelib.money import TAX_BASES, Currency, Money
from procurelib.promises.bounds import Bounds, Span, percent_bounds
from procurelib.promises.counting import Counting
from procurelib.promises.ledger import Flag, Ledger, basis_of, currency_of, read
from procurelib.promises.measure import Asked, Figures, figures
from procurelib.promises.narrowing import MissingFact, missing_facts
from procurelib.promises.taxed import FACTORS, money_bounds
from procurelib.rules.sources import caveats_of, used_on
from procurelib.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from altair import LayerChart

Verdict: TypeAlias = Literal["met", "not_met", "open", "not_stated"]
Reason: TypeAlias = Literal["not_stated", "reached", "not_reached", "running", "bounds", "incomplete", "no_deadline"]

VERDICTS: Final = ("met", "not_met", "open", "not_stated")
_GROWING: Final = ("amount", "contracts", "suppliers")
"""The metrics that more purchases, or more days, can only raise."""


@final
@frozen(kw_only=True)
class PeriodProgress:
    """What the purchases of one period amount to, or those of all the periods when ``period`` is ``None``.

    ``amount``, ``contracts`` and ``suppliers`` are of what counts; ``spend`` and ``all_contracts`` of everything bought.
    ``share`` and ``share_of_contracts`` are in percent, ``None`` when nothing was bought. ``over`` says whether the period
    had ended by the day of the question. ``reaches`` is ``True``, ``False`` or ``UNKNOWN``: whether the figures reach what the
    commitment states; ``None`` when it states nothing for such a period. ``reported`` are the ids of figures reported for
    days that all lie in the period.
    """

    period: ReportingPeriod | None
    start: date
    end: date
    over: bool
    amount: Bounds
    spend: Bounds
    share: Bounds | None
    contracts: Bounds
    all_contracts: Bounds
    share_of_contracts: Bounds | None
    suppliers: Bounds
    reaches: Any
    reported: tuple[str, ...] = ()


@final
@frozen(kw_only=True)
class Progress:
    """How far purchases carry a commitment.

    ``verdict`` is ``met``, ``not_met``, ``open`` (not decided: the time runs, facts are missing, or the purchases are not
    said to be all of them) or ``not_stated`` (the commitment states nothing to judge by); ``reason`` says which.
    ``periods`` are the figures of each, ``cumulated`` those of all of them together, a share worked out anew.
    ``missing`` are the facts that would narrow the bounds, the most useful first; ``flags`` what is wrong with purchases,
    none of which was dropped without a word. ``complete`` is what the caller said of the purchases.
    """

    commitment: Commitment
    on: date
    currency: Currency
    basis: str
    buyers: tuple[str, ...] | None
    complete: bool
    verdict: Verdict
    reason: Reason
    periods: tuple[PeriodProgress, ...]
    cumulated: PeriodProgress
    missing: tuple[MissingFact, ...] = ()
    flags: tuple[Flag, ...] = ()
    reported: tuple[ReportedFigure, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    edition: str = EDITION

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The progress in ``fr`` or ``en``, as ``text``, ``markdown`` (with a table) or ``html``."""
        from procurelib.explain.promises import render_progress

        return render_progress(self, locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def rows(self) -> list[dict[str, Any]]:
        """One row per period, the cumulated one last, of plain values: amounts and shares as texts of digits."""
        return [_row(one, self) for one in (*self.periods, self.cumulated)]

    def chart(self, locale: str) -> LayerChart:
        """Bounds and target by period as an Altair chart, readable without colour (extra ``plot``).

        Raises:
            MissingExtra: Altair is not installed.
        """
        from procurelib.explain.chart import progress_chart

        return progress_chart(self, locale)

    def svg(self, locale: str) -> str:
        """The chart as static SVG (extra ``plot``).

        Raises:
            MissingExtra: Altair or its converter is not installed.
        """
        from procurelib.explain.chart import progress_svg

        return progress_svg(self, locale)

    def to_dict(self) -> dict[str, Any]:
        """The progress as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Progress:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def progress(
    commitment: Commitment,
    purchases: Iterable[Purchase],
    periods: Iterable[ReportingPeriod],
    *,
    on: date,
    buyers: Iterable[str | City] | None = None,
    complete: bool = False,
    tax: str | None = None,
    reported: Iterable[ReportedFigure] = (),
) -> Progress:
    """What purchases amount to under a commitment, in each period and in all of them, as seen on a day.

    Every figure has a lower and an upper bound, from eligibility, tax bases, buyers, days and amounts that are not known.
    A supplier's eligibility is that of the day of the purchase. ``purchases`` may join the ledgers of several bodies: reports
    with one ``id`` are one purchase, and ``buyers`` names those whose purchases are meant (all of them without it).
    ``complete`` says that these are all the purchases of the buyers in the periods: without it nothing is ever ``not_met``,
    and no share is judged. ``tax`` is the basis of the figures: unless given, that of the target, else the one all the
    purchases share, else the one the law compares; on another basis than the target's no amount is judged. ``reported``
    figures stand beside the measured ones, each whole.

    Without a ``cadence``, the target is held against what was bought in all the periods up to the deadline; with one,
    against each whole period of that cadence that ends by then. A deadline known only within a range is taken at its
    latest day.

    >>> from procurelib import Text, UNKNOWN, reporting_periods
    >>> promise = Commitment(id="p", verb="buy", object=Text("auprès des EES", "from SSEs"), metric="amount",
    ...     target=Money("50000", "CAD", tax="net"), counts=["ca-qc/E-1.1.1"], source="text", confidence="official")
    >>> bought = [Purchase(buyer="ca-qc/longueuil", amount=Money(a, "CAD", tax="net"), day=date(2025, 3, 3), marks=m)
    ...     for a, m in (("30000", {"ca-qc/E-1.1.1": True}), ("45000", {}))]
    >>> found = progress(promise, bought, reporting_periods("year", date(2025, 1, 1), until=date(2026, 1, 1)),
    ...     on=date(2026, 1, 31))
    >>> found.cumulated.amount.low.amount, found.cumulated.amount.high.amount, found.verdict
    (Decimal('30000'), Decimal('75000'), 'open')

    Raises:
        InputTypeError, InputError: something that is no commitment, purchase, period or day; no period, or periods that
            overlap; a basis that is none; figures with the same id; every fault is reported together.
        UnknownId: the commitment counts by a scheme the library does not know.
    """
    given = _checked(commitment, purchases, periods, on, buyers, complete, tax, reported)
    return _progress(given)


@frozen
class _Given:
    """What was asked, once it is known to be right."""

    commitment: Commitment
    purchases: tuple[Purchase, ...]
    periods: tuple[ReportingPeriod, ...]
    on: date
    buyers: tuple[str, ...] | None
    complete: bool
    currency: Currency
    basis: str
    reported: tuple[ReportedFigure, ...] = field(default=())


def _checked(
    commitment: object,
    purchases: object,
    periods: object,
    on: object,
    buyers: object,
    complete: object,
    tax: object,
    reported: object,
) -> _Given:
    faults = Faults()
    if not isinstance(commitment, Commitment):
        faults.add_type("commitment", commitment, "a Commitment")
    listed = {"purchases": (purchases, Purchase), "periods": (periods, ReportingPeriod), "reported": (reported, ReportedFigure)}
    sound: dict[str, Any] = {}
    for name, (values, kind) in listed.items():
        items = tuple_if_iterable(values)
        if faults.all_are(name, items, kind):
            sound[name] = items
    faults.day("on", on)
    faults.flag("complete", complete)
    if tax is not None and tax not in TAX_BASES:
        faults.add("tax", tax, f"one of {', '.join(TAX_BASES)}, or None")
    named = None
    if buyers is not None:
        named = tuple(one.id if isinstance(one, City) else one for one in buyers) if is_iterable(buyers) else ()
        if not is_iterable(buyers):
            faults.add_type("buyers", buyers, "a sequence of ids or cities, or None for every buyer")
        elif faults.all_are("buyers", named, str) and not named:
            faults.add("buyers", named, "at least one buyer, or None for every buyer")
    if "periods" in sound:
        sound["periods"] = _check_periods(faults, sound["periods"])
    ids = [one.id for one in sound.get("reported", ())]
    if len(set(ids)) < len(ids):
        faults.add("reported", ids, "each figure once")
    faults.refuse()
    promise = cast("Commitment", commitment)
    stated = [q for q in (promise.target, promise.baseline) if isinstance(q, Money)]
    stated_on = _basis_stated(stated)
    currency: Currency = stated[0].currency if stated else currency_of(sound["purchases"]) or "CAD"
    basis = tax if isinstance(tax, str) else stated_on or basis_of(sound["purchases"], currency)
    return _Given(
        promise,
        sound["purchases"],
        sound["periods"],
        cast("date", on),
        None if named is None else tuple(sorted(set(named))),
        complete is True,
        currency,
        basis,
        sound["reported"],
    )


def _basis_stated(stated: list[Money]) -> str | None:
    return next((str(one.tax) for one in stated if one.tax in TAX_BASES), None)


def _check_periods(faults: Faults, periods: tuple[ReportingPeriod, ...]) -> tuple[ReportingPeriod, ...]:
    if not periods:
        faults.add("periods", periods, "at least one period")
    places = sorted(range(len(periods)), key=lambda place: periods[place])
    for before, after in pairwise(places):
        if periods[after].start < periods[before].end:
            expected = f"a period that begins after {periods[before]} ends"
            faults.add(f"periods[{after}]", str(periods[after]), expected, "A purchase may count in one period only.")
    return tuple(periods[place] for place in places)


def _progress(given: _Given) -> Progress:
    counting = Counting(given.commitment)
    ledger = read(given.purchases, counting, given.currency, given.basis)
    buyers = None if given.buyers is None else frozenset(given.buyers)
    whole = Asked(given.periods, buyers, given.on)
    rows = tuple(_measured(given, ledger, evolve(whole, periods=(period,)), period) for period in given.periods)
    cumulated = _measured(given, ledger, whole, None)
    verdict, reason = _verdict(given, ledger, whole, rows)
    used = used_on(given.on, *(id for id in FACTORS.values())) if given.currency == "CAD" and _converted(ledger) else ()
    return Progress(
        commitment=given.commitment,
        on=given.on,
        currency=given.currency,
        basis=given.basis,
        buyers=given.buyers,
        complete=given.complete,
        verdict=verdict,
        reason=reason,
        periods=rows,
        cumulated=cumulated,
        missing=missing_facts(
            ledger.within(whole.spans),
            whole,
            currency=given.currency,
            basis=given.basis,
            metric=given.commitment.metric,
        ),
        flags=tuple(_flags(ledger, whole)),
        reported=given.reported,
        citations=tuple(dict.fromkeys(c for one in used for c in one.step.ref.citations)),
        caveats=tuple(dict.fromkeys(caveats_of(used, given.on))),
    )


def _converted(ledger: Ledger) -> bool:
    return any(entry.tax_open for entry in ledger.entries)


def _measured(given: _Given, ledger: Ledger, asked: Asked, period: ReportingPeriod | None) -> PeriodProgress:
    found = figures(asked.take(entry) for entry in ledger.within(asked.spans))
    start, end = asked.periods[0].start, asked.periods[-1].end
    applies = given.commitment.cadence is None if period is None else _is_judged(given.commitment, period)
    return PeriodProgress(
        period=period,
        start=start,
        end=end,
        over=given.on >= asked.periods[-1].last,
        amount=money_bounds(found.amount, given.currency, given.basis),
        spend=money_bounds(found.spend, given.currency, given.basis),
        share=percent_bounds(found.share),
        contracts=_whole(found.contracts),
        all_contracts=_whole(found.all_contracts),
        share_of_contracts=percent_bounds(found.share_of_contracts),
        suppliers=_whole(found.suppliers),
        reaches=_reaches(given.commitment, found, given) if applies else None,
        reported=tuple(one.id for one in given.reported if _lies_in(one, asked)),
    )


def _is_judged(commitment: Commitment, period: ReportingPeriod) -> bool:
    latest = commitment.deadline.latest if commitment.deadline is not None else None
    due = latest is None or period.last <= latest
    return commitment.cadence == period.cadence and not period.partial and due


def _whole(span: Span) -> Bounds:
    assert span.high is not None
    return Bounds(int(span.low), int(span.high))


def _lies_in(figure: ReportedFigure, asked: Asked) -> bool:
    """Whether every day a figure is about certainly lies in the periods, and everyone it is about among the buyers."""
    first = figure.start.earliest if figure.start is not None else None
    last = figure.end.latest if figure.end is not None else None
    if first is None or last is None or asked.holds((first, min(last, asked.on))) is not True or last > asked.on:
        return False
    return asked.buyers is None or (bool(figure.bodies) and asked.buyers.issuperset(figure.bodies))


def _reaches(commitment: Commitment, found: Figures, given: _Given) -> Any:
    """Whether what was measured reaches what is stated: certainly, certainly not, or ``UNKNOWN``."""
    stated = commitment.threshold
    if stated is None:
        return None
    wanted, passed = stated
    span = _of_metric(commitment.metric, found)
    if span is None or _may_be_nothing(commitment.metric, found) or (isinstance(wanted, Money) and wanted.tax != given.basis):
        return UNKNOWN
    number = _number(wanted)
    if span.low > number or (span.low == number and not passed):
        return True
    if span.high is not None and (span.high < number or (span.high == number and passed)):
        return False
    return UNKNOWN


def _may_be_nothing(metric: str | None, found: Figures) -> bool:
    """Whether there may be no whole to take a share of."""
    whole = {"share_of_amount": found.spend, "share_of_contracts": found.all_contracts}.get(metric or "")
    return whole is not None and whole.low == 0


def _of_metric(metric: str | None, found: Figures) -> Span | None:
    if metric in ("share_of_amount", "share_of_contracts"):
        share = found.share if metric == "share_of_amount" else found.share_of_contracts
        return None if share is None else Span(share[0] * 100, share[1] * 100)
    return {"amount": found.amount, "contracts": found.contracts, "suppliers": found.suppliers}[metric or "amount"]


def _number(quantity: Quantity) -> Fraction:
    return Fraction(quantity.amount if isinstance(quantity, Money) else quantity)


def _verdict(given: _Given, ledger: Ledger, whole: Asked, rows: tuple[PeriodProgress, ...]) -> tuple[Verdict, Reason]:
    commitment = given.commitment
    if commitment.threshold is None:
        return "not_stated", "not_stated"
    growing = commitment.metric in _GROWING
    if commitment.cadence is not None:
        judged = [row for row in rows if row.period is not None and _is_judged(commitment, row.period)]
        return _of_all([_judge(row.reaches, growing, row.over, given.complete) for row in judged])
    deadline = commitment.deadline.latest if commitment.deadline is not None else None
    due = deadline is not None and given.on >= deadline
    asked = whole if deadline is None else evolve(whole, on=min(given.on, deadline))
    reaches = _reaches(commitment, figures(asked.take(entry) for entry in ledger.within(asked.spans)), given)
    verdict, reason = _judge(reaches, growing, due, given.complete)
    return verdict, "no_deadline" if reason == "running" and deadline is None else reason


def _judge(reaches: bool | Unknown, growing: bool, over: bool, complete: bool) -> tuple[Verdict, Reason]:
    if reaches is True and growing:
        return "met", "reached"
    if not over:
        return "open", "running"
    if not complete:
        return "open", "incomplete"
    if reaches is True:
        return "met", "reached"
    return ("not_met", "not_reached") if reaches is False else ("open", "bounds")


def _of_all(found: list[tuple[Verdict, Reason]]) -> tuple[Verdict, Reason]:
    """One verdict of several periods: all of them have to be met, and one that is not decides."""
    if not found:
        return "open", "bounds"
    for wanted in ("not_met", "open"):
        for verdict, reason in found:
            if verdict == wanted:
                return verdict, reason
    return found[0]


def _flags(ledger: Ledger, whole: Asked) -> Iterator[Flag]:
    from procurelib.promises.ledger import FLAGS

    yield from ledger.flags
    after, outside, others = set[int](), set[int](), set[int]()
    for entry in ledger.entries:
        if whole.bought(entry)[0] is False:
            others.update(entry.places)
        elif whole.holds(entry.days) is False:
            first = entry.days[0]
            (after if first is not None and first > whole.on else outside).update(entry.places)
    for code, places in (("outside_periods", outside), ("other_buyer", others), ("after", after)):
        if places:
            yield Flag(code, FLAGS[code], tuple(sorted(places)))


def _row(one: PeriodProgress, of: Progress) -> dict[str, Any]:
    row: dict[str, Any] = {
        "commitment": of.commitment.id,
        "period": None if one.period is None else str(one.period),
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "over": one.over,
        "currency": of.currency,
        "tax": of.basis,
    }
    for name in ("amount", "spend", "share", "contracts", "all_contracts", "share_of_contracts", "suppliers"):
        bounds: Bounds | None = getattr(one, name)
        for end in ("low", "high"):
            row[f"{name}_{end}"] = _plain(None if bounds is None else getattr(bounds, end))
    row["reaches"] = None if one.reaches is UNKNOWN else one.reaches
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return format(value.amount, "f")
    return format(value, "f") if isinstance(value, Decimal) else value
