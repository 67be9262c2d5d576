"""Deadlines: what they refuse, and what their steps tell."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import Any

import pytest

from procurelib import Caveat, CountingRule, Deadline, Text, calendars, deadline
from procurelib.calendars.counting import Basis, counting_rules
from procurelib.errors import AmbiguousDate, InputError, InputTypeError, NoLongerInForce, NotYetInForce, UnknownId

DAY = date(2026, 3, 2)
I16 = "ca-qc/I-16"
PLAIN = CountingRule(first_in=False, last_in=True, roll="none")


def faults_of(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    return {fault.path for fault in error.value.faults}


@pytest.mark.parametrize(
    ("how", "paths"),
    [
        ({}, {"period"}),
        ({"days": 3, "months": 1}, {"period"}),
        ({"days": 3, "business_days": 1, "months": 1}, {"period"}),
        ({"days": 0}, {"days"}),
        ({"business_days": -4}, {"business_days"}),
        ({"months": 0}, {"months"}),
        ({"days": 3, "direction": "backwards"}, {"direction"}),
        ({"days": 0, "direction": None}, {"days", "direction"}),
    ],
)
def test_a_period_that_means_nothing_is_refused(how: dict[str, Any], paths: set[str]) -> None:
    with pytest.raises(InputError) as caught:
        deadline(DAY, calendar=I16, **how)
    assert faults_of(caught) == paths
    assert not isinstance(caught.value, InputTypeError)


@pytest.mark.parametrize("wrong", [True, "15", 15.0])
@pytest.mark.parametrize("unit", ["days", "business_days", "months"])
def test_a_number_is_a_whole_one(unit: str, wrong: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        deadline(DAY, calendar=I16, **{unit: wrong})
    assert faults_of(caught) == {unit}


@pytest.mark.parametrize("wrong", [datetime(2026, 3, 2), "2026-03-02", None])
def test_only_a_date_starts_a_period(wrong: Any) -> None:
    with pytest.raises(InputTypeError) as caught:
        deadline(wrong, days=3, calendar=I16)
    assert faults_of(caught) == {"trigger"}


def test_every_fault_is_reported_at_once() -> None:
    with pytest.raises(InputError) as caught:
        deadline("today", days=0, calendar=I16, direction="sideways")
    assert faults_of(caught) == {"trigger", "days", "direction"}


def test_a_calendar_and_a_rule_are_named_or_given() -> None:
    with pytest.raises(UnknownId) as unknown:
        deadline(DAY, days=3, calendar="ca-qc/I16")
    assert I16 in unknown.value.near
    with pytest.raises(UnknownId) as unknown:
        deadline(DAY, days=3, calendar=I16, rule="ca-qc/I-16-51")
    assert "ca-qc/I-16-52" in unknown.value.near
    for wrong in ({"calendar": 3}, {"calendar": I16, "rule": 3}):
        with pytest.raises(InputTypeError):
            deadline(DAY, days=3, **wrong)
    by_name = deadline(DAY, days=15, calendar=I16, rule="ca-qc/I-16-52")
    assert by_name == deadline(DAY, days=15, calendar=calendars[I16])
    assert by_name == deadline(DAY, days=15, calendar=I16, rule=counting_rules["ca-qc/I-16-52"].on(DAY))


def test_outside_the_span_nothing_rolls_silently() -> None:
    with pytest.raises(NotYetInForce):
        deadline(date(2012, 12, 31), days=15, calendar=I16)
    with pytest.raises(NoLongerInForce):
        deadline(date(2043, 12, 20), days=15, calendar=I16)
    with pytest.raises(NoLongerInForce):
        deadline(date(2043, 12, 20), days=15, calendar=I16, rule=PLAIN)
    with pytest.raises(NoLongerInForce):
        deadline(date(2026, 3, 27), business_days=4, calendar="ca-qc/complaints")
    with pytest.raises(NotYetInForce):
        deadline(date(2019, 5, 28), business_days=4, calendar="ca-qc/complaints", direction="backward")
    with pytest.raises(NotYetInForce):
        deadline(date(2013, 1, 10), days=15, calendar=I16, direction="backward")


@pytest.mark.parametrize("how", [{"days": 10**7}, {"months": 10**6}, {"days": 10**12}])
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_a_period_longer_than_any_calendar_is_refused(how: dict[str, int], direction: Any) -> None:
    with pytest.raises((InputError, NoLongerInForce, NotYetInForce)):
        deadline(DAY, calendar=I16, direction=direction, **how)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (CountingRule(first_in=False, last_in=True, roll="none"), date(2026, 3, 7)),
        (CountingRule(first_in=True, last_in=True, roll="none"), date(2026, 3, 6)),
        (CountingRule(first_in=False, last_in=False, roll="none"), date(2026, 3, 8)),
        (CountingRule(first_in=True, last_in=False, roll="none"), date(2026, 3, 7)),
        (CountingRule(first_in=False, last_in=False, roll="forward"), date(2026, 3, 9)),
        (CountingRule(first_in=False, last_in=True, roll="forward", closed=frozenset({"saturday"})), date(2026, 3, 9)),
    ],
)
def test_each_end_is_counted_or_not(rule: CountingRule, expected: date) -> None:
    # Monday 2 March 2026 and five days; the 8th is a Sunday.
    found = deadline(DAY, days=5, calendar=I16, rule=rule)
    assert found.date == expected
    assert found.rule is None
    assert deadline(expected, days=5, calendar=I16, rule=rule, direction="backward").date >= DAY


@pytest.mark.parametrize(
    ("trigger", "months", "first_in", "month_end", "expected"),
    [
        (date(2026, 1, 15), 1, False, "refuse", date(2026, 2, 15)),
        (date(2026, 1, 15), 1, True, "refuse", date(2026, 2, 14)),
        (date(2026, 1, 31), 1, False, "last_day", date(2026, 2, 28)),
        (date(2026, 1, 29), 1, True, "last_day", date(2026, 2, 28)),
        (date(2028, 1, 31), 1, False, "last_day", date(2028, 2, 29)),
        (date(2026, 10, 31), 6, False, "last_day", date(2027, 4, 30)),
        (date(2026, 12, 31), 12, False, "refuse", date(2027, 12, 31)),
        (date(2024, 2, 29), 12, False, "last_day", date(2025, 2, 28)),
        (date(2024, 2, 29), 48, False, "refuse", date(2028, 2, 29)),
    ],
)
def test_months_go_from_date_to_date(trigger: date, months: int, first_in: bool, month_end: Any, expected: date) -> None:
    rule = CountingRule(first_in=first_in, last_in=True, roll="none", month_end=month_end)
    assert deadline(trigger, months=months, calendar=I16, rule=rule).date == expected


def test_an_ambiguous_month_says_what_it_could_be() -> None:
    with pytest.raises(AmbiguousDate) as caught:
        deadline(date(2026, 1, 31), months=1, calendar=I16)
    error = caught.value
    assert (error.trigger, error.months) == (date(2026, 1, 31), 1)
    assert error.candidates == (date(2026, 2, 28), date(2026, 3, 1))
    assert "2026-02-28 or 2026-03-01" in str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_steps_name_each_day_moved_and_why_with_the_article() -> None:
    found = deadline(date(2026, 3, 28), days=8, calendar=I16)
    assert found.explain("fr_CA").splitlines()[:4] == [
        "Le 28 mars 2026 fait courir le délai et n’est pas compté. (RLRQ, c. I-16, art. 52 (usage))",
        "Le délai de 8 jours mène au 5 avril 2026.",
        (
            "Le 5 avril 2026 est exclu\u00a0: dimanche\u00a0; l’échéance passe au 6 avril 2026. "
            "(RLRQ, c. I-16, art. 52; RLRQ, c. I-16, art. 61(23))"
        ),
        (
            "Le 6 avril 2026 est exclu\u00a0: lundi de Pâques\u00a0; l’échéance passe au 7 avril 2026. "
            "(RLRQ, c. I-16, art. 52; RLRQ, c. I-16, art. 61(23))"
        ),
    ]
    assert found.citations == tuple(dict.fromkeys(c for step in found.steps for c in step.citations))
    assert [(step.kind, step.day) for step in found.steps] == [
        ("trigger", date(2026, 3, 28)),
        ("count", date(2026, 4, 5)),
        ("roll", date(2026, 4, 5)),
        ("roll", date(2026, 4, 6)),
    ]


def test_a_backward_answer_tells_the_limit_the_count_and_why_no_later() -> None:
    found = deadline(date(2024, 6, 16), days=15, calendar=I16, direction="backward")
    assert (found.date, found.given, found.direction) == (date(2024, 5, 31), date(2024, 6, 16), "backward")
    assert [step.kind for step in found.steps] == ["limit", "trigger", "count", "next"]
    assert found.steps[-1].text.en == "A period that started on 1 June 2024 would end on 17 June 2024, too late."


FIRST_IN = CountingRule(first_in=True, last_in=True, roll="none")
CLEAR = CountingRule(first_in=False, last_in=False, roll="none")
TO_THE_END = CountingRule(first_in=False, last_in=True, roll="none", month_end="last_day")


@pytest.mark.parametrize(
    ("limit", "how", "rule", "expected"),
    [
        # Business days of March 2026 on the calendar of complaints: 2 to 6, 9 to 13.
        (date(2026, 3, 5), {"business_days": 4}, None, date(2026, 3, 1)),
        (date(2026, 3, 8), {"business_days": 4}, None, date(2026, 3, 2)),
        (date(2026, 3, 5), {"business_days": 4}, FIRST_IN, date(2026, 3, 2)),
        (date(2026, 3, 6), {"business_days": 4}, CLEAR, date(2026, 3, 1)),
        (date(2026, 3, 5), {"business_days": 1}, None, date(2026, 3, 4)),
        (date(2026, 3, 14), {"days": 4}, None, date(2026, 3, 9)),
        (date(2026, 3, 14), {"days": 4}, PLAIN, date(2026, 3, 10)),
        (date(2026, 3, 14), {"days": 4}, FIRST_IN, date(2026, 3, 11)),
        (date(2026, 3, 14), {"days": 4}, CLEAR, date(2026, 3, 9)),
        (date(2026, 3, 14), {"months": 1}, PLAIN, date(2026, 2, 14)),
        (date(2026, 3, 14), {"months": 1}, FIRST_IN, date(2026, 2, 15)),
        (date(2026, 3, 15), {"months": 1}, CLEAR, date(2026, 2, 14)),
        (date(2026, 3, 14), {"months": 14}, PLAIN, date(2025, 1, 14)),
        (date(2026, 2, 28), {"months": 1}, TO_THE_END, date(2026, 1, 31)),
        (date(2026, 2, 27), {"months": 1}, TO_THE_END, date(2026, 1, 27)),
        (date(2026, 2, 27), {"months": 1}, FIRST_IN, date(2026, 1, 28)),
    ],
)
def test_the_latest_trigger(limit: date, how: dict[str, int], rule: CountingRule | None, expected: date) -> None:
    found = deadline(limit, calendar="ca-qc/complaints", rule=rule, direction="backward", **how)
    assert found.date == expected
    assert found.given == limit


def test_the_latest_trigger_may_be_ambiguous() -> None:
    with pytest.raises(AmbiguousDate) as caught:
        deadline(date(2026, 2, 28), months=1, calendar=I16, rule=PLAIN, direction="backward")
    assert caught.value.trigger == date(2026, 1, 31)
    assert caught.value.candidates == (date(2026, 2, 28), date(2026, 3, 1))
    # The 29th of January has no date of its own either, but cannot mean a day before the limit.
    found = deadline(date(2026, 2, 27), months=1, calendar=I16, rule=FIRST_IN, direction="backward")
    assert [step.kind for step in found.steps] == ["limit", "trigger", "count"]


def test_clear_days_say_which_is_the_last() -> None:
    found = deadline(DAY, days=15, calendar=I16, rule="clear-days")
    assert [step.kind for step in found.steps] == ["trigger", "count", "clear"]
    assert found.steps[1].day == date(2026, 3, 17)
    assert found.date == found.steps[2].day == date(2026, 3, 18)
    assert found.caveats == ()


def test_working_days_that_a_rule_wants_are_told() -> None:
    found = deadline(date(2026, 9, 25), days=3, calendar="fr/L3133-1")
    assert [(s.kind, s.day) for s in found.steps][2:] == [("extend", date(2026, 9, 28))]
    assert [c.kind for c in found.caveats] == ["unverified"]
    clear = CountingRule(first_in=False, last_in=False, roll="none", least=2, closed=frozenset({"saturday", "sunday"}))
    found = deadline(date(2026, 9, 25), days=3, calendar="fr/L3133-1", rule=clear)
    assert found.date == date(2026, 9, 30)
    assert [s.kind for s in found.steps] == ["trigger", "count", "extend", "clear"]
    assert found.steps[-1].day == date(2026, 9, 30)
    assert found.steps[-1].text.en == "29 September 2026 is the last clear day: the term is 30 September 2026."
    three = CountingRule(first_in=False, last_in=True, roll="forward", least=3, closed=frozenset({"saturday", "sunday"}))
    found = deadline(date(2026, 9, 25), days=2, calendar="fr/L3133-1", rule=three)
    assert found.date == date(2026, 9, 30)
    assert [s.day for s in found.steps if s.kind == "extend"] == [date(2026, 9, 28), date(2026, 9, 29)]
    # Friday is one, and the Monday to which the Sunday moves the end is two: nothing is added.
    found = deadline(date(2026, 9, 24), days=3, calendar="fr/L3133-1")
    assert found.date == date(2026, 9, 28)
    assert [s.kind for s in found.steps] == ["trigger", "count", "roll"]


def test_what_a_rule_says_of_months_is_told_only_when_a_date_is_missing() -> None:
    doubt = Caveat("note", "mine", Text("à vérifier", "to be checked"))
    cited = calendars[I16].why(date(2026, 1, 1)).citations
    rule = CountingRule(
        first_in=False, last_in=True, roll="none", month_end="last_day", basis=(Basis("months", cited, (doubt,)),)
    )
    plain = deadline(date(2026, 1, 15), months=1, calendar=I16, rule=rule)
    assert (plain.citations, plain.caveats) == ((), ())
    days = deadline(date(2026, 1, 31), days=28, calendar=I16, rule=rule)
    assert (days.citations, days.caveats) == ((), ())
    missing = deadline(date(2026, 1, 31), months=1, calendar=I16, rule=rule)
    assert (missing.citations, missing.caveats) == (cited, (doubt,))


def test_a_doubtful_holiday_on_a_day_the_rule_leaves_out_anyway_is_no_matter() -> None:
    more = calendars["fr/L3133-1"].with_days(date(2026, 5, 9))
    found = deadline(date(2026, 5, 1), days=8, calendar=more)
    assert found.date == date(2026, 5, 11)
    assert found.caveats == ()


def test_no_length_and_two_lengths_are_told_apart() -> None:
    for how, told in (({}, "'nothing'"), ({"days": 1, "months": 1}, "'days, months'")):
        with pytest.raises(InputError) as caught:
            deadline(DAY, calendar=I16, **how)
        assert caught.value.faults[0].value == told


def test_the_other_reading_of_section_52_is_told_only_where_it_matters() -> None:
    def readings(trigger: date, days: int, **how: Any) -> list[str]:
        found = deadline(trigger, days=days, calendar=how.pop("calendar", I16), **how)
        return [c.text.en for c in found.caveats if c.kind == "reading"]

    # Good Friday, 3 April 2026, then a Saturday, a Sunday and Easter Monday.
    assert readings(date(2026, 3, 26), 8) == [
        "By another reading, in which Saturday is no working day, the deadline would be 7 April 2026."
    ]
    assert readings(date(2026, 3, 27), 8) == []  # a Saturday at once: nothing is extended
    assert readings(date(2026, 3, 28), 8) == []  # Easter Sunday: Tuesday by both readings
    assert readings(date(2026, 3, 10), 10, calendar="ca-qc/complaints") == []


def test_a_holiday_added_by_hand_is_recalled() -> None:
    more = calendars[I16].with_days(date(2026, 9, 30))
    found = deadline(date(2026, 9, 15), days=15, calendar=more)
    assert found.date == date(2026, 10, 1)
    assert found.added == (date(2026, 9, 30),)
    assert "added" in {c.id for c in found.caveats}
    assert Deadline.from_dict(found.to_dict()) == found


def test_what_is_no_deadline_is_refused() -> None:
    written = deadline(DAY, days=15, calendar=I16).to_dict()
    for change in ({"date": "2026"}, {"direction": "sideways"}, {"unit": "weeks"}):
        with pytest.raises(InputError) as caught:
            Deadline.from_dict({**written, **change})
        assert faults_of(caught) == {f"$.{next(iter(change))}"}


# --- rules


def test_the_rules_of_the_book() -> None:
    assert set(counting_rules) == {"ca-qc/I-16-52", "clear-days", "eu/1182-71"}
    assert len(counting_rules) == 3
    european = counting_rules["eu/1182-71"].on(DAY)
    assert (european.first_in, european.last_in, european.roll, european.month_end) == (False, True, "forward", "last_day")
    assert (european.closed, european.least, european.avoided) == ({"saturday", "sunday"}, 2, frozenset())
    assert [basis.part for basis in european.basis] == ["trigger", "holiday", "closed", "months", "least"]
    quebec = counting_rules["ca-qc/I-16-52"].on(DAY)
    assert (quebec.first_in, quebec.last_in, quebec.roll, quebec.month_end) == (False, True, "forward", "refuse")
    assert (quebec.closed, quebec.least, quebec.avoided) == (frozenset(), 0, {"saturday"})
    assert quebec.of("months") == Basis("months", ())
    assert quebec.title is not None
    for id in ("ca-qc/I-16-52", "eu/1182-71"):
        with pytest.raises(NotYetInForce):
            counting_rules[id].on(date(2012, 12, 31))
        with pytest.raises(InputTypeError):
            counting_rules[id].on(datetime(2026, 1, 1))
    assert 3 not in counting_rules


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_in": 1},
        {"last_in": None},
        {"roll": "backward"},
        {"month_end": "guess"},
        {"least": -1},
        {"least": True},
        {"closed": {"saturday"}},
        {"closed": frozenset({"samedi"})},
        {"avoided": frozenset({3})},
        {
            "closed": frozenset(
                {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
            )
        },
    ],
)
def test_a_rule_that_means_nothing_is_refused(wrong: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"first_in": False, "last_in": True, "roll": "forward"}
    with pytest.raises(InputError) as caught:
        CountingRule(**{**sound, **wrong})
    assert faults_of(caught) == set(wrong)
    of_type = isinstance(next(iter(wrong.values())), bool | None) or wrong.get("first_in") == 1
    assert isinstance(caught.value, InputTypeError) == of_type
