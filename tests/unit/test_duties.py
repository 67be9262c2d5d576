"""Duties, closings and timelines: their shape, their round trips, and what is refused."""

import pickle
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib import (
    UNKNOWN,
    Answer,
    City,
    Duty,
    InputError,
    InputTypeError,
    Money,
    MoneyRange,
    Tender,
    Text,
    Timeline,
    UnknownId,
    assess,
    cities,
    duties,
    timeline,
)
from procurelib.calendars import calendars
from procurelib.rules.ca_qc.closing import closing_of, complaints_end, first_after_complaints

LONGUEUIL = cities["ca-qc/longueuil"]
RENNES = City(id="fr/213502388", name="Rennes")
YEAR = (date(2025, 1, 1), date(2026, 1, 1))


def own(due: date | None = date(2025, 7, 31), **changes: object) -> Duty:
    text = Text("Rapport", "Report")
    given: dict[str, object] = {"id": "own/report", "who": "Longueuil", "what": text, "to": text, "trigger": text}
    given |= {"due": due, "status": "due" if due else "standing", **changes}
    return Duty(**given)


def call(**changes: object) -> Tender:
    given: dict[str, object] = {"buyer": LONGUEUIL.with_bylaw(None), "category": "goods", "launched": date(2025, 2, 3)}
    given |= {"value": Money("150000", "CAD", tax="net"), **changes}
    return Tender(**given)


# --- duties


def test_duties_round_trip_and_pickle() -> None:
    for year in (2014, 2019, 2025, 2026):
        for duty in duties(LONGUEUIL, (date(year, 1, 1), date(year + 1, 1, 1)), own=[own()]):
            assert Duty.from_dict(duty.to_dict()) == duty
            assert pickle.loads(pickle.dumps(duty)) == duty


@pytest.mark.parametrize("city", [LONGUEUIL, RENNES], ids=lambda c: c.name)
def test_every_duty_is_complete_in_both_languages(city: City) -> None:
    for duty in duties(city, (date(2013, 1, 1), date(2027, 1, 1))):
        assert Duty.from_dict(duty.to_dict()) == duty
        for text in (duty.what, duty.to, duty.trigger):
            assert text.fr
            assert text.en
            assert "{" not in text.fr + text.en
        assert duty.citations or duty.status == "not_modelled"
        assert duty.caveats or duty.status != "not_modelled"


def test_own_duties_stand_with_the_others_by_day() -> None:
    found = duties(LONGUEUIL, YEAR, own=[own(), own(date(2026, 1, 1), id="own/later"), own(None, id="own/standing")])
    assert [d.id for d in found if d.due] == ["ca-qc/annual-contract-list", "ca-qc/financial-report", "own/report"]
    assert found[-1].id == "own/standing"


