"""Whether the enterprise needs an authorisation to contract (LCV 573.3.3.3; decrees), options counted on their own dates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.bylaw import Bylaws
from procurelib.rules.ca_qc.case import SPAN, facts_of, question
from procurelib.rules.ca_qc.facts import AMOUNT, CATEGORY, LAUNCHED, SUBJECT, at_least, category, in_force, regime
from procurelib.rules.question import Facts
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import all_of
from procurelib.tables.table import Open, Row, Table

WORKS: Final = "ca-qc/amp-authorisation-works"
SERVICES: Final = "ca-qc/amp-authorisation-services"


@lru_cache(maxsize=1)
def table(bylaws: Bylaws) -> Table:
    """The table of the authorisation; a by-law does not change it."""
    versions = law["ca-qc/regime"].versions
    read = regime("fixed", "ministerial")
    either = frozenset((False, True))
    rows = (
        Row(
            "not-required",
            category(*SUBJECT),
            False,
            cites=(series(WORKS), series(SERVICES), series("ca-qc/subject-contracts")),
        ),
        Row("works", all_of(category("works"), read, in_force(WORKS), at_least(WORKS)), True, 1, (series(WORKS),)),
        Row(
            "services",
            all_of(category("services"), read, in_force(SERVICES), at_least(SERVICES)),
            True,
            1,
            (series(SERVICES),),
        ),
        Row(
            "other-works",
            all_of(category("other_works"), read, in_force(WORKS)),
            Open(either, require_gap("ca-qc/amp-authorisation-other-works", law[WORKS].versions[0].start)),
            1,
        ),
        Row(
            "since-lcom",
            all_of(category("works", "other_works", "services"), regime("lcom")),
            Open(either, require_gap(WORKS, versions[-1].start)),
            1,
        ),
        Row("outside", category("outside"), None, cites=(series("ca-qc/subject-contracts"),)),
        Row("concession", category("concession"), Open(either, require_gap("ca-qc/concession", versions[0].start))),
    )
    return Table("ca-qc/authorisation", LAUNCHED, SPAN, (LAUNCHED, CATEGORY, AMOUNT, *readings_in(rows)), rows)


def facts(tender: Tender, launched: date | None = None) -> Facts:
    """The facts of a tender, with the options counted from the day they count for the authorisation."""
    return facts_of(tender, launched, options="ca-qc/amp-options-counted")


QUESTION: Final = question(
    "authorisation",
    Text(
        "Autorisation de contracter de l’Autorité des marchés publics",
        "Authorization of the Autorité des marchés publics",
    ),
    table,
    uses_bylaw=False,
    facts=facts,
)
