"""Every case written by hand from the texts is answered by the library as the hand wrote it."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from procurelib.citations import Citation
from procurelib.errors import NoLongerInForce, NotYetInForce
from procurelib.law import law
from procurelib.models import FLOATING, ByLaw, City, Tender
from procurelib.money import Money
from procurelib.places import cities
from procurelib.rules import ca_qc, fr
from procurelib.rules.answer import Answer, Territory
from procurelib.unknown import UNKNOWN

FOLDER = Path(__file__).parent / "cases"
Case = dict[str, Any]
# Questions with a runner of their own.
ELSEWHERE = {"holiday", "deadline"}


def load() -> list[tuple[str, Case]]:
    found = []
    for file in sorted(FOLDER.glob("*.toml")):
        for place, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"]):
            if case["question"] not in ELSEWHERE:
                found.append((f"{file.stem}-{place}-{case['question']}", {"country": country_of(file), **case}))
    return likeliest_first(found, os.environ.get("PROCURELIB_MUTANT", ""))


def country_of(file: Path) -> str:
    """Whose law the cases of a file are about: those of France say so in its name."""
    return "FR" if file.stem.startswith("france_") else "CA"


def likeliest_first(found: list[tuple[str, Case]], mutant: str) -> list[tuple[str, Case]]:
    """The cases, those most likely to notice a mutant of the law first: of its own entry, then near its days."""
    id, days = mutant.partition(".")[0], [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", mutant)]

    def unlikely(named: tuple[str, Case]) -> tuple[bool, timedelta]:
        case = named[1]
        day = case["on"] if case["question"] == "law" else case["launched"]
        return case.get("id") != id, min((abs(day - other) for other in days), default=timedelta())

    return sorted(found, key=unlikely) if mutant else found


CASES = load()
FACTS = {"buyer", "bylaw", "category", "service", "grounds", "electronic", "taxable", "value", "options", "tax", "launched"}
FRENCH = {"need", "framework", "formal_procedure", "utility", "concludes", "duration", "total_price"}
EXPECTED = {
    *("expect", "status", "possible", "missing", "certain", "uncertain", "agreements", "preferences"),
    *("notice", "no_notice", "cites", "not_cited"),
}
OF_THE_BOOK = {
    *("id", "on", "value", "scope", "status", "in_force", "confidence", "since", "window", "between"),
    *("cites", "not_cited", "gap", "readings"),
}
MEASURES = {
    "quebec_preference": "ca-qc/quebec-preference-duty",
    "canadian_provenance": "ca-qc/canadian-provenance",
    "us_suppliers": "ca-qc/us-supplier-measure",
}


def amount(text: str) -> Any:
    return FLOATING if text == "floating" else Money(text, "CAD", tax="net")


def buyer(case: Case) -> City:
    city = cities[case.get("buyer", "ca-qc/longueuil")]
    bylaw = case.get("bylaw", "none")
    if bylaw == "unknown":
        return city
    if bylaw == "none":
        return city.with_bylaw(None)
    return city.with_bylaw(
        *(
            ByLaw(
                entry["since"],
                {code: amount(text) for code, text in entry.get("direct_below", {}).items()},
                public_from=amount(entry["public_from"]) if "public_from" in entry else None,
            )
            for entry in bylaw
        )
    )


def french_tender(case: Case) -> Tender:
    given = {name: case[name] for name in FRENCH & case.keys()}
    for name in {"need", "options"} & case.keys():
        given[name] = Money(case[name], "EUR", tax="excluded")
    return Tender(
        buyer=cities[case.get("buyer", "fr/rennes")],
        category=case["category"],
        value=Money(case["value"], "EUR", tax="excluded"),
        launched=case["launched"],
        grounds=case.get("grounds", ()),
        electronic=case.get("electronic", UNKNOWN),
        **given,
    )


def tender(case: Case) -> Tender:
    if case["country"] == "FR":
        return french_tender(case)
    tax: Any = {"unknown": UNKNOWN}.get(case.get("tax", "net"), case.get("tax", "net"))
    options = Money(case["options"], "CAD", tax=tax) if "options" in case else None
    return Tender(
        buyer=buyer(case),
        category=case["category"],
        value=Money(case["value"], "CAD", tax=tax),
        launched=case["launched"],
        options=options,
        grounds=case.get("grounds", ()),
        service=case.get("service", UNKNOWN),
        electronic=case.get("electronic", UNKNOWN),
        taxable=case.get("taxable", True),
    )


def plain(value: Any) -> Any:
    """A value as the cases write it."""
    if isinstance(value, Territory):
        return value.places
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def plain_number(value: Any) -> Any:
    return value.amount if isinstance(value, Money) else value


def members(listed: list[Any]) -> set[Any]:
    return {frozenset(one) if isinstance(one, list) else one for one in listed}


def check_members(answer: Answer, expected: dict[str, str]) -> None:
    words = {"uncertain": "uncertain", "open": "uncertain", "yes": "yes", "no": "no"}
    certain = answer.value if isinstance(answer.value, frozenset) else frozenset()
    for name, word in expected.items():
        member = MEASURES.get(name, name)
        got = "yes" if member in certain else "uncertain" if member in answer.uncertain else "no"
        assert got == words[word], name


def check_answer(case: Case, answer: Answer) -> None:
    free = {"possible", "certain", "agreements", "preferences"} & case.keys()
    assert answer.status == case.get("status", answer.status if free else "answered")
    if "expect" in case:
        expected = case["expect"]
        if case["question"] == "publication" and case["country"] == "CA":
            assert answer.value == frozenset({frozenset(expected)})
        else:
            assert plain(answer.value) == (frozenset(expected) if isinstance(expected, list) else expected)
    if "possible" in case:
        assert {plain(v) for v in answer.possible} == set(case["possible"])
    if "missing" in case:
        assert answer.missing == set(case["missing"])
    if "certain" in case:
        value = plain(answer.value)
        assert (value if isinstance(value, frozenset) else frozenset()) == members(case["certain"])
    if "uncertain" in case:
        assert set(answer.uncertain) == members(case["uncertain"])
    if {"notice", "no_notice"} & case.keys():
        warned = {c.id for c in answer.caveats if c.kind in ("reading", "window")}
        assert case.get("notice") in {None, *warned}
        assert case.get("no_notice") not in warned
    for question in ("agreements", "preferences"):
        if question in case:
            check_members(answer, case[question])
    check_citations(case, answer.citations)


def check_citations(case: Case, citations: tuple[Citation, ...]) -> None:
    cited = sorted({c.text(locale) for c in citations for locale in ("fr_CA", "en_CA")})
    for fragment in case.get("cites", ()):
        assert any(fragment in text for text in cited), f"{fragment} is not among {cited}"
    for fragment in case.get("not_cited", ()):
        assert not any(fragment in text for text in cited), f"{fragment} is among {cited}"


def check_law(case: Case) -> None:
    entry = law[case["id"]]
    on: date = case["on"]
    if "gap" in case:
        assert (entry.gap(on) is not None) == case["gap"]
    if "readings" in case:
        assert {r.id: plain_number(r.value) for r in entry.readings_on(on)} == {
            id: Decimal(value) if value.isdecimal() else value for id, value in case["readings"].items()
        }
    if "status" in case:
        error = {"not_yet_in_force": NotYetInForce, "no_longer_in_force": NoLongerInForce}[case["status"]]
        with pytest.raises(error):
            entry.on(on)
        return
    if case.keys() <= {"question", "country", "id", "on", "source", "gap", "readings"}:
        return
    version = entry.on(on)
    check_citations(case, version.citations)
    for name, value in (("confidence", version.confidence), ("since", version.start), ("window", version.from_window)):
        if name in case:
            assert value == (tuple(case[name]) if name == "window" else case[name])
    if "between" in case:
        assert [plain_number(bound) for bound in version.between or ()] == [Decimal(bound) for bound in case["between"]]
    if "value" in case:
        value: Any = plain_number(version.value)
        expected: Any = case["value"]
        if isinstance(value, tuple):
            assert set(value) == set(expected)
        elif isinstance(value, Decimal | int) and not isinstance(value, bool):
            assert Decimal(value) == Decimal(str(expected))
        else:
            assert value == expected
    if "scope" in case:
        assert version.scope == case["scope"]


def test_every_case_has_a_source_and_only_known_keys() -> None:
    for id, case in CASES:
        more = FRENCH if case["country"] == "FR" else set()
        known = OF_THE_BOOK if case["question"] == "law" else FACTS | EXPECTED | more
        assert case["source"].strip(), id
        assert case.keys() - {"question", "source", "country"} <= known, id


@pytest.mark.parametrize("case", [pytest.param(case, id=id) for id, case in CASES])
def test_case(case: Case) -> None:
    if case["question"] == "law":
        check_law(case)
    else:
        check_answer(case, getattr(fr if case["country"] == "FR" else ca_qc, case["question"]).ask(tender(case)))
