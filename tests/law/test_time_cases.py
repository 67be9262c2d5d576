"""Every closing, timeline and duty counted by hand comes out as the hand counted it."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from procurelib.errors import InputError, NotYetInForce
from procurelib.models import City, Tender
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
    *("refused", "from", "until", "city", "critical", "slack", "whole", "caveat", "who", "outside", "event_caveat"),
    *("rejection", "rejection_electronic"),
}
Case = dict[str, Any]


def load() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}-{place}")
        for file in sorted(FOLDER.glob("*.toml"))
        for place, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"])
    ]


def tender(case: Case) -> Tender:
    french = case.get("city", "").startswith("fr/")
    value = Money(case["value"], "EUR", tax="excluded") if french else Money(case["value"], "CAD", tax="net")
    return Tender(
        buyer=City(id=case["city"], name="Rennes") if french else cities["ca-qc/longueuil"].with_bylaw(None),
        category=case.get("category", "goods"),
        value=value,
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
    names = ("closing", "addendum", "decision", "rejection", "rejection_electronic")
    fixed = {name: case[name] for name in names if name in case}
    if case.get("outside"):
        with pytest.raises(NotYetInForce):
            timeline(tender(case), **fixed)
        return
    if "refused" in case:
        with pytest.raises(InputError, match=case["refused"]):
            timeline(tender(case), **fixed)
        return
    found = timeline(tender(case), **fixed)
    assert found.status == case.get("status", "answered")
    assert {id: found[id].day for id in case.get("expect", {})} == case.get("expect", {})
    assert {id: found[id].slack for id in case.get("slack", {})} == case.get("slack", {})
    assert not [id for id in case.get("absent", ()) if id in found]
    if "missing" in case:
        assert set(found.missing) == set(case["missing"])
    for id, fragment in case.get("event_caveat", {}).items():
        assert any(fragment in c.text.fr for c in found[id].caveats)
    if "critical" in case:
        assert list(found.critical_path) == case["critical"]
    assert [event.day for event in found] == sorted(event.day for event in found)


def check_duties(case: Case) -> None:
    id = case.get("city", "ca-qc/longueuil")
    city = cities[id] if id in cities else City(id=id, name="Rennes")
    found = duties(city, (case["from"], case["until"]))
    by_name = {d.id.rpartition("/")[2]: d for d in found if d.status != "not_modelled"}
    by_name |= {d.id.rpartition("/")[2]: d for d in found if d.id.rpartition("/")[2] not in by_name}
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