def test_a_reporting_period_is_a_period() -> None:
    from procurelib.calendars.periods import reporting_periods

    quarters = list(reporting_periods("quarter", date(2025, 1, 1), until=date(2026, 1, 1)))
    found = [d for quarter in quarters for d in duties(LONGUEUIL, quarter) if d.due]
    assert [d for d in duties(LONGUEUIL, YEAR) if d.due] == found


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ((date(2026, 1, 1), date(2025, 1, 1)), "period.end"),
        ((date(2025, 1, 1), date(2025, 1, 1)), "period.end"),
        ((datetime(2025, 1, 1), date(2026, 1, 1)), "period.start"),
        ((date(2025, 1, 1), None), "period.end"),
        ("2025", "period"),
    ],
)
def test_a_bad_period_is_refused(period: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        duties(LONGUEUIL, period)


def test_other_jurisdictions_and_other_things_are_refused() -> None:
    with pytest.raises(InputTypeError, match="city"):
        duties("ca-qc/longueuil", YEAR)
    with pytest.raises(InputTypeError, match=r"own\[0\]"):
        duties(LONGUEUIL, YEAR, own=["report"])


@pytest.mark.parametrize(
    "changes",
    [{"status": "standing"}, {"status": "late"}, {"what": "Report"}, {"id": " "}, {"due": datetime(2025, 7, 31)}],
)
def test_a_duty_that_contradicts_itself_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        own(**changes)


def test_a_body_under_another_act_is_told() -> None:
    village = City(id="ca-qc/58000", name="Ici", governing_act="C-27.1")
    assert all(any(c.kind == "unread" for c in d.caveats) for d in duties(village, YEAR))
    assert not any(c.kind == "unread" for d in duties(LONGUEUIL, YEAR) for c in d.caveats)


# --- the duties of one contract


def test_a_contract_calls_its_duties() -> None:
    found = {d.id: d for d in assess(call(concludes=date(2025, 4, 1))).duties}
    assert found["ca-qc/annual-contract-list"].due == date(2026, 3, 31)
    assert {d.status for d in found.values()} == {"due", "standing"}
    later = {d.id: d for d in assess(call(launched=date(2026, 2, 2), concludes=date(2026, 5, 1))).duties}
    assert {d.status for d in later.values()} == {"not_modelled"}


@pytest.mark.parametrize(
    ("net", "seao", "annual"),
    [("24999.99", False, True), ("25000", True, True), ("2000.01", False, True), ("2000", False, False)],
)
def test_the_floors_are_at_least_and_more_than(net: str, seao: bool, annual: bool) -> None:
    ids = {d.id for d in assess(call(value=Money(net, "CAD", tax="net"))).duties}
    assert ("ca-qc/seao-list" in ids) == seao
    assert ("ca-qc/annual-contract-list" in ids) == annual


def test_an_amount_in_doubt_keeps_the_duty_with_its_condition() -> None:
    inside = assess(call(value=Money("24000", "CAD", tax=UNKNOWN))).duties
    assert any(c.id == "ca-qc/seao-list-floor" for d in inside if d.id == "ca-qc/seao-list" for c in d.caveats)
    assert assess(call(category="outside")).duties == ()


# --- closing and timeline


def test_answers_and_timelines_round_trip() -> None:
    for tender in (
        call(),
        call(value=Money("400000", "CAD", tax="net")),
        call(launched=date(2026, 5, 1)),
        call(value=Money("9000", "CAD", tax="net")),
    ):
        answer = assess(tender).earliest_closing
        assert Answer.from_dict(answer.to_dict()) == answer
        assert pickle.loads(pickle.dumps(answer)) == answer
        found = timeline(tender)
        assert Timeline.from_dict(found.to_dict()) == found
        assert pickle.loads(pickle.dumps(found)) == found
        for locale in ("fr_CA", "en_CA"):
            assert answer.explain(locale)


def test_an_event_that_is_not_there_brings_the_others() -> None:
    found = timeline(call())
    assert "closing" in found
    assert len(found) == len(found.events)
    with pytest.raises(UnknownId, match="closing"):
        found["opening"]


def test_a_timeline_refuses_what_it_cannot_read() -> None:
    with pytest.raises(InputTypeError):
        timeline(call(), closing=datetime(2025, 3, 3))
    with pytest.raises(InputTypeError):
        timeline("call")
    with pytest.raises(InputError, match="without a call"):
        timeline(call(value=Money("9000", "CAD", tax="net")), closing=date(2025, 3, 3))


def test_days_of_one_country_mean_nothing_in_the_other() -> None:
    works = Tender(buyer=RENNES, category="works", value=Money("6000000", "EUR", tax="excluded"), launched=date(2025, 1, 6))
    sent = {"rejection": date(2025, 3, 3), "rejection_electronic": True}
    with pytest.raises(InputError, match="rejection_electronic"):
        timeline(call(), **sent)
    with pytest.raises(InputError, match="addendum"):
        timeline(works, addendum=date(2025, 2, 1), **sent)
    with pytest.raises(InputTypeError, match="rejection_electronic"):
        timeline(works, rejection=date(2025, 3, 3), rejection_electronic="yes")
    found = timeline(works, **sent)
    assert Timeline.from_dict(found.to_dict()) == found
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_call_that_outlives_the_act_says_so() -> None:
    for value in ("150000", "30000"):
        told = assess(call(launched=date(2026, 3, 31), value=Money(value, "CAD", tax="net"))).earliest_closing.caveats
        assert [c.kind for c in told if "presumed" in c.text.en] == ["inferred"]
        before = assess(call(launched=date(2026, 2, 2), value=Money(value, "CAD", tax="net"))).earliest_closing.caveats
        assert not [c for c in before if "presumed" in c.text.en]


days = st.dates(date(2019, 5, 25), date(2026, 3, 31))


@given(days, st.sampled_from([8, 15, 25, 30]), st.booleans())
def test_the_earliest_closing_is_the_first_day_that_breaks_no_rule(published: date, period: int, complaints: bool) -> None:
    """Each day after the publication is judged by the sentences of the text, one by one."""

    def business(day: date) -> bool:
        return day not in calendars["ca-qc/I-16"] and day.weekday() != 5 and (day.month, day.day) not in ((1, 2), (12, 26))

    def lawful(day: date) -> bool:
        if day in calendars["ca-qc/I-16"] or (day - published).days <= period:
            return False
        if not complaints:
            return True
        half = -(-(day - published).days // 2)
        end = published + timedelta(max(10, half))
        while end in calendars["ca-qc/I-16"]:
            end += timedelta(1)
        between = [end + timedelta(n) for n in range(1, (day - end).days)]
        return sum(map(business, between)) >= 4

    expected = next(d for d in (published + timedelta(n) for n in range(1, 90)) if lawful(d))
    found = closing_of(published, period, published, complaints=complaints)
    assert found.day == expected
    assert found.complaints_decide == (found.by_complaints is not None and found.by_complaints > found.by_period)


@given(days, st.integers(0, 40))
def test_complaints_end_later_when_tenders_close_later(published: date, more: int) -> None:
    closing = published + timedelta(16 + more)
    ends = complaints_end(published, closing, published)
    assert ends <= complaints_end(published, closing + timedelta(1), published)
    assert first_after_complaints(ends, published, counting="last_day_in") < first_after_complaints(ends, published)


# --- what is said beside the days


def test_numbers_read_as_a_person_says_them() -> None:
    said = {d.id: d.trigger for d in duties(LONGUEUIL, YEAR)}
    assert said["ca-qc/seao-list"].fr.endswith("au moins une fois par mois")
    assert said["ca-qc/by-law-report"] == Text("au moins une fois par année", "at least once a year")
    assert said["ca-qc/by-law-copy"].en == "not later than 30 days after the by-law is adopted"
    kept = {d.id: d.what for d in duties(LONGUEUIL, YEAR)}["ca-qc/publication-retention"]
    assert "3 ans" in kept.fr
    assert "3 years" in kept.en


def test_an_event_carries_how_sure_its_rule_is() -> None:
    notes = [c.text.en for c in timeline(call())["price-addendum"].caveats]
    assert any("subsection of section 573 has not been read" in note for note in notes)


@pytest.mark.parametrize(("year", "told"), [(2014, True), (2018, True), (2025, False)])
def test_an_award_notice_that_runs_from_the_notification_says_so(year: int, told: bool) -> None:
    works = Tender(buyer=RENNES, category="works", value=Money("6000000", "EUR", tax="excluded"), launched=date(year, 1, 6))
    notice = timeline(works, rejection=date(year, 3, 3), rejection_electronic=True)["award-notice"]
    assert any("notification" in c.text.en and c.kind == "note" and "taken here" in c.text.en for c in notice.caveats) == told


def test_a_sole_supplier_of_unknown_value_may_need_a_notice() -> None:
    found = timeline(call(value=UNKNOWN, grounds={"ca-qc/sole-supplier"}))
    assert found.status == "unknown"
    assert "value" in found.missing
    assert not found.gaps


def test_only_a_call_that_outlives_the_act_rests_on_the_presumption() -> None:
    for day in (date(2026, 3, 2) + timedelta(n) for n in range(30)):
        answer = assess(call(launched=day)).earliest_closing
        told = any("presumed" in c.text.en for c in answer.caveats)
        assert told == (answer.value >= date(2026, 4, 1)), day


def test_a_closing_in_doubt_says_what_would_settle_it() -> None:
    net = partial(Money, currency="CAD", tax="net")
    doubtful = Tender(
        buyer=LONGUEUIL.with_bylaw(None),
        category="insurance",
        value=MoneyRange(net("60000"), net("133800")),
        launched=date(2024, 8, 17),
    )
    answer = assess(doubtful).earliest_closing
    assert (answer.status, set(answer.missing), answer.gaps) == ("unknown", {"value"}, ())
    assert answer.possible == {date(2024, 8, 26), date(2024, 9, 4)}
    for amount, day in (("133799.99", date(2024, 8, 26)), ("133800", date(2024, 9, 4))):
        assert assess(doubtful.replace(value=net(amount))).earliest_closing.value == day


def test_a_closing_under_law_that_was_not_read_is_no_crash() -> None:
    new = Tender(buyer=LONGUEUIL.with_bylaw(None), category="goods", value=UNKNOWN, launched=date(2026, 4, 1))
    answer = assess(new).earliest_closing
    assert (answer.status, answer.value, set(answer.missing)) == ("unknown", UNKNOWN, {"value"})
    assert {gap.id for gap in answer.gaps} >= {"ca-qc/minimum-period-goods-services"}
    assert timeline(new).status == "unknown"
