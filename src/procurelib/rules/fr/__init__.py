"""France: what the Public Procurement Code, and the texts before it, require of a local body that buys."""

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
    application_period: Question
    minimum_period: Question
    publication: Question
    standstill: Question
    award_method: Question
    sustainability: MembersQuestion
    estimate: Question
    authorisation: Question
    preferences: Question
    decision_maker: Question

QUESTIONS: Final = (
    "procedure",
    "territory",
    "agreements",
    "application_period",
    "minimum_period",
    "publication",
    "standstill",
    "award_method",
    "sustainability",
)
UNMODELLED: Final = ("estimate", "authorisation", "preferences", "decision_maker")
"""Questions that other jurisdictions answer, and that this book does not for France."""

__all__ = [
    "QUESTIONS",
    "UNMODELLED",
    "agreements",
    "application_period",
    "authorisation",
    "award_method",
    "decision_maker",
    "estimate",
    "minimum_period",
    "preferences",
    "procedure",
    "publication",
    "standstill",
    "sustainability",
    "territory",
]


WORKED_OUT: Final = ("earliest_closing", "small_lots", "purchasing_scheme")
"""Answers that are worked out of others, or of the buyer's figures, rather than read in a table."""


def work_out(name: str, assessed: Assessed) -> Answer:
    """One of the answers that are worked out."""
    if name == "small_lots":
        from procurelib.rules.fr.lots import small_lots

        return small_lots(assessed.tender)
    if name == "purchasing_scheme":
        from procurelib.rules.fr.scheme import purchasing_scheme

        return purchasing_scheme(assessed.tender)
    from procurelib.rules.fr.closing import earliest_closing

    return earliest_closing(assessed.tender, assessed.application_period, assessed.minimum_period)


def duties_of_tender(assessed: Assessed) -> tuple[Duty, ...]:
    """What the contract makes the buyer publish."""
    from procurelib.rules.fr.duties import duties_of_tender as found

    return found(assessed.tender, assessed.procedure)


def of_lot(tender: Tender, lot: Lot) -> Tender:
    """The tender of one lot."""
    from procurelib.rules.fr.lots import of_lot as made

    return made(tender, lot)


def __getattr__(name: str) -> Any:
    if name in UNMODELLED:
        from procurelib.rules.fr.case import unmodelled

        return unmodelled(name)
    if name in QUESTIONS:
        return import_module(f"procurelib.rules.fr._{name}").QUESTION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
