"""From where tenders must be treated as those of the Union (CCP, L. 2153-1); below the European thresholds, not modelled."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Territory, Text
from procurelib.rules.fr.calls import COMPETED, call_table
from procurelib.rules.fr.case import SPAN, question
from procurelib.rules.fr.facts import ENTITY, SOCIAL, TERM, THRESHOLD, WORKS, at_threshold, category, in_force
from procurelib.rules.series import beyond_term, require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row

EQUAL: Final = "fr/territory-equal-treatment"
UNION: Final = frozenset({"EU"})
WITH_CANADA: Final = frozenset({"EU", "CA"})
PARTIES: Final = frozenset({"GPA"})
"""The other parties to the WTO agreement, whose list and reservations were not read."""


def _rows() -> tuple[Row, ...]:
    first = series(EQUAL).steps[0].start
    known = COMPETED & in_force(EQUAL)
    parties = require_gap("fr/territory-agreement-parties", SPAN[0])
    covered = all_of(in_force("eu/ceta"), ~ENTITY, ~SOCIAL, category("goods") | WORKS)
    cites = (series(EQUAL), series("fr/territory-other-countries"))
    above = known & at_threshold()
    return (
        Row(
            "below-thresholds",
            all_of(known, TERM, ~at_threshold()),
            Open(frozenset(), require_gap("fr/territory-below-thresholds", SPAN[0])),
        ),
        Row("beyond-the-term", all_of(known, ~TERM), Open(frozenset(), beyond_term(THRESHOLD)[1])),
        Row(
            "canada", all_of(above, TERM, covered), Open(frozenset((WITH_CANADA, WITH_CANADA | PARTIES)), parties), cites=cites
        ),
        Row(
            "agreements-unread",
            all_of(above, TERM, ~covered),
            Open(frozenset((UNION, WITH_CANADA, UNION | PARTIES, WITH_CANADA | PARTIES)), parties),
            cites=cites,
        ),
        Row("before-equal-treatment", COMPETED & ~in_force(EQUAL), Open(frozenset(), require_gap(EQUAL, first))),
    )


QUESTION: Final = question(
    "territory",
    Text(
        "Territoires dont les opérateurs sont traités comme ceux de l’Union",
        "Territories whose operators are treated as those of the Union",
    ),
    call_table("fr/territory", _rows),
    kind="members",
    present=Territory,
)
