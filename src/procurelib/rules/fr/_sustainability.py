"""The social and environmental elements a contract must have (loi 2021-1104, art. 35, from 2026-08-21; optional before)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.facts import SUBJECT
from procurelib.rules.fr._procedure import due
from procurelib.rules.fr._procedure import table as procedure_table
from procurelib.rules.fr.calls import COMPETED
from procurelib.rules.fr.case import SPAN, question
from procurelib.rules.fr.facts import (
    CLAIMS,
    LAUNCHED,
    SOCIAL,
    TERM,
    THRESHOLD,
    at_threshold,
    category,
    claimed,
    in_force,
)
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.rules.series import beyond_term, readings_in, require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row, Table

EITHER: Final = frozenset((False, True))
SPECIFICATIONS, CONDITION = "fr/environmental-specifications", "fr/environmental-condition"
SOCIAL_CONDITION, CRITERION = "fr/social-condition", "fr/environmental-criterion"


def _everywhere(entry: str) -> Callable[[], tuple[Row, ...]]:
    def rows() -> tuple[Row, ...]:
        return (Row("required", category(*SUBJECT) & in_force(entry), True, 1, (series(entry),)),)

    return rows


def _criterion() -> tuple[Row, ...]:
    return (Row("required", COMPETED & in_force(CRITERION), True, 1, (series(CRITERION),)),)


def _social() -> tuple[Row, ...]:
    here, exception = in_force(SOCIAL_CONDITION), claimed("social-condition-exception")
    return (
        Row("required", all_of(here, ~SOCIAL, at_threshold()), True, 1, (series(SOCIAL_CONDITION),)),
        Row("beyond-the-term", all_of(here, ~TERM, due()), Open(EITHER, beyond_term(THRESHOLD)[1]), 1),
        Row(
            "social-services",
            all_of(here, SOCIAL, at_threshold()),
            Open(EITHER, require_gap("fr/social-condition-social-services", series(SOCIAL_CONDITION).steps[0].start)),
            1,
        ),
        Row(
            "exception",
            all_of(here, category(*SUBJECT), at_threshold() | ~TERM, exception),
            False,
            2,
            (series("fr/social-condition-exception"),),
        ),
    )


def _table(name: str, rows: Callable[[], tuple[Row, ...]]) -> Callable[[None], Table]:
    @lru_cache(maxsize=1)
    def table(overlay: None = None) -> Table:
        none = (series("fr/optional-conditions"), series("fr/environmental-condition-renewable-energy"))
        made = (
            Row("not-required", category(*SUBJECT), False, cites=none if name == "environmental_condition" else none[:1]),
            *rows(),
            Row("outside", category("outside"), None, cites=(series("fr/subject-contracts"),)),
            Row("concession", category("concession"), Open(EITHER, require_gap("fr/concession", SPAN[0]))),
        )
        facts = [f for f in procedure_table().facts if f.role != "reading" and f.id not in CLAIMS]
        return Table(f"fr/{name}", LAUNCHED, SPAN, (*facts, *readings_in(made), *CLAIMS.values()), made)

    return table


MEMBERS: Final = (
    (
        "environmental_condition",
        Text("Condition d’exécution environnementale", "Environmental performance condition"),
        _everywhere(CONDITION),
    ),
    ("social_condition", Text("Condition d’exécution sociale", "Social performance condition"), _social),
    ("environmental_criterion", Text("Critère d’attribution environnemental", "Environmental award criterion"), _criterion),
    (
        "environmental_specifications",
        Text("Spécifications techniques et développement durable", "Technical specifications and sustainable development"),
        _everywhere(SPECIFICATIONS),
    ),
)


def _question(name: str, title: Text, rows: Callable[[], tuple[Row, ...]]) -> Question:
    return question(name, title, _table(name, rows))


QUESTION: Final = MembersQuestion(
    "fr/sustainability",
    "sustainability",
    Text("Éléments sociaux et environnementaux exigés", "Social and environmental elements required"),
    tuple((name, _question(name, title, rows)) for name, title, rows in MEMBERS),
)
