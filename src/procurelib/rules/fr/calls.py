"""What the questions about a consultation share: they arise from the procedure, whose table they read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from attrs import frozen

from procurelib.rules.facts import ALWAYS, category
from procurelib.rules.fr._procedure import ADAPTED, FORMAL
from procurelib.rules.fr._procedure import table as procedure_table
from procurelib.rules.fr.case import SPAN
from procurelib.rules.fr.facts import CLAIMS, ENTITY, FORMAL_PROCEDURE, LAUNCHED, in_force
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import Condition, Use, Within, all_of
from procurelib.tables.facts import Fact
from procurelib.tables.table import Open, Row, Table

IS_FORMAL: Final[Condition] = Use(procedure_table(), frozenset((FORMAL,)))
IS_ADAPTED: Final[Condition] = Use(procedure_table(), frozenset((ADAPTED,)))
COMPETED: Final[Condition] = Use(procedure_table(), frozenset((ADAPTED, FORMAL)))
"""Tenders are called for, under an adapted or a formal procedure."""


NO_DIALOGUE: Final = ENTITY & in_force("fr/regime", "cmp")
"""A contracting entity had no competitive dialogue under the Code of 2006 (CMP 144)."""


def no_dialogue() -> Row:
    """The row of a dialogue that the Code of 2006 did not open to the buyer: it fixed no period for it."""
    gap = require_gap("fr/dialogue-entity", SPAN[0])
    return Row("dialogue-entity", all_of(IS_FORMAL, stage("dialogue"), NO_DIALOGUE), Open(frozenset(), gap))


def stage(*names: str) -> Within:
    """The buyer follows one of these formal procedures: the open one unless it says otherwise."""
    return Within(FORMAL_PROCEDURE, frozenset(names))


@frozen
class Case:
    """One number of days of the law, and when it holds unless one of a higher ``rank`` does."""

    name: str
    when: Condition
    rank: int = 0
    grounds: tuple[str, ...] = ()


def ranked(*cases: Case) -> tuple[Row, ...]:
    """The rows of a formal procedure, each without the cases of those above it.

    Layers would do as well where the procedure is known. Where it is not modelled, they would leave what the lower ones
    give possible beside what the higher ones do.
    """

    def applies(case: Case) -> Condition:
        return in_force(f"fr/{case.name}") & case.when

    return tuple(
        Row(
            case.name,
            all_of(IS_FORMAL, applies(case), *(~applies(other) for other in cases if other.rank > case.rank)),
            series(f"fr/{case.name}"),
            cites=tuple(series(f"fr/{ground}") for ground in case.grounds),
        )
        for case in cases
    )


def call_table(id: str, rows: Callable[[], tuple[Row, ...]], *more: Fact) -> Callable[[None], Table]:
    """A table over the facts of the procedure, and some more.

    Its lowest layer says that the question does not arise, which is the answer where no other row applies.
    """

    @lru_cache(maxsize=1)
    def table(overlay: None = None) -> Table:
        made = (
            Row("does-not-arise", ALWAYS, None, layer=-1, cites=(series("fr/subject-contracts"),)),
            *rows(),
            Row("concession", category("concession"), Open(frozenset(), require_gap("fr/concession", SPAN[0])), layer=9),
        )
        facts = procedure_table().facts
        fixed = [f for f in facts if f.role not in ("claim", "reading")]
        claims = [f for f in facts if f.role == "claim" and f.id not in CLAIMS]
        return Table(id, LAUNCHED, SPAN, (*fixed, *more, *claims, *readings_in(made), *CLAIMS.values()), made)

    return table
