"""The days of one process, from its publication to its contract: what is set, what is allowed, and what decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final, Literal, TypeAlias, final

from attrs import frozen

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.errors import Fault, InputError, UnknownId
from procurelib.models.convert import Faults
from procurelib.models.tender import Tender
from procurelib.rules.answer import Gap, Status
from procurelib.rules.question import require_tender

EventKind: TypeAlias = Literal["set", "earliest", "latest", "chosen"]

JURISDICTIONS: Final = {"ca-qc": "procurelib.rules.ca_qc.process", "fr": "procurelib.rules.fr.process"}


@final
@frozen(kw_only=True)
class Event:
    """One day of a process.

    ``kind`` is ``set`` (it follows from the others), ``earliest`` or ``latest`` (the first or last day something may be
    done), or ``chosen`` (the buyer fixed it). ``slack`` is the number of days by which a chosen day could move before it
    breaks a rule, ``None`` where nothing was chosen. ``critical`` says that the earliest closing, or contract, hangs on it.
    """

    id: str
    what: Text
    day: date
    kind: EventKind
    slack: int | None = None
    critical: bool = False
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()


@final
@frozen(kw_only=True)
class Timeline:
    """The days of one process, in order.

    ``status`` is ``answered``, or says why there is no plan: ``unknown`` (``missing`` names the facts to give),
    ``not_modelled`` (``gaps`` names the law the book does not have) or ``not_applicable`` (no call, and no notice).
    ``timeline["closing"]`` is the event with that id.
    """

    tender: str | None
    status: Status
    events: tuple[Event, ...]
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    def __getitem__(self, id: str) -> Event:
        """The event with an id; one that is not there raises ``UnknownId``."""
        for event in self.events:
            if event.id == id:
                return event
        raise UnknownId("event", id, tuple(event.id for event in self.events))

    def __contains__(self, id: object) -> bool:
        return any(event.id == id for event in self.events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)

    @property
    def critical_path(self) -> tuple[str, ...]:
        """The events on which the earliest closing, or contract, hangs, in order."""
        return tuple(event.id for event in self.events if event.critical)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the days are written, without repetition."""
        return tuple(dict.fromkeys(c for event in self.events for c in event.citations))

    def to_dict(self) -> dict[str, Any]:
        """The timeline as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Timeline:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


@frozen(kw_only=True)
class Fixed:
    """The days of a process that its buyer fixes; each is ``None`` unless given."""

    closing: date | None = None
    addendum: date | None = None
    decision: date | None = None
    rejection: date | None = None
    rejection_electronic: bool | None = None


def timeline(
    tender: Tender,
    *,
    closing: date | None = None,
    addendum: date | None = None,
    decision: date | None = None,
    rejection: date | None = None,
    rejection_electronic: bool | None = None,
) -> Timeline:
    """The days of the process of a tender: publication, complaints, addenda, closing, notice of intention, contract.

    Without more, everything is as early as the law allows. What the buyer fixes, the rest follows: ``closing``, the day
    tenders close; ``addendum``, the day an addendum that affects the price is sent; ``decision``, the day the decision on
    a complaint is sent. An addendum or a decision that comes late moves the closing. The contract is made on
    ``tender.concludes``, when it is given.

    In France, ``rejection`` is the day the other tenderers are told, ``rejection_electronic`` whether electronically: where a
    formal procedure may be due the timeline is ``unknown`` without them. A ``closing`` before the minimum period is refused.

    >>> from procurelib import Money, cities
    >>> call = Tender(
    ...     buyer=cities["ca-qc/longueuil"].with_bylaw(None), category="goods",
    ...     value=Money("150000", "CAD", tax="net"), launched=date(2025, 2, 3),
    ... )
    >>> timeline(call)["closing"].day
    datetime.date(2025, 2, 20)

    Raises:
        InputTypeError: a day that is not a date, or a case that is not a ``Tender``.
        InputError: a plan that the law does not allow; the fault says which rule it breaks and from which day it would
            not. Also a buyer whose jurisdiction has no timeline in this edition.
    """
    require_tender(tender)
    faults = Faults()
    for name, given in (("closing", closing), ("addendum", addendum), ("decision", decision), ("rejection", rejection)):
        faults.day(name, given, optional=True)
    if rejection_electronic is not None:
        faults.flag("rejection_electronic", rejection_electronic)
    faults.refuse()
    home = JURISDICTIONS.get(tender.buyer.jurisdiction)
    if home is None:
        expected = f"a buyer of {' or '.join(JURISDICTIONS)}"
        raise InputError([Fault("buyer", tender.buyer.id, expected, "Timelines of other countries come with later editions.")])
    fixed = Fixed(
        closing=closing,
        addendum=addendum,
        decision=decision,
        rejection=rejection,
        rejection_electronic=rejection_electronic,
    )
    found: Timeline = import_module(home).process(tender, fixed)
    return found
