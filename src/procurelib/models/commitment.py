"""What a body promises of its purchases, as the text or its source words it, and the figures that were reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias, final

from attrs import field, frozen

from procurelib.citations import Text
from procurelib.dated import CONFIDENCES
from procurelib.models.convert import (
    Faults,
    Reader,
    is_mapping,
    read_fields,
    read_list,
    read_optional,
    read_text,
    tuple_if_iterable,
    write_fields,
)
from procurelib.models.day_range import DayRange, check_range
from procurelib.money import Money

Quantity: TypeAlias = Money | Decimal | int

VERBS: Final = (
    "know",
    "stay_informed",
    "consider",
    "favour_supply",
    "invite",
    "prefer_at_parity",
    "increase",
    "recognise",
    "buy",
    "include",
)
BINDINGS: Final = ("statement", "resolution", "scheme")
METRICS: Final = ("amount", "share_of_amount", "contracts", "share_of_contracts", "suppliers")
CADENCES: Final = ("month", "quarter", "half-year", "year", "edition")
RELATIONS: Final = ("stated", "more_than", "about", "headline")
_SHARES: Final = ("share_of_amount", "share_of_contracts")
_COUNTS: Final = re.compile(r"[a-z]{2}(?:-[a-z]+)?/[A-Za-z0-9.-]+|[a-z]+(?:_[a-z]+)*")
_WHOLE: Final = Decimal(100)


def _exact(given: object) -> Any:
    """Return an exact share from text; anything else is left for the checks."""
    if not isinstance(given, str):
        return given
    try:
        return Decimal(given)
    except InvalidOperation:
        return given


@final
@frozen(kw_only=True)
class Commitment:
    """One promise; what the text does not state is ``None``, which is never zero.

    ``verb`` is one of ``VERBS``; ``object`` is what it is about; ``guard`` what it is subject to, such as the rules on
    public contracts. ``binding`` is ``statement`` (a statement of policy: it binds nobody in contract law), ``resolution``
    (a council's) or ``scheme`` (a voted purchasing scheme).

    ``metric`` is ``amount``, ``contracts`` or ``suppliers`` (of what counts), ``share_of_amount`` or
    ``share_of_contracts`` (of everything bought). ``target`` is at least how much: ``Money``, a whole number, or a share in
    percent written ``"80"``; ``baseline`` is what an increase starts from. With a ``cadence`` the target is one for each
    such period, without one it is for the whole, by the ``deadline``.

    ``counts`` says what makes a purchase count, any one of them: ids of schemes its supplier meets on the day, such as
    ``ca-qc/E-1.1.1``, or marks of the contract, such as ``social_element``. ``counts_confidence`` is how sure that reading
    is.

    >>> bought = Text("auprès des EES", "from SSEs")
    >>> tenth = Commitment(id="c1", verb="buy", object=bought, metric="share_of_amount", target="10",
    ...                    counts=["ca-qc/E-1.1.1"], source="resolution", confidence="official")
    >>> tenth.target, tenth.deadline
    (Decimal('10'), None)
    """

    id: str
    verb: str
    object: Text
    guard: Text | None = None
    binding: str | None = None
    metric: str | None = None
    target: Quantity | None = field(default=None, converter=_exact)
    baseline: Quantity | None = field(default=None, converter=_exact)
    deadline: DayRange | None = None
    cadence: str | None = None
    counts: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    counts_confidence: str | None = None
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        for name in ("id", "source"):
            faults.text(name, getattr(self, name), optional=False)
        faults.code("verb", self.verb, VERBS, "a known verb of commitment")
        faults.both("object", self.object, optional=False)
        faults.both("guard", self.guard)
        faults.both("note", self.note)
        faults.code("binding", self.binding, BINDINGS, "a known binding strength, or None", optional=True)
        faults.code("metric", self.metric, METRICS, "a known metric, or None", optional=True)
        faults.code("cadence", self.cadence, CADENCES, "a known cadence, or None", optional=True)
        faults.code("confidence", self.confidence, CONFIDENCES, "a known confidence")
        faults.code("counts_confidence", self.counts_confidence, CONFIDENCES, "a known confidence, or None", optional=True)
        check_range(faults, "deadline", self.deadline)
        for name in ("target", "baseline"):
            check_quantity(faults, name, getattr(self, name), self.metric)
        if faults.all_are("counts", self.counts, str):
            for place, what in enumerate(self.counts):
                if _COUNTS.fullmatch(what) is None:
                    expected = "the id of a scheme such as 'ca-qc/E-1.1.1', or a mark such as 'social_element'"
                    faults.add(f"counts[{place}]", what, expected)
            if self.metric is not None and not self.counts:
                faults.add("counts", self.counts, "what makes a purchase count, since there is a metric")
        faults.refuse()

    @property
    def threshold(self) -> tuple[Quantity, bool] | None:
        """What the measure is held against, and whether it has to be passed rather than reached; ``None`` if none is stated.

        An increase with a baseline and no target is one that passes the baseline.
        """
        if self.metric is None:
            return None
        if self.target is not None:
            return self.target, False
        return (self.baseline, True) if self.verb == "increase" and self.baseline is not None else None

    def to_dict(self) -> dict[str, Any]:
        """Return the commitment as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Commitment:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers: dict[str, Reader] = dict.fromkeys(("object", "guard", "note"), read_text)
        readers |= {
            "target": read_quantity,
            "baseline": read_quantity,
            "deadline": read_optional(DayRange.from_dict),
            "counts": read_list(str_as_is),
        }
        return read_fields(cls, data, readers)


def str_as_is(given: Any) -> Any:
    """Read a text as it is; the noun's own checks say what it has to be."""
    return given


def read_quantity(given: Any) -> Any:
    """Read an amount of money, a share written as text or a whole number, or none."""
    return Money.from_dict(given) if is_mapping(given) else given


def check_quantity(faults: Faults, name: str, value: object, metric: str | None) -> None:
    """Check that a quantity is one its metric counts in."""
    if value is None:
        return
    if metric not in METRICS:
        faults.add(name, value, "nothing, while no metric says what it measures", "Give the metric, or leave it out.")
    elif metric == "amount":
        if not isinstance(value, Money):
            faults.add_type(name, value, "an amount", "Write Money('100000', 'CAD', tax='net').")
    elif metric in _SHARES:
        if not isinstance(value, Decimal) or not value.is_finite():
            faults.add_type(name, value, "a share in percent such as '80'", "Write it in quotes: a float is not exact.")
        elif not 0 <= value <= _WHOLE:
            faults.add(name, value, "a share from 0 to 100 percent of what is bought")
    elif isinstance(value, bool) or not isinstance(value, int):
        faults.add_type(name, value, "a whole number")
    elif value < 0:
        faults.add(name, value, "zero or more")


@final
@frozen(kw_only=True)
class ReportedFigure:
    """A figure somebody reported for a span of days, as it was reported: one statement, never split into parts.

    ``relation`` says how the source states it: ``stated``, ``more_than``, ``about``, or ``headline`` (a round figure of a
    title). ``start`` and ``end`` are the first day and the last, ``None`` where no source says. ``bodies`` are the ids of
    those it is about, ``scope`` the same in words. ``contracts`` has its own relation.

    >>> from procurelib.unknown import UNKNOWN
    >>> figure = ReportedFigure(id="2015-2016", scope=Text("les villes", "the cities"), relation="more_than",
    ...     amount=Money("8300000", "CAD", tax=UNKNOWN), source="press", confidence="secondary")
    >>> figure.relation, figure.share
    ('more_than', None)
    """

    id: str
    scope: Text
    bodies: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    start: DayRange | None = None
    end: DayRange | None = None
    edition: str | None = None
    amount: Money | None = None
    relation: str | None = None
    contracts: int | None = None
    contracts_relation: str | None = None
    share: Decimal | None = field(default=None, converter=_exact)
    announced: DayRange | None = None
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        for name in ("id", "source"):
            faults.text(name, getattr(self, name), optional=False)
        faults.text("edition", self.edition)
        faults.both("scope", self.scope, optional=False)
        faults.both("note", self.note)
        faults.all_are("bodies", self.bodies, str)
        for name in ("start", "end", "announced"):
            check_range(faults, name, getattr(self, name))
        faults.code("confidence", self.confidence, CONFIDENCES, "a known confidence")
        figures = (("amount", self.amount, self.relation), ("contracts", self.contracts, self.contracts_relation))
        for metric, figure, relation in figures:
            check_quantity(faults, metric, figure, metric)
            path = "relation" if metric == "amount" else "contracts_relation"
            if (figure is None) != (relation is None):
                faults.add(path, relation, f"how the figure is stated, when there is one: {', '.join(RELATIONS)}")
            else:
                faults.code(path, relation, RELATIONS, "a known relation", optional=True)
        check_quantity(faults, "share", self.share, "share_of_amount")
        if not faults.found and self.amount is None and self.contracts is None and self.share is None:
            faults.add("amount", None, "at least one figure")
        first, last = (d.day if d is not None else None for d in (self.start, self.end))
        if not faults.found and first is not None and last is not None and last < first:
            faults.add("end", last, f"a last day that is not before the first, {first}")
        faults.refuse()

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ReportedFigure:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        readers: dict[str, Reader] = dict.fromkeys(("scope", "note"), read_text)
        readers |= dict.fromkeys(("start", "end", "announced"), read_optional(DayRange.from_dict))
        readers |= {"amount": read_quantity, "bodies": read_list(str_as_is)}
        return read_fields(cls, data, readers)
