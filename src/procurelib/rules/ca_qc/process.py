"""The days of one process in Québec: a call for tenders, or a notice of intention to contract with a sole supplier."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from attrs import evolve

from procurelib.calendars import calendars, deadline
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.errors import Fault, InputError
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules import ca_qc
from procurelib.rules.answer import Answer
from procurelib.rules.ca_qc.closing import (
    ACT,
    ONE_DAY,
    Closing,
    caveats_on,
    cited,
    closing_of,
    complaint_days,
    complaints_end,
    complaints_exist,
    earliest_closing,
    first_after_complaints,
)
from procurelib.rules.series import gap_on
from procurelib.rules.sources import caveats_of, number, used_on
from procurelib.rules.timeline import Event, EventKind, Fixed, Timeline

ADDENDUM: Final = "ca-qc/price-addendum"
DOCUMENTS: Final = "ca-qc/complaint-documents"
DECISION, MARGIN = "ca-qc/complaint-decision", "ca-qc/complaint-decision-margin"
CHECK, POSTPONED = "ca-qc/postponement-check", "ca-qc/postponement"
NOTICE, INTEREST = "ca-qc/intention-notice", "ca-qc/intention-interest"
SOLE: Final = "ca-qc/sole-supplier"


def process(tender: Tender, fixed: Fixed) -> Timeline:
    """The timeline of a tender, with the days its buyer fixes."""
    unread = [("rejection", fixed.rejection), ("rejection_electronic", fixed.rejection_electronic)]
    faults = [Fault(name, repr(given), "None: Québec has no standstill") for name, given in unread if given is not None]
    if faults:
        raise InputError(faults)
    procedure, period = ca_qc.procedure.ask(tender), ca_qc.minimum_period.ask(tender)
    answer = earliest_closing(tender, procedure, period)
    if answer.status == "answered" and isinstance(answer.value, date):
        return _call(tender, fixed, answer, procedure, period)
    if answer.status == "not_applicable":
        _refuse_call_days(fixed)
        return _direct(tender, procedure)
    return Timeline(
        tender=tender.id,
        status=answer.status,
        events=(_publication(tender),),
        missing=tuple(sorted(answer.missing)),
        gaps=answer.gaps,
        caveats=answer.caveats,
    )


def _refuse_call_days(fixed: Fixed) -> None:
    faults = [
        Fault(name, repr(given), "None: the contract is made without a call for tenders")
        for name, given in (("closing", fixed.closing), ("addendum", fixed.addendum), ("decision", fixed.decision))
        if given is not None
    ]
    if faults:
        raise InputError(faults)


def _publication(tender: Tender) -> Event:
    day = tender.published or tender.launched
    what = Text("Publication, ou envoi de l’invitation", "Publication, or sending of the invitation")
    return Event(id="publication", what=what, day=day, kind="chosen", critical=True)


# --- a call for tenders ---------------------------------------------------------------------------------------------


def _call(tender: Tender, fixed: Fixed, answer: Answer, procedure: Answer, period: Answer) -> Timeline:
    on, published = tender.launched, tender.published or tender.launched
    public = procedure.value == "public"
    complaints = public and complaints_exist(on)
    first = closing_of(published, int(period.value), on, complaints=complaints)
    closing = _closing(tender, fixed, first)
    ends = complaints_end(published, closing, on) if complaints else None
    opened = closing
    closing = _after_addendum(tender, fixed, public, closing)
    if ends is not None and fixed.addendum is not None and fixed.addendum <= ends and closing > opened:
        ends = complaints_end(published, closing, on, added=(closing - opened).days)
        closing = max(closing, calendars[ACT].next_business_day(first_after_complaints(ends, on)))
    closing = _after_decision(fixed, on, ends, closing)
    events = [_publication(tender)]
    if ends is not None:
        events += _complaint_events(on, closing, ends, first)
        if fixed.decision is not None:
            events.append(_decision_event(fixed.decision, on, closing))
    if public and law[ADDENDUM].at(on) is not None:
        events += _addendum_events(on, closing, fixed)
    events.append(_closing_event(tender, fixed, first, closing, answer.citations))
    events += _contract(tender, closing)
    caveats = dict.fromkeys((*answer.caveats, *caveats_on(tender, first)))
    ordered = tuple(sorted(events, key=lambda event: event.day))
    return Timeline(tender=tender.id, status="answered", events=ordered, caveats=tuple(caveats))


def _closing(tender: Tender, fixed: Fixed, first: Closing) -> date:
    """The closing as the buyer fixed it, or the earliest one."""
    if fixed.closing is None:
        return first.day
    if fixed.closing < first.day:
        rule = "the time for complaints" if first.complaints_decide else "the minimum period"
        expected = f"a day on or after {first.day.isoformat()}, the first that {rule} allows"
        remedy = "Close later, or publish earlier."
        raise InputError([Fault("closing", repr(fixed.closing), expected, remedy)])
    if fixed.closing in calendars[ACT]:
        until = calendars[ACT].next_business_day(fixed.closing)
        expected = f"a day that is not a holiday: the time to tender would run until {until.isoformat()}"
        raise InputError([Fault("closing", repr(fixed.closing), expected, f"Close on {until.isoformat()}.")])
    on, published = tender.launched, tender.published or tender.launched
    if first.complaints_end is not None:
        allowed = first_after_complaints(complaints_end(published, fixed.closing, on), on)
        if fixed.closing < allowed:
            expected = f"a day that leaves the business days after complaints, such as {allowed.isoformat()}"
            raise InputError([Fault("closing", repr(fixed.closing), expected, "The complaint period grows with the period.")])
    return fixed.closing


def _after_addendum(tender: Tender, fixed: Fixed, public: bool, closing: date) -> date:
    """The closing once an addendum that affects the price is sent: postponed by the missing days."""
    if fixed.addendum is None:
        return closing
    on, published = tender.launched, tender.published or tender.launched
    if not published <= fixed.addendum < closing:
        expected = f"a day from the publication, {published.isoformat()}, until before the closing, {closing.isoformat()}"
        raise InputError([Fault("addendum", repr(fixed.addendum), expected)])
    if not public or law[ADDENDUM].at(on) is None:
        return closing
    return max(closing, calendars[ACT].next_business_day(fixed.addendum + timedelta(number(ADDENDUM, on))))


def _after_decision(fixed: Fixed, on: date, ends: date | None, closing: date) -> date:
    """The closing once the decision on a complaint is sent: enough days are left after it."""
    if fixed.decision is None:
        return closing
    if ends is None:
        expected = "None: complaints about this call have no time of their own"
        raise InputError([Fault("decision", repr(fixed.decision), expected)])
    last = closing - timedelta(number(DECISION, on))
    if not ends < fixed.decision <= last:
        expected = f"a day after complaints end, {ends.isoformat()}, and not after {last.isoformat()}"
        raise InputError([Fault("decision", repr(fixed.decision), expected, "Postpone the closing first.")])
    return max(closing, calendars[ACT].next_business_day(fixed.decision + timedelta(number(MARGIN, on))))


def _complaint_events(on: date, closing: date, ends: date, first: Closing) -> list[Event]:
    days = {id: timedelta(number(id, on)) for id in (DOCUMENTS, MARGIN, CHECK)}
    return [
        _event(
            "complaint-documents",
            Text(
                "Derniers documents sur lesquels une plainte peut porter",
                "Last documents that a complaint may be about",
            ),
            ends - days[DOCUMENTS],
            on,
            DOCUMENTS,
        ),
        evolve(
            _event(
                "complaints-end",
                Text("Fin de la réception des plaintes", "End of the receipt of complaints"),
                ends,
                on,
                "ca-qc/complaint-share",
                "ca-qc/complaint-minimum",
            ),
            kind="set",
            critical=first.complaints_decide,
        ),
        _event(
            "complaint-decision",
            Text(
                "Dernier jour pour envoyer la décision sur une plainte sans reporter la clôture",
                "Last day to send the decision on a complaint without postponing the closing",
            ),
            closing - days[MARGIN],
            on,
            MARGIN,
            DECISION,
            caveats=_window_is_empty(closing - days[MARGIN], ends),
        ),
        _event(
            "postponement-check",
            Text(
                "Dernier jour pour indiquer la décision dans le SEAO avant le report automatique",
                "Last day to show the decision on SEAO before the automatic postponement",
            ),
            closing - days[CHECK],
            on,
            CHECK,
        ),
        evolve(
            _event(
                "postponed-closing",
                Text("Clôture, si elle est reportée automatiquement", "Closing, if it is postponed automatically"),
                postponed(closing, on),
                on,
                POSTPONED,
            ),
            kind="set",
        ),
    ]


def _window_is_empty(last: date, ends: date) -> tuple[Caveat, ...]:
    if last > ends:
        return ()
    text = Text(
        "Ce jour n’est pas après la fin des plaintes : toute plainte reporte la clôture.",
        "This day is not after the end of complaints: any complaint postpones the closing.",
    )
    return (Caveat("note", MARGIN, text),)


def postponed(closing: date, on: date) -> date:
    """The closing that the operator of SEAO sets when no decision is shown in time (LCV 573.3.1.6).

    A day that is a holiday moves to the second business day after it; a day whose eve is no business day, to the next one.
    """
    holidays = complaint_days(on, closing)
    day = closing + timedelta(number(POSTPONED, on))
    if day in holidays:
        day = holidays.next_business_day(holidays.next_business_day(day) + ONE_DAY)
    if day - ONE_DAY in holidays:
        day = holidays.next_business_day(day + ONE_DAY)
    return day


def _event(id: str, what: Text, day: date, on: date, *entries: str, caveats: tuple[Caveat, ...] = ()) -> Event:
    """The last day for something, by the entries of the book that set it."""
    found = caveats_of(used_on(on, *entries), on)
    cites: tuple[Citation, ...] = tuple(dict.fromkeys(c for entry in entries for c in cited(entry, on)))
    return Event(id=id, what=what, day=day, kind="latest", citations=cites, caveats=(*dict.fromkeys(found), *caveats))


def _decision_event(day: date, on: date, closing: date) -> Event:
    what = Text("Envoi de la décision sur la plainte", "Sending of the decision on the complaint")
    slack = (closing - timedelta(number(MARGIN, on)) - day).days
    return evolve(_event("decision-sent", what, day, on, MARGIN), kind="chosen", slack=slack)


def _addendum_events(on: date, closing: date, fixed: Fixed) -> list[Event]:
    last = closing - timedelta(number(ADDENDUM, on))
    what = Text(
        "Dernier jour d’un addenda qui touche le prix, sans reporter la clôture",
        "Last day of an addendum that affects the price, without postponing the closing",
    )
    events = [_event("price-addendum", what, last, on, ADDENDUM)]
    if fixed.addendum is not None:
        sent = Text("Envoi de l’addenda qui touche le prix", "Sending of the addendum that affects the price")
        event = _event("addendum-sent", sent, fixed.addendum, on, ADDENDUM)
        events.append(evolve(event, kind="chosen", slack=(last - fixed.addendum).days))
    return events


def _closing_event(tender: Tender, fixed: Fixed, first: Closing, closing: date, cites: tuple[Citation, ...]) -> Event:
    moved = closing != (fixed.closing or first.day)
    kind: EventKind = "set" if moved else "earliest" if fixed.closing is None else "chosen"
    slack = (closing - first.day).days if kind == "chosen" else None
    what = Text("Clôture de la réception des soumissions", "Closing of the receipt of tenders")
    if moved:
        what = Text(f"{what.fr}, reportée", f"{what.en}, postponed")
    return Event(id="closing", what=what, day=closing, kind=kind, slack=slack, critical=True, citations=cites)


def _contract(tender: Tender, after: date) -> list[Event]:
    """The making of the contract and the day of the yearly list that names it, when the contract has a day."""
    if tender.concludes is None:
        return []
    if tender.concludes < after:
        expected = f"a day on or after the closing, {after.isoformat()}"
        raise InputError([Fault("concludes", repr(tender.concludes), expected)])
    from procurelib.rules.ca_qc.duties import duties_of_tender

    what = Text("Conclusion du contrat", "Making of the contract")
    events = [Event(id="contract", what=what, day=tender.concludes, kind="chosen", slack=(tender.concludes - after).days)]
    for duty in duties_of_tender(tender):
        if duty.due is not None:
            name = duty.id.partition("/")[2]
            events.append(
                Event(id=name, what=duty.what, day=duty.due, kind="latest", citations=duty.citations, caveats=duty.caveats)
            )
    return events


# --- a contract without a call --------------------------------------------------------------------------------------


def _direct(tender: Tender, procedure: Answer) -> Timeline:
    """A contract by mutual agreement: with a sole supplier above the threshold a notice comes first."""
    on, published = tender.launched, tender.published or tender.launched
    needed = SOLE in tender.grounds and procedure.value == "direct"
    otherwise = ca_qc.procedure.ask(evolve(tender, grounds=tender.grounds - {SOLE})) if needed else None
    if otherwise is None or otherwise.possible <= {"direct", "invitation"}:
        return Timeline(tender=tender.id, status="not_applicable", events=tuple(_contract(tender, published)))
    gap = gap_on(law[NOTICE], on)
    if gap is not None or otherwise.value != "public":
        status = "not_modelled" if gap is not None else otherwise.status
        gaps = (gap,) if gap is not None else otherwise.gaps
        missing = () if gap is not None else tuple(sorted(otherwise.missing))
        return Timeline(tender=tender.id, status=status, events=(_publication(tender),), missing=missing, gaps=gaps)
    if law[NOTICE].at(on) is None:
        return Timeline(tender=tender.id, status="not_applicable", events=tuple(_contract(tender, published)))
    first = deadline(published, days=number(NOTICE, on), calendar=ACT).date
    contract = tender.concludes or first
    if contract < first:
        expected = (
            f"a day on or after {first.isoformat()}: the notice of intention comes at least {number(NOTICE, on)} days before"
        )
        raise InputError([Fault("concludes", repr(contract), expected, "Conclude later, or publish the notice earlier.")])
    what = Text("Publication de l’avis d’intention dans le SEAO", "Publication of the notice of intention on SEAO")
    events = [
        evolve(_event("intention-notice", what, published, on, NOTICE), kind="chosen", critical=True),
        _event(
            "intention-interest",
            Text("Dernier jour où un autre fournisseur peut se manifester", "Last day another supplier may express interest"),
            contract - timedelta(number(INTEREST, on)),
            on,
            INTEREST,
        ),
    ]
    if tender.concludes is None:
        text = Text("Conclusion du contrat, au plus tôt", "Making of the contract, at the earliest")
        event = _event("contract", text, first, on, NOTICE)
        events.append(evolve(event, kind="earliest", critical=True))
    else:
        events += [evolve(e, critical=e.id == "contract") for e in _contract(tender, first)]
    ordered = tuple(sorted(events, key=lambda event: event.day))
    caveats = tuple(dict.fromkeys(procedure.caveats))
    return Timeline(tender=tender.id, status="answered", events=ordered, caveats=caveats)
