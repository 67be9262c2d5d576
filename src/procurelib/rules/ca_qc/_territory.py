"""From where tenders may not be shut out of a public call (LCV 573(2.1); C-19, r. 5, ss. 3 and 4; the AIT before 2018)."""

from __future__ import annotations

from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Territory, Text
from procurelib.rules.ca_qc.calls import GOODS, LISTED, OTHERS, RESIDUAL, SERVICES, WORKS, Call, call_table
from procurelib.rules.ca_qc.case import question
from procurelib.rules.ca_qc.facts import at_least, below, category, in_force, regime
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import all_of, any_of
from procurelib.tables.table import Open, Row

QUEBEC: Final = frozenset({"CA-QC"})
ONTARIO: Final = frozenset({"CA-QC", "CA-ON"})
BRUNSWICK: Final = frozenset({"CA-QC", "CA-ON", "CA-NB"})
CANADA: Final = frozenset({"CA"})
EUROPE: Final = frozenset({"CA", "EU"})

CEILING: Final = "ca-qc/territory-ceiling-goods-services"
REGIONAL: Final = "ca-qc/territory-ceiling-works-regional"
NATIONAL: Final = "ca-qc/territory-ceiling-works-canada"
SENSE: Final = "ca-qc/listed-services-sense"
NEW_BRUNSWICK: Final = "ca-qc/territory-works-new-brunswick"


def _rows(call: Call) -> tuple[Row, ...]:
    versions = law["ca-qc/regime"].versions
    covered, lcom = versions[0].start, versions[-1].start
    old, ministerial = call.public & regime("fixed"), call.public & regime("ministerial")
    general = category("reserved_professional_services")
    limit, ait = series("ca-qc/territory-limit"), series("ca-qc/territory-ait")
    accqo = series("ca-qc/territory-accqo-works")
    opened = any_of(
        GOODS,
        all_of(SERVICES, LISTED, in_force(SENSE, "listed_open_to_eu")),
        all_of(SERVICES, ~LISTED, ~RESIDUAL, in_force(SENSE, "unlisted_open_to_eu")),
    )
    closed = any_of(
        all_of(SERVICES, ~LISTED, ~RESIDUAL, in_force(SENSE, "listed_open_to_eu")),
        all_of(SERVICES, LISTED, in_force(SENSE, "unlisted_open_to_eu")),
    )
    first_band = all_of(ministerial, WORKS, below(REGIONAL))
    return (
        Row("canada-ait", all_of(old, GOODS | (SERVICES & ~general)), CANADA, cites=(ait, limit)),
        Row("works-canada-ait", all_of(old, WORKS, at_least(REGIONAL)), CANADA, cites=(ait, limit)),
        Row(
            "works-quebec",
            all_of(old, WORKS, below(REGIONAL), ~in_force("ca-qc/territory-accqo-works")),
            QUEBEC,
            cites=(limit,),
        ),
        Row(
            "works-ontario-accqo",
            all_of(old, WORKS, below(REGIONAL), in_force("ca-qc/territory-accqo-works")),
            ONTARIO,
            cites=(limit, accqo),
        ),
        Row("canada", all_of(ministerial, GOODS | SERVICES, below(CEILING)), CANADA, cites=(limit,)),
        Row(
            "europe",
            all_of(ministerial, opened, at_least(CEILING)),
            EUROPE,
            cites=(limit, series("ca-qc/listed-services")),
        ),
        Row(
            "canada-above",
            all_of(ministerial, closed, at_least(CEILING)),
            CANADA,
            cites=(limit, series("ca-qc/listed-services")),
        ),
        Row(
            "residual-materials-above",
            all_of(ministerial, SERVICES, RESIDUAL, at_least(CEILING)),
            Open(frozenset((CANADA, EUROPE)), require_gap("ca-qc/residual-materials-listed", covered)),
        ),
        Row("works-ontario", all_of(first_band, in_force(NEW_BRUNSWICK, "excluded")), ONTARIO, cites=(limit, accqo)),
        Row(
            "works-new-brunswick",
            all_of(first_band, in_force(NEW_BRUNSWICK, "included")),
            BRUNSWICK,
            cites=(limit, accqo),
        ),
        Row("works-canada", all_of(ministerial, WORKS, at_least(REGIONAL), below(NATIONAL)), CANADA, cites=(limit,)),
        Row("works-europe", all_of(ministerial, WORKS, at_least(NATIONAL)), EUROPE, cites=(limit,)),
        Row(
            "no-band-found",
            all_of(call.public, OTHERS, regime("fixed", "ministerial")),
            Open(frozenset(), require_gap("ca-qc/territory-insurance-other-works", covered)),
        ),
        Row(
            "reserved-special-regulation",
            all_of(old, general),
            Open(frozenset(), require_gap("ca-qc/reserved-professional-services-public", covered)),
        ),
        Row(
            "since-lcom",
            all_of(call.tendered, regime("lcom")),
            Open(frozenset(), require_gap("ca-qc/territory-limit", lcom)),
        ),
    )


QUESTION: Final = question(
    "territory",
    Text("Territoires dont les fournisseurs ne peuvent être écartés", "Territories whose suppliers may not be excluded"),
    call_table("ca-qc/territory", _rows),
    kind="members",
    present=Territory,
)
