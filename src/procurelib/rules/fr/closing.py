"""When the receipt of tenders, or of requests to participate, may close in France under a formal procedure."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from procurelib.calendars import deadline
from procurelib.calendars.holidays import calendar_of
from procurelib.citations import Text
from procurelib.dated import Caveat
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, DerivedStep, Outcome
from procurelib.rules.worked_out import worked_out
from procurelib.unknown import UNKNOWN

NAME: Final = "earliest_closing"
TITLE: Final = Text("Clôture au plus tôt de la réception des offres", "Earliest closing of the receipt of tenders")
APPLICATIONS: Final = Text(
    "Clôture au plus tôt de la réception des candidatures", "Earliest closing of the receipt of requests to participate"
)
ONE_DAY: Final = timedelta(1)


def earliest_closing(tender: Tender, applications: Answer, tenders: Answer) -> Answer:
    """The first day on which the receipt may close: of tenders, or of requests to participate where they come first.

    The day of dispatch is out, the last day counted is whole, and one that is not a working day moves to the next (CCP;
    regulation 1182/71, art. 3).
    """
    first = applications.status != "not_applicable"
    title, period = (APPLICATIONS, applications) if first else (TITLE, tenders)
    on, sent = tender.launched, tender.published or tender.launched
    if period.status == "not_applicable":
        return worked_out(
            Outcome(NAME, "not_applicable", None, frozenset((None,))), title, "fr", on, citations=period.citations
        )
    days = [d for d in period.possible if isinstance(d, int)]
    found = {d: deadline(sent, days=d, calendar=calendar_of("fr")) for d in days}
    closings = frozenset(one.date + ONE_DAY for one in found.values())
    possible = closings | ({None} if None in period.possible else set())
    rows = tuple(row for row in period.explanation.rows if row.role == "decides")
    if period.status != "answered" or len(possible) != 1:
        outcome = Outcome(NAME, period.status, UNKNOWN, possible, period.missing)
        return worked_out(
            outcome, title, "fr", on, rows=rows, gaps=period.gaps, caveats=period.caveats, citations=period.citations
        )
    (counted,) = found.values()
    (closing,) = closings
    steps = (
        DerivedStep(
            "day", Text("envoi de l’avis, jour qui ne compte pas", "dispatch of the notice, a day that does not count"), sent
        ),
        DerivedStep(
            "day",
            Text(
                f"dernier des {days[0]} jours, reporté s’il n’est pas ouvré",
                f"last of the {days[0]} days, moved on if not a working day",
            ),
            counted.date,
            tuple(dict.fromkeys((*period.citations, *counted.citations))),
        ),
        DerivedStep("day", Text("premier jour où clore", "first day to close"), closing),
    )
    outcome = Outcome(NAME, "answered", closing, frozenset((closing,)))
    caveats = (*period.caveats, *counted.caveats, *(() if tender.published else (_DISPATCHED,)))
    return worked_out(outcome, title, "fr", on, steps=steps, rows=rows, caveats=caveats, citations=period.citations)


_DISPATCHED: Final = Caveat(
    "note",
    "published",
    Text(
        "Le délai court de l’envoi de l’avis, tenu ici pour fait le jour du lancement.",
        "The period runs from the dispatch of the notice, taken here as made on the day of the launch.",
    ),
)
