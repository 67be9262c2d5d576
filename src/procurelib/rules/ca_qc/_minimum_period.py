"""The fewest days tenders must be received (LCV 573(2), 573.1; C-19, r. 5, s. 2)."""

from __future__ import annotations

from datetime import date
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.calls import GOODS, LISTED, RESIDUAL, SERVICES, WORKS, Call, call_table
from procurelib.rules.ca_qc.case import question
from procurelib.rules.ca_qc.facts import ELECTRONIC, at_least, category, regime
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import Condition, Within, all_of
from procurelib.tables.table import Open, Row

BASIC: Final = "ca-qc/minimum-period-goods-services"
WORKS_BASIC: Final = "ca-qc/minimum-period-works"


def _rows(call: Call) -> tuple[Row, ...]:
    versions = law["ca-qc/regime"].versions
    covered, lcom = versions[0].start, versions[-1].start
    read = regime("fixed", "ministerial")
    reserved = category("reserved_professional_services")
    above = regime("ministerial") & at_least("ca-qc/territory-ceiling-goods-services")
    works_above = regime("ministerial") & at_least("ca-qc/territory-ceiling-works-canada")
    electronic = Within(ELECTRONIC, frozenset((True,)))
    services = SERVICES & ~(reserved & regime("fixed"))

    def row(id: str, when: Condition, value: str) -> Row:
        return Row(id, all_of(call.public, read, when), series(value))

    return (
        Row("invitation", call.invitation & read, series("ca-qc/minimum-period-invitation")),
        row("insurance", category("insurance"), "ca-qc/minimum-period-insurance"),
        row("other-works", category("other_works"), "ca-qc/minimum-period-other-works"),
        row("goods", GOODS & ~above, BASIC),
        row("services", services & ~above, BASIC),
        row("works", WORKS & ~works_above, WORKS_BASIC),
        row("goods-above", all_of(GOODS, above, ~electronic), "ca-qc/minimum-period-goods-above"),
        row(
            "listed-services-above", all_of(services, LISTED, above, ~electronic), "ca-qc/minimum-period-listed-services-above"
        ),
        row(
            "unlisted-services-above",
            all_of(services, ~LISTED, ~RESIDUAL, above),
            "ca-qc/minimum-period-unlisted-services-above",
        ),
        *_residual(all_of(call.public, services, RESIDUAL, above), electronic, covered),
        row("works-above", all_of(WORKS, works_above, ~electronic), "ca-qc/minimum-period-works-above"),
        row("electronic-goods", all_of(GOODS, above, electronic), "ca-qc/minimum-period-electronic"),
        row("electronic-services", all_of(services, LISTED, above, electronic), "ca-qc/minimum-period-electronic"),
        row("electronic-works", all_of(WORKS, works_above, electronic), "ca-qc/minimum-period-electronic"),
        Row(
            "reserved-special-regulation",
            all_of(call.public, reserved, regime("fixed")),
            Open(frozenset(), require_gap("ca-qc/reserved-professional-services-public", covered)),
        ),
        Row(
            "since-lcom",
            call.tendered & regime("lcom"),
            Open(frozenset(), require_gap("ca-qc/minimum-period-goods-services", lcom)),
        ),
    )


def _residual(when: Condition, electronic: Condition, covered: date) -> tuple[Row, ...]:
    """Residual materials above the ceiling: whether they are listed is not settled, so either period may hold."""
    gap = require_gap("ca-qc/residual-materials-listed", covered)
    short = _days("unlisted-services-above")
    return (
        Row("residual-above-electronic", when & electronic, Open(frozenset((short, _days("electronic"))), gap)),
        Row("residual-above", when & ~electronic, Open(frozenset((short, _days("listed-services-above"))), gap)),
    )


def _days(name: str) -> object:
    return law[f"ca-qc/minimum-period-{name}"].versions[-1].value


QUESTION: Final = question(
    "minimum_period",
    Text("Délai minimal de réception des soumissions, en jours", "Minimum period to receive tenders, in days"),
    call_table("ca-qc/minimum-period", _rows, ELECTRONIC),
)
