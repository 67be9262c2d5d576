"""The fewest days tenders must be received under a formal procedure (CMP 57, 62, 66; decree 2016-360; CCP, R. 2161-2 ff.)."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.facts import ELECTRONIC
from procurelib.rules.fr.calls import IS_FORMAL, NO_DIALOGUE, Case, call_table, no_dialogue, ranked, stage
from procurelib.rules.fr.case import question
from procurelib.rules.fr.facts import ENTITY, FORMAL_PROCEDURE, YES, claimed, in_force
from procurelib.rules.series import series
from procurelib.tables.conditions import Within, all_of
from procurelib.tables.table import Row

ONLINE: Final = Within(ELECTRONIC, YES)
"""Tenders come electronically. The rule since 2018-10-01, which has exceptions, so the buyer says whether they do."""
NOTICE, DOCUMENTS = claimed("electronic-notice"), claimed("documents-online")
PRIOR, URGENT = claimed("prior-information-notice"), claimed("urgency")
OF_NOTICE, OF_DOCUMENTS, OF_PRIOR = ("electronic-notice",), ("documents-online",), ("prior-information-notice",)
OF_URGENCY, OF_ONLINE = ("urgency",), ("electronic-tenders",)


def _rows() -> tuple[Row, ...]:
    opened = stage("open")
    restricted, negotiation = stage("restricted") & ~ENTITY, stage("negotiation") & ~ENTITY
    return (
        *ranked(
            Case("open-period", opened),
            Case("open-period-electronic-notice", opened & NOTICE, 1, OF_NOTICE),
            Case("open-period-documents-online", all_of(opened, DOCUMENTS, ~NOTICE), 1, OF_DOCUMENTS),
            Case(
                "open-period-electronic-notice-documents-online",
                all_of(opened, NOTICE, DOCUMENTS),
                2,
                (*OF_NOTICE, *OF_DOCUMENTS),
            ),
            Case("open-period-electronic", opened & ONLINE, 1, OF_ONLINE),
            Case("open-period-prior-notice", opened & PRIOR, 3, OF_PRIOR),
            Case("open-period-prior-notice-electronic-notice", all_of(opened, PRIOR, NOTICE), 4, (*OF_PRIOR, *OF_NOTICE)),
            Case("open-period-urgency", opened & URGENT, 3, OF_URGENCY),
        ),
        *ranked(
            Case("restricted-period", restricted),
            Case("restricted-period-documents-online", restricted & DOCUMENTS, 1, OF_DOCUMENTS),
            Case("restricted-period-electronic", restricted & ONLINE, 1, OF_ONLINE),
            Case("restricted-period-prior-notice", restricted & PRIOR, 2, OF_PRIOR),
            Case(
                "restricted-period-prior-notice-documents-online",
                all_of(restricted, PRIOR, DOCUMENTS),
                3,
                (*OF_PRIOR, *OF_DOCUMENTS),
            ),
            Case("restricted-period-urgency", restricted & URGENT, 4, OF_URGENCY),
            Case("restricted-period-agreement", restricted & claimed("agreed-period"), 4),
        ),
        *ranked(
            Case("negotiation-period", negotiation),
            Case("negotiation-period-electronic", negotiation & ONLINE, 1, OF_ONLINE),
            Case("negotiation-period-prior-notice", negotiation & PRIOR, 2, OF_PRIOR),
            Case("negotiation-period-urgency", negotiation & URGENT, 2, OF_URGENCY),
        ),
        Row(
            "negotiation-period-free",
            all_of(IS_FORMAL, negotiation, in_force("fr/negotiation-period-free")),
            None,
            cites=(series("fr/negotiation-period-free"),),
        ),
        Row("entity-period", all_of(IS_FORMAL, ENTITY, stage("restricted", "negotiation")), series("fr/entity-period")),
        Row("dialogue-period", all_of(IS_FORMAL, stage("dialogue"), ~NO_DIALOGUE), series("fr/dialogue-period")),
        no_dialogue(),
    )


QUESTION: Final = question(
    "minimum_period",
    Text("Délai minimal de réception des offres, en jours", "Minimum period to receive tenders, in days"),
    call_table("fr/minimum-period", _rows, ELECTRONIC, FORMAL_PROCEDURE),
)
