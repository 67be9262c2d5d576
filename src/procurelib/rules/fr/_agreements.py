"""Which trade agreements of the Union cover the purchase of a French local body, at the amounts of the European thresholds."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.facts import SUBJECT
from procurelib.rules.fr._procedure import due
from procurelib.rules.fr.case import SPAN, question
from procurelib.rules.fr.facts import (
    AMOUNT,
    CATEGORY,
    ENTITY,
    FRAMEWORK,
    LAUNCHED,
    TERM,
    THRESHOLD,
    UTILITY,
    WORKS,
    at_threshold,
    category,
    in_force,
)
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.rules.series import beyond_term, readings_in, require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row, Table

EITHER: Final = frozenset((False, True))
GOODS: Final = category("goods")


def _table(entry: str) -> Callable[[None], Table]:
    @lru_cache(maxsize=1)
    def table(overlay: None = None) -> Table:
        here, cites = in_force(entry), (series(entry),)
        rows = (
            Row("not-covered", category(*SUBJECT), False, 0, cites),
            Row("covered", all_of(here, at_threshold(), GOODS | WORKS), True, 1, cites),
            Row(
                "services",
                all_of(here, at_threshold(), category("services", "insurance")),
                Open(EITHER, require_gap("eu/agreement-services", SPAN[0])),
                1,
                cites,
            ),
            Row("beyond-the-term", all_of(here, ~TERM, due()), Open(EITHER, beyond_term(THRESHOLD)[1]), 1, cites),
            Row(
                "utilities",
                all_of(here, at_threshold(), ENTITY),
                Open(EITHER, require_gap("eu/agreement-utilities", SPAN[0])),
                2,
                cites,
            ),
            Row("outside", category("outside"), None, cites=(series("fr/subject-contracts"),)),
            Row("concession", category("concession"), Open(EITHER, require_gap("fr/concession", SPAN[0]))),
        )
        facts = (LAUNCHED, CATEGORY, AMOUNT, UTILITY, FRAMEWORK, *readings_in(rows))
        return Table(entry, LAUNCHED, SPAN, facts, rows)

    return table


def _question(code: str, entry: str) -> Question:
    title = Text(law[entry].title_fr, law[entry].title_en)
    return question(f"agreement_{code.lower()}", title, _table(entry))


QUESTION: Final = MembersQuestion(
    "fr/agreements",
    "agreements",
    Text("Accords de commerce qui couvrent l’achat", "Trade agreements that cover the purchase"),
    tuple((code, _question(code, entry)) for code, entry in (("GPA", "eu/gpa"), ("CETA", "eu/ceta"))),
)
