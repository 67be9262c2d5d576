"""When a call for tenders may close in Québec: the minimum period and the time for complaints (LCV 573, 573.1, 573.3.1.4)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Final

from attrs import frozen

from procurelib.calendars import Calendar, calendars, deadline
from procurelib.calendars.days import days_in, spoken
from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, DerivedStep, Gap, Outcome, RowExplained
from procurelib.rules.sources import caveats_of, number, used_on
from procurelib.rules.worked_out import worked_out
from procurelib.unknown import UNKNOWN

NAME: Final = "earliest_closing"
TITLE: Final = Text("Clôture au plus tôt de la réception des soumissions", "Earliest closing of the receipt of tenders")
ACT: Final = "ca-qc/I-16"
REGIME: Final = "ca-qc/regime"
DAYS: Final = "ca-qc/complaint-holidays"
COMPLAINTS: Final = "ca-qc/complaints"
SHARE, MINIMUM, GAP = "ca-qc/complaint-share", "ca-qc/complaint-minimum", "ca-qc/complaint-gap"
COUNTING, EXTENSION = "ca-qc/complaint-gap-counting", "ca-qc/complaint-extension"
FULL_DAYS: Final = "full_days"
ONE_DAY: Final = timedelta(1)
_HUNDRED: Final = 100


@frozen
class Closing:
    """One closing worked out: the day, and the days it was made of.

    ``period_end`` is the last day of the minimum period; ``by_period`` and ``by_complaints`` the first days that each of
    the two rules allows; ``complaints_end`` the last day for complaints, ``None`` when there are none.
    """

    day: date
    period_end: date
    by_period: date
    complaints_end: date | None
    by_complaints: date | None

    @property
    def complaints_decide(self) -> bool:
        """Whether it is the time for complaints that sets the day."""
        return self.by_complaints is not None and self.by_complaints > self.by_period


def complaints_exist(on: date) -> bool:
    """Whether complaints about a public call launched on a day have a time of their own."""
    return law[MINIMUM].at(on) is not None


def complaints_end(published: date, closing: date, on: date, *, added: int = 0) -> date:
    """The last day for complaints about a call that closes on a day, moved off a holiday; half a day counts as one.

    ``added`` are the days by which a change of the documents has moved the closing since.
    """
    half = share((closing - published).days - added, SHARE, on)
    days = max(number(MINIMUM, on), half) + (share(added, EXTENSION, on) if added else 0)
    return calendars[ACT].next_business_day(published + timedelta(days))


def share(days: int, id: str, on: date) -> int:
    """A share of a number of days, rounded up: whoever has half a day has the day."""
    return int((Decimal(days) * number(id, on) / _HUNDRED).to_integral_value(ROUND_CEILING))


@lru_cache(maxsize=64)
def complaint_calendar(on: date, first_year: int, last_year: int) -> Calendar:
    """The holidays for the complaints about a call launched on a day.

    The law of the launch follows a call to its end, so its days are kept after that law has ended: they are added, year by
    year, to those of the Interpretation Act.
    """
    codes = law[DAYS].on(on).value
    assert isinstance(codes, tuple)
    years = range(first_year, last_year + 1)
    return calendars[ACT].with_days(*{day for year in years for code in codes for day in days_in(code, year)})


def complaint_days(on: date, around: date) -> Calendar:
    """The holidays for complaints, for counting from a day."""
    return complaint_calendar(on, around.year, around.year + 1)


def first_after_complaints(end: date, on: date, *, counting: str = FULL_DAYS) -> date:
    """The first day on which tenders may close when complaints end on a day."""
    last = deadline(end, business_days=number(GAP, on), calendar=complaint_days(on, end)).date
    return last + ONE_DAY if counting == FULL_DAYS else last


def closing_of(published: date, days: int, on: date, *, complaints: bool, counting: str = FULL_DAYS) -> Closing:
    """The first day on which a call published on a day may close at any hour, by the law of the launch.

    The day of publication is out and the minimum period is whole days; the day found is not a holiday. The time for
    complaints grows with the period, so it is worked out anew for each day tried.
    """
    holidays = calendars[ACT]
    period_end = published + timedelta(days)
    by_period = holidays.next_business_day(period_end + ONE_DAY)
    if not complaints:
        return Closing(by_period, period_end, by_period, None, None)
    day = by_period
    while True:
        end = complaints_end(published, day, on)
        allowed = holidays.next_business_day(first_after_complaints(end, on, counting=counting))
        if allowed <= day:
            return Closing(day, period_end, by_period, end, allowed)
        day = holidays.next_business_day(day + ONE_DAY)


def earliest_closing(tender: Tender, procedure: Answer, period: Answer) -> Answer:
    """The first day on which the receipt of tenders may close, from the answers about the procedure and the minimum period."""
    on, published = tender.launched, tender.published or tender.launched
    if period.status == "not_applicable":
        return _settled(tender, period, None, None)
    calendars[ACT].require(published, "published")
    cases = _cases(period)
    made = {case: closing_of(published, case[1], on, complaints=case[0] and complaints_exist(on)) for case in cases}
    days = {closing.day for closing in made.values()}
    possible = frozenset[date | None](days) | (frozenset((None,)) if None in period.possible else frozenset())
    if len(possible) == 1 and None not in possible and not period.gaps:
        first = next(iter(made.values()))
        return _settled(tender, period, first.day, first)
    # One period for an invitation and for a public call, whose complaints may still make two closings of it.
    missing = period.missing | procedure.missing
    gaps = tuple(dict.fromkeys((*period.gaps, *procedure.gaps)))
    outcome = Outcome(NAME, "unknown" if missing else "not_modelled", UNKNOWN, possible, missing)
    return _answer(tender, period, outcome, gaps, None)


def _cases(period: Answer) -> tuple[tuple[bool, int], ...]:
    """What may hold: whether the call is public, and its minimum period in days."""
    found: dict[tuple[bool, int], None] = {}
    for row in period.explanation.rows:
        outcomes = row.outcome if isinstance(row.outcome, tuple) else (row.outcome,)
        if row.role == "decides":
            days = [o for o in outcomes if isinstance(o, int) and o in period.possible]
            found.update(dict.fromkeys((row.id != "invitation", d) for d in days))
    return tuple(found)


def _settled(tender: Tender, period: Answer, day: date | None, closing: Closing | None) -> Answer:
    outcome = Outcome(NAME, "not_applicable" if day is None else "answered", day, frozenset((day,)))
    return _answer(tender, period, outcome, (), closing)


def _answer(tender: Tender, period: Answer, outcome: Outcome, gaps: tuple[Gap, ...], closing: Closing | None) -> Answer:
    return worked_out(
        outcome,
        TITLE,
        "ca-qc",
        tender.launched,
        steps=() if closing is None else steps_of(tender, period, closing),
        rows=() if closing is None else deciding(period),
        gaps=gaps,
        caveats=(*period.caveats, *(() if closing is None else caveats_on(tender, closing))),
        citations=period.citations,
    )


def deciding(period: Answer) -> tuple[RowExplained, ...]:
    """The rows that decide an answer."""
    return tuple(row for row in period.explanation.rows if row.role == "decides")


def cited(id: str, on: date) -> tuple[Citation, ...]:
    """Where an entry of the book is written on a day."""
    return law[id].on(on).citations


def steps_of(tender: Tender, period: Answer, closing: Closing) -> tuple[DerivedStep, ...]:
    """How a closing was worked out, the rule that decided it last."""
    on, published = tender.launched, tender.published or tender.launched
    days = (closing.period_end - published).days
    steps = [
        DerivedStep("day", Text("publication, jour qui ne compte pas", "publication, a day that does not count"), published),
        DerivedStep(
            "day",
            Text(f"dernier des {days} jours du délai minimal", f"last of the {days} days of the minimum period"),
            closing.period_end,
            tuple(dict.fromkeys(c for row in deciding(period) for c in row.citations)),
        ),
        _allowed(
            closing.period_end + ONE_DAY,
            closing.by_period,
            Text("premier jour que permet le délai minimal", "first day that the minimum period allows"),
        ),
    ]
    if closing.complaints_end is not None and closing.by_complaints is not None:
        gap = number(GAP, on)
        steps += [
            DerivedStep(
                "day",
                Text(
                    f"fin des plaintes : la moitié du délai, au moins {number(MINIMUM, on)} jours",
                    f"end of complaints: half of the period, at least {number(MINIMUM, on)} days",
                ),
                closing.complaints_end,
                cited(SHARE, on),
            ),
            DerivedStep(
                "day",
                Text(
                    f"premier jour que permettent les {gap} jours ouvrables qui suivent la fin des plaintes",
                    f"first day that the {gap} business days after the end of complaints allow",
                ),
                closing.by_complaints,
                cited(GAP, on),
            ),
        ]
    if closing.complaints_end is None:
        decided = Text("le délai minimal décide", "the minimum period decides")
    elif closing.complaints_decide:
        decided = Text("le temps des plaintes décide", "the time for complaints decides")
    elif closing.by_complaints == closing.by_period:
        decided = Text(
            "le délai minimal et le temps des plaintes décident", "the minimum period and the time for complaints decide"
        )
    else:
        decided = Text("le délai minimal décide", "the minimum period decides")
    return (*steps, DerivedStep("day", decided, closing.day))


def _allowed(stated: date, moved: date, what: Text) -> DerivedStep:
    """The day a rule allows; when the stated one is a holiday, the next that is not (Interpretation Act, s. 52)."""
    if stated == moved:
        return DerivedStep("day", what, moved)
    text = Text(f"{what.fr}, le jour précédent étant férié", f"{what.en}, the day before being a holiday")
    return DerivedStep("day", text, moved, deadline(stated - ONE_DAY, days=1, calendar=ACT).citations)


def caveats_on(tender: Tender, closing: Closing) -> tuple[Caveat, ...]:
    """What to be careful about in a closing: how sure its values are, what another reading gives, and from when it runs."""
    on, published = tender.launched, tender.published or tender.launched
    out: list[Caveat] = []
    if tender.published is None:
        text = Text(
            "Le délai court de la publication, tenue ici pour faite le jour du lancement.",
            "The period runs from publication, taken here as made on the day of the launch.",
        )
        out.append(Caveat("note", "published", text))
    out += _transition(on, closing.day)
    if closing.complaints_end is None:
        return tuple(out)
    out += caveats_of(used_on(on, SHARE, MINIMUM, GAP), on)
    out += calendars[COMPLAINTS].of_business_days(on)[1]
    days = (closing.period_end - published).days
    for reading in law[COUNTING].readings_on(on):
        if reading.default:
            continue
        other = closing_of(published, days, on, complaints=True, counting=str(reading.value)).day
        if other != closing.day:
            entry = law[COUNTING]
            kept = next(r for r in entry.readings if r.default)
            text = Text(
                f"{entry.title_fr} : {kept.label_fr} ({kept.why_fr}) Selon l’autre lecture, {_lower(reading.label_fr)} : "
                f"{spoken(other).fr}.",
                f"{entry.title_en}: {kept.label_en} ({kept.why_en}) By the other reading, {_lower(reading.label_en)}: "
                f"{spoken(other).en}.",
            )
            out.append(Caveat("reading", COUNTING, text))
    return tuple(dict.fromkeys(out))


def _transition(on: date, last: date) -> tuple[Caveat, ...]:
    """That a call launched under the former Act goes on under it, which no text read says."""
    ends = law[REGIME].on(on).end
    if ends is None or last < ends:
        return ()
    text = Text(
        f"L’appel, lancé avant le {spoken(ends).fr}, se termine après : que l’ancien droit le régisse jusqu’à sa fin est "
        "présumé.",
        f"The call, launched before {spoken(ends).en}, ends later: that the former law governs it to its end is presumed.",
    )
    return (Caveat("inferred", REGIME, text),)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
