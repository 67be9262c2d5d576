"""The days between telling the other tenderers and signing, under a formal procedure (CMP 80; CCP, R. 2182-1)."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.facts import ALWAYS
from procurelib.rules.fr.calls import Case, call_table, ranked
from procurelib.rules.fr.case import question
from procurelib.rules.fr.facts import claimed
from procurelib.tables.table import Row


def _rows() -> tuple[Row, ...]:
    return ranked(
        Case("standstill-other", ALWAYS),
        Case("standstill-electronic", claimed("electronic-rejection"), 1, ("electronic-rejection",)),
    )


QUESTION: Final = question(
    "standstill",
    Text("Délai de suspension avant la signature, en jours", "Standstill before the signature, in days"),
    call_table("fr/standstill", _rows),
)
