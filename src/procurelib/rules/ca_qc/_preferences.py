"""The preference measures that stand for a purchase: Québec's by-law duty, Canadian provenance, the measure on US suppliers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.calls import GOODS, LISTED, RESIDUAL, SERVICES, WORKS, Call, call_table
from procurelib.rules.ca_qc.case import question
from procurelib.rules.ca_qc.facts import SUBJECT, at_least, below, category, in_force, regime
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import all_of, any_of
from procurelib.tables.table import Open, Row

EITHER: Final = frozenset((False, True))
THRESHOLD: Final = "ca-qc/public-call-threshold"


def _none(id: str) -> Row:
    return Row("no-measure", category(*SUBJECT), False, 0, (series(id), series("ca-qc/subject-contracts")))


def _quebec(call: Call) -> tuple[Row, ...]:
    duty = "ca-qc/quebec-preference-duty"
    return (
        _none(duty),
        Row("quebec-measures", all_of(category(*SUBJECT), below(THRESHOLD), in_force(duty)), True, 1, (series(duty),)),
    )


def _canadian(call: Call) -> tuple[Row, ...]:
    id = "ca-qc/canadian-provenance"
    first = law[id].versions[0].start
    small = below("ca-qc/territory-ceiling-goods-services")
    reached = any_of(
        GOODS & small,
        all_of(SERVICES, LISTED, small),
        all_of(SERVICES, ~LISTED, ~RESIDUAL),
        all_of(WORKS, below("ca-qc/territory-ceiling-works-canada")),
        all_of(SERVICES, RESIDUAL, small),
    )
    read = all_of(call.public, in_force(id), regime("ministerial"))
    return (
        _none(id),
        Row("canadian-provenance", read & reached, True, 1, (series(id),)),
        Row(
            "canadian-provenance-residual-materials",
            all_of(read, SERVICES, RESIDUAL, at_least("ca-qc/territory-ceiling-goods-services")),
            Open(EITHER, require_gap("ca-qc/residual-materials-listed", first)),
            1,
            (series(id),),
        ),
        Row(
            "canadian-provenance-since-lcom",
            call.public & regime("lcom"),
            Open(EITHER, require_gap(id, law["ca-qc/regime"].versions[-1].start)),
            1,
        ),
    )


def _american(call: Call) -> tuple[Row, ...]:
    id = "ca-qc/us-supplier-measure"
    first = law[id].versions[0].start
    return (
        _none(id),
        Row("us-suppliers-not-called", all_of(category(*SUBJECT), in_force(id), ~call.public), True, 1, (series(id),)),
        Row(
            "us-suppliers-public-call",
            all_of(call.public, in_force(id)),
            Open(EITHER, require_gap("ca-qc/us-supplier-objects", first)),
            1,
            (series(id),),
        ),
    )


def _member(name: str, id: str, rows: Callable[[Call], tuple[Row, ...]]) -> tuple[str, Question]:
    title = Text(law[id].title_fr, law[id].title_en)
    return id, question(name, title, call_table(f"ca-qc/{name}", rows))


QUESTION: Final = MembersQuestion(
    "ca-qc/preferences",
    "preferences",
    Text("Mesures de préférence québécoises et canadiennes", "Québec and Canadian preference measures"),
    (
        _member("preference_quebec", "ca-qc/quebec-preference-duty", _quebec),
        _member("preference_canadian", "ca-qc/canadian-provenance", _canadian),
        _member("preference_american", "ca-qc/us-supplier-measure", _american),
    ),
)
