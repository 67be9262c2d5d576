"""Answers and explanations survive JSON unchanged, and what is not one is refused with its path."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.citations import Citation
from procurelib.errors import InputError, InputTypeError
from procurelib.explain.json import read_answer, read_explanation, write_answer, write_explanation
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import (
    TRACE_FORMAT,
    Answer,
    Caveat,
    CaveatKind,
    DerivedStep,
    Doubts,
    Explanation,
    FactExplained,
    Gap,
    Outcome,
    Reasons,
    RowExplained,
    Status,
    Support,
    Territory,
    Text,
    Turn,
)
from procurelib.rules.answer import Test as Node
from procurelib.unknown import UNKNOWN

IDS = st.sampled_from(("launched", "ca-qc/nonprofit-body", "é«»", ""))
DAYS = st.dates()
AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
BASES = st.sampled_from(("excluded", "included", "net", UNKNOWN))
TEXTS = st.builds(Text, IDS, IDS)
CITATIONS = st.builds(Citation, instrument=IDS, short_fr=IDS, short_en=IDS, at_fr=IDS, at_en=IDS)


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    tax: Any = draw(BASES)
    return Money(draw(AMOUNTS), draw(st.sampled_from(("CAD", "EUR"))), tax=tax)


@st.composite
def ranges(draw: st.DrawFn) -> MoneyRange:
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    return MoneyRange(Money(low, "CAD", tax="net"), Money(high, "CAD", tax="net"))


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | IDS
    | DAYS
    | st.decimals(allow_nan=False, allow_infinity=False)
    | moneys()
    | ranges()
    | TEXTS
    | CITATIONS
    | st.just(UNKNOWN)
    | st.builds(Territory, st.frozensets(st.sampled_from(("CA", "CA-QC", "EU"))))
)
VALUES = st.recursive(PLAIN, lambda v: st.frozensets(v, max_size=3) | st.lists(v, max_size=3).map(tuple), max_leaves=5)


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=2).map(tuple)


GAPS = st.builds(Gap, IDS, DAYS, st.none() | DAYS, TEXTS, TEXTS, tuples(CITATIONS))
CAVEATS = st.builds(Caveat, st.sampled_from(get_args(CaveatKind)), IDS, TEXTS)
LEAVES = st.builds(
    Node,
    st.sampled_from(("compare", "within", "in_force", "use")),
    st.sampled_from(("true", "false", "unknown", "open", "undefined")),
    st.none() | IDS,
    VALUES,
    VALUES,
    st.none() | IDS,
    st.none() | TEXTS,
    tuples(VALUES),
    tuples(CITATIONS),
)
TESTS = st.recursive(
    LEAVES,
    lambda below: st.builds(Node, st.sampled_from(("all", "any", "not")), st.just("true"), below=tuples(below)),
    max_leaves=4,
)
STEPS = st.builds(DerivedStep, st.sampled_from(("start", "add", "unmodelled")), TEXTS, VALUES, tuples(CITATIONS))
FACTS = st.builds(FactExplained, IDS, VALUES, st.sampled_from(("given", "derived")), tuples(STEPS))
ROWS = st.builds(RowExplained, IDS, st.sampled_from(("decides", "claimed")), TEXTS, VALUES, tuples(CITATIONS), TESTS)
TURNS = st.builds(Turn, IDS, IDS, st.sampled_from(("up", "other")), VALUES, VALUES, st.frozensets(VALUES, max_size=2))
STATUSES = st.sampled_from(get_args(Status))
EXPLANATIONS = st.builds(
    Explanation,
    question=IDS,
    title=TEXTS,
    status=STATUSES,
    value=VALUES,
    possible=tuples(VALUES),
    on=DAYS,
    facts=tuples(FACTS),
    rows=tuples(ROWS),
    missing=tuples(IDS),
    gaps=tuples(GAPS),
    caveats=tuples(CAVEATS),
    citations=tuples(CITATIONS),
    turns=tuples(TURNS),
    sentences=tuples(TEXTS),
    edition=IDS,
    format=st.just(TRACE_FORMAT),
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    outcome = Outcome(
        draw(IDS), draw(STATUSES), draw(VALUES), draw(st.frozensets(VALUES, max_size=3)), draw(st.frozensets(IDS))
    )
    doubts = Doubts(draw(tuples(GAPS)), draw(st.dictionaries(VALUES, tuples(IDS), max_size=2)))
    support = Support(draw(tuples(CITATIONS)), draw(tuples(CAVEATS)), draw(EXPLANATIONS))
    return Answer(outcome, reasons=Reasons(doubts, support))


@given(EXPLANATIONS)
def test_an_explanation_survives_json_and_pickling(e: Explanation) -> None:
    text = json.dumps(write_explanation(e), allow_nan=False)
    assert read_explanation(json.loads(text)) == e
    assert json.dumps(write_explanation(read_explanation(json.loads(text)))) == text
    assert pickle.loads(pickle.dumps(e)) == e


@given(answers())
def test_an_answer_survives_json_and_pickling(answer: Answer) -> None:
    text = json.dumps(write_answer(answer), allow_nan=False)
    back = read_answer(json.loads(text))
    assert back == answer
    assert back.explanation == answer.explanation
    assert (back.value is UNKNOWN) == (answer.value is UNKNOWN)
    assert Answer.from_dict(answer.to_dict()) == pickle.loads(pickle.dumps(answer)) == answer


@given(VALUES)
def test_a_value_keeps_its_type(value: Any) -> None:
    one = Explanation("q", Text("", ""), "answered", value, (), date(2026, 1, 1), (), (), (), (), (), (), (), (), "")
    back = read_explanation(json.loads(json.dumps(write_explanation(one)))).value
    assert type(back) is type(value)
    assert back == value
    assert isinstance(value, (frozenset, tuple, Territory)) or repr(back) == repr(value)


PLAIN_TEXT = Text("fr", "en")
SAMPLE = Explanation(
    question="procedure",
    title=PLAIN_TEXT,
    status="answered",
    value=Money("1", "CAD", tax="net"),
    possible=("public",),
    on=date(2026, 2, 2),
    facts=(),
    rows=(RowExplained("r", "decides", PLAIN_TEXT, "public", (), Node("all", "true", below=(Node("within", "true"),))),),
    missing=("bylaw",),
    gaps=(),
    caveats=(),
    citations=(),
    turns=(),
    sentences=(),
    edition="2026.11.0",
)


def paths(data: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_explanation(data)
    return [fault.path for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.pop("edition"), "$.edition"),
        (lambda d: d.update(author="x"), "$.author"),
        (lambda d: d.update(format="procurelib.trace/2"), "$.format"),
        (lambda d: d.update(status="perhaps"), "$.status"),
        (lambda d: d.update(on="2026-02-30"), "$.on"),
        (lambda d: d.update(on="20260202"), "$.on"),
        (lambda d: d.update(on=None), "$.on"),
        (lambda d: d.update(question=5), "$.question"),
        (lambda d: d.update(missing="bylaw"), "$.missing"),
        (lambda d: d.update(missing=[1]), "$.missing[0]"),
        (lambda d: d.update(value=1.5), "$.value"),
        (lambda d: d.update(value=[1]), "$.value"),
        (lambda d: d.update(value={}), "$.value"),
        (lambda d: d.update(value={"money": 1, "date": 2}), "$.value"),
        (lambda d: d.update(value={"yen": 1}), "$.value"),
        (lambda d: d.update(value={"unknown": False}), "$.value.unknown"),
        (lambda d: d.update(value={"decimal": "1_0"}), "$.value.decimal"),
        (lambda d: d.update(value={"decimal": "NaN"}), "$.value.decimal"),
        (lambda d: d.update(value={"decimal": "x"}), "$.value.decimal"),
        (lambda d: d.update(value={"decimal": 1}), "$.value.decimal"),
        (lambda d: d["value"]["money"].update(amount="-1"), "$.value.money.amount"),
        (lambda d: d.update(value={"set": [{"tuple": [1.5]}]}), "$.value.set[0].tuple[0]"),
        (lambda d: d.update(value={"territory": [1]}), "$.value.territory[0]"),
        (lambda d: d.update(value={"text": {"fr": "a"}}), "$.value.text.en"),
        (lambda d: d["title"].update(de="c"), "$.title.de"),
        (lambda d: d["rows"][0].update(role="wins"), "$.rows[0].role"),
        (lambda d: d["rows"][0]["test"]["below"][0].update(kind="xor"), "$.rows[0].test.below[0].kind"),
        (lambda d: d["rows"].append(3), "$.rows[1]"),
    ],
)
def test_a_fault_is_named_by_its_path(change: Any, path: str) -> None:
    data = copy.deepcopy(write_explanation(SAMPLE))
    change(data)
    assert paths(data) == [path]


def test_all_faults_are_reported_together() -> None:
    data = write_explanation(SAMPLE)
    data.update(status="perhaps", edition=1)
    data["rows"][0]["test"]["truth"] = "maybe"
    assert sorted(paths(data)) == ["$.edition", "$.rows[0].test.truth", "$.status"]


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_what_is_no_mapping_is_refused(data: Any) -> None:
    assert paths(data) == ["$"]
    with pytest.raises(InputError):
        read_answer(data)


def test_an_answer_names_its_faults_too() -> None:
    doubts = Doubts(uncertain={"CETA": ("service",)})
    answer = Answer(Outcome("q", "answered", 1, frozenset({1})), reasons=Reasons(doubts, Support((), (), SAMPLE)))
    data = write_answer(answer)
    data["uncertain"][0] = ["CETA"]
    data["explanation"]["format"] = "other"
    data["possible"] = {"set": [1.5]}
    with pytest.raises(InputError) as caught:
        read_answer(data)
    assert sorted(f.path for f in caught.value.faults) == ["$.explanation.format", "$.possible.set[0]", "$.uncertain[0]"]


@pytest.mark.parametrize("value", [1.5, [1], {"a": 1}, b"x", datetime(2026, 1, 1), Decimal("NaN"), object()])
def test_a_value_no_answer_has_is_not_written(value: Any) -> None:
    from attrs import evolve

    with pytest.raises(InputTypeError) as caught:
        write_explanation(evolve(SAMPLE, value=value))
    assert caught.value.faults[0].path == "$.value"
