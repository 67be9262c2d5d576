"""The award methods permitted (LCV 573(7), 573.1.0.1 ff.)."""

from __future__ import annotations

from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.calls import Call, call_table
from procurelib.rules.ca_qc.case import question
from procurelib.rules.ca_qc.facts import category, in_force, regime
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import Condition, Series, all_of
from procurelib.tables.table import Open, Row

LOWEST, ONE, TWO, TALKS = "lowest_price", "one_envelope", "two_envelopes", "discussions"


def _rows(call: Call) -> tuple[Row, ...]:
    versions = law["ca-qc/regime"].versions
    covered, lcom = versions[0].start, versions[-1].start
    read = regime("fixed", "ministerial")
    professional = category("professional_services")
    free = in_force("ca-qc/award-free-choice")
    talks = in_force("ca-qc/award-discussions")
    lowest, one = series("ca-qc/award-lowest-price"), series("ca-qc/award-one-envelope")
    two, talk = series("ca-qc/award-two-envelopes"), series("ca-qc/award-discussions")
    choice, weighting = series("ca-qc/award-free-choice"), series("ca-qc/award-professional-weighting")
    below = series("ca-qc/award-weighting-below-threshold")
    invitation = require_gap("ca-qc/award-invitation", covered)

    def public(id: str, when: Condition, then: object, *cites: Series) -> Row:
        return Row(id, all_of(call.public, read, when), then, cites=cites)

    return (
        public(
            "before-free-choice",
            ~professional & ~free,
            Open(
                _sets({LOWEST, ONE}, {LOWEST, ONE, TWO}),
                require_gap("ca-qc/award-two-envelopes-before-free-choice", covered),
            ),
            lowest,
            one,
        ),
        public("free-choice", all_of(~professional, free, ~talks), frozenset({LOWEST, ONE, TWO}), choice, lowest, one, two),
        public(
            "free-choice-discussions",
            all_of(~professional, free, talks),
            frozenset({LOWEST, ONE, TWO, TALKS}),
            choice,
            lowest,
            one,
            two,
            talk,
        ),
        public("professional-two-envelopes", professional & ~free, frozenset({TWO}), weighting, two),
        public("professional-weighting", professional & free, frozenset({ONE, TWO}), weighting, one, two),
        Row(
            "invitation",
            all_of(call.invitation, read, ~professional),
            Open(_sets({LOWEST}, {LOWEST, ONE, TWO}), invitation),
            cites=(lowest,),
        ),
        Row(
            "professional-invitation",
            all_of(call.invitation, read, professional),
            Open(_sets({ONE}, {TWO}, {ONE, TWO}), invitation),
            cites=(below,),
        ),
        Row(
            "since-lcom",
            call.tendered & regime("lcom"),
            Open(frozenset(), require_gap("ca-qc/award-lowest-price", lcom)),
        ),
    )


def _sets(*methods: set[str]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(m) for m in methods)


QUESTION: Final = question(
    "award_method",
    Text("Modes d’adjudication permis", "Award methods permitted"),
    call_table("ca-qc/award-method", _rows),
    kind="members",
)
