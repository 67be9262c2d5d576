"""Where a public call must appear (LCV 573(1); the LCOM's notice on SEAO)."""

from __future__ import annotations

from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.calls import GOODS, OTHERS, SERVICES, WORKS, Call, call_table
from procurelib.rules.ca_qc.case import question
from procurelib.rules.ca_qc.facts import regime
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row

BOTH: Final = frozenset({"seao", "newspaper"})
SEAO: Final = frozenset({"seao"})
NEWSPAPER: Final = frozenset({"newspaper"})


def _rows(call: Call) -> tuple[Row, ...]:
    lcom = law["ca-qc/regime"].versions[-1].start
    read = regime("fixed", "ministerial")
    return (
        Row(
            "seao-and-newspaper",
            all_of(call.public, read, GOODS | SERVICES | WORKS),
            frozenset({BOTH}),
            cites=(series("ca-qc/publication-full"),),
        ),
        Row(
            "newspaper",
            all_of(call.public, read, OTHERS),
            frozenset({NEWSPAPER}),
            cites=(series("ca-qc/publication-newspaper"),),
        ),
        # Both media together are enough whatever the Act says of newspapers; whether SEAO alone is enough is not known.
        Row(
            "seao-since-lcom",
            call.public & regime("lcom"),
            Open(frozenset((frozenset({BOTH}), frozenset({BOTH, SEAO}))), require_gap("ca-qc/publication-full", lcom)),
            cites=(series("ca-qc/publication-lcom"),),
        ),
    )


QUESTION: Final = question(
    "publication",
    Text("Publication de l’appel d’offres", "Publication of the call for tenders"),
    call_table("ca-qc/publication", _rows),
    kind="members",
)
