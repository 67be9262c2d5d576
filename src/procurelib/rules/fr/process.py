"""The days around the signature in France: standstill, award notice, essential data (CCP, R. 2182-1, R. 2183-1, R. 2196-1)."""

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
from procurelib.rules.sources import caveats_of, number, used_on
from procurelib.rules.timeline import Event, EventKind, Fixed, Timeline

ELECTRONIC, OTHER = "fr/standstill-electronic", "fr/standstill-other"
COUNTING: Final = "fr/standstill-counting"
NOTICE, DATA = "fr/award-notice", "fr/essential-data"
ONE_DAY: Final = timedelta(1)

_FORMAL: Final = Text(
    "Ces jours sont ceux d’une procédure formalisée : un marché à procédure adaptée n’a pas de suspension obligatoire.",
    "These days are those of a formal procedure: a contract under an adapted procedure has no compulsory standstill.",
)
_CLOSING: Final = Text(
    "Le délai minimal de réception des offres n’est pas vérifié dans cette édition.",
    "The minimum period to receive tenders is not checked in this edition.",
)
_NOTIFIED: Final = Text(
    "Le délai court de la notification, tenue ici pour faite le jour de la signature.",
    "The period runs from the notification, taken here as made on the day of the signature.",
)


def process(tender: Tender, fixed: Fixed) -> Timeline:
    """The days around the signature of a contract under a formal procedure."""
    faults = [
        Fault(name, repr(given), "None: no rule of France that this edition holds reads it")
        for name, given in (("addendum", fixed.addendum), ("decision", fixed.decision))
        if given is not None
    ]
    if faults:
        raise InputError(faults)
    published = tender.published or tender.launched
    what = Text("Publication, ou envoi de l’avis de marché", "Publication, or dispatch of the contract notice")
    events = [Event(id="publication", what=what, day=published, kind="chosen")]
    if fixed.closing is not None:
        _in_order("closing", fixed.closing, "the publication", published)
        text = Text("Fin de la réception des offres", "End of the receipt of tenders")
        caveat = Caveat("note", "closing", _CLOSING)
        events.append(Event(id="closing", what=text, day=fixed.closing, kind="chosen", caveats=(caveat,)))
    missing = [
        name
        for name, given in (("rejection", fixed.rejection), ("rejection_electronic", fixed.rejection_electronic))
        if given is None
    ]
    if fixed.rejection is None or fixed.rejection_electronic is None:
        return Timeline(tender=tender.id, status="unknown", events=tuple(events), missing=tuple(missing))
    _in_order("rejection", fixed.rejection, "the closing" if fixed.closing else "the publication", events[-1].day)
    events += _signature(tender, fixed.rejection, fixed.rejection_electronic)
    caveat = Caveat("note", "procedure", _FORMAL)
    ordered = tuple(sorted(events, key=lambda event: event.day))
    return Timeline(tender=tender.id, status="answered", events=ordered, caveats=(caveat,))


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
        event = _event("essential-data", what, counted.date, "latest", signed, DATA)
        events.append(evolve(event, caveats=(*event.caveats, *counted.caveats, Caveat("note", DATA, _NOTIFIED))))
    return events


def _event(id: str, what: Text, day: date, kind: EventKind, on: date, entry: str) -> Event:
    cites = law[entry].on(on).citations
    return Event(
        id=id, what=what, day=day, kind=kind, citations=cites, caveats=tuple(dict.fromkeys(caveats_of(used_on(on, entry), on)))
    )
