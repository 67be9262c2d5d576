"""Québec: what the law of municipal contracts requires of a city that buys."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from procurelib.models.tender import Lot, Tender
    from procurelib.rules.answer import Answer
    from procurelib.rules.ask import Assessment as Assessed
    from procurelib.rules.duties import Duty
    from procurelib.rules.members import MembersQuestion
    from procurelib.rules.question import Question

    procedure: Question
    territory: Question
    agreements: MembersQuestion
    minimum_period: Question
    publication: Question
    award_method: Question
    estimate: Question
    authorisation: Question
    preferences: MembersQuestion
    decision_maker: Question

QUESTIONS: Final = (
    "procedure",
    "territory",
    "agreements",
    "minimum_period",
    "publication",
    "award_method",
    "estimate",
    "authorisation",
    "preferences",
    "decision_maker",
)

UNMODELLED: Final = ("application_period", "standstill", "sustainability", "purchasing_scheme")
"""Questions that other jurisdictions answer, and that this book does not for Québec."""

__all__ = [
    "QUESTIONS",
    "UNMODELLED",
    "agreements",
    "authorisation",
    "award_method",
    "decision_maker",
    "estimate",
    "minimum_period",
    "preferences",
    "procedure",
    "publication",
    "territory",
]


WORKED_OUT: Final = ("earliest_closing", "small_lots")
"""Answers that are worked out of others rather than read in a table."""


def work_out(name: str, assessed: Assessed) -> Answer:
    """One of the answers that are worked out."""
    if name == "small_lots":
        from procurelib.rules.ca_qc.lots import small_lots

        return small_lots(assessed.tender)
    from procurelib.rules.ca_qc.closing import earliest_closing

    return earliest_closing(assessed.tender, assessed.procedure, assessed.minimum_period)


def duties_of_tender(assessed: Assessed) -> tuple[Duty, ...]:
    """What the contract makes the city publish."""
    from procurelib.rules.ca_qc.duties import duties_of_tender as found

    return found(assessed.tender)


def of_lot(tender: Tender, lot: Lot) -> Tender:
    """The tender of one lot."""
    from procurelib.rules.ca_qc.lots import of_lot as made

    return made(tender, lot)


def __getattr__(name: str) -> Any:
    if name in UNMODELLED:
        from procurelib.rules.ca_qc.case import unmodelled

        return unmodelled(name)
    if name in QUESTIONS:
        return import_module(f"procurelib.rules.ca_qc._{name}").QUESTION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
