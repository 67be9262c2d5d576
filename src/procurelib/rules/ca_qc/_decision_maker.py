"""Who decides and buys: the city, or the agglomeration through its central municipality (E-20.001, ss. 17 to 19)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.bylaw import Bylaws
from procurelib.rules.ca_qc.case import SPAN, question
from procurelib.rules.ca_qc.facts import LAUNCHED, POWER
from procurelib.rules.series import series
from procurelib.tables.conditions import Within
from procurelib.tables.table import Row, Table


@lru_cache(maxsize=1)
def table(bylaws: Bylaws) -> Table:
    """The table of who decides: a power of the agglomeration is exercised for it by the central municipality alone."""
    powers = series("ca-qc/agglomeration-powers")
    rows = (
        Row("city", Within(POWER, frozenset(("local",))), "city", cites=(powers,)),
        Row(
            "agglomeration",
            Within(POWER, frozenset(("agglomeration",))),
            "agglomeration",
            cites=(series("ca-qc/agglomeration-decider"), powers),
        ),
    )
    return Table("ca-qc/decision-maker", LAUNCHED, SPAN, (LAUNCHED, POWER), rows)


QUESTION: Final = question("decision_maker", Text("Qui décide et achète", "Who decides and buys"), table, uses_bylaw=False)
