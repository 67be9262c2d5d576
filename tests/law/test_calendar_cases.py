"""Every holiday and every deadline written by hand from the texts is found by the library as the hand wrote it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from law.test_cases import check_citations
from procurelib import calendars, deadline
from procurelib.errors import AmbiguousDate, NoLongerInForce, NotYetInForce

Case = dict[str, Any]
FILE = Path(__file__).parent / "cases" / "calendar.toml"
CASES = [case for case in tomllib.loads(FILE.read_text(encoding="utf-8"))["case"] if case["question"] != "law"]
ERRORS = {"not_yet_in_force": NotYetInForce, "no_longer_in_force": NoLongerInForce, "ambiguous": AmbiguousDate}
EVERY = {"question", "source", "calendar", "expect", "status", "cites", "not_cited", "caveats"}
KEYS = {
    "holiday": EVERY | {"on", "named", "not_named"},
    "deadline": EVERY | {"trigger", "days", "business_days", "months", "rule", "direction", "moved"},
}


def check_caveats(case: Case, found: Any) -> None:
    if "caveats" in case:
        assert {caveat.id for caveat in found.caveats} == set(case["caveats"])


def check_holiday(case: Case) -> None:
    calendar, on = calendars[case["calendar"]], case["on"]
    assert (on in calendar) == case["expect"]
    why = calendar.why(on)
    assert (why is not None) == case["expect"]
    if why is not None:
        assert case.get("named", "") in why.text.en
        assert "not_named" not in case or case["not_named"] not in why.text.en
        check_citations(case, why.citations)
        check_caveats(case, why)


def ask(case: Case) -> Any:
    how = {name: case[name] for name in ("days", "business_days", "months", "rule", "direction") if name in case}
    return deadline(case["trigger"], calendar=case["calendar"], **how)


def check_deadline(case: Case) -> None:
    found = ask(case)
    assert found.date == case["expect"]
    if "moved" in case:
        moved: list[date] = [step.day for step in found.steps if step.kind in ("roll", "skip", "extend")]
        assert moved == case["moved"]
    check_citations(case, found.citations)
    check_caveats(case, found)


def test_every_case_has_a_source_and_only_known_keys() -> None:
    for case in CASES:
        assert case["source"].strip()
        assert case.keys() <= KEYS[case["question"]], case


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{n}-{c['question']}") for n, c in enumerate(CASES)])
def test_case(case: Case) -> None:
    if "status" in case:
        with pytest.raises(ERRORS[case["status"]]):
            ask(case) if case["question"] == "deadline" else case["on"] in calendars[case["calendar"]]
    elif case["question"] == "holiday":
        check_holiday(case)
    else:
        check_deadline(case)
