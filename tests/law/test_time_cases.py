"""Every closing, timeline and duty counted by hand comes out as the hand counted it."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from procurelib.errors import InputError
from procurelib.models import Tender
from procurelib.money import Money
from procurelib.places import cities
from procurelib.rules.answer import Answer
from procurelib.rules.ask import assess
from procurelib.rules.ca_qc.process import postponed
from procurelib.rules.duties import duties
from procurelib.rules.timeline import timeline
from procurelib.unknown import UNKNOWN

FOLDER = Path(__file__).parent / "time_cases"
KEYS = {
    *("question", "why", "launched", "published", "concludes", "category", "value", "electronic", "grounds"),
    *("closing", "addendum", "decision", "expect", "decides", "other", "status", "possible", "missing", "absent"),
    *("refused", "from", "until", "city", "critical", "slack", "whole", "caveat", "who"),
}
Case = dict[str, Any]


def load() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}-{place}")
        for file in sorted(FOLDER.glob("*.toml"))
        for place, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"])
    ]


def tender(case: Case) -> Tender:
    return Tender(
        buyer=cities["ca-qc/longueuil"].with_bylaw(None),
        category=case.get("category", "goods"),
        value=Money(case["value"], "CAD", tax="net"),
        launched=case["launched"],
        published=case.get("published"),
        concludes=case.get("concludes"),
        electronic=case.get("electronic", UNKNOWN),
        grounds=case.get("grounds", ()),
    )


def who_decides(answer: Answer) -> str:
    last = answer.steps[-1].what.en
    if last.startswith("the minimum period and"):
        return "both"
    return "complaints" if "complaints" in last else "period"


def check_closing(case: Case) -> None:
    answer = assess(tender(case)).earliest_closing
    assert answer.status == case.get("status", "answered")
    if "expect" in case:
        assert answer.value == case["expect"]
        assert who_decides(answer) == case["decides"]
        assert answer.steps[-1].amount == case["expect"]
        notices = [c.text.en for c in answer.caveats if c.kind == "reading"]
        if "other" in case:
            (notice,) = notices
            other: date = case["other"]
            assert f"{other.day} {other:%B} {other.year}" in notice
        else:
            assert len(notices) == (0 if case["decides"] != "both" else len(notices))
    if "possible" in case:
        assert answer.possible - {None} == set(case["possible"])
    if "missing" in case:
        assert answer.missing == set(case["missing"])


def check_timeline(case: Case) -> None:
    fixed = {name: case[name] for name in ("closing", "addendum", "decision") if name in case}
    if "refused" in case:
        with pytest.raises(InputError, match=case["refused"]):
            timeline(tender(case), **fixed)
        return
    found = timeline(tender(case), **fixed)
    assert found.status == case.get("status", "answered")
    assert {id: found[id].day for id in case.get("expect", {})} == case.get("expect", {})
    assert {id: found[id].slack for id in case.get("slack", {})} == case.get("slack", {})
    assert not [id for id in case.get("absent", ()) if id in found]
    if "critical" in case:
        assert list(found.critical_path) == case["critical"]
    assert [event.day for event in found] == sorted(event.day for event in found)


def check_duties(case: Case) -> None:
    city = cities[case.get("city", "ca-qc/longueuil")]
    found = duties(city, (case["from"], case["until"]))
    by_name = {d.id.removeprefix("ca-qc/"): d for d in found if d.status != "not_modelled"}
    by_name |= {d.id.removeprefix("ca-qc/"): d for d in found if d.id.removeprefix("ca-qc/") not in by_name}
    told = {name: d.due if d.due is not None else d.status for name, d in by_name.items()}
    expected = case.get("expect", {})
    assert {name: told.get(name) for name in expected} == expected
    assert not set(case.get("absent", ())) & told.keys()
    if case.get("whole"):
        assert told == expected
        assert len(found) == len(expected)
    for name, fragment in case.get("caveat", {}).items():
        assert any(fragment in c.text.fr.replace("1er", "1") for c in by_name[name].caveats)
    if "who" in case:
        assert {d.who for d in found} == {case["who"]}


@pytest.mark.parametrize("case", load())
def test_case(case: Case) -> None:
    assert case["why"].strip()
    assert case.keys() <= KEYS, case.keys() - KEYS
    if case["question"] == "closing":
        check_closing(case)
    elif case["question"] == "timeline":
        check_timeline(case)
    elif case["question"] == "postponed":
        assert postponed(case["closing"], case["launched"]) == case["expect"]
    else:
        check_duties(case)


def test_the_days_of_a_period_partition_its_duties() -> None:
    city = cities["ca-qc/longueuil"]
    first, last = date(2016, 1, 1), date(2027, 1, 1)
    whole = [(d.id, d.due) for d in duties(city, (first, last)) if d.due]
    parts = []
    start = first
    while start < last:
        end = min(start + timedelta(days=97), last)
        parts += [(d.id, d.due) for d in duties(city, (start, end)) if d.due]
        start = end
    assert parts == sorted(whole, key=lambda found: found[1])
