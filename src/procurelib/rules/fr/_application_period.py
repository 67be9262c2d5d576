"""The fewest days requests to participate must be received (CMP 60, 65, 67, 162, 165; CCP, R. 2161-6, 12 and 21)."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.fr.calls import NO_DIALOGUE, Case, call_table, no_dialogue, ranked, stage
from procurelib.rules.fr.case import question
from procurelib.rules.fr.facts import ENTITY, FORMAL_PROCEDURE, claimed
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Row

NOTICE, URGENT = claimed("electronic-notice"), claimed("urgency")
OF_NOTICE, OF_URGENCY = ("electronic-notice",), ("urgency",)


def _rows() -> tuple[Row, ...]:
    rows: list[Row] = []
    for name, when in (("application-period", stage("restricted")), ("negotiation-application-period", stage("negotiation"))):
        authority = when & ~ENTITY
        rows += ranked(
            Case(name, authority),
            Case(f"{name}-electronic-notice", authority & NOTICE, 1, OF_NOTICE),
            Case(f"{name}-urgency", authority & URGENT, 2, OF_URGENCY),
            Case(f"{name}-urgency-electronic-notice", all_of(authority, URGENT, NOTICE), 3, (*OF_URGENCY, *OF_NOTICE)),
        )
    entity, dialogue = ENTITY & stage("restricted", "negotiation"), stage("dialogue") & ~NO_DIALOGUE
    return (
        *rows,
        *ranked(
            Case("entity-application-period", entity),
            Case("entity-application-period-electronic-notice", entity & NOTICE, 1, OF_NOTICE),
        ),
        *ranked(
            Case("dialogue-application-period", dialogue),
            Case("dialogue-application-period-electronic-notice", dialogue & NOTICE, 1, OF_NOTICE),
        ),
        no_dialogue(),
    )


QUESTION: Final = question(
    "application_period",
    Text("Délai minimal de réception des candidatures, en jours", "Minimum period to receive requests to participate, in days"),
    call_table("fr/application-period", _rows, FORMAL_PROCEDURE),
)
