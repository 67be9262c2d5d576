"""An answer worked out of other answers or of the buyer's figures, where no table is read."""

from __future__ import annotations

from datetime import date

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.law import EDITION
from procurelib.rules.answer import (
    Answer,
    DerivedStep,
    Doubts,
    Explanation,
    FactExplained,
    Gap,
    Outcome,
    Reasons,
    RowExplained,
    Support,
)
from procurelib.tables.facts import letters


def worked_out(
    outcome: Outcome,
    title: Text,
    jurisdiction: str,
    on: date,
    *,
    steps: tuple[DerivedStep, ...] = (),
    rows: tuple[RowExplained, ...] = (),
    gaps: tuple[Gap, ...] = (),
    caveats: tuple[Caveat, ...] = (),
    citations: tuple[Citation, ...] = (),
) -> Answer:
    """The answer with its explanation: the steps that led to it, and the rows of other tables it rests on."""
    cites = tuple(dict.fromkeys((*(c for step in steps for c in step.citations), *citations)))
    explanation = Explanation(
        question=outcome.question,
        title=title,
        status=outcome.status,
        value=outcome.value,
        possible=tuple(sorted(outcome.possible or (), key=letters)),
        on=on,
        facts=(FactExplained(outcome.question, outcome.value, "derived", steps),) if steps else (),
        rows=rows,
        missing=tuple(sorted(outcome.missing)),
        gaps=gaps,
        caveats=tuple(dict.fromkeys(caveats)),
        citations=cites,
        turns=(),
        sentences=(),
        edition=EDITION,
        jurisdiction=jurisdiction,
    )
    return Answer(outcome, reasons=Reasons(Doubts(gaps), Support(cites, explanation.caveats, explanation)))
