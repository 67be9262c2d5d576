"""Québec: what the law of municipal contracts requires of a city that buys."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

__all__ = [
    "QUESTIONS",
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


def __getattr__(name: str) -> Any:
    if name in QUESTIONS:
        return import_module(f"procurelib.rules.ca_qc._{name}").QUESTION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
