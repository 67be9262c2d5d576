"""Whether the city must estimate the price of the contract beforehand (LCV 477.4)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.bylaw import Bylaws
from procurelib.rules.ca_qc.case import SPAN, question
from procurelib.rules.ca_qc.facts import AMOUNT, CATEGORY, LAUNCHED, SUBJECT, at_least, below, category, regime
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row, Table

FLOOR: Final = "ca-qc/estimate-floor"


@lru_cache(maxsize=1)
def table(bylaws: Bylaws) -> Table:
    """The table of the duty to estimate; a by-law does not change it."""
    versions = law["ca-qc/regime"].versions
    read = category(*SUBJECT) & regime("fixed", "ministerial")
    duty = series("ca-qc/estimate-duty")
    either = frozenset((False, True))
    rows = (
        Row("required", read & at_least(FLOOR), True, cites=(duty,)),
        Row("not-required", read & below(FLOOR), False, cites=(duty,)),
        Row(
            "since-lcom",
            all_of(category(*SUBJECT), regime("lcom")),
            Open(either, require_gap(FLOOR, versions[-1].start)),
        ),
        Row("outside", category("outside"), None, cites=(series("ca-qc/subject-contracts"),)),
        Row("concession", category("concession"), Open(either, require_gap("ca-qc/concession", versions[0].start))),
    )
    return Table("ca-qc/estimate", LAUNCHED, SPAN, (LAUNCHED, CATEGORY, AMOUNT, *readings_in(rows)), rows)


QUESTION: Final = question(
    "estimate", Text("Obligation d’estimer le prix", "Duty to estimate the price"), table, uses_bylaw=False
)
