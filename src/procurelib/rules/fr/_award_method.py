"""The award methods permitted (CMP 53; decree 2016-360, art. 62; CCP, R. 2152-7)."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.fr.calls import COMPETED, call_table
from procurelib.rules.fr.case import question
from procurelib.rules.fr.facts import SUPPLIES, claimed, in_force
from procurelib.rules.series import series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Row

PRICE, COST, WEIGHTED = "lowest_price", "cost_only", "weighted"
PRICE_ALONE, COST_ALONE = "fr/award-price-alone", "fr/award-cost-alone"


def _rows() -> tuple[Row, ...]:
    several, price, cost = series("fr/award-several-criteria"), series(PRICE_ALONE), series(COST_ALONE)
    standardised = all_of(SUPPLIES, claimed("standardised-purchase"), in_force(PRICE_ALONE, "standardised"))
    return (
        Row(
            "price-by-object",
            COMPETED & in_force(PRICE_ALONE, "object"),
            frozenset({PRICE, WEIGHTED}),
            cites=(several, price),
        ),
        Row("several-or-cost", COMPETED & in_force(COST_ALONE), frozenset({COST, WEIGHTED}), cites=(several, cost)),
        Row(
            "standardised",
            COMPETED & standardised,
            frozenset({PRICE, COST, WEIGHTED}),
            1,
            (price, several, cost, series("fr/standardised-purchase")),
        ),
    )


QUESTION: Final = question(
    "award_method",
    Text("Modes d’attribution permis", "Award methods permitted"),
    call_table("fr/award-method", _rows),
    kind="members",
)
