"""The days of a consultation in France: closing, standstill, award notice, essential data (CCP, R. 2182-1 ff., R. 2196-1)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import evolve

from procurelib.calendars import deadline
from procurelib.calendars.days import spoken
from procurelib.calendars.holidays import calendar_of
from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.errors import Fault, InputError
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer
from procurelib.rules.ask import assess
from procurelib.rules.fr._procedure import FORMAL
from procurelib.rules.fr.duties import data_due
from procurelib.rules.sources import caveats_of, number, used_on
from procurelib.rules.timeline import Event, EventKind, Fixed, Timeline

ELECTRONIC, OTHER = "fr/standstill-electronic", "fr/standstill-other"
COUNTING: Final = "fr/standstill-counting"
NOTICE, DATA = "fr/award-notice", "fr/essential-data"
DATA_EVENT: Final = "essential-data"
ONE_DAY: Final = timedelta(1)

_FORMAL: Final = Text(
    "Ces jours sont ceux d’une procédure formalisée, si elle est due : un marché à procédure adaptée n’a pas de suspension "
    "obligatoire.",
    "These days are those of a formal procedure, if it is due: a contract under an adapted procedure has no compulsory "
    "standstill.",
)
_FREE: Final = Text(
    "Aucune procédure formalisée n’est due : la loi ne fixe ni délai de réception en jours ni suspension avant la signature.",
    "No formal procedure is due: the law fixes neither a period to receive tenders in days nor a standstill before signing.",
)
_NOTIFIED: Final = Text(
    "Le délai court de la notification, tenue ici pour faite le jour de la signature.",
    "The period runs from the notification, taken here as made on the day of the signature.",
)


def process(tender: Tender, fixed: Fixed) -> Timeline:
    """The days of a consultation: its closing, and around the signature those of a formal procedure where one is due."""
    faults = [
        Fault(name, repr(given), "None: no rule of France that this edition holds reads it")
        for name, given in (("addendum", fixed.addendum), ("decision", fixed.decision))
        if given is not None
    ]
    if faults:
        raise InputError(faults)
    assessed = assess(tender)
    procedure = assessed.procedure
    settled, formal = procedure.settled, FORMAL in procedure.possible
    published = tender.published or tender.launched
    what = Text("Publication, ou envoi de l’avis de marché", "Publication, or dispatch of the contract notice")
    events = [Event(id="publication", what=what, day=published, kind="chosen")]
    if fixed.closing is not None:
        _in_order("closing", fixed.closing, "the publication", published)
        events.append(_closing(fixed.closing, assessed.earliest_closing))
    if settled and not formal:
        events += _without_standstill(tender, fixed, events[-1])
        caveats = (Caveat("note", "procedure", _FREE),)
        return Timeline(tender=tender.id, status="answered", events=tuple(events), caveats=caveats)
    missing = [
        name
        for name, given in (("rejection", fixed.rejection), ("rejection_electronic", fixed.rejection_electronic))
        if given is None
    ]
    if fixed.rejection is None or fixed.rejection_electronic is None:
        return Timeline(tender=tender.id, status="unknown", events=tuple(events), missing=tuple(missing))
    _in_order("rejection", fixed.rejection, "the closing" if fixed.closing else "the publication", events[-1].day)
    events += _signature(tender, fixed.rejection, fixed.rejection_electronic)
    doubt = () if settled else (Caveat("note", "procedure", _FORMAL),)
    ordered = tuple(sorted(events, key=lambda event: event.day))
    return Timeline(tender=tender.id, status="answered", events=ordered, caveats=doubt)


def _closing(chosen: date, earliest: Answer) -> Event:
    """The closing the buyer fixed, which no period the law may ask for allows to be earlier.

    Raises:
        InputError: every minimum period that remains possible ends later.
    """
    text = Text("Fin de la réception des offres ou des candidatures", "End of the receipt of tenders or of applications")
    days = sorted(day for day in earliest.possible if isinstance(day, date))
    surely_bound = bool(days) and None not in earliest.possible and not earliest.gaps
    if surely_bound and chosen < days[0]:
        expected = f"a day on or after {days[0].isoformat()}: the minimum period ends the day before"
        raise InputError([Fault("closing", repr(chosen), expected, "Close later, or claim what shortens the period.")])
    caveats: tuple[Caveat, ...] = ()
    if days and chosen < days[-1]:
        caveat = Text(
            f"Ce jour n’est permis que si un délai plus court vaut : le plus long mène au {spoken(days[-1]).fr}.",
            f"This day is allowed only if a shorter period holds: the longest leads to {spoken(days[-1]).en}.",
        )
        caveats = (Caveat("note", "closing", caveat),)
    slack = (chosen - days[0]).days if surely_bound and len(days) == 1 else None
    return Event(id="closing", what=text, day=chosen, kind="chosen", slack=slack, citations=earliest.citations, caveats=caveats)


def _without_standstill(tender: Tender, fixed: Fixed, last: Event) -> list[Event]:
    """The days of a contract for which no formal procedure is due: those the buyer fixed, and what follows the signature."""
    events: list[Event] = []
    if fixed.rejection is not None:
        _in_order("rejection", fixed.rejection, "the event before it", last.day)
        text = Text("Envoi du rejet des autres offres", "Rejection of the other tenders sent")
        events.append(Event(id="rejection", what=text, day=fixed.rejection, kind="chosen"))
    if tender.concludes is not None:
        text = Text("Signature du marché", "Signature of the contract")
        events.append(Event(id="signature", what=text, day=tender.concludes, kind="chosen"))
        data = data_due(tender, tender.concludes)
        events += (event for event in _after(tender.concludes) if event.id == DATA_EVENT and data)
    return sorted(events, key=lambda event: event.day)


def _in_order(name: str, day: date, what: str, before: date) -> None:
    if day < before:
        raise InputError([Fault(name, repr(day), f"a day on or after {what}, {before.isoformat()}")])


def _signature(tender: Tender, sent: date, electronic: bool) -> list[Event]:
    """The rejection, the standstill, the signature and what follows it."""
    on = tender.launched
    entry = ELECTRONIC if electronic else OTHER
    days = number(entry, on)
    counted = deadline(sent, days=days, calendar=calendar_of("fr"))
    first = counted.date + ONE_DAY
    signed = tender.concludes or first
    if signed < first:
        expected = f"a day on or after {first.isoformat()}: the standstill lasts until {counted.date.isoformat()}"
        raise InputError([Fault("concludes", repr(signed), expected, "Sign later, or reject the other tenders earlier.")])
    means = Text("par voie électronique", "electronically") if electronic else Text("par un autre moyen", "by other means")
    kind: EventKind = "earliest" if tender.concludes is None else "chosen"
    slack = None if tender.concludes is None else (signed - first).days
    events = [
        _event(
            "rejection",
            Text(f"Envoi du rejet des autres offres, {means.fr}", f"Rejection of the other tenders sent, {means.en}"),
            sent,
            "chosen",
            on,
            entry,
        ),
        evolve(
            _event(
                "standstill-end",
                Text(f"Dernier des {days} jours de suspension", f"Last of the {days} days of standstill"),
                counted.date,
                "set",
                on,
                entry,
            ),
            caveats=tuple(dict.fromkeys((*counted.caveats, *_other_reading(sent, days, first, on)))),
        ),
        _event("signature", Text("Signature du marché", "Signature of the contract"), signed, kind, on, entry),
    ]
    events = [evolve(event, critical=True) for event in events]
    events[-1] = evolve(events[-1], slack=slack)
    return [*events, *_after(signed)]


def _other_reading(sent: date, days: int, first: date, on: date) -> tuple[Caveat, ...]:
    """The first day for the signature when the day of sending counts."""
    entry, found = law[COUNTING], sent + timedelta(days)
    readings = entry.readings_on(on)
    if found == first or len(readings) != 2:
        return ()
    kept, other = readings
    text = Text(
        f"{kept.label_fr} ({kept.why_fr}) Selon l’autre lecture, la signature est possible le {spoken(found).fr} : "
        f"{other.label_fr}.",
        f"{kept.label_en} ({kept.why_en}) By the other reading the contract may be signed on {spoken(found).en}: "
        f"{other.label_en}.",
    )
    return (Caveat("reading", COUNTING, text),)


def _after(signed: date) -> list[Event]:
    """What is published once the contract is signed, by the law of that day."""
    notice = law[NOTICE].on(signed)
    counted = deadline(signed, days=number(NOTICE, signed), calendar=calendar_of("fr"))
    what = Text("Dernier jour pour envoyer l’avis d’attribution", "Last day to send the award notice")
    event = _event("award-notice", what, counted.date, "latest", signed, NOTICE)
    extra = (Caveat("note", NOTICE, _NOTIFIED),) if notice.scope == "notification" else ()
    events = [evolve(event, caveats=(*event.caveats, *counted.caveats, *extra))]
    if law[DATA].at(signed) is not None:
        counted = deadline(signed, months=number(DATA, signed), calendar=calendar_of("fr"))
        what = Text("Dernier jour pour publier les données essentielles", "Last day to publish the essential data")
        event = _event(DATA_EVENT, what, counted.date, "latest", signed, DATA)
        events.append(evolve(event, caveats=(*event.caveats, *counted.caveats, Caveat("note", DATA, _NOTIFIED))))
    return events


def _event(id: str, what: Text, day: date, kind: EventKind, on: date, entry: str) -> Event:
    cites = law[entry].on(on).citations
    return Event(
        id=id, what=what, day=day, kind=kind, citations=cites, caveats=tuple(dict.fromkeys(caveats_of(used_on(on, entry), on)))
    )
